//! Is one model better than another? A paired test on the same held-out articles.

use std::collections::BTreeMap;

use super::HeldOut;
use super::paired::{Difference, Paired};

/// What the test says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The whole interval of the difference lies above 0.
    Better,
    /// The interval holds 0: what differs may be chance.
    NoDifference,
    /// The whole interval lies below 0.
    Worse,
}

/// Two models on the same held-out articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Macro-F1 of the earlier model, mean over the outputs.
    pub before: f64,
    /// Macro-F1 of the later model.
    pub after: f64,
    /// 95 % interval of after − before: both are measured on the same draws of clusters, so what is
    /// hard for both cancels.
    pub interval: (f64, f64),
    /// Positions of the articles whose answer changed, with the output, the earlier and the later
    /// answer.
    pub changed: Vec<(usize, usize, usize, usize)>,
}

impl Comparison {
    /// Compares on the articles that both have.
    pub fn of(before: &HeldOut, after: &HeldOut) -> Self {
        let mut clusters: BTreeMap<&str, Vec<Paired>> = BTreeMap::new();
        let mut changed = Vec::new();
        for (output, (old, new)) in before.answers.iter().zip(&after.answers).enumerate() {
            let old: BTreeMap<usize, usize> =
                old.iter().map(|answer| (answer.position, answer.given)).collect();
            for answer in new {
                let Some(&given) = old.get(&answer.position) else { continue };
                if given != answer.given {
                    changed.push((answer.position, output, given, answer.given));
                }
                let pair =
                    Paired { output, label: answer.label, before: given, after: answer.given };
                clusters.entry(after.cluster(answer.position)).or_default().push(pair);
            }
        }
        changed.sort_unstable();
        let clusters: Vec<_> = clusters.into_values().collect();
        let of_output = |output: usize| {
            let (n_classes, averaged) = after.classes(output);
            (output, n_classes, averaged)
        };
        let outputs: Vec<_> = (0..after.answers.len()).map(of_output).collect();
        let found = Difference::of(&clusters, &outputs);
        Self {
            before: found.before.value,
            after: found.after.value,
            interval: found.difference.interval,
            changed,
        }
    }

    /// What the interval says.
    pub fn outcome(&self) -> Outcome {
        match self.interval {
            (low, _) if low > 0.0 => Outcome::Better,
            (_, high) if high < 0.0 => Outcome::Worse,
            _ => Outcome::NoDifference,
        }
    }
}
