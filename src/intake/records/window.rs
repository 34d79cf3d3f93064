//! The bytes of a table that are looked at, and where in the file they stand.

use std::io::{self, BufRead};

use memchr::memchr2;

use super::scan::{line_length, lines};

/// What follows the rows that were read, as far as it was needed.
#[derive(Debug)]
pub(super) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    /// Where in the buffer the next row begins, and in which line of the file, from 1.
    start: usize,
    line: u64,
    is_end: bool,
    failure: Option<io::Error>,
}

impl<R: BufRead> Window<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, line: 1, is_end: false, failure: None }
    }

    /// The first bytes, without passing them.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    /// The bytes from the next row on.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// The line where the next row begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether nothing follows the rest.
    pub(super) fn is_end(&self) -> bool {
        self.is_end
    }

    /// Whether the reader failed behind the rest.
    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// The end: the failure of the reader, if there was one.
    pub(super) fn end<T>(&mut self) -> io::Result<Option<T>> {
        self.start = self.buffer.len();
        self.failure.take().map_or(Ok(None), Err)
    }

    /// Goes on behind so many bytes.
    pub(super) fn pass(&mut self, n_bytes: usize) {
        self.line += lines(&self.buffer[self.start..self.start + n_bytes]).count() as u64;
        self.start += n_bytes;
    }

    /// Goes on behind a line that is too long to be held.
    pub(super) fn pass_long_line(&mut self) {
        while line_length(self.rest()) == self.rest().len() && !self.is_end {
            self.start = self.buffer.len();
            self.fill();
        }
        self.pass(line_length(self.rest()));
    }

    /// Reads more; false where there is no more.
    pub(super) fn fill(&mut self) -> bool {
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        while !self.is_end {
            match self.reader.fill_buf() {
                Ok([]) => self.is_end = true,
                Ok(chunk) => {
                    let n_bytes = chunk.len();
                    self.buffer.extend_from_slice(chunk);
                    self.reader.consume(n_bytes);
                    return true;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    (self.is_end, self.failure) = (true, Some(error));
                    // The last line is not whole.
                    let whole = self.rest().iter().rposition(|byte| matches!(byte, b'\r' | b'\n'));
                    self.buffer.truncate(self.start + whole.map_or(0, |at| at + 1));
                }
            }
        }
        false
    }

    /// Reads on until a line ends, or to more than `limit` bytes: no row ends before.
    pub(super) fn fill_line(&mut self, limit: usize) {
        // A line feed may follow a carriage return.
        let mut from = self.rest().len().saturating_sub(1);
        while self.fill() && self.rest().len() <= limit {
            if memchr2(b'\r', b'\n', &self.rest()[from..]).is_some() {
                break;
            }
            from = self.rest().len();
        }
    }

    /// Passes over empty lines and byte-order marks; false at the end.
    pub(super) fn skip_blank(&mut self) -> bool {
        loop {
            while self.rest().len() < 3 && self.fill() {}
            match self.rest() {
                [] => return false,
                [0xEF, 0xBB, 0xBF, ..] => self.start += 3,
                [b'\r' | b'\n', ..] => self.pass(line_length(self.rest())),
                _ => return true,
            }
        }
    }
}
