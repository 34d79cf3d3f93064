//! Tables and dumps: an article a row (CSV, TSV) or a line (JSONL), read one at a time.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::IntakeError;
use super::fields::{Fields, Row};
use super::json;

/// Longest line of a JSONL file, in bytes.
pub const LONGEST_LINE: usize = 16 << 20;

/// A record as it was read: what is left to do needs nothing but itself, so another thread may do it.
#[derive(Debug)]
pub struct Record {
    place: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Line {
        bytes: Vec<u8>,
        fields: Arc<Fields>,
    },
    TooLong,
    Cells {
        record: csv::ByteRecord,
        table: Arc<Table>,
    },
    #[cfg(feature = "parquet")]
    Values {
        values: Vec<Option<Vec<u8>>>,
        table: Arc<Table>,
    },
}

impl Record {
    /// The record whose values stand in the order of the table's header.
    #[cfg(feature = "parquet")]
    pub(super) fn of_values(place: String, values: Vec<Option<Vec<u8>>>, table: Arc<Table>) -> Self {
        Self { place, content: Content::Values { values, table } }
    }

    /// How many bytes it holds.
    pub fn n_bytes(&self) -> usize {
        match &self.content {
            Content::Line { bytes, .. } => bytes.len(),
            Content::TooLong => 0,
            Content::Cells { record, .. } => record.as_slice().len(),
            #[cfg(feature = "parquet")]
            Content::Values { values, .. } => values.iter().flatten().map(Vec::len).sum(),
        }
    }

    /// What the record holds.
    pub fn into_row(self) -> Row {
        let place = self.place;
        match self.content {
            Content::TooLong => Row::failed(place, IntakeError::LineTooLong),
            Content::Line { bytes, fields } => {
                let (line, replaced) = lossy(&bytes);
                Row { replaced, ..of_object(&line, &fields, place) }
            }
            Content::Cells { record, table } => {
                // Lines in a cell end as the lines of the file do.
                let unified = |(text, bad): (Cow<str>, usize)| Some((text.replace("\r\n", "\n"), bad));
                table.row(place, record.iter().map(|cell| unified(lossy(cell))))
            }
            #[cfg(feature = "parquet")]
            Content::Values { values, table } => {
                let owned = |(text, bad): (Cow<str>, usize)| (text.into_owned(), bad);
                table.row(place, values.iter().map(|value| value.as_deref().map(|value| owned(lossy(value)))))
            }
        }
    }
}

/// What a JSON object holds.
fn of_object(line: &str, fields: &Fields, place: String) -> Row {
    if let Some(found) = json::Wanted::of(line, &fields.asked()) {
        let row = fields.row(place.clone(), &[], |name| found.value(name));
        if row.article.is_ok() {
            return row;
        }
    }
    // What is wrong is told with all that there is.
    match serde_json::from_str::<Map<String, Value>>(line) {
        Ok(object) => {
            let present: Vec<String> = object.keys().cloned().collect();
            fields.row(place, &present, |name| object.get(name).and_then(json::as_text))
        }
        Err(error) => Row::failed(place, IntakeError::NotJson(error.to_string())),
    }
}

/// Reads an article a line from JSON objects.
#[derive(Debug)]
pub struct JsonRows<R> {
    name: String,
    reader: R,
    fields: Arc<Fields>,
    guessed: Option<Vec<String>>,
    absent: Vec<String>,
    line: usize,
}

impl<R: BufRead> JsonRows<R> {
    /// A reader of UTF-8 lines from `reader`.
    pub fn new(name: &str, reader: R, fields: Fields) -> Self {
        Self { name: name.to_owned(), reader, fields: Arc::new(fields), guessed: None, absent: Vec::new(), line: 0 }
    }

    /// What was guessed of the fields' names, once the first record was read.
    pub fn guessed(&self) -> &[String] {
        self.guessed.as_deref().unwrap_or_default()
    }

    /// Wanted fields that the first record does not have; a later one may.
    pub fn absent(&self) -> &[String] {
        &self.absent
    }

    /// The next record; empty lines are passed over. The first that is a JSON object tells the fields' names.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        loop {
            self.line += 1;
            let Some(line) = limited_line(&mut self.reader)? else { return Ok(None) };
            let place = format!("{}:{}", self.name, self.line);
            let Ok(bytes) = line else { return Ok(Some(Record { place, content: Content::TooLong })) };
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if self.guessed.is_none()
                && let Ok(object) = serde_json::from_str::<Map<String, Value>>(&lossy(&bytes).0)
            {
                let present: Vec<String> = object.keys().cloned().collect();
                self.absent = self.fields.named().into_iter().filter(|name| !object.contains_key(*name)).map(str::to_owned).collect();
                self.guessed = Some(Arc::make_mut(&mut self.fields).guess(&present));
            }
            return Ok(Some(Record { place, content: Content::Line { bytes, fields: Arc::clone(&self.fields) } }));
        }
    }
}

