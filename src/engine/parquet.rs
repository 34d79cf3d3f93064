//! Parquet files as sources, and as a sink.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;

use super::counted::Counted;
use super::error::EngineError;
use super::sink::Sink;
use crate::camp::Camps;
use crate::intake::IntakeError;
use crate::intake::bytes::Bytes as Lines;
use crate::intake::records::parquet::{ChunkReader, Length, Result as ParquetResult, json_lines};
use crate::record::ScoreRecord;
use crate::record::parquet::RecordWriter;

/// A Parquet file that counts the bytes that are read of it.
pub(super) struct CountedFile {
    pub(super) file: File,
    pub(super) n_bytes: Arc<AtomicU64>,
}

impl Length for CountedFile {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

impl ChunkReader for CountedFile {
    type T = Counted;

    fn get_read(&self, start: u64) -> ParquetResult<Counted> {
        let reader = Box::new(self.file.get_read(start)?);
        Ok(Counted { reader, n_bytes: Arc::clone(&self.n_bytes) })
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // Memory for all of it is allocated before it is read. A damaged file may claim any length.
        if start.checked_add(length as u64).is_none_or(|end| end > self.len()) {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.n_bytes.fetch_add(length as u64, Ordering::Relaxed);
        self.file.get_bytes(start, length)
    }
}

/// The rows of a Parquet file as lines of JSON.
pub(super) fn lines(file: File) -> Result<Lines<'static>, IntakeError> {
    let file = CountedFile { file, n_bytes: Arc::default() };
    match json_lines(file) {
        Ok(lines) => Ok(Box::new(lines)),
        Err(error) => Err(IntakeError::Io(error.to_string())),
    }
}

/// Writes records as a Parquet table. The table can be read only after [`ParquetSink::finish`].
pub struct ParquetSink<W: Write + Send> {
    table: RecordWriter<W>,
}

impl<W: Write + Send> ParquetSink<W> {
    /// Begins a table; `kept` are the names of the input fields that records keep.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W, camps: &Camps, kept: &[String]) -> Result<Self, EngineError> {
        Ok(Self { table: RecordWriter::new(out, camps, kept, false)? })
    }

    /// The same with a column of all sentences ([`crate::ScoringRun::with_sentences`]).
    ///
    /// # Errors
    /// Those of `out`.
    pub fn with_sentences(out: W, camps: &Camps, kept: &[String]) -> Result<Self, EngineError> {
        Ok(Self { table: RecordWriter::new(out, camps, kept, true)? })
    }

    /// Writes the end of the table and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> Result<W, EngineError> {
        Ok(self.table.finish()?)
    }
}

impl<W: Write + Send> Sink for ParquetSink<W> {
    fn write(&mut self, record: &ScoreRecord, _: &[u8]) -> Result<bool, EngineError> {
        self.table.write(record)?;
        Ok(true)
    }
}
