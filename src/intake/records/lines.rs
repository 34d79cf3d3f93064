//! Reader of JSON lines, and of other JSON documents.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::mem;
use std::sync::Arc;

use serde_json::Value;

use super::document::{Document, Found};
use super::nesting::Scan;
use super::stream::Input;
use super::{RawRecord, RecordContent, broken_off, decoded, json, wrapper};
use crate::intake::IntakeError;
use crate::intake::error::of_json;
use crate::intake::fields::{FieldNotes, Fields, ParsedRecord, at_path};
use crate::intake::kind::{SAMPLE, behind_assignment};

/// Most bytes of a line of a JSONL file.
pub(in crate::intake) const MAX_LINE: usize = 16 << 20;

/// Reads the records of a JSONL file, or of another JSON document.
#[derive(Debug)]
pub(in crate::intake) struct JsonLinesReader<R> {
    name: String,
    shape: Shape<R>,
    fields: Arc<Fields>,
    /// What there is to tell of the fields of the first record.
    notes: Option<FieldNotes>,
    /// Number of the line, or of the record where there is not one on each line.
    number: usize,
    /// Records that stand in one line.
    queue: VecDeque<Vec<u8>>,
}

/// How records stand in the input.
#[derive(Debug)]
enum Shape<R> {
    /// Nothing is read yet.
    Unknown(R),
    /// One record a line.
    Lines(Input<R>),
    /// Several records a line, inside an object.
    Wrapped(Input<R>),
    /// Records anywhere.
    Document(Box<Document<R>>),
    /// Never read from.
    Closed,
}

impl<R: BufRead> JsonLinesReader<R> {
    /// A reader of UTF-8 from `reader`.
    pub(in crate::intake) fn new(name: &str, reader: R, fields: Fields) -> Self {
        Self {
            name: name.to_owned(),
            shape: Shape::Unknown(reader),
            fields: Arc::new(fields),
            notes: None,
            number: 0,
            queue: VecDeque::new(),
        }
    }

    /// What there is to tell of the fields of the first record; a later one may have others.
    pub(in crate::intake) fn notes(&self) -> Option<&FieldNotes> {
        self.notes.as_ref()
    }

    /// The next record; empty lines are skipped. Fields are guessed from the first JSON object.
    ///
    /// # Errors
    /// Those of the reader.
    pub(in crate::intake) fn next_record(&mut self) -> io::Result<Option<RawRecord>> {
        if matches!(self.shape, Shape::Unknown(_)) {
            self.find_shape()?;
        }
        match &mut self.shape {
            Shape::Lines(reader) => Ok(match next_line(reader, &mut self.number)? {
                None => None,
                Some(Line::Whole(line)) => Some(self.numbered(Some(line))),
                Some(Line::TooLong) => Some(self.numbered(None)),
                Some(Line::Cut) => Some(self.broken(cut_line(self.number))),
            }),
            Shape::Wrapped(reader) => loop {
                if let Some(record) = self.queue.pop_front() {
                    self.number += 1;
                    return Ok(Some(self.numbered(Some(record))));
                }
                match next_line(reader, &mut 0)? {
                    None => return Ok(None),
                    Some(Line::Whole(line)) => self.queue.extend(inside(line, &self.fields)),
                    Some(Line::TooLong) => {
                        self.number += 1;
                        return Ok(Some(self.numbered(None)));
                    }
                    Some(Line::Cut) => {
                        self.number += 1;
                        return Ok(Some(self.broken(cut_line(self.number))));
                    }
                }
            },
            Shape::Document(document) => {
                let Some(found) = document.next(&self.fields)? else { return Ok(None) };
                self.number += 1;
                Ok(Some(match found {
                    Found::Record(bytes) => self.numbered(Some(bytes)),
                    Found::TooLong => self.numbered(None),
                    Found::Broken(message) => self.broken(RecordContent::Broken(message)),
                    Found::Cut(message) => self.broken(RecordContent::Cut(message)),
                }))
            }
            Shape::Unknown(_) | Shape::Closed => Ok(None),
        }
    }

    /// Finds out how records stand in the input, by its first line that is not empty.
    fn find_shape(&mut self) -> io::Result<()> {
        let Shape::Unknown(mut reader) = mem::replace(&mut self.shape, Shape::Closed) else {
            return Ok(());
        };
        let (mut start, mut n_blank) = (Vec::new(), 0);
        while start[n_blank..].iter().all(u8::is_ascii_whitespace) && start.len() <= MAX_LINE {
            n_blank = start.len();
            let limit = MAX_LINE as u64 + 1;
            if Read::take(&mut reader, limit).read_until(b'\n', &mut start)? == 0 {
                break;
            }
        }
        let n_assigned = assigned(&start);
        start.drain(..n_assigned);
        let text = start.trim_ascii_start();
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii_start();
        let is_long = start.len() > MAX_LINE && text.starts_with(b"{");
        self.shape = if is_long
            || text.starts_with(b"[")
            || Scan::is_open_after(text)
            || Scan::has_several(text)
        {
            Shape::Document(Box::new(Document::new(start, reader)))
        } else {
            let object = wrapper::object(&decoded(text, None).text, &self.fields);
            let is_wrapped =
                object.is_ok_and(|(object, _)| !wrapper::records(object, &self.fields).is_empty());
            let whole = io::Cursor::new(start).chain(reader);
            if is_wrapped { Shape::Wrapped(whole) } else { Shape::Lines(whole) }
        };
        Ok(())
    }

