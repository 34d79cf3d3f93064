//! Reader of JSON that is no line per record: an array of objects, objects of several lines one
//! after the other, or an object that holds a list of records somewhere inside.
//!
//! At most one object of [`MAX_LINE`] bytes is held. A larger one is no record: what stands in it
//! is read as if it stood alone.

use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor, Read};

use serde_json::Value;

use super::lines::MAX_LINE;
use super::nesting::Scan;
use super::{lossy, wrapper};
use crate::intake::fields::Fields;

/// Most objects without a text at the start of a list that are held until one with a text shows
/// that it is a list of records.
const MAX_HELD: usize = 100;

/// What comes out of a document.
#[derive(Debug)]
pub(super) enum Found {
    /// The bytes of an object that is a record.
    Record(Vec<u8>),
    /// A record of more than [`MAX_LINE`] bytes.
    TooLong,
    /// What is wrong with the document.
    Broken(String),
}

/// A list or a large object that is open.
#[derive(Debug)]
enum Level {
    /// A list: whether its objects are known to be records, and those held till then.
    List { is_records: bool, held: Vec<Vec<u8>> },
    /// An object that is larger than a record, and how many records were found before it.
    Object { n_before: usize },
}

/// The input: bytes that were read too far, then the rest.
pub(super) type Input<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// Reads the records of a document.
#[derive(Debug)]
pub(super) struct Document<R> {
    input: Option<Input<R>>,
    levels: Vec<Level>,
    queue: VecDeque<Found>,
    line: usize,
    n_found: usize,
    /// An object that was passed over since its list has no record.
    passed: Option<Vec<u8>>,
}

impl<R: BufRead> Document<R> {
    /// The document that begins with `start`, which was read from `reader`.
    pub(super) fn new(start: Vec<u8>, reader: R) -> Self {
        Self {
            input: Some(Cursor::new(start).chain(reader)),
            levels: Vec::new(),
            queue: VecDeque::new(),
            line: 1,
            n_found: 0,
            passed: None,
        }
    }

    /// The next record.
    ///
    /// # Errors
    /// Those of the reader.
    pub(super) fn next(&mut self, fields: &Fields) -> io::Result<Option<Found>> {
        loop {
            if let Some(found) = self.queue.pop_front() {
                self.n_found += 1;
                return Ok(Some(found));
            }
            let Some(byte) = self.peek()? else {
                return Ok(self.end());
            };
            match byte {
                b'{' => self.object(fields)?,
                b'[' => {
                    self.take()?;
                    self.levels.push(Level::List { is_records: false, held: Vec::new() });
                }
                b']' | b'}' if !self.levels.is_empty() => {
                    self.take()?;
                    self.close();
                }
                _ if self.levels.is_empty() => {
                    let line = self.line;
                    self.skip_line()?;
                    self.queue.push_back(Found::Broken(format!(
                        "line {line} begins with no object and no list"
                    )));
                }
                _ => self.skip_scalar()?,
            }
        }
    }

    /// Leaves the list or object that ends here.
    fn close(&mut self) {
        match self.levels.pop() {
            Some(Level::List { held, .. }) if self.levels.is_empty() => {
                self.queue.extend(held.into_iter().map(Found::Record));
            }
            Some(Level::List { held, .. }) if self.passed.is_none() => {
                self.passed = held.into_iter().next();
            }
            // It was a record after all.
            Some(Level::Object { n_before }) if n_before == self.n_found + self.queue.len() => {
                self.queue.push_back(Found::TooLong);
            }
            _ => {}
        }
    }

    /// What is to be said at the end of the input.
    fn end(&mut self) -> Option<Found> {
        if !self.levels.is_empty() {
            self.levels.clear();
            self.n_found += 1;
            let line = self.line;
            return Some(Found::Broken(format!(
                "it ends inside a list or an object, in line {line}"
            )));
        }
        (self.n_found == 0).then(|| self.passed.take()).flatten().map(|object| {
            self.n_found += 1;
            Found::Record(object)
        })
    }

