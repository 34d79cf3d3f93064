//! File formats of articles.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::IntakeError;
use super::kind::Kind;

/// A file format of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// Plain text: one article, or the export of a press database, which holds many.
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
    /// A feed (RSS, Atom): one article per item. Needs the feature `archives`.
    Feed,
    /// What a crawler saved (WARC): one article per page. Needs the feature `archives`.
    Warc,
    /// Messages (`.eml`, mbox), or a page saved as one (MHTML). Needs the feature `archives`.
    Mail,
    /// A Word file (`.docx`): one article. Needs the feature `archives`.
    Docx,
    /// An `OpenDocument` text: one article. Needs the feature `archives`.
    Odt,
    /// A ZIP archive of articles, each in its own format. Needs the feature `archives`.
    Zip,
    /// A tar archive of articles, each in its own format. Needs the feature `archives`.
    Tar,
    /// Columns in memory that a program hands over, one article per row: no file.
    Arrow,
}

/// File extensions of compressed files.
const COMPRESSED: [&str; 2] = [".gz", ".zst"];

impl Format {
    /// All formats of files.
    pub const ALL: [Self; 14] = [
        Self::Text,
        Self::Html,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Parquet,
        Self::Workbook,
        Self::Feed,
        Self::Warc,
        Self::Mail,
        Self::Docx,
        Self::Odt,
        Self::Zip,
        Self::Tar,
    ];

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
            Self::Feed => &["rss", "atom"],
            Self::Warc => &["warc"],
            Self::Mail => &["mhtml", "mht", "eml", "mbox"],
            Self::Docx => &["docx"],
            Self::Odt => &["odt"],
            Self::Zip => &["zip"],
            Self::Tar => &["tar", "tgz"],
            Self::Arrow => &[],
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
            Self::Text
            | Self::Html
            | Self::Jsonl
            | Self::Csv
            | Self::Tsv
            | Self::Parquet
            | Self::Workbook
            | Self::Arrow => return Ok(()),
            _ if !cfg!(feature = "archives") => "archives",
            _ => return Ok(()),
        };
        Err(IntakeError::Unsupported { format: self, feature })
    }

    /// The format that the first bytes of a file suggest; text, if they suggest none.
    pub fn sniff(bytes: &[u8]) -> Self {
        match Kind::from_start(bytes) {
            Kind::Format(format) => format,
            Kind::Ole | Kind::Other(..) | Kind::Unknown => Self::Text,
        }
    }

    /// The format's name in [`Display`](fmt::Display) and in records.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Parquet => "parquet",
            Self::Workbook => "workbook",
            Self::Feed => "feed",
            Self::Warc => "warc",
            Self::Mail => "mail",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Arrow => "arrow",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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
        assert_eq!(Format::from_name("crawl.warc.gz"), Some(Format::Warc));
        assert_eq!((Format::from_name("notes"), Format::from_name("x.pdf")), (None, None));
        assert_eq!(Format::sniff(b"\n <!DOCTYPE html><p>"), Format::Html);
        assert_eq!(Format::sniff(b"{\"id\": 1}"), Format::Jsonl);
        assert_eq!(Format::sniff(b"\n[ {\n \"id\": 1}"), Format::Jsonl);
        assert_eq!(Format::sniff(b"[note] {x}"), Format::Text);
        assert_eq!(Format::sniff(b"PAR1\x15\x04"), Format::Parquet);
        assert_eq!(Format::sniff("نص".as_bytes()), Format::Text);
    }
}
