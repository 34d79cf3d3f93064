//! What blocks of features are worth, for a person.

use comfy_table::Cell;

use super::{OneVsRest, Style, short};
use crate::evaluation::HeldOutSummary;
use crate::text::isolate::plain;

/// What blocks are worth on held-out groups: name, what came of it, and what came of it elsewhere.
pub fn ablation(rows: &[Ablated], style: Style) -> String {
    let header = rows.first().map_or_else(Vec::new, |(_, summaries, _)| {
        let figures = summaries
            .iter()
            .flat_map(|summary| summary.figures.iter().map(|figure| figure.name.clone()));
        let families = summaries
            .iter()
            .filter(|summary| !summary.contrast.is_empty())
            .map(|summary| format!("fam. {}", summary.grouping));
        figures.chain(families).collect()
    });
    let header: Vec<&str> =
        std::iter::once("blocks").chain(header.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for (name, summaries, _) in rows {
        let figures = summaries.iter().flat_map(|summary| &summary.figures);
        let figures = figures.map(|figure| short(figure.macro_f1(), figure.interval));
        let families = summaries.iter().filter_map(|summary| summary.contrast.last());
        let families = families.map(|contrast| short(contrast.right, contrast.interval));
        table.add_row([Cell::new(name)].into_iter().chain(figures).chain(families));
    }
    table.to_string()
}

/// A variant of blocks: its name, what came of it on held-out groups, and in other files.
pub type Ablated = (String, Vec<HeldOutSummary>, Vec<(String, OneVsRest)>);

/// What blocks are worth elsewhere.
pub fn ablation_elsewhere(rows: &[Ablated], style: Style) -> String {
    let columns = rows.first().map_or_else(Vec::new, |(_, _, sides)| {
        let short = |file: &str| plain(file).rsplit('-').next().unwrap_or_default().to_owned();
        sides
            .iter()
            .map(|(file, side)| {
                format!("{}: {} {} ({})", short(file), side.stance, side.camp, side.labelled)
            })
            .collect()
    });
    let header: Vec<&str> =
        std::iter::once("blocks").chain(columns.iter().map(String::as_str)).collect();
    let mut table = style.table(&header);
    for (name, _, sides) in rows {
        let sides = sides
            .iter()
            .map(|(_, side)| Cell::new(format!("{:.2} {:.2}", side.macro_f1, side.auc)));
        table.add_row([Cell::new(name)].into_iter().chain(sides));
    }
    table.to_string()
}
