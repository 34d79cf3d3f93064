//! What `mizan bench` measured, as a table and as JSON.

use comfy_table::{Attribute, Cell};
use serde_json::{Value, json};

use super::Stage;
use crate::output::table::{Style, right};

/// How long the passes of all articles through one stage took.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// The stage.
    pub stage: Stage,
    /// Seconds of each pass on one thread.
    pub alone: Vec<f64>,
    /// Seconds of each pass on all threads; none where there is only one.
    pub together: Vec<f64>,
}

/// What was measured, and on what.
#[derive(Clone, Debug, PartialEq)]
pub struct ThroughputReport {
    /// How many articles went through each stage.
    pub n_articles: usize,
    /// How many bytes of text they have.
    pub n_bytes: usize,
    /// How many threads `together` means.
    pub n_threads: usize,
    /// Most memory that the program took, in bytes, where the system tells.
    pub peak_memory: Option<u64>,
    /// The stages; the first is the yardstick.
    pub timings: Vec<Timing>,
}

/// The median, the least and the greatest of some seconds; `None` of none.
fn spread(seconds: &[f64]) -> Option<[f64; 3]> {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some([*sorted.get(sorted.len() / 2)?, *sorted.first()?, *sorted.last()?])
}

impl ThroughputReport {
    /// Megabytes (10⁶) a second, when all articles take so many seconds.
    fn megabytes(&self, seconds: f64) -> f64 {
        self.n_bytes as f64 / seconds / 1e6
    }

    /// Seconds of the yardstick.
    fn yardstick(&self) -> f64 {
        self.timings
            .first()
            .and_then(|timing| spread(&timing.alone))
            .map_or(f64::NAN, |[median, ..]| median)
    }

    /// The table.
    pub fn table(&self, style: Style) -> String {
        let together = format!("{} threads", self.n_threads);
        let header = [
            "stage",
            "MB/s",
            "slowest–fastest",
            "articles/s",
            "of validation",
            &together,
            "times one",
        ];
        let mut table = style.table(&header[..if self.n_threads > 1 { 7 } else { 5 }]);
        for timing in &self.timings {
            let Some([median, least, greatest]) = spread(&timing.alone) else { continue };
            let alone = [
                Cell::new(timing.stage.name()),
                right(&number(self.megabytes(median))).add_attribute(Attribute::Bold),
                right(&format!(
                    "{}–{}",
                    number(self.megabytes(greatest)),
                    number(self.megabytes(least))
                )),
                right(&format!("{:.0}", self.n_articles as f64 / median)),
                right(&share(self.yardstick() / median)),
            ];
            let together = spread(&timing.together).map(|[together, ..]| {
                [
                    right(&number(self.megabytes(together))),
                    right(&format!("{:.2}", median / together)),
                ]
            });
            table.add_row(alone.into_iter().chain(together.into_iter().flatten()));
        }
        let memory = self.peak_memory.map_or_else(String::new, |bytes| {
            format!("; most memory {:.0} MB, the articles among it", bytes as f64 / 1e6)
        });
        format!(
            "{table}\n{} articles, {:.2} MB of text{memory}",
            self.n_articles,
            self.n_bytes as f64 / 1e6
        )
    }

    /// One JSON object.
    pub fn json(&self) -> Value {
        let rates = |seconds: &[f64]| {
            spread(seconds).map(|[median, least, greatest]| {
                json!({
                    "mb_per_s": self.megabytes(median),
                    "min": self.megabytes(greatest),
                    "max": self.megabytes(least),
                    "articles_per_s": self.n_articles as f64 / median,
                    "passes": seconds.len(),
                })
            })
        };
        let stage = |timing: &Timing| {
            let median = spread(&timing.alone).map(|[median, ..]| self.yardstick() / median);
            json!({
                "stage": timing.stage.name(),
                "one_thread": rates(&timing.alone),
                "of_validation": median,
                "all_threads": rates(&timing.together),
            })
        };
        json!({
            "program": concat!("mizan ", env!("CARGO_PKG_VERSION")),
            "articles": self.n_articles,
            "bytes": self.n_bytes,
            "threads": self.n_threads,
            "peak_memory_bytes": self.peak_memory,
            "stages": self.timings.iter().map(stage).collect::<Vec<_>>(),
        })
    }
}

/// Three digits that say something.
fn number(rate: f64) -> String {
    if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") }
}

/// A share as a fraction of one, as it is said: 1/6.2.
fn share(share: f64) -> String {
    if share > 0.95 { format!("{share:.1}") } else { format!("1/{:.1}", 1.0 / share) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_as_worked_out_by_hand() {
        let timing = |stage, alone: &[f64], together: &[f64]| Timing {
            stage,
            alone: alone.to_vec(),
            together: together.to_vec(),
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
        let json = measured.json();
        let score = &json["stages"][1];
        let rounded = |value: &Value| value.as_f64().map(|number| (number * 1e6).round() / 1e6);
        assert_eq!(
            ["mb_per_s", "min", "max"].map(|key| rounded(&score["one_thread"][key])),
            [Some(80.0), Some(50.0), Some(100.0)]
        );
        assert_eq!(rounded(&score["of_validation"]), Some(0.2));
        let table = measured.table(Style { width: 120, colour: false });
        let lines: Vec<Vec<&str>> =
            table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[3], ["score,", "model", "80", "50–100", "2000", "1/5.0", "160", "2.00"]);
        assert_eq!(
            table.lines().last(),
            Some("100 articles, 4.00 MB of text; most memory 31 MB, the articles among it")
        );
    }
}
