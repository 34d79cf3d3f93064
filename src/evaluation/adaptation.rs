//! A model fitted to a user's own articles: its weights stay, its probabilities, decisions and
//! prediction sets are learned anew from some labelled articles, and what that is worth is measured
//! on those that were held out.
//!
//! The new scaling stands behind the old one and has a standard normal prior around the identity
//! (`training::calibration`), so that a few articles change little.

use std::collections::BTreeMap;

use crate::evaluation::bootstrap::BootstrapEstimate;
use crate::evaluation::reliability::{CalibrationPoint, Reliability, errors};
use crate::model::{AdaptedTo, Model, ModelError};
use crate::training::TrainingSet;
use crate::training::calibration::{Calibration, HeldOutLogits};

/// Fewest labelled articles from which anything is learned.
pub const MIN_ARTICLES: usize = 20;

/// Most folds of the measurement. With few, what it says depends on how articles fall into them.
const N_FOLDS: usize = 40;

/// How often articles are drawn for each point of a curve.
pub const N_DRAWS: usize = 50;

/// Numbers of articles of a curve.
const CURVE: [usize; 3] = [20, 50, 100];

/// Fewest articles that are left to measure a point of a curve on.
const MIN_REST: usize = 10;

/// Seed of the draws.
const SEED: u64 = 20;

/// Calibration toward one camp before and after, on held-out articles.
#[derive(Clone, Debug, PartialEq)]
pub struct AdaptedOutput {
    /// The camp.
    pub name: String,
    /// Expected calibration error and Brier score before and after.
    pub reliability: [Reliability; 2],
    /// Brier score after, less that before: below 0 is better.
    pub difference: BootstrapEstimate,
    /// How many stances are wrong before and after.
    pub n_wrong: [usize; 2],
}

/// Share of wrong stances of one outlet, both camps together, after adaptation.
#[derive(Clone, Debug, PartialEq)]
pub struct OutletError {
    /// The outlet; empty where none is named.
    pub outlet: String,
    /// How many of its articles are labelled.
    pub n_articles: usize,
    /// Share of wrong stances.
    pub wrong: BootstrapEstimate,
}

/// A point of the curve: means over [`N_DRAWS`] draws, before and after, and the standard deviation
/// of the difference.
#[derive(Clone, Debug, PartialEq)]
pub struct CurvePoint {
    /// The camp.
    pub name: String,
    /// How many articles were drawn to learn from.
    pub n_articles: usize,
    /// How many were measured on.
    pub n_rest: usize,
    /// Expected calibration error: before, after, standard deviation of the difference.
    pub ece: [f64; 3],
    /// Brier score, in the same way.
    pub brier: [f64; 3],
}

/// A model, the labelled articles, and what the model says of them.
pub struct Adapter<'a> {
    model: &'a Model,
    set: &'a TrainingSet,
    /// Shape `(n_articles, n_heads, n_classes)`.
    logits: Vec<Vec<Vec<f64>>>,
}

impl<'a> Adapter<'a> {
    /// What `model` says of the articles of `set`, whose camps are its own.
    pub fn new(model: &'a Model, set: &'a TrainingSet) -> Self {
        let logits = set.texts.iter().map(|read| model.scaled_logits(read)).collect();
        Self { model, set, logits }
    }

    /// Learns from the articles at `positions`.
    fn learn(&self, positions: &[usize]) -> Calibration {
        let mut held_out: HeldOutLogits = vec![None; self.logits.len()];
        for &position in positions {
            held_out[position] = Some(self.logits[position].clone());
        }
        Calibration::learn(self.set, &[&held_out])
    }

    /// The model, adapted to all articles.
    ///
    /// # Errors
    /// [`ModelError`]; none where the set is one of the model's camps.
    pub fn adapted(&self) -> Result<Model, ModelError> {
        let Calibration { scalings, decisions } = self.learn(&self.set.positions());
        let to = AdaptedTo { n_articles: self.set.ids.len(), hash: self.set.hash.clone() };
        let keys = self.set.keys.iter().cloned().collect();
        self.model.clone().adapted(&scalings, decisions, to, &keys)
    }

    /// Probabilities of each output before and after, and whether the stance is wrong, of each
    /// article at `positions`.
    fn points(&self, positions: &[usize], calibration: &Calibration) -> Vec<Vec<Point>> {
        let task = self.model.task();
        let identity = Calibration::identity(task);
        let of = |&position: &usize| {
            let on_topic = self.set.texts[position].findings.on_topic;
            let logits = &self.logits[position];
            let before = identity.gated_probabilities(task, on_topic, logits);
            let after = calibration.gated_probabilities(task, on_topic, logits);
            let said = [
                task.decide(self.model.decisions(), &before),
                task.decide(&calibration.decisions, &after),
            ];
            let of_output = |output: usize| {
                let label = self.set.labels[position][output].unwrap_or_default();
                let point = |p: &[Vec<f64>]| CalibrationPoint::new(&p[output], label);
                Point {
                    points: [point(&before), point(&after)],
                    is_wrong: [said[0][output] != label, said[1][output] != label],
                }
            };
            (0..task.outputs().len()).map(of_output).collect()
        };
        positions.iter().map(of).collect()
    }

