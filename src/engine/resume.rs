//! Completing an output that an earlier run began.
//!
//! A record is a line, and each is written whole before the next. So after a kill at any moment a
//! file holds whole lines and at most one torn line. To resume is to drop the torn line, to skip as
//! many records of the input as there are lines, and to go on. The last lines and a [`Sample`] of
//! those before them are made again and must equal the lines of the file; the torn line must be a
//! prefix of the record that comes in its place. That shows that input, model and options are the
//! same. Otherwise the file is left as it is.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Cursor, Read, Seek, SeekFrom, Write};

use memchr::memmem;

use super::error::EngineError;
use crate::intake::BREAKS_OFF;

/// A file that an earlier run may have begun: it is read, cut and appended to.
pub trait ResumableFile: Read + Write + Seek {
    /// Cuts or extends it to `n_bytes`.
    ///
    /// # Errors
    /// Those of the file.
    fn set_len(&mut self, n_bytes: u64) -> io::Result<()>;
}

impl ResumableFile for File {
    fn set_len(&mut self, n_bytes: u64) -> io::Result<()> {
        File::set_len(self, n_bytes)
    }
}

impl ResumableFile for Cursor<Vec<u8>> {
    fn set_len(&mut self, n_bytes: u64) -> io::Result<()> {
        let n_bytes = usize::try_from(n_bytes).map_err(io::Error::other)?;
        self.get_mut().resize(n_bytes, 0);
        Ok(())
    }
}

/// What a file held before this run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ExistingRecords {
    /// Length of its header and whole lines, in bytes.
    n_bytes: u64,
    n_records: usize,
    /// How many records say that an article could not be scored.
    n_failed: usize,
    /// Records that are to be compared, first ones first.
    sample: Sample,
    /// What stands behind the last whole line.
    torn: Vec<u8>,
}

/// Records by their numbers, from 0: the last [`N_LAST`], and of those before them every
/// 2^`stride`-th, which are [`N_SPREAD`] to twice as many.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sample {
    spread: VecDeque<(usize, Vec<u8>)>,
    last: VecDeque<(usize, Vec<u8>)>,
    stride: u32,
}

const N_LAST: usize = 32;
const N_SPREAD: usize = 32;

impl Sample {
    fn add(&mut self, number: usize, record: Vec<u8>) {
        self.last.push_back((number, record));
        if self.last.len() > N_LAST
            && let Some((number, record)) = self.last.pop_front()
            && number % (1 << self.stride) == 0
        {
            self.spread.push_back((number, record));
        }
        if self.spread.len() > 2 * N_SPREAD {
            self.stride += 1;
            self.spread.retain(|(number, _)| number % (1 << self.stride) == 0);
        }
    }

    fn has(&self, number: usize) -> bool {
        self.spread.iter().chain(&self.last).any(|(other, _)| *other == number)
    }

    fn next(&mut self) -> Option<(usize, Vec<u8>)> {
        self.spread.pop_front().or_else(|| self.last.pop_front())
    }
}

impl ExistingRecords {
    /// Reads what is there. A torn header counts as nothing, since it is written anew.
    pub(super) fn read(
        file: &mut (impl Read + Seek),
        header: &[u8],
        is_failed: impl Fn(&[u8]) -> bool,
    ) -> Result<Self, EngineError> {
        file.rewind().map_err(EngineError::ReadExisting)?;
        let mut lines = BufReader::new(file);
        let mut start = Vec::new();
        let n_header = header.len() as u64;
        let read = lines.by_ref().take(n_header).read_to_end(&mut start);
        read.map_err(EngineError::ReadExisting)?;
        if !header.starts_with(&start) {
            return Err(EngineError::OtherHeader);
        }
        let mut existing = Self::default();
        if start.len() < header.len() {
            return Ok(existing);
        }
        existing.n_bytes = n_header;
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).map_err(EngineError::ReadExisting)? > 0 {
            if line.last() != Some(&b'\n') {
                existing.torn = line;
                break;
            }
            existing.n_bytes += line.len() as u64;
            existing.n_failed += usize::from(is_failed(&line));
            existing.sample.add(existing.n_records, std::mem::take(&mut line));
            existing.n_records += 1;
        }
        existing.drop_broken_off(is_failed);
        Ok(existing)
    }

    /// Forgets the last record if it says that the source broke off: reading that again may go
    /// farther.
    fn drop_broken_off(&mut self, is_failed: impl Fn(&[u8]) -> bool) {
        let says_so =
            |line: &[u8]| is_failed(line) && memmem::find(line, BREAKS_OFF.as_bytes()).is_some();
        if self.torn.is_empty()
            && let Some((_, line)) = self.sample.last.pop_back_if(|(_, line)| says_so(line))
        {
            self.n_bytes -= line.len() as u64;
            self.n_failed -= 1;
            self.n_records -= 1;
        }
    }

    /// How many records there are.
    pub(super) fn n_records(&self) -> usize {
        self.n_records
    }

    /// How many of them say that an article could not be scored.
    pub(super) fn n_failed(&self) -> usize {
        self.n_failed
    }
}

