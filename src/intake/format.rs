//! File formats of articles.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::IntakeError;

/// A file format of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// Plain text: one article.
    Text,
    /// A saved web page: one article. Needs the feature `html`.
    Html,
    /// JSON: one object per article, each on a line, in a list, or one after the other; the list
    /// may stand inside an object.
    Jsonl,
    /// A table with one row per article, separated by commas, semicolons or tabs.
    Csv,
    /// A table with one row per article, separated by tabs.
    Tsv,
    /// A columnar table with one row per article. Needs the feature `parquet`.
    Parquet,
    /// A workbook (`.xlsx`, `.xls`, `.ods`): one article per row of a sheet. Needs the feature
    /// `office`.
    Workbook,
}

/// File extensions of compressed files.
const COMPRESSED: [&str; 2] = [".gz", ".zst"];

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Html, Self::Jsonl, Self::Csv, Self::Tsv, Self::Parquet, Self::Workbook];

    /// The usual file extensions.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Jsonl => &["jsonl", "ndjson", "json"],
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv", "tab"],
            Self::Parquet => &["parquet"],
            Self::Workbook => &["xlsx", "xlsm", "xlsb", "xls", "ods"],
        }
    }

    /// The format that the extension of a file name stands for; `.gz` or `.zst` at the end is
    /// ignored.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name =
            COMPRESSED.iter().find_map(|extension| name.strip_suffix(extension)).unwrap_or(&name);
        let (_, extension) = name.rsplit_once('.')?;
        Self::ALL.into_iter().find(|format| format.extensions().contains(&extension))
    }

    /// Checks that this build supports the format.
    ///
    /// # Errors
    /// [`IntakeError::Unsupported`] with the cargo feature that is missing.
    pub fn check_supported(self) -> Result<(), IntakeError> {
        let feature = match self {
            Self::Html if !cfg!(feature = "html") => "html",
            Self::Parquet if !cfg!(feature = "parquet") => "parquet",
            Self::Workbook if !cfg!(feature = "office") => "office",
            _ => return Ok(()),
        };
        Err(IntakeError::Unsupported { format: self, feature })
    }

    /// The format that the first bytes of a file suggest.
    pub fn sniff(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).replace('\0', "");
        let start =
            start.trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start().to_ascii_lowercase();
        if start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || start.starts_with("<head")
        {
            Self::Html
        } else if is_json(&start) {
            Self::Jsonl
        } else {
            Self::Text
        }
    }
}

/// Whether a text begins like an object or a list of objects in JSON.
fn is_json(start: &str) -> bool {
    let mut signs = start.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    let second = if first == Some('[') { signs.next() } else { first };
    second == Some('{') && matches!(signs.next(), Some('"' | '}'))
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Parquet => "parquet",
            Self::Workbook => "workbook",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_and_first_bytes_suggest() {
        assert_eq!(Format::from_name("a/b.TXT"), Some(Format::Text));
        assert_eq!(Format::from_name("dump.jsonl.gz"), Some(Format::Jsonl));
        assert_eq!(Format::from_name("dump.csv.zst"), Some(Format::Csv));
        assert_eq!(Format::from_name("part-0000.snappy.parquet"), Some(Format::Parquet));
        assert_eq!(Format::from_name("page.htm"), Some(Format::Html));
        assert_eq!((Format::from_name("notes"), Format::from_name("x.pdf")), (None, None));
        assert_eq!(Format::sniff(b"\n <!DOCTYPE html><p>"), Format::Html);
        assert_eq!(Format::sniff(b"{\"id\": 1}"), Format::Jsonl);
        assert_eq!(Format::sniff(b"\n[ {\n \"id\": 1}"), Format::Jsonl);
        assert_eq!(Format::sniff(b"[note] {x}"), Format::Text);
        assert_eq!(Format::sniff(b"PAR1\x15\x04"), Format::Parquet);
        assert_eq!(Format::sniff("نص".as_bytes()), Format::Text);
    }
}
