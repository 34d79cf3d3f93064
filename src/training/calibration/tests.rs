use super::decision::{decision, thresholds};
use super::scaling::scaling;
use crate::model::{Decision, Scaling};

/// Logits that are twice too confident and biased toward class 0 by 1: labels are drawn with the
/// probabilities of half of them, less 1.
#[test]
fn scaling_finds_how_overconfident_logits_are() {
    let mut random = fastrand::Rng::with_seed(1);
    let truth = Scaling { scale: vec![0.5, 1.0], shift: vec![-1.0, 0.0] };
    let logits: Vec<[f64; 2]> = (0..20_000).map(|_| [random.f64() * 6.0 - 3.0, 0.0]).collect();
    let examples: Vec<(&[f64], usize)> = logits
        .iter()
        .map(|logits| (&logits[..], usize::from(random.f64() > truth.probabilities(logits)[0])))
        .collect();
    let found = scaling(&examples);
    assert!(
        (found.scale[0] - 0.5).abs() < 0.05 && (found.shift[0] - found.shift[1] + 1.0).abs() < 0.1,
        "{found:?}"
    );
}

/// 90 of class 0, and 10 of class 1, which is never the most probable class but stands out with
/// 0.4 against 0.1.
#[test]
fn an_offset_gives_a_rare_class_its_chance() {
    let examples: Vec<(Vec<f64>, usize)> =
        (0..100).map(|n| if n < 90 { (vec![0.9, 0.1], 0) } else { (vec![0.6, 0.4], 1) }).collect();
    let decision = decision(&examples, Some(0..2));
    assert_eq!((decision.decide(&[0.9, 0.1]), decision.decide(&[0.6, 0.4])), (0, 1));
}

/// A hundred articles at 0.99, all right, and a hundred at 0.6, half of them wrong: at a risk
/// of one tenth only the first get an answer; at one half all do.
#[test]
fn answers_stay_below_the_risk() {
    let examples: Vec<(Vec<f64>, usize)> = (0..200)
        .map(|n| if n < 100 { (vec![0.99, 0.01], 0) } else { (vec![0.6, 0.4], n % 2) })
        .collect();
    let decision = Decision { offsets: vec![0.0; 2], ..Decision::plain(2) };
    let decision = Decision { thresholds: thresholds(&examples, &decision), ..decision };
    assert_eq!(
        (decision.answer(&[0.99, 0.01], 0.1), decision.answer(&[0.6, 0.4], 0.1)),
        (Some(0), None)
    );
    assert_eq!(
        (decision.answer(&[0.99, 0.01], 0.5), decision.answer(&[0.6, 0.4], 0.5)),
        (Some(0), Some(0))
    );
    assert_eq!(decision.answer(&[0.99, 0.01], 0.001), None);
}
