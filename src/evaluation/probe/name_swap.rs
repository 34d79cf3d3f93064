//! The names probe: each name is replaced by its counterpart in the other camp
//! ([`Counterparts`]), in all voices. The words of framing stay.
//!
//! Let `s` be an article's scores before and `s'` those after, and let `s̄` be `s` with the camps
//! exchanged. Wording can act in two ways: next to a name it follows its target, and `s'` is the
//! mirror image `s̄`; far from any name it stays, and `s'` is `s`. A model that reads only wording
//! puts each score between the two. Everything beyond is an effect of the names themselves:
//!
//! - in a *partisan* article, the distance of `s'` from the nearer end of the range `s` to `s̄`;
//! - in a *neutral* one (labelled neutral toward both camps, or predicted so if it has no label),
//!   there is no framing to follow, so all of `|s' − s|`.
//!
//! The *name-swap share* is the mean of these over articles and camps, divided by the spread of
//! the scores. It is large for a model that gives a camp's name a good or a bad ring, and 0 for one
//! that ignores names, even if that one ends far from the mirror image. Two more metrics cover what
//! it lets pass: how far partisan scores go toward their mirror image (1: all framing follows its
//! target; 0: none does), and the mean distance from the mirror image, `|s' − s̄|`, which includes
//! wording that is tied to no name. If the names of both camps have the same ring, a partisan
//! article cannot separate that from framing; a neutral one can.

use super::metric::mean_share;
use super::{
    Counterparts, MAX_SHARE, Probe, ProbeMetric, ProbeMetricKind as Kind, ProbeResult, ProbeSet,
    StanceScores, SwapScope, distances, shifts,
};
use crate::article::Article;
use crate::camp::Stance;

/// Runs the names probe.
pub(super) fn run(set: &ProbeSet) -> ProbeResult {
    let counterparts = Counterparts::new(set.camps());
    let swap = |scope: SwapScope| -> Vec<Option<StanceScores>> {
        set.map(|at| {
            // Nothing is expected of articles that are not about the conflict.
            let related = set.stances(at).iter().any(|stance| *stance != Stance::Unrelated);
            let text = counterparts.swap(set.text(at), scope).filter(|_| related)?;
            set.score(at, &Article { text, ..Article::default() })
        })
    };
    let (all, names_alone) = (swap(SwapScope::NamesAndAssociates), swap(SwapScope::Names));
    let neutral = |at: usize| set.stances(at) == [Stance::Neutral; 2];
    let by_names = |after: &[Option<StanceScores>], at: usize| {
        Some(name_effect(set.scores(at), after[at]?, neutral(at)))
    };
    let only = |at: usize, wanted: bool| by_names(&all, at).filter(|_| neutral(at) == wanted);
    let from_mirror = |at: usize| Some(distances(mirror(set.scores(at)), all[at]?));

    let mut metrics = vec![
        ProbeMetric::of_shifts(Kind::NameShare, set, |at| by_names(&all, at), mean_share),
        ProbeMetric::of_shifts(Kind::NameShareNeutral, set, |at| only(at, true), mean_share),
        ProbeMetric::of_shifts(Kind::NameSharePartisan, set, |at| only(at, false), mean_share),
        ProbeMetric::of_shifts(
            Kind::NameShareNamesAlone,
            set,
            |at| by_names(&names_alone, at),
            mean_share,
        ),
        ProbeMetric::new(
            Kind::Mirrored,
            set,
            |at| Some((set.scores(at).scores, all[at].filter(|_| !neutral(at))?.scores)),
            <[_]>::len,
            mirrored,
        ),
        ProbeMetric::of_shifts(Kind::DistanceFromMirror, set, from_mirror, mean_share),
    ];
    metrics.extend(names_to_framing(set, &names_alone));
    ProbeResult {
        probe: Probe::Names,
        holds: metrics[0].value <= MAX_SHARE,
        metrics,
        shifts: shifts(set, |at| all[at], |at| by_names(&all, at)),
    }
}

