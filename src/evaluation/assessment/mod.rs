//! Evaluation of a model on labelled articles: all metrics of `mizan evaluate`.
//!
//! Conventions: classes are those of [`Stance::ALL`]; macro-F1 is the mean F1 of favor, neutral and
//! against; a ratio without a denominator is 0 (`zero_division=0` in scikit-learn). An article that
//! cannot be scored counts as predicted unrelated and as not answered; it has no probabilities, so
//! calibration metrics skip it. Intervals are bootstrap intervals over clusters ([`Resampling`]).

mod assessor;
mod baseline_predictions;
mod baselines;
mod breakdown;
mod model_comparison;
mod one_vs_rest;
mod predictions;
mod sides;
#[cfg(test)]
mod tests;

use super::bootstrap::BootstrapEstimate;
use super::metrics::ConfusionMatrix;
use super::reliability::{CalibrationPoint, Reliability};
use super::{ClassificationReport, Coverage};
use crate::camp::Stance;
use crate::model::Decision;
pub use assessor::Assessor;
pub use baselines::Baseline;
pub use breakdown::{Breakdown, BreakdownGroup, BreakdownKey};
pub use model_comparison::ModelComparison;
pub use one_vs_rest::{OneVsRest, one_vs_rest};
pub use predictions::{Predictions, Resampling};
pub use sides::SideMetrics;

/// The classes over which F1 is averaged.
const AVERAGED: std::ops::Range<usize> = 0..Stance::SIDES.len();

/// Number of classes.
const N_CLASSES: usize = Stance::ALL.len();

/// Number of camps.
const N_CAMPS: usize = 2;

/// The risks for which coverage is computed: 0.05, 0.10 … 0.50.
const RISKS: [f64; 10] = [0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50];

/// The metrics of a model on labelled articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// How many articles there are.
    pub n_articles: usize,
    /// How many of them cannot be scored.
    pub n_unscored: usize,
    /// How articles are resampled for intervals.
    pub resampling: Resampling,
    /// Groups with fewer articles are pooled.
    pub min_group: usize,
    /// Metrics toward each camp.
    pub camps: Vec<CampAssessment>,
    /// Macro-F1, mean over the camps.
    pub mean_macro_f1: BootstrapEstimate,
    /// The sides that it takes, both camps together.
    pub sides: SideMetrics,
    /// Metrics by outlet, event, genre and length.
    pub breakdowns: Vec<Breakdown>,
    /// Baselines that need no model.
    pub baselines: Vec<Baseline>,
}

/// The metrics of the stance toward one camp.
#[derive(Clone, Debug, PartialEq)]
pub struct CampAssessment {
    /// Labels against predictions.
    pub report: ClassificationReport,
    /// The share of correct predictions.
    pub accuracy: BootstrapEstimate,
    /// Metrics of each class, in the order of [`Stance::ALL`].
    pub classes: Vec<ClassMetrics>,
    /// How many articles have probabilities.
    pub n_scored: usize,
    /// Calibration errors of the probabilities of the four classes.
    pub reliability: Reliability,
    /// Coverage and error rate by risk.
    pub coverage: Vec<Coverage>,
}

/// The metrics of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassMetrics {
    /// The share of the predictions of the class that are correct.
    pub precision: BootstrapEstimate,
    /// The share of the articles labelled with the class that are predicted so.
    pub recall: BootstrapEstimate,
    /// The harmonic mean of precision and recall.
    pub f1: BootstrapEstimate,
}

impl Assessment {
    /// Computes all metrics of `predictions`. `camps` are the ids of the camps, `decisions` the
    /// model's decision rules; groups of fewer than `min_group` articles are pooled.
    pub fn new(
        predictions: &[Predictions],
        camps: [&str; N_CAMPS],
        decisions: &[Decision],
        min_group: usize,
    ) -> Self {
        let all: Vec<&Predictions> = predictions.iter().collect();
        let resampling = Resampling::by_event(&all);
        let pairs = resampling.clusters(&all, |_, article| [0, 1].map(|camp| article.pair(camp)));
        let mean = |sample: &[[(usize, usize); N_CAMPS]]| {
            let of_camp = |camp: usize| {
                let pairs = sample.iter().map(|pairs| pairs[camp]);
                ConfusionMatrix::from_pairs(N_CLASSES, pairs).macro_f1(AVERAGED)
            };
            (0..N_CAMPS).map(of_camp).sum::<f64>() / N_CAMPS as f64
        };
        Self {
            n_articles: all.len(),
            n_unscored: all.iter().filter(|article| article.verdict.is_none()).count(),
            camps: camps
                .iter()
                .enumerate()
                .map(|(camp, id)| CampAssessment::new(&all, resampling, (camp, id), decisions))
                .collect(),
            mean_macro_f1: BootstrapEstimate::new(&pairs, mean),
            sides: SideMetrics::new(&all, resampling),
            breakdowns: BreakdownKey::ALL
                .into_iter()
                .map(|key| Breakdown::new(&all, key, min_group))
                .collect(),
            baselines: Baseline::all(&all, resampling),
            resampling,
            min_group,
        }
    }
}

impl CampAssessment {
    fn new(
        all: &[&Predictions],
        resampling: Resampling,
        (camp, id): (usize, &str),
        decisions: &[Decision],
    ) -> Self {
        let pairs = resampling.clusters(all, |_, article| article.pair(camp));
        let confusion = |pairs: &[(usize, usize)]| {
            ConfusionMatrix::from_pairs(N_CLASSES, pairs.iter().copied())
        };
        let of_class = |class: usize| {
            let shares = BootstrapEstimate::several(&pairs, |sample| {
                let confusion = confusion(sample);
                vec![confusion.precision(class), confusion.recall(class), confusion.f1(class)]
            });
            ClassMetrics { precision: shares[0], recall: shares[1], f1: shares[2] }
        };
        let scored: Vec<&Predictions> =
            all.iter().copied().filter(|article| article.verdict.is_some()).collect();
        let points = resampling.clusters(&scored, |_, article| {
            let probabilities = article.probabilities(camp).unwrap_or_default();
            CalibrationPoint::new(&probabilities, article.pair(camp).0)
        });
        let coverage = |risk: f64| {
            let wrong = resampling.clusters(all, |_, article| {
                let (label, predicted) = article.pair(camp);
                article.is_answered(camp, &decisions[camp], risk).then_some(label != predicted)
            });
            Coverage::new(id.to_owned(), risk, &wrong)
        };
        Self {
            report: ClassificationReport::new(id.to_owned(), N_CLASSES, AVERAGED, &pairs),
            accuracy: BootstrapEstimate::new(&pairs, |sample| confusion(sample).accuracy()),
            classes: (0..N_CLASSES).map(of_class).collect(),
            n_scored: scored.len(),
            reliability: Reliability::new(&points),
            coverage: RISKS.map(coverage).to_vec(),
        }
    }
}