    /// Reads the object that begins here.
    fn object(&mut self, fields: &Fields) -> io::Result<()> {
        let is_known = matches!(self.levels.last(), Some(Level::List { is_records: true, .. }));
        let line = self.line;
        let (bytes, end) = self.balanced()?;
        match end {
            End::Limit if is_known => {
                self.skip_balanced(&bytes)?;
                self.queue.push_back(Found::TooLong);
            }
            End::Limit => {
                let n_before = self.n_found + self.queue.len();
                self.levels.push(Level::Object { n_before });
                self.unread(bytes[1..].to_vec());
                self.line = line;
            }
            End::Input => {
                self.levels.clear();
                self.queue.push_back(Found::Broken(format!(
                    "the input ends inside the object that begins in line {line}"
                )));
            }
            End::Object if is_known => self.queue.push_back(Found::Record(bytes)),
            End::Object => self.decide(bytes, fields),
        }
        Ok(())
    }

    /// Queues what an object stands for: a record, or those inside it.
    fn decide(&mut self, bytes: Vec<u8>, fields: &Fields) {
        let object = wrapper::object(&lossy(&bytes).0, fields);
        let has_text = object.as_ref().is_ok_and(|(object, _)| fields.has_text(object));
        if !has_text && let Ok((object, _)) = object {
            let inner = wrapper::records(object, fields);
            if !inner.is_empty() {
                let json = |record| Found::Record(Value::Object(record).to_string().into_bytes());
                self.queue.extend(inner.into_iter().map(json));
                return;
            }
        }
        match self.levels.last_mut() {
            None => self.queue.push_back(Found::Record(bytes)),
            Some(Level::List { is_records, held }) if has_text => {
                *is_records = true;
                self.queue.extend(held.drain(..).map(Found::Record));
                self.queue.push_back(Found::Record(bytes));
            }
            Some(Level::List { held, .. }) if held.len() < MAX_HELD => held.push(bytes),
            Some(Level::List { .. } | Level::Object { .. }) => {
                self.passed.get_or_insert(bytes);
            }
        }
    }

    /// The bytes from the `{` here to its `}`, or to the limit or the end of the input.
    fn balanced(&mut self) -> io::Result<(Vec<u8>, End)> {
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
            self.line += chunk[..taken].iter().filter(|&&byte| byte == b'\n').count();
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
    fn skip_balanced(&mut self, start: &[u8]) -> io::Result<()> {
        let mut scan = Scan::default();
        scan.end(start);
        let Some(input) = &mut self.input else { return Ok(()) };
        loop {
            let chunk = input.fill_buf()?;
            let end = scan.end(chunk);
            let taken = end.unwrap_or(chunk.len());
            self.line += chunk[..taken].iter().filter(|&&byte| byte == b'\n').count();
            input.consume(taken);
            if end.is_some() || taken == 0 {
                return Ok(());
            }
        }
    }

    /// Puts bytes before the rest of the input.
    fn unread(&mut self, bytes: Vec<u8>) {
        if let Some(input) = self.input.take() {
            let (left, reader) = input.into_inner();
            let at = usize::try_from(left.position()).unwrap_or(usize::MAX);
            let mut front = bytes;
            front.extend_from_slice(left.get_ref().get(at..).unwrap_or_default());
            self.input = Some(Cursor::new(front).chain(reader));
        }
    }

    /// The next byte that is neither space nor a sign between values.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(input) = &mut self.input else { return Ok(None) };
            let Some(&byte) = input.fill_buf()?.first() else { return Ok(None) };
            let is_mark = self.levels.is_empty() && [0xEF, 0xBB, 0xBF].contains(&byte);
            if !byte.is_ascii_whitespace() && !b",:\x1E".contains(&byte) && !is_mark {
                return Ok(Some(byte));
            }
            self.take()?;
        }
    }

    /// Takes one byte.
    fn take(&mut self) -> io::Result<Option<u8>> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let byte = input.fill_buf()?.first().copied();
        if let Some(byte) = byte {
            input.consume(1);
            self.line += usize::from(byte == b'\n');
        }
        Ok(byte)
    }

    fn skip_line(&mut self) -> io::Result<()> {
        while self.take()?.is_some_and(|byte| byte != b'\n') {}
        Ok(())
    }

    /// Skips a string, number or word.
    fn skip_scalar(&mut self) -> io::Result<()> {
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

/// Where the bytes of an object end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Object,
    Limit,
    Input,
}
