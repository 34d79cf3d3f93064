//! Kinds by signatures, most of which are not read.

use std::borrow::Cow;

use encoding_rs::Encoding;
#[cfg(feature = "archives")]
use infer::MatcherType;

use super::Kind;
use crate::intake::{Format, encoding};

/// The command that turns a file of an office program into one that is read.
pub(super) const OFFICE: &str =
    "convert it to a Word file: soffice --headless --convert-to docx FILE";

fn other(kind: impl Into<Cow<'static, str>>, cure: impl Into<Cow<'static, str>>) -> Kind {
    Kind::Other(kind.into(), cure.into())
}

/// Containers that are read, by their signatures.
pub(super) fn container(bytes: &[u8]) -> Option<Kind> {
    Some(match bytes {
        [b'P', b'A', b'R', b'1', ..] => Kind::Format(Format::Parquet),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Format(Format::Zip),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Kind::Ole,
        _ if bytes.get(257..262) == Some(b"ustar") => Kind::Format(Format::Tar),
        _ => return None,
    })
}

/// Kinds that begin with words of their own.
pub(super) fn textual(start: &str) -> Option<Kind> {
    Some(if start.starts_with("%PDF-") {
        other("a PDF file", "convert it: pdftotext -enc UTF-8 FILE")
    } else if start.starts_with("{\\rtf") {
        other(
            "an RTF file",
            "convert it: soffice --headless --convert-to docx FILE (on a Mac: textutil -convert \
             txt FILE)",
        )
    } else if start.starts_with("%!PS") {
        other("a PostScript file", "convert it: ps2pdf FILE - | pdftotext -enc UTF-8 - -")
    } else if start.starts_with("filedesc://") {
        other("a crawl in the old ARC format", "convert it: warcio recompress FILE crawl.warc.gz")
    } else if start.starts_with("<?php") || start.starts_with("#!") {
        other("a program", "save the page that it makes")
    } else if start.starts_with("bplist0") {
        other("a web archive of Safari, or another property list", "save the page as its source")
    } else if start.starts_with("version https://git-lfs.") {
        other("a pointer to a file of Git LFS", "fetch the file itself: git lfs pull")
    } else {
        return None;
    })
}

/// Kinds of bytes that are no text in any encoding.
pub(super) fn binary(bytes: &[u8]) -> Option<Kind> {
    // Signatures are short, and a text may begin with one; no text has so many control characters.
    if Encoding::for_bom(bytes).is_some() || !has_controls(bytes) {
        return None;
    }
    named(bytes).or_else(|| {
        // UTF-16 is the encoding whose Arabic letters have such bytes.
        let is_text = encoding::detect(bytes, None).name().starts_with("UTF-16");
        (!is_text).then(|| other("binary data and no text", "save the article itself as text"))
    })
}

/// The kind that a signature names.
#[cfg(not(feature = "archives"))]
fn named(_: &[u8]) -> Option<Kind> {
    None
}

/// The kind that a signature names.
#[cfg(feature = "archives")]
fn named(bytes: &[u8]) -> Option<Kind> {
    let found = infer::get(bytes)?;
    let ending = found.extension();
    let named = |what: &str| format!("{what} ({ending})");
    Some(match found.matcher_type() {
        MatcherType::Image => other(named("an image"), "save the article's words as text"),
        MatcherType::Audio => other(named("a sound recording"), "transcribe it to text"),
        MatcherType::Video => other(named("a film"), "transcribe it to text"),
        MatcherType::App => other(named("a program"), "save the article itself as text"),
        MatcherType::Archive if ending == "sqlite" => other(
            "a database (sqlite)",
            "export it: sqlite3 -header -csv FILE \"SELECT …\" > articles.csv",
        ),
        MatcherType::Archive => {
            other(named("an archive of another kind"), format!("unpack it{}", unpack(ending)))
        }
        MatcherType::Doc => other(named("a document of another kind"), OFFICE),
        _ => other(named("a file of another kind"), "save the article itself as text"),
    })
}

/// The command that unpacks an archive.
#[cfg(feature = "archives")]
fn unpack(ending: &str) -> &'static str {
    match ending {
        "xz" => ": xz -dk FILE",
        "bz2" => ": bzip2 -dk FILE",
        "7z" | "rar" => ": 7z x FILE",
        "lz4" => ": lz4 -d FILE",
        _ => "",
    }
}

/// Whether bytes have more control characters than a text in an encoding of one byte or UTF-8.
fn has_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F);
    bytes.iter().filter(is_control).count() * 50 > bytes.len()
}

/// What a container of the old Office programs is, by the names of its streams.
pub(in crate::intake) fn ole(bytes: &[u8]) -> Kind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("WordDocument") {
        other("an old Word file (.doc)", OFFICE)
    } else if has("Workbook") || has("Book") {
        other(
            "an old Excel file (.xls)",
            "save it as CSV: soffice --headless --convert-to csv FILE",
        )
    } else if has("PowerPoint Document") {
        other("a presentation (.ppt)", "save the article itself as text")
    } else if has("EncryptedPackage") {
        other("an Office file with a password", "save it without the password")
    } else if has("__properties_version1.0") {
        other("a message of Outlook (.msg)", "save it as .eml: msgconvert FILE")
    } else {
        other("a file of an old Office program", OFFICE)
    }
}
