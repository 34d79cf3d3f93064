//! How many articles of each outlet were scored, unrelated, uncertain or failed.

use maud::{Markup, html};

use super::{View, chart, header, number};
use crate::output::html::scrolled;
use crate::output::report::COUNTED;

/// The section with the chart of article counts and its tables.
pub(super) fn section(view: View) -> Markup {
    let unread = view.summary.counts().unread_dates;
    html! {
        h2 { (view.say("report.told")) }
        @if !view.drawn.is_empty() { figure { (chart::shares(view)) } }
        (scrolled(view.say("report.told"), &counts(view)))
        h3 { (view.say("report.stances")) }
        (scrolled(view.say("report.stances"), &stances(view)))
        @if unread > 0 {
            p { (view.words.fill("report.unread_dates", &[("n", &unread.to_string())])) }
        }
    }
}

fn counts(view: View) -> Markup {
    let columns = [
        (view.say("report.outlet"), false),
        (view.say("report.articles"), true),
        (view.say("report.averaged"), true),
        (view.say("report.uncertain"), true),
        (view.say("report.unrelated"), true),
        (view.say("report.failed"), true),
    ];
    html! {
        table.sorted {
            caption { (view.say("report.told_caption")) }
            (header(&columns))
            tbody {
                @for outlet in &view.summary.outlets {
                    @let counts = &outlet.counts;
                    @let uncertain = format!("{} ({:.0} %)", counts.uncertain, 100.0 *
                        counts.uncertain_share());
                    tr {
                        th scope="row" { (view.called(outlet)) }
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
}

fn stances(view: View) -> Markup {
    let mut columns = vec![(view.say("report.outlet"), false), (view.say("report.camp"), false)];
    columns.extend(COUNTED.map(|stance| (view.words.named("stance", stance), true)));
    html! {
        table.sorted {
            caption { (view.say("report.stances_caption")) }
            (header(&columns))
            tbody {
                @for outlet in view.summary.outlets.iter().filter(|outlet| outlet.lean.is_some()) {
                    @for (camp, stances) in view.summary.camps.iter().zip(&outlet.counts.stances) {
                        tr {
                            th scope="row" { (view.called(outlet)) }
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
}
