//! Lines that end: a device such as `/dev/zero` gives one line that never does.

use std::io::{self, BufRead, Read};

use memchr::memrchr2;

/// Most bytes of a line that are passed over. A line of more than 16 MB is no record, and what
/// follows it is read; a line as long as this is none of a file of records.
const MAX_LINE: usize = 256 << 20;

/// Gives the bytes of a reader, and an error where a line is longer than any that has an end.
#[derive(Debug)]
pub struct EndingLines<R> {
    reader: R,
    /// How many bytes of the line were given already.
    n_bytes: usize,
    max_line: usize,
}

impl<R: BufRead> EndingLines<R> {
    /// The bytes of `reader`.
    pub fn new(reader: R) -> Self {
        Self { reader, n_bytes: 0, max_line: MAX_LINE }
    }
}

impl<R: BufRead> Read for EndingLines<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.fill_buf()?.read(room)?;
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

impl<R: BufRead> BufRead for EndingLines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.n_bytes > self.max_line {
            let limit = self.max_line >> 20;
            let message = format!("a line is longer than {limit} MB, as in no file of scores");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, n_bytes: usize) {
        // What is given is in memory: nothing is read here.
        let given = self.reader.fill_buf().unwrap_or_default();
        let given = &given[..n_bytes.min(given.len())];
        self.n_bytes = match memrchr2(b'\n', b'\r', given) {
            Some(at) => n_bytes - at - 1,
            None => self.n_bytes + n_bytes,
        };
        self.reader.consume(n_bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_an_error_and_lines_of_any_number_are_none() {
        let read = |bytes: &[u8]| {
            let reader = io::BufReader::with_capacity(7, bytes);
            let mut text = String::new();
            let lines = &mut EndingLines { max_line: 20, ..EndingLines::new(reader) };
            lines.read_to_string(&mut text).map(|_| text)
        };
        for end in ["\n", "\r"] {
            let text = format!("{}{end}", "a".repeat(19)).repeat(50);
            assert_eq!(read(text.as_bytes()).unwrap(), text);
        }
        let long = format!("a\n{}", "a".repeat(40));
        assert!(read(long.as_bytes()).unwrap_err().to_string().contains("a line is longer"));
    }
}
