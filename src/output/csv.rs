//! Comma-separated values, for spreadsheets: one row an article, the same columns for every article.

use std::io::Write;

use super::jsonl::six;
use super::{Record, UNCERTAIN};
use crate::camp::Camps;
use crate::verdict::Word;

/// Writes the header.
///
/// # Errors
/// Those of `out`.
pub fn header(out: impl Write, camps: &Camps) -> csv::Result<()> {
    let of_camp = |id: &str| ["stance", "score", "favor", "neutral", "against", "words", "doubt"].map(|field| format!("{id}_{field}"));
    let [first, second] = camps.ids().map(of_camp);
    let fields = ["id".to_owned(), "lean".to_owned(), "unrelated".to_owned()].into_iter().chain(first).chain(second);
    row(out, fields.chain(["error".to_owned()]))
}

/// Writes the row of one record.
///
/// # Errors
/// Those of `out`.
pub fn write(out: impl Write, record: &Record) -> csv::Result<()> {
    let mut cells = vec![harmless(&record.id)];
    match &record.verdict {
        Ok(verdict) => {
            cells.extend([verdict.lean(), verdict.unrelated].map(|number| six(number).to_string()));
            for camp in &verdict.camps {
                let sides = camp.sides;
                cells.push(camp.doubt.as_ref().map_or_else(|| camp.stance.to_string(), |_| UNCERTAIN.to_owned()));
                cells.extend([sides.score(), sides.favor, sides.neutral, sides.against].map(|number| six(number).to_string()));
                let words: Vec<&str> = camp.words.iter().map(|Word { word, .. }| word.as_str()).collect();
                cells.push(harmless(&words.join("؛ ")));
                cells.push(camp.doubt.as_ref().map(ToString::to_string).unwrap_or_default());
            }
            cells.push(String::new());
        }
        Err(message) => {
            cells.resize(17, String::new());
            cells.push(harmless(message));
        }
    }
    row(out, cells)
}

fn row(out: impl Write, cells: impl IntoIterator<Item = String>) -> csv::Result<()> {
    let mut csv = csv::WriterBuilder::new().buffer_capacity(1 << 10).from_writer(out);
    csv.write_record(cells)?;
    Ok(csv.flush()?)
}

/// A cell that no spreadsheet takes for a formula: one that begins with `= + - @`, tab or carriage return gets a `'`
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_be_a_formula() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let mut out = Vec::new();
        header(&mut out, &camps).unwrap();
        write(&mut out, &Record::failed("=cmd()|a.txt".to_owned(), "it is empty".to_owned())).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut lines = text.lines();
        let header = lines.next().unwrap();
        assert_eq!(
            header,
            "id,lean,unrelated,lna_stance,lna_score,lna_favor,lna_neutral,lna_against,lna_words,lna_doubt,gna_stance,gna_score,gna_favor,gna_neutral,gna_against,gna_words,gna_doubt,error"
        );
        assert_eq!(lines.next().unwrap(), "'=cmd()|a.txt,,,,,,,,,,,,,,,,,it is empty");
    }
}
