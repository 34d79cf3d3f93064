//! Held-out logits → probabilities that can be believed, and decisions.

use std::ops::Range;

use super::objective::residuals;
use super::{Corpus, lbfgs};
use crate::model::decision::{NEVER, RISKS};
use crate::model::{Decision, Scaling, Task};

/// Logits of each head for each article; `None` for an article that was not held out.
pub type Logits = Vec<Option<Vec<Vec<f64>>>>;

/// What is learned from held-out logits.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// How the logits of each head become probabilities.
    pub scalings: Vec<Scaling>,
    /// How each output decides.
    pub decisions: Vec<Decision>,
}

impl Calibration {
    /// One that changes nothing.
    pub fn none(task: &Task) -> Self {
        let decisions =
            task.outputs().iter().map(|output| Decision::plain(output.classes.len())).collect();
        Self {
            scalings: task.heads().iter().map(|head| Scaling::none(head.classes.len())).collect(),
            decisions,
        }
    }

    /// Learns from articles whose logits come from models that did not see them. An article may
    /// stand in several of `held_out`.
    pub fn learn(corpus: &Corpus, held_out: &[&Logits]) -> Self {
        let each = || held_out.iter().flat_map(|logits| corpus.labels.iter().zip(logits.iter()));
        let each = || each().filter_map(|(labels, logits)| Some((labels, logits.as_ref()?)));
        // Heads that decide alike learn from the articles of all of them.
        let n_heads = corpus.task.heads().len();
        let together = |number: usize, n: usize| {
            if corpus.task.is_joint() { 0..n } else { number..number + 1 }
        };
        let of_heads = |heads: Range<usize>| {
            let examples = each().flat_map(|(labels, logits)| {
                let classes = corpus.task.head_classes(labels);
                heads.clone().filter_map(move |head| Some((&logits[head][..], classes[head]?)))
            });
            scaling(&examples.collect::<Vec<_>>())
        };
        let scalings = (0..n_heads).map(|head| of_heads(together(head, n_heads))).collect();
        let calibrated = Self { scalings, ..Self::none(&corpus.task) };

        let n_outputs = corpus.task.outputs().len();
        let probabilities: Vec<_> = each()
            .map(|(labels, logits)| (labels, calibrated.probabilities(&corpus.task, logits)))
            .collect();
        let of_outputs = |outputs: Range<usize>| {
            let averaged = corpus.task.averaged(outputs.start);
            let examples = probabilities.iter().flat_map(|(labels, probabilities)| {
                outputs
                    .clone()
                    .filter_map(|output| Some((probabilities[output].clone(), labels[output]?)))
            });
            decision(&examples.collect::<Vec<_>>(), averaged)
        };
        let decisions = if corpus.task.is_joint() {
            vec![of_outputs(0..n_outputs); n_outputs]
        } else {
            (0..n_outputs).map(|output| of_outputs(output..output + 1)).collect()
        };
        Self { decisions, ..calibrated }
    }

    /// Macro-F1 of what is decided about held-out articles: of all where outputs decide alike, else
    /// the mean of the outputs.
    pub fn macro_f1(&self, corpus: &Corpus, held_out: &[&Logits]) -> f64 {
        let n_outputs = self.decisions.len();
        let mut pairs: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_outputs];
        for (labels, logits) in
            held_out.iter().flat_map(|logits| corpus.labels.iter().zip(logits.iter()))
        {
            let Some(logits) = logits else { continue };
            let probabilities = self.probabilities(&corpus.task, logits);
            for (output, pairs) in pairs.iter_mut().enumerate() {
                pairs.extend(
                    labels[output].map(|label| {
                        (label, self.decisions[output].decide(&probabilities[output]))
                    }),
                );
            }
        }
        if corpus.task.is_joint() {
            return macro_f1(&pairs.concat(), corpus.task.averaged(0));
        }
        pairs
            .iter()
            .enumerate()
            .map(|(output, pairs)| macro_f1(pairs, corpus.task.averaged(output)))
            .sum::<f64>()
            / n_outputs as f64
    }

    /// The outputs' probabilities, from the heads' logits.
    pub fn probabilities(&self, task: &Task, logits: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let heads: Vec<Vec<f64>> = logits
            .iter()
            .zip(&self.scalings)
            .map(|(logits, scaling)| scaling.probabilities(logits))
            .collect();
        task.output_probabilities(&heads)
    }
}