    /// Calibration before and after on held-out articles, toward each camp, and the share of wrong
    /// stances by outlet. `outlets` are those of the articles of the set, in its order.
    pub fn measure(&self, outlets: &[Option<String>]) -> (Vec<AdaptedOutput>, Vec<OutletError>) {
        let all = self.set.positions();
        let Some(grouping) = self.set.groupings.first() else { return (Vec::new(), Vec::new()) };
        let folds = self.set.folds(grouping, &all, N_FOLDS);
        let mut points: Vec<Vec<Point>> = vec![Vec::new(); all.len()];
        for fold in &folds {
            let rest = self.set.rest(&all, fold);
            let calibration = self.learn(&rest);
            for (&position, point) in fold.iter().zip(self.points(fold, &calibration)) {
                points[position] = point;
            }
        }
        let by = |keys: &[String]| {
            let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (position, key) in keys.iter().enumerate() {
                clusters.entry(key).or_default().push(position);
            }
            clusters.into_values().collect::<Vec<Vec<usize>>>()
        };
        let clusters = by(&grouping.keys);
        let outputs = self.model.task().outputs().into_iter().enumerate();
        let outputs = outputs.map(|(output, question)| {
            let of = |which: usize| -> Vec<Vec<CalibrationPoint>> {
                let cluster = |cluster: &Vec<usize>| {
                    cluster.iter().map(|&at| points[at][output].points[which]).collect()
                };
                clusters.iter().map(cluster).collect()
            };
            let differences: Vec<Vec<f64>> = clusters
                .iter()
                .map(|cluster| {
                    cluster.iter().map(|&at| points[at][output].brier_difference()).collect()
                })
                .collect();
            let n_wrong =
                |which: usize| points.iter().filter(|of| of[output].is_wrong[which]).count();
            AdaptedOutput {
                name: question.name,
                reliability: [Reliability::new(&of(0)), Reliability::new(&of(1))],
                difference: BootstrapEstimate::new(&differences, mean),
                n_wrong: [n_wrong(0), n_wrong(1)],
            }
        });
        let outputs = outputs.collect();
        let mut by_outlet: BTreeMap<String, Vec<Vec<f64>>> = BTreeMap::new();
        for (outlet, of) in outlets.iter().zip(&points) {
            let wrong = of.iter().map(|point| f64::from(u8::from(point.is_wrong[1]))).collect();
            by_outlet.entry(outlet.clone().unwrap_or_default()).or_default().push(wrong);
        }
        let error = |(outlet, wrong): (String, Vec<Vec<f64>>)| OutletError {
            outlet,
            n_articles: wrong.len(),
            wrong: BootstrapEstimate::new(&wrong, mean),
        };
        (outputs, by_outlet.into_iter().map(error).collect())
    }

    /// What 20, 50 and 100 of the articles, drawn at random, are worth, measured on the others.
    pub fn curve(&self) -> Vec<CurvePoint> {
        let n_all = self.set.ids.len();
        let mut random = fastrand::Rng::with_seed(SEED);
        let mut curve = Vec::new();
        for n_articles in CURVE.into_iter().filter(|n| n + MIN_REST <= n_all) {
            let n_outputs = self.model.task().outputs().len();
            let mut draws: Vec<Vec<[f64; 4]>> = vec![Vec::new(); n_outputs];
            for _ in 0..N_DRAWS {
                let mut positions = self.set.positions();
                random.shuffle(&mut positions);
                let (learned, rest) = positions.split_at_mut(n_articles);
                learned.sort_unstable();
                let points = self.points(rest, &self.learn(learned));
                for (output, draws) in draws.iter_mut().enumerate() {
                    let of = |which: usize| {
                        points.iter().map(|of| of[output].points[which]).collect::<Vec<_>>()
                    };
                    let [before, after] = [of(0), of(1)].map(|points| errors(&points));
                    draws.push([before.0, after.0, before.1, after.1]);
                }
            }
            for (output, draws) in self.model.task().outputs().into_iter().zip(draws) {
                let spread = |before: usize, after: usize| {
                    let of = |at: usize| draws.iter().map(|draw| draw[at]).collect::<Vec<f64>>();
                    let moved: Vec<f64> =
                        draws.iter().map(|draw| draw[after] - draw[before]).collect();
                    let mid = mean(&moved);
                    let squares: f64 = moved.iter().map(|moved| (moved - mid).powi(2)).sum();
                    let deviation = (squares / (moved.len() - 1) as f64).sqrt();
                    [mean(&of(before)), mean(&of(after)), deviation]
                };
                curve.push(CurvePoint {
                    name: output.name,
                    n_articles,
                    n_rest: n_all - n_articles,
                    ece: spread(0, 1),
                    brier: spread(2, 3),
                });
            }
        }
        curve
    }
}

/// One article toward one camp: before and after.
#[derive(Clone, Copy, Debug)]
struct Point {
    points: [CalibrationPoint; 2],
    is_wrong: [bool; 2],
}

impl Point {
    fn brier_difference(&self) -> f64 {
        self.points[1].brier() - self.points[0].brier()
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
