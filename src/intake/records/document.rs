//! Reader of JSON that is no line per record: an array of objects, objects of several lines one
//! after the other, or an object that holds a list of records somewhere inside.
//!
//! At most one object of `MAX_LINE` bytes is held. A larger one is no record: what stands in it
//! is read as if it stood alone.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use serde_json::{Map, Value};

use super::stream::{End, Stream};
use super::{decoded, wrapper};
use crate::intake::fields::Fields;

/// Most objects without a text at the start of a list that are held until one with a text shows
/// that it is a list of records.
const MAX_HELD: usize = 100;

/// What comes out of a document.
#[derive(Debug)]
pub(super) enum Found {
    /// The bytes of an object that is a record.
    Record(Vec<u8>),
    /// A record of more than `MAX_LINE` bytes.
    TooLong,
    /// What is wrong with the document.
    Broken(String),
    /// Within what it ends.
    Cut(String),
}

/// A list or a large object that is open.
#[derive(Debug)]
enum Level {
    /// A list: whether its objects are known to be records, those held till then and how many more
    /// there were; and what stands among them.
    List { is_records: bool, held: Vec<Vec<u8>>, n_more: usize, others: Others },
    /// An object that is larger than a record, and how many records were found before it.
    Object { n_before: usize },
}

/// The texts, numbers and words that stand in a list: how many, and the line of the first.
#[derive(Clone, Copy, Debug, Default)]
struct Others {
    n: usize,
    line: usize,
}

/// Reads the records of a document.
#[derive(Debug)]
pub(super) struct Document<R> {
    stream: Stream<R>,
    levels: Vec<Level>,
    queue: VecDeque<Found>,
    n_found: usize,
    /// An object that was passed over since its list has no record.
    passed: Option<Vec<u8>>,
    /// The line of the first value in a list that is no object.
    skipped: Option<usize>,
}

impl<R: BufRead> Document<R> {
    /// The document that begins with `start`, which was read from `reader`.
    pub(super) fn new(start: Vec<u8>, reader: R) -> Self {
        Self {
            stream: Stream::new(start, reader),
            levels: Vec::new(),
            queue: VecDeque::new(),
            n_found: 0,
            passed: None,
            skipped: None,
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
            let Some(byte) = self.stream.peek(self.levels.is_empty())? else {
                return Ok(self.end());
            };
            match byte {
                b'{' => self.object(fields)?,
                b'[' => {
                    self.stream.take()?;
                    let others = Others::default();
                    self.levels.push(Level::List {
                        is_records: false,
                        held: Vec::new(),
                        n_more: 0,
                        others,
                    });
                }
                b']' | b'}' if !self.levels.is_empty() => {
                    self.stream.take()?;
                    self.close();
                }
                _ if self.levels.is_empty() => {
                    let line = self.stream.line;
                    self.stream.skip_line()?;
                    self.queue.push_back(Found::Broken(format!(
                        "line {line} begins with no object and no list"
                    )));
                }
                _ => {
                    let line = self.stream.line;
                    self.skipped.get_or_insert(line);
                    // Programs write `null` for a record that is gone.
                    if byte != b'n'
                        && let Some(Level::List { others, .. }) = self.levels.last_mut()
                    {
                        others.line = if others.n == 0 { line } else { others.line };
                        others.n += 1;
                    }
                    self.stream.skip_scalar()?;
                }
            }
        }
    }

    /// Leaves the list or object that ends here.
    fn close(&mut self) {
        let level = self.levels.pop();
        if let Some(Level::List { is_records: true, others, .. }) = &level
            && let Others { n: 1.., line } = *others
        {
            let what = match others.n {
                1 => "an item of the list is no object but a text, number or word".to_owned(),
                n => format!("{n} items of the list are no objects but texts, numbers or words"),
            };
            self.queue.push_back(Found::Broken(format!("{what}, from line {line} on")));
        }
        let is_top = self.levels.is_empty();
        match level {
            Some(Level::List { held, n_more, is_records, .. }) if is_top || is_records => {
                self.queue.extend(held.into_iter().map(Found::Record));
                if n_more > 0 {
                    let message = format!("{n_more} more objects of the list have no text");
                    self.queue.push_back(Found::Broken(message));
                }
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
            let line = self.stream.line;
            return Some(Found::Cut(format!("inside a list or an object, in line {line}")));
        }
        if self.n_found > 0 {
            return None;
        }
        let no_object = |line| {
            Found::Broken(format!("no object is in it; line {line} has a text, number or word"))
        };
        let told = self.passed.take().map(Found::Record);
        let told = told.or_else(|| self.skipped.take().map(no_object));
        self.n_found += usize::from(told.is_some());
        told
    }

    /// Reads the object that begins here.
    fn object(&mut self, fields: &Fields) -> io::Result<()> {
        let is_known = matches!(self.levels.last(), Some(Level::List { is_records: true, .. }));
        let line = self.stream.line;
        let (bytes, end) = self.stream.balanced()?;
        match end {
            End::Limit if is_known => {
                self.stream.skip_balanced(&bytes)?;
                self.queue.push_back(Found::TooLong);
            }
            End::Limit => {
                let n_before = self.n_found + self.queue.len();
                self.levels.push(Level::Object { n_before });
                self.stream.unread(bytes[1..].to_vec());
                self.stream.line = line;
            }
            End::Input => {
                self.levels.clear();
                self.queue
                    .push_back(Found::Cut(format!("inside the object that begins in line {line}")));
            }
            End::Object if is_known => self.queue.push_back(Found::Record(bytes)),
            End::Object => self.decide(bytes, fields),
        }
        Ok(())
    }

    /// Queues what an object stands for: a record, or those inside it.
    fn decide(&mut self, bytes: Vec<u8>, fields: &Fields) {
        let object = wrapper::object(&decoded(&bytes, None).text, fields);
        let is_record = |object: &Map<String, Value>| fields.has_text(object);
        let mut has_text = object.as_ref().is_ok_and(|(object, _)| is_record(object));
        if !has_text && let Ok((object, _)) = object {
            has_text = fields.has_usual_text(&object);
            let inner = wrapper::records_of(object, fields);
            if !inner.is_empty() {
                let json = |record| Found::Record(Value::Object(record).to_string().into_bytes());
                self.queue.extend(inner.into_iter().map(json));
                return;
            }
        }
        match self.levels.last_mut() {
            None => self.queue.push_back(Found::Record(bytes)),
            Some(Level::List { is_records, held, .. }) if has_text => {
                *is_records = true;
                self.queue.extend(held.drain(..).map(Found::Record));
                self.queue.push_back(Found::Record(bytes));
            }
            Some(Level::List { held, .. }) if held.len() < MAX_HELD => held.push(bytes),
            Some(Level::List { n_more, .. }) => {
                *n_more += 1;
                self.passed.get_or_insert(bytes);
            }
            Some(Level::Object { .. }) => {
                self.passed.get_or_insert(bytes);
            }
        }
    }
}
