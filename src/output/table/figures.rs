//! Figures of quality for a person.

use comfy_table::{Attribute, Cell};

use super::{Style, colour, percent, range, right};
use crate::camp::Stance;
use crate::evaluation::{Contrast, Coverage, Figure, HeldOutSummary};
use crate::text::isolate::plain;

/// Macro-F1 with its interval, the macro-F1 of always giving the commonest label, and F1 by class.
pub fn figures(what: &str, classes: &[String], rows: &[Figure], style: Style) -> String {
    let header = [what, "articles", "macro-F1", "95 %", "commonest"].map(str::to_owned);
    let f1_of = classes
        .iter()
        .enumerate()
        .map(|(at, class)| if at == 0 { format!("F1 {}", plain(class)) } else { plain(class) });
    let header: Vec<String> = header.into_iter().chain(f1_of).collect();
    let mut table = style.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for figure in rows {
        let Figure { name, confusion, averaged, .. } = figure;
        let f1 =
            (0..confusion.n_classes()).map(|class| right(&format!("{:.2}", confusion.f1(class))));
        let counts = [
            Cell::new(plain(name)),
            right(&confusion.total().to_string()),
            right(&format!("{:.2}", figure.macro_f1())).add_attribute(Attribute::Bold),
            Cell::new(range(figure.interval)),
            right(&format!("{:.2}", confusion.majority_baseline().macro_f1(averaged.clone()))),
        ];
        table.add_row(counts.into_iter().chain(f1));
    }
    table.to_string()
}

/// How one stance toward one camp is told from everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct OneVsRest {
    /// Id of the camp.
    pub camp: String,
    /// The stance.
    pub stance: Stance,
    /// How many articles bear it.
    pub labelled: usize,
    /// Mean F1 of the stance and of everything else.
    pub macro_f1: f64,
    /// Area under the ROC curve of its probability.
    pub auc: f64,
}

/// Each stance against the rest.
pub fn one_vs_rest(rows: &[OneVsRest], style: Style) -> String {
    let mut table = style.table(&["toward", "stance", "articles", "macro-F1, vs rest", "AUC"]);
    for row in rows {
        let figures =
            [row.labelled.to_string(), format!("{:.2}", row.macro_f1), format!("{:.2}", row.auc)]
                .map(|text| right(&text));
        table.add_row(
            [Cell::new(&row.camp), Cell::new(row.stance).fg(colour(row.stance))]
                .into_iter()
                .chain(figures),
        );
    }
    table.to_string()
}

/// Errors of probabilities: what was held out, before and after calibration.
pub fn reliability(rows: &[HeldOutSummary], style: Style) -> String {
    let mut table = style.table(&[
        "held out",
        "calibration error",
        "95 %",
        "before",
        "Brier score",
        "95 %",
        "before",
    ]);
    for HeldOutSummary { grouping, reliability: [before, after], .. } in rows {
        let of = |(value, interval): (f64, (f64, f64)), before: f64| {
            [
                right(&format!("{value:.3}")),
                Cell::new(range(interval)),
                right(&format!("{before:.3}")),
            ]
        };
        table.add_row(
            [Cell::new(grouping)]
                .into_iter()
                .chain(of(after.ece, before.ece.0))
                .chain(of(after.brier, before.brier.0)),
        );
    }
    table.to_string()
}

/// How many are answered at a risk, and how many of the answers are wrong.
pub fn coverage(rows: &[HeldOutSummary], style: Style) -> String {
    let mut table = style.table(&["held out", "--max-error", "answered", "wrong answers", "95 %"]);
    for (name, row) in
        rows.iter().flat_map(|summary| summary.coverage.iter().map(|row| (&summary.grouping, row)))
    {
        let Coverage { output, risk, answered, wrong } = row;
        let wrong = if answered.value > 0.0 {
            [right(&percent(wrong.value)), Cell::new(range(wrong.interval))]
        } else {
            ["", ""].map(Cell::new)
        };
        let cells = [
            Cell::new(format!("{name}, {}", plain(output))),
            right(&format!("{risk:.2}")),
            right(&percent(answered.value)),
        ];
        table.add_row(cells.into_iter().chain(wrong));
    }
    table.to_string()
}

/// In how many contrast families every member is right.
pub fn contrast(rows: &[HeldOutSummary], style: Style) -> String {
    let mut table = style.table(&["held out", "toward", "families", "all right", "95 %"]);
    for (name, row) in
        rows.iter().flat_map(|summary| summary.contrast.iter().map(|row| (&summary.grouping, row)))
    {
        let Contrast { name: output, families, right: share, interval } = row;
        let cells = [
            Cell::new(name),
            Cell::new(plain(output)),
            right(&families.to_string()),
            right(&percent(*share)),
        ];
        table.add_row(cells.into_iter().chain([Cell::new(range(*interval))]));
    }
    table.to_string()
}
