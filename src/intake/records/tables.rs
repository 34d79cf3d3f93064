//! Reader of tables of text (CSV, TSV), and what all tables have in common.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::sync::Arc;

use serde_json::Value;

use super::{RawRecord, RecordContent, lossy};
use crate::intake::IntakeError;
use crate::intake::fields::{Fields, GuessedField, ParsedRecord};

/// The columns of a table, and which of them make an article.
#[derive(Debug)]
pub(super) struct TableSchema {
    pub(super) fields: Fields,
    pub(super) header: Vec<String>,
}

impl TableSchema {
    /// The schema of a table with the columns `header`, and the fields that were guessed.
    ///
    /// # Errors
    /// If no column holds the text, or a named column is missing.
    pub(super) fn new(
        mut fields: Fields,
        header: Vec<String>,
    ) -> Result<(Self, Vec<GuessedField>), IntakeError> {
        let guessed = fields.guess(&header);
        if fields.text.is_none() {
            return Err(IntakeError::NoTextField { present: header.join(", ") });
        }
        for column in fields.named() {
            if !header.iter().any(|present| present == column) {
                return Err(IntakeError::MissingField {
                    name: column.to_owned(),
                    present: header.join(", "),
                });
            }
        }
        Ok((Self { fields, header }, guessed))
    }

    /// The record of a row. `cells` are the text and the number of replaced byte sequences of each
    /// cell, in the order of the header; there may be fewer than columns.
    pub(super) fn record(
        &self,
        place: String,
        cells: impl Iterator<Item = Option<(String, usize)>>,
    ) -> ParsedRecord {
        let cells: Vec<Option<(String, usize)>> = cells.collect();
        let replaced = cells.iter().flatten().map(|(_, bad)| bad).sum();
        let cell = |name: &str| {
            cells
                .get(self.header.iter().position(|column| column == name)?)?
                .as_ref()
                .map(|(text, _)| Cow::Owned(Value::String(text.clone())))
        };
        ParsedRecord { replaced, ..self.fields.record(place, &self.header, cell) }
    }
}

/// Reads one record per row.
#[derive(Debug)]
pub(in crate::intake) struct TableReader<R> {
    name: String,
    csv: csv::Reader<R>,
    table: Arc<TableSchema>,
    guessed: Vec<GuessedField>,
}

impl<R: BufRead> TableReader<R> {
    /// A reader of UTF-8 rows. Without a `delimiter`, it is the most frequent of `,`, `;` and tab
    /// in the header.
    ///
    /// # Errors
    /// Those of the reader, and [`IntakeError::NoTextField`] if no column holds the text.
    pub(in crate::intake) fn new(
        name: &str,
        mut reader: R,
        delimiter: Option<u8>,
        fields: Fields,
    ) -> Result<Self, IntakeError> {
        let start = reader.fill_buf()?;
        let header = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| header.split(|&byte| byte == delimiter).count();
        let likeliest = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|&delimiter| count(delimiter))
            .unwrap_or(b',');
        let mut builder = csv::ReaderBuilder::new();
        builder
            .delimiter(delimiter.unwrap_or(likeliest))
            .flexible(true)
            .has_headers(!fields.headerless);
        // No cell of a TSV file has a tab, so quotation marks are ordinary characters.
        builder.quoting(delimiter != Some(b'\t') || !fields.headerless);
        let mut csv = builder.from_reader(reader);
        let first = csv.byte_headers()?.clone();
        let column = |(number, column): (usize, &[u8])| {
            if fields.headerless {
                (number + 1).to_string()
            } else {
                lossy(column).0.trim().to_owned()
            }
        };
        let header: Vec<String> = first.iter().enumerate().map(column).collect();
        let (table, guessed) = TableSchema::new(fields, header)?;
        Ok(Self { name: name.to_owned(), csv, table: Arc::new(table), guessed })
    }

    /// The fields that were guessed from the header.
    pub(in crate::intake) fn guessed(&self) -> &[GuessedField] {
        &self.guessed
    }

    /// The next row.
    ///
    /// # Errors
    /// Those of the reader.
    pub(in crate::intake) fn next_record(&mut self) -> io::Result<Option<RawRecord>> {
        let mut record = csv::ByteRecord::new();
        let line = self.csv.position().line();
        match self.csv.read_byte_record(&mut record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => return Err(error.into()),
        }
        let place =
            format!("{}:{}", self.name, record.position().map_or(line, csv::Position::line));
        Ok(Some(RawRecord {
            place,
            content: RecordContent::Cells { record, table: Arc::clone(&self.table) },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_whatever_parts_their_columns() {
        for (text, delimiter) in [
            ("id;العنوان;النص\n1;ع;\"سطر\r\nآخر\"\n", None),
            ("id,title,text\n1,ع,\"سطر\nآخر\"\n", None),
            ("id\ttitle\ttext\n1\tع\t\"سطر\nآخر\"\n", Some(b'\t')),
        ] {
            let mut rows =
                TableReader::new("a.csv", text.as_bytes(), delimiter, Fields::default()).unwrap();
            let article = rows.next_record().unwrap().unwrap().parse().article.unwrap();
            assert_eq!(
                (article.id.as_str(), article.title.as_deref(), article.text.as_str()),
                ("1", Some("ع"), "سطر\nآخر")
            );
            assert!(rows.next_record().unwrap().is_none());
        }
    }

    #[test]
    fn a_table_without_header_has_numbers_for_names_and_other_columns_are_kept() {
        let fields = Fields {
            text: Some("1".to_owned()),
            kept: vec!["2".to_owned()],
            headerless: true,
            ..Fields::default()
        };
        let mut rows =
            TableReader::new("a.tsv", "نص \"\tOFF\nآخر\tNOT\n".as_bytes(), Some(b'\t'), fields)
                .unwrap();
        for (text, label) in [("نص \"", "OFF"), ("آخر", "NOT")] {
            let row = rows.next_record().unwrap().unwrap().parse();
            assert_eq!(
                (row.article.unwrap().text.as_str(), row.kept[0].as_deref()),
                (text, Some(label))
            );
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_those_that_are() {
        let fields = |text: &str| Fields { text: Some(text.to_owned()), ..Fields::default() };
        let open = |fields| {
            TableReader::new("a.csv", &b"a,b\n1,2\n"[..], None, fields).unwrap_err().to_string()
        };
        assert!(open(Fields::default()).contains("a, b"), "{}", open(Fields::default()));
        assert!(open(fields("c")).contains("no field \"c\""), "{}", open(fields("c")));
        let mut short = TableReader::new("a.csv", &b"a,b\n1\n"[..], None, fields("b")).unwrap();
        let row = short.next_record().unwrap().unwrap().parse();
        assert!(
            matches!(row.article, Err(IntakeError::MissingField { .. })) && row.place == "a.csv:2"
        );
    }
}
