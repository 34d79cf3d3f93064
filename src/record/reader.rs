//! Reads score records from JSON lines, or from CSV with any separator.

use std::io::{self, BufRead, Cursor, Read};

use csv::StringRecord;

use super::csv::TableColumns;
use super::{RecordError, RecordProblem, ScoreRecord, json_lines};
use crate::intake::records::dialect::{self, Dialect};
use crate::intake::records::limited_line;
use crate::intake::records::rows::{Row, Rows as TextRows};
use crate::intake::{Format, IntakeError};

/// How many lines [`RecordReader::detect`] looks at: records before the first with scores may be
/// errors.
const MAX_LINES_PEEKED: usize = 100;

/// How many bytes [`RecordReader::detect`] looks at.
const MAX_BYTES_PEEKED: usize = 16 << 20;

/// The bytes that were looked at already, and the reader of those that follow.
type Peeked<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// Reads the score records of one file, one at a time. An invalid line gives an error with its
/// place, and the next line is read.
///
/// The rows of a Parquet file come as JSON lines (`intake::records::parquet::json_lines`).
#[derive(Debug)]
pub struct RecordReader<R> {
    name: String,
    rows: Rows<R>,
}

#[derive(Debug)]
enum Rows<R> {
    Json { reader: R, line: u64 },
    Table { rows: Box<TextRows<R>>, columns: TableColumns },
    End,
}

impl<R: BufRead> RecordReader<Peeked<R>> {
    /// A reader of the records that `reader` gives. The first character tells JSON lines from CSV,
    /// or else `name`, which also stands in errors.
    ///
    /// # Errors
    /// Those of the reader, and when it is a table without the columns of score records.
    pub fn new(name: &str, mut reader: R) -> Result<Self, RecordError> {
        let bad = |problem: RecordProblem| problem.at(format!("{name}:1"));
        let failed = |error: io::Error| {
            bad(match IntakeError::from(error) {
                IntakeError::BrokenOff(message) => RecordProblem::BrokenOff(message),
                error => RecordProblem::Io(error.to_string()),
            })
        };
        let mut start = Vec::new();
        reader.by_ref().take(3).read_to_end(&mut start).map_err(failed)?;
        if start == super::csv::BOM {
            start.clear();
        }
        let mut first = start.iter().chain(reader.fill_buf().map_err(failed)?);
        // A table begins with its first column, `id`; of anything else the name decides.
        let is_json = match first.find(|byte| !byte.is_ascii_whitespace()) {
            None | Some(b'{') => true,
            Some(b'i') => false,
            Some(_) => Format::from_name(name) == Some(Format::Jsonl),
        };
        let reader = Cursor::new(start).chain(reader);
        let rows = if is_json {
            Rows::Json { reader, line: 0 }
        } else {
            let mut rows =
                TextRows::new(reader, |start| Dialect::detect(start, n_known)).map_err(failed)?;
            let header = match rows.next().map_err(failed)? {
                Some((_, Row::Cells(cells))) => StringRecord::from_byte_record(cells).ok(),
                Some((_, Row::TooLong)) => return Err(bad(RecordProblem::TooLong)),
                _ => None,
            };
            let columns =
                header.and_then(|header| TableColumns::from_header(&header)).ok_or_else(|| {
                    // The rows of a workbook come with commas that nobody wrote.
                    let how = if Format::from_name(name) == Some(Format::Workbook) {
                        " (no sheet has their columns in its first row)".to_owned()
                    } else {
                        let separator = dialect::name(rows.delimiter());
                        format!(" (its first line was read with {separator} between columns)")
                    };
                    bad(RecordProblem::NotScores(how))
                })?;
            Rows::Table { rows: Box::new(rows), columns }
        };
        Ok(Self { name: name.to_owned(), rows })
    }
}

impl RecordReader<()> {
    /// Whether `reader` gives score records: whether one with scores is among its first lines, or
    /// these are the header of their table. The reader that comes back gives everything from the
    /// beginning; only the lines that were looked at are held in memory.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn detect<R: BufRead>(mut reader: R) -> io::Result<(bool, Peeked<R>)> {
        let mut peeked = Vec::new();
        let mut are_scores = false;
        for number in 0..MAX_LINES_PEEKED {
            let start = peeked.len();
            let left = MAX_BYTES_PEEKED.saturating_sub(start) as u64;
            if reader.by_ref().take(left).read_until(b'\n', &mut peeked)? == 0 {
                break;
            }
            let line = &peeked[start..];
            let line =
                if number == 0 { line.strip_prefix(super::csv::BOM).unwrap_or(line) } else { line };
            match line.iter().find(|byte| !byte.is_ascii_whitespace()) {
                Some(b'{') => {
                    are_scores = json_lines::read(line).is_ok_and(|record| record.scores.is_ok());
                }
                // A table has its header in the first line; anything else is no score record.
                Some(_) => are_scores = number == 0 && is_header(line),
                None => continue,
            }
            let is_json = line.trim_ascii_start().starts_with(b"{");
            if are_scores || (number == 0 && !is_json) {
                break;
            }
        }
        Ok((are_scores, Cursor::new(peeked).chain(reader)))
    }
}

/// Whether a line is the header of a table of score records.
fn is_header(line: &[u8]) -> bool {
    let rows = TextRows::new(line, |start| Dialect::detect(start, n_known));
    let header = rows.and_then(|mut rows| rows.next()).ok().flatten();
    let Some((_, Row::Cells(header))) = header else { return false };
    let header = StringRecord::from_byte_record(header);
    header.is_ok_and(|header| TableColumns::from_header(&header).is_some())
}

/// How many of these names are columns of every table of score records.
fn n_known(names: &[String]) -> usize {
    names.iter().filter(|name| ["id", "lean", "unrelated"].contains(&name.as_str())).count()
}

impl<R: BufRead> Iterator for RecordReader<R> {
    type Item = Result<ScoreRecord, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        // The outer error ends the reading, the inner one is of a single line.
        let (number, found) = match &mut self.rows {
            Rows::End => return None,
            Rows::Json { reader, line } => loop {
                *line += 1;
                match limited_line(&mut *reader) {
                    Ok(None) => return None,
                    Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                    Ok(Some(Ok(bytes))) => break (*line, Ok(json_lines::read(&bytes))),
                    Ok(Some(Err(()))) => break (*line, Ok(Err(RecordProblem::TooLong))),
                    Err(error) => break (*line, Err(RecordProblem::BrokenOff(error.to_string()))),
                }
            },
            Rows::Table { rows, columns } => match rows.next() {
                Ok(None) => return None,
                Ok(Some((line, Row::Cells(cells)))) => {
                    let row = StringRecord::from_byte_record(cells);
                    let record = row.map_err(|_| RecordProblem::NotUtf8);
                    (line, Ok(record.and_then(|row| columns.record(&row))))
                }
                Ok(Some((line, Row::Damaged { n_left_out, .. }))) => {
                    let delimiter = dialect::name(rows.delimiter());
                    let broken = IntakeError::BrokenQuote { delimiter, n_left_out };
                    (line, Ok(Err(RecordProblem::Row(broken))))
                }
                Ok(Some((line, Row::TooLong))) => (line, Ok(Err(RecordProblem::TooLong))),
                Err(error) => (rows.line(), Err(RecordProblem::BrokenOff(error.to_string()))),
            },
        };
        let place = format!("{}:{number}", self.name);
        Some(match found {
            Ok(record) => record.map_err(|problem| problem.at(place)),
            Err(problem) => {
                self.rows = Rows::End;
                Err(problem.at(place))
            }
        })
    }
}
