//! The mean lean of each outlet, and its scores toward each camp.

use maud::{Markup, html};

use super::super::super::report::{TOO_FEW, places, range, signed};
use super::{called, chart, interval, left_out, number};
use crate::outlets::lean::MeanEstimate;
use crate::outlets::shrinkage::{MIN_CLUSTERS, MIN_OUTLETS};
use crate::outlets::summary::{MIN_ARTICLES, Outlet, OutletReport};

/// The numbers of an outlet that its row of the chart must hold.
fn extent(outlet: &Outlet) -> Vec<f64> {
    let interval = outlet
        .lean
        .as_ref()
        .filter(|lean| lean.clusters >= MIN_CLUSTERS)
        .and_then(MeanEstimate::interval);
    let mean = outlet.lean.as_ref().map(|lean| lean.mean);
    let ends = interval.into_iter().chain(outlet.shrunken.as_ref().map(|lean| lean.interval));
    ends.flat_map(|(low, high)| [low, high]).chain(mean).collect()
}

/// The section with the chart of all outlets and its tables.
pub(super) fn section(summary: &OutletReport, drawn: &[&Outlet]) -> Markup {
    let scale = chart::scale(drawn.iter().copied().flat_map(extent));
    html! {
        h2 { "The outlets" }
        @if drawn.is_empty() {
            p {
                "No outlet has " (MIN_ARTICLES) " articles about the conflict, which a mean \
                 needs."
            }
        } @else {
            figure {
                (chart::leans(drawn, &summary.camps, scale))
                (chart::leans_key())
                figcaption {
                    "The figures are in the table below. A line that reaches the edge goes on \
                     beyond it."
                    (left_out(summary, drawn))
                }
            }
        }
        div.wide {
            table {
                caption {
                    "Mean lean of each outlet and what it may be, with 95 % certainty. “" (TOO_FEW)
                    "”: a mean needs " (MIN_ARTICLES)
                    " articles to be told, two events or days to have an \
                     interval, and " (MIN_CLUSTERS)
                    " to be weighed beside " (MIN_OUTLETS - 1) " or more other outlets."
                }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        @for column in ["Articles averaged", "Events or days", "Mean lean", "95 \
                         %", "Shrunken", "95 %", "Places"] {
                            th.number scope="col" { (column) }
                        }
                    }
                }
                tbody {
                    @for outlet in &summary.outlets {
                        tr {
                            th scope="row" { (called(outlet)) }
                            (number(&outlet.counts.weighed.to_string()))
                            @if let Some(lean) = &outlet.lean {
                                (number(&lean.clusters.to_string()))
                                (number(&signed(lean.mean)))
                                (interval(lean))
                            } @else { (number("")) (number(TOO_FEW)) (number("")) }
                            @if let Some(lean) = &outlet.shrunken {
                                (number(&signed(lean.mean)))
                                (number(&range(lean.interval)))
                                (number(&places(lean.places)))
                            } @else { (number(TOO_FEW)) (number("")) (number("")) }
                        }
                    }
                    @if let Some(overall) = &summary.overall {
                        tr {
                            th scope="row" {
                                "All outlets that could be compared (" (overall.outlets) ")"
                            }
                            (number("")) (number("")) (number("")) (number(""))
                            (number(&signed(overall.mean)))
                            (number(&range(overall.interval())))
                            (number(""))
                        }
                    }
                }
            }
        }
        h3 { "Toward each camp" }
        div.wide {
            table {
                caption { "Mean score, P(favor) − P(against), from −1 to 1, with its 95 % \
                 interval." }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        @for camp in &summary.camps {
                            th.number scope="col" { "Toward " (camp) }
                            th.number scope="col" { "95 %" }
                        }
                    }
                }
                tbody {
                    @for outlet in summary.outlets.iter().filter(|outlet| outlet.lean.is_some()) {
                        tr {
                            th scope="row" { (called(outlet)) }
                            @for toward in outlet.toward.iter().flatten() {
                                (number(&signed(toward.mean)))
                                (interval(toward))
                            }
                        }
                    }
                }
            }
        }
    }
}
