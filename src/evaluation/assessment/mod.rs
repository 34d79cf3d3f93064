//! All that is told of a model on articles whose labels are known.
//!
//! Conventions. Classes are those of [`Stance::ALL`]; macro-F1 is the mean of favor, neutral and
//! against. What nothing is divided by is 0 (`zero_division=0` of scikit-learn). An article that
//! could not be scored counts as called unrelated, and as not answered; it has no probabilities, so
//! calibration is told without it. Intervals are of the percentile bootstrap over clusters
//! ([`Drawn`]).

pub mod baselines;
pub mod breakdown;
pub mod models;
pub mod said;
pub mod tested;

use super::bootstrap::BootstrapEstimate;
use super::metrics::Confusion;
use super::reliability::{Answered, Reliability};
use super::{Coverage, Figure};
use crate::camp::Stance;
use crate::model::Decision;
pub use baselines::Baseline;
pub use breakdown::{Breakdown, BreakdownGroup, Division};
pub use models::{CampComparison, Changed, ModelComparison};
pub use said::BaselinePredictions;
pub use tested::{Drawn, Predictions};

/// The classes whose F1 are averaged.
pub(super) const AVERAGED: std::ops::Range<usize> = 0..Stance::SIDES.len();

/// How many classes there are.
pub(super) const CLASSES: usize = Stance::ALL.len();

/// How many camps there are.
pub(super) const CAMPS: usize = 2;

/// The risks for which coverage is told: 0.05, 0.10 … 0.50.
pub const RISKS: [f64; 10] = [0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50];

/// What is told of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// How many articles there are.
    pub articles: usize,
    /// How many of them could not be scored.
    pub unscored: usize,
    /// How they are drawn for intervals.
    pub drawn: Drawn,
    /// Groups of fewer articles are put together.
    pub least: usize,
    /// Toward each camp.
    pub camps: Vec<CampAssessment>,
    /// Macro-F1, mean over the camps.
    pub mean: BootstrapEstimate,
    /// By outlet, event, genre and length.
    pub breakdowns: Vec<Breakdown>,
    /// What needs no model.
    pub baselines: Vec<Baseline>,
}

/// What is told of the stance toward one camp.
#[derive(Clone, Debug, PartialEq)]
pub struct CampAssessment {
    /// Labels against what was given.
    pub figure: Figure,
    /// The share that was given its label.
    pub accuracy: BootstrapEstimate,
    /// By class, in the order of [`Stance::ALL`].
    pub classes: Vec<ClassFigures>,
    /// How many articles have probabilities.
    pub with_probabilities: usize,
    /// How far the probabilities of the four classes can be believed.
    pub reliability: Reliability,
    /// How many are answered at each of [`RISKS`].
    pub coverage: Vec<Coverage>,
}

/// How well one class is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassFigures {
    /// Share of the articles that were given it that bear it.
    pub precision: BootstrapEstimate,
    /// Share of the articles that bear it that were given it.
    pub recall: BootstrapEstimate,
    /// The harmonic mean of the two.
    pub f1: BootstrapEstimate,
}

impl Assessment {
    /// Assesses on `tested`. `camps` are the ids of the camps, `decisions` the model's; groups of
    /// fewer than `least` articles are put together.
    pub fn of(
        tested: &[Predictions],
        camps: [&str; CAMPS],
        decisions: &[Decision],
        least: usize,
    ) -> Self {
        let all: Vec<&Predictions> = tested.iter().collect();
        let drawn = Drawn::of(&all);
        let pairs = drawn.clusters(&all, |_, article| [0, 1].map(|camp| article.pair(camp)));
        let mean = |sample: &[[(usize, usize); CAMPS]]| {
            let of_camp = |camp: usize| {
                Confusion::of(CLASSES, sample.iter().map(|pairs| pairs[camp])).macro_f1(AVERAGED)
            };
            (0..CAMPS).map(of_camp).sum::<f64>() / CAMPS as f64
        };
        Self {
            articles: all.len(),
            unscored: all.iter().filter(|article| article.verdict.is_none()).count(),
            camps: camps
                .iter()
                .enumerate()
                .map(|(camp, id)| CampAssessment::of(&all, drawn, (camp, id), decisions))
                .collect(),
            mean: BootstrapEstimate::of(&pairs, mean),
            breakdowns: Division::ALL
                .into_iter()
                .map(|division| Breakdown::of(&all, division, least))
                .collect(),
            baselines: Baseline::all(&all, drawn),
            drawn,
            least,
        }
    }
}

