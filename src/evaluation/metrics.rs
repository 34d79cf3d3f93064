//! Counts of right and wrong, and the figures made of them. Classes are numbers from 0.

use std::ops::Range;

use super::bootstrap::interval;

/// How often each class was given where each class was right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    n_classes: usize,
    /// Shape `(n_classes, n_classes)`, row by row. Rows: the label; columns: what was given.
    counts: Vec<usize>,
}

impl Confusion {
    /// The counts of `(label, given)` pairs of classes below `n_classes`.
    pub fn of(n_classes: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut counts = vec![0; n_classes * n_classes];
        for (label, given) in pairs {
            counts[label * n_classes + given] += 1;
        }
        Self { n_classes, counts }
    }

    /// How many classes there are.
    pub fn n_classes(&self) -> usize {
        self.n_classes
    }

    /// How often `given` was given where `label` was right.
    pub fn count(&self, label: usize, given: usize) -> usize {
        self.counts[label * self.n_classes + given]
    }

    /// How many articles bear `label`.
    pub fn labelled(&self, label: usize) -> usize {
        (0..self.n_classes).map(|given| self.count(label, given)).sum()
    }

    /// How many articles were given `class`.
    pub fn given(&self, class: usize) -> usize {
        (0..self.n_classes).map(|label| self.count(label, class)).sum()
    }

    /// How many articles there are.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The share that was given its label; 0 without articles.
    pub fn accuracy(&self) -> f64 {
        let right: usize = (0..self.n_classes).map(|class| self.count(class, class)).sum();
        right as f64 / self.total().max(1) as f64
    }

    /// The share of the articles given `class` that bear it; 0 where it was never given.
    pub fn precision(&self, class: usize) -> f64 {
        self.count(class, class) as f64 / self.given(class).max(1) as f64
    }

    /// The share of the articles labelled `class` that were given it; 0 where none bears it.
    pub fn recall(&self, class: usize) -> f64 {
        self.count(class, class) as f64 / self.labelled(class).max(1) as f64
    }

    /// `2 · right / (labelled + given)`: the harmonic mean of precision and recall; 0 where the
    /// class neither is a label nor was given.
    pub fn f1(&self, class: usize) -> f64 {
        let both = self.labelled(class) + self.given(class);
        if both == 0 { 0.0 } else { 2.0 * self.count(class, class) as f64 / both as f64 }
    }

    /// The mean F1 of the classes in `averaged`.
    pub fn macro_f1(&self, averaged: Range<usize>) -> f64 {
        let n = averaged.len() as f64;
        averaged.map(|class| self.f1(class)).sum::<f64>() / n
    }

    /// The largest mean F1 of the classes in `averaged` that any answers can have here: a class
    /// that nothing bears has F1 0.
    pub fn most_macro_f1(&self, averaged: Range<usize>) -> f64 {
        let n = averaged.len() as f64;
        averaged.filter(|&class| self.labelled(class) > 0).count() as f64 / n
    }

    /// The mean F1 of `class` and of everything else, as if there were only these two.
    pub fn one_vs_rest_f1(&self, class: usize) -> f64 {
        let (labelled, given, both) =
            (self.labelled(class), self.given(class), self.count(class, class));
        let total = self.total();
        let rest_both = total + both - labelled - given;
        let rest = 2 * total - labelled - given;
        let rest_f1 = if rest == 0 { 0.0 } else { 2.0 * rest_both as f64 / rest as f64 };
        f64::midpoint(self.f1(class), rest_f1)
    }

    /// The counts if every article were given the commonest label.
    #[must_use]
    pub fn majority_baseline(&self) -> Self {
        let commonest = (0..self.n_classes).max_by_key(|&label| self.labelled(label)).unwrap_or(0);
        let labels = (0..self.n_classes)
            .flat_map(|label| std::iter::repeat_n((label, commonest), self.labelled(label)));
        Self::of(self.n_classes, labels)
    }
}

/// The counts of one output, and how sure their macro-F1 is.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What a table calls it.
    pub name: String,
    /// The counts.
    pub confusion: Confusion,
    /// The classes whose F1 are averaged.
    pub averaged: Range<usize>,
    /// The 95 % interval of the macro-F1.
    pub interval: (f64, f64),
}

impl Figure {
    /// The figure of `(label, given)` pairs of classes below `n_classes`, in clusters that are
    /// drawn together.
    pub fn of(
        name: String,
        n_classes: usize,
        averaged: Range<usize>,
        clusters: &[Vec<(usize, usize)>],
    ) -> Self {
        let confusion = Confusion::of(n_classes, clusters.iter().flatten().copied());
        let macro_f1 = |pairs: &[(usize, usize)]| {
            Confusion::of(n_classes, pairs.iter().copied()).macro_f1(averaged.clone())
        };
        let interval = interval(clusters, macro_f1);
        Self { name, confusion, averaged, interval }
    }

    /// The mean F1 of the averaged classes.
    pub fn macro_f1(&self) -> f64 {
        self.confusion.macro_f1(self.averaged.clone())
    }
}

/// Area under the ROC curve: how often a positive article has a higher score than another, ties
/// counting half. `None` where there are not both kinds.
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
        let confusion = Confusion::of(
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
            (confusion.total(), confusion.labelled(NEUTRAL), confusion.given(NEUTRAL)),
            (8, 3, 5)
        );
        // favor: 1 right of 2 labelled and 1 given; neutral: 2 of 3 and 5; against: none of 1 and
        // 1.
        assert!((confusion.f1(FAVOR) - 2.0 / 3.0).abs() < 1e-12);
        assert!((confusion.f1(NEUTRAL) - 0.5).abs() < 1e-12);
        assert!(confusion.f1(AGAINST).abs() < 1e-12);
        assert!((confusion.f1(UNRELATED) - 2.0 / 3.0).abs() < 1e-12);
        assert!((confusion.macro_f1(0..3) - (2.0 / 3.0 + 0.5) / 3.0).abs() < 1e-12);
        let shares = |of: fn(&Confusion, usize) -> f64| {
            [FAVOR, NEUTRAL, AGAINST, UNRELATED].map(|class| of(&confusion, class))
        };
        let near = |found: [f64; 4], right: [f64; 4]| {
            found.iter().zip(right).all(|(found, right)| (found - right).abs() < 1e-12)
        };
        assert!(near(shares(Confusion::precision), [1.0, 2.0 / 5.0, 0.0, 1.0]));
        assert!(near(shares(Confusion::recall), [1.0 / 2.0, 2.0 / 3.0, 0.0, 1.0 / 2.0]));
        assert!((confusion.most_macro_f1(0..3) - 1.0).abs() < 1e-12);
        assert!(
            (Confusion::of(4, [(NEUTRAL, AGAINST), (UNRELATED, FAVOR)]).most_macro_f1(0..3)
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
            (Confusion::of(4, pairs).one_vs_rest_f1(FAVOR) - 0.708_333_333_333_333_3).abs() < 1e-12
        );
    }

    #[test]
    fn nothing_divides_by_zero() {
        assert!(Confusion::default().macro_f1(0..3).abs() < f64::EPSILON);
    }
}
