//! Fused heads: the weights of all heads side by side, so that one pass over a row gives all
//! logits.

use super::Head;
use crate::features::SparseRow;

/// How many classes are computed at a time.
const LANES: usize = 4;

/// Heads whose weights are stored feature by feature, padded with zeros to a multiple of four
/// classes. Scoring uses them; [`Head`] is the form of training and of the model file.
#[derive(Clone, Debug)]
pub struct FusedHeads {
    weights: Vec<[f32; LANES]>,
    intercepts: Vec<[f32; LANES]>,
    n_classes: Vec<usize>,
}

impl FusedHeads {
    /// Fuses heads with weights for the same features.
    pub fn new(heads: &[Head]) -> Self {
        let n_features = heads.iter().map(Head::n_features).max().unwrap_or(0);
        let n_lanes: usize = heads.iter().map(Head::n_classes).sum();
        let stride = n_lanes.div_ceil(LANES);
        let mut fused = Self {
            weights: vec![[0.0; LANES]; stride * n_features],
            intercepts: vec![[0.0; LANES]; stride],
            n_classes: heads.iter().map(Head::n_classes).collect(),
        };
        let mut lane = 0;
        for head in heads {
            for (class, &intercept) in head.intercepts().iter().enumerate() {
                let (group, place) = ((lane + class) / LANES, (lane + class) % LANES);
                fused.intercepts[group][place] = intercept;
                for (feature, weights) in head.weights().chunks_exact(head.n_classes()).enumerate()
                {
                    fused.weights[feature * stride + group][place] = weights[class];
                }
            }
            lane += head.n_classes();
        }
        fused
    }

    /// The weight of a feature for one class of the head with this number: that of
    /// [`Head::weight`].
    pub fn weight(&self, head: usize, feature: usize, class: usize) -> f64 {
        let lane = self.n_classes[..head].iter().sum::<usize>() + class;
        f64::from(self.weights[feature * self.intercepts.len() + lane / LANES][lane % LANES])
    }

    /// The logits of one row, by head and class: bit for bit those of [`Head::logits`].
    pub fn logits(&self, row: &SparseRow) -> Vec<Vec<f64>> {
        let mut logits: Vec<[f64; LANES]> =
            self.intercepts.iter().map(|group| group.map(f64::from)).collect();
        match &mut logits[..] {
            // With the number of classes of most models, the sums stay in registers.
            [first] => *first = self.sums([*first], row)[0],
            [first, second] => [*first, *second] = self.sums([*first, *second], row),
            logits => {
                for (feature, value) in row.iter() {
                    for (sums, weights) in
                        logits.iter_mut().zip(&self.weights[feature * self.intercepts.len()..])
                    {
                        add(sums, value, weights);
                    }
                }
            }
        }
        let mut lanes = logits.into_iter().flatten();
        self.n_classes.iter().map(|&n_classes| lanes.by_ref().take(n_classes).collect()).collect()
    }
}

impl FusedHeads {
    /// The sums over a row, for a fixed number of groups of classes.
    fn sums<const GROUPS: usize>(
        &self,
        mut sums: [[f64; LANES]; GROUPS],
        row: &SparseRow,
    ) -> [[f64; LANES]; GROUPS] {
        for (feature, value) in row.iter() {
            let weights = self.weights[feature * GROUPS..].first_chunk::<GROUPS>();
            if let Some(weights) = weights {
                for group in 0..GROUPS {
                    add(&mut sums[group], value, &weights[group]);
                }
            }
        }
        sums
    }
}

/// Adds `value · weights`.
#[inline]
fn add(sums: &mut [f64; LANES], value: f64, weights: &[f32; LANES]) {
    for lane in 0..LANES {
        sums[lane] += value * f64::from(weights[lane]);
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
            let fused = FusedHeads::new(&heads).logits(&row);
            for (head, fused) in heads.iter().zip(fused) {
                prop_assert_eq!(head.logits(&row), fused);
            }
            for (number, head) in heads.iter().enumerate() {
                for (feature, class) in (0..6).zip((0..head.n_classes()).cycle()) {
                    let fused = FusedHeads::new(&heads).weight(number, feature, class);
                    prop_assert_eq!(head.weight(feature, class).to_bits(), fused.to_bits());
                }
            }
        }
    }
}