impl CampAssessment {
    fn of(
        all: &[&Predictions],
        drawn: Drawn,
        (camp, id): (usize, &str),
        decisions: &[Decision],
    ) -> Self {
        let pairs = drawn.clusters(all, |_, article| article.pair(camp));
        let confusion = |pairs: &[(usize, usize)]| Confusion::of(CLASSES, pairs.iter().copied());
        let of_class = |class: usize| {
            let shares = BootstrapEstimate::all(&pairs, |sample| {
                let confusion = confusion(sample);
                vec![confusion.precision(class), confusion.recall(class), confusion.f1(class)]
            });
            ClassFigures { precision: shares[0], recall: shares[1], f1: shares[2] }
        };
        let scored: Vec<&Predictions> =
            all.iter().copied().filter(|article| article.verdict.is_some()).collect();
        let answered = drawn.clusters(&scored, |_, article| {
            let probabilities = article.probabilities(camp).unwrap_or_default();
            Answered::of(&probabilities, article.pair(camp).0)
        });
        let coverage = |risk: f64| {
            let wrong = drawn.clusters(all, |_, article| {
                let (label, given) = article.pair(camp);
                article.is_answered(camp, &decisions[camp], risk).then_some(label != given)
            });
            Coverage::of(id.to_owned(), risk, &wrong)
        };
        Self {
            figure: Figure::of(id.to_owned(), CLASSES, AVERAGED, &pairs),
            accuracy: BootstrapEstimate::of(&pairs, |sample| confusion(sample).accuracy()),
            classes: (0..CLASSES).map(of_class).collect(),
            with_probabilities: scored.len(),
            reliability: Reliability::of(&answered),
            coverage: RISKS.map(coverage).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tested::tests::tested;
    use super::*;
    use Stance::{Against, Favor, Neutral, Unrelated};

    const CLOSE: f64 = 1e-12;

    /// Toward the first camp: favor right twice of three and given once too often; neutral right
    /// once of two; against never given.
    fn answers() -> Vec<Predictions> {
        [
            (Favor, Some(Favor)),
            (Favor, Some(Favor)),
            (Favor, Some(Neutral)),
            (Neutral, Some(Neutral)),
            (Neutral, Some(Favor)),
            (Against, None),
        ]
        .into_iter()
        .enumerate()
        .map(|(number, (label, given))| {
            tested(&number.to_string(), [label, Neutral], given.map(|given| [given, Neutral]))
        })
        .collect()
    }

    fn plain() -> [Decision; 2] {
        [Decision::plain(4), Decision::plain(4)]
    }

    #[test]
    fn figures_are_as_worked_out_by_hand_and_what_was_not_scored_counts_as_called_unrelated() {
        let found = Assessment::of(&answers(), ["x", "y"], &plain(), 10);
        let x = &found.camps[0];
        assert_eq!((found.articles, found.unscored, x.with_probabilities), (6, 1, 5));
        assert_eq!((x.figure.confusion.count(2, 3), x.figure.confusion.given(3)), (1, 1));
        let shares = |class: usize| {
            [x.classes[class].precision, x.classes[class].recall, x.classes[class].f1]
                .map(|share| share.value)
        };
        let near = |found: [f64; 3], right: [f64; 3]| {
            found.iter().zip(right).all(|(found, right)| (found - right).abs() < CLOSE)
        };
        assert!(
            near(shares(0), [2.0 / 3.0; 3])
                && near(shares(1), [0.5; 3])
                && near(shares(2), [0.0; 3])
                && near(shares(3), [0.0; 3])
        );
        assert!((x.accuracy.value - 0.5).abs() < CLOSE);
        assert!((x.figure.macro_f1() - 7.0 / 18.0).abs() < CLOSE);
        // Toward the second camp five of six are called neutral: 2 · 5 / 11, and nothing else.
        assert!((found.mean.value - f64::midpoint(7.0 / 18.0, 10.0 / 33.0)).abs() < CLOSE);
        assert!(
            found.mean.interval.0 < found.mean.value && found.mean.value < found.mean.interval.1
        );
    }

    #[test]
    fn what_is_answered_is_what_has_one_class_above_the_threshold() {
        let mut decisions = plain();
        // At risk 0.10 a class needs 0.6; `tested` gives 0.7 to what it says.
        decisions[0].thresholds[9] = 0.6;
        let found = Assessment::of(&answers(), ["x", "y"], &decisions, 10);
        let at = |risk: f64| {
            found.camps[0].coverage.iter().find(|row| (row.risk - risk).abs() < CLOSE).unwrap()
        };
        assert!(
            (at(0.10).answered.value - 5.0 / 6.0).abs() < CLOSE
                && (at(0.10).wrong.value - 0.4).abs() < CLOSE
        );
        assert!(at(0.05).answered.value.abs() < CLOSE && at(0.15).answered.value.abs() < CLOSE);
    }

    #[test]
    fn calibration_is_of_the_four_classes() {
        let found = Assessment::of(&answers()[..1], ["x", "y"], &plain(), 10);
        // 0.7 on favor, which is right, 0.1 on each other: 0.3² + 3 · 0.1².
        assert!(
            (found.camps[0].reliability.brier.0 - 0.12).abs() < CLOSE
                && (found.camps[0].reliability.ece.0 - 0.3).abs() < CLOSE
        );
    }

    #[test]
    fn two_models_differ_where_one_of_them_is_right() {
        let tested = answers();
        let others =
            [Favor, Neutral, Favor, Neutral, Neutral, Unrelated].map(|stance| [stance, Neutral]);
        let found = ModelComparison::of(&tested, &others);
        // The model alone has 1 right; the other alone 2 and 4, and toward the second camp 5.
        assert_eq!(
            (found.camps[0].only_model, found.camps[0].only_other, found.camps[1].only_other),
            (1, 2, 1)
        );
        assert!((found.camps[0].p - 1.0).abs() < CLOSE && (found.camps[1].p - 1.0).abs() < CLOSE);
        let ids: Vec<(&str, usize)> =
            found.changed.iter().map(|changed| (changed.id.as_str(), changed.camp)).collect();
        assert_eq!(ids, [("1", 0), ("2", 0), ("4", 0), ("5", 1)]);
        assert_eq!(
            (found.changed[0].label, found.changed[0].other, found.changed[0].model),
            (Favor, Neutral, Favor)
        );
        // The other: favor 2 of 3 and given 2, F1 4/5; neutral 2 of 2 and given 3, F1 4/5; against
        // 0.
        assert!((found.camps[0].difference.before.value - 8.0 / 15.0).abs() < CLOSE);
        assert!(
            (found.camps[0].difference.difference.value - (7.0 / 18.0 - 8.0 / 15.0)).abs() < CLOSE
        );
    }
}
