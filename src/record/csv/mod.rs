//! Comma-separated values, for spreadsheets: one score record a row.
//!
//! The columns are those of [`super::json_lines`], but for `known`, `guess`, the weights of words,
//! `sentences` and `reading`. The words of a camp stand in one cell, separated by `؛ `, and of the
//! sentences that decide only the first. Kept fields have the prefix `kept_`. The text of cells is
//! plain, on a terminal too: without control characters and marks of direction, and not isolated.
//! Columns may be added at the end; none is renamed or moved.

mod columns;
mod formula;
mod reader;

use std::io::Write;

use super::{CampScores, ScoreRecord, UNCERTAIN};
use crate::camp::{Camps, Stance};
use crate::text::isolate::plain;
use columns::{CampColumn, Column};
pub(crate) use formula::{guarded, harmless, without_guard};
pub(super) use reader::TableColumns;

/// The byte-order mark at the beginning of a file, by which spreadsheets recognise UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What separates the words of a camp.
const WORD_SEPARATOR: &str = "؛ ";

/// What separates cells, unless another is asked for.
pub const COMMA: u8 = b',';

/// Writes the header; `kept` are the names of the kept fields.
///
/// # Errors
/// Those of `out`.
pub fn header(out: impl Write, camps: &Camps, kept: &[String]) -> csv::Result<()> {
    header_with(out, COMMA, camps, kept)
}

/// The same with another separator.
pub(crate) fn header_with(
    out: impl Write,
    separator: u8,
    camps: &Camps,
    kept: &[String],
) -> csv::Result<()> {
    row_with(out, separator, column_names(camps, kept))
}

/// The names of the columns; `kept` are the names of the kept fields.
pub(crate) fn column_names(camps: &Camps, kept: &[String]) -> Vec<String> {
    let kept: Vec<String> = kept.iter().map(|name| plain(name)).collect();
    Column::all(kept.len()).map(|column| column.name(camps.ids(), &kept)).collect()
}

/// Writes the row of one record.
///
/// # Errors
/// Those of `out`.
pub fn write(out: impl Write, record: &ScoreRecord) -> csv::Result<()> {
    write_with(out, COMMA, record)
}

/// The same with another separator.
pub(crate) fn write_with(out: impl Write, separator: u8, record: &ScoreRecord) -> csv::Result<()> {
    let cell = |cell| match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(text) | Cell::Text(text) => harmless(text),
        Cell::Words(words) => harmless(&words),
    };
    row_with(out, separator, cells(record).map(cell))
}

/// A cell of a record's row.
pub(crate) enum Cell<'a> {
    Empty,
    Number(f64),
    /// The date of publication, as the input writes it.
    Date(&'a str),
    Text(&'a str),
    /// Words that are joined.
    Words(String),
}

/// The cells of a record's row.
pub(crate) fn cells(record: &ScoreRecord) -> impl Iterator<Item = Cell<'_>> {
    Column::all(record.kept.len()).map(|column| cell(record, column))
}

fn cell(record: &ScoreRecord, column: Column) -> Cell<'_> {
    let scores = record.scores.as_ref();
    let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
    match column {
        Column::Id => Cell::Text(&record.id),
        Column::Lean => number(scores.ok().map(|scores| scores.lean)),
        Column::Unrelated => number(scores.ok().map(|scores| scores.unrelated)),
        Column::Camp(camp, column) => match scores {
            Ok(scores) => camp_cell(&scores.camps[camp], column),
            Err(_) => Cell::Empty,
        },
        Column::Error => of_text(scores.err().map(String::as_str)),
        Column::Outlet => of_text(record.outlet.as_deref()),
        Column::Date => record.date.as_deref().map_or(Cell::Empty, Cell::Date),
        Column::Event => of_text(record.event.as_deref()),
        Column::Kept(number) => of_text(record.kept[number].1.as_deref()),
        Column::Model => of_text(record.model.as_deref()),
        Column::Version => of_text(record.version.as_deref()),
        Column::Evidence(camp) => {
            let first = scores.ok().and_then(|scores| scores.camps[camp].evidence.first());
            of_text(first.map(|sentence| sentence.text.as_str()))
        }
    }
}

fn of_text(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Empty, Cell::Text)
}

fn camp_cell(camp: &CampScores, column: CampColumn) -> Cell<'_> {
    let probabilities = camp.probabilities.as_ref();
    let probability = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
    match column {
        CampColumn::Stance => Cell::Text(camp.stance.map_or(UNCERTAIN, Stance::as_str)),
        CampColumn::Score => Cell::Number(camp.score),
        CampColumn::Favor => probability(probabilities.map(|p| p.favor)),
        CampColumn::Neutral => probability(probabilities.map(|p| p.neutral)),
        CampColumn::Against => probability(probabilities.map(|p| p.against)),
        CampColumn::Words => {
            let words: Vec<&str> = camp.words.iter().map(|word| word.word.as_str()).collect();
            Cell::Words(words.join(WORD_SEPARATOR))
        }
        CampColumn::Doubt => of_text(camp.abstention.as_deref()),
    }
}

/// Whether a row that [`write()`] wrote says that an article could not be scored.
pub fn is_failed(row: &[u8]) -> bool {
    is_failed_with(COMMA, row)
}

/// The same with another separator.
pub(crate) fn is_failed_with(separator: u8, row: &[u8]) -> bool {
    // Kept fields come after the error, so that its position does not depend on them.
    let error = Column::all(0).position(|column| column == Column::Error);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(row);
    let cells = reader.byte_records().next().and_then(Result::ok);
    cells
        .zip(error)
        .is_some_and(|(cells, error)| cells.get(error).is_some_and(|message| !message.is_empty()))
}

/// Writes one row.
pub(crate) fn row_with(
    out: impl Write,
    separator: u8,
    cells: impl IntoIterator<Item = String>,
) -> csv::Result<()> {
    let mut csv =
        csv::WriterBuilder::new().delimiter(separator).buffer_capacity(1 << 10).from_writer(out);
    csv.write_record(cells)?;
    Ok(csv.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::samples;

    #[test]
    fn a_file_name_cannot_be_a_formula() {
        let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
        let mut out = Vec::new();
        header(&mut out, &camps, &["x".to_owned()]).unwrap();
        let mut record = samples::record("=cmd()|a.txt", Err("it is empty".to_owned()));
        record.kept = vec![("x".to_owned(), None)];
        write(&mut out, &record).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut lines = text.lines();
        assert_eq!(
            lines.next().unwrap(),
            "id,lean,unrelated,\
             lna_stance,lna_score,lna_favor,lna_neutral,lna_against,lna_words,lna_doubt,\
             gna_stance,gna_score,gna_favor,gna_neutral,gna_against,gna_words,gna_doubt,\
             error,outlet,date,event,kept_x,model,version,\
             lna_evidence,gna_evidence"
        );
        let row = lines.next().unwrap();
        assert_eq!(row, "'=cmd()|a.txt,,,,,,,,,,,,,,,,,it is empty,,,,,,,,");
        assert!(is_failed(row.as_bytes()) && !is_failed(row.replace("it is empty", "").as_bytes()));
    }
}
