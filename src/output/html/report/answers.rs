//! How many articles of each outlet were scored, unrelated, uncertain or failed.

use maud::{Markup, html};

use super::super::super::report::COUNTED;
use super::{called, chart, number};
use crate::outlets::summary::{Outlet, OutletReport};

/// The section with the chart of article counts and its tables.
pub(super) fn section(summary: &OutletReport, drawn: &[&Outlet]) -> Markup {
    html! {
        h2 { "How much could be told" }
        @if !drawn.is_empty() {
            figure { (chart::shares(drawn)) }
        }
        div.wide {
            table {
                caption { "Articles by what became of them." }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        @for column in ["Articles", "Averaged", "Of them uncertain", "Not about \
                         the conflict", "Not scored"] {
                            th.number scope="col" { (column) }
                        }
                    }
                }
                tbody {
                    @for outlet in &summary.outlets {
                        @let counts = &outlet.counts;
                        @let uncertain = format!("{} ({:.0} %)", counts.uncertain, 100.0 *
                            counts.uncertain_share());
                        tr {
                            th scope="row" { (called(outlet)) }
                            (number(&counts.articles.to_string()))
                            (number(&counts.weighed.to_string()))
                            (number(if counts.weighed > 0 { &uncertain } else { "" }))
                            (number(&counts.unrelated.to_string()))
                            (number(&counts.failed.to_string()))
                        }
                    }
                }
            }
        }
        h3 { "Stances" }
        div.wide {
            table {
                caption { "How many of the articles averaged have each stance toward each camp." }
                thead {
                    tr {
                        th scope="col" { "Outlet" }
                        th scope="col" { "Toward" }
                        @for stance in COUNTED { th.number scope="col" { (stance) } }
                    }
                }
                tbody {
                    @for outlet in summary.outlets.iter().filter(|outlet| outlet.lean.is_some()) {
                        @for (camp, stances) in summary.camps.iter().zip(&outlet.counts.stances) {
                            tr {
                                th scope="row" { (called(outlet)) }
                                td { (camp) }
                                @for stance in COUNTED {
                                    @let count = stances.get(stance).copied().unwrap_or_default();
                                    (number(&count.to_string()))
                                }
                            }
                        }
                    }
                }
            }
        }
        @if summary.counts().unread_dates > 0 {
            p { (summary.counts().unread_dates) " articles have a date that cannot be read; they \
             stand in no month." }
        }
    }
}
