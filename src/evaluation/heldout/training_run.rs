//! A complete training run: selection of parameters, held-out evaluation, and the final fit.

use super::{FiguresThen, HeldOutComparison, HeldOutPredictions, HeldOutSummary};
use crate::article::Article;
use crate::evaluation::probe::{Probe, ProbeReport, ProbeSet};
use crate::model::{Model, Reference};
use crate::training::calibration::{Calibration, HeldOutLogits};
use crate::training::search::{FOLDS, ParameterGrid, n_ticks, nested, out_of_fold, select};
use crate::training::{TrainingError, TrainingParams, TrainingSet};

/// Risks for which a run reports coverage.
const RISKS: [f64; 4] = [0.05, 0.1, 0.2, 0.3];

/// A trained model and its held-out evaluation.
#[derive(Debug)]
pub struct TrainingRun {
    /// The model, trained on all articles.
    pub model: Model,
    /// The held-out predictions for each grouping.
    pub predictions: Vec<HeldOutPredictions>,
    /// Their metrics, for each grouping.
    pub summaries: Vec<HeldOutSummary>,
    /// The comparison with the previous model; `None` without a comparable one.
    pub comparison: Option<HeldOutComparison>,
    /// The probes of held-out articles; `None` if the labels are not stances.
    pub probes: Option<ProbeReport>,
}

impl TrainingRun {
    /// How often [`Self::new`] calls `tick`.
    pub fn n_ticks(set: &TrainingSet, grid: &ParameterGrid, has_previous: bool) -> usize {
        let comparing = if has_previous { 2 * FOLDS } else { 0 };
        n_ticks(set, grid) + comparing + Probe::ALL.len()
    }

    /// Selects parameters from `grid`, evaluates them on held-out groups, and trains on all
    /// articles. `articles` are those of `set`, in its order, or none if the labels are not
    /// stances; only probes need them. The new parameters and labels are compared with those of
    /// `previous`.
    ///
    /// # Errors
    /// [`TrainingError`]: `set` does not pass its check, or a fit fails.
    pub fn new(
        set: &TrainingSet,
        articles: &[Article],
        grid: &ParameterGrid,
        previous: Option<&Model>,
        tick: &(impl Fn() + Sync),
    ) -> Result<Self, TrainingError> {
        set.check_groups()?;
        let params = select(set, &set.positions(), grid, FOLDS, tick)?;
        let mut logits: Vec<HeldOutLogits> = Vec::new();
        let mut predictions = Vec::new();
        for grouping in &set.groupings {
            let folds = set.folds(grouping, &set.positions(), FOLDS);
            let held_out = nested(set, &folds, grid, tick)?;
            predictions.push(HeldOutPredictions::new(set, grouping, &folds, &held_out));
            logits.push(held_out);
        }
        let mut comparison = match previous {
            Some(previous) => compare(set, &params, previous, tick)?,
            None => None,
        };
        let (probes, reference) = probe(set, articles, &params, &logits, tick)?.unzip();
        let summaries: Vec<HeldOutSummary> =
            predictions.iter().map(|held_out| held_out.summary(&RISKS)).collect();
        if let (Some(comparison), Some(previous)) = (&mut comparison, previous) {
            comparison.then = figures_then(set, previous, &summaries);
        }
        let calibration = Calibration::learn(set, &logits.iter().collect::<Vec<_>>());
        let figures = HeldOutSummary::provenance_figures(&summaries);
        let model = set.train(&params, &calibration, grid.description(set), figures)?;
        let model = model.with_reference(reference)?;
        Ok(Self { model, predictions, summaries, comparison, probes })
    }
}

/// Probes held-out articles of the first grouping. Their scores are also the reference for drift
/// detection. `None` if the labels are not stances.
fn probe(
    set: &TrainingSet,
    articles: &[Article],
    params: &TrainingParams,
    logits: &[HeldOutLogits],
    tick: &impl Fn(),
) -> Result<Option<(ProbeReport, Reference)>, TrainingError> {
    let (Some(grouping), Some(logits)) = (set.groupings.first(), logits.first()) else {
        return Ok(None);
    };
    let probes = ProbeSet::held_out((set, articles), grouping, params, logits)?;
    Ok(probes.filter(|probes| !probes.is_empty()).map(|probes| {
        let reference =
            Reference::from_inputs(&grouping.name, &probes.drift_inputs(), probes.genres());
        (ProbeReport::measure(&probes, tick), reference)
    }))
}

/// The figures of the previous model when it was trained, on the first grouping, beside those of
/// `summaries`; `None` if it learned from the same lessons, or its file does not say.
fn figures_then(
    set: &TrainingSet,
    previous: &Model,
    summaries: &[HeldOutSummary],
) -> Option<FiguresThen> {
    let provenance = previous.provenance();
    if provenance.lessons.is_empty() || provenance.lessons == set.lessons {
        return None;
    }
    let figures = summaries.first()?.reports.iter().map(|report| {
        let then = provenance.figures.get(&format!("macro-F1, {}", report.name))?;
        Some((*then, report.macro_f1()))
    });
    FiguresThen::from_outputs(&figures.collect::<Option<Vec<_>>>()?)
}

/// Compares the new parameters and labels with those of the previous model, on the same folds of
/// the first grouping. `None` if the previous model has other outputs.
fn compare(
    set: &TrainingSet,
    params: &TrainingParams,
    previous: &Model,
    tick: &(impl Fn() + Sync),
) -> Result<Option<HeldOutComparison>, TrainingError> {
    let Some(before) = set.with_labels_of(previous) else { return Ok(None) };
    let grouping = set.groupings.first().ok_or(TrainingError::OneGroup)?;
    let folds = set.folds(grouping, &set.positions(), FOLDS);
    let held_out = |labelled: &TrainingSet,
                    params: &TrainingParams|
     -> Result<HeldOutPredictions, TrainingError> {
        let positions: Vec<usize> = (0..set.n_articles())
            .filter(|&position| labelled.labels[position].iter().any(Option::is_some))
            .collect();
        let fixed = (&params.blocks[..], params.sentences.as_ref(), &[params.alpha][..]);
        let logits = out_of_fold(labelled, &positions, &folds, fixed, tick)?;
        let logits = logits.into_iter().next().unwrap_or_default();
        Ok(HeldOutPredictions::new(set, grouping, &folds, &logits))
    };
    Ok(Some(HeldOutComparison::new(
        &held_out(&before, &TrainingParams::from_model(previous)?)?,
        &held_out(set, params)?,
    )))
}
