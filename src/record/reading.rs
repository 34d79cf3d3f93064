//! How an article was read, as its record tells it.

use crate::intake::{IntakeNotes, pdf_text::Mending};

/// How an article was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct RecordReading {
    /// Format of the file; `arrow` for columns in memory.
    pub format: String,
    /// Encoding of its bytes.
    pub encoding: String,
    /// How many byte sequences could not be decoded and were replaced.
    pub replaced: usize,
    /// How many pieces of boilerplate were removed.
    pub removed: usize,
    /// What was mended in a text from a PDF file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mended: Option<Mending>,
}

impl From<&IntakeNotes> for RecordReading {
    fn from(notes: &IntakeNotes) -> Self {
        Self {
            format: notes.format.to_string(),
            encoding: notes.encoding.to_owned(),
            replaced: notes.replaced,
            removed: notes.removals.len(),
            mended: notes.mended,
        }
    }
}
