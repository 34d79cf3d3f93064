//! Scored records as comma-separated values, for spreadsheets: one row an article, the same columns
//! for every article ([`Column`]). Columns may be added at the end; none is renamed or moved.
//!
//! A table does not tell the weights of words, `known`, `guess` and `reading`.

use std::io::Write;
use std::sync::Arc;

use super::object::missing;
use super::{
    CampScores, RecordProblem, ScoreRecord, ScoredWord, Scores, UNCERTAIN, stance_from_word,
};
use crate::camp::{Camps, Stance, StanceProbabilities};
use crate::text::isolate::plain;
use crate::text::script::is_invisible;

/// The byte-order mark at the beginning of a file, by which spreadsheets tell that it is UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What stands between the words of one cell.
const BETWEEN_WORDS: &str = "؛ ";

/// What the name of a column begins with that holds a kept field of the input.
const KEPT: &str = "kept_";

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Lean,
    Unrelated,
    Camp(usize, CampColumn),
    Error,
    Outlet,
    Date,
    Event,
    Kept(usize),
    Model,
    Version,
}

/// A column about one camp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CampColumn {
    Stance,
    Score,
    Favor,
    Neutral,
    Against,
    Words,
    Doubt,
}

impl CampColumn {
    const ALL: [Self; 7] = [
        Self::Stance,
        Self::Score,
        Self::Favor,
        Self::Neutral,
        Self::Against,
        Self::Words,
        Self::Doubt,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Stance => "stance",
            Self::Score => "score",
            Self::Favor => "favor",
            Self::Neutral => "neutral",
            Self::Against => "against",
            Self::Words => "words",
            Self::Doubt => "doubt",
        }
    }
}

impl Column {
    /// The columns, in their order, of a table whose records keep `n_kept` fields of the input.
    fn all(n_kept: usize) -> impl Iterator<Item = Self> {
        let camps = [0, 1].into_iter().flat_map(|camp| {
            CampColumn::ALL.into_iter().map(move |column| Self::Camp(camp, column))
        });
        [Self::Id, Self::Lean, Self::Unrelated]
            .into_iter()
            .chain(camps)
            .chain([Self::Error, Self::Outlet, Self::Date, Self::Event])
            .chain((0..n_kept).map(Self::Kept))
            .chain([Self::Model, Self::Version])
    }

    /// The name in the header, given the ids of the camps and the names of the kept fields.
    fn name(self, camps: [&str; 2], kept: &[String]) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Lean => "lean".to_owned(),
            Self::Unrelated => "unrelated".to_owned(),
            Self::Camp(camp, column) => format!("{}_{}", camps[camp], column.name()),
            Self::Error => "error".to_owned(),
            Self::Outlet => "outlet".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Event => "event".to_owned(),
            Self::Kept(number) => format!("{KEPT}{}", plain(&kept[number])),
            Self::Model => "model".to_owned(),
            Self::Version => "version".to_owned(),
        }
    }

    /// The cell of a record.
    fn cell(self, record: &ScoreRecord) -> String {
        let text = |text: Option<&str>| harmless(text.unwrap_or_default());
        let scores = record.scores.as_ref().ok();
        let number = |number: fn(&Scores) -> f64| {
            scores.map(|scores| number(scores).to_string()).unwrap_or_default()
        };
        match self {
            Self::Id => harmless(&record.id),
            Self::Lean => number(|scores| scores.lean),
            Self::Unrelated => number(|scores| scores.unrelated),
            Self::Camp(camp, column) => {
                scores.map(|scores| column.cell(&scores.camps[camp])).unwrap_or_default()
            }
            Self::Error => text(record.scores.as_ref().err().map(String::as_str)),
            Self::Outlet => text(record.outlet.as_deref()),
            Self::Date => text(record.date.as_deref()),
            Self::Event => text(record.event.as_deref()),
            Self::Kept(number) => text(record.kept[number].1.as_deref()),
            Self::Model => text(record.model.as_deref()),
            Self::Version => text(record.version.as_deref()),
        }
    }
}

