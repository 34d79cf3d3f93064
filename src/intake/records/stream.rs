//! The bytes of a JSON document, value by value.

use std::io::{self, BufRead, Cursor, Read};

use super::nesting::Scan;
use super::whole_lines::MAX_LINE;

/// Bytes that were read too far, then the rest.
pub(super) type Input<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The bytes of a document, and the line in which the next one stands.
#[derive(Debug)]
pub(super) struct Stream<R> {
    input: Option<Input<R>>,
    pub(super) line: usize,
}

impl<R: BufRead> Stream<R> {
    /// The bytes of `start`, then those of `reader`.
    pub(super) fn new(start: Vec<u8>, reader: R) -> Self {
        Self { input: Some(Cursor::new(start).chain(reader)), line: 1 }
    }

    /// The bytes from the `{` here to its `}`, or to the limit or the end of the input.
    pub(super) fn balanced(&mut self) -> io::Result<(Vec<u8>, End)> {
        let (mut bytes, mut scan) = (Vec::new(), Scan::default());
        let Some(input) = &mut self.input else { return Ok((bytes, End::Input)) };
        loop {
            let chunk = input.fill_buf()?;
            if chunk.is_empty() {
                return Ok((bytes, End::Input));
            }
            let end = scan.end(chunk);
            let taken = end.unwrap_or(chunk.len()).min(MAX_LINE + 1 - bytes.len());
            bytes.extend_from_slice(&chunk[..taken]);
            self.line += n_lines(&chunk[..taken]);
            let is_whole = end == Some(taken);
            input.consume(taken);
            if is_whole {
                return Ok((bytes, End::Object));
            }
            if bytes.len() > MAX_LINE {
                return Ok((bytes, End::Limit));
            }
        }
    }

    /// Skips the rest of an object that begins with `start`.
    pub(super) fn skip_balanced(&mut self, start: &[u8]) -> io::Result<()> {
        let mut scan = Scan::default();
        scan.end(start);
        let Some(input) = &mut self.input else { return Ok(()) };
        loop {
            let chunk = input.fill_buf()?;
            let end = scan.end(chunk);
            let taken = end.unwrap_or(chunk.len());
            self.line += n_lines(&chunk[..taken]);
            input.consume(taken);
            if end.is_some() || taken == 0 {
                return Ok(());
            }
        }
    }

    /// Puts bytes before the rest of the input.
    pub(super) fn unread(&mut self, bytes: Vec<u8>) {
        if let Some(input) = self.input.take() {
            let (left, reader) = input.into_inner();
            let at = usize::try_from(left.position()).unwrap_or(usize::MAX);
            let mut front = bytes;
            front.extend_from_slice(left.get_ref().get(at..).unwrap_or_default());
            self.input = Some(Cursor::new(front).chain(reader));
        }
    }

    /// The next byte that is neither space nor a sign between values; outside of all lists, no mark
    /// of the byte order either.
    pub(super) fn peek(&mut self, is_top: bool) -> io::Result<Option<u8>> {
        loop {
            let Some(input) = &mut self.input else { return Ok(None) };
            let Some(&byte) = input.fill_buf()?.first() else { return Ok(None) };
            // A script ends with a semicolon.
            let is_mark = is_top && [0xEF, 0xBB, 0xBF, b';'].contains(&byte);
            if !byte.is_ascii_whitespace() && !b",:\x1E".contains(&byte) && !is_mark {
                return Ok(Some(byte));
            }
            self.take()?;
        }
    }

    /// Takes one byte.
    pub(super) fn take(&mut self) -> io::Result<Option<u8>> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let byte = input.fill_buf()?.first().copied();
        if let Some(byte) = byte {
            input.consume(1);
            self.line += usize::from(byte == b'\n');
        }
        Ok(byte)
    }

    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        while self.take()?.is_some_and(|byte| byte != b'\n') {}
        Ok(())
    }

    /// Skips a string, number or word.
    pub(super) fn skip_scalar(&mut self) -> io::Result<()> {
        let mut scan = Scan::default();
        while let Some(byte) = self.take()? {
            scan.step(byte);
            let next = match &mut self.input {
                Some(input) => input.fill_buf()?.first().copied(),
                None => None,
            };
            if !scan.is_in_string()
                && (byte == b'"' || next.is_none_or(|next| b",:]}[{ \t\r\n\"".contains(&next)))
            {
                break;
            }
        }
        Ok(())
    }
}

/// How many lines end among `bytes`.
fn n_lines(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte == b'\n').count() - 1
}

/// Where the bytes of an object end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Object,
    Limit,
    Input,
}
