//! Active learning, simulated: how many labels each order of the labelling page would have saved.
//!
//! The labels of a labelled set are hidden and given one batch after the other, in the order that a
//! strategy asks for; after each batch a model is trained on the labels given so far and measured
//! on events that were held out from the start. What decides is how many labels a strategy needs
//! for [`ENOUGH`] of the macro-F1 that all labels give. Nothing is tuned on the way: parameters are
//! those of `train --quick`, without calibration.

use rayon::prelude::*;

use super::bootstrap::{BootstrapEstimate, interval};
use super::metrics::ConfusionMatrix;
use crate::camp::Stance;
use crate::features::SparseRow;
use crate::model::Model;
use crate::training::calibration::Calibration;
use crate::training::{Tolerance, TrainingError, TrainingParams, TrainingSet};

/// How often everything is done, each time with other events held out and another first batch.
pub const N_SEEDS: u64 = 20;

/// Numbers of labels at which a model is trained, before all.
const SIZES: [usize; 6] = [40, 80, 160, 320, 480, 640];

/// Share of the articles that is held out, by events.
const HELD_OUT: f64 = 0.2;

/// The share of the full macro-F1 that counts as reached.
pub const ENOUGH: f64 = 0.95;

/// How the next articles are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// At random.
    Random,
    /// Those of which the model is least sure: the smallest margin between its two likeliest
    /// answers toward either camp.
    Uncertain,
    /// Those least like what is labelled: the smallest cosine to the nearest, one by one.
    Unlike,
}

impl Strategy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Random, Self::Uncertain, Self::Unlike];

    /// Its name, as on the labelling page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Uncertain => "uncertain",
            Self::Unlike => "unlike",
        }
    }
}

/// What one strategy gave, each figure the mean over the seeds with its 95 % interval.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyResult {
    /// The strategy.
    pub strategy: Strategy,
    /// By number of labels: macro-F1 on the held-out articles.
    pub curve: Vec<(usize, BootstrapEstimate)>,
    /// Share of the labels that is needed for [`ENOUGH`] of what all give.
    pub needed: BootstrapEstimate,
    /// The same less what random needs, on the same seeds: below 0 is better.
    pub saved: BootstrapEstimate,
}

/// One file or split that models are measured on.
struct Measured<'a> {
    set: &'a TrainingSet,
    positions: Vec<usize>,
}

/// One run of one strategy: macro-F1 by size, the last with all labels.
struct Run {
    figures: Vec<f64>,
    needed: f64,
}

/// Simulates all strategies on `set`, measured on held-out events of it, or on all of `elsewhere`
/// where that is given. Calls `tick` once for each seed and strategy.
///
/// # Errors
/// [`TrainingError`] of the first fit that fails.
pub fn active_learning(
    set: &TrainingSet,
    elsewhere: Option<&TrainingSet>,
    params: &TrainingParams,
    tick: &(impl Fn() + Sync),
) -> Result<Vec<StrategyResult>, TrainingError> {
    let mut runs: [Vec<Run>; 3] = Default::default();
    let mut sizes = Vec::new();
    for seed in 0..N_SEEDS {
        let mut random = fastrand::Rng::with_seed(seed);
        let (held_out, pool) = split(set, &mut random);
        let measured = match elsewhere {
            Some(other) => Measured { set: other, positions: other.positions() },
            None => Measured { set, positions: held_out },
        };
        sizes = SIZES.into_iter().filter(|&n| n < pool.len()).collect();
        sizes.push(pool.len());
        let full = macro_f1(&trained(set, &pool, params)?, &measured);
        for (strategy, runs) in Strategy::ALL.into_iter().zip(&mut runs) {
            let mut figures = simulate(set, &pool, &sizes, strategy, params, &measured)?;
            figures.push(full);
            let needed = needed(&sizes, &figures) / pool.len() as f64;
            runs.push(Run { figures, needed });
            tick();
        }
    }
    let mean = |values: Vec<f64>| {
        let clusters: Vec<Vec<f64>> = values.iter().map(|value| vec![*value]).collect();
        let statistic = |sample: &[f64]| sample.iter().sum::<f64>() / sample.len().max(1) as f64;
        BootstrapEstimate { value: statistic(&values), interval: interval(&clusters, statistic) }
    };
    let result = |(strategy, of): (Strategy, &Vec<Run>)| StrategyResult {
        strategy,
        curve: sizes
            .iter()
            .enumerate()
            .map(|(at, &n)| (n, mean(of.iter().map(|run| run.figures[at]).collect())))
            .collect(),
        needed: mean(of.iter().map(|run| run.needed).collect()),
        saved: mean(of.iter().zip(&runs[0]).map(|(run, base)| run.needed - base.needed).collect()),
    };
    Ok(Strategy::ALL.into_iter().zip(&runs).map(result).collect())
}