    /// What is wrong with the file, in place of a record.
    fn broken(&self, content: RecordContent) -> RawRecord {
        RawRecord { place: self.place(), row: None, content }
    }

    /// A record with its number; `None` for one that is too long. The first has its fields guessed.
    fn numbered(&mut self, bytes: Option<Vec<u8>>) -> RawRecord {
        let place = self.place();
        let Some(bytes) = bytes else {
            return RawRecord { place, row: None, content: RecordContent::TooLong };
        };
        if self.notes.is_none()
            && let Ok((object, _)) = wrapper::object(&decoded(&bytes, None).text, &self.fields)
        {
            let fields = Arc::make_mut(&mut self.fields);
            self.notes = Some(fields.guess_and_note(&object));
        }
        let fields = Arc::clone(&self.fields);
        RawRecord { place, row: None, content: RecordContent::Line { bytes, fields } }
    }

    fn place(&self) -> String {
        format!("{}:{}", self.name, self.number)
    }
}

/// The bytes before a list that a script assigns to a name.
fn assigned(start: &[u8]) -> usize {
    let first = String::from_utf8_lossy(&start[..start.len().min(SAMPLE)]);
    let value = behind_assignment(first.trim_start_matches('\u{FEFF}').trim_start());
    value.and_then(|_| memchr::memchr(b'[', start)).unwrap_or(0)
}

/// A line of a JSONL file.
enum Line {
    Whole(Vec<u8>),
    TooLong,
    /// The last one, without its end, in the middle of an object.
    Cut,
}

/// The next line that is not empty, and its number.
fn next_line(reader: &mut impl BufRead, number: &mut usize) -> io::Result<Option<Line>> {
    loop {
        *number += skip_empty_lines(reader).map_err(|error| broken_off(*number as u64, &error))?;
        *number += 1;
        let line = limited_line_and_end(reader);
        let line = line.map_err(|error| broken_off(*number as u64, &error))?;
        match line {
            Some((Ok(mut line), has_end)) => {
                // Where files were appended, each begins with its own byte-order mark.
                if line.starts_with(b"\xEF\xBB\xBF") {
                    line.drain(..3);
                }
                if !line.iter().all(u8::is_ascii_whitespace) {
                    let is_cut = !has_end && Scan::is_open_within(&line);
                    return Ok(Some(if is_cut { Line::Cut } else { Line::Whole(line) }));
                }
            }
            Some((Err(()), _)) => return Ok(Some(Line::TooLong)),
            None => return Ok(None),
        }
    }
}

/// Skips lines of nothing, of which a packed file may have a hundred million; gives their number.
fn skip_empty_lines(reader: &mut impl BufRead) -> io::Result<usize> {
    let mut n_lines = 0;
    loop {
        let there = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            there => there?,
        };
        let n_empty = there.iter().take_while(|byte| **byte == b'\n').count();
        let is_more = n_empty > 0 && n_empty == there.len();
        reader.consume(n_empty);
        n_lines += n_empty;
        if !is_more {
            return Ok(n_lines);
        }
    }
}

fn cut_line(number: usize) -> RecordContent {
    RecordContent::Cut(format!("in line {number}, in the middle of an object"))
}

/// The records inside the object of a line; the line itself where it has none.
fn inside(line: Vec<u8>, fields: &Fields) -> Vec<Vec<u8>> {
    let records = match wrapper::object(&decoded(&line, None).text, fields) {
        Ok((object, _)) => wrapper::records(object, fields),
        Err(_) => Vec::new(),
    };
    if records.is_empty() {
        return vec![line];
    }
    records.into_iter().map(|record| Value::Object(record).to_string().into_bytes()).collect()
}

/// The record in a line.
pub(super) fn parse_object(line: &str, fields: &Fields, place: String) -> ParsedRecord {
    if let Some(found) = json::SelectedFields::parse(line, &fields.candidates()) {
        let record = fields.record(place.clone(), &[], |name| found.value(name).map(Cow::Borrowed));
        if record.article.is_ok() {
            return record;
        }
    }
    // What is no JSON by the letter, or in an envelope. The message of the error names all fields
    // of the object.
    match wrapper::object(line, fields) {
        Ok((object, replaced)) => {
            let present: Vec<String> = object.keys().cloned().collect();
            let record =
                fields.record(place, &present, |name| at_path(&object, name).map(Cow::Borrowed));
            ParsedRecord { replaced, ..record }
        }
        Err(error) => ParsedRecord::failed(place, IntakeError::NotJson(of_json(&error))),
    }
}

/// The next line without its end; `None` at the end of the input, `Some(Err(()))` for a line of
/// more than [`MAX_LINE`] bytes, which is skipped.
pub(crate) fn limited_line(reader: &mut impl BufRead) -> io::Result<Option<LimitedLine>> {
    Ok(limited_line_and_end(reader)?.map(|(line, _)| line))
}

type LimitedLine = Result<Vec<u8>, ()>;

/// The same, and whether the line has its end.
fn limited_line_and_end(reader: &mut impl BufRead) -> io::Result<Option<(LimitedLine, bool)>> {
    let mut line = Vec::new();
    let limit = MAX_LINE as u64 + 1;
    if Read::take(&mut *reader, limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let has_end = line.last() == Some(&b'\n');
    if line.len() > MAX_LINE && !has_end {
        reader.skip_until(b'\n')?;
        return Ok(Some((Err(()), true)));
    }
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some((Ok(line), has_end)))
}

#[cfg(test)]
mod tests;
