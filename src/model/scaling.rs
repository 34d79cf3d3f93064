//! Logits → calibrated probabilities.

use serde::{Deserialize, Serialize};

/// Vector scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2):
/// `P = softmax(scale · logit + shift)`, class by class. Fitted to the logits of
/// held-out articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scaling {
    /// The factor of each class's logit.
    pub scale: Vec<f64>,
    /// The term that is added for each class.
    pub shift: Vec<f64>,
}

impl Scaling {
    /// The identity: scales of 1, shifts of 0.
    pub fn none(n_classes: usize) -> Self {
        Self { scale: vec![1.0; n_classes], shift: vec![0.0; n_classes] }
    }

    /// The probabilities of the classes; they sum to 1.
    pub fn probabilities(&self, logits: &[f64]) -> Vec<f64> {
        softmax(self.logits(logits))
    }

    /// The logits of the classes, scaled and shifted.
    pub fn logits(&self, logits: &[f64]) -> Vec<f64> {
        let classes = logits.iter().zip(&self.scale).zip(&self.shift);
        classes.map(|((logit, scale), shift)| scale * logit + shift).collect()
    }

    /// This scaling and another behind it, as one.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let scale = self.scale.iter().zip(&next.scale).map(|(one, then)| one * then);
        let shift = next.logits(&self.shift);
        Self { scale: scale.collect(), shift }
    }

    /// Whether lengths and numbers are valid for `n_classes`.
    pub(crate) fn fits(&self, n_classes: usize) -> bool {
        let lengths = self.scale.len() == n_classes && self.shift.len() == n_classes;
        lengths && self.scale.iter().chain(&self.shift).all(|number| number.abs() < 1e6)
    }
}

/// `exp(logit) / Σ exp(logits)`. The largest logit is subtracted first, so that nothing overflows.
pub(crate) fn softmax(mut logits: Vec<f64>) -> Vec<f64> {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for logit in &mut logits {
        *logit = (*logit - largest).exp();
        sum += *logit;
    }
    for power in &mut logits {
        *power /= sum;
    }
    logits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_is_as_worked_out_by_hand() {
        let scaling = Scaling { scale: vec![2.0, 1.0], shift: vec![0.0, 3.0_f64.ln()] };
        // exp(2·ln 3) : exp(0 + ln 3) = 9 : 3.
        let p = scaling.probabilities(&[3.0_f64.ln(), 0.0]);
        assert!((p[0] - 0.75).abs() < 1e-12 && (p[1] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn large_logits_do_not_overflow() {
        assert_eq!(softmax(vec![1e4, 0.0]), [1.0, 0.0]);
    }
}
