//! Reader of tables of text (CSV, TSV), and what all tables have in common.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, BufRead};
use std::sync::Arc;

use encoding_rs::Encoding;
use serde_json::Value;

use super::dialect::{self, Dialect};
use super::row_numbers::RowNumbers;
use super::rows::{Row, Rows};
use super::scan::{Quoting, line_length};
use super::{MAX_COLUMNS, RawRecord, RecordContent, broken_off, column_name, decoded};
use crate::intake::fields::{FieldNotes, Fields, ParsedRecord, UnusedFields};
use crate::intake::{IntakeError, SourceNotice};
use crate::text::listed::listed;

/// The columns of a table, and which of them make an article.
#[derive(Debug)]
pub(in crate::intake) struct TableSchema {
    pub(super) fields: Fields,
    /// What there is to tell of the columns.
    pub(in crate::intake) notes: FieldNotes,
    pub(super) header: Vec<String>,
    /// Where each column stands; of several with one name the first counts.
    places: HashMap<String, usize>,
}

impl TableSchema {
    /// The schema of a table with the columns `header`.
    ///
    /// # Errors
    /// If no column holds the text, or a named column is missing.
    pub(super) fn new(mut fields: Fields, header: Vec<String>) -> Result<Self, IntakeError> {
        if header.len() > MAX_COLUMNS {
            return Err(IntakeError::TooManyColumns { n: header.len(), limit: MAX_COLUMNS });
        }
        let guessed = fields.guess(&header);
        if fields.text.is_none() {
            return Err(IntakeError::NoTextField { present: listed(&header) });
        }
        let may_lack = |name: &str| fields.may_lack_kept && fields.kept.iter().any(|it| it == name);
        for column in fields.named().into_iter().filter(|name| !may_lack(name)) {
            if !header.iter().any(|present| present == column) {
                return Err(IntakeError::MissingField {
                    name: column.to_owned(),
                    present: listed(&header),
                });
            }
        }
        let unused = UnusedFields::new(&fields, &header);
        let notes = FieldNotes { guessed, unused, ..FieldNotes::default() };
        // In reverse, so that the first of several stays.
        let named = header.iter().enumerate().rev();
        let places = named.map(|(place, name)| (name.clone(), place)).collect();
        Ok(Self { fields, notes, header, places })
    }

    /// The same; a named column that is missing is guessed instead, where one has a usual name of
    /// it: of several tables, some may have other names.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub(super) fn with_usual(mut fields: Fields, header: Vec<String>) -> Result<Self, IntakeError> {
        let absent = fields.free_absent(&header);
        let mut table = Self::new(fields, header)?;
        table.notes.absent = absent;
        Ok(table)
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
                .get(*self.places.get(name)?)?
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
    rows: Rows<R>,
    numbers: RowNumbers,
    table: Arc<TableSchema>,
    /// The header, which may come again where files were appended.
    header: Option<csv::ByteRecord>,
    /// The first row of a table without header.
    first: Option<(u64, Row)>,
    notice: Option<SourceNotice>,
}