/// Held-out articles, whole events, and the others in random order.
fn split(set: &TrainingSet, random: &mut fastrand::Rng) -> (Vec<usize>, Vec<usize>) {
    let keys = set.groupings.first().map_or(&set.ids, |grouping| &grouping.keys);
    let mut events: Vec<&String> = keys.iter().collect();
    events.sort_unstable();
    events.dedup();
    random.shuffle(&mut events);
    let positions = set.positions();
    let wanted = positions.len() as f64 * HELD_OUT;
    let (mut held_out, mut n_events) = (Vec::new(), 0);
    while (held_out.len() as f64) < wanted && n_events < events.len() {
        held_out.extend(positions.iter().filter(|&&at| keys[at] == *events[n_events]));
        n_events += 1;
    }
    held_out.sort_unstable();
    let mut pool: Vec<usize> =
        positions.into_iter().filter(|at| held_out.binary_search(at).is_err()).collect();
    random.shuffle(&mut pool);
    (held_out, pool)
}

/// The macro-F1 of one strategy at each size but the last. The pool is in random order.
fn simulate(
    set: &TrainingSet,
    pool: &[usize],
    sizes: &[usize],
    strategy: Strategy,
    params: &TrainingParams,
    measured: &Measured<'_>,
) -> Result<Vec<f64>, TrainingError> {
    let mut figures = Vec::new();
    let mut labelled = pool[..sizes[0]].to_vec();
    let mut left = pool[sizes[0]..].to_vec();
    for (at, &size) in sizes[..sizes.len() - 1].iter().enumerate() {
        labelled.extend(left.drain(..size - labelled.len()));
        let model = trained(set, &labelled, params)?;
        figures.push(macro_f1(&model, measured));
        let next = sizes[at + 1].min(pool.len()) - labelled.len();
        match strategy {
            Strategy::Random => {}
            Strategy::Uncertain => {
                let sure: Vec<f64> = left
                    .par_iter()
                    .map(|&at| margin(&model.probabilities(&set.texts[at])))
                    .collect();
                sort_by(&mut left, &sure);
            }
            Strategy::Unlike => put_unlike_first(set, &model, &labelled, &mut left, next),
        }
    }
    Ok(figures)
}

/// A model of some articles, whatever their order.
fn trained(
    set: &TrainingSet,
    labelled: &[usize],
    params: &TrainingParams,
) -> Result<Model, TrainingError> {
    let mut positions = labelled.to_vec();
    positions.sort_unstable();
    let calibration = Calibration::identity(&set.task);
    set.train_on(&positions, params, &calibration, Tolerance::SEARCH)
}

/// Sorts articles by a number; equals stay as they are.
fn sort_by(articles: &mut Vec<usize>, numbers: &[f64]) {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by(|&one, &other| numbers[one].total_cmp(&numbers[other]));
    *articles = order.into_iter().map(|at| articles[at]).collect();
}

/// The margin between the two likeliest answers toward the camp of which the model is less sure.
fn margin(probabilities: &[Vec<f64>]) -> f64 {
    let margins = probabilities.iter().map(|classes| {
        let mut sorted = classes.clone();
        sorted.sort_by(|one, other| other.total_cmp(one));
        sorted[0] - sorted.get(1).copied().unwrap_or_default()
    });
    margins.fold(1.0, f64::min)
}

