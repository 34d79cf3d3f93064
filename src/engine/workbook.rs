//! Workbooks of records: written as a sink, and read back as lines of CSV.

use std::io::{self, BufRead, Cursor, Write};

use super::error::EngineError;
use super::sink::Sink;
use crate::camp::Camps;
use crate::intake::bytes::Bytes;
use crate::intake::records::workbook::{Found, Sheet, SheetRow, may_be, sheets};
use crate::intake::{Format, IntakeError, IntakeOptions};
use crate::record::ScoreRecord;
use crate::record::csv::{COMMA, harmless, row_with};
use crate::record::workbook::{RecordBook, SheetLimits, XlsxError};

/// Writes records as an .xlsx workbook. Nothing is written before [`WorkbookSink::finish`]; until
/// then the rows are in a temporary file.
pub struct WorkbookSink {
    book: RecordBook,
}

impl WorkbookSink {
    /// Begins a workbook; `kept` are the names of the input fields that records keep.
    ///
    /// # Errors
    /// When there is no temporary file.
    pub fn new(camps: &Camps, kept: &[String]) -> Result<Self, EngineError> {
        Ok(Self { book: RecordBook::new(camps, kept).map_err(failed)? })
    }

    /// Writes the workbook; says how many cells were cut, and how many sheets there are, as Excel
    /// takes 32,767 characters in a cell and 1,048,576 rows in a sheet.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self, out: impl Write + Send) -> Result<SheetLimits, EngineError> {
        self.book.finish(out).map_err(failed)
    }
}

/// Columns that every table of records has.
const RECORD_COLUMNS: [&str; 3] = ["id", "lean", "unrelated"];

/// Most empty lines that stand for the empty rows of a sheet: so many rows has Excel.
const MAX_ROWS: u32 = 1 << 20;

/// The rows of a workbook of records as lines of CSV, so that the number of a line is that of the
/// row in the first of its sheets; what is no workbook comes as it is. Where records fill several
/// sheets, their rows follow each other.
///
/// # Errors
/// If it cannot be read, or is no sound workbook.
pub(super) fn lines(name: &str, mut bytes: Bytes<'static>) -> Result<Bytes<'static>, IntakeError> {
    // What is only called a workbook is a table of text.
    if !may_be(bytes.fill_buf()?, None) {
        return Ok(bytes);
    }
    let sheets = match sheets(bytes, Format::from_name(name), &IntakeOptions::default())? {
        Found::Other(bytes) => return Ok(bytes),
        Found::Sheets(sheets) => sheets,
    };
    let (mut text, mut line) = (Vec::new(), 1);
    for (number, cells) in record_rows(sheets) {
        while line < number.min(MAX_ROWS) {
            text.push(b'\n');
            line += 1;
        }
        line += 1;
        let n_columns = cells.last().map_or(0, |(column, _)| *column as usize + 1);
        let mut row = vec![String::new(); n_columns];
        for (column, cell) in cells {
            row[column as usize] = harmless(&cell);
        }
        row_with(&mut text, COMMA, row).map_err(io::Error::from)?;
    }
    Ok(Box::new(Cursor::new(text)))
}

/// The rows of the sheets that begin with the header of records, the header once; those of the
/// first sheet if there is none.
fn record_rows(sheets: Vec<Sheet>) -> Vec<SheetRow> {
    let is_header = |(_, cells): &SheetRow| {
        RECORD_COLUMNS.iter().all(|name| cells.iter().any(|(_, cell)| cell.trim() == *name))
    };
    let first = sheets.iter().position(|sheet| sheet.rows.first().is_some_and(is_header));
    let mut sheets = sheets.into_iter().skip(first.unwrap_or(0)).map(|sheet| sheet.rows);
    let mut rows = sheets.next().unwrap_or_default();
    let header = rows.first().map(|(_, cells)| cells.clone());
    for more in sheets {
        if more.first().map(|(_, cells)| cells) == header.as_ref() {
            rows.extend(more.into_iter().skip(1));
        }
    }
    rows
}

fn failed(error: XlsxError) -> EngineError {
    EngineError::Write(match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    })
}

impl Sink for WorkbookSink {
    fn write(&mut self, record: &ScoreRecord, _: &[u8]) -> Result<bool, EngineError> {
        self.book.write(record).map_err(failed)?;
        Ok(true)
    }
}
