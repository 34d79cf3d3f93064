//! Counts of right and wrong, and the figures made of them.

use super::bootstrap::interval;
use crate::camp::Stance;

/// How often each stance was given where each stance was right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Rows: the label; columns: the prediction; both in the order of [`Stance::ALL`].
    counts: [[usize; 4]; 4],
}

fn index(stance: Stance) -> usize {
    Stance::ALL.iter().position(|&other| other == stance).unwrap_or(Stance::ALL.len() - 1)
}

impl Confusion {
    /// The counts of `(label, prediction)` pairs.
    pub fn of(pairs: impl IntoIterator<Item = (Stance, Stance)>) -> Self {
        let mut confusion = Self::default();
        for (label, prediction) in pairs {
            confusion.counts[index(label)][index(prediction)] += 1;
        }
        confusion
    }

    /// How often `prediction` was given where `label` was right.
    pub fn count(&self, label: Stance, prediction: Stance) -> usize {
        self.counts[index(label)][index(prediction)]
    }

    /// How many articles bear `label`.
    pub fn labelled(&self, label: Stance) -> usize {
        self.counts[index(label)].iter().sum()
    }

    /// How many articles were given `prediction`.
    pub fn predicted(&self, prediction: Stance) -> usize {
        self.counts.iter().map(|row| row[index(prediction)]).sum()
    }

    /// How many articles there are.
    pub fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// `2 · right / (labelled + predicted)`: the harmonic mean of precision and recall; 0 where the stance neither is a
    /// label nor was given.
    pub fn f1(&self, stance: Stance) -> f64 {
        let both = self.labelled(stance) + self.predicted(stance);
        if both == 0 { 0.0 } else { 2.0 * self.count(stance, stance) as f64 / both as f64 }
    }

    /// The mean F1 of favor, neutral and against. An article that is unrelated, or was called so, counts as an error of
    /// the side that it was called, or bears.
    pub fn macro_f1(&self) -> f64 {
        Stance::SIDES.iter().map(|&side| self.f1(side)).sum::<f64>() / Stance::SIDES.len() as f64
    }

    /// The mean F1 of `stance` and of everything else, as if there were only these two.
    pub fn one_vs_rest_f1(&self, stance: Stance) -> f64 {
        let (labelled, predicted, both) = (self.labelled(stance), self.predicted(stance), self.count(stance, stance));
        let total = self.total();
        let rest_both = total + both - labelled - predicted;
        let rest = 2 * total - labelled - predicted;
        let rest_f1 = if rest == 0 { 0.0 } else { 2.0 * rest_both as f64 / rest as f64 };
        f64::midpoint(self.f1(stance), rest_f1)
    }

    /// The counts if every article were given the commonest label.
    #[must_use]
    pub fn majority_baseline(&self) -> Self {
        let commonest = Stance::ALL.into_iter().max_by_key(|&label| self.labelled(label)).unwrap_or(Stance::Neutral);
        let labels = Stance::ALL.into_iter().flat_map(|label| std::iter::repeat_n((label, commonest), self.labelled(label)));
        Self::of(labels)
    }
}

/// The counts toward one camp, and how sure their macro-F1 is.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What a table calls it.
    pub name: String,
    /// The counts.
    pub confusion: Confusion,
    /// The 95 % interval of the macro-F1.
    pub interval: (f64, f64),
}

impl Figure {
    /// The figure of `(label, prediction)` pairs, in clusters that are drawn together.
    pub fn of(name: String, clusters: &[Vec<(Stance, Stance)>]) -> Self {
        let confusion = Confusion::of(clusters.iter().flatten().copied());
        let interval = interval(clusters, |pairs| Confusion::of(pairs.iter().copied()).macro_f1());
        Self { name, confusion, interval }
    }
}

/// Area under the ROC curve: how often a positive article has a higher score than another, ties counting half. `None`
/// where there are not both kinds.
pub fn auc(scored: &[(f64, bool)]) -> Option<f64> {
    let of = |positive: bool| scored.iter().filter(move |(_, is)| *is == positive).map(|(score, _)| *score);
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
    use Stance::{Against, Favor, Neutral, Unrelated};

    #[test]
    fn figures_are_as_worked_out_by_hand() {
        let confusion = Confusion::of([
            (Favor, Favor),
            (Favor, Neutral),
            (Neutral, Neutral),
            (Neutral, Neutral),
            (Neutral, Against),
            (Against, Neutral),
            (Unrelated, Neutral),
            (Unrelated, Unrelated),
        ]);
        assert_eq!((confusion.total(), confusion.labelled(Neutral), confusion.predicted(Neutral)), (8, 3, 5));
        // favor: 1 right of 2 labelled and 1 given; neutral: 2 of 3 and 5; against: none of 1 and 1.
        assert!((confusion.f1(Favor) - 2.0 / 3.0).abs() < 1e-12);
        assert!((confusion.f1(Neutral) - 0.5).abs() < 1e-12);
        assert!(confusion.f1(Against).abs() < 1e-12);
        assert!((confusion.f1(Unrelated) - 2.0 / 3.0).abs() < 1e-12);
        assert!((confusion.macro_f1() - (2.0 / 3.0 + 0.5) / 3.0).abs() < 1e-12);
        // All neutral: F1 of neutral = 2·3 / (3 + 8), the others 0.
        assert!((confusion.majority_baseline().macro_f1() - 6.0 / 11.0 / 3.0).abs() < 1e-12);
    }

    /// Golden values: `roc_auc_score` and `f1_score(average="macro")` of scikit-learn 1.9.1 on the same numbers.
    #[test]
    fn one_against_the_rest_is_as_other_programs_say() {
        let scores = [0.9, 0.8, 0.8, 0.4, 0.35, 0.3, 0.1];
        let positive = [true, false, true, true, false, false, false];
        let both: Vec<_> = scores.into_iter().zip(positive).collect();
        assert!((auc(&both).unwrap() - 0.875).abs() < 1e-12);
        assert_eq!(auc(&both[..1]), None);
        let pairs = both.iter().map(|&(score, is)| (if is { Favor } else { Against }, if score > 0.5 { Favor } else { Neutral }));
        assert!((Confusion::of(pairs).one_vs_rest_f1(Favor) - 0.708_333_333_333_333_3).abs() < 1e-12);
    }

    #[test]
    fn nothing_divides_by_zero() {
        assert!(Confusion::default().macro_f1().abs() < f64::EPSILON);
    }
}