impl CampColumn {
    fn cell(self, scores: &CampScores) -> String {
        let share = |share: fn(&StanceProbabilities) -> f64| {
            scores.probabilities.as_ref().map(|p| share(p).to_string()).unwrap_or_default()
        };
        match self {
            Self::Stance => scores.stance.map_or(UNCERTAIN, Stance::as_str).to_owned(),
            Self::Score => scores.score.to_string(),
            Self::Favor => share(|p| p.favor),
            Self::Neutral => share(|p| p.neutral),
            Self::Against => share(|p| p.against),
            Self::Words => {
                let words: Vec<&str> = scores.words.iter().map(|word| word.word.as_str()).collect();
                harmless(&words.join(BETWEEN_WORDS))
            }
            Self::Doubt => scores.abstention.clone().unwrap_or_default(),
        }
    }
}

/// Writes the header; `kept` are the names of the fields of the input that records keep.
///
/// # Errors
/// Those of `out`.
pub fn header(out: impl Write, camps: &Camps, kept: &[String]) -> csv::Result<()> {
    row(out, Column::all(kept.len()).map(|column| column.name(camps.ids(), kept)))
}

/// Writes the row of one record.
///
/// # Errors
/// Those of `out`.
pub fn write(out: impl Write, record: &ScoreRecord) -> csv::Result<()> {
    row(out, Column::all(record.kept.len()).map(|column| column.cell(record)))
}

/// Whether a row that [`write()`] wrote says that an article could not be scored.
pub fn is_failed(row: &[u8]) -> bool {
    let error = Column::all(0).position(|column| column == Column::Error);
    let cells =
        csv::ReaderBuilder::new().has_headers(false).from_reader(row).into_byte_records().next();
    let cells = cells.and_then(Result::ok);
    cells.is_some_and(|cells| error.and_then(|at| cells.get(at)).is_some_and(|at| !at.is_empty()))
}

/// Which column of a table that is read holds what.
#[derive(Debug)]
pub(super) struct Header {
    columns: Vec<String>,
    camps: [Arc<str>; 2],
}

impl Header {
    /// The header of a table of scores; `None` where it is another table.
    pub(super) fn new(header: &csv::StringRecord) -> Option<Self> {
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        let has = |name: &str| columns.iter().any(|column| column == name);
        let camps = columns.iter().filter_map(|column| column.strip_suffix("_score"));
        let camps: Vec<Arc<str>> = camps.map(Arc::from).collect();
        let camps = camps.try_into().ok()?;
        (has("id") && has("lean") && has("unrelated")).then_some(Self { columns, camps })
    }

    /// The record in a row.
    ///
    /// # Errors
    /// [`RecordProblem`] when a number is missing or out of its range.
    pub(super) fn record(&self, row: &csv::StringRecord) -> Result<ScoreRecord, RecordProblem> {
        let cell = |name: &str| {
            let value = row.get(self.columns.iter().position(|column| column == name)?)?;
            Some(without_guard(value)).filter(|value| !value.trim().is_empty())
        };
        let number = |name: &str| {
            let number = cell(name).and_then(|value| value.trim().parse::<f64>().ok());
            number.ok_or_else(|| missing(name))
        };
        let camp = |camp: &Arc<str>| -> Result<CampScores, RecordProblem> {
            let name = |column: CampColumn| format!("{camp}_{}", column.name());
            let share = |column| number(&name(column)).ok();
            let shares = [CampColumn::Favor, CampColumn::Neutral, CampColumn::Against].map(share);
            let words = name(CampColumn::Words);
            let words = cell(&words).unwrap_or_default().split(BETWEEN_WORDS);
            Ok(CampScores {
                camp: Arc::clone(camp),
                stance: stance_from_word(
                    camp,
                    cell(&name(CampColumn::Stance)).unwrap_or_default(),
                )?,
                score: number(&name(CampColumn::Score))?,
                probabilities: match shares {
                    [Some(favor), Some(neutral), Some(against)] => {
                        Some(StanceProbabilities { favor, neutral, against })
                    }
                    _ => None,
                },
                words: words
                    .filter(|word| !word.is_empty())
                    .map(|word| ScoredWord { word: word.to_owned(), weight: None })
                    .collect(),
                guess: None,
                abstention: cell(&name(CampColumn::Doubt)).map(str::to_owned),
            })
        };
        let text = |name: &str| cell(name).map(str::to_owned);
        let id = text("id").ok_or_else(|| RecordProblem::NotScores(String::new()))?;
        let scores = match text("error") {
            Some(message) => Err(message),
            None => {
                let camps = [camp(&self.camps[0])?, camp(&self.camps[1])?];
                let (lean, unrelated) = (number("lean")?, number("unrelated")?);
                Ok(Scores { camps, lean, unrelated, known: None }.check()?)
            }
        };
        let kept = self.columns.iter().filter_map(|column| {
            Some((column.strip_prefix(KEPT)?.to_owned(), cell(column).map(str::to_owned)))
        });
        Ok(ScoreRecord {
            id,
            outlet: text("outlet"),
            date: text("date"),
            event: text("event"),
            kept: kept.collect(),
            model: text("model").map(Arc::from),
            version: text("version").map(Arc::from),
            reading: None,
            scores,
        })
    }
}

