//! Paired comparison of two models on the same held-out articles.

use std::collections::BTreeMap;

use super::HeldOutPredictions;
use crate::evaluation::paired::{PairedDifference, PairedPrediction};

/// The result of the test at the 95 % level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOutcome {
    /// The whole interval of the difference is above 0.
    Better,
    /// The interval contains 0.
    NoDifference,
    /// The whole interval is below 0.
    Worse,
}

/// A prediction that differs between two models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangedPrediction {
    /// Position of the article in the training set.
    pub position: usize,
    /// Number of the output.
    pub output: usize,
    /// The class that the earlier model predicts.
    pub before: usize,
    /// The class that the later model predicts.
    pub after: usize,
}

/// Two models on the same held-out articles.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutComparison {
    /// Macro-F1 of the two models and the difference, mean over the outputs.
    pub macro_f1: PairedDifference,
    /// The predictions that changed, by position and output.
    pub changed: Vec<ChangedPrediction>,
}

impl HeldOutComparison {
    /// Compares the predictions on the articles that both models have.
    pub fn new(before: &HeldOutPredictions, after: &HeldOutPredictions) -> Self {
        let mut clusters: BTreeMap<&str, Vec<PairedPrediction>> = BTreeMap::new();
        let mut changed = Vec::new();
        for (output, (old, new)) in before.predictions.iter().zip(&after.predictions).enumerate() {
            let old: BTreeMap<usize, usize> =
                old.iter().map(|one| (one.position, one.predicted)).collect();
            for one in new {
                let Some(&before) = old.get(&one.position) else { continue };
                let (position, after_class) = (one.position, one.predicted);
                if before != after_class {
                    changed.push(ChangedPrediction {
                        position,
                        output,
                        before,
                        after: after_class,
                    });
                }
                let pair =
                    PairedPrediction { output, label: one.label, before, after: after_class };
                clusters.entry(after.cluster(position)).or_default().push(pair);
            }
        }
        changed.sort_unstable();
        let clusters: Vec<_> = clusters.into_values().collect();
        let of_output = |output: usize| {
            let (n_classes, averaged) = after.classes(output);
            (output, n_classes, averaged)
        };
        let outputs: Vec<_> = (0..after.predictions.len()).map(of_output).collect();
        Self { macro_f1: PairedDifference::new(&clusters, &outputs), changed }
    }

    /// The result of the test.
    pub fn outcome(&self) -> ComparisonOutcome {
        match self.macro_f1.difference.interval {
            (low, _) if low > 0.0 => ComparisonOutcome::Better,
            (_, high) if high < 0.0 => ComparisonOutcome::Worse,
            _ => ComparisonOutcome::NoDifference,
        }
    }
}
