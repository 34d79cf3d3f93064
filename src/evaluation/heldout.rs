//! What models say of articles whose group they were not trained on, chosen and calibrated without
//! them.

use std::collections::BTreeMap;

use super::reliability::{Answered, Reliability};
use super::{Coverage, Figure, bootstrap::interval};
use crate::model::{Decision, Question};
use crate::training::calibration::{Calibration, Logits};
use crate::training::{Corpus, Grouping};

/// What was said of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutPrediction {
    /// Its position in the corpus.
    pub position: usize,
    /// The class that is its label.
    pub label: usize,
    /// The class that was given.
    pub given: usize,
    /// Probabilities of the classes as they come from the fitted model.
    pub raw: Vec<f64>,
    /// The same, calibrated on other folds.
    pub probabilities: Vec<f64>,
    fold: usize,
}

#[cfg(test)]
impl HeldOutPrediction {
    pub(super) fn for_tests(position: usize, label: usize, probabilities: Vec<f64>) -> Self {
        Self { position, label, given: label, raw: probabilities.clone(), probabilities, fold: 0 }
    }
}

/// What was said of every article when its group was held out.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOut {
    /// What was held out: `events`.
    pub grouping: String,
    /// The answers of each output.
    pub answers: Vec<Vec<HeldOutPrediction>>,
    outputs: Vec<Question>,
    averaged: Vec<std::ops::Range<usize>>,
    decisions: Vec<Vec<Decision>>,
    clusters: Vec<String>,
    families: Vec<Option<String>>,
}

impl HeldOut {
    /// Calibrates the held-out `logits` of each of `folds` on those of the other folds, and
    /// decides.
    pub fn new(
        corpus: &Corpus,
        grouping: &Grouping,
        folds: &[Vec<usize>],
        logits: &Logits,
    ) -> Self {
        let outputs = corpus.task.outputs();
        let mut answers: Vec<Vec<HeldOutPrediction>> = vec![Vec::new(); outputs.len()];
        let mut decisions = Vec::new();
        let plain = Calibration::none(&corpus.task);
        for (number, fold) in folds.iter().enumerate() {
            let mut others = logits.clone();
            for &position in fold {
                others[position] = None;
            }
            let calibration = if folds.len() > 1 {
                Calibration::learn(corpus, &[&others])
            } else {
                plain.clone()
            };
            for &position in fold {
                let Some(logits) = &logits[position] else { continue };
                let raw = plain.probabilities(&corpus.task, logits);
                let probabilities = calibration.probabilities(&corpus.task, logits);
                let given = corpus.task.decide(&calibration.decisions, &probabilities);
                for (output, (raw, probabilities)) in raw.into_iter().zip(probabilities).enumerate()
                {
                    let Some(label) = corpus.labels[position][output] else { continue };
                    answers[output].push(HeldOutPrediction {
                        position,
                        label,
                        given: given[output],
                        raw,
                        probabilities,
                        fold: number,
                    });
                }
            }
            decisions.push(calibration.decisions);
        }
        for answers in &mut answers {
            answers.sort_by_key(|answer| answer.position);
        }
        Self {
            grouping: grouping.name.clone(),
            averaged: (0..outputs.len()).map(|output| corpus.task.averaged(output)).collect(),
            outputs,
            answers,
            decisions,
            families: corpus.families.clone(),
            clusters: corpus.groupings.first().map_or_else(Vec::new, |first| first.keys.clone()),
        }
    }

    /// All that is told of it; `risks` are those for which coverage is wanted.
    pub fn summary(&self, risks: &[f64]) -> HeldOutSummary {
        HeldOutSummary {
            grouping: self.grouping.clone(),
            figures: self.figures(),
            reliability: self.reliability(),
            coverage: self.coverage(risks),
            contrast: self.contrast(),
        }
    }

    /// Labels against what was given, output by output; intervals by clusters of the first
    /// grouping.
    fn figures(&self) -> Vec<Figure> {
        let figure = |(output, question): (usize, &Question)| {
            let pairs = self.clustered(output, |answer| (answer.label, answer.given));
            let name = format!("{}, {}", self.grouping, question.name);
            Figure::of(name, question.classes.len(), self.averaged[output].clone(), &pairs)
        };
        self.outputs.iter().enumerate().map(figure).collect()
    }

