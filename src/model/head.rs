//! A head: a multinomial logistic model over the features, one weight per feature and class.

use super::scaling::softmax;
use crate::features::{MAX_PARAMETER, SparseRow};

/// Weights and intercepts of one multinomial logistic model.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    n_classes: usize,
    weights: Vec<f32>,
    intercepts: Vec<f32>,
}

impl Head {
    /// A head from `weights` of shape `(n_features, n_classes)`, row by row, and one intercept per
    /// class.
    ///
    /// `None` when the lengths do not fit or a number is beyond [`MAX_PARAMETER`].
    pub fn new(weights: Vec<f32>, intercepts: Vec<f32>) -> Option<Self> {
        let n_classes = intercepts.len();
        let fits = n_classes > 0 && weights.len().is_multiple_of(n_classes);
        let is_bounded = weights.iter().chain(&intercepts).all(|w| w.abs() <= MAX_PARAMETER);
        (fits && is_bounded).then_some(Self { n_classes, weights, intercepts })
    }

    /// The number of classes.
    pub fn n_classes(&self) -> usize {
        self.n_classes
    }

    /// The number of features.
    pub fn n_features(&self) -> usize {
        self.weights.len() / self.n_classes
    }

    /// The weights, shape `(n_features, n_classes)`, row by row.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The intercepts, by class.
    pub fn intercepts(&self) -> &[f32] {
        &self.intercepts
    }

    /// The weight of one feature for one class.
    pub fn weight(&self, feature: usize, class: usize) -> f64 {
        f64::from(self.weights[feature * self.n_classes + class])
    }

    /// The logits of one row, by class: intercept plus the dot product with the class's weights.
    pub fn logits(&self, row: &SparseRow) -> Vec<f64> {
        let mut logits: Vec<f64> =
            self.intercepts.iter().map(|&intercept| f64::from(intercept)).collect();
        for (feature, value) in row.iter() {
            for (class, logit) in logits.iter_mut().enumerate() {
                *logit += value * self.weight(feature, class);
            }
        }
        logits
    }

    /// The probabilities of one row, by class: the softmax of its logits. They sum to 1.
    pub fn probabilities(&self, row: &SparseRow) -> Vec<f64> {
        softmax(self.logits(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_as_worked_out_by_hand() {
        let ln2 = std::f32::consts::LN_2;
        let head = Head::new(vec![ln2, 0.0, 0.0, 9.0, 9.0, 9.0], vec![0.0, 0.0, 0.0]).unwrap();
        let row = SparseRow { columns: vec![0], values: vec![1.0] };
        // Logits ln 2, 0, 0: odds 2 : 1 : 1.
        let p = head.probabilities(&row);
        assert!(
            (p[0] - 0.5).abs() < 1e-7 && (p[1] - 0.25).abs() < 1e-7 && (p[2] - 0.25).abs() < 1e-7
        );
    }

    #[test]
    fn numbers_that_are_not_finite_or_do_not_fit_are_refused() {
        assert!(Head::new(vec![1.0; 5], vec![0.0; 3]).is_none());
        assert!(Head::new(vec![f32::NAN; 3], vec![0.0; 3]).is_none());
        assert!(Head::new(vec![], vec![]).is_none());
        assert!(Head::new(vec![], vec![f32::INFINITY]).is_none());
    }
}
