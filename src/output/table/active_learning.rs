//! Orders of labelling, compared, as tables.

use comfy_table::Cell;

use super::{Style, right, short};
use crate::evaluation::active_learning::StrategyResult;

/// Macro-F1 by number of labels.
pub fn active_learning(results: &[StrategyResult], style: Style) -> String {
    let sizes = results.first().map_or(&[][..], |result| &result.curve[..]);
    let mut sizes: Vec<String> = sizes.iter().map(|(n, _)| n.to_string()).collect();
    // As many as were not held out: a few more or less from draw to draw.
    if let Some(last) = sizes.last_mut() {
        "all".clone_into(last);
    }
    let header: Vec<&str> =
        std::iter::once("next article").chain(sizes.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for StrategyResult { strategy, curve, .. } in results {
        let figures = curve.iter().map(|(_, figure)| short(figure.value, figure.interval));
        table.add_row([Cell::new(strategy.name())].into_iter().chain(figures));
    }
    table.to_string()
}

/// The share of the labels that is enough, and how much of it an order saves.
pub fn labels_needed(results: &[StrategyResult], style: Style) -> String {
    let mut table = style.table(&["next article", "share of all", "95 %", "less random", "95 %"]);
    for StrategyResult { strategy, needed, saved, .. } in results {
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let signed = |share: f64| format!("{:+.0} %", 100.0 * share);
        let (low, high) = needed.interval;
        let (least, most) = saved.interval;
        table.add_row([
            Cell::new(strategy.name()),
            right(&percent(needed.value)),
            right(&format!("{}–{}", percent(low), percent(high))),
            right(&signed(saved.value)),
            right(&format!("{} to {}", signed(least), signed(most))),
        ]);
    }
    table.to_string()
}
