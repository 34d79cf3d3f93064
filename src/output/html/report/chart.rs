//! Charts as SVG. Horizontal positions are percentages, so that a chart fits a phone and a sheet of
//! paper while letters and dots keep their size. Shapes and patterns repeat what colours show.

use maud::{Markup, html};

use super::super::super::report::{NAMELESS, range, shortened, signed};
use crate::outlets::lean::MeanEstimate;
use crate::outlets::summary::{Counts, Outlet};
use crate::text::isolate::isolated;

/// Height of the row of an outlet, in pixels.
const ROW: usize = 52;

/// Height of the axis, in pixels.
const AXIS: usize = 36;

/// Height of a chart over months, and the positions of the largest and smallest value of its axis.
const MONTHS_HEIGHT: f64 = 150.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 122.0;

/// The largest number of characters of a name.
const MAX_NAME: usize = 40;

/// An outlet's name in a chart, isolated from the direction of the text around it.
pub fn name(outlet: &Outlet) -> String {
    isolated(
        &outlet
            .name
            .as_deref()
            .map_or_else(|| NAMELESS.to_owned(), |name| shortened(name, MAX_NAME)),
    )
}

/// The largest lean of an axis that holds all of `leans`.
pub fn scale(leans: impl Iterator<Item = f64>) -> f64 {
    let most = leans.fold(0.0, |most: f64, lean| most.max(lean.abs()));
    [0.1, 0.2, 0.5].into_iter().find(|&end| most <= end).unwrap_or(1.0)
}

/// The horizontal position of a lean, as a percentage: the second camp's end is at 3 %, the first
/// camp's at 97 %.
fn across(lean: f64, scale: f64) -> String {
    format!("{:.3}%", 50.0 + 47.0 * (lean / scale).clamp(-1.0, 1.0))
}

/// The vertical position of a lean, in pixels.
fn down(lean: f64, scale: f64) -> String {
    let middle = f64::midpoint(TOP, BOTTOM);
    format!("{:.2}", middle - (BOTTOM - middle) * (lean / scale).clamp(-1.0, 1.0))
}

/// The label of a tick.
fn tick_label(lean: f64) -> String {
    if lean == 0.0 { "0".to_owned() } else { format!("{lean:+}").replace('-', "−") }
}

/// A height in pixels, as CSS.
fn height(pixels: f64) -> String {
    format!("height:{pixels:.0}px")
}

/// The mark of a shrunken mean.
fn diamond(x: &str, y: usize) -> Markup {
    html! { svg x=(x) y=(y) width="1" height="1" style="height:1px" { path.shrunken d="M0-6 6 0 0 \
    6-6 0z" {} } }
}

/// The mean lean of each outlet with its interval, raw and shrunken.
pub fn leans(outlets: &[&Outlet], camps: &[String; 2], scale: f64) -> Markup {
    let bottom = AXIS + outlets.len() * ROW;
    let interval = |interval: Option<(f64, f64)>, y: usize, class: &str| {
        html! {
            @if let Some((low, high)) = interval {
                line class=(class) x1=(across(low, scale)) x2=(across(high, scale)) y1=(y) y2=(y) {}
            }
        }
    };
    html! {
        svg.chart role="img" aria-labelledby="leans-title leans-desc" width="100%" height=(bottom)
            style=(height(bottom as f64)) {
            title id="leans-title" { "Mean lean of each outlet" }
            desc id="leans-desc" {
                "One row an outlet, from " (signed(-scale)) " (toward " (camps[1]) ") at the left \
                 to " (signed(scale)) " (toward " (camps[0])
                ") at the right. An open circle with a dashed line is the mean lean and its 95 % \
                 interval, a filled diamond with a thick line "
                "the shrunken one. The table below says the same in figures."
            }
            text.faint x="3%" y="12" { "← toward " (camps[1]) }
            text.faint x="97%" y="12" text-anchor="end" { "toward " (camps[0]) " →" }
            @for tick in [-1.0, -0.5, 0.0, 0.5, 1.0] {
                @let lean = tick * scale;
                line class=(if tick == 0.0 { "zero" } else { "rule" }) x1=(across(lean, scale))
                    x2=(across(lean, scale)) y1=(AXIS) y2=(bottom) {}
                text.faint x=(across(lean, scale)) y=(AXIS - 6) text-anchor="middle"
                    { (tick_label(lean)) }
            }
            @for (number, outlet) in outlets.iter().enumerate() {
                @let y = AXIS + number * ROW;
                line.rule x1="0" x2="100%" y1=(y) y2=(y) {}
                text.name x="3%" y=(y + 17) { (name(outlet)) }
                @if let Some(lean) = &outlet.lean {
                    (interval(lean.interval(), y + 29, "thin"))
                    circle.mean cx=(across(lean.mean, scale)) cy=(y + 29) r="4.5" {
                        title { (name(outlet)) ": mean lean " (said(lean)) }
                    }
                }
                @if let Some(lean) = &outlet.shrunken {
                    (interval(Some(lean.interval), y + 42, "thick"))
                    (diamond(&across(lean.mean, scale), y + 42))
                }
            }
        }
    }
}

