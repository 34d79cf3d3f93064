//! Bytes → text: encoding detection and decoding.
//!
//! The encoding is, in order of precedence: the one that the options give; that of a byte-order
//! mark; UTF-16 without a mark, by its NUL and 0x06 bytes; UTF-8, if most of the bytes above 0x7F
//! form valid sequences (one invalid byte does not make a text windows-1256); the one that a web
//! page declares, unless the bytes are words of Arabic in another; ISO-8859-6, if
//! [chardetng](https://docs.rs/chardetng) detects it; windows-1256. The last two are the 8-bit
//! encodings of Arabic. Records of a table or dump are decoded each by itself ([`decode_record`]).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
pub use encoding_rs::{Encoding, UTF_8};
use encoding_rs::{ISO_8859_6, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::IntakeError;
pub(super) use super::eight_bit::has_arabic;
use super::eight_bit::{is_arabic, of_letters};

/// A decoded text, and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// The text, without a byte-order mark and with `\n` as the only line end.
    pub text: String,
    /// Name of the encoding (<https://encoding.spec.whatwg.org/#names-and-labels>).
    pub encoding: &'static str,
    /// Number of invalid byte sequences; each is U+FFFD in the text.
    pub replaced: usize,
}

/// No encoding has this label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown encoding {0:?}; the usual ones are utf-8, utf-16le, utf-16be, windows-1256 and \
     iso-8859-6"
)]
pub struct UnknownEncoding(pub String);

/// The encoding that a label stands for, such as `windows-1256` or `utf-8`.
///
/// # Errors
/// If no encoding has this label.
pub fn from_label(label: &str) -> Result<&'static Encoding, UnknownEncoding> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| UnknownEncoding(label.to_owned()))
}

/// Detects the encoding of a text from its bytes, or from its first ones. `declared` is the
/// encoding that a web page declares.
pub fn detect(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    let (mut sequences, mut broken) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut_off_at_the_end = chunks.peek().is_none() && chunk.invalid().len() < 4;
        let is_broken = !chunk.invalid().is_empty();
        broken += usize::from(is_broken && (sequences == 0 || !cut_off_at_the_end));
    }
    if broken == 0 || sequences > broken {
        return UTF_8;
    }
    let of_words = is_arabic(bytes).then(|| of_letters(bytes));
    match (declared.filter(|declared| *declared != UTF_8), of_words) {
        (Some(declared), None) => return declared,
        (Some(declared), Some(None)) if has_arabic(declared) => return declared,
        (_, Some(Some(found))) => return found,
        _ => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The top-level domain of an Arabic country makes the detector expect its encodings.
    if detector.guess(Some(b"sa"), Utf8Detection::Deny) == ISO_8859_6 {
        ISO_8859_6
    } else {
        WINDOWS_1256
    }
}

/// A record, or a cell of one, as text.
#[derive(Debug)]
pub(super) struct DecodedRecord<'a> {
    pub(super) text: Cow<'a, str>,
    /// Number of invalid byte sequences; each is U+FFFD in the text.
    pub(super) replaced: usize,
    /// Its encoding, where that is not the one of its file.
    pub(super) other: Option<&'static Encoding>,
}

/// Decodes a record of a file in this encoding, which is UTF-8 or an 8-bit encoding of Arabic.
/// Files that are put together of parts have records in both. Without an encoding, it is UTF-8 for
/// certain.
pub(super) fn decode_record<'a>(
    bytes: &'a [u8],
    of_file: Option<&'static Encoding>,
) -> DecodedRecord<'a> {
    // The standard library's check of Arabic takes several times as long.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        let other = of_file.filter(|of_file| *of_file != UTF_8 && !text.is_ascii()).map(|_| UTF_8);
        return DecodedRecord { text, replaced: 0, other };
    }
    let of_record = match of_file {
        Some(encoding) if is_arabic(bytes) => detect(bytes, Some(encoding)),
        Some(encoding) => encoding,
        None => UTF_8,
    };
    if of_record == UTF_8 {
        let replaced = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        return DecodedRecord { text: String::from_utf8_lossy(bytes), replaced, other: None };
    }
    let (text, _) = of_record.decode_without_bom_handling(bytes);
    let replaced = text.matches('\u{FFFD}').count();
    let other = (of_file != Some(of_record)).then_some(of_record);
    DecodedRecord { text, replaced, other }
}

/// Arabic in UTF-16 has a 0x06 or 0x00 in nearly every pair of bytes; text in other encodings has
/// next to none.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let share = |byte: usize| {
        let high = pairs.iter().filter(|pair| matches!(pair[byte], 0x00 | 0x06)).count();
        high as f64 / pairs.len().max(1) as f64
    };
    let (first, second) = (share(0), share(1));
    match () {
        () if pairs.len() < 4 || first.max(second) < 0.7 || (first - second).abs() < 0.4 => None,
        () if second > first => Some(UTF_16LE),
        () => Some(UTF_16BE),
    }
}

