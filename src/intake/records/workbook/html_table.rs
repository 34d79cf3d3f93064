//! The rows of the tables of an HTML page that is called .xls.

use dom_query::NodeRef;

use super::{Sheet, SheetRow};
use crate::intake::IntakeError;
use crate::intake::html;

/// Elements that begin a line of a cell.
const LINES: &str = "br, p, div, li";

/// Most columns that a cell may take.
const MAX_SPAN: u32 = 1_000;

/// The tables of a page, as sheets.
pub(super) fn read(page: &str) -> Result<Vec<Sheet>, IntakeError> {
    let document = html::parse::page(page)?;
    document.select(LINES).append_html("\n");
    let sheets = document.select("table").iter().enumerate().map(|(number, table)| {
        let rows = table.select("tr");
        let rows =
            rows.nodes().iter().enumerate().filter_map(|(at, row)| filled(at, row)).collect();
        Sheet { name: (number + 1).to_string(), rows }
    });
    Ok(sheets.collect())
}

fn filled(number: usize, row: &NodeRef) -> Option<SheetRow> {
    let (mut cells, mut column) = (Vec::new(), 0);
    for cell in row.element_children() {
        let text = cell.text();
        if !text.trim().is_empty() {
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
            cells.push((column, lines.join("\n")));
        }
        let span = cell.attr("colspan").and_then(|span| span.trim().parse::<u32>().ok());
        column += span.unwrap_or(1).clamp(1, MAX_SPAN);
    }
    (!cells.is_empty()).then(|| (u32::try_from(number + 1).unwrap_or(u32::MAX), cells))
}