/// A mean and its interval in words.
fn said(lean: &MeanEstimate) -> String {
    let interval =
        lean.interval().map_or_else(|| "too few events or days for an interval".to_owned(), range);
    format!("{}, {interval}", signed(lean.mean))
}

/// The legend of [`leans`].
pub fn leans_key() -> Markup {
    html! {
        ul.key {
            li {
                svg.chart width="34" height="14" style="height:14px" aria-hidden="true" {
                    line.thin x1="0" x2="34" y1="7" y2="7" {}
                    circle.mean cx="17" cy="7" r="4.5" {}
                }
                "mean lean, 95 %"
            }
            li {
                svg.chart width="34" height="14" style="height:14px" aria-hidden="true" {
                    line.thick x1="0" x2="34" y1="7" y2="7" {}
                    (diamond("17", 7))
                }
                "shrunken mean lean, 95 %"
            }
        }
    }
}

/// The mean lean of one outlet over `months`, all months of the page.
pub fn months(outlet: &Outlet, months: &[String], scale: f64) -> Markup {
    let x = |month: &str| {
        let at = months.iter().position(|other| other == month).unwrap_or_default();
        format!("{:.3}%", 14.0 + 82.0 * (at as f64 + 0.5) / months.len().max(1) as f64)
    };
    let follows = |a: &str, b: &str| {
        let at = |month: &str| months.iter().position(|other| other == month);
        at(a).zip(at(b)).is_some_and(|(a, b)| a + 1 == b)
    };
    html! {
        svg.chart role="img" width="100%" height=(MONTHS_HEIGHT) style=(height(MONTHS_HEIGHT)) {
            title { "Mean lean of " (name(outlet)) " by month" }
            desc {
                @for (month, lean) in &outlet.months { (month) ": " (said(lean)) ". " }
            }
            @for tick in [-1.0, 0.0, 1.0] {
                @let y = down(tick * scale, scale);
                line class=(if tick == 0.0 { "zero" } else { "rule" }) x1="14%" x2="96%" y1=(y)
                    y2=(y) {}
                text.faint x="12.5%" y=(y) dy="4" text-anchor="end" { (tick_label(tick * scale)) }
            }
            @for pair in outlet.months.windows(2) {
                @if follows(&pair[0].0, &pair[1].0) {
                    line.trend x1=(x(&pair[0].0)) x2=(x(&pair[1].0))
                        y1=(down(pair[0].1.mean, scale)) y2=(down(pair[1].1.mean, scale)) {}
                }
            }
            @for (month, lean) in &outlet.months {
                @if let Some((low, high)) = lean.interval() {
                    line.span x1=(x(month)) x2=(x(month)) y1=(down(low, scale))
                        y2=(down(high, scale)) {}
                }
                circle class=(if lean.error.is_some() { "dot" } else { "alone" }) cx=(x(month))
                    cy=(down(lean.mean, scale)) r="3" {
                    title { (month) ": " (said(lean)) }
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
fn parts(counts: &Counts) -> [(u64, &'static str, &'static str); 4] {
    let Counts { weighed, unrelated, failed, uncertain, .. } = counts;
    [
        (weighed - uncertain, "stance told toward both camps", "told"),
        (*uncertain, "uncertain toward one or both", "hatched"),
        (*unrelated, "not about the conflict", "empty"),
        (*failed, "could not be scored", "dotted"),
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

/// The parts of the articles of each outlet, as bars.
pub fn shares(outlets: &[&Outlet]) -> Markup {
    let bottom = outlets.len() * 44 + 4;
    html! {
        svg.chart role="img" aria-labelledby="shares-title shares-desc" width="100%" height=(bottom)
            style=(height(bottom as f64)) {
            title id="shares-title" { "What became of the articles of each outlet" }
            desc id="shares-desc" { "One bar an outlet, parted by what could be told of its \
             articles. The table below says the same in figures." }
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
            @for (number, outlet) in outlets.iter().enumerate() {
                @let y = number * 44;
                text.name x="0" y=(y + 14) {
                    (name(outlet)) ", " (outlet.counts.articles)
                    @if outlet.counts.articles == 1 { " article" } @else { " articles" }
                }
                @let all = outlet.counts.articles.max(1) as f64;
                @for (number, (count, said, kind)) in parts(&outlet.counts).iter().enumerate() {
                    @let before: u64 =
                        parts(&outlet.counts).iter().take(number).map(|(count, ..)| count).sum();
                    @if *count > 0 {
                        g {
                            title { (count) " " (said) }
                            (bar(kind, &format!("{:.3}%", 100.0 * before as f64 / all), y + 20,
                                &format!("{:.3}%", 100.0 * *count as f64 / all)))
                        }
                    }
                }
            }
        }
        ul.key {
            @for (_, said, kind) in parts(&Counts::default()) {
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
