//! Confusion matrices and the metrics computed from them. Classes are numbers from 0.

use std::ops::Range;

use super::bootstrap::interval;

/// A confusion matrix: how often each class is predicted for each label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfusionMatrix {
    n_classes: usize,
    /// Shape `(n_classes, n_classes)` in row-major order; rows are labels, columns predictions.
    counts: Vec<usize>,
}

impl ConfusionMatrix {
    /// Counts pairs of `(label, prediction)`, each below `n_classes`.
    pub fn from_pairs(n_classes: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut counts = vec![0; n_classes * n_classes];
        for (label, predicted) in pairs {
            counts[label * n_classes + predicted] += 1;
        }
        Self { n_classes, counts }
    }

    /// How many classes there are.
    pub fn n_classes(&self) -> usize {
        self.n_classes
    }

    /// How many articles with `label` are predicted as `predicted`.
    pub fn count(&self, label: usize, predicted: usize) -> usize {
        self.counts[label * self.n_classes + predicted]
    }

    /// The support of a class: how many articles have `label`.
    pub fn support(&self, label: usize) -> usize {
        (0..self.n_classes).map(|predicted| self.count(label, predicted)).sum()
    }

    /// How many articles are predicted as `class`.
    pub fn predicted(&self, class: usize) -> usize {
        (0..self.n_classes).map(|label| self.count(label, class)).sum()
    }

    /// How many articles there are.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The share of correct predictions; 0 without articles.
    pub fn accuracy(&self) -> f64 {
        let right: usize = (0..self.n_classes).map(|class| self.count(class, class)).sum();
        right as f64 / self.total().max(1) as f64
    }

    /// The share of the predictions of `class` that are correct; 0 without such predictions.
    pub fn precision(&self, class: usize) -> f64 {
        self.count(class, class) as f64 / self.predicted(class).max(1) as f64
    }

    /// The share of the articles labelled `class` that are predicted so; 0 without such articles.
    pub fn recall(&self, class: usize) -> f64 {
        self.count(class, class) as f64 / self.support(class).max(1) as f64
    }

    /// `2 · correct / (support + predicted)`: the harmonic mean of precision and recall; 0 if the
    /// class occurs neither as a label nor as a prediction.
    pub fn f1(&self, class: usize) -> f64 {
        let both = self.support(class) + self.predicted(class);
        if both == 0 { 0.0 } else { 2.0 * self.count(class, class) as f64 / both as f64 }
    }

    /// The mean F1 of the classes in `averaged`.
    pub fn macro_f1(&self, averaged: Range<usize>) -> f64 {
        let n = averaged.len() as f64;
        averaged.map(|class| self.f1(class)).sum::<f64>() / n
    }

    /// The largest macro-F1 of the classes in `averaged` that these labels allow: a class without
    /// support has F1 0.
    pub fn max_macro_f1(&self, averaged: Range<usize>) -> f64 {
        let n = averaged.len() as f64;
        averaged.filter(|&class| self.support(class) > 0).count() as f64 / n
    }

    /// Macro-F1 of two classes: `class` and the rest.
    pub fn one_vs_rest_f1(&self, class: usize) -> f64 {
        let (support, predicted, correct) =
            (self.support(class), self.predicted(class), self.count(class, class));
        let total = self.total();
        let rest_correct = total + correct - support - predicted;
        let rest = 2 * total - support - predicted;
        let rest_f1 = if rest == 0 { 0.0 } else { 2.0 * rest_correct as f64 / rest as f64 };
        f64::midpoint(self.f1(class), rest_f1)
    }

    /// The confusion matrix of always predicting the most frequent label.
    #[must_use]
    pub fn majority_baseline(&self) -> Self {
        let commonest = (0..self.n_classes).max_by_key(|&label| self.support(label)).unwrap_or(0);
        let labels = (0..self.n_classes)
            .flat_map(|label| std::iter::repeat_n((label, commonest), self.support(label)));
        Self::from_pairs(self.n_classes, labels)
    }
}

/// The confusion matrix of one output, and its macro-F1 with an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassificationReport {
    /// Name of the output.
    pub name: String,
    /// The confusion matrix.
    pub confusion: ConfusionMatrix,
    /// The classes over which F1 is averaged.
    pub averaged: Range<usize>,
    /// The 95 % interval of the macro-F1.
    pub interval: (f64, f64),
}

impl ClassificationReport {
    /// A report on pairs of `(label, prediction)` in clusters; each class is below `n_classes`.
    pub fn new(
        name: String,
        n_classes: usize,
        averaged: Range<usize>,
        clusters: &[Vec<(usize, usize)>],
    ) -> Self {
        let confusion = ConfusionMatrix::from_pairs(n_classes, clusters.iter().flatten().copied());
        let macro_f1 = |pairs: &[(usize, usize)]| {
            ConfusionMatrix::from_pairs(n_classes, pairs.iter().copied()).macro_f1(averaged.clone())
        };
        let interval = interval(clusters, macro_f1);
        Self { name, confusion, averaged, interval }
    }

