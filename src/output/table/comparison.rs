//! Comparisons of a model with baselines and with another model as tables.

use comfy_table::Cell;

use super::{Style, answers, range, right, signed};
use crate::evaluation::BootstrapEstimate;
use crate::evaluation::assessment::{Assessment, ModelComparison};
use crate::evaluation::paired::PairedDifference;

/// Largest number of changed predictions in a table.
const MAX_CHANGED: usize = 12;

/// The baselines, and the difference of the model.
pub fn baselines(assessment: &Assessment, style: Style) -> String {
    let mut table =
        style.table(&["baseline", "toward", "macro-F1", "95 %", "model − baseline", "95 %"]);
    for baseline in &assessment.baselines {
        for (toward, found) in
            toward(assessment).into_iter().zip(baseline.camps.iter().chain([&baseline.mean]))
        {
            table.add_row(
                [Cell::new(baseline.name), Cell::new(toward)].into_iter().chain(difference(found)),
            );
        }
    }
    table.to_string()
}

/// The comparison with another model, and the predictions that differ.
pub fn models(assessment: &Assessment, comparison: &ModelComparison, style: Style) -> String {
    let header = [
        "toward",
        "the other",
        "95 %",
        "model − the other",
        "95 %",
        "right: only model",
        "only the other",
        "McNemar p",
    ];
    let mut table = style.table(&header);
    let toward = toward(assessment);
    for (toward, camp) in toward.iter().zip(&comparison.camps) {
        let counts = [camp.only_model_correct, camp.only_other_correct]
            .map(|count| right(&count.to_string()));
        let head = [Cell::new(toward)].into_iter().chain(difference(&camp.difference));
        table.add_row(head.chain(counts).chain([right(&p_value(camp.p_value))]));
    }
    table.add_row(
        toward
            .last()
            .map(Cell::new)
            .into_iter()
            .chain(difference(&comparison.mean))
            .chain(["", "", ""].map(Cell::new)),
    );
    let rows = comparison.changed.iter().take(MAX_CHANGED).map(|changed| {
        let [label, other, model] =
            [changed.label, changed.other, changed.model].map(|stance| stance.to_string());
        [changed.id.clone(), toward[changed.camp].to_owned(), label, other, model]
    });
    let rows: Vec<[String; 5]> = rows.collect();
    let changed = comparison.changed.len();
    let shown = match changed {
        0 => String::new(),
        _ => format!(
            "\n{}",
            answers(["article", "toward", "label", "the other", "model"], &rows, style)
        ),
    };
    let more = if changed > MAX_CHANGED {
        format!("\n … and {} more; --json has all", changed - MAX_CHANGED)
    } else {
        String::new()
    };
    format!("{table}\n\n{changed} answers differ.{shown}{more}")
}

/// The camps and their mean.
fn toward(assessment: &Assessment) -> Vec<&str> {
    assessment.camps.iter().map(|camp| camp.report.name.as_str()).chain(["mean"]).collect()
}

/// Macro-F1 of the reference, and the difference.
fn difference(found: &PairedDifference) -> [Cell; 4] {
    let PairedDifference {
        before,
        difference: BootstrapEstimate { value, interval: (low, high) },
        ..
    } = found;
    let ends = format!("{} to {}", signed(*low), signed(*high));
    [
        right(&format!("{:.2}", before.value)),
        Cell::new(range(before.interval)),
        right(&signed(*value)),
        Cell::new(ends),
    ]
}

/// A p-value; a small one is not rounded to 0.
fn p_value(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_owned() } else { format!("{p:.4}") }
}