/// The scores and stances with the camps exchanged.
fn mirror(StanceScores { scores: [a, b], stances: [c, d] }: StanceScores) -> StanceScores {
    StanceScores { scores: [b, a], stances: [d, c] }
}

/// The part of each score's shift that is an effect of names.
fn name_effect(before: StanceScores, after: StanceScores, neutral: bool) -> [f64; 2] {
    if neutral {
        return distances(before, after);
    }
    let mirror = mirror(before).scores;
    std::array::from_fn(|camp| {
        let (low, high) =
            (before.scores[camp].min(mirror[camp]), before.scores[camp].max(mirror[camp]));
        (low - after.scores[camp]).max(after.scores[camp] - high).max(0.0)
    })
}

/// How far scores go toward their mirror image, 0 to 1, by least squares:
/// `Σ (s' − s)(s̄ − s) / Σ (s̄ − s)²`.
fn mirrored(moves: &[([f64; 2], [f64; 2])]) -> f64 {
    let (mut along, mut whole) = (0.0, 0.0);
    for (before, after) in moves {
        for camp in 0..2 {
            let expected = before[1 - camp] - before[camp];
            along += (after[camp] - before[camp]) * expected;
            whole += expected * expected;
        }
    }
    along / whole
}

/// The effect of names relative to that of framing: the mean shift of neutral articles, divided by
/// the mean distance between the variants of contrast families and their neutral base, toward the
/// camps that they take a side on. `None` without families.
fn names_to_framing(set: &ProbeSet, after: &[Option<StanceScores>]) -> Option<ProbeMetric> {
    let positions = set.positions();
    let item = |at: usize| {
        let stances = set.stances(at);
        let scores = set.scores(at).scores;
        if stances == [Stance::Neutral; 2] {
            return Some((true, distances(set.scores(at), after[at]?).map(Some)));
        }
        let base = set.scores(*positions.get(set.article(at).base.as_deref()?)?).scores;
        let sided = |camp: usize| {
            matches!(stances[camp], Stance::Favor | Stance::Against)
                .then(|| (scores[camp] - base[camp]).abs())
        };
        Some((false, std::array::from_fn(sided)))
    };
    let ratio = |items: &[(bool, [Option<f64>; 2])]| {
        let mean = |names: bool| {
            let moves = || {
                items.iter().filter(move |item| item.0 == names).flat_map(|item| item.1).flatten()
            };
            moves().sum::<f64>() / moves().count() as f64
        };
        mean(true) / mean(false)
    };
    let metric = ProbeMetric::new(Kind::NamesToFraming, set, item, <[_]>::len, ratio);
    metric.value.is_finite().then_some(metric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(scores: [f64; 2]) -> StanceScores {
        StanceScores { scores, stances: [Stance::Neutral; 2] }
    }

    fn near(found: [f64; 2], expected: [f64; 2]) -> bool {
        found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12)
    }

    #[test]
    fn what_wording_explains_is_not_the_names_doing() {
        let before = scored([0.8, -0.2]);
        // Unmoved, mirrored, half way: wording explains each.
        for after in [[0.8, -0.2], [-0.2, 0.8], [0.3, 0.3]] {
            assert!(near(name_effect(before, scored(after), false), [0.0, 0.0]), "{after:?}");
        }
        // Beyond the mirror image by 0.3, beyond where it was by 0.1.
        assert!(near(name_effect(before, scored([-0.5, -0.3]), false), [0.3, 0.1]));
        // A neutral text has no framing that could follow.
        assert!(near(name_effect(before, scored([-0.2, 0.8]), true), [1.0, 1.0]));
    }

    #[test]
    fn framing_follows_its_target_from_not_at_all_to_wholly() {
        let before = [0.8, -0.2];
        for (after, expected) in
            [([0.8, -0.2], 0.0), ([-0.2, 0.8], 1.0), ([0.3, 0.3], 0.5), ([1.3, -0.7], -0.5)]
        {
            assert!((mirrored(&[(before, after)]) - expected).abs() < 1e-12, "{after:?}");
        }
    }
}