/// What keeps a scaling near one that changes nothing, where few articles say otherwise: a standard
/// normal prior.
const SCALING_PENALTY: f64 = 1.0;

/// The scaling that gives the labels the largest likelihood, under that prior. Its scales are
/// positive: calibration says how far logits can be believed, never that they mean the opposite.
fn scaling(examples: &[(&[f64], usize)]) -> Scaling {
    let Some(n_classes) = examples.first().map(|(logits, _)| logits.len()) else {
        return Scaling::none(0);
    };
    // Parameters: the logarithms of the scales, then the shifts.
    let parameters = lbfgs::minimise(2 * n_classes, |parameters, gradient| {
        let (scales, shifts) = parameters.split_at(n_classes);
        let scales: Vec<f64> = scales.iter().map(|scale| scale.exp()).collect();
        let (of_scales, of_shifts) = gradient.split_at_mut(n_classes);
        let mut loss = 0.0;
        for &(logits, class) in examples {
            let mut at: Vec<f64> =
                (0..n_classes).map(|k| scales[k] * logits[k] + shifts[k]).collect();
            loss += residuals(&mut at, class);
            for k in 0..n_classes {
                of_scales[k] += at[k] * logits[k] * scales[k];
                of_shifts[k] += at[k];
            }
        }
        for (gradient, parameter) in gradient.iter_mut().zip(parameters) {
            loss += SCALING_PENALTY / 2.0 * parameter * parameter;
            *gradient += SCALING_PENALTY * parameter;
        }
        loss
    });
    let (scales, shift) = parameters.split_at(n_classes);
    Scaling { scale: scales.iter().map(|scale| scale.exp()).collect(), shift: shift.to_vec() }
}

/// Steps in which offsets are tried.
const OFFSET_STEP: f64 = 0.1;

/// Offsets reach so many steps to both sides.
const OFFSET_STEPS: i32 = 25;

/// Macro-F1 that an offset of 1 must gain: less is chance.
const OFFSET_PRICE: f64 = 0.003;

/// Fewer held-out articles say nothing of offsets.
const MIN_FOR_OFFSETS: usize = 100;

