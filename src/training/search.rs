//! Settings are chosen by what comes of articles whose group was held out, never by what a model
//! says of its own articles.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::calibration::{Calibration, Logits};
use super::{Corpus, Precision, TrainingError, TrainingSettings};
use crate::features::{Analyzer, Block, BlockSettings, Norm, TfidfVectorizer};
use crate::model::{HeadId, Task};

/// At most so many folds for each grouping.
pub const FOLDS: usize = 5;

/// Fewer folds inside a fold, where the choice itself is tested.
pub const INNER_FOLDS: usize = 3;

/// The settings that are tried: every choice of blocks with every alpha.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Choices of blocks, the simplest first: among equals the first wins.
    pub blocks: Vec<Vec<BlockSettings>>,
    /// Penalties.
    pub alphas: Vec<f64>,
}

impl Grid {
    /// What a full search tries.
    pub fn of(corpus: &Corpus) -> Self {
        match &corpus.task {
            Task::Stance(_) => {
                let choices = [(1, 0.15), (1, 0.3), (2, 0.15), (2, 0.3)];
                Self {
                    blocks: choices
                        .map(|(longest, lexicon)| stance_blocks(corpus, longest, lexicon))
                        .to_vec(),
                    alphas: vec![0.3, 0.1, 0.03],
                }
            }
            Task::Labels(_) => Self {
                blocks: vec![label_blocks(&corpus.task)],
                alphas: vec![5.0, 2.5, 1.0, 0.3, 0.1],
            },
        }
    }

    /// The settings that are taken without a search.
    pub fn usual(corpus: &Corpus) -> TrainingSettings {
        let task = &corpus.task;
        match task {
            Task::Stance(_) => {
                TrainingSettings { blocks: stance_blocks(corpus, 2, 0.3), alpha: 0.3 }
            }
            Task::Labels(_) => TrainingSettings {
                blocks: label_blocks(task),
                alpha: if task.is_joint() { 2.5 } else { 0.1 },
            },
        }
    }