    /// The mean F1 of the averaged classes.
    pub fn macro_f1(&self) -> f64 {
        self.confusion.macro_f1(self.averaged.clone())
    }
}

/// The area under the ROC curve of `(score, is_positive)`: the probability that a positive article
/// has a higher score than a negative one, ties counting half. `None` unless both kinds occur.
pub fn auc(scored: &[(f64, bool)]) -> Option<f64> {
    let of = |positive: bool| {
        scored.iter().filter(move |(_, is)| *is == positive).map(|(score, _)| *score)
    };
    let pairs = of(true).count() * of(false).count();
    let wins: f64 = of(true)
        .map(|high| {
            let win = |low: f64| {
                if high > low {
                    1.0
                } else if high < low {
                    0.0
                } else {
                    0.5
                }
            };
            of(false).map(win).sum::<f64>()
        })
        .sum();
    (pairs > 0).then(|| wins / pairs as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAVOR: usize = 0;
    const NEUTRAL: usize = 1;
    const AGAINST: usize = 2;
    const UNRELATED: usize = 3;

    #[test]
    fn figures_are_as_worked_out_by_hand() {
        let confusion = ConfusionMatrix::from_pairs(
            4,
            [
                (FAVOR, FAVOR),
                (FAVOR, NEUTRAL),
                (NEUTRAL, NEUTRAL),
                (NEUTRAL, NEUTRAL),
                (NEUTRAL, AGAINST),
                (AGAINST, NEUTRAL),
                (UNRELATED, NEUTRAL),
                (UNRELATED, UNRELATED),
            ],
        );
        assert_eq!(
            (confusion.total(), confusion.support(NEUTRAL), confusion.predicted(NEUTRAL)),
            (8, 3, 5)
        );
        // favor: 1 correct of 2 labelled and 1 predicted; neutral: 2 of 3 and 5; against: none of
        // 1 and 1.
        assert!((confusion.f1(FAVOR) - 2.0 / 3.0).abs() < 1e-12);
        assert!((confusion.f1(NEUTRAL) - 0.5).abs() < 1e-12);
        assert!(confusion.f1(AGAINST).abs() < 1e-12);
        assert!((confusion.f1(UNRELATED) - 2.0 / 3.0).abs() < 1e-12);
        assert!((confusion.macro_f1(0..3) - (2.0 / 3.0 + 0.5) / 3.0).abs() < 1e-12);
        let shares = |of: fn(&ConfusionMatrix, usize) -> f64| {
            [FAVOR, NEUTRAL, AGAINST, UNRELATED].map(|class| of(&confusion, class))
        };
        let near = |found: [f64; 4], right: [f64; 4]| {
            found.iter().zip(right).all(|(found, right)| (found - right).abs() < 1e-12)
        };
        assert!(near(shares(ConfusionMatrix::precision), [1.0, 2.0 / 5.0, 0.0, 1.0]));
        assert!(near(shares(ConfusionMatrix::recall), [1.0 / 2.0, 2.0 / 3.0, 0.0, 1.0 / 2.0]));
        assert!((confusion.max_macro_f1(0..3) - 1.0).abs() < 1e-12);
        assert!(
            (ConfusionMatrix::from_pairs(4, [(NEUTRAL, AGAINST), (UNRELATED, FAVOR)])
                .max_macro_f1(0..3)
                - 1.0 / 3.0)
                .abs()
                < 1e-12
        );
        // All neutral: F1 of neutral = 2·3 / (3 + 8), the others 0.
        assert!((confusion.majority_baseline().macro_f1(0..3) - 6.0 / 11.0 / 3.0).abs() < 1e-12);
    }

    /// Golden values: `roc_auc_score` and `f1_score(average="macro")` of scikit-learn 1.9.1 on the
    /// same numbers.
    #[test]
    fn one_against_the_rest_is_as_other_programs_say() {
        let scores = [0.9, 0.8, 0.8, 0.4, 0.35, 0.3, 0.1];
        let positive = [true, false, true, true, false, false, false];
        let both: Vec<_> = scores.into_iter().zip(positive).collect();
        assert!((auc(&both).unwrap() - 0.875).abs() < 1e-12);
        assert_eq!(auc(&both[..1]), None);
        let pairs = both.iter().map(|&(score, is)| {
            (if is { FAVOR } else { AGAINST }, if score > 0.5 { FAVOR } else { NEUTRAL })
        });
        assert!(
            (ConfusionMatrix::from_pairs(4, pairs).one_vs_rest_f1(FAVOR) - 0.708_333_333_333_333_3)
                .abs()
                < 1e-12
        );
    }

    #[test]
    fn nothing_divides_by_zero() {
        assert!(ConfusionMatrix::default().macro_f1(0..3).abs() < f64::EPSILON);
    }
}
