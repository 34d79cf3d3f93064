//! The mean lean of each outlet, month by month.

use maud::{Markup, html};

use super::axis::Axis;
use super::{View, chart, header, number, said};
use crate::outlets::summary::Outlet;
use crate::output::html::scrolled;
use crate::output::report::signed;

/// The largest number of months in a chart.
const MAX_MONTHS: usize = 240;

/// All months from the first to the last with articles; where these are too many, only those with
/// articles.
fn calendar(drawn: &[&Outlet]) -> Vec<String> {
    let mut present: Vec<&str> = drawn
        .iter()
        .flat_map(|outlet| outlet.months.iter().map(|(month, _)| month.as_str()))
        .collect();
    present.sort_unstable();
    present.dedup();
    let index = |month: &&str| {
        Some(
            month.get(..4)?.parse::<usize>().ok()? * 12 + month.get(5..)?.parse::<usize>().ok()?
                - 1,
        )
    };
    match (present.first().and_then(index), present.last().and_then(index)) {
        (Some(first), Some(last)) if last - first < MAX_MONTHS => {
            (first..=last).map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1)).collect()
        }
        _ => present.into_iter().map(str::to_owned).collect(),
    }
}

/// The section with a small chart for each outlet, all on the same axes, and a table.
pub(super) fn section(view: View) -> Markup {
    let dated: Vec<&Outlet> =
        view.drawn.iter().copied().filter(|outlet| !outlet.months.is_empty()).collect();
    let months = calendar(&dated);
    let axis = Axis::with_room_for(
        dated.iter().flat_map(|outlet| outlet.months.iter().map(|(_, lean)| lean.mean)),
    );
    html! {
        h2 { (view.say("report.time")) }
        @if dated.is_empty() {
            p { (view.say("report.time_none")) }
        } @else {
            p { (view.say("report.time_text")) }
            div.multiples {
                @for outlet in &dated {
                    figure {
                        figcaption { (said(&view.name(outlet))) }
                        (chart::months(view, outlet, &months, axis))
                    }
                }
            }
            details {
                summary { (view.say("report.time_table")) }
                (scrolled(view.say("report.time"), &table(view, &dated)))
            }
        }
    }
}

fn table(view: View, dated: &[&Outlet]) -> Markup {
    let columns = [
        (view.say("report.outlet"), false),
        (view.say("report.month"), false),
        (view.say("report.articles"), true),
        (view.say("report.clusters"), true),
        (view.say("report.mean"), true),
        (view.say("report.interval"), false),
    ];
    html! {
        table.sorted {
            (header(&columns))
            tbody {
                @for outlet in dated {
                    @for (month, lean) in &outlet.months {
                        tr {
                            th scope="row" { (view.called(outlet)) }
                            td.date { (month) }
                            (number(&lean.n.to_string()))
                            (number(&lean.clusters.to_string()))
                            (number(&signed(lean.mean)))
                            (view.interval(lean))
                        }
                    }
                }
            }
        }
    }
}
