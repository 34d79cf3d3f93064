//! Results of an ablation as tables.

use comfy_table::Cell;

use super::{Style, short};
use crate::evaluation::ablation::AblationResult;
use crate::text::isolate::plain;

/// Metrics of each variant on held-out groups.
pub fn ablation(rows: &[AblationResult], style: Style) -> String {
    let header = rows.first().map_or_else(Vec::new, |AblationResult { summaries, .. }| {
        let figures = summaries
            .iter()
            .flat_map(|summary| summary.reports.iter().map(|report| report.name.clone()));
        let families = summaries
            .iter()
            .filter(|summary| !summary.contrast.is_empty())
            .map(|summary| format!("fam. {}", summary.grouping));
        figures.chain(families).collect()
    });
    let header: Vec<&str> =
        std::iter::once("blocks").chain(header.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for AblationResult { name, summaries, .. } in rows {
        let figures = summaries.iter().flat_map(|summary| &summary.reports);
        let figures = figures.map(|report| short(report.macro_f1(), report.interval));
        let families = summaries.iter().filter_map(|summary| summary.contrast.last());
        let families = families.map(|row| short(row.consistent.value, row.consistent.interval));
        table.add_row([Cell::new(name)].into_iter().chain(figures).chain(families));
    }
    table.to_string()
}

/// Metrics of each variant on other files.
pub fn ablation_elsewhere(rows: &[AblationResult], style: Style) -> String {
    let columns =
        rows.first().map_or_else(Vec::new, |AblationResult { elsewhere: sides, .. }| {
            let short = |file: &str| plain(file).rsplit('-').next().unwrap_or_default().to_owned();
            sides
                .iter()
                .map(|(file, side)| {
                    format!("{}: {} {} ({})", short(file), side.stance, side.camp, side.support)
                })
                .collect()
        });
    let header: Vec<&str> =
        std::iter::once("blocks").chain(columns.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for AblationResult { name, elsewhere: sides, .. } in rows {
        let sides = sides
            .iter()
            .map(|(_, side)| Cell::new(format!("{:.2} {:.2}", side.macro_f1, side.auc)));
        table.add_row([Cell::new(name)].into_iter().chain(sides));
    }
    table.to_string()
}
