//! Figures of reading as a table and as JSON.

use comfy_table::{Attribute, Cell};
use serde_json::{Value, json};

use super::table::{Style, right};
use crate::evaluation::readings::{ReadingEvaluation, ReadingFigures};
use crate::text::Zone;

/// A share in few characters: `.93`.
fn cut(share: f64) -> String {
    match format!("{share:.2}") {
        whole if whole == "1.00" => "1.0".to_owned(),
        part => part.trim_start_matches('0').to_owned(),
    }
}

fn row(name: &str, figures: &ReadingFigures) -> Vec<Cell> {
    let reported = figures.zones[Zone::Reported as usize];
    let mut cells =
        vec![Cell::new(name), right(&figures.texts.to_string()), right(&figures.words.to_string())];
    let shares = [reported.precision(), reported.recall(), reported.f1()];
    cells.extend(shares.map(|share| right(&cut(share))));
    let shares = [
        figures.zones[Zone::Frame as usize].f1(),
        figures.referents.recall(),
        figures.camps.recall(),
        figures.framing.precision(),
        figures.targets.precision(),
        figures.framing.recall(),
    ];
    cells.extend(shares.map(|share| right(&cut(share))));
    cells
}

/// The figures for a person at a terminal.
pub fn text(half: &str, evaluation: &ReadingEvaluation, style: Style) -> String {
    let header = [
        "pattern",
        "texts",
        "words",
        "reported: precision",
        "recall",
        "F1",
        "frame F1",
        "referent",
        "camp",
        "target+role",
        "its camp",
        "of all",
    ];
    let mut table = style.table(&header);
    for (name, figures) in &evaluation.patterns {
        table.add_row(row(name, figures));
    }
    table.add_row(
        row("all", &evaluation.all).into_iter().map(|cell| cell.add_attribute(Attribute::Bold)),
    );
    format!(
        "Reading of the gold set, half `{half}` ({} invented texts; labeled/readings/README.md).\n\
         Reported speech by word.\n\n{table}\n",
        evaluation.all.texts
    )
}

fn object(figures: &ReadingFigures) -> Value {
    let zones = Zone::ALL.map(|zone| {
        let hits = figures.zones[zone as usize];
        (
            zone.name().to_owned(),
            json!({
                "precision": hits.precision(), "recall": hits.recall(), "f1": hits.f1(),
                "words": hits.marked,
            }),
        )
    });
    json!({
        "texts": figures.texts, "words": figures.words,
        "zones": serde_json::Map::from_iter(zones),
    })
}

/// The figures as one JSON object.
pub fn json(half: &str, evaluation: &ReadingEvaluation) -> Value {
    let patterns =
        evaluation.patterns.iter().map(|(name, figures)| (name.clone(), object(figures)));
    json!({
        "half": half, "all": object(&evaluation.all),
        "patterns": serde_json::Map::from_iter(patterns),
    })
}
