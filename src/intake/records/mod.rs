//! Readers of tables (CSV, TSV, Parquet) and dumps (JSON lines): one article per record.

mod document;
mod json;
mod lenient;
mod lines;
mod nesting;
#[cfg(feature = "parquet")]
pub mod parquet;
mod stream;
mod tables;
mod wrapper;

use std::borrow::Cow;
use std::sync::Arc;

use super::IntakeError;
use super::fields::{Fields, ParsedRecord};
pub(crate) use lines::limited_line;
pub(super) use lines::{JsonLinesReader, MAX_LINE};
pub(super) use tables::TableReader;
use tables::TableSchema;

/// A record before parsing. It is self-contained, so that any thread can parse it.
#[derive(Debug)]
pub(super) struct RawRecord {
    place: String,
    content: RecordContent,
}

#[derive(Debug)]
enum RecordContent {
    Line {
        bytes: Vec<u8>,
        fields: Arc<Fields>,
    },
    TooLong,
    /// What is wrong with the file here.
    Broken(String),
    Cells {
        record: csv::ByteRecord,
        table: Arc<TableSchema>,
    },
    #[cfg(feature = "parquet")]
    Values {
        values: Vec<Option<Vec<u8>>>,
        table: Arc<TableSchema>,
    },
}

impl RawRecord {
    /// A record of values in the order of the table's header.
    #[cfg(feature = "parquet")]
    fn from_values(place: String, values: Vec<Option<Vec<u8>>>, table: Arc<TableSchema>) -> Self {
        Self { place, content: RecordContent::Values { values, table } }
    }

    /// Size in bytes.
    pub(super) fn n_bytes(&self) -> usize {
        match &self.content {
            RecordContent::Line { bytes, .. } => bytes.len(),
            RecordContent::TooLong | RecordContent::Broken(_) => 0,
            RecordContent::Cells { record, .. } => record.as_slice().len(),
            #[cfg(feature = "parquet")]
            RecordContent::Values { values, .. } => values.iter().flatten().map(Vec::len).sum(),
        }
    }

    /// Parses the record.
    pub(super) fn parse(self) -> ParsedRecord {
        let place = self.place;
        match self.content {
            RecordContent::TooLong => ParsedRecord::failed(place, IntakeError::LineTooLong),
            RecordContent::Broken(message) => {
                ParsedRecord::failed(place, IntakeError::NotJson(message))
            }
            RecordContent::Line { bytes, fields } => {
                let (line, replaced) = lossy(&bytes);
                let record = lines::parse_object(&line, &fields, place);
                ParsedRecord { replaced: replaced + record.replaced, ..record }
            }
            RecordContent::Cells { record, table } => {
                // Line ends in a cell are those of the file.
                let unified =
                    |(text, bad): (Cow<str>, usize)| Some((text.replace("\r\n", "\n"), bad));
                table.record(place, record.iter().map(|cell| unified(lossy(cell))))
            }
            #[cfg(feature = "parquet")]
            RecordContent::Values { values, table } => {
                let owned = |(text, bad): (Cow<str>, usize)| (text.into_owned(), bad);
                table.record(
                    place,
                    values.iter().map(|value| value.as_deref().map(|value| owned(lossy(value)))),
                )
            }
        }
    }
}

/// Bytes as UTF-8 with U+FFFD for each invalid sequence, and the number of these.
fn lossy(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    match str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), 0),
        Err(_) => (
            String::from_utf8_lossy(bytes),
            bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count(),
        ),
    }
}
