//! Tables and dumps: an article a row (CSV, TSV, Parquet) or a line (JSONL), read one at a time.

mod json;
mod lines;
#[cfg(feature = "parquet")]
pub mod parquet;
mod tables;

use std::borrow::Cow;
use std::sync::Arc;

use super::IntakeError;
use super::fields::{Fields, Row};
pub(crate) use lines::limited_line;
pub use lines::{JsonRows, MAX_LINE};
use tables::Table;
pub use tables::TableRows;

/// A record as it was read: what is left to do needs nothing but itself, so another thread may do
/// it.
#[derive(Debug)]
pub struct RawRecord {
    place: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Line {
        bytes: Vec<u8>,
        fields: Arc<Fields>,
    },
    TooLong,
    Cells {
        record: csv::ByteRecord,
        table: Arc<Table>,
    },
    #[cfg(feature = "parquet")]
    Values {
        values: Vec<Option<Vec<u8>>>,
        table: Arc<Table>,
    },
}

impl RawRecord {
    /// The record whose values stand in the order of the table's header.
    #[cfg(feature = "parquet")]
    fn of_values(place: String, values: Vec<Option<Vec<u8>>>, table: Arc<Table>) -> Self {
        Self { place, content: Content::Values { values, table } }
    }

    /// How many bytes it holds.
    pub fn n_bytes(&self) -> usize {
        match &self.content {
            Content::Line { bytes, .. } => bytes.len(),
            Content::TooLong => 0,
            Content::Cells { record, .. } => record.as_slice().len(),
            #[cfg(feature = "parquet")]
            Content::Values { values, .. } => values.iter().flatten().map(Vec::len).sum(),
        }
    }

    /// What the record holds.
    pub fn into_row(self) -> Row {
        let place = self.place;
        match self.content {
            Content::TooLong => Row::failed(place, IntakeError::LineTooLong),
            Content::Line { bytes, fields } => {
                let (line, replaced) = lossy(&bytes);
                Row { replaced, ..lines::of_object(&line, &fields, place) }
            }
            Content::Cells { record, table } => {
                // Lines in a cell end as the lines of the file do.
                let unified =
                    |(text, bad): (Cow<str>, usize)| Some((text.replace("\r\n", "\n"), bad));
                table.row(place, record.iter().map(|cell| unified(lossy(cell))))
            }
            #[cfg(feature = "parquet")]
            Content::Values { values, table } => {
                let owned = |(text, bad): (Cow<str>, usize)| (text.into_owned(), bad);
                table.row(
                    place,
                    values.iter().map(|value| value.as_deref().map(|value| owned(lossy(value)))),
                )
            }
        }
    }
}

/// UTF-8 with what is not replaced by U+FFFD, and how often that was needed.
fn lossy(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    match str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), 0),
        Err(_) => (
            String::from_utf8_lossy(bytes),
            bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count(),
        ),
    }
}