/// A cell without the `'` that [`harmless`] put before it.
fn without_guard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Whether a spreadsheet may take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    let first = cell.chars().find(|&c| !c.is_whitespace() && !is_invisible(c));
    first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

/// Writes one row.
pub(crate) fn row(out: impl Write, cells: impl IntoIterator<Item = String>) -> csv::Result<()> {
    let mut csv = csv::WriterBuilder::new().buffer_capacity(1 << 10).from_writer(out);
    csv.write_record(cells)?;
    Ok(csv.flush()?)
}

/// A cell of text that no spreadsheet takes for a formula, without control characters and marks
/// that change direction. What begins with `= + - @`, in ASCII or in full width, gets a `'` before
/// it, whatever white space or unseen mark stands there first; so does what follows a semicolon,
/// where some countries' spreadsheets begin a new cell
/// (<https://owasp.org/www-community/attacks/CSV_Injection>). Numbers are no text and do not come
/// here.
pub(crate) fn harmless(cell: &str) -> String {
    let cell = plain(cell);
    if !cell.split(';').any(is_formula) {
        return cell;
    }
    let parts: Vec<String> = cell
        .split(';')
        .map(|part| if is_formula(part) { format!("'{part}") } else { part.to_owned() })
        .collect();
    parts.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_be_a_formula() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let mut out = Vec::new();
        header(&mut out, &camps, &["x".to_owned()]).unwrap();
        write(
            &mut out,
            &ScoreRecord {
                kept: vec![("x".to_owned(), None)],
                ..crate::record::samples::record("=cmd()|a.txt", Err("it is empty".to_owned()))
            },
        )
        .unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut lines = text.lines();
        let header = lines.next().unwrap();
        assert_eq!(
            header,
            "id,lean,unrelated,lna_stance,lna_score,lna_favor,lna_neutral,lna_against,lna_words,lna_doubt,gna_stance,gna_score,gna_favor,gna_neutral,gna_against,gna_words,gna_doubt,error,outlet,date,event,kept_x,model,version"
        );
        assert_eq!(lines.next().unwrap(), "'=cmd()|a.txt,,,,,,,,,,,,,,,,,it is empty,,,,,,");
    }

    #[test]
    fn text_is_no_formula_however_it_begins() {
        for (cell, harmless_cell) in [
            ("=1+1", "'=1+1"),
            (" \u{a0}=1", "' \u{a0}=1"),
            ("\t=1", "'=1"),
            ("\r\n@SUM(A1)", "'@SUM(A1)"),
            ("\u{200B}\u{FEFF}+1", "'\u{200B}\u{FEFF}+1"),
            ("＝cmd()", "'＝cmd()"),
            ("－1", "'－1"),
            ("-0.5", "'-0.5"),
            ("\u{202E}=1", "'=1"),
            ("a\u{1b}[31m=1\0", "a[31m=1"),
            ("a; =1;b", "a;' =1;b"),
            ("القوات", "القوات"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), harmless_cell, "{cell:?}");
        }
    }
}
