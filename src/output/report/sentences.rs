//! The sentences that decided outlets' surest articles, for a terminal.

use std::fmt::Write;

use super::{NAMELESS, shortened};
use crate::outlets::quotes::QuotedSentence;
use crate::outlets::summary::{Outlet, OutletReport};
use crate::output::lines::Lines;
use crate::output::table::Style;
use crate::text::isolate::isolated;

/// Outlets whose sentences are shown: those with most articles. JSON has all.
const MAX_OUTLETS: usize = 10;

/// Most characters of a sentence that are shown.
const MAX_CHARACTERS: usize = 240;

/// Columns of a line of text: longer lines are hard to read.
const MAX_WIDTH: u16 = 100;

/// For each outlet, the sentence that decided its surest article toward either side; empty where
/// the records name no deciding sentences.
pub fn sentences(summary: &OutletReport, style: Style) -> String {
    let quoted = |outlet: &&Outlet| outlet.sentences.iter().any(|toward| !toward.is_empty());
    let mut outlets: Vec<&Outlet> = summary.outlets.iter().filter(quoted).collect();
    outlets.sort_by_key(|outlet| std::cmp::Reverse(outlet.counts.weighed));
    outlets.truncate(MAX_OUTLETS);
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write_sentences(&mut out, &outlets, summary, style);
    out
}

fn write_sentences(
    out: &mut String,
    outlets: &[&Outlet],
    summary: &OutletReport,
    style: Style,
) -> std::fmt::Result {
    if !outlets.is_empty() {
        writeln!(out, "\nThe sentences that decided its surest articles, one toward each side:")?;
    }
    for outlet in outlets {
        let name = outlet.name.as_deref().unwrap_or(NAMELESS);
        writeln!(out, "\n{}", isolated(&shortened(name, 60)))?;
        for QuotedSentence { camp, stance, id, text, .. } in
            outlet.sentences.iter().filter_map(|toward| toward.first())
        {
            let camp = &summary.camps[*camp];
            writeln!(out, "  {stance} {camp}, in {}:", isolated(&shortened(id, 60)))?;
            let width = usize::from(style.width.min(MAX_WIDTH)).max(24) - 4;
            let mut lines = Lines::new(width, out);
            lines.text(&shortened(text, MAX_CHARACTERS), "");
            lines.end_line();
        }
    }
    Ok(())
}
