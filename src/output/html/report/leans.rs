//! The mean lean of each outlet, and its scores toward each camp, as tables.

use maud::{Markup, html};

use super::{View, header, number};
use crate::outlets::shrinkage::{MIN_CLUSTERS, MIN_OUTLETS};
use crate::outlets::summary::{MIN_ARTICLES, Outlet};
use crate::output::html::scrolled;
use crate::output::report::{places, signed};

/// The section with the tables of all outlets.
pub(super) fn section(view: View) -> Markup {
    html! {
        h2 { (view.say("report.figures")) }
        (scrolled(view.say("report.figures"), &outlets(view)))
        h3 { (view.say("report.toward_each")) }
        (scrolled(view.say("report.toward_each"), &toward(view)))
    }
}

fn outlets(view: View) -> Markup {
    let View { summary, words, .. } = view;
    let columns = [
        (view.say("report.outlet"), false),
        (view.say("report.averaged"), true),
        (view.say("report.clusters"), true),
        (view.say("report.mean"), true),
        (view.say("report.interval"), false),
        (view.say("report.shrunken"), true),
        (view.say("report.interval"), false),
        (view.say("report.places"), true),
    ];
    let gaps = [
        ("too_few", words.say("page.too_few")),
        ("least", &words.count(MIN_ARTICLES, "article")),
        ("clusters", &MIN_CLUSTERS.to_string()),
        ("outlets", &words.count(MIN_OUTLETS, "outlet")),
    ];
    html! {
        table.sorted {
            caption { (words.fill("report.figures_caption", &gaps)) }
            (header(&columns))
            tbody { @for outlet in &summary.outlets { (row(view, outlet)) } }
            @if let Some(overall) = &summary.overall {
                @let outlets = words.count(overall.outlets, "outlet");
                tfoot { tr {
                    th scope="row" { (words.fill("report.all_compared", &[("outlets", &outlets)])) }
                    (number("")) (number("")) (number("")) td {}
                    (number(&signed(overall.mean)))
                    (view.range_cell(overall.interval()))
                    (number(""))
                } }
            }
        }
    }
}

fn row(view: View, outlet: &Outlet) -> Markup {
    html! {
        tr {
            th scope="row" { (view.called(outlet)) }
            (number(&outlet.counts.weighed.to_string()))
            @if let Some(lean) = &outlet.lean {
                (number(&lean.clusters.to_string()))
                (number(&signed(lean.mean)))
                (view.interval(lean))
            } @else { (number("")) (number("")) (view.too_few()) }
            @if let Some(lean) = &outlet.shrunken {
                (number(&signed(lean.mean)))
                (view.range_cell(lean.interval))
                (number(&places(lean.places)))
            } @else { (number("")) (view.too_few()) (number("")) }
        }
    }
}

fn toward(view: View) -> Markup {
    let View { summary, words, .. } = view;
    let toward = |camp: &String| words.fill("report.toward", &[("camp", camp)]);
    let toward = summary.camps.each_ref().map(toward);
    let mut columns = vec![(view.say("report.outlet"), false)];
    for camp in &toward {
        columns.extend([(camp.as_str(), true), (view.say("report.interval"), false)]);
    }
    html! {
        table.sorted {
            caption { (words.say("report.toward_caption")) }
            (header(&columns))
            tbody {
                @for outlet in summary.outlets.iter().filter(|outlet| outlet.lean.is_some()) {
                    tr {
                        th scope="row" { (view.called(outlet)) }
                        @for toward in outlet.toward.iter().flatten() {
                            (number(&signed(toward.mean)))
                            (view.interval(toward))
                        }
                    }
                }
            }
        }
    }
}
