//! Tables for a person at a terminal.

mod ablation;
mod active_learning;
mod articles;
pub mod assessment;
mod comparison;
mod figures;
mod heldout;
mod labels;
mod overview;
mod verdicts;

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table,
    TableStyle, Width,
};

pub use ablation::{ablation, ablation_elsewhere};
pub use active_learning::{active_learning, labels_needed};
pub use articles::{Removed, answers, removals, terms};
pub use comparison::{baselines, models};
pub use figures::{figures, one_vs_rest};
pub use heldout::{contrast, coverage, reliability};
pub use labels::{agreement, agreement_lines, audits, dispute, quotas};
pub use overview::{in_full, overview};
pub use verdicts::{summary, verdicts};

use crate::camp::Stance;
use crate::text::isolate::plain;

/// Most characters of an id that are shown.
const NAME_WIDTH: usize = 30;

/// How a table is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: u16,
    /// Whether colours are wanted.
    pub colour: bool,
}

/// The last column of a narrow table is as wide as this at least.
const MIN_WIDTH: u16 = 14;

impl Style {
    /// Whether columns had better be left out.
    pub(crate) fn is_narrow(self) -> bool {
        self.width < 100
    }

    pub(crate) fn table(self, header: &[&str]) -> Table {
        let mut table = Table::new();
        let rule = LineStyle::none().fill('─').junction('─');
        table.load_style(TableStyle::new().header_separator(rule));
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        table.set_header(header.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
        // Only the last column, the longest, gives way to a narrow terminal; never so far that
        // words are cut letter by letter.
        let whole = header.len().saturating_sub(1);
        for column in table.column_iter_mut().take(whole) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        if self.is_narrow()
            && let Some(last) = table.column_mut(whole)
        {
            last.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(MIN_WIDTH)));
        }
        table
    }
}

/// The ends of an interval.
pub fn range((low, high): (f64, f64)) -> String {
    format!("{low:.2}–{high:.2}")
}

/// A value with the ends of its interval, in few characters: `.81 .77–.85`.
fn short(value: f64, (low, high): (f64, f64)) -> Cell {
    let cut = |number: f64| match format!("{number:.2}") {
        whole if whole == "1.00" => "1.0".to_owned(),
        part => part.trim_start_matches('0').to_owned(),
    };
    Cell::new(format!("{} {}–{}", cut(value), cut(low), cut(high)))
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// An id, not too long.
pub(in crate::output) fn name(id: &str) -> String {
    end_of(id, NAME_WIDTH)
}

/// The last `most` characters of an id: the end of a long path tells more than its beginning.
fn end_of(id: &str, most: usize) -> String {
    let id: Vec<char> = plain(id).chars().collect();
    match id.len().checked_sub(most) {
        None | Some(0) => id.into_iter().collect(),
        Some(more) => std::iter::once('…').chain(id.into_iter().skip(more + 1)).collect(),
    }
}

pub(crate) fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

pub(in crate::output) fn signed(number: f64) -> String {
    format!("{:+.2}", if number.abs() < 0.005 { 0.0 } else { number })
}

fn colour(stance: Stance) -> Color {
    match stance {
        Stance::Favor => Color::Green,
        Stance::Against => Color::Red,
        Stance::Neutral => Color::Reset,
        Stance::Unrelated => Color::DarkGrey,
    }
}