/// What all rows of a table have in common.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) fields: Fields,
    pub(super) header: Vec<String>,
}

impl Table {
    /// The table whose columns are called `header`, and what was guessed of its fields.
    ///
    /// # Errors
    /// When no column is, or is called, the text, or a wanted one is not there.
    pub(super) fn new(mut fields: Fields, header: Vec<String>) -> Result<(Self, Vec<String>), IntakeError> {
        let guessed = fields.guess(&header);
        if fields.text.is_none() {
            return Err(IntakeError::NoTextField { present: header.join(", ") });
        }
        for column in fields.named() {
            if !header.iter().any(|present| present == column) {
                return Err(IntakeError::MissingField { name: column.to_owned(), present: header.join(", ") });
            }
        }
        Ok((Self { fields, header }, guessed))
    }

    /// The row whose cells, and how much of each was replaced, come in the order of the header; there may be fewer.
    fn row(&self, place: String, cells: impl Iterator<Item = Option<(String, usize)>>) -> Row {
        let cells: Vec<Option<(String, usize)>> = cells.collect();
        let replaced = cells.iter().flatten().map(|(_, bad)| bad).sum();
        let cell = |name: &str| cells.get(self.header.iter().position(|column| column == name)?)?.as_ref().map(|(text, _)| text.clone());
        Row { replaced, ..self.fields.row(place, &self.header, cell) }
    }
}

/// Reads an article a row from a table with a header.
#[derive(Debug)]
pub struct TableRows<R> {
    name: String,
    csv: csv::Reader<R>,
    table: Arc<Table>,
    guessed: Vec<String>,
}

impl<R: BufRead> TableRows<R> {
    /// A reader of UTF-8 rows. Without a `delimiter` it is whichever of `,`, `;` and tab is most frequent in the header.
    ///
    /// # Errors
    /// Those of the reader, and [`IntakeError::NoTextField`] when no column is, or is called, the text.
    pub fn new(name: &str, mut reader: R, delimiter: Option<u8>, fields: Fields) -> Result<Self, IntakeError> {
        let start = reader.fill_buf()?;
        let header = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| header.split(|&byte| byte == delimiter).count();
        let likeliest = [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',');
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter.unwrap_or(likeliest)).flexible(true).has_headers(!fields.headerless);
        // Tabs stand in no cell, so quotation marks in a table of tabs are only what they are.
        builder.quoting(delimiter != Some(b'\t') || !fields.headerless);
        let mut csv = builder.from_reader(reader);
        let first = csv.byte_headers()?.clone();
        let column =
            |(number, column): (usize, &[u8])| if fields.headerless { (number + 1).to_string() } else { lossy(column).0.trim().to_owned() };
        let header: Vec<String> = first.iter().enumerate().map(column).collect();
        let (table, guessed) = Table::new(fields, header)?;
        Ok(Self { name: name.to_owned(), csv, table: Arc::new(table), guessed })
    }

    /// What was guessed of the columns' names.
    pub fn guessed(&self) -> &[String] {
        &self.guessed
    }

    /// The next row.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        let mut record = csv::ByteRecord::new();
        let line = self.csv.position().line();
        match self.csv.read_byte_record(&mut record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => return Err(error.into()),
        }
        let place = format!("{}:{}", self.name, record.position().map_or(line, csv::Position::line));
        Ok(Some(Record { place, content: Content::Cells { record, table: Arc::clone(&self.table) } }))
    }
}

/// UTF-8 with what is not replaced by U+FFFD, and how often that was needed.
fn lossy(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    match str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), 0),
        Err(_) => (String::from_utf8_lossy(bytes), bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()),
    }
}

