//! Comma-separated values, for spreadsheets: one row an article, the same columns for every
//! article. Columns may be added at the end; none is renamed or moved.

use std::io::Write;

use super::json_lines::six;
use super::{ScoreRecord, UNCERTAIN};
use crate::camp::Camps;
use crate::scoring::InfluentialWord;
use crate::text::isolate::plain;
use crate::text::script::is_invisible;

/// The mark at the beginning of a file by which spreadsheets tell that it is UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The column of the error.
const ERROR: usize = 17;

/// Writes the header; `kept` are the names of the other fields that records keep, which stand
/// behind `kept_` in it.
///
/// # Errors
/// Those of `out`.
pub fn header(out: impl Write, camps: &Camps, kept: &[String]) -> csv::Result<()> {
    let of_camp = |id: &str| {
        ["stance", "score", "favor", "neutral", "against", "words", "doubt"]
            .map(|field| format!("{id}_{field}"))
    };
    let [first, second] = camps.ids().map(of_camp);
    let fields = ["id".to_owned(), "lean".to_owned(), "unrelated".to_owned()]
        .into_iter()
        .chain(first)
        .chain(second);
    let kept = kept.iter().map(|name| format!("kept_{}", plain(name)));
    row(out, fields.chain(["error", "outlet", "date", "event"].map(str::to_owned)).chain(kept))
}

/// Writes the row of one record.
///
/// # Errors
/// Those of `out`.
pub fn write(out: impl Write, record: &ScoreRecord) -> csv::Result<()> {
    let mut cells = vec![harmless(&record.id)];
    match &record.verdict {
        Ok(verdict) => {
            cells.extend([verdict.lean(), verdict.unrelated].map(|number| six(number).to_string()));
            for camp in &verdict.camps {
                let sides = camp.sides;
                cells.push(
                    camp.abstention
                        .as_ref()
                        .map_or_else(|| camp.stance.to_string(), |_| UNCERTAIN.to_owned()),
                );
                cells.extend(
                    [sides.score(), sides.favor, sides.neutral, sides.against]
                        .map(|number| six(number).to_string()),
                );
                let words: Vec<&str> =
                    camp.words.iter().map(|InfluentialWord { word, .. }| word.as_str()).collect();
                cells.push(harmless(&words.join("؛ ")));
                cells.push(camp.abstention.as_ref().map(ToString::to_string).unwrap_or_default());
            }
            cells.push(String::new());
        }
        Err(message) => {
            cells.resize(ERROR, String::new());
            cells.push(harmless(message));
        }
    }
    cells.extend(
        [&record.outlet, &record.date, &record.event]
            .map(|cell| harmless(cell.as_deref().unwrap_or_default())),
    );
    cells.extend(
        record.kept.iter().map(|(_, value)| harmless(value.as_deref().unwrap_or_default())),
    );
    row(out, cells)
}

/// Whether a row that [`write()`] wrote says that an article could not be scored.
pub fn is_failed(row: &[u8]) -> bool {
    let cells =
        csv::ReaderBuilder::new().has_headers(false).from_reader(row).into_byte_records().next();
    cells.is_some_and(|cells| {
        cells.is_ok_and(|cells| cells.get(ERROR).is_some_and(|error| !error.is_empty()))
    })
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
    let is_formula = |part: &str| {
        let first = part.chars().find(|&c| !c.is_whitespace() && !is_invisible(c));
        first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
    };
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
        write(&mut out, &ScoreRecord::failed("=cmd()|a.txt".to_owned(), "it is empty".to_owned()))
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut lines = text.lines();
        let header = lines.next().unwrap();
        assert_eq!(
            header,
            "id,lean,unrelated,lna_stance,lna_score,lna_favor,lna_neutral,lna_against,lna_words,lna_doubt,gna_stance,gna_score,gna_favor,gna_neutral,gna_against,gna_words,gna_doubt,error,outlet,date,event,kept_x"
        );
        assert_eq!(lines.next().unwrap(), "'=cmd()|a.txt,,,,,,,,,,,,,,,,,it is empty,,,");
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
