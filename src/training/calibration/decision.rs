//! Offsets and thresholds of [`Decision`], learned from held-out probabilities.

use std::ops::Range;

use crate::model::Decision;
use crate::model::decision::{NEVER, RISKS};

/// Step of the search for offsets.
const OFFSET_STEP: f64 = 0.1;

/// Largest offset to either side, in steps.
const MAX_OFFSET_STEPS: i32 = 25;

/// Macro-F1 that an offset of 1 must gain; a smaller gain is chance: the standard error of macro-F1
/// over the labelled set is about this.
const OFFSET_PRICE: f64 = 0.02;

/// With fewer held-out articles, all offsets are 0.
const MIN_ARTICLES_FOR_OFFSETS: usize = 100;

/// The decision rule for `(probabilities, class)` of held-out articles: offsets by coordinate
/// ascent on the macro-F1 of the classes in `averaged`, if there are to be any, then the thresholds
/// of prediction sets.
pub(super) fn decision(examples: &[(Vec<f64>, usize)], averaged: Option<Range<usize>>) -> Decision {
    let of_examples = examples.first().map(|(probabilities, _)| probabilities.len());
    let n_classes = of_examples.or(averaged.as_ref().map(|averaged| averaged.end)).unwrap_or(0);
    let mut decision = Decision::plain(n_classes);
    if let Some(averaged) = averaged {
        learn_offsets(&mut decision, examples, &averaged);
    }
    decision.thresholds = thresholds(examples, &decision);
    decision
}

/// Finds the offsets of a decision.
fn learn_offsets(decision: &mut Decision, examples: &[(Vec<f64>, usize)], averaged: &Range<usize>) {
    let n_classes = decision.offsets.len();
    // The same argmax as in `Decision::decide`, without its normalisation: the largest of
    // ln P + offset, the first among equals.
    let logarithms: Vec<(Vec<f64>, usize)> = examples
        .iter()
        .map(|(p, class)| (p.iter().map(|p| p.max(f64::MIN_POSITIVE).ln()).collect(), *class))
        .collect();
    let mut pairs = Vec::with_capacity(examples.len());
    let mut value = |decision: &Decision| {
        pairs.clear();
        pairs.extend(logarithms.iter().map(|(logarithms, class)| {
            let mut best = (0, f64::NEG_INFINITY);
            for (predicted, (logarithm, offset)) in
                logarithms.iter().zip(&decision.offsets).enumerate()
            {
                if logarithm + offset > best.1 {
                    best = (predicted, logarithm + offset);
                }
            }
            (*class, best.0)
        }));
        let price: f64 = decision.offsets.iter().map(|offset| OFFSET_PRICE * offset.abs()).sum();
        macro_f1(&pairs, averaged.clone()) - price
    };
    let mut best = value(decision);
    let rounds = if examples.len() < MIN_ARTICLES_FOR_OFFSETS { 0 } else { 3 };
    for _ in 0..rounds {
        let before = best;
        for class in 0..n_classes {
            let kept = decision.offsets[class];
            let mut chosen = kept;
            for step in -MAX_OFFSET_STEPS..=MAX_OFFSET_STEPS {
                decision.offsets[class] = f64::from(step) * OFFSET_STEP;
                let value = value(decision);
                if value > best + 1e-12 {
                    best = value;
                    chosen = decision.offsets[class];
                }
            }
            decision.offsets[class] = chosen;
        }
        if best <= before + 1e-12 {
            break;
        }
    }
}

/// Macro-F1 of the classes in `averaged` over pairs of `(label, prediction)`.
pub(super) fn macro_f1(pairs: &[(usize, usize)], averaged: Range<usize>) -> f64 {
    let n_classes = pairs
        .iter()
        .map(|&(label, predicted)| label.max(predicted) + 1)
        .max()
        .unwrap_or(0)
        .max(averaged.end);
    let (mut either, mut both) = (vec![0.0; n_classes], vec![0.0; n_classes]);
    for &(label, predicted) in pairs {
        either[label] += 1.0;
        either[predicted] += 1.0;
        both[label] += f64::from(u8::from(label == predicted));
    }
    let n = averaged.len() as f64;
    averaged
        .map(|class| if either[class] > 0.0 { 2.0 * both[class] / either[class] } else { 0.0 })
        .sum::<f64>()
        / n
}

/// Factor by which a threshold is lowered in each step of the search.
const THRESHOLD_FACTOR: f64 = 0.96;

/// Steps of the search for the threshold with most answers.
const MAX_THRESHOLD_STEPS: usize = 200;

/// The thresholds of prediction sets for each risk, by the finite-sample quantile of split
/// conformal prediction (Vovk, Gammerman, Shafer 2005; Angelopoulos and Bates 2023, section 1).
pub(super) fn thresholds(examples: &[(Vec<f64>, usize)], decision: &Decision) -> Vec<f64> {
    // Conformity of the right class, of the best class and of the second best; whether the best
    // one is right.
    let of = |(probabilities, class): &(Vec<f64>, usize)| {
        let mut conformity = decision.conformity(probabilities);
        let (own, right) = (conformity[*class], decision.decide(probabilities) == *class);
        conformity.sort_by(|a, b| b.total_cmp(a));
        (own, conformity[0], conformity.get(1).copied().unwrap_or(0.0), right)
    };
    let examples: Vec<(f64, f64, f64, bool)> = examples.iter().map(of).collect();
    let mut own: Vec<f64> = examples.iter().map(|example| example.0).collect();
    own.sort_by(f64::total_cmp);
    let n = own.len() as f64;
    (1..=RISKS)
        .map(|hundredths| {
            let risk = hundredths as f64 / 100.0;
            // The ⌊risk · (n + 1)⌋th smallest: that many of n + 1 exchangeable articles lie
            // below it.
            let missed = (risk * (n + 1.0)).floor();
            let Some(mut threshold) =
                own.iter().zip(1..).find(|&(_, at)| f64::from(at) >= missed).map(|(own, _)| *own)
            else {
                return NEVER;
            };
            if missed < 1.0 {
                return NEVER;
            }
            // No lower threshold misses more. Among those whose answers are right often enough,
            // take the one with most answers.
            let mut best = (0.0, NEVER);
            for _ in 0..MAX_THRESHOLD_STEPS {
                let (mut answered, mut wrong) = (0.0, 0.0);
                for &(_, best, next, right) in &examples {
                    if best >= threshold && next < threshold {
                        answered += 1.0;
                        wrong += f64::from(u8::from(!right));
                    }
                }
                if answered > best.0 && (wrong + 1.0) / (answered + 1.0) <= risk {
                    best = (answered, threshold);
                }
                threshold *= THRESHOLD_FACTOR;
            }
            best.1
        })
        .collect()
}
