//! What kind of file holds the articles.

use std::fmt;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// One article as plain text.
    Text,
    /// One article in a saved web page.
    Html,
    /// An article a line, each a JSON object.
    Jsonl,
    /// An article a row, columns parted by commas or semicolons.
    Csv,
    /// An article a row, columns parted by tabs.
    Tsv,
    /// An article a row, stored by columns. Only where the feature `parquet` is.
    Parquet,
}

/// What stands at the end of the names of packed files.
const PACKED: [&str; 2] = [".gz", ".zst"];

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] =
        [Self::Text, Self::Html, Self::Jsonl, Self::Csv, Self::Tsv, Self::Parquet];

    /// The usual file extensions.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Jsonl => &["jsonl", "ndjson"],
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv", "tab"],
            Self::Parquet => &["parquet"],
        }
    }

    /// The format that a file's name tells; `.gz` or `.zst` at its end is passed over.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = PACKED.iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
        let (_, extension) = name.rsplit_once('.')?;
        Self::ALL.into_iter().find(|format| format.extensions().contains(&extension))
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
        } else if start.starts_with("{\"") {
            Self::Jsonl
        } else {
            Self::Text
        }
    }
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
        assert_eq!(Format::sniff(b"PAR1\x15\x04"), Format::Parquet);
        assert_eq!(Format::sniff("نص".as_bytes()), Format::Text);
    }
}
