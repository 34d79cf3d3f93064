//! Scored records, read back from JSON lines or CSV.

use std::io::{self, BufRead, Cursor, Read};

use super::csv::Header;
use super::{RecordError, RecordProblem, ScoreRecord, json_lines};
use crate::intake::Format;
use crate::intake::records::limited_line;

/// How many lines [`RecordReader::detect`] looks at: those before the first score may be errors.
const LINES_LOOKED_AT: usize = 100;

/// How many bytes [`RecordReader::detect`] looks at.
const BYTES_LOOKED_AT: u64 = 1 << 20;

/// What was looked at already, and what follows.
type Peeked<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The scored records of one file, one at a time. A line that is none gives an error with its
/// place, and the next is read.
///
/// Rows of Parquet come here as JSON lines (`intake::records::parquet::json_lines`).
#[derive(Debug)]
pub struct RecordReader<R> {
    name: String,
    rows: Rows<R>,
}

#[derive(Debug)]
enum Rows<R> {
    Json { reader: R, line: u64 },
    Table { csv: csv::Reader<R>, header: Header },
    End,
}

impl<R: BufRead> RecordReader<Peeked<R>> {
    /// Reads what `reader` gives; `name` stands in errors. Whether it is JSON lines or CSV is told
    /// by the first character, or by the name.
    ///
    /// # Errors
    /// Those of the reader; and when it is a table that is not of scores.
    pub fn new(name: &str, mut reader: R) -> Result<Self, RecordError> {
        let bad = |problem: RecordProblem| problem.at(format!("{name}:1"));
        let failed = |error: io::Error| bad(RecordProblem::Io(error.to_string()));
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
            let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
            let header =
                csv.headers().map_err(|error| bad(RecordProblem::Io(error.to_string())))?;
            let header =
                Header::new(header).ok_or_else(|| bad(RecordProblem::NotScores(String::new())))?;
            Rows::Table { csv, header }
        };
        Ok(Self { name: name.to_owned(), rows })
    }
}

impl RecordReader<()> {
    /// Whether `reader` gives scored records: whether its first lines hold one with scores. What
    /// was read for that stands in front of the reader that comes back.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn detect<R: BufRead>(name: &str, mut reader: R) -> io::Result<(bool, Peeked<R>)> {
        let mut peeked = Vec::new();
        for _ in 0..LINES_LOOKED_AT {
            let left = BYTES_LOOKED_AT.saturating_sub(peeked.len() as u64);
            let has_more = reader.by_ref().take(left).read_until(b'\n', &mut peeked)? > 0;
            if !has_more || holds_scores(name, &peeked) {
                break;
            }
        }
        Ok((holds_scores(name, &peeked), Cursor::new(peeked).chain(reader)))
    }
}

/// Whether a record with scores stands among the first lines of a file.
fn holds_scores(name: &str, lines: &[u8]) -> bool {
    let records = RecordReader::new(name, lines);
    records.is_ok_and(|mut records| {
        records.any(|record| record.is_ok_and(|record| record.scores.is_ok()))
    })
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
                    Err(error) => break (*line, Err(RecordProblem::Io(error.to_string()))),
                }
            },
            Rows::Table { csv, header } => {
                let mut row = csv::StringRecord::new();
                let line = csv.position().line();
                match csv.read_record(&mut row) {
                    Ok(false) => return None,
                    Ok(true) => {
                        (row.position().map_or(line, csv::Position::line), Ok(header.record(&row)))
                    }
                    Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                        (line, Ok(Err(RecordProblem::NotUtf8)))
                    }
                    Err(error) => (line, Err(RecordProblem::Io(error.to_string()))),
                }
            }
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
