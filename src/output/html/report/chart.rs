//! Charts as SVG. Horizontal positions are percentages, so that a chart fits a phone and a sheet of
//! paper while letters and dots keep their size. Shapes and patterns repeat what colours show.

use maud::{Markup, html};

use super::View;
use super::axis::{Axis, label};
use crate::outlets::lean::MeanEstimate;
use crate::outlets::summary::{Counts, Outlet};
use crate::output::report::{shortened, signed};
use crate::text::isolate::isolated;

/// Height of a chart over months, and the positions of the largest and smallest value of its axis.
const MONTHS_HEIGHT: f64 = 150.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 122.0;

/// The largest number of characters of a name.
const MAX_NAME: usize = 40;

/// An outlet's name in a chart, isolated from the direction of the text around it.
fn name(view: View, outlet: &Outlet) -> String {
    isolated(&shortened(&view.name(outlet), MAX_NAME))
}

/// The vertical position of a lean, in pixels.
fn down(axis: Axis, lean: f64) -> String {
    let middle = f64::midpoint(TOP, BOTTOM);
    format!("{:.2}", middle - (BOTTOM - middle) * (lean / axis.end).clamp(-1.0, 1.0))
}

/// A height in pixels, as CSS.
fn height(pixels: f64) -> String {
    format!("height:{pixels:.0}px")
}

/// A mean and its interval in words.
fn figures(view: View, lean: &MeanEstimate) -> String {
    let interval = lean.interval();
    let interval = interval
        .map_or_else(|| view.say("page.too_few").to_owned(), |interval| view.range(interval));
    view.words.list([view.words.apart(&signed(lean.mean)).as_str(), &interval])
}

/// The mean lean of one outlet over `months`, all months of the page.
pub(super) fn months(view: View, outlet: &Outlet, months: &[String], axis: Axis) -> Markup {
    let x = |month: &str| {
        let at = months.iter().position(|other| other == month).unwrap_or_default();
        format!("{:.3}%", 14.0 + 82.0 * (at as f64 + 0.5) / months.len().max(1) as f64)
    };
    let follows = |a: &str, b: &str| {
        let at = |month: &str| months.iter().position(|other| other == month);
        at(a).zip(at(b)).is_some_and(|(a, b)| a + 1 == b)
    };
    let y = |lean: f64| down(axis, lean);
    html! {
        svg.chart role="img" width="100%" height=(MONTHS_HEIGHT) style=(height(MONTHS_HEIGHT)) {
            title { (view.words.fill("report.time_of", &[("outlet", &name(view, outlet))])) }
            desc {
                @for (month, lean) in &outlet.months { (month) ": " (figures(view, lean)) ". " }
            }
            @for tick in [-axis.end, 0.0, axis.end] {
                line class=(if tick == 0.0 { "zero" } else { "rule" }) x1="14%" x2="96%"
                    y1=(y(tick)) y2=(y(tick)) {}
                text.faint x="12.5%" y=(y(tick)) dy="4" text-anchor="end" { (label(tick)) }
            }
            @for pair in outlet.months.windows(2) {
                @if follows(&pair[0].0, &pair[1].0) {
                    line.trend x1=(x(&pair[0].0)) x2=(x(&pair[1].0)) y1=(y(pair[0].1.mean))
                        y2=(y(pair[1].1.mean)) {}
                }
            }
            @for (month, lean) in &outlet.months {
                @if let Some((low, high)) = lean.interval() {
                    line.span x1=(x(month)) x2=(x(month)) y1=(y(low)) y2=(y(high)) {}
                }
                circle class=(if lean.error.is_some() { "dot" } else { "alone" }) cx=(x(month))
                    cy=(y(lean.mean)) r="3" {
                    title { (month) ": " (figures(view, lean)) }
                }
            }
            @if let (Some(first), Some(last)) = (months.first(), months.last()) {
                text.faint x="14%" y=(MONTHS_HEIGHT - 8.0) { (first) }
                @if first != last {
                    text.faint x="96%" y=(MONTHS_HEIGHT - 8.0) text-anchor="end" { (last) }
                }
            }
        }
    }
}

/// The parts of an outlet's articles: count, name and pattern of each.
fn parts<'a>(view: View<'a>, counts: &Counts) -> [(u64, &'a str, &'static str); 4] {
    let Counts { weighed, unrelated, failed, uncertain, .. } = counts;
    let words = view.words;
    [
        (weighed - uncertain, words.say("report.part_told"), "told"),
        (*uncertain, words.say("report.part_uncertain"), "hatched"),
        (*unrelated, words.say("report.part_unrelated"), "empty"),
        (*failed, words.say("report.part_failed"), "dotted"),
    ]
}

/// A bar of one kind of articles.
fn bar(kind: &str, x: &str, y: usize, width: &str) -> Markup {
    let fill = match kind {
        "hatched" => Some("url(#hatched)"),
        "dotted" => Some("url(#dotted)"),
        _ => None,
    };
    html! {
        rect class=(kind) fill=[fill] style=[fill.map(|fill| format!("fill:{fill}"))]
            x=(x) y=(y) width=(width) height="16" {}
        rect.edge x=(x) y=(y) width=(width) height="16" {}
    }
}

/// The parts of the articles of each outlet, as bars, with a legend of the parts that there are.
pub(super) fn shares(view: View) -> Markup {
    let bottom = view.drawn.len() * 44 + 4;
    let is_drawn =
        |part: usize| view.drawn.iter().any(|outlet| parts(view, &outlet.counts)[part].0 > 0);
    html! {
        svg.chart role="img" aria-labelledby="shares-title shares-desc" width="100%" height=(bottom)
            style=(height(bottom as f64)) {
            title id="shares-title" { (view.say("report.told")) }
            desc id="shares-desc" { (view.say("report.told_alt")) }
            defs {
                pattern id="hatched" width="7" height="7" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect.hatched width="7" height="7" {}
                    line.hatch x1="0" x2="0" y1="0" y2="7" {}
                }
                pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse" {
                    rect.empty width="6" height="6" {}
                    circle.dots cx="3" cy="3" r="1.3" {}
                }
            }
            @for (number, outlet) in view.drawn.iter().enumerate() {
                @let y = number * 44;
                text.name x="0" y=(y + 14) {
                    (view.words.list([
                        name(view, outlet).as_str(),
                        &view.words.count(outlet.counts.articles, "article"),
                    ]))
                }
                @let all = outlet.counts.articles.max(1) as f64;
                @let parts = parts(view, &outlet.counts);
                @for (number, (count, said, kind)) in parts.iter().enumerate() {
                    @let before: u64 = parts.iter().take(number).map(|(count, ..)| count).sum();
                    @if *count > 0 {
                        g {
                            title { (said) ": " (count) }
                            (bar(kind, &format!("{:.3}%", 100.0 * before as f64 / all), y + 20,
                                &format!("{:.3}%", 100.0 * *count as f64 / all)))
                        }
                    }
                }
            }
        }
        ul.key {
            @for (number, (_, said, kind)) in parts(view, &Counts::default()).iter().enumerate() {
                @if is_drawn(number) {
                    li {
                        svg.chart width="26" height="16" style="height:16px" aria-hidden="true" {
                            (bar(kind, "0", 0, "26"))
                        }
                        (said)
                    }
                }
            }
        }
    }
}
