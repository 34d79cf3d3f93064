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

use super::{CampScores, ScoreRecord, Scores, UNCERTAIN};
use crate::camp::{Camps, Stance};
use crate::text::isolate::plain;
use columns::{CampColumn, Column};
pub(crate) use formula::harmless;
pub(super) use reader::TableColumns;

/// The byte-order mark at the beginning of a file, by which spreadsheets recognise UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What separates the words of a camp.
const WORD_SEPARATOR: &str = "؛ ";

/// Writes the header; `kept` are the names of the kept fields.
///
/// # Errors
/// Those of `out`.
pub fn header(out: impl Write, camps: &Camps, kept: &[String]) -> csv::Result<()> {
    let kept: Vec<String> = kept.iter().map(|name| plain(name)).collect();
    row(out, Column::all(kept.len()).map(|column| column.name(camps.ids(), &kept)))
}

/// Writes the row of one record.
///
/// # Errors
/// Those of `out`.
pub fn write(out: impl Write, record: &ScoreRecord) -> csv::Result<()> {
    row(out, Column::all(record.kept.len()).map(|column| cell(record, column)))
}

fn cell(record: &ScoreRecord, column: Column) -> String {
    let text = |value: Option<&str>| harmless(value.unwrap_or_default());
    let of_scores =
        |of: &dyn Fn(&Scores) -> String| record.scores.as_ref().map(of).unwrap_or_default();
    match column {
        Column::Id => harmless(&record.id),
        Column::Lean => of_scores(&|scores| scores.lean.to_string()),
        Column::Unrelated => of_scores(&|scores| scores.unrelated.to_string()),
        Column::Camp(camp, column) => of_scores(&|scores| camp_cell(&scores.camps[camp], column)),
        Column::Error => text(record.scores.as_ref().err().map(String::as_str)),
        Column::Outlet => text(record.outlet.as_deref()),
        Column::Date => text(record.date.as_deref()),
        Column::Event => text(record.event.as_deref()),
        Column::Kept(number) => text(record.kept[number].1.as_deref()),
        Column::Model => text(record.model.as_deref()),
        Column::Version => text(record.version.as_deref()),
        Column::Evidence(camp) => of_scores(&|scores| {
            let first = scores.camps[camp].evidence.first();
            first.map(|sentence| harmless(&sentence.text)).unwrap_or_default()
        }),
    }
}

fn camp_cell(camp: &CampScores, column: CampColumn) -> String {
    let probabilities = camp.probabilities.as_ref();
    let probability = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    match column {
        CampColumn::Stance => camp.stance.map_or(UNCERTAIN, Stance::as_str).to_owned(),
        CampColumn::Score => camp.score.to_string(),
        CampColumn::Favor => probability(probabilities.map(|p| p.favor)),
        CampColumn::Neutral => probability(probabilities.map(|p| p.neutral)),
        CampColumn::Against => probability(probabilities.map(|p| p.against)),
        CampColumn::Words => {
            let words: Vec<&str> = camp.words.iter().map(|word| word.word.as_str()).collect();
            harmless(&words.join(WORD_SEPARATOR))
        }
        CampColumn::Doubt => camp.abstention.clone().unwrap_or_default(),
    }
}

/// Whether a row that [`write()`] wrote says that an article could not be scored.
pub fn is_failed(row: &[u8]) -> bool {
    // Kept fields come after the error, so that its position does not depend on them.
    let error = Column::all(0).position(|column| column == Column::Error);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row);
    let cells = reader.byte_records().next().and_then(Result::ok);
    cells
        .zip(error)
        .is_some_and(|(cells, error)| cells.get(error).is_some_and(|message| !message.is_empty()))
}

/// Writes one row.
pub(crate) fn row(out: impl Write, cells: impl IntoIterator<Item = String>) -> csv::Result<()> {
    let mut csv = csv::WriterBuilder::new().buffer_capacity(1 << 10).from_writer(out);
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
