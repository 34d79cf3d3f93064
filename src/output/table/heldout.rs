//! Metrics of held-out predictions as tables.

use comfy_table::Cell;

use super::{Style, percent, range, right};
use crate::evaluation::heldout::{ContrastConsistency, HeldOutSummary};
use crate::evaluation::{BootstrapEstimate, Coverage};
use crate::text::isolate::plain;

/// Calibration errors, before and after calibration.
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
        let of = |after: BootstrapEstimate, before: BootstrapEstimate| {
            [
                right(&format!("{:.3}", after.value)),
                Cell::new(range(after.interval)),
                right(&format!("{:.3}", before.value)),
            ]
        };
        table.add_row(
            [Cell::new(grouping)]
                .into_iter()
                .chain(of(after.ece, before.ece))
                .chain(of(after.brier, before.brier)),
        );
    }
    table.to_string()
}

/// Coverage and error rate by risk.
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

/// Consistency on contrast families.
pub fn contrast(rows: &[HeldOutSummary], style: Style) -> String {
    let mut table = style.table(&["held out", "toward", "families", "all right", "95 %"]);
    for (name, row) in
        rows.iter().flat_map(|summary| summary.contrast.iter().map(|row| (&summary.grouping, row)))
    {
        let ContrastConsistency { output, n_families, consistent } = row;
        let cells = [
            Cell::new(name),
            Cell::new(plain(output)),
            right(&n_families.to_string()),
            right(&percent(consistent.value)),
        ];
        table.add_row(cells.into_iter().chain([Cell::new(range(consistent.interval))]));
    }
    table.to_string()
}