/// Decodes a text.
///
/// # Errors
/// With `strict`, [`IntakeError::BadBytes`] for the first invalid byte sequence.
pub fn decode(
    bytes: &[u8],
    encoding: &'static Encoding,
    strict: bool,
) -> Result<DecodedText, IntakeError> {
    let bytes = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => &bytes[length..],
        _ => bytes,
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let replaced = match encoding {
        _ if encoding == UTF_8 => {
            bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
        }
        _ => text.matches('\u{FFFD}').count(),
    };
    if strict && replaced > 0 {
        let before = text.split('\u{FFFD}').next().unwrap_or_default();
        return Err(IntakeError::BadBytes {
            line: before.split('\n').count(),
            encoding: encoding.name(),
        });
    }
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into_owned()
    };
    Ok(DecodedText { text, encoding: encoding.name(), replaced })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "أعلنت حكومة الوفاق الوطني، صباح اليوم، أن الاجتماع تأجل إلى الأسبوع المقبل";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    fn read(bytes: &[u8]) -> DecodedText {
        decode(bytes, detect(bytes, None), false).unwrap()
    }

    #[test]
    fn the_same_text_comes_out_of_every_encoding() {
        let (windows, _, _) = WINDOWS_1256.encode(TEXT);
        let (iso, _, _) = ISO_8859_6.encode(TEXT);
        for (bytes, name) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "UTF-8"),
            (utf16(TEXT, true), "UTF-16LE"),
            (utf16(TEXT, false), "UTF-16BE"),
            ([&b"\xFF\xFE"[..], &utf16(TEXT, true)].concat(), "UTF-16LE"),
            (windows.into_owned(), "windows-1256"),
            (iso.into_owned(), "ISO-8859-6"),
        ] {
            assert_eq!(
                read(&bytes),
                DecodedText { text: TEXT.to_owned(), encoding: name, replaced: 0 }
            );
        }
    }

    #[test]
    fn one_bad_byte_is_replaced_counted_and_changes_no_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(TEXT.find(' ').unwrap(), 0xFF);
        let decoded = read(&bytes);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
        assert_eq!(decoded.text.replace('\u{FFFD}', ""), TEXT);
        assert_eq!(
            decode(&bytes, UTF_8, true).unwrap_err(),
            IntakeError::BadBytes { line: 1, encoding: "UTF-8" }
        );
    }

    #[test]
    fn a_sample_cut_inside_a_letter_is_still_utf_8() {
        let bytes = TEXT.as_bytes();
        assert_eq!(detect(&bytes[..bytes.len() - 1], None), UTF_8);
    }

    #[test]
    fn line_ends_are_one_kind() {
        assert_eq!(read("أ\r\nب\rج\n".as_bytes()).text, "أ\nب\nج\n");
    }

    #[test]
    fn a_page_is_believed_where_its_bytes_are_not_utf_8() {
        let (bytes, _, _) = ISO_8859_6.encode("نص قصير");
        assert_eq!(detect(&bytes, Some(ISO_8859_6)), ISO_8859_6);
        assert_eq!(detect(TEXT.as_bytes(), Some(WINDOWS_1256)), UTF_8);
    }

    #[test]
    fn a_latin_declaration_does_not_beat_words_of_arabic() {
        let (arabic, _, _) = WINDOWS_1256.encode(TEXT);
        let (french, _, _) =
            encoding_rs::WINDOWS_1252.encode("L'été où l'armée s'est arrêtée à Syrte");
        for declared in ["iso-8859-1", "windows-1252", "us-ascii", "x-user-defined"] {
            let declared = Encoding::for_label(declared.as_bytes());
            assert_eq!(detect(&arabic, declared), WINDOWS_1256);
            assert_eq!(Some(detect(&french, declared)), declared);
        }
    }

    #[test]
    fn a_declaration_of_one_encoding_of_arabic_does_not_beat_the_letters_of_the_other() {
        let (windows, _, _) = WINDOWS_1256.encode(TEXT);
        let (iso, _, _) = ISO_8859_6.encode(TEXT);
        assert_eq!(detect(&iso, Some(WINDOWS_1256)), ISO_8859_6);
        assert_eq!(detect(&windows, Some(ISO_8859_6)), WINDOWS_1256);
        assert_eq!(detect(&iso, Some(ISO_8859_6)), ISO_8859_6);
    }

    #[test]
    fn each_record_is_decoded_by_itself() {
        let (windows, _, _) = WINDOWS_1256.encode(TEXT);
        let (iso, _, _) = ISO_8859_6.encode(TEXT);
        for (bytes, of_file, other) in [
            (TEXT.as_bytes(), UTF_8, None),
            (&*windows, UTF_8, Some(WINDOWS_1256)),
            (&*windows, WINDOWS_1256, None),
            (TEXT.as_bytes(), WINDOWS_1256, Some(UTF_8)),
            (&*iso, WINDOWS_1256, Some(ISO_8859_6)),
            (&*iso, UTF_8, Some(ISO_8859_6)),
        ] {
            let read = decode_record(bytes, Some(of_file));
            assert_eq!((&*read.text, read.replaced, read.other), (TEXT, 0, other));
        }
        let broken = [TEXT.as_bytes(), b"\xFF"].concat();
        assert_eq!(decode_record(&broken, Some(UTF_8)).replaced, 1);
        assert!(decode_record(&windows, None).replaced > 0);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            read(&bytes);
        }
    }
}
