//! The HTML report on the lean of outlets: the chart first, then what it means, then tables, then
//! notes.

mod answers;
mod axis;
mod chart;
mod details;
mod dots;
mod leans;
mod notes;
mod opening;
mod trends;

use maud::{Markup, html};

use super::super::report::{shortened, signed};
use super::super::words::Words;
use super::kind::PageKind;
use super::{Head, said};
use crate::outlets::lean::MeanEstimate;
use crate::outlets::summary::{Outlet, OutletReport};
use crate::text::isolate::plain;

/// CSS of this page only.
const STYLE: &str = include_str!("report.css");

/// The number of outlets in charts and details: those with most articles. The tables have all.
pub const MAX_DRAWN: usize = 40;

/// Characters that are shown of an id, a name or a word.
const MAX_SHOWN: usize = 120;

/// What every part of the page needs.
#[derive(Clone, Copy)]
struct View<'a> {
    summary: &'a OutletReport,
    /// The outlets in charts, in the order of the summary.
    drawn: &'a [&'a Outlet],
    words: &'a Words,
}

/// The whole page in the language of `words`. Without a `title` it has a default one; `names` are
/// the camps' names, in the order of the summary.
pub fn page(
    summary: &OutletReport,
    title: Option<&str>,
    names: &[String; 2],
    words: &Words,
) -> String {
    let [first, second] = &summary.camps;
    let title = title
        .map_or_else(|| words.fill("report.title", &[("first", first), ("second", second)]), plain);
    let drawn = drawn(summary);
    let is_off_topic = summary.counts().is_off_topic();
    let view = View { summary, drawn: if is_off_topic { &[] } else { &drawn }, words };
    let body = html! {
        main {
            h1 { (said(&title)) }
            (opening::lead(view))
            @if is_off_topic {
                (opening::warning(view))
                (answers::section(view))
            } @else {
                (dots::figure(view))
                (opening::meaning(view, names))
                (leans::section(view))
                (trends::section(view))
                (answers::section(view))
                (details::section(view))
            }
            (notes::section(view))
        }
    };
    let kind = PageKind::Report;
    super::page(&Head { kind, title: &title, words, style: STYLE, is_sorted: true }, &body)
}

/// The outlets in charts, in the order of the summary.
fn drawn(summary: &OutletReport) -> Vec<&Outlet> {
    let mut outlets: Vec<(usize, &Outlet)> =
        summary.outlets.iter().enumerate().filter(|(_, outlet)| outlet.lean.is_some()).collect();
    outlets.sort_by_key(|(place, outlet)| (std::cmp::Reverse(outlet.counts.weighed), *place));
    outlets.truncate(MAX_DRAWN);
    outlets.sort_by_key(|(place, _)| *place);
    outlets.into_iter().map(|(_, outlet)| outlet).collect()
}

impl<'a> View<'a> {
    /// A text without gaps.
    fn say(&self, key: &'a str) -> &'a str {
        self.words.say(key)
    }

    /// The name of an outlet.
    fn name(&self, outlet: &Outlet) -> String {
        let name = outlet.name.as_deref();
        name.map_or_else(|| self.say("page.nameless").to_owned(), |name| shortened(name, MAX_SHOWN))
    }

    /// The anchor of an outlet's part of the page, if it has one.
    fn anchor(&self, outlet: &Outlet) -> Option<String> {
        let at = self.drawn.iter().position(|drawn| std::ptr::eq(*drawn, outlet))?;
        Some(format!("outlet-{}", at + 1))
    }

    /// An outlet's name in a table: a link to its articles, if they are in the page.
    fn called(&self, outlet: &Outlet) -> Markup {
        let name = said(&self.name(outlet));
        match self.anchor(outlet) {
            Some(anchor) => html! { a href={ "#" (anchor) } { (name) } },
            None => name,
        }
    }

    /// The ends of an interval.
    fn range(&self, (low, high): (f64, f64)) -> String {
        self.words.fill("page.to", &[("low", &signed(low)), ("high", &signed(high))])
    }

    /// The cell of a 95 % interval.
    fn interval(&self, estimate: &MeanEstimate) -> Markup {
        match estimate.interval() {
            Some(interval) => self.range_cell(interval),
            None => self.too_few(),
        }
    }

    fn range_cell(&self, interval: (f64, f64)) -> Markup {
        html! { td.range { (self.range(interval)) } }
    }

    fn too_few(&self) -> Markup {
        html! { td.range { (self.say("page.too_few")) } }
    }
}

/// The row of a table's head: names of columns, those of numbers marked so.
fn header(columns: &[(&str, bool)]) -> Markup {
    html! {
        thead { tr {
            @for (column, is_number) in columns {
                th.number[*is_number] scope="col" { (column) }
            }
        } }
    }
}

/// Text from an article, truncated.
fn short(text: &str) -> Markup {
    said(&shortened(text, MAX_SHOWN))
}

fn number(text: &str) -> Markup {
    html! { td.number { (text) } }
}
