//! The learning curve: what more labelled texts, and more rationales, would buy.
//!
//! Each part of the labels holds the smaller ones, so that points differ by what was added. Members
//! of a contrast family are added together. What is held out is the same at every point.

use super::ablation::AblationResult;
use super::heldout::HeldOutPredictions;
use crate::training::search::{FOLDS, held_out_logits};
use crate::training::{TrainingError, TrainingParams, TrainingSet};

/// The parts of the labels that are measured, besides all of them.
const SHARES: [f64; 4] = [0.125, 0.25, 0.5, 0.75];

/// How many points the curve has: the parts of the texts, the parts of the rationales, all.
pub const N_POINTS: usize = 2 * SHARES.len() + 1;

/// The points of the curve, in that order, on held-out groups of `set` for each grouping. Calls
/// `tick` once per point, grouping and fold.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be fitted.
pub fn learning_curve(
    set: &TrainingSet,
    params: &TrainingParams,
    tick: &(impl Fn() + Sync),
) -> Result<Vec<AblationResult>, TrainingError> {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share).replace(".0 %", " %");
    let texts = SHARES
        .iter()
        .map(|&share| (format!("{} of the texts", percent(share)), set.with_part_of_labels(share)));
    let rationales = SHARES.iter().map(|&share| {
        (format!("{} of the rationales", percent(share)), set.with_part_of_rationales(share))
    });
    let all = std::iter::once(("all".to_owned(), set.clone()));
    let points = texts.chain(rationales).chain(all).map(|(name, taught)| {
        let summary = |grouping| {
            let folds = set.folds(grouping, &set.positions(), FOLDS);
            let logits = held_out_logits(&taught, &folds, params, tick)?;
            Ok(HeldOutPredictions::new(set, grouping, &folds, &logits).summary(&[]))
        };
        let summaries: Result<Vec<_>, TrainingError> = set.groupings.iter().map(summary).collect();
        Ok(AblationResult { name, summaries: summaries?, elsewhere: Vec::new() })
    });
    points.collect()
}
