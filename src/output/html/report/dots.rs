//! The chart of outlets: a dot for the mean lean of each, with its interval, and the shrunken mean.
//!
//! A row is the name and a track; the ruled lines are in the track only, so no name lies on them.
//! Who points at a dot or reaches it by keyboard gets its figures and strongest articles. Places
//! are percentages: the chart fits a phone and a sheet of paper.

use maud::{Markup, html};

use super::axis::{Axis, label};
use super::details::article_anchor;
use super::{View, said, short};
use crate::outlets::lean::{MIN_CLEAR, MeanEstimate};
use crate::outlets::shrinkage::MIN_CLUSTERS;
use crate::outlets::summary::{MIN_ARTICLES, Outlet};
use crate::output::report::signed;

/// Articles that a dot tells of.
const TOLD: usize = 3;

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

fn intervals(outlet: &Outlet) -> impl Iterator<Item = (f64, f64)> {
    let raw = outlet.lean.as_ref().and_then(MeanEstimate::interval);
    raw.into_iter().chain(outlet.shrunken.as_ref().map(|lean| lean.interval))
}

/// The chart with its legend.
pub(super) fn figure(view: View) -> Markup {
    let View { summary, drawn, words } = view;
    if drawn.is_empty() {
        let least = words.count(MIN_ARTICLES, "article");
        return html! { p { (words.fill("report.no_lean", &[("least", &least)])) } };
    }
    let axis = Axis::with_room_for(drawn.iter().copied().flat_map(extent));
    let [first, second] = &summary.camps;
    let goes_beyond = drawn
        .iter()
        .copied()
        .flat_map(intervals)
        .any(|(low, high)| !(axis.holds(low) && axis.holds(high)));
    let weighed = summary.outlets.iter().filter(|outlet| outlet.lean.is_some()).count();
    let named = |outlet: &&Outlet| outlet.name.is_some() && outlet.lean.is_none();
    let n_undrawn = summary.outlets.iter().filter(named).count();
    let direction = words.language().direction();
    let end = |key: &str, camp: &String| words.fill(key, &[("camp", camp)]);
    html! {
        figure.dots id="chart" aria-label=(words.say("report.chart")) {
            div.row.ends {
                span.name { (words.say("report.chart")) }
                div.track dir="ltr" {
                    span dir=(direction) { (end("report.chart_left", second)) }
                    span dir=(direction) { (end("report.chart_right", first)) }
                }
            }
            ul { @for outlet in drawn { (row(view, outlet, axis)) } }
            div.row.axis aria-hidden="true" {
                span.name {}
                div.track dir="ltr" {
                    @for lean in axis.ticks() {
                        span style=(left(axis, lean)) { (label(lean)) }
                    }
                }
            }
            figcaption {
                (key(view))
                p {
                    span.screen { (words.say("report.chart_hint")) }
                    @if goes_beyond { " " (words.say("report.chart_beyond")) }
                    @if n_undrawn > 0 {
                        " " (words.fill("report.undrawn", &[
                            ("outlets", &words.count(n_undrawn, "outlet")),
                            ("least", &words.count(MIN_ARTICLES, "article"))
                        ]))
                    }
                    @if weighed > drawn.len() {
                        @let (n, left) = (drawn.len(), weighed - drawn.len());
                        " " (words.fill("report.drawn", &[
                            ("drawn", &words.count(n, "outlet")), ("left", &left.to_string())
                        ]))
                    }
                }
            }
        }
    }
}

fn left(axis: Axis, lean: f64) -> String {
    format!("left:{:.2}%", axis.across(lean))
}

/// A line from one lean to another.
fn line(axis: Axis, class: &str, (low, high): (f64, f64)) -> Markup {
    let (low, high) = (axis.across(low), axis.across(high));
    html! { span class=(class) style=(format!("left:{low:.2}%;width:{:.2}%", high - low)) {} }
}

fn row(view: View, outlet: &Outlet, axis: Axis) -> Markup {
    let Some(lean) = &outlet.lean else { return Markup::default() };
    let anchor = view.anchor(outlet).unwrap_or_default();
    let figure = figures(view, lean);
    html! {
        li.row {
            span.name { (said(&view.name(outlet))) }
            div.track dir="ltr" {
                (line(axis, "even", (-MIN_CLEAR, MIN_CLEAR)))
                @for tick in axis.ticks() {
                    span.rule.zero[tick == 0.0] style=(left(axis, tick)) {}
                }
                @if let Some(interval) = lean.interval() { (line(axis, "thin", interval)) }
                @if let Some(shrunken) = &outlet.shrunken {
                    (line(axis, "thick", shrunken.interval))
                    span.diamond style=(left(axis, shrunken.mean)) {}
                }
                div.point style=(format!("--x:{:.2}%", axis.across(lean.mean))) {
                    a.dot href={ "#" (anchor) }
                        aria-label=(format!("{}: {figure}", view.name(outlet))) {}
                    (tip(view, outlet, &anchor, &figure))
                }
            }
        }
    }
}

/// Mean and interval in words.
fn figures(view: View, lean: &MeanEstimate) -> String {
    let mean = signed(lean.mean);
    match lean.interval() {
        Some(interval) => {
            let range = view.range(interval);
            view.words.fill("report.tip_lean", &[("lean", &mean), ("range", &range)])
        }
        None => view.words.fill("report.tip_alone", &[("lean", &mean)]),
    }
}

/// What a dot tells who points at it.
fn tip(view: View, outlet: &Outlet, anchor: &str, figures: &str) -> Markup {
    let words = view.words;
    html! {
        div.tip dir=(words.language().direction()) {
            strong { (said(&view.name(outlet))) }
            p { (figures) }
            @if let Some(shrunken) = &outlet.shrunken {
                p { (words.fill("report.tip_shrunken", &[
                    ("lean", &signed(shrunken.mean)), ("range", &view.range(shrunken.interval))
                ])) }
            }
            p { (words.fill("report.tip_articles", &[
                ("articles", &words.count(outlet.counts.weighed, "article"))
            ])) }
            @if !outlet.pulling.is_empty() {
                p { (words.say("report.tip_strongest")) }
                ol {
                    @for (number, (article, _)) in outlet.pulling.iter().take(TOLD).enumerate() {
                        li {
                            a href={ "#" (article_anchor(anchor, number)) } { (short(&article.id)) }
                            " " bdi dir="ltr" { (signed(article.lean as f64 / 1e6)) }
                        }
                    }
                }
            }
            p { a href={ "#" (anchor) } { (words.say("report.tip_all")) } }
        }
    }
}

/// The legend: what is drawn, and nothing else.
fn key(view: View) -> Markup {
    let words = view.words;
    let has_interval = view
        .drawn
        .iter()
        .any(|outlet| outlet.lean.as_ref().and_then(MeanEstimate::interval).is_some());
    html! {
        ul.key {
            li { span.sample { span.dot {} } (words.say("report.key_mean")) }
            @if has_interval {
                li { span.sample { span.thin {} } (words.say("report.key_interval")) }
            }
            li { span.sample { span.even {} } (words.say("report.key_even")) }
            @if view.drawn.iter().any(|outlet| outlet.shrunken.is_some()) {
                li { span.sample { span.thick {} span.diamond {} }
                    (words.say("report.key_shrunken")) }
            }
        }
    }
}
