//! Predictions for articles whose group was held out from training, from the selection of
//! parameters, and from calibration. Needs the room `training`.

mod comparison;
mod label_issues;
mod summary;
mod training_run;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Decision, Question};
use crate::training::calibration::{Calibration, HeldOutLogits};
use crate::training::{Grouping, TrainingSet};
pub use comparison::{ChangedPrediction, ComparisonOutcome, FiguresThen, HeldOutComparison};
pub use label_issues::{LabelIssue, find_label_issues};
pub use summary::{ContrastConsistency, HeldOutSummary};
pub use training_run::TrainingRun;

/// The held-out prediction of one output for one article.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutPrediction {
    /// Position of the article in the training set.
    pub position: usize,
    /// The class of the label.
    pub label: usize,
    /// The predicted class.
    pub predicted: usize,
    /// Uncalibrated probabilities; shape `(n_classes)`.
    pub uncalibrated: Vec<f64>,
    /// Probabilities calibrated on the other folds; shape `(n_classes)`.
    pub probabilities: Vec<f64>,
    fold: usize,
}

/// The held-out predictions for a training set.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutPredictions {
    /// The grouping that was held out: `events`.
    pub grouping: String,
    /// The predictions of each output, in the order of positions; shape `(n_outputs, n_labelled)`.
    pub predictions: Vec<Vec<HeldOutPrediction>>,
    outputs: Vec<Question>,
    /// The classes of each output over which F1 is averaged.
    averaged: Vec<Range<usize>>,
    /// The decision rules; shape `(n_folds, n_outputs)`.
    decisions: Vec<Vec<Decision>>,
    /// The cluster of each article for the bootstrap.
    clusters: Vec<String>,
    /// The contrast family of each article.
    families: Vec<Option<String>>,
}

impl HeldOutPredictions {
    /// Calibrates the held-out `logits` of each of `folds` on those of the other folds, and
    /// decides; an article that is off topic is unrelated, as for a model. Articles of a companion
    /// set calibrate, but are none of the predictions. With a single fold there
    /// is no calibration.
    pub fn new(
        set: &TrainingSet,
        grouping: &Grouping,
        folds: &[Vec<usize>],
        logits: &HeldOutLogits,
    ) -> Self {
        let outputs = set.task.outputs();
        let mut predictions: Vec<Vec<HeldOutPrediction>> = vec![Vec::new(); outputs.len()];
        let mut decisions = Vec::new();
        let identity = Calibration::identity(&set.task);
        for (number, fold) in folds.iter().enumerate() {
            let mut others = logits.clone();
            for &position in fold {
                others[position] = None;
            }
            let calibration = if folds.len() > 1 {
                Calibration::learn(set, &[&others])
            } else {
                identity.clone()
            };
            for &position in fold.iter().filter(|&&position| set.is_measured(position)) {
                let Some(logits) = &logits[position] else { continue };
                let on_topic = set.texts[position].findings.on_topic;
                let gated = |by: &Calibration| by.gated_probabilities(&set.task, on_topic, logits);
                let (uncalibrated, probabilities) = (gated(&identity), gated(&calibration));
                let predicted = set.task.decide(&calibration.decisions, &probabilities);
                let both = uncalibrated.into_iter().zip(probabilities);
                for (output, (uncalibrated, probabilities)) in both.enumerate() {
                    let Some(label) = set.labels[position][output] else { continue };
                    predictions[output].push(HeldOutPrediction {
                        position,
                        label,
                        predicted: predicted[output],
                        uncalibrated,
                        probabilities,
                        fold: number,
                    });
                }
            }
            decisions.push(calibration.decisions);
        }
        for predictions in &mut predictions {
            predictions.sort_by_key(|prediction| prediction.position);
        }
        Self {
            grouping: grouping.name.clone(),
            averaged: (0..outputs.len()).map(|output| set.task.averaged(output)).collect(),
            outputs,
            predictions,
            decisions,
            families: set.families.clone(),
            clusters: set.groupings.first().map_or_else(Vec::new, |first| first.keys.clone()),
        }
    }

    /// The values of `f` for the predictions of one output, by cluster.
    fn clustered<T>(&self, output: usize, f: impl Fn(&HeldOutPrediction) -> T) -> Vec<Vec<T>> {
        let mut clusters: BTreeMap<&str, Vec<T>> = BTreeMap::new();
        for prediction in &self.predictions[output] {
            clusters.entry(&self.clusters[prediction.position]).or_default().push(f(prediction));
        }
        clusters.into_values().collect()
    }

    /// The cluster of the article at `position`.
    fn cluster(&self, position: usize) -> &str {
        &self.clusters[position]
    }

    /// The number of classes of one output, and those over which F1 is averaged.
    fn classes(&self, output: usize) -> (usize, Range<usize>) {
        (self.outputs[output].classes.len(), self.averaged[output].clone())
    }
}
