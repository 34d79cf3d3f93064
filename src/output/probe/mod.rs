//! Results of probes as tables, JSON and Markdown.

mod wording;

use std::fmt::Write;

use comfy_table::Cell;
use serde_json::{Value, json};

use super::table::{Style, name, right, signed};
use crate::camp::Camps;
use crate::evaluation::probe::{MAX_SHARE, ProbeMetric, ProbeReport, ProbeResult, ScoreShift};
use crate::record::six;
use crate::text::isolate::plain;
use wording::{label, sentence};

/// A value for a table; a dash if it is not finite.
fn shown(value: f64) -> String {
    if value.is_finite() { format!("{value:.3}") } else { "—".to_owned() }
}

fn range((low, high): (f64, f64)) -> String {
    if low.is_finite() && high.is_finite() {
        format!("{low:.3}–{high:.3}")
    } else {
        String::new()
    }
}

/// The metrics of all probes as a table, followed by a sentence on each probe.
pub fn table(report: &ProbeReport, style: Style) -> String {
    let mut table = style.table(&["probe", "measure", "texts", "value", "95 %"]);
    for result in &report.results {
        for (at, metric) in result.metrics.iter().enumerate() {
            let ProbeMetric { kind, n_articles, value, interval } = *metric;
            let probe = if at == 0 { result.probe.as_str() } else { "" };
            table.add_row([
                Cell::new(probe),
                Cell::new(label(kind)),
                right(&n_articles.to_string()),
                right(&shown(value)),
                Cell::new(range(interval)),
            ]);
        }
    }
    let sentences = report
        .results
        .iter()
        .map(|result| format!("\n{}: {}", result.probe.as_str(), sentence(result)));
    format!("{table}\n{}", sentences.collect::<String>())
}

/// The `top` largest score shifts of each probe as a table.
pub fn shifts(report: &ProbeReport, camps: &Camps, top: usize, style: Style) -> String {
    let mut table = style.table(&["probe", "article", "toward", "score", "after", "counts"]);
    for ProbeResult { probe, shifts, .. } in &report.results {
        for (at, shift) in shifts.iter().take(top).enumerate() {
            let ScoreShift { id, camp, before, after, counted } = shift;
            let probe = if at == 0 { probe.as_str() } else { "" };
            let numbers = [signed(*before), signed(*after), format!("{counted:.2}")]
                .map(|number| right(&number));
            table.add_row(
                [Cell::new(probe), Cell::new(name(id)), Cell::new(camps.ids()[*camp])]
                    .into_iter()
                    .chain(numbers),
            );
        }
    }
    table.to_string()
}

/// The results as one JSON object: `{"texts", "spread", "tolerated", "probes": [{"probe", "holds",
/// "says", "measures": [{"measure", "texts", "value", "interval"}], "moved_most": [{"id",
/// "toward", "before", "after", "counts"}]}]}`. A value that could not be computed is `null`.
pub fn json(report: &ProbeReport, camps: &Camps, top: usize) -> Value {
    // serde_json writes NaN as `null`.
    let measure = |metric: &ProbeMetric| {
        json!({
            "measure": metric.kind.key(),
            "texts": metric.n_articles,
            "value": six(metric.value),
            "interval": [six(metric.interval.0), six(metric.interval.1)],
        })
    };
    let shift = |shift: &ScoreShift| {
        json!({
            "id": shift.id,
            "toward": camps.ids()[shift.camp],
            "before": six(shift.before),
            "after": six(shift.after),
            "counts": six(shift.counted),
        })
    };
    let probe = |result: &ProbeResult| {
        json!({
            "probe": result.probe.as_str(),
            "holds": result.holds,
            "says": sentence(result),
            "measures": result.metrics.iter().map(measure).collect::<Vec<_>>(),
            "moved_most": result.shifts.iter().take(top).map(shift).collect::<Vec<_>>(),
        })
    };
    json!({
        "texts": report.n_articles,
        "spread": six(report.spread),
        "tolerated": MAX_SHARE,
        "probes": report.results.iter().map(probe).collect::<Vec<_>>(),
    })
}

/// The results on held-out articles as a section of a model card.
pub fn markdown(report: &ProbeReport) -> String {
    let mut card = format!(
        "Probes: one thing is changed in the held-out articles, and their scores are compared, by \
         models of these settings that were not\ntrained on the articles' events. Shares are of \
         the spread (standard deviation) of the scores, {:.3}; at most {MAX_SHARE} is wanted of \
         the first\nof each probe, and of stances that change. `src/evaluation/probe/` says how \
         each is measured.\n\n| probe | measure | texts | value | 95 % |\n|---|---|---|---|---|\n",
        report.spread
    );
    // Writing into a string cannot fail.
    for result in &report.results {
        for metric in &result.metrics {
            let ProbeMetric { kind, n_articles, value, interval } = *metric;
            let _ = writeln!(
                card,
                "| {} | {} | {n_articles} | {} | {} |",
                result.probe.as_str(),
                label(kind),
                shown(value),
                range(interval)
            );
        }
    }
    for result in &report.results {
        let warning = if result.holds { "" } else { "**Warning.** " };
        let _ = write!(card, "\n- {warning}{}", plain(&sentence(result)));
    }
    card
}
