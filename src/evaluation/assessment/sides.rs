//! The sides that a model takes: favor or against, both camps together.
//!
//! Macro-F1 counts neutral articles, of which there are most, as much as all others. What a reader
//! of newspapers asks is this: of the sides that it takes, how many are right, and how many of
//! those that there are does it find?

use super::{ClassMetrics, N_CAMPS, Predictions, Resampling};
use crate::camp::Stance;
use crate::evaluation::bootstrap::BootstrapEstimate;

/// How many sides are taken, and how well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SideMetrics {
    /// How many labels take a side.
    pub labelled: usize,
    /// How many predictions take one.
    pub given: usize,
    /// How many predictions take the side of the label.
    pub right: usize,
    /// Precision, recall and their harmonic mean.
    pub metrics: ClassMetrics,
}

/// A label and a prediction: whether each takes a side, and whether it is the same one.
type Taken = [(bool, bool, bool); N_CAMPS];

impl SideMetrics {
    /// The sides in some predictions.
    pub(super) fn new(all: &[&Predictions], resampling: Resampling) -> Self {
        let is_side =
            |class: usize| matches!(Stance::ALL.get(class), Some(Stance::Favor | Stance::Against));
        let taken = |article: &Predictions| -> Taken {
            [0, 1].map(|camp| {
                let (label, predicted) = article.pair(camp);
                (is_side(label), is_side(predicted), is_side(label) && label == predicted)
            })
        };
        let clusters = resampling.clusters(all, |_, article| taken(article));
        let counts = |sample: &[Taken]| {
            let each = || sample.iter().flatten();
            [
                each().filter(|(labelled, ..)| *labelled).count(),
                each().filter(|(_, given, _)| *given).count(),
                each().filter(|(.., right)| *right).count(),
            ]
        };
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let shares = BootstrapEstimate::several(&clusters, |sample| {
            let [labelled, given, right] = counts(sample);
            vec![share(right, given), share(right, labelled), share(2 * right, given + labelled)]
        });
        let [labelled, given, right] = counts(&clusters.concat());
        let metrics = ClassMetrics { precision: shares[0], recall: shares[1], f1: shares[2] };
        Self { labelled, given, right, metrics }
    }
}
