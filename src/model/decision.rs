//! Probabilities → a class, or an abstention.
//!
//! *Offsets* (labels other than stances). With imbalanced classes the most probable class is seldom
//! a rare one. So each class has an offset that is added to the logarithm of its probability before
//! the largest is taken. The offsets maximise macro-F1 on held-out articles. They do not change the
//! probabilities, which stay calibrated. A stance has none: it is the most probable one as it is
//! shown ([`super::Task::decide`]).
//!
//! *Prediction sets.* `conformity(class)` is `exp(ln P + offset)`, scaled to sum to 1. For a risk r
//! there is a threshold such that the set of classes above it misses the right class in at most r
//! of the articles (split conformal prediction; Vovk, Gammerman, Shafer 2005; thresholds by the
//! finite-sample quantile, as in Angelopoulos and Bates 2023, section 1). There is an answer if
//! exactly one class is in the set. Of the thresholds that are as low or lower, the one with most
//! answers is taken for which at most r of the *answers* on held-out articles are wrong, because
//! that is the error rate that a user asks for.

use serde::{Deserialize, Serialize};

/// How the probabilities of one output become a class or an abstention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Added to the logarithm of each class's probability.
    pub offsets: Vec<f64>,
    /// For the risks 0.01, 0.02 … 0.50: the lowest conformity of a class in the prediction set.
    /// Above 1 where every answer would exceed the risk.
    pub thresholds: Vec<f64>,
}

/// How many risks have a threshold.
pub const RISKS: usize = 50;

/// A threshold that no conformity reaches, so that there is never an answer.
pub const NEVER: f64 = 2.0;

impl Decision {
    /// A decision without offsets, for the most probable class; no risk has a threshold.
    pub fn plain(n_classes: usize) -> Self {
        Self { offsets: vec![0.0; n_classes], thresholds: vec![NEVER; RISKS] }
    }

    /// How well each class fits, from its probability; they sum to 1.
    pub fn conformity(&self, probabilities: &[f64]) -> Vec<f64> {
        let powers: Vec<f64> =
            probabilities.iter().zip(&self.offsets).map(|(p, offset)| p * offset.exp()).collect();
        let sum: f64 = powers.iter().sum();
        powers.into_iter().map(|power| power / sum).collect()
    }

    /// The class that fits best; the first of equals.
    pub fn decide(&self, probabilities: &[f64]) -> usize {
        let conformity = self.conformity(probabilities);
        (0..conformity.len())
            .rev()
            .max_by(|&a, &b| conformity[a].total_cmp(&conformity[b]))
            .unwrap_or(0)
    }

    /// The prediction set at `risk` (from 0.01 to 0.50, rounded down to hundredths); empty if the
    /// article is unlike those that the threshold was computed from.
    pub fn set(&self, probabilities: &[f64], risk: f64) -> Vec<usize> {
        let threshold = self.threshold(risk);
        let conformity = self.conformity(probabilities);
        (0..conformity.len()).filter(|&class| conformity[class] >= threshold).collect()
    }

    /// The answer at `risk`: the only class of the prediction set.
    pub fn answer(&self, probabilities: &[f64], risk: f64) -> Option<usize> {
        match self.set(probabilities, risk)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    fn threshold(&self, risk: f64) -> f64 {
        // Rounding to six decimals corrects binary fractions (0.29 · 100 = 28.999…).
        let hundredths = ((risk * 100.0 * 1e6).round() / 1e6).floor();
        let at = (1..=RISKS).rev().find(|&at| at as f64 <= hundredths);
        at.map_or(NEVER, |at| self.thresholds[at - 1])
    }

    /// Whether lengths and numbers are valid for `n_classes`.
    pub(crate) fn fits(&self, n_classes: usize) -> bool {
        let numbers = self.offsets.iter().chain(&self.thresholds);
        self.offsets.len() == n_classes
            && self.thresholds.len() == RISKS
            && numbers.into_iter().all(|number| number.abs() < 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_change_the_decision_and_sets_follow_them() {
        let mut decision = Decision::plain(3);
        let p = [0.3, 0.5, 0.2];
        assert_eq!(decision.decide(&p), 1);
        decision.offsets[0] = 2.0_f64.ln();
        assert_eq!(decision.decide(&p), 0);
        // 0.6 : 0.5 : 0.2
        assert!((decision.conformity(&p)[0] - 6.0 / 13.0).abs() < 1e-12);
        decision.thresholds[9] = 0.4;
        decision.thresholds[28] = 0.2;
        assert_eq!((decision.answer(&p, 0.1), decision.set(&p, 0.29)), (Some(0), vec![0, 1]));
        assert_eq!(
            (decision.answer(&p, 0.29), decision.answer(&p, 0.05), decision.answer(&p, 0.001)),
            (None, None, None)
        );
    }

    #[test]
    fn the_first_of_equals_decides() {
        assert_eq!(Decision::plain(2).decide(&[0.5, 0.5]), 0);
    }
}
