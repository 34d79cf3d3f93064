//! Ablation: what each block of features contributes.

use std::collections::BTreeMap;

use super::ClassificationReport;
use super::assessment::OneVsRest;
use super::heldout::{HeldOutPredictions, HeldOutSummary};
use crate::camp::Stance;
use crate::features::{Block, BlockSettings, TfidfVectorizer};
use crate::model::Model;
use crate::training::calibration::{Calibration, HeldOutLogits};
use crate::training::search::{FOLDS, held_out_logits};
use crate::training::{SentenceParams, TrainingError, TrainingParams, TrainingSet, relative};

/// A choice of parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name in tables.
    pub name: String,
    /// The parameters.
    pub params: TrainingParams,
}

/// The metrics of one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct AblationResult {
    /// Name of the variant.
    pub name: String,
    /// Metrics on held-out groups, for each grouping.
    pub summaries: Vec<HeldOutSummary>,
    /// Metrics on other files, by name of the file.
    pub elsewhere: Vec<(String, OneVsRest)>,
}

/// The variants of the default parameters of `set`: plain words of whole articles; the blocks that
/// tell sides, from whole articles, each alone and together; and where the set has rationales, the
/// same blocks by sentence.
pub fn variants(set: &TrainingSet) -> Vec<Variant> {
    let shipped = TrainingParams::default_for(set);
    let by_article = TrainingParams::for_sides_by_article(set);
    let tells_sides =
        |settings: &BlockSettings| settings.heads.as_ref().is_some_and(|heads| !heads.contains(&0));
    let words = TfidfVectorizer::default().ngram_range(1, 2).min_df(2).sublinear_tf(true);
    let with_blocks = |name: String, blocks: Vec<BlockSettings>| Variant {
        name,
        params: TrainingParams { blocks, ..by_article.clone() },
    };
    let mut variants = vec![with_blocks(
        "words 1–2, all voices".to_owned(),
        vec![BlockSettings::new(Block::Stems, words)],
    )];
    let (sides, others): (Vec<BlockSettings>, Vec<BlockSettings>) =
        by_article.blocks.iter().cloned().partition(tells_sides);
    for block in &sides {
        let blocks = others.iter().chain([block]).cloned().collect();
        variants.push(with_blocks(format!("articles: {} alone", block.block.name()), blocks));
    }
    variants.push(with_blocks("articles".to_owned(), by_article.blocks.clone()));
    if let Some(sentences) = &shipped.sentences {
        for block in &sentences.blocks {
            variants.push(Variant {
                name: format!("sentences: {} alone", block.block.name()),
                params: TrainingParams {
                    sentences: Some(SentenceParams {
                        blocks: vec![block.clone()],
                        ..sentences.clone()
                    }),
                    ..shipped.clone()
                },
            });
        }
        variants.push(Variant { name: "sentences".to_owned(), params: shipped });
    }
    variants
}

/// Cross-validation of fixed parameters over every grouping of a training set.
#[derive(Debug)]
pub struct CrossValidation<'a> {
    set: &'a TrainingSet,
    params: &'a TrainingParams,
    logits: Vec<HeldOutLogits>,
    /// Metrics on held-out groups, for each grouping; without coverage.
    pub summaries: Vec<HeldOutSummary>,
}

impl<'a> CrossValidation<'a> {
    /// Trains on the other folds and predicts each fold. Calls `tick` once per grouping and fold.
    ///
    /// # Errors
    /// [`TrainingError`] of the first fold that cannot be fitted.
    pub fn new(
        set: &'a TrainingSet,
        params: &'a TrainingParams,
        tick: &(impl Fn() + Sync),
    ) -> Result<Self, TrainingError> {
        let (mut all, mut summaries) = (Vec::new(), Vec::new());
        for grouping in &set.groupings {
            let folds = set.folds(grouping, &set.positions(), FOLDS);
            let logits = held_out_logits(set, &folds, params, tick)?;
            summaries.push(HeldOutPredictions::new(set, grouping, &folds, &logits).summary(&[]));
            all.push(logits);
        }
        Ok(Self { set, params, logits: all, summaries })
    }

    /// Trains on all articles, calibrated on the held-out logits.
    ///
    /// # Errors
    /// [`TrainingError`] if the fit fails.
    pub fn train(&self) -> Result<Model, TrainingError> {
        let logits: Vec<&HeldOutLogits> = self.logits.iter().collect();
        let calibration = Calibration::learn(self.set, &logits);
        self.set.train(self.params, &calibration, String::new(), BTreeMap::new())
    }

    /// How often [`Self::new`] calls `tick`.
    pub fn n_ticks(set: &TrainingSet) -> usize {
        set.groupings.len() * FOLDS
    }
}

/// The transfer of the camp-relative view to another conflict: reports on held-out groups of `set`,
/// and one on `other`, which is never trained on. `None` unless the labels of both are stances.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be fitted.
pub fn transfer(
    set: &TrainingSet,
    other: &TrainingSet,
) -> Result<Option<Vec<ClassificationReport>>, TrainingError> {
    let params = relative::default_params(set);
    let Some((own, other)) = set.relative().zip(other.relative()) else { return Ok(None) };
    let validated = CrossValidation::new(&own, &params, &|| ())?;
    let model = validated.train()?;
    let pairs: Vec<Vec<(usize, usize)>> = other
        .texts
        .iter()
        .zip(&other.labels)
        .filter_map(|(text, labels)| {
            let predicted = model.task().decide(model.decisions(), &model.probabilities(text))[0];
            Some(vec![(labels[0]?, predicted)])
        })
        .collect();
    let n_classes = Stance::SIDES.len();
    let report =
        ClassificationReport::new("the other conflict".to_owned(), n_classes, 0..n_classes, &pairs);
    let reports = validated.summaries.into_iter().flat_map(|summary| summary.reports);
    Ok(Some(reports.chain([report]).collect()))
}
