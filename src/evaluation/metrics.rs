//! Counts of right and wrong, and the figures made of them.

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

    /// The counts if every article were given the commonest label.
    #[must_use]
    pub fn majority_baseline(&self) -> Self {
        let commonest = Stance::ALL.into_iter().max_by_key(|&label| self.labelled(label)).unwrap_or(Stance::Neutral);
        let labels = Stance::ALL.into_iter().flat_map(|label| std::iter::repeat_n((label, commonest), self.labelled(label)));
        Self::of(labels)
    }
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

    #[test]
    fn nothing_divides_by_zero() {
        assert!(Confusion::default().macro_f1().abs() < f64::EPSILON);
    }
}
