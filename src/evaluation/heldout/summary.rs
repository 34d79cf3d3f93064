//! The metrics of held-out predictions.

use std::collections::BTreeMap;

use super::{HeldOutPrediction, HeldOutPredictions};
use crate::evaluation::bootstrap::BootstrapEstimate;
use crate::evaluation::reliability::CalibrationPoint;
use crate::evaluation::{ClassificationReport, Coverage, Reliability};
use crate::model::Question;

/// The metrics of the held-out predictions for one grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutSummary {
    /// The grouping that was held out: `events`.
    pub grouping: String,
    /// Labels against predictions; one report per output.
    pub reports: Vec<ClassificationReport>,
    /// Calibration errors of the probabilities before and after calibration.
    pub reliability: [Reliability; 2],
    /// Coverage and error rate by risk, for each output.
    pub coverage: Vec<Coverage>,
    /// Consistency on contrast families; empty without families.
    pub contrast: Vec<ContrastConsistency>,
}

impl HeldOutSummary {
    /// The metrics that a model file keeps, by name: value, and the ends of the 95 % interval.
    pub fn provenance_figures(summaries: &[Self]) -> BTreeMap<String, [f64; 3]> {
        let mut figures = BTreeMap::new();
        for Self { grouping, reports, reliability: [_, calibrated], contrast, .. } in summaries {
            for report in reports {
                figures.insert(
                    format!("macro-F1, {}", report.name),
                    [report.macro_f1(), report.interval.0, report.interval.1],
                );
            }
            for row in contrast {
                let (low, high) = row.consistent.interval;
                figures.insert(
                    format!("contrast families right, {grouping}, {}", row.output),
                    [row.consistent.value, low, high],
                );
            }
            let errors = [("calibration error", calibrated.ece), ("Brier score", calibrated.brier)];
            for (name, BootstrapEstimate { value, interval: (low, high) }) in errors {
                figures.insert(format!("{name}, {grouping}"), [value, low, high]);
            }
        }
        figures
    }
}

/// The share of contrast families in which every member is predicted correctly: contrast
/// consistency (Gardner et al. 2020, "Evaluating Models' Local Decision Boundaries via Contrast
/// Sets", section 2.2).
#[derive(Clone, Debug, PartialEq)]
pub struct ContrastConsistency {
    /// The output, or all of them at once.
    pub output: String,
    /// How many families there are.
    pub n_families: usize,
    /// The share that is consistent.
    pub consistent: BootstrapEstimate,
}

impl HeldOutPredictions {
    /// Computes all metrics; coverage for each of `risks`.
    pub fn summary(&self, risks: &[f64]) -> HeldOutSummary {
        HeldOutSummary {
            grouping: self.grouping.clone(),
            reports: self.reports(),
            reliability: self.reliability(),
            coverage: self.coverage(risks),
            contrast: self.contrast(),
        }
    }

    /// Labels against predictions, output by output; intervals by clusters of the first grouping.
    fn reports(&self) -> Vec<ClassificationReport> {
        let report = |(output, question): (usize, &Question)| {
            let pairs = self.clustered(output, |one| (one.label, one.predicted));
            let name = format!("{}, {}", self.grouping, question.name);
            let (n_classes, averaged) = self.classes(output);
            ClassificationReport::new(name, n_classes, averaged, &pairs)
        };
        self.outputs.iter().enumerate().map(report).collect()
    }

    /// Errors of the probabilities of all outputs, before and after calibration.
    fn reliability(&self) -> [Reliability; 2] {
        let of = |probabilities: fn(&HeldOutPrediction) -> &[f64]| {
            let clusters: Vec<Vec<CalibrationPoint>> = (0..self.outputs.len())
                .flat_map(|output| {
                    self.clustered(output, |one| {
                        CalibrationPoint::new(probabilities(one), one.label)
                    })
                })
                .collect();
            Reliability::new(&clusters)
        };
        [of(|one| &one.uncalibrated), of(|one| &one.probabilities)]
    }

    /// Coverage and error rate, output by output, for each of `risks`.
    fn coverage(&self, risks: &[f64]) -> Vec<Coverage> {
        let mut rows = Vec::new();
        for (output, question) in self.outputs.iter().enumerate() {
            for &risk in risks {
                let clusters = self.clustered(output, |one| {
                    self.decisions[one.fold][output]
                        .answer(&one.probabilities, risk)
                        .map(|answer| answer != one.label)
                });
                rows.push(Coverage::new(question.name.clone(), risk, &clusters));
            }
        }
        rows
    }

    /// Contrast consistency for each output, and for all outputs at once if there are several. The
    /// members of a family differ only in a few words of framing, so nothing else can help.
    fn contrast(&self) -> Vec<ContrastConsistency> {
        let n_outputs = self.outputs.len();
        let mut families: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
        for (output, predictions) in self.predictions.iter().enumerate() {
            for one in predictions {
                if let Some(family) = &self.families[one.position] {
                    let right = families.entry(family).or_insert_with(|| vec![true; n_outputs]);
                    right[output] &= one.label == one.predicted;
                }
            }
        }
        let families: Vec<Vec<bool>> = families.into_values().collect();
        if families.is_empty() {
            return Vec::new();
        }
        let alone: Vec<Vec<usize>> = (0..families.len()).map(|family| vec![family]).collect();
        let of = |name: &str, holds: &dyn Fn(&[bool]) -> bool| {
            let share = |sample: &[usize]| {
                sample.iter().filter(|&&family| holds(&families[family])).count() as f64
                    / sample.len() as f64
            };
            ContrastConsistency {
                output: name.to_owned(),
                n_families: families.len(),
                consistent: BootstrapEstimate::new(&alone, share),
            }
        };
        let one = |(output, question): (usize, &Question)| {
            of(&question.name, &|right: &[bool]| right[output])
        };
        let mut contrast: Vec<ContrastConsistency> =
            self.outputs.iter().enumerate().map(one).collect();
        if n_outputs > 1 {
            contrast.push(of("all at once", &|right: &[bool]| right.iter().all(|right| *right)));
        }
        contrast
    }
}
