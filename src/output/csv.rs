//! Comma-separated values, for spreadsheets: one row an article, the same columns for every article.

use std::io::Write;

use super::jsonl::six;
use super::{Record, UNCERTAIN};
use crate::camp::Camps;
use crate::verdict::Word;

/// Writes records as CSV, the header first.
#[derive(Debug)]
pub struct Writer<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// A writer that has written the header.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W, camps: &Camps) -> csv::Result<Self> {
        let mut csv = csv::Writer::from_writer(out);
        let of_camp = |id: &str| ["stance", "score", "favor", "neutral", "against", "words", "doubt"].map(|field| format!("{id}_{field}"));
        let [first, second] = camps.ids().map(of_camp);
        let fields = ["id".to_owned(), "lean".to_owned(), "unrelated".to_owned()].into_iter().chain(first).chain(second);
        csv.write_record(fields.chain(["error".to_owned()]))?;
        Ok(Self { csv })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Those of the writer beneath.
    pub fn write(&mut self, record: &Record) -> csv::Result<()> {
        let mut row = vec![harmless(&record.id)];
        match &record.verdict {
            Ok(verdict) => {
                row.extend([verdict.lean(), verdict.unrelated].map(|number| six(number).to_string()));
                for camp in &verdict.camps {
                    let sides = camp.sides;
                    row.push(camp.doubt.as_ref().map_or_else(|| camp.stance.to_string(), |_| UNCERTAIN.to_owned()));
                    row.extend([sides.score(), sides.favor, sides.neutral, sides.against].map(|number| six(number).to_string()));
                    let words: Vec<&str> = camp.words.iter().map(|Word { word, .. }| word.as_str()).collect();
                    row.push(harmless(&words.join("؛ ")));
                    row.push(camp.doubt.as_ref().map(ToString::to_string).unwrap_or_default());
                }
                row.push(String::new());
            }
            Err(message) => {
                row.resize(17, String::new());
                row.push(harmless(message));
            }
        }
        self.csv.write_record(row)
    }

    /// Hands everything to the writer beneath.
    ///
    /// # Errors
    /// Those of the writer beneath.
    pub fn flush(&mut self) -> std::io::Result<()> {
        self.csv.flush()
    }
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
        let mut writer = Writer::new(&mut out, &camps).unwrap();
        writer.write(&Record::failed("=cmd()|a.txt".to_owned(), "it is empty".to_owned())).unwrap();
        writer.flush().unwrap();
        drop(writer);
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
