//! Reader of JSON lines, and of other JSON documents.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::mem;
use std::sync::Arc;

use serde_json::Value;

use super::document::{Document, Found};
use super::messages::Messages;
use super::nesting::Scan;
use super::stand_in::StandIn;
use super::stream::Input;
use super::whole_lines::{Line, MAX_LINE, next_line};
use super::{RawRecord, RecordContent, decoded, json, wrapper};
use crate::intake::error::of_json;
use crate::intake::fields::{FieldNotes, Fields, ParsedRecord, at_path};
use crate::intake::kind::{SAMPLE, behind_assignment};
use crate::intake::{IntakeError, PassedOver, SourceNotice};

/// Most records that are looked at for an outlet or date that the first one lacks.
const MAX_LOOKED: usize = 100;

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
    messages: Messages,
    stand_in: Option<StandIn>,
    /// How many records were looked at for fields that the first one lacks.
    n_looked: usize,
    is_over: bool,
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
            messages: Messages::default(),
            stand_in: None,
            n_looked: 0,
            is_over: false,
        }
    }

    /// What there is to tell of the fields of the first records.
    pub(in crate::intake) fn notes(&self) -> Option<&FieldNotes> {
        self.notes.as_ref()
    }

    /// The next record; empty lines, and messages without a text, are passed over. Fields are
    /// guessed from the first JSON object.
    ///
    /// # Errors
    /// Those of the reader.
    pub(in crate::intake) fn next_record(&mut self) -> io::Result<Option<RawRecord>> {
        if matches!(self.shape, Shape::Unknown(_)) {
            self.find_shape()?;
        }
        while let Some(found) = self.next_found()? {
            let content = match found {
                Found::Record(bytes) if !self.messages.is_article(&bytes) => continue,
                Found::Record(bytes) => return Ok(Some(self.record(bytes))),
                Found::TooLong => RecordContent::TooLong,
                Found::Broken(message) => RecordContent::Broken(message),
                Found::Cut(message) => RecordContent::Cut(message),
            };
            return Ok(Some(RawRecord { place: self.place(), row: None, content }));
        }
        self.is_over = true;
        Ok(None)
    }

    /// What stands next in the input, and its number.
    fn next_found(&mut self) -> io::Result<Option<Found>> {
        let whole = |line: Line, number: usize| match line {
            Line::Whole(line) => Found::Record(line),
            Line::TooLong => Found::TooLong,
            Line::Cut => Found::Cut(format!("in line {number}, in the middle of an object")),
        };
        match &mut self.shape {
            Shape::Lines(reader) => {
                let line = next_line(reader, &mut self.number)?;
                Ok(line.map(|line| whole(line, self.number)))
            }
            Shape::Wrapped(reader) => loop {
                if let Some(record) = self.queue.pop_front() {
                    self.number += 1;
                    return Ok(Some(Found::Record(record)));
                }
                match next_line(reader, &mut 0)? {
                    None => return Ok(None),
                    Some(Line::Whole(line)) => self.queue.extend(inside(line, &self.fields)),
                    Some(line) => {
                        self.number += 1;
                        return Ok(Some(whole(line, self.number)));
                    }
                }
            },
            Shape::Document(document) => {
                let found = document.next(&self.fields)?;
                self.number += usize::from(found.is_some());
                Ok(found)
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
            let is_wrapped = object
                .is_ok_and(|(object, _)| !wrapper::records_of(object, &self.fields).is_empty());
            let whole = io::Cursor::new(start).chain(reader);
            if is_wrapped { Shape::Wrapped(whole) } else { Shape::Lines(whole) }
        };
        Ok(())
    }

    /// A record with its number. The first has its fields guessed; others may have those that it
    /// lacks.
    fn record(&mut self, bytes: Vec<u8>) -> RawRecord {
        let object = || wrapper::object(&decoded(&bytes, None).text, &self.fields);
        match &mut self.notes {
            None => {
                if let Ok((object, _)) = object() {
                    let fields = Arc::make_mut(&mut self.fields);
                    self.stand_in = StandIn::of_text(fields, &object);
                    let mut notes = fields.guess_and_note(&object);
                    if let Some(StandIn { name, .. }) = &self.stand_in {
                        notes.absent.insert(0, name.clone());
                    }
                    self.notes = Some(notes);
                }
            }
            Some(notes) if notes.unused.is_some() && self.n_looked < MAX_LOOKED => {
                self.n_looked += 1;
                if let Ok((object, _)) = object() {
                    notes.look(&object);
                }
            }
            Some(_) => {}
        }
        if let Some(stand_in) = self.stand_in.take_if(|stand_in| stand_in.is_over_at(&bytes)) {
            if let Some(notes) = &mut self.notes {
                notes.absent.retain(|absent| *absent != stand_in.name);
            }
            stand_in.end(Arc::make_mut(&mut self.fields));
        }
        let content = RecordContent::Line { bytes, fields: Arc::clone(&self.fields) };
        RawRecord { place: self.place(), row: None, content }
    }

    /// Whether what there is to tell of the fields will not change any more.
    pub(in crate::intake) fn are_notes_settled(&self) -> bool {
        let is_whole = |notes: &FieldNotes| notes.unused.is_none();
        self.is_over || self.n_looked >= MAX_LOOKED || self.notes.as_ref().is_some_and(is_whole)
    }

    /// The records that were passed over so far.
    pub(in crate::intake) fn passed_over(&self) -> &PassedOver {
        self.messages.passed_over()
    }

    /// What there is to tell of the records at their end, since it was asked last.
    pub(in crate::intake) fn take_notice(&mut self) -> Option<SourceNotice> {
        if self.is_over { self.messages.take_notice() } else { None }
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

/// The records inside the object of a line; the line itself where it has none.
fn inside(line: Vec<u8>, fields: &Fields) -> Vec<Vec<u8>> {
    let records = match wrapper::object(&decoded(&line, None).text, fields) {
        Ok((object, _)) => wrapper::records_of(object, fields),
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

#[cfg(test)]
mod tests;