/// Writes records after those that are there already.
#[derive(Debug)]
pub(super) struct ResumableWriter<W: Write> {
    out: BufWriter<W>,
    existing: ExistingRecords,
    /// How many records of the input were skipped or compared.
    n_seen: usize,
    /// What stands before all records and is not there yet.
    header: Vec<u8>,
    /// Cuts a file before the first byte is written, and goes to its end.
    cut: Option<fn(&mut W, u64) -> io::Result<()>>,
}

/// Size of the write buffer, in bytes.
const BUFFER: usize = 1 << 16;

impl<W: Write> ResumableWriter<W> {
    /// Begins with `header`.
    pub(super) fn new(out: W, header: &[u8]) -> Result<Self, EngineError> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        out.write_all(header).map_err(EngineError::Write)?;
        let (existing, header) = (ExistingRecords::default(), Vec::new());
        Ok(Self { out, existing, n_seen: 0, header, cut: None })
    }

    /// Goes on after `existing` records, or begins with `header` where there is nothing.
    pub(super) fn resume(file: W, existing: ExistingRecords, header: Vec<u8>) -> Self
    where
        W: ResumableFile,
    {
        let header = if existing.n_bytes == 0 { header } else { Vec::new() };
        let cut = |file: &mut W, n_bytes| {
            file.set_len(n_bytes)?;
            file.seek(SeekFrom::End(0)).map(drop)
        };
        let out = BufWriter::with_capacity(BUFFER, file);
        Self { out, existing, n_seen: 0, header, cut: Some(cut) }
    }

    /// What was there before.
    pub(super) fn existing(&self) -> &ExistingRecords {
        &self.existing
    }

    /// Cuts off a torn line, of which `record` must be the whole, before the first byte is written.
    fn prepare(&mut self, record: &[u8]) -> Result<(), EngineError> {
        let Some(cut) = self.cut.take() else { return Ok(()) };
        if !record.starts_with(&self.existing.torn) {
            return Err(EngineError::OtherRecord { record: self.existing.n_records + 1 });
        }
        cut(self.out.get_mut(), self.existing.n_bytes)
            .and_then(|()| self.out.write_all(&self.header))
            .map_err(EngineError::Write)
    }

    /// Whether the next record is there already and need not be made. Those of the sample are made
    /// again, for [`Self::write`] to compare.
    pub(super) fn skips_next(&mut self) -> bool {
        let number = self.n_seen;
        self.n_seen += usize::from(number < self.existing.n_records);
        number < self.existing.n_records && !self.existing.sample.has(number)
    }

    /// Writes the next record that was not skipped; false if it is one of the sample, and equal.
    pub(super) fn write(&mut self, record: &[u8]) -> Result<bool, EngineError> {
        match self.existing.sample.next() {
            None => {
                self.prepare(record)?;
                self.out.write_all(record).map_err(EngineError::Write)?;
                Ok(true)
            }
            Some((_, existing)) if existing == record => Ok(false),
            Some((number, _)) => Err(EngineError::OtherRecord { record: number + 1 }),
        }
    }

    pub(super) fn flush(&mut self) -> Result<(), EngineError> {
        self.out.flush().map_err(EngineError::Write)
    }

    pub(super) fn into_inner(self) -> Result<W, EngineError> {
        self.out.into_inner().map_err(|error| EngineError::Write(error.into_error()))
    }

    /// Ends the output; an error if the file held more records than the input gave.
    pub(super) fn finish(&mut self) -> Result<(), EngineError> {
        if self.n_seen < self.existing.n_records {
            return Err(EngineError::MoreRecords { n_records: self.existing.n_records });
        }
        self.prepare(&[])?;
        self.flush()
    }
}

#[cfg(test)]
mod tests;
