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
    /// What the earlier model was when it was trained, where it learned from other rationales,
    /// passages or words: trained anew on today's, it is another.
    pub then: Option<FiguresThen>,
}

/// Held-out macro-F1 of a model when it was trained, and of the later one; means over the outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiguresThen {
    /// Of the earlier model.
    pub before: f64,
    /// The ends of its 95 % interval.
    pub interval: (f64, f64),
    /// Of the later one.
    pub after: f64,
}

impl FiguresThen {
    /// The mean of figures of one output each: value and ends of its interval, and the later value.
    /// `None` without figures.
    pub fn from_outputs(figures: &[([f64; 3], f64)]) -> Option<Self> {
        let n = figures.len() as f64;
        let mean = |numbers: &mut dyn Iterator<Item = f64>| numbers.sum::<f64>() / n;
        let then = |at: usize| mean(&mut figures.iter().map(|(then, _)| then[at]));
        (!figures.is_empty()).then(|| Self {
            before: then(0),
            interval: (then(1), then(2)),
            after: mean(&mut figures.iter().map(|(_, now)| *now)),
        })
    }
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
        Self { macro_f1: PairedDifference::new(&clusters, &outputs), changed, then: None }
    }

    /// The result of the test. Where the earlier model learned from other things, the articles
    /// cannot be paired: then the later figure is better if it is above the earlier one's interval.
    pub fn outcome(&self) -> ComparisonOutcome {
        if let Some(FiguresThen { interval: (low, high), after, .. }) = self.then {
            return if after > high {
                ComparisonOutcome::Better
            } else if after < low {
                ComparisonOutcome::Worse
            } else {
                ComparisonOutcome::NoDifference
            };
        }
        match self.macro_f1.difference.interval {
            (low, _) if low > 0.0 => ComparisonOutcome::Better,
            (_, high) if high < 0.0 => ComparisonOutcome::Worse,
            _ => ComparisonOutcome::NoDifference,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_was_is_a_mean_over_its_outputs() {
        let then = FiguresThen::from_outputs(&[([0.6, 0.5, 0.7], 0.8), ([0.4, 0.3, 0.5], 0.7)]);
        let then = then.unwrap();
        assert!((then.before - 0.5).abs() < 1e-12 && (then.after - 0.75).abs() < 1e-12);
        assert!((then.interval.0 - 0.4).abs() < 1e-12 && (then.interval.1 - 0.6).abs() < 1e-12);
        assert_eq!(FiguresThen::from_outputs(&[]), None);
    }
}