    /// How many settings there are.
    pub fn len(&self) -> usize {
        self.blocks.len() * self.alphas.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// With fewer events, a term need not stand in three of them.
const FEW_EVENTS: usize = 12;

/// Blocks for stances toward camps: stems up to runs of `longest`, and the lexicon with its weight.
/// Terms must stand in three events. Whether an article is about the conflict is told by all its
/// words and by how often camps are named; which side it takes by the own voice only. One clear
/// place is enough for a side, so lexicon words are not scaled by an article's length.
fn stance_blocks(corpus: &Corpus, longest: usize, lexicon: f64) -> Vec<BlockSettings> {
    const RELEVANCE: [usize; 1] = [HeadId::Relevance.index()];
    const SIDES: [usize; 2] = [HeadId::Camp(0).index(), HeadId::Camp(1).index()];
    let events: BTreeSet<&String> =
        corpus.groupings.iter().take(1).flat_map(|grouping| &grouping.keys).collect();
    let least = if events.len() < FEW_EVENTS { 1 } else { 3 };
    let stems = TfidfVectorizer::default().min_df(least);
    let present =
        TfidfVectorizer::default().min_df(least).binary(true).use_idf(false).norm(Norm::None);
    vec![
        // Heavy, that is hardly penalised: subjects are told by many words, each of them plain.
        BlockSettings::new(Block::Stems, stems.clone().binary(true))
            .weight(5.0)
            .only_for(&RELEVANCE),
        BlockSettings::new(Block::Mentions, present.clone()).weight(0.5).only_for(&RELEVANCE),
        BlockSettings::new(Block::Lexicon, present).weight(lexicon).only_for(&SIDES),
        BlockSettings::new(Block::OwnStems, stems.ngram_range(1, longest).binary(true))
            .only_for(&SIDES),
    ]
}

/// Blocks for labels of any kind, chosen by cross-validation on the training parts of two public
/// sets of tweets. Several targets make a copy of each feature for each of them, so there rare
/// terms are left out, and pairs weigh less.
fn label_blocks(task: &Task) -> Vec<BlockSettings> {
    let words = TfidfVectorizer::default().sublinear_tf(true);
    let chars = words.clone().analyzer(Analyzer::CharWb).ngram_range(2, 5).min_df(2);
    if task.is_joint() {
        let words = words.min_df(2);
        return vec![
            BlockSettings::new(Block::Words, words.clone()),
            BlockSettings::new(Block::Words, words.clone().ngram_range(2, 2)).weight(0.5),
            BlockSettings::new(Block::Chunks, chars),
            BlockSettings::new(Block::Stems, words).weight(0.7),
        ];
    }
    let words = words.ngram_range(1, 2);
    vec![
        BlockSettings::new(Block::Words, words.clone()),
        BlockSettings::new(Block::Chunks, chars).weight(1.4),
        BlockSettings::new(Block::Stems, words).weight(1.2),
    ]
}

/// Settings with what they came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The settings.
    pub settings: TrainingSettings,
    /// Mean macro-F1 of the outputs on held-out groups, over the groupings.
    pub macro_f1: f64,
}

/// Logits of each head for each article of a fold.
type FoldLogits = Vec<Vec<Vec<f64>>>;

/// Fits on all of `positions` but those of one fold, for every fold and each alpha; gives the
/// logits of the held-out articles. The folds are shared out over the threads; what comes out does
/// not depend on how.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be fitted.
pub fn out_of_fold(
    corpus: &Corpus,
    positions: &[usize],
    folds: &[Vec<usize>],
    settings: (&[BlockSettings], &[f64]),
    tick: &(impl Fn() + Sync),
) -> Result<Vec<Logits>, TrainingError> {
    let (blocks, alphas) = settings;
    let of_fold = |fold: &Vec<usize>| {
        let rest: Vec<usize> = positions
            .iter()
            .copied()
            .filter(|position| fold.binary_search(position).is_err())
            .collect();
        let part = corpus.extract(&rest, blocks)?;
        let heads = part.heads(alphas, Precision::COMPARED)?;
        let rows: Vec<_> =
            fold.iter().map(|&position| part.extractor.row(&corpus.read[position])).collect();
        tick();
        Ok(heads
            .iter()
            .map(|heads| {
                rows.iter().map(|row| heads.iter().map(|head| head.logits(row)).collect()).collect()
            })
            .collect())
    };
    let by_fold: Vec<Result<Vec<FoldLogits>, TrainingError>> =
        folds.par_iter().map(of_fold).collect();
    let mut by_alpha: Vec<Logits> = vec![vec![None; corpus.len()]; alphas.len()];
    for (fold, of_fold) in folds.iter().zip(by_fold) {
        for (logits, of_alpha) in by_alpha.iter_mut().zip(of_fold?) {
            for (&position, of_article) in fold.iter().zip(of_alpha) {
                logits[position] = Some(of_article);
            }
        }
    }
    Ok(by_alpha)
}

/// Tries every settings of `grid` on `positions` and returns the trials, the best first, among
/// equals the earlier in the grid.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be fitted.
pub fn search(
    corpus: &Corpus,
    positions: &[usize],
    grid: &Grid,
    n_folds: usize,
    tick: &(impl Fn() + Sync),
) -> Result<Vec<Trial>, TrainingError> {
    let mut trials = Vec::new();
    for blocks in &grid.blocks {
        let mut by_grouping = Vec::new();
        for grouping in &corpus.groupings {
            let folds = corpus.folds(grouping, positions, n_folds);
            by_grouping.push(out_of_fold(corpus, positions, &folds, (blocks, &grid.alphas), tick)?);
        }
        for (at, &alpha) in grid.alphas.iter().enumerate() {
            let logits: Vec<&Logits> = by_grouping.iter().map(|by_alpha| &by_alpha[at]).collect();
            let settings = TrainingSettings { blocks: blocks.clone(), alpha };
            trials.push(Trial {
                settings,
                macro_f1: Calibration::learn(corpus, &logits).macro_f1(corpus, &logits),
            });
        }
    }
    trials.sort_by(|a, b| b.macro_f1.total_cmp(&a.macro_f1));
    Ok(trials)
}

/// How often `tick` is called by [`choose`] and by [`nested`] over all groupings of `corpus`.
pub fn ticks(corpus: &Corpus, grid: &Grid) -> usize {
    let searching = |n_folds: usize| {
        if grid.len() > 1 { grid.blocks.len() * corpus.groupings.len() * n_folds } else { 0 }
    };
    searching(FOLDS) + corpus.groupings.len() * FOLDS * (1 + searching(INNER_FOLDS))
}

/// So much macro-F1 is chance, at most: about half a standard error of the figures on the labelled
/// set.
const AS_GOOD: f64 = 0.01;

/// The same over the square root of the number of articles, where there are more of them.
const AS_GOOD_OF_MANY: f64 = 0.3;

/// The settings that do best on held-out groups of `positions`; those of a grid of one without
/// trying. Of those as good as the best but for chance, the most strongly penalised: the rule of
/// one standard error (Breiman, Friedman, Olshen, Stone 1984, section 3.4.3), with less than that.
///
/// # Errors
/// As [`search`].
pub fn choose(
    corpus: &Corpus,
    positions: &[usize],
    grid: &Grid,
    n_folds: usize,
    tick: &(impl Fn() + Sync),
) -> Result<TrainingSettings, TrainingError> {
    if let (1, [blocks]) = (grid.len(), &grid.blocks[..]) {
        return Ok(TrainingSettings { blocks: blocks.clone(), alpha: grid.alphas[0] });
    }
    let trials = search(corpus, positions, grid, n_folds, tick)?;
    let enough = trials.first().map_or(0.0, |best| {
        best.macro_f1 - AS_GOOD.min(AS_GOOD_OF_MANY / (positions.len() as f64).sqrt())
    });
    let as_good = trials.into_iter().filter(|trial| trial.macro_f1 >= enough);
    // Of equals the last in a list wins here, so it is turned round.
    let cautious = as_good.rev().max_by(|a, b| a.settings.alpha.total_cmp(&b.settings.alpha));
    Ok(cautious.map_or_else(|| Grid::usual(corpus), |trial| trial.settings))
}

/// Held-out logits of every article, from settings that were chosen without its fold: what such a
/// choice and training come to.
///
/// # Errors
/// As [`search`].
pub fn nested(
    corpus: &Corpus,
    folds: &[Vec<usize>],
    grid: &Grid,
    tick: &(impl Fn() + Sync),
) -> Result<Logits, TrainingError> {
    let positions: Vec<usize> = (0..corpus.len()).collect();
    let of_fold = |fold: &Vec<usize>| {
        let rest: Vec<usize> = positions
            .iter()
            .copied()
            .filter(|position| fold.binary_search(position).is_err())
            .collect();
        let TrainingSettings { blocks, alpha } = choose(corpus, &rest, grid, INNER_FOLDS, tick)?;
        let logits =
            out_of_fold(corpus, &positions, std::slice::from_ref(fold), (&blocks, &[alpha]), tick)?;
        Ok(logits.into_iter().next().unwrap_or_default())
    };
    let by_fold: Vec<Result<Logits, TrainingError>> = folds.par_iter().map(of_fold).collect();
    let mut logits: Logits = vec![None; corpus.len()];
    for of_fold in by_fold {
        for (kept, own) in logits.iter_mut().zip(of_fold?) {
            if own.is_some() {
                *kept = own;
            }
        }
    }
    Ok(logits)
}
