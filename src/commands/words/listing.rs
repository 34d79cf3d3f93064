//! Candidates as a table, JSON lines and CSV.

use std::io::Write;

use comfy_table::Cell;

use crate::labelling::words::{FramingCandidate, WordInContext, rounded};
use crate::output::maker::with_maker;
use crate::output::table::Style;
use crate::record::json;
use crate::text::isolate::isolated;

/// The columns of CSV.
const COLUMNS: [&str; 12] = [
    "word",
    "decision",
    "class",
    "association",
    "log_odds",
    "z",
    "count",
    "articles",
    "sentences",
    "framed",
    "plain",
    "contexts",
];

/// A place in one line, the word in quotation marks.
pub(super) fn in_line(place: &WordInContext) -> String {
    let WordInContext { before, word, after, .. } = place;
    format!("{before} «{word}» {after}").trim().to_owned()
}

/// Prints a table, with one place of each candidate.
pub(super) fn table(
    mut out: impl Write,
    candidates: &[FramingCandidate],
    style: Style,
) -> std::io::Result<()> {
    if candidates.is_empty() {
        return writeln!(
            out,
            "no word stands beside the lexicon's more often than by chance, and more often than \
             in plain news"
        );
    }
    let mut table = style.table(&["word", "beside", "G²", "z", "times", "articles", "in context"]);
    for candidate in candidates {
        let place = candidate.contexts.first().map_or_else(String::new, in_line);
        table.add_row([
            Cell::new(isolated(&candidate.word)),
            Cell::new(candidate.class.unwrap_or("–")),
            Cell::new(format!("{:.1}", candidate.association)),
            Cell::new(format!("{:.1}", candidate.keyness.z)),
            Cell::new(candidate.count),
            Cell::new(candidate.articles),
            Cell::new(isolated(&place)),
        ]);
    }
    writeln!(out, "{}", table.to_string().trim_end())
}

/// Prints a JSON object a line.
pub(super) fn json_lines(
    mut out: impl Write,
    candidates: &[FramingCandidate],
) -> anyhow::Result<()> {
    for candidate in candidates {
        // No model takes part.
        json::line(&mut out, &with_maker(candidate.json(), None))?;
    }
    Ok(())
}

/// Prints CSV, with an empty column for decisions.
pub(super) fn csv(out: impl Write, candidates: &[FramingCandidate]) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for candidate in candidates {
        let places: Vec<String> = candidate.contexts.iter().map(in_line).collect();
        table.write_record([
            candidate.word.clone(),
            String::new(),
            candidate.class.unwrap_or_default().to_owned(),
            rounded(candidate.association).to_string(),
            rounded(candidate.keyness.log_odds).to_string(),
            rounded(candidate.keyness.z).to_string(),
            candidate.count.to_string(),
            candidate.articles.to_string(),
            candidate.sentences.to_string(),
            candidate.framed.to_string(),
            candidate.plain.to_string(),
            places.join(" | "),
        ])?;
    }
    table.flush()?;
    Ok(())
}
