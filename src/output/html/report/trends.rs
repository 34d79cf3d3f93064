//! The mean lean of each outlet, month by month.

use maud::{Markup, html};

use super::super::super::report::signed;
use super::{called, chart, interval, number};
use crate::outlets::summary::Outlet;

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
pub(super) fn section(drawn: &[&Outlet]) -> Markup {
    let dated: Vec<&Outlet> =
        drawn.iter().copied().filter(|outlet| !outlet.months.is_empty()).collect();
    let months = calendar(&dated);
    let scale = chart::scale(
        dated.iter().flat_map(|outlet| outlet.months.iter().map(|(_, lean)| lean.mean)),
    );
    html! {
        h2 { "Over time" }
        @if dated.is_empty() {
            p { "No article that was averaged has a date that can be read." }
        } @else {
            p {
                "Mean lean by month of publication, with its 95 % interval where the month has \
                 two events or days at least; an open dot has none. "
                "Months with few events jump by chance: look at the intervals, not at the line."
            }
            div.multiples {
                @for outlet in &dated {
                    figure {
                        figcaption { (called(outlet)) }
                        (chart::months(outlet, &months, scale))
                    }
                }
            }
            details {
                summary { "The same as a table" }
                div.wide {
                    table {
                        thead {
                            tr {
                                th scope="col" { "Outlet" }
                                th scope="col" { "Month" }
                                @for column in ["Articles", "Events or days", "Mean lean", "95 \
                                 %"] { th.number scope="col" { (column) } }
                            }
                        }
                        tbody {
                            @for outlet in &dated {
                                @for (month, lean) in &outlet.months {
                                    tr {
                                        th scope="row" { (called(outlet)) }
                                        td { (month) }
                                        (number(&lean.n.to_string()))
                                        (number(&lean.clusters.to_string()))
                                        (number(&signed(lean.mean)))
                                        (interval(lean))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
