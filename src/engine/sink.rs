//! Where records go: lines, columns, or a callback.

use std::io::{self, Write};

use super::error::EngineError;
use super::resume::{ExistingRecords, ResumableFile, ResumableWriter};
use crate::camp::Camps;
use crate::record::{ScoreRecord, csv, json_lines};

/// Where the records of a run go, in the order of the articles. A closure
/// `FnMut(&ScoreRecord) -> io::Result<()>` is a sink, too.
pub trait Sink {
    /// The format of the bytes that [`Self::write`] takes; scoring threads make them. `None` where
    /// the sink takes only the record.
    fn format(&self) -> Option<LineFormat> {
        None
    }

    /// Whether the next record of the input is there already and need not be made. Called once for
    /// each record, in order.
    fn skips_next(&mut self) -> bool {
        false
    }

    /// Writes the next record that was not skipped. `line` is the record in [`Self::format`].
    /// Returns false if the record was there already.
    ///
    /// # Errors
    /// When the record cannot be written, or another one is there.
    fn write(&mut self, record: &ScoreRecord, line: &[u8]) -> Result<bool, EngineError>;

    /// Hands on all that was written. Called before the run waits for more input, and at its end.
    ///
    /// # Errors
    /// When that fails.
    fn flush(&mut self) -> Result<(), EngineError> {
        Ok(())
    }
}

impl<F: FnMut(&ScoreRecord) -> io::Result<()>> Sink for F {
    fn write(&mut self, record: &ScoreRecord, _: &[u8]) -> Result<bool, EngineError> {
        self(record).map_err(EngineError::Write)?;
        Ok(true)
    }
}

/// A format in which each record is bytes of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LineFormat {
    /// One JSON object a line.
    JsonLines,
    /// A table with a header.
    Csv {
        /// Whether it begins with a byte-order mark, by which Excel recognises UTF-8.
        has_bom: bool,
        /// What separates cells: a comma, a semicolon, a tab.
        separator: u8,
    },
}

impl LineFormat {
    /// What stands before the first record; `kept` are the names of the input fields that records
    /// keep.
    fn header(self, camps: &Camps, kept: &[String]) -> Vec<u8> {
        let mut header = Vec::new();
        if let Self::Csv { has_bom, separator } = self {
            header.extend_from_slice(if has_bom { csv::BOM } else { b"" });
            let written = csv::header_with(&mut header, separator, camps, kept);
            debug_assert!(written.is_ok(), "writing to memory does not fail");
        }
        header
    }

    /// The bytes of a record.
    pub(super) fn encode(self, record: &ScoreRecord) -> Vec<u8> {
        let mut line = Vec::new();
        let is_written = match self {
            Self::JsonLines => json_lines::write(&mut line, record).is_ok(),
            Self::Csv { separator, .. } => csv::write_with(&mut line, separator, record).is_ok(),
        };
        debug_assert!(is_written, "writing to memory does not fail");
        line
    }

    /// Whether the bytes of a record say that its article could not be scored.
    fn is_failed(self, line: &[u8]) -> bool {
        match self {
            Self::JsonLines => json_lines::is_failed(line),
            Self::Csv { separator, .. } => csv::is_failed_with(separator, line),
        }
    }
}

/// Writes records as JSON lines or CSV.
#[derive(Debug)]
pub struct LineSink<W: Write> {
    format: LineFormat,
    out: ResumableWriter<W>,
}

impl<W: Write> LineSink<W> {
    /// Begins an output; `kept` are the names of the input fields that records keep.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(
        out: W,
        format: LineFormat,
        camps: &Camps,
        kept: &[String],
    ) -> Result<Self, EngineError> {
        Ok(Self { format, out: ResumableWriter::new(out, &format.header(camps, kept))? })
    }

    /// How many records were there before this run.
    pub fn n_existing(&self) -> usize {
        self.out.existing().n_records()
    }

    /// How many of those say that an article could not be scored.
    pub fn n_existing_failed(&self) -> usize {
        self.out.existing().n_failed()
    }

    /// Hands on all that was written, and gives back what it was written to.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn into_inner(self) -> Result<W, EngineError> {
        self.out.into_inner()
    }

    /// Ends an output whose input was read to its end.
    ///
    /// # Errors
    /// When the output holds more records than the input gave, or cannot be written.
    pub fn finish(&mut self) -> Result<(), EngineError> {
        self.out.finish()
    }
}

impl<W: ResumableFile> LineSink<W> {
    /// Completes the output that an earlier run began in `file`, or begins one in an empty file.
    /// Records that are there are skipped; a sample of them is made again and compared. The file is
    /// not changed before that succeeds.
    ///
    /// # Errors
    /// When the file cannot be read, or begins with another header.
    pub fn resume(
        mut file: W,
        format: LineFormat,
        camps: &Camps,
        kept: &[String],
    ) -> Result<Self, EngineError> {
        let header = format.header(camps, kept);
        let existing = ExistingRecords::read(&mut file, &header, |line| format.is_failed(line))?;
        Ok(Self { format, out: ResumableWriter::resume(file, existing, header) })
    }
}

impl<W: Write> Sink for LineSink<W> {
    fn format(&self) -> Option<LineFormat> {
        Some(self.format)
    }

    fn skips_next(&mut self) -> bool {
        self.out.skips_next()
    }

    fn write(&mut self, _: &ScoreRecord, line: &[u8]) -> Result<bool, EngineError> {
        self.out.write(line)
    }

    fn flush(&mut self) -> Result<(), EngineError> {
        self.out.flush()
    }
}