impl<R: BufRead> TableReader<R> {
    /// A reader of rows in UTF-8, or in `encoding`, which keeps ASCII. A given `delimiter` is
    /// believed where the first row has it; else the likeliest one is found.
    ///
    /// # Errors
    /// Those of the reader, and [`IntakeError::NoTextField`] if no column holds the text.
    pub(in crate::intake) fn new(
        name: &str,
        reader: R,
        delimiter: Option<u8>,
        encoding: Option<&'static Encoding>,
        fields: Fields,
    ) -> Result<Self, IntakeError> {
        let dialect = |start: &[u8]| {
            let found = Dialect::detect(start, |names| n_known(&fields, names));
            let first = &start[..line_length(start)];
            match delimiter {
                Some(given) if !found.has_separator_line && first.contains(&given) => {
                    // No cell of a TSV file has a tab, so quotation marks are ordinary characters.
                    let is_bare = given == b'\t' && fields.headerless;
                    let quoting = if is_bare { Quoting::Literal } else { found.quoting };
                    Dialect { delimiter: given, quoting, ..found }
                }
                _ => found,
            }
        };
        let mut rows = Rows::new(reader, dialect)?;
        let first = rows.next()?;
        let mut numbers = RowNumbers::default();
        if let Some((line, Row::Cells(_))) = &first
            && !fields.headerless
        {
            numbers.next(*line, rows.line());
        }
        if rows.width() > MAX_COLUMNS {
            return Err(IntakeError::TooManyColumns { n: rows.width(), limit: MAX_COLUMNS });
        }
        let cells = match &first {
            Some((_, Row::Cells(cells))) => cells.clone(),
            Some((line, Row::Damaged { .. })) if !fields.headerless => {
                return Err(IntakeError::BrokenHeader { line: *line });
            }
            _ => csv::ByteRecord::new(),
        };
        let column = |(number, column): (usize, &[u8])| {
            if fields.headerless {
                (number + 1).to_string()
            } else {
                column_name(&decoded(column, encoding).text)
            }
        };
        let header: Vec<String> = cells.iter().enumerate().map(column).collect();
        let is_headerless = fields.headerless;
        let table = TableSchema::with_usual(fields, header).map_err(|error| {
            let parted = |present: String| {
                format!("{present} (read with {} between columns)", dialect::name(rows.delimiter()))
            };
            match error {
                IntakeError::NoTextField { present }
                | IntakeError::MissingField { present, .. }
                    if present.is_empty() =>
                {
                    IntakeError::Empty
                }
                IntakeError::NoTextField { present } => {
                    IntakeError::NoTextField { present: parted(present) }
                }
                IntakeError::MissingField { name, present } => {
                    IntakeError::MissingField { name, present: parted(present) }
                }
                error => error,
            }
        })?;
        let is_repeated = |name: &&str| table.header.iter().filter(|it| it == name).count() > 1;
        let notice = table.fields.named().into_iter().find(is_repeated);
        let notice = notice.map(|name| SourceNotice::RepeatedColumn { name: name.to_owned() });
        Ok(Self {
            name: name.to_owned(),
            rows,
            numbers,
            table: Arc::new(table),
            header: (!is_headerless).then_some(cells),
            first: first.filter(|_| is_headerless),
            notice,
        })
    }

    /// What there is to tell of the columns.
    pub(in crate::intake) fn notes(&self) -> &FieldNotes {
        &self.table.notes
    }

    /// The word for what separates its columns.
    pub(in crate::intake) fn delimiter(&self) -> String {
        dialect::name(self.rows.delimiter())
    }

    /// What there is to tell of the rows that were read since it was asked last.
    pub(in crate::intake) fn take_notice(&mut self) -> Option<SourceNotice> {
        self.notice.take()
    }

    /// The next row. The header, where it comes again, is passed over.
    ///
    /// # Errors
    /// Those of the reader.
    pub(in crate::intake) fn next_record(&mut self) -> io::Result<Option<RawRecord>> {
        loop {
            let next = match self.first.take() {
                Some(first) => Some(first),
                None => self.rows.next().map_err(|error| broken_off(self.rows.line(), &error))?,
            };
            let Some((line, row)) = next else { return Ok(None) };
            let table = Arc::clone(&self.table);
            let is_whole = matches!(row, Row::Cells(_));
            let end = if is_whole { self.rows.line() } else { line + 1 };
            let number = self.numbers.next(line, end);
            let content = match row {
                Row::Cells(record) if self.header.as_ref() == Some(&record) => {
                    self.notice = Some(SourceNotice::RepeatedHeader { line });
                    continue;
                }
                Row::Cells(record) => RecordContent::Cells { record, table },
                Row::Damaged { cells, n_left_out } => {
                    let delimiter = self.rows.delimiter();
                    RecordContent::Damaged { cells, n_left_out, delimiter, table }
                }
                Row::TooLong => RecordContent::TooLong,
            };
            return Ok(Some(RawRecord {
                place: format!("{}:{line}", self.name),
                row: number,
                content,
            }));
        }
    }
}

/// How many of these names are known as columns.
fn n_known(fields: &Fields, names: &[String]) -> usize {
    if fields.headerless {
        return 0;
    }
    let n_given = fields.named().iter().filter(|name| names.iter().any(|n| n == *name)).count();
    n_given + fields.clone().guess(names).len()
}

/// Whether a text begins as a table does whose columns are known.
pub(in crate::intake) fn is_table(start: &[u8], fields: &Fields) -> bool {
    !fields.headerless
        && Dialect::is_header(start, |names| {
            let mut fields = fields.clone();
            let n_known = n_known(&fields, names);
            fields.guess(names);
            if fields.text.is_some() { n_known } else { 0 }
        })
}

#[cfg(test)]
mod tests;
