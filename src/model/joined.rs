//! The weights of all heads side by side: one pass over a row gives all logits.

use super::Head;
use crate::features::SparseRow;

/// So many classes are weighed at a time.
const LANES: usize = 4;

/// Heads whose weights stand side by side, feature by feature, filled up with zeros to a multiple of four classes.
#[derive(Clone, Debug)]
pub struct JoinedHeads {
    weights: Vec<[f32; LANES]>,
    intercepts: Vec<[f32; LANES]>,
    n_classes: Vec<usize>,
}

impl JoinedHeads {
    /// The heads, which weigh the same features.
    pub fn new(heads: &[Head]) -> Self {
        let n_features = heads.iter().map(Head::n_features).max().unwrap_or(0);
        let n_lanes: usize = heads.iter().map(Head::n_classes).sum();
        let stride = n_lanes.div_ceil(LANES);
        let mut joined = Self {
            weights: vec![[0.0; LANES]; stride * n_features],
            intercepts: vec![[0.0; LANES]; stride],
            n_classes: heads.iter().map(Head::n_classes).collect(),
        };
        let mut lane = 0;
        for head in heads {
            for (class, &intercept) in head.intercepts().iter().enumerate() {
                let (group, place) = ((lane + class) / LANES, (lane + class) % LANES);
                joined.intercepts[group][place] = intercept;
                for (feature, weights) in head.weights().chunks_exact(head.n_classes()).enumerate() {
                    joined.weights[feature * stride + group][place] = weights[class];
                }
            }
            lane += head.n_classes();
        }
        joined
    }

    /// How many features they weigh.
    pub fn n_features(&self) -> usize {
        self.weights.len() / self.intercepts.len().max(1)
    }

    /// The logits of one row, by head and class: bit for bit those of [`Head::logits`].
    pub fn logits(&self, row: &SparseRow) -> Vec<Vec<f64>> {
        let mut logits: Vec<[f64; LANES]> = self.intercepts.iter().map(|group| group.map(f64::from)).collect();
        let stride = logits.len();
        for (feature, value) in row.iter() {
            let weights = &self.weights[feature * stride..][..stride];
            for (logits, weights) in logits.iter_mut().zip(weights) {
                for (logit, weight) in logits.iter_mut().zip(weights) {
                    *logit += value * f64::from(*weight);
                }
            }
        }
        let mut lanes = logits.into_iter().flatten();
        self.n_classes.iter().map(|&n_classes| lanes.by_ref().take(n_classes).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn logits_are_those_of_the_heads_bit_for_bit(
            weights in prop::collection::vec(-9.0_f32..9.0, 60),
            values in prop::collection::vec(-3.0_f64..3.0, 6),
        ) {
            let (first, rest) = weights.split_at(18);
            let (second, third) = rest.split_at(12);
            let heads = [
                Head::new(first.to_vec(), vec![0.5, -0.25, 1e-3]).unwrap(),
                Head::new(second.to_vec(), vec![0.1, 0.2]).unwrap(),
                Head::new(third.to_vec(), vec![0.0; 5]).unwrap(),
            ];
            let row = SparseRow { columns: vec![0, 1, 2, 3, 4, 5], values };
            let joined = JoinedHeads::new(&heads).logits(&row);
            for (head, joined) in heads.iter().zip(joined) {
                prop_assert_eq!(head.logits(&row), joined);
            }
        }
    }
}