    /// How far the probabilities of all outputs can be believed, before and after calibration.
    fn reliability(&self) -> [Reliability; 2] {
        let of = |take: fn(&HeldOutPrediction) -> &[f64]| {
            let clusters: Vec<Vec<Answered>> = (0..self.outputs.len())
                .flat_map(|output| {
                    self.clustered(output, |answer| Answered::of(take(answer), answer.label))
                })
                .collect();
            Reliability::of(&clusters)
        };
        [of(|answer| &answer.raw), of(|answer| &answer.probabilities)]
    }

    /// For each of `risks`, output by output: the share that is answered, the share of the answers
    /// that is wrong, and its 95 % interval.
    fn coverage(&self, risks: &[f64]) -> Vec<Coverage> {
        let mut rows = Vec::new();
        for (output, question) in self.outputs.iter().enumerate() {
            for &risk in risks {
                let clusters = self.clustered(output, |answer| {
                    self.decisions[answer.fold][output]
                        .answer(&answer.probabilities, risk)
                        .map(|given| given != answer.label)
                });
                rows.push(Coverage::of(question.name.clone(), risk, &clusters));
            }
        }
        rows
    }

    /// Of the contrast families, the share in which every member is right, toward each output and
    /// toward all at once, each with its 95 % interval; empty without families. The members differ
    /// in a few words of framing only, so nothing else can help.
    fn contrast(&self) -> Vec<Contrast> {
        let n_outputs = self.outputs.len();
        let mut families: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
        for (output, answers) in self.answers.iter().enumerate() {
            for answer in answers {
                if let Some(family) = &self.families[answer.position] {
                    let right = families.entry(family).or_insert_with(|| vec![true; n_outputs]);
                    right[output] &= answer.label == answer.given;
                }
            }
        }
        let families: Vec<Vec<bool>> = families.into_values().collect();
        if families.is_empty() {
            return Vec::new();
        }
        let alone: Vec<Vec<usize>> = (0..families.len()).map(|family| vec![family]).collect();
        let of = |name: &str, holds: &dyn Fn(&[bool]) -> bool| {
            let share = |sample: &[usize]| {
                sample.iter().filter(|&&family| holds(&families[family])).count() as f64
                    / sample.len() as f64
            };
            let all: Vec<usize> = alone.concat();
            Contrast {
                name: name.to_owned(),
                families: families.len(),
                right: share(&all),
                interval: interval(&alone, share),
            }
        };
        let one = |(output, question): (usize, &Question)| {
            of(&question.name, &|right: &[bool]| right[output])
        };
        let mut contrast: Vec<Contrast> = self.outputs.iter().enumerate().map(one).collect();
        if n_outputs > 1 {
            contrast.push(of("all at once", &|right: &[bool]| right.iter().all(|right| *right)));
        }
        contrast
    }

    /// The answers of one output by cluster.
    fn clustered<T>(&self, output: usize, of: impl Fn(&HeldOutPrediction) -> T) -> Vec<Vec<T>> {
        let mut clusters: BTreeMap<&str, Vec<T>> = BTreeMap::new();
        for answer in &self.answers[output] {
            clusters.entry(&self.clusters[answer.position]).or_default().push(of(answer));
        }
        clusters.into_values().collect()
    }

    /// The cluster of the article at each position.
    pub(super) fn cluster(&self, position: usize) -> &str {
        &self.clusters[position]
    }

    /// The classes whose F1 are averaged, and how many there are, for one output.
    pub(super) fn classes(&self, output: usize) -> (usize, std::ops::Range<usize>) {
        (self.outputs[output].classes.len(), self.averaged[output].clone())
    }
}

/// What is told of held-out answers.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutSummary {
    /// What was held out: `events`.
    pub grouping: String,
    /// Labels against what was given, output by output.
    pub figures: Vec<Figure>,
    /// How far probabilities can be believed, before and after calibration.
    pub reliability: [Reliability; 2],
    /// How many are answered at a risk.
    pub coverage: Vec<Coverage>,
    /// In how many contrast families every member is right.
    pub contrast: Vec<Contrast>,
}

/// In how many contrast families every member is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Toward which output.
    pub name: String,
    /// How many families there are.
    pub families: usize,
    /// The share in which all is right.
    pub right: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
}