/// Puts the `n` articles first that are least like the labelled ones and each other.
fn put_unlike_first(
    set: &TrainingSet,
    model: &Model,
    labelled: &[usize],
    left: &mut [usize],
    n: usize,
) {
    let row = |&at: &usize| model.extractor().row(&set.texts[at]);
    let known: Vec<SparseRow> = labelled.par_iter().map(row).collect();
    let rows: Vec<SparseRow> = left.par_iter().map(row).collect();
    let nearest_of = |row: &SparseRow| known.iter().map(|one| row.cosine(one)).fold(0.0, f64::max);
    let mut nearest: Vec<f64> = rows.par_iter().map(nearest_of).collect();
    let mut order: Vec<usize> = (0..left.len()).collect();
    for at in 0..n.min(order.len()) {
        let least = (at..order.len())
            .min_by(|&one, &other| nearest[order[one]].total_cmp(&nearest[order[other]]))
            .unwrap_or(at);
        order.swap(at, least);
        let chosen = &rows[order[at]];
        nearest.par_iter_mut().zip(&rows).for_each(|(nearest, row)| {
            *nearest = nearest.max(row.cosine(chosen));
        });
    }
    let sorted: Vec<usize> = order.into_iter().map(|at| left[at]).collect();
    left.copy_from_slice(&sorted);
}

/// Macro-F1 of favor, neutral and against, as far as they occur: the mean over the camps.
fn macro_f1(model: &Model, measured: &Measured<'_>) -> f64 {
    let Measured { set, positions } = measured;
    let decided: Vec<Vec<usize>> = positions
        .par_iter()
        .map(|&at| model.task().decide(model.decisions(), &model.probabilities(&set.texts[at])))
        .collect();
    let n_outputs = set.labels.first().map_or(0, Vec::len);
    let of_output = |output: usize| {
        let pairs = positions.iter().zip(&decided);
        let pairs = pairs.filter_map(|(&at, said)| Some((set.labels[at][output]?, said[output])));
        let confusion = ConfusionMatrix::from_pairs(Stance::ALL.len(), pairs);
        let sides = 0..Stance::SIDES.len();
        confusion.macro_f1(sides.clone()) / confusion.max_macro_f1(sides).max(f64::MIN_POSITIVE)
    };
    (0..n_outputs).map(of_output).sum::<f64>() / n_outputs.max(1) as f64
}

/// The number of labels from which on the macro-F1 is [`ENOUGH`] of the last, between two sizes on
/// a line.
fn needed(sizes: &[usize], figures: &[f64]) -> f64 {
    let enough = ENOUGH * figures.last().copied().unwrap_or_default();
    let Some(last) = figures.iter().rposition(|&figure| figure < enough) else {
        return sizes[0] as f64;
    };
    let Some(&next) = sizes.get(last + 1) else { return sizes[last] as f64 };
    let (low, high) = (figures[last], figures[last + 1]);
    let part = if high > low { (enough - low) / (high - low) } else { 1.0 };
    sizes[last] as f64 + part.clamp(0.0, 1.0) * (next - sizes[last]) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_lies_between_the_sizes_around_it() {
        let sizes = [40, 80, 160];
        // 95 % of .8 is .76: a quarter of the way from .75 to .79 and on.
        assert!((needed(&sizes, &[0.5, 0.75, 0.8]) - (80.0 + 80.0 * 0.2)).abs() < 1e-9);
        assert!((needed(&sizes, &[0.79, 0.79, 0.8]) - 40.0).abs() < 1e-9);
        // What falls below again has not reached it yet.
        assert!(needed(&sizes, &[0.79, 0.5, 0.8]) > 80.0);
    }

    #[test]
    fn the_least_sure_margin_counts_and_equals_keep_their_order() {
        assert!((margin(&[vec![0.9, 0.1], vec![0.4, 0.6]]) - 0.2).abs() < 1e-12);
        let mut articles = vec![7, 8, 9];
        sort_by(&mut articles, &[1.0, 0.5, 0.5]);
        assert_eq!(articles, [8, 9, 7]);
    }
}
