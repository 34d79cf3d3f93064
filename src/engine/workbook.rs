//! A workbook as a sink.

use std::io::{self, Write};

use super::error::EngineError;
use super::sink::Sink;
use crate::camp::Camps;
use crate::record::ScoreRecord;
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
