//! Readers of tables (CSV, TSV, Parquet) and dumps (JSON lines): one article per record.

#[cfg(feature = "python")]
pub(crate) mod columns;
pub(crate) mod dialect;
mod document;
mod json;
mod lenient;
mod lines;
mod messages;
mod nesting;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plain;
mod row_numbers;
pub(crate) mod rows;
mod scan;
mod stand_in;
mod stream;
mod tables;
mod whole_lines;
mod window;
#[cfg(feature = "office")]
pub(crate) mod workbook;
mod wrapper;

use std::io;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::IntakeError;
use super::encoding::decode_record as decoded;
use super::error::BREAKS_OFF;
use super::fields::{Fields, ParsedRecord};
use crate::text::script::is_invisible;
pub(super) use lines::JsonLinesReader;
pub(super) use plain::is_plainly_table;
use tables::TableSchema;
pub(super) use tables::{TableReader, is_table};
pub(super) use whole_lines::MAX_LINE;
pub(crate) use whole_lines::limited_line;

/// Most columns of a table; a workbook has at most as many.
const MAX_COLUMNS: usize = 16_384;

/// A record before parsing. It is self-contained, so that any thread can parse it.
#[derive(Debug)]
pub(super) struct RawRecord {
    place: String,
    /// Its row as a spreadsheet counts, where that is not the line.
    row: Option<u64>,
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
    /// Within what the file ends.
    Cut(String),
    Cells {
        record: csv::ByteRecord,
        table: Arc<TableSchema>,
    },
    Damaged {
        cells: csv::ByteRecord,
        n_left_out: u64,
        delimiter: u8,
        table: Arc<TableSchema>,
    },
    #[cfg(any(feature = "office", feature = "parquet"))]
    Values {
        values: Vec<Option<Vec<u8>>>,
        table: Arc<TableSchema>,
    },
}

impl RawRecord {
    /// A record of values in the order of the table's header.
    #[cfg(feature = "parquet")]
    fn from_values(place: String, values: Vec<Option<Vec<u8>>>, table: Arc<TableSchema>) -> Self {
        Self { place, row: None, content: RecordContent::Values { values, table } }
    }

    /// Its file and line, and its row where a spreadsheet counts otherwise.
    pub(super) fn place(&self) -> String {
        let place = &self.place;
        self.row.map_or_else(|| place.clone(), |row| format!("row {row} ({place})"))
    }

    /// Size in bytes.
    pub(super) fn n_bytes(&self) -> usize {
        match &self.content {
            RecordContent::Line { bytes, .. } => bytes.len(),
            RecordContent::TooLong | RecordContent::Broken(_) | RecordContent::Cut(_) => 0,
            RecordContent::Cells { record, .. } => record.as_slice().len(),
            RecordContent::Damaged { cells, .. } => cells.as_slice().len(),
            #[cfg(any(feature = "office", feature = "parquet"))]
            RecordContent::Values { values, .. } => values.iter().flatten().map(Vec::len).sum(),
        }
    }

    /// Parses a record of a file in this encoding, of UTF-8 without one. Also gives its own
    /// encoding, where that is another.
    pub(super) fn parse(
        self,
        of_file: Option<&'static Encoding>,
    ) -> (ParsedRecord, Option<&'static Encoding>) {
        let place = self.place;
        match self.content {
            RecordContent::TooLong => (ParsedRecord::failed(place, IntakeError::LineTooLong), None),
            RecordContent::Broken(message) => {
                (ParsedRecord::failed(place, IntakeError::NotJson(message)), None)
            }
            RecordContent::Cut(message) => {
                let error = IntakeError::BrokenOff(format!("{BREAKS_OFF} {message}"));
                (ParsedRecord::failed(place, error), None)
            }
            RecordContent::Line { bytes, fields } => {
                let line = decoded(&bytes, of_file);
                let record = lines::parse_object(&line.text, &fields, place);
                let replaced = line.replaced + record.replaced;
                (ParsedRecord { replaced, ..record }, line.other)
            }
            RecordContent::Cells { record, table } => {
                let (n, width) = (record.len(), table.header.len());
                let mut extra = record.iter().skip(width);
                let is_whole =
                    table.fields.headerless || extra.all(|cell| cell.trim_ascii().is_empty());
                let (record, other) = cells(&record, &table, place, of_file);
                if is_whole {
                    return (record, other);
                }
                let article = Err(IntakeError::ExtraCells { n, width });
                (ParsedRecord { article, ..record }, other)
            }
            RecordContent::Damaged { cells: before, n_left_out, delimiter, table } => {
                let (record, other) = cells(&before, &table, place, of_file);
                let delimiter = dialect::name(delimiter);
                let article = Err(IntakeError::BrokenQuote { delimiter, n_left_out });
                (ParsedRecord { article, ..record }, other)
            }
            #[cfg(any(feature = "office", feature = "parquet"))]
            RecordContent::Values { values, table } => {
                let values = values.iter().map(|value| {
                    let value = decoded(value.as_deref()?, None);
                    Some((value.text.into_owned(), value.replaced))
                });
                (table.record(place, values), None)
            }
        }
    }
}

/// The record of a row.
fn cells(
    row: &csv::ByteRecord,
    table: &TableSchema,
    place: String,
    of_file: Option<&'static Encoding>,
) -> (ParsedRecord, Option<&'static Encoding>) {
    // Cells of few letters do not tell their encoding; all those that are not UTF-8 together do.
    let (mut of_row, mut other) = (of_file, None);
    if str::from_utf8(row.as_slice()).is_err() && of_file.is_some() {
        let foreign = row.iter().filter(|cell| str::from_utf8(cell).is_err());
        let foreign = foreign.collect::<Vec<_>>().join(&b' ');
        other = decoded(&foreign, of_file).other;
        of_row = other.or(of_file);
    }
    let cells = row.iter().map(|cell| {
        let cell = decoded(cell, of_row);
        if of_row == of_file {
            other = other.or(cell.other);
        }
        // Line ends in a cell are those of the file.
        Some((cell.text.replace("\r\n", "\n").replace('\r', "\n"), cell.replaced))
    });
    (table.record(place, cells), other)
}

/// The name of a column: without invisible marks, and spaces around it.
pub(crate) fn column_name(cell: &str) -> String {
    let visible: String = cell.chars().filter(|&c| !is_invisible(c)).collect();
    visible.trim().to_owned()
}

/// The error of a reader that fails after whole lines, with the line in which it does.
fn broken_off(line: u64, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{BREAKS_OFF} in line {line}: {error}"))
}