/// The next line without its end; `None` at the end of the input, `Some(Err(()))` for one that is too long, which is
/// skipped.
pub(crate) fn limited_line(reader: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, ()>>> {
    let mut line = Vec::new();
    let limit = LONGEST_LINE as u64 + 1;
    if io::Read::take(&mut *reader, limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() > LONGEST_LINE && line.last() != Some(&b'\n') {
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

    fn json(text: &[u8]) -> (Vec<Row>, Vec<String>) {
        let mut rows = JsonRows::new("a.jsonl", text, Fields::default());
        let mut found = Vec::new();
        while let Some(row) = rows.next_record().unwrap() {
            found.push(row.into_row());
        }
        let guessed = rows.guessed().to_vec();
        (found, guessed)
    }

    #[test]
    fn each_line_is_answered_in_its_place() {
        let (rows, guessed) = json("{\"url\": 7, \"body\": \"نص\", \"source\": \"x\"}\n\nnot json\n{\"url\": 8}\n".as_bytes());
        assert_eq!(guessed, ["text from \"body\"", "id from \"url\"", "outlet from \"source\""]);
        let first = rows[0].article.as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str(), first.outlet.as_deref()), ("7", "نص", Some("x")));
        assert_eq!((rows[1].place.as_str(), rows[2].place.as_str()), ("a.jsonl:3", "a.jsonl:4"));
        assert!(matches!(rows[1].article, Err(IntakeError::NotJson(_))));
        assert!(matches!(&rows[2].article, Err(IntakeError::MissingField { name, .. }) if name == "body"));
    }

    #[test]
    fn what_the_first_record_does_not_have_the_next_may() {
        let (rows, _) = json("{\"id\": 1}\n{\"id\": 2, \"body\": \"نص\", \"source\": \"x\", \"outlet\": \"\"}\n".as_bytes());
        assert!(matches!(&rows[0].article, Err(IntakeError::NoTextField { present }) if present == "id"));
        let second = rows[1].article.as_ref().unwrap();
        assert_eq!((second.id.as_str(), second.text.as_str(), second.outlet.as_deref()), ("2", "نص", Some("x")));
    }

    #[test]
    fn a_line_without_end_is_skipped_and_the_next_is_read() {
        let long = [&b"{\"text\": \""[..], &vec![b'a'; LONGEST_LINE], b"\"}\n{\"text\": \"b\"}\n"].concat();
        let (rows, _) = json(&long);
        assert_eq!(rows[0].article.as_ref().unwrap_err(), &IntakeError::LineTooLong);
        assert_eq!(rows[1].article.as_ref().unwrap().text, "b");
    }

    #[test]
    fn tables_are_read_whatever_parts_their_columns() {
        for (text, delimiter) in [
            ("id;العنوان;النص\n1;ع;\"سطر\r\nآخر\"\n", None),
            ("id,title,text\n1,ع,\"سطر\nآخر\"\n", None),
            ("id\ttitle\ttext\n1\tع\t\"سطر\nآخر\"\n", Some(b'\t')),
        ] {
            let mut rows = TableRows::new("a.csv", text.as_bytes(), delimiter, Fields::default()).unwrap();
            let article = rows.next_record().unwrap().unwrap().into_row().article.unwrap();
            assert_eq!((article.id.as_str(), article.title.as_deref(), article.text.as_str()), ("1", Some("ع"), "سطر\nآخر"));
            assert!(rows.next_record().unwrap().is_none());
        }
    }

    #[test]
    fn a_table_without_header_has_numbers_for_names_and_other_columns_are_kept() {
        let fields = Fields { text: Some("1".to_owned()), kept: vec!["2".to_owned()], headerless: true, ..Fields::default() };
        let mut rows = TableRows::new("a.tsv", "نص \"\tOFF\nآخر\tNOT\n".as_bytes(), Some(b'\t'), fields).unwrap();
        for (text, label) in [("نص \"", "OFF"), ("آخر", "NOT")] {
            let row = rows.next_record().unwrap().unwrap().into_row();
            assert_eq!((row.article.unwrap().text.as_str(), row.kept[0].as_deref()), (text, Some(label)));
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_those_that_are() {
        let fields = |text: &str| Fields { text: Some(text.to_owned()), ..Fields::default() };
        let open = |fields| TableRows::new("a.csv", &b"a,b\n1,2\n"[..], None, fields).unwrap_err().to_string();
        assert!(open(Fields::default()).contains("a, b"), "{}", open(Fields::default()));
        assert!(open(fields("c")).contains("no field \"c\""), "{}", open(fields("c")));
        let mut short = TableRows::new("a.csv", &b"a,b\n1\n"[..], None, fields("b")).unwrap();
        let row = short.next_record().unwrap().unwrap().into_row();
        assert!(matches!(row.article, Err(IntakeError::MissingField { .. })) && row.place == "a.csv:2");
    }
}
