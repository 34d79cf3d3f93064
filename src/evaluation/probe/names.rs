//! The names probe: the camps change sides. Every name gives way to its counterpart
//! ([`Counterparts`]), in all voices; not a word of framing changes.
//!
//! Let `s` be an article's scores before and `s'` those after, and let `s̄` be `s` with the camps
//! exchanged. Wording has two ways to act: where it stands by a name, it follows its target, and
//! `s'` is the mirror image `s̄`; where it stands by none, it stays, and `s'` is `s`. A model that
//! reads nothing but wording puts each score anywhere between the two. What lies beyond is the
//! doing of the names themselves:
//!
//! - in a *partisan* text, the distance of `s'` from the nearer end of the range from `s` to `s̄`;
//! - in a *neutral* one (labelled neutral toward both camps, or called so where there is no label),
//!   there is no framing to follow, so all of `|s' − s|`.
//!
//! The *name-swap share* is the mean of these over texts and camps, over the spread of scores. A
//! model that gives a camp's name a good or a bad ring has a large one; a model that never looks at
//! names has none, though it ends far from the mirror image. So beside it stand the two things that
//! it lets pass: how far partisan scores go toward their mirror image (1: all framing follows its
//! target; 0: none does), and the mean distance from the mirror image itself, `|s' − s̄|`, which
//! also counts wording that is tied to no name. Names that ring alike for both camps cannot be told
//! from framing in a partisan text; in a neutral one they are.

use super::{
    Counterparts, Finding, Measure, Mover, Subjects, Swapped, TOLERATED, Weighed, distances,
    figure_of, mean_share, measure, movers, percent,
};
use crate::article::Article;
use crate::camp::Stance;

/// The names probe.
pub fn probe(subjects: &Subjects) -> Finding {
    let counterparts = Counterparts::of(subjects.camps());
    let swap = |swapped: Swapped| -> Vec<Option<Weighed>> {
        subjects.each(|at| {
            // Of other texts than those about the conflict nothing is expected.
            let related = subjects.stances(at).iter().any(|stance| *stance != Stance::Unrelated);
            let text = counterparts.swap(subjects.read(at), swapped).filter(|_| related)?;
            subjects.weigh(at, &Article { text, ..Article::default() })
        })
    };
    let (all, alone) = (swap(Swapped::NamesAndAssociates), swap(Swapped::Names));
    let neutral = |at: usize| subjects.stances(at) == [Stance::Neutral; 2];
    let follows = |after: &[Option<Weighed>], at: usize| {
        Some(by_names(subjects.weighed(at), after[at]?, neutral(at)))
    };
    let only = |after: &[Option<Weighed>], at: usize, wanted: bool| {
        follows(after, at).filter(|_| neutral(at) == wanted)
    };
    let unmirrored = |at: usize| Some(distances(mirror(subjects.weighed(at)), all[at]?));

    let share =
        measure(("name_share", "name-swap share"), subjects, |at| follows(&all, at), mean_share);
    let mut measures = vec![
        share,
        measure(("neutral", "… in neutral texts"), subjects, |at| only(&all, at, true), mean_share),
        measure(
            ("partisan", "… in partisan texts"),
            subjects,
            |at| only(&all, at, false),
            mean_share,
        ),
        measure(
            ("name_share_names_alone", "… camps' own names alone"),
            subjects,
            |at| follows(&alone, at),
            mean_share,
        ),
        figure_of(
            ("mirrored", "framing that follows its target"),
            subjects,
            |at| Some((subjects.weighed(at).scores, all[at].filter(|_| !neutral(at))?.scores)),
            <[_]>::len,
            mirrored,
        ),
        measure(
            ("from_mirror", "distance from the mirror image"),
            subjects,
            unmirrored,
            mean_share,
        ),
    ];
    measures.extend(of_framing(subjects, &alone));
    let value = measures[0].value;
    let holds = value <= TOLERATED;
    let means = if holds {
        "it does not follow names"
    } else {
        "that is more than a fifth: it follows names"
    };
    let says = format!(
        "When the camps change names, scores move by {} of their spread beyond what wording explains: {means}. From their mirror images they \
         end {} of the spread away{}: {} of the framing follows the name that it stands by, the rest is tied to no name.",
        percent(value),
        percent(measures[5].value),
        if measures[5].value > TOLERATED { ", more than a fifth" } else { "" },
        percent(measures[4].value)
    );
    let movers: Vec<Mover> = movers(subjects, |at| all[at], |at| follows(&all, at));
    Finding { probe: "names", measures, holds, says, movers }
}

/// The same with the camps exchanged.
fn mirror(Weighed { scores: [a, b], stances: [c, d] }: Weighed) -> Weighed {
    Weighed { scores: [b, a], stances: [d, c] }
}

/// What of the movement of each score is the names' doing.
fn by_names(before: Weighed, after: Weighed, neutral: bool) -> [f64; 2] {
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

/// How far scores go toward their mirror image, by least squares:
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

/// What names move, as a share of what framing does: the mean movement of the scores of neutral
/// texts, over the mean distance of the scores of the variants of contrast families from that of
/// their neutral base, toward the camps that they take a side on. `None` without families.
fn of_framing(subjects: &Subjects, after: &[Option<Weighed>]) -> Option<Measure> {
    let positions = subjects.positions();
    let item = |at: usize| {
        let stances = subjects.stances(at);
        let scores = subjects.weighed(at).scores;
        if stances == [Stance::Neutral; 2] {
            return Some((true, distances(subjects.weighed(at), after[at]?).map(Some)));
        }
        let base = subjects.weighed(*positions.get(subjects.subject(at).base.as_deref()?)?).scores;
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
    let texts = |items: &[(bool, [Option<f64>; 2])]| items.len();
    let measure =
        figure_of(("of_framing", "names, as a share of framing"), subjects, item, texts, ratio);
    measure.value.is_finite().then_some(measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(scores: [f64; 2]) -> Weighed {
        Weighed { scores, stances: [Stance::Neutral; 2] }
    }

    fn near(found: [f64; 2], expected: [f64; 2]) -> bool {
        found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12)
    }

    #[test]
    fn what_wording_explains_is_not_the_names_doing() {
        let before = weighed([0.8, -0.2]);
        // Unmoved, mirrored, half way: wording explains each.
        for after in [[0.8, -0.2], [-0.2, 0.8], [0.3, 0.3]] {
            assert!(near(by_names(before, weighed(after), false), [0.0, 0.0]), "{after:?}");
        }
        // Beyond the mirror image by 0.3, beyond where it was by 0.1.
        assert!(near(by_names(before, weighed([-0.5, -0.3]), false), [0.3, 0.1]));
        // A neutral text has no framing that could follow.
        assert!(near(by_names(before, weighed([-0.2, 0.8]), true), [1.0, 1.0]));
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
