//! Selection of parameters by cross-validation over groups: a model never scores articles of a
//! group that it was trained on.

mod cross_validation;
mod grid;
mod weight;

use super::calibration::{Calibration, HeldOutLogits};
use super::{TrainingError, TrainingParams, TrainingSet};
pub use cross_validation::{held_out_logits, nested, out_of_fold};
pub use grid::ParameterGrid;
pub use weight::{WEIGHTS, WeightChoice};

/// Largest number of folds for each grouping.
pub const FOLDS: usize = 5;

/// Largest number of inner folds of nested cross-validation.
pub const INNER_FOLDS: usize = 3;

/// Parameters and their score in cross-validation.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossValidationResult {
    /// The parameters.
    pub params: TrainingParams,
    /// Macro-F1 on held-out groups, mean over the outputs and the groupings.
    pub macro_f1: f64,
}

/// Scores every combination of `grid` on `positions`, best first; equals stay in grid order. Calls
/// `tick` once per choice of blocks, grouping and fold. None, where no grouping can be divided.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be fitted.
pub fn search(
    set: &TrainingSet,
    positions: &[usize],
    grid: &ParameterGrid,
    n_folds: usize,
    tick: &(impl Fn() + Sync),
) -> Result<Vec<CrossValidationResult>, TrainingError> {
    let mut results = Vec::new();
    for blocks in &grid.blocks {
        let mut by_grouping = Vec::new();
        for grouping in &set.groupings {
            let folds = set.folds(grouping, positions, n_folds);
            if folds.len() < 2 {
                continue; // Of two outlets one is held out already.
            }
            by_grouping.push(out_of_fold(
                set,
                positions,
                &folds,
                (blocks, grid.sentences.as_ref(), &grid.alphas),
                tick,
            )?);
        }
        if by_grouping.is_empty() {
            return Ok(Vec::new());
        }
        for (at, &alpha) in grid.alphas.iter().enumerate() {
            let logits: Vec<&HeldOutLogits> =
                by_grouping.iter().map(|by_alpha| &by_alpha[at]).collect();
            results.push(CrossValidationResult {
                params: TrainingParams {
                    blocks: blocks.clone(),
                    sentences: grid.sentences.clone(),
                    alpha,
                },
                macro_f1: Calibration::learn(set, &logits).macro_f1(set, &logits),
            });
        }
    }
    results.sort_by(|a, b| b.macro_f1.total_cmp(&a.macro_f1));
    Ok(results)
}

/// How often [`select`] on all articles, and [`nested`] for each grouping, call `tick` in total.
pub fn n_ticks(set: &TrainingSet, grid: &ParameterGrid) -> usize {
    let searching = |n_folds: usize| {
        if grid.n_combinations() > 1 {
            grid.blocks.len() * set.groupings.len() * n_folds
        } else {
            0
        }
    };
    searching(FOLDS) + set.groupings.len() * FOLDS * (1 + searching(INNER_FOLDS))
}

/// Largest difference of macro-F1 that counts as chance: about half a standard error on the
/// labelled set.
const MAX_CHANCE: f64 = 0.01;

/// The same, to be divided by the square root of the number of articles, for larger sets.
const MAX_CHANCE_PER_ROOT_N: f64 = 0.3;

/// Selects the parameters for `positions`: among those that are as good as the best but for chance,
/// the most strongly penalised. This is the one-standard-error rule (Breiman, Friedman, Olshen,
/// Stone 1984, section 3.4.3) with a smaller margin. A grid of one needs no fit.
///
/// # Errors
/// As [`search`].
pub fn select(
    set: &TrainingSet,
    positions: &[usize],
    grid: &ParameterGrid,
    n_folds: usize,
    tick: &(impl Fn() + Sync),
) -> Result<TrainingParams, TrainingError> {
    if let (1, [blocks]) = (grid.n_combinations(), &grid.blocks[..]) {
        return Ok(TrainingParams {
            blocks: blocks.clone(),
            sentences: grid.sentences.clone(),
            alpha: grid.alphas[0],
        });
    }
    let results = search(set, positions, grid, n_folds, tick)?;
    let enough = results.first().map_or(0.0, |best| {
        best.macro_f1 - MAX_CHANCE.min(MAX_CHANCE_PER_ROOT_N / (positions.len() as f64).sqrt())
    });
    let as_good = results.into_iter().filter(|result| result.macro_f1 >= enough);
    // `max_by` returns the last of equals, so the order is reversed to prefer the best.
    let cautious =
        as_good.rev().max_by(|a, b| a.params.alpha.get().total_cmp(&b.params.alpha.get()));
    Ok(cautious.map_or_else(|| TrainingParams::default_for(set), |result| result.params))
}
