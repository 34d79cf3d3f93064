//! Held-out logits by cross-validation over groups.

use rayon::prelude::*;

use super::{INNER_FOLDS, ParameterGrid, select};
use crate::features::BlockSettings;
use crate::training::calibration::HeldOutLogits;
use crate::training::{
    Penalty, SentenceParams, Tolerance, TrainingError, TrainingParams, TrainingSet,
};

/// Logits of each head for each article of a fold; shape `(n_articles, n_heads, n_classes)`.
type FoldLogits = Vec<Vec<Vec<f64>>>;

/// The held-out logits for one choice of blocks and each of `alphas`; shape `(n_alphas)`. Each fold
/// is scored by a fit on the rest of `positions`. Calls `tick` once per fold. Folds run in
/// parallel; the result does not depend on the number of threads.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be fitted.
pub fn out_of_fold(
    set: &TrainingSet,
    positions: &[usize],
    folds: &[Vec<usize>],
    (blocks, sentences, alphas): (&[BlockSettings], Option<&SentenceParams>, &[Penalty]),
    tick: &(impl Fn() + Sync),
) -> Result<Vec<HeldOutLogits>, TrainingError> {
    let score_fold = |fold: &Vec<usize>| {
        let subset =
            set.featurize(&set.rest(positions, fold), blocks, sentences, Tolerance::SEARCH)?;
        let heads = subset.fit_heads(alphas, Tolerance::SEARCH)?;
        let rows: Vec<_> =
            fold.iter().map(|&position| subset.extractor.row(&set.texts[position])).collect();
        tick();
        Ok(heads
            .iter()
            .map(|heads| {
                rows.iter().map(|row| heads.iter().map(|head| head.logits(row)).collect()).collect()
            })
            .collect())
    };
    let by_fold: Vec<Result<Vec<FoldLogits>, TrainingError>> =
        folds.par_iter().map(score_fold).collect();
    let mut by_alpha: Vec<HeldOutLogits> = vec![vec![None; set.n_articles()]; alphas.len()];
    for (fold, fold_logits) in folds.iter().zip(by_fold) {
        for (logits, alpha_logits) in by_alpha.iter_mut().zip(fold_logits?) {
            for (&position, article_logits) in fold.iter().zip(alpha_logits) {
                logits[position] = Some(article_logits);
            }
        }
    }
    Ok(by_alpha)
}

/// The held-out logits for one set of parameters, on all articles.
///
/// # Errors
/// As [`out_of_fold`].
pub fn held_out_logits(
    set: &TrainingSet,
    folds: &[Vec<usize>],
    params: &TrainingParams,
    tick: &(impl Fn() + Sync),
) -> Result<HeldOutLogits, TrainingError> {
    let fixed = (&params.blocks[..], params.sentences.as_ref(), &[params.alpha][..]);
    Ok(first(out_of_fold(set, &set.positions(), folds, fixed, tick)?))
}

/// The held-out logits of nested cross-validation: the parameters for each fold are selected
/// without it, so that the result measures selection and training together.
///
/// # Errors
/// As [`out_of_fold`].
pub fn nested(
    set: &TrainingSet,
    folds: &[Vec<usize>],
    grid: &ParameterGrid,
    tick: &(impl Fn() + Sync),
) -> Result<HeldOutLogits, TrainingError> {
    let positions = set.positions();
    let score_fold = |fold: &Vec<usize>| {
        let rest = set.rest(&positions, fold);
        let params = select(set, &rest, grid, INNER_FOLDS, tick)?;
        held_out_logits(set, std::slice::from_ref(fold), &params, tick)
    };
    let by_fold: Vec<Result<HeldOutLogits, TrainingError>> =
        folds.par_iter().map(score_fold).collect();
    let mut logits: HeldOutLogits = vec![None; set.n_articles()];
    for fold_logits in by_fold {
        for (kept, own) in logits.iter_mut().zip(fold_logits?) {
            if own.is_some() {
                *kept = own;
            }
        }
    }
    Ok(logits)
}

fn first(by_alpha: Vec<HeldOutLogits>) -> HeldOutLogits {
    by_alpha.into_iter().next().unwrap_or_default()
}
