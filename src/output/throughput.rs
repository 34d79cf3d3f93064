//! Measured throughput as a table and as JSON.

use comfy_table::{Attribute, Cell};
use serde_json::{Value, json};

use super::table::{Style, right};
use crate::evaluation::throughput::{Passes, ThroughputReport, Timing};

/// The throughput of each stage as a table.
pub fn table(report: &ThroughputReport, style: Style) -> String {
    let all_threads = format!("{} threads", report.n_threads);
    let header = [
        "stage",
        "MB/s",
        "slowest–fastest",
        "articles/s",
        "of validation",
        &all_threads,
        "times one",
    ];
    let mut table = style.table(&header[..if report.n_threads > 1 { 7 } else { 5 }]);
    let rate = |seconds: f64| rounded(report.megabytes_per_second(seconds));
    for timing in &report.timings {
        let Some(Passes { median, min, max }) = Passes::new(&timing.one_thread) else { continue };
        let one_thread = [
            Cell::new(timing.stage.name()),
            right(&rate(median)).add_attribute(Attribute::Bold),
            right(&format!("{}–{}", rate(max), rate(min))),
            right(&format!("{:.0}", report.articles_per_second(median))),
            right(&fraction(report.relative_to_first(median))),
        ];
        let all_threads = Passes::new(&timing.all_threads)
            .map(|all| [right(&rate(all.median)), right(&format!("{:.2}", median / all.median))]);
        table.add_row(one_thread.into_iter().chain(all_threads.into_iter().flatten()));
    }
    let memory = report.peak_memory.map_or_else(String::new, |bytes| {
        format!("; most memory {:.0} MB, the articles among it", bytes as f64 / 1e6)
    });
    format!(
        "{table}\n{} articles, {:.2} MB of text{memory}",
        report.n_articles,
        report.n_bytes as f64 / 1e6
    )
}

/// The throughput of each stage as one JSON object.
pub fn json(report: &ThroughputReport) -> Value {
    let rates = |seconds: &[f64]| {
        Passes::new(seconds).map(|Passes { median, min, max }| {
            json!({
                "mb_per_s": report.megabytes_per_second(median),
                "min": report.megabytes_per_second(max),
                "max": report.megabytes_per_second(min),
                "articles_per_s": report.articles_per_second(median),
                "passes": seconds.len(),
            })
        })
    };
    let stage = |timing: &Timing| {
        let relative =
            Passes::new(&timing.one_thread).map(|passes| report.relative_to_first(passes.median));
        json!({
            "stage": timing.stage.name(),
            "one_thread": rates(&timing.one_thread),
            "of_validation": relative,
            "all_threads": rates(&timing.all_threads),
        })
    };
    json!({
        "program": concat!("mizan ", env!("CARGO_PKG_VERSION")),
        "articles": report.n_articles,
        "bytes": report.n_bytes,
        "threads": report.n_threads,
        "peak_memory_bytes": report.peak_memory,
        "stages": report.timings.iter().map(stage).collect::<Vec<_>>(),
    })
}

/// A rate with about three significant digits.
fn rounded(rate: f64) -> String {
    if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }
}

/// A share as a fraction of one: 1/6.2.
fn fraction(share: f64) -> String {
    if share > 0.95 { format!("{share:.1}") } else { format!("1/{:.1}", 1.0 / share) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::throughput::Stage;

    #[test]
    fn rates_are_as_worked_out_by_hand() {
        let timing = |stage, one_thread: &[f64], all_threads: &[f64]| Timing {
            stage,
            one_thread: one_thread.to_vec(),
            all_threads: all_threads.to_vec(),
        };
        let measured = ThroughputReport {
            n_articles: 100,
            n_bytes: 4_000_000,
            n_threads: 2,
            peak_memory: Some(31_000_000),
            timings: vec![
                timing(Stage::Validate, &[0.01, 0.005, 0.02], &[0.005]),
                timing(Stage::Score, &[0.05, 0.04, 0.08], &[0.025]),
            ],
        };
        let object = json(&measured);
        let score = &object["stages"][1];
        let rounded = |value: &Value| value.as_f64().map(|number| (number * 1e6).round() / 1e6);
        assert_eq!(
            ["mb_per_s", "min", "max"].map(|key| rounded(&score["one_thread"][key])),
            [Some(80.0), Some(50.0), Some(100.0)]
        );
        assert_eq!(rounded(&score["of_validation"]), Some(0.2));
        let shown = table(&measured, Style { width: 120, colour: false });
        let lines: Vec<Vec<&str>> =
            shown.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[3], ["score,", "model", "80", "50–100", "2000", "1/5.0", "160", "2.00"]);
        assert_eq!(
            shown.lines().last(),
            Some("100 articles, 4.00 MB of text; most memory 31 MB, the articles among it")
        );
    }
}
