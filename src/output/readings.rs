//! Figures of reading as a table and as JSON.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint};
use serde_json::{Map, Value, json};

use super::table::{Style, right};
use crate::evaluation::readings::{Hits, ReadingEvaluation, ReadingFigures};
use crate::text::Zone;

/// What stands below the table.
const LEGEND: &str = "\
precision, recall, F1: of reported words. who: mentions whose party is right.
found: framing words; target: of those, right target and role. *: below `all`.
";

/// A share in few characters: `.93`; a dash without a denominator.
fn cut(share: f64, of: usize) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    match format!("{share:.2}") {
        whole if whole == "1.00" => "1.0".to_owned(),
        part => part.trim_start_matches('0').to_owned(),
    }
}

/// The shares of a row: each with its denominator, and whether it sums up a kind, so that it is
/// marked where it is weak.
fn shares(figures: &ReadingFigures) -> [(f64, usize, bool); 6] {
    let ReadingFigures { zones, referents, framing, .. } = figures;
    let reported = zones[Zone::Reported as usize];
    [
        (reported.precision(), reported.found, false),
        (reported.recall(), reported.marked, false),
        (reported.f1(), reported.found + reported.marked, true),
        (referents.recall(), referents.marked, true),
        (found(*framing), framing.marked, false),
        (framing.precision(), framing.found, true),
    ]
}

/// The share of what is marked where the program finds anything.
fn found(hits: Hits) -> f64 {
    if hits.marked == 0 { 0.0 } else { hits.found as f64 / hits.marked as f64 }
}

fn row(name: &str, figures: &ReadingFigures, all: &ReadingFigures) -> Vec<Cell> {
    let mut cells = vec![Cell::new(name), right(&figures.texts.to_string())];
    for ((share, of, sums_up), (total, ..)) in shares(figures).into_iter().zip(shares(all)) {
        let is_weak = sums_up && of > 0 && share < total;
        let mark = match (sums_up, is_weak) {
            (true, true) => "*",
            (true, false) => " ",
            (false, _) => "",
        };
        let cell = right(&format!("{}{mark}", cut(share, of)));
        cells.push(if is_weak { cell.fg(Color::Yellow) } else { cell });
    }
    cells
}

/// The figures for a person at a terminal.
pub fn text(half: &str, evaluation: &ReadingEvaluation, style: Style) -> String {
    // The columns of marked shares have room for the mark.
    let header = ["pattern", "texts", "precision", "recall", "F1 ", "who ", "found", "target "];
    let mut table = style.table(&header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    let all = &evaluation.all;
    for (name, figures) in &evaluation.patterns {
        table.add_row(row(name, figures, all));
    }
    let total = row("all", all, all).into_iter();
    table.add_row(total.map(|cell| cell.add_attribute(Attribute::Bold)));
    format!(
        "How {} invented texts, marked by AI readers, are read (half `{half}`).\n\n\
         {table}\n\n{LEGEND}",
        all.texts
    )
}

fn hits(hits: Hits) -> Value {
    json!({
        "right": hits.right, "found": hits.found, "marked": hits.marked,
        "precision": hits.precision(), "recall": hits.recall(), "f1": hits.f1(),
    })
}

fn object(figures: &ReadingFigures) -> Value {
    let zone = |zone: Zone| (zone.name().to_owned(), hits(figures.zones[zone as usize]));
    json!({
        "texts": figures.texts, "words": figures.words,
        "zones": Map::from_iter(Zone::ALL.map(zone)),
        "referents": hits(figures.referents), "camps": hits(figures.camps),
        "framing": hits(figures.framing), "targets": hits(figures.targets),
    })
}

/// The figures as one JSON object.
pub fn json(half: &str, evaluation: &ReadingEvaluation) -> Value {
    let patterns = evaluation.patterns.iter();
    let patterns: Map<String, Value> =
        patterns.map(|(name, figures)| (name.clone(), object(figures))).collect();
    json!({ "half": half, "all": object(&evaluation.all), "patterns": patterns })
}