/// Offsets and thresholds from `(probabilities, class)` of held-out articles; `averaged` are the
/// classes whose F1 counts.
fn decision(examples: &[(Vec<f64>, usize)], averaged: Range<usize>) -> Decision {
    let n_classes = examples.first().map_or(averaged.end, |(probabilities, _)| probabilities.len());
    let mut decision = Decision::plain(n_classes);
    // The largest of ln P + offset, the first of equals: what `Decision::decide` does, without the
    // scaling.
    let logarithms: Vec<(Vec<f64>, usize)> = examples
        .iter()
        .map(|(p, class)| (p.iter().map(|p| p.max(f64::MIN_POSITIVE).ln()).collect(), *class))
        .collect();
    let mut pairs = Vec::with_capacity(examples.len());
    let mut value = |decision: &Decision| {
        pairs.clear();
        pairs.extend(logarithms.iter().map(|(logarithms, class)| {
            let mut best = (0, f64::NEG_INFINITY);
            for (given, (logarithm, offset)) in logarithms.iter().zip(&decision.offsets).enumerate()
            {
                if logarithm + offset > best.1 {
                    best = (given, logarithm + offset);
                }
            }
            (*class, best.0)
        }));
        let price: f64 = decision.offsets.iter().map(|offset| OFFSET_PRICE * offset.abs()).sum();
        macro_f1(&pairs, averaged.clone()) - price
    };
    let mut best = value(&decision);
    let rounds = if examples.len() < MIN_FOR_OFFSETS { 0 } else { 3 };
    for _ in 0..rounds {
        let before = best;
        for class in 0..n_classes {
            let kept = decision.offsets[class];
            let mut chosen = kept;
            for step in -OFFSET_STEPS..=OFFSET_STEPS {
                decision.offsets[class] = f64::from(step) * OFFSET_STEP;
                let value = value(&decision);
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
    decision.thresholds = thresholds(examples, &decision);
    decision
}

/// Mean F1 of the classes in `averaged` over `(label, given)` pairs.
fn macro_f1(pairs: &[(usize, usize)], averaged: Range<usize>) -> f64 {
    let n_classes = pairs
        .iter()
        .map(|&(label, given)| label.max(given) + 1)
        .max()
        .unwrap_or(0)
        .max(averaged.end);
    let (mut either, mut both) = (vec![0.0; n_classes], vec![0.0; n_classes]);
    for &(label, given) in pairs {
        either[label] += 1.0;
        either[given] += 1.0;
        both[label] += f64::from(u8::from(label == given));
    }
    let n = averaged.len() as f64;
    averaged
        .map(|class| if either[class] > 0.0 { 2.0 * both[class] / either[class] } else { 0.0 })
        .sum::<f64>()
        / n
}

/// By how much a threshold is lowered at a time, and how often, in the search for the one with most
/// answers.
const LOWER: f64 = 0.96;
const LOWERINGS: usize = 200;

/// The thresholds of [`Decision`], for each of its risks.
fn thresholds(examples: &[(Vec<f64>, usize)], decision: &Decision) -> Vec<f64> {
    // Conformity of the right class, of the class that fits best and of the next; whether the best
    // is right.
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
            // The ⌊risk · (n + 1)⌋th smallest: so many of n + 1 exchangeable articles lie below it.
            let missed = (risk * (n + 1.0)).floor();
            let Some(mut threshold) =
                own.iter().zip(1..).find(|&(_, at)| f64::from(at) >= missed).map(|(own, _)| *own)
            else {
                return NEVER;
            };
            if missed < 1.0 {
                return NEVER;
            }
            // Every lower threshold misses no more; of those whose answers are right often enough,
            // the one with most answers.
            let mut best = (0.0, NEVER);
            for _ in 0..LOWERINGS {
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
                threshold *= LOWER;
            }
            best.1
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logits that are twice too sure and lean to class 0 by 1: labels drawn with the probabilities
    /// of half of them, less 1.
    #[test]
    fn scaling_finds_how_much_too_sure_logits_are() {
        let mut random = fastrand::Rng::with_seed(1);
        let truth = Scaling { scale: vec![0.5, 1.0], shift: vec![-1.0, 0.0] };
        let logits: Vec<[f64; 2]> = (0..20_000).map(|_| [random.f64() * 6.0 - 3.0, 0.0]).collect();
        let examples: Vec<(&[f64], usize)> = logits
            .iter()
            .map(|logits| (&logits[..], usize::from(random.f64() > truth.probabilities(logits)[0])))
            .collect();
        let found = scaling(&examples);
        assert!(
            (found.scale[0] - 0.5).abs() < 0.05
                && (found.shift[0] - found.shift[1] + 1.0).abs() < 0.1,
            "{found:?}"
        );
    }

    /// 90 of class 0 and 10 of class 1, which never is the most probable one, but is told apart by
    /// 0.4 against 0.1.
    #[test]
    fn an_offset_gives_a_rare_class_its_chance() {
        let examples: Vec<(Vec<f64>, usize)> = (0..100)
            .map(|n| if n < 90 { (vec![0.9, 0.1], 0) } else { (vec![0.6, 0.4], 1) })
            .collect();
        let decision = decision(&examples, 0..2);
        assert_eq!((decision.decide(&[0.9, 0.1]), decision.decide(&[0.6, 0.4])), (0, 1));
    }

    /// A hundred articles at 0.99, all right, and a hundred at 0.6, half of them wrong: at a risk
    /// of one tenth only the first are answered; at a half all are.
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
}
