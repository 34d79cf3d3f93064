//! Reader of JSON lines.

use std::io::{self, BufRead};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{RawRecord, RecordContent, broken_off, decoded, json};
use crate::intake::IntakeError;
use crate::intake::fields::{Fields, GuessedField, ParsedRecord};

/// Most bytes of a line of a JSONL file.
pub(in crate::intake) const MAX_LINE: usize = 16 << 20;

/// Reads one record per line.
#[derive(Debug)]
pub(in crate::intake) struct JsonLinesReader<R> {
    name: String,
    reader: R,
    fields: Arc<Fields>,
    guessed: Option<Vec<GuessedField>>,
    absent: Vec<String>,
    line: usize,
}

impl<R: BufRead> JsonLinesReader<R> {
    /// A reader of UTF-8 lines from `reader`.
    pub(in crate::intake) fn new(name: &str, reader: R, fields: Fields) -> Self {
        Self {
            name: name.to_owned(),
            reader,
            fields: Arc::new(fields),
            guessed: None,
            absent: Vec::new(),
            line: 0,
        }
    }

    /// The fields that were guessed from the first record.
    pub(in crate::intake) fn guessed(&self) -> &[GuessedField] {
        self.guessed.as_deref().unwrap_or_default()
    }

    /// Named fields that the first record lacks; a later one may have them.
    pub(in crate::intake) fn absent(&self) -> &[String] {
        &self.absent
    }

    /// The next record; empty lines are skipped. Fields are guessed from the first JSON object.
    ///
    /// # Errors
    /// Those of the reader.
    pub(in crate::intake) fn next_record(&mut self) -> io::Result<Option<RawRecord>> {
        loop {
            self.line += 1;
            let line = limited_line(&mut self.reader)
                .map_err(|error| broken_off(self.line as u64, &error))?;
            let Some(line) = line else { return Ok(None) };
            let place = format!("{}:{}", self.name, self.line);
            let Ok(mut bytes) = line else {
                return Ok(Some(RawRecord { place, content: RecordContent::TooLong }));
            };
            // Where files were appended, each begins with its own byte-order mark.
            if bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if self.guessed.is_none()
                && let Ok(object) =
                    serde_json::from_str::<Map<String, Value>>(&decoded(&bytes, None).text)
            {
                let present: Vec<String> = object.keys().cloned().collect();
                self.absent = self
                    .fields
                    .named()
                    .into_iter()
                    .filter(|name| !object.contains_key(*name))
                    .map(str::to_owned)
                    .collect();
                self.guessed = Some(Arc::make_mut(&mut self.fields).guess(&present));
            }
            return Ok(Some(RawRecord {
                place,
                content: RecordContent::Line { bytes, fields: Arc::clone(&self.fields) },
            }));
        }
    }
}

/// The record in a line.
pub(super) fn parse_object(line: &str, fields: &Fields, place: String) -> ParsedRecord {
    if let Some(found) = json::SelectedFields::parse(line, &fields.candidates()) {
        let record = fields.record(place.clone(), &[], |name| found.value(name));
        if record.article.is_ok() {
            return record;
        }
    }
    // The message of the error names all fields of the object.
    match serde_json::from_str::<Map<String, Value>>(line) {
        Ok(object) => {
            let present: Vec<String> = object.keys().cloned().collect();
            fields.record(place, &present, |name| object.get(name).and_then(json::as_text))
        }
        Err(error) => ParsedRecord::failed(place, IntakeError::NotJson(error.to_string())),
    }
}

/// The next line without its end; `None` at the end of the input, `Some(Err(()))` for a line of
/// more than [`MAX_LINE`] bytes, which is skipped.
pub(crate) fn limited_line(reader: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, ()>>> {
    let mut line = Vec::new();
    let limit = MAX_LINE as u64 + 1;
    if io::Read::take(&mut *reader, limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() > MAX_LINE && line.last() != Some(&b'\n') {
        reader.skip_until(b'\n')?;
        return Ok(Some(Err(())));
    }
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some(Ok(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &[u8]) -> (Vec<ParsedRecord>, Vec<String>) {
        let mut rows = JsonLinesReader::new("a.jsonl", text, Fields::default());
        let mut found = Vec::new();
        while let Some(row) = rows.next_record().unwrap() {
            found.push(row.parse(None).0);
        }
        let guessed = rows.guessed().iter().map(ToString::to_string).collect();
        (found, guessed)
    }

    #[test]
    fn each_line_is_answered_in_its_place() {
        let (rows, guessed) = json(
            "{\"url\": 7, \"body\": \"نص\", \"source\": \"x\"}\n\nnot json\n{\"url\": 8}\n"
                .as_bytes(),
        );
        assert_eq!(guessed, ["text from \"body\"", "id from \"url\"", "outlet from \"source\""]);
        let first = rows[0].article.as_ref().unwrap();
        assert_eq!(
            (first.id.as_str(), first.text.as_str(), first.outlet.as_deref()),
            ("7", "نص", Some("x"))
        );
        assert_eq!((rows[1].place.as_str(), rows[2].place.as_str()), ("a.jsonl:3", "a.jsonl:4"));
        assert!(matches!(rows[1].article, Err(IntakeError::NotJson(_))));
        assert!(matches!(
            &rows[2].article,
            Err(IntakeError::MissingField { name, .. }) if name == "body"
        ));
    }

    #[test]
    fn what_the_first_record_does_not_have_the_next_may() {
        let (rows, _) = json(
            "{\"id\": 1}\n{\"id\": 2, \"body\": \"نص\", \"source\": \"x\", \"outlet\": \"\"}\n"
                .as_bytes(),
        );
        assert!(
            matches!(&rows[0].article, Err(IntakeError::NoTextField { present }) if present == "id")
        );
        let second = rows[1].article.as_ref().unwrap();
        assert_eq!(
            (second.id.as_str(), second.text.as_str(), second.outlet.as_deref()),
            ("2", "نص", Some("x"))
        );
    }

    #[test]
    fn a_line_without_end_is_skipped_and_the_next_is_read() {
        let long =
            [&b"{\"text\": \""[..], &vec![b'a'; MAX_LINE], b"\"}\n{\"text\": \"b\"}\n"].concat();
        let (rows, _) = json(&long);
        assert_eq!(rows[0].article.as_ref().unwrap_err(), &IntakeError::LineTooLong);
        assert_eq!(rows[1].article.as_ref().unwrap().text, "b");
    }
}
