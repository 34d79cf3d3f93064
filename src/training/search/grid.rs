//! The parameters that a search tries.

use std::collections::BTreeSet;

use super::FOLDS;
use crate::features::{Analyzer, Block, BlockSettings, Norm, TfidfVectorizer};
use crate::model::Task;
use crate::training::{Penalty, SentenceParams, TrainingParams, TrainingSet};

/// A grid of parameters: every choice of blocks with every penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterGrid {
    /// Choices of blocks, simplest first: among equally good ones the first wins.
    pub blocks: Vec<Vec<BlockSettings>>,
    /// How sentences are classified; the same in every combination, because each fit of them costs
    /// as much as all others together.
    pub sentences: Option<SentenceParams>,
    /// Penalties.
    pub alphas: Vec<Penalty>,
}

impl ParameterGrid {
    /// The grid of a full search on `set`.
    pub fn new(set: &TrainingSet) -> Self {
        match &set.task {
            Task::Stance(_) if set.has_rationales() => {
                let TrainingParams { blocks, sentences, .. } = TrainingParams::default_for(set);
                Self {
                    blocks: vec![blocks],
                    sentences,
                    alphas: [0.3, 0.1, 0.03].map(Penalty::fixed).to_vec(),
                }
            }
            Task::Stance(_) => {
                let choices = [(1, 0.15), (1, 0.3), (2, 0.15), (2, 0.3)];
                Self {
                    blocks: choices
                        .map(|(longest, lexicon)| stance_blocks(set, longest, lexicon))
                        .to_vec(),
                    sentences: None,
                    alphas: [0.3, 0.1, 0.03].map(Penalty::fixed).to_vec(),
                }
            }
            Task::Labels(_) => Self {
                blocks: vec![label_blocks(&set.task)],
                sentences: None,
                alphas: [5.0, 2.5, 1.0, 0.3, 0.1].map(Penalty::fixed).to_vec(),
            },
        }
    }

    /// The grid that contains only `params`.
    pub fn single(params: TrainingParams) -> Self {
        Self {
            blocks: vec![params.blocks],
            sentences: params.sentences,
            alphas: vec![params.alpha],
        }
    }

    /// How parameters are selected from the grid, for the provenance of a model.
    pub fn description(&self, set: &TrainingSet) -> String {
        let chosen = match self.n_combinations() {
            1 => "given, not searched for".to_owned(),
            n => format!(
                "of {n} tried on {FOLDS} folds of {}, the most penalised as good as the best",
                set.grouping_names().join(" and of ")
            ),
        };
        match &set.own {
            Some(own) => format!("{chosen}; own articles count {} times", own.weight),
            None => chosen,
        }
    }

    /// How many combinations there are.
    pub fn n_combinations(&self) -> usize {
        self.blocks.len() * self.alphas.len()
    }
}

impl TrainingParams {
    /// The default parameters for `set`, used without a search.
    pub fn default_for(set: &TrainingSet) -> Self {
        match &set.task {
            Task::Stance(_) if set.has_rationales() => Self {
                blocks: relevance_blocks(set).to_vec(),
                sentences: Some(SentenceParams {
                    blocks: sentence_blocks(set),
                    alpha: Penalty::fixed(6.0),
                }),
                alpha: Penalty::fixed(0.3),
            },
            Task::Stance(_) => Self::for_sides_by_article(set),
            task @ Task::Labels(_) => Self {
                blocks: label_blocks(task),
                sentences: None,
                alpha: Penalty::fixed(if task.is_joint() { 2.5 } else { 0.1 }),
            },
        }
    }

    /// The default parameters for stances that are told from articles as a whole, because it is not
    /// known which sentences decide them.
    pub fn for_sides_by_article(set: &TrainingSet) -> Self {
        Self { blocks: stance_blocks(set, 2, 0.3), sentences: None, alpha: Penalty::fixed(0.3) }
    }
}

/// From this number of events, a term must occur in three of them.
const MIN_EVENTS_FOR_MIN_DF: usize = 12;

/// In how many events a term must occur.
fn min_df(set: &TrainingSet) -> usize {
    let events: BTreeSet<&String> =
        set.groupings.iter().take(1).flat_map(|grouping| &grouping.keys).collect();
    if events.len() < MIN_EVENTS_FOR_MIN_DF { 1 } else { 3 }
}

/// Words of any kind of an article, and statements that hold or do not.
fn stems_and_statements(set: &TrainingSet) -> (TfidfVectorizer, TfidfVectorizer) {
    let stems = TfidfVectorizer::default().min_df(min_df(set)).binary(true);
    (stems.clone(), stems.use_idf(false).norm(Norm::None))
}

/// Blocks for relevance: it depends on all words and on how often camps are named.
fn relevance_blocks(set: &TrainingSet) -> [BlockSettings; 2] {
    const RELEVANCE: [usize; 1] = [0];
    let (stems, present) = stems_and_statements(set);
    [
        // A large weight, so that it is hardly penalised: many plain words make up a subject.
        BlockSettings::new(Block::Stems, stems).weight(5.0).only_for(&RELEVANCE),
        BlockSettings::new(Block::Mentions, present).weight(0.5).only_for(&RELEVANCE),
    ]
}

/// Blocks for stances toward camps, told from articles as a whole: n-grams of stems up to length
/// `longest`, and the lexicon with weight `lexicon`. The side depends on the article's own voice
/// only. One clear expression is enough for a side, so lexicon features are not normalised by the
/// length of the article.
fn stance_blocks(set: &TrainingSet, longest: usize, lexicon: f64) -> Vec<BlockSettings> {
    const SIDES: [usize; 2] = [1, 2];
    let (stems, present) = stems_and_statements(set);
    let mut blocks = relevance_blocks(set).to_vec();
    blocks.extend([
        BlockSettings::new(Block::Lexicon, present).weight(lexicon).only_for(&SIDES),
        BlockSettings::new(Block::OwnStems, stems.ngram_range(1, longest)).only_for(&SIDES),
    ]);
    blocks
}

/// Blocks for single sentences: the lexicon, the stems of the own voice, and the same once more
/// where one camp alone is named.
fn sentence_blocks(set: &TrainingSet) -> Vec<BlockSettings> {
    let (_, present) = stems_and_statements(set);
    vec![
        BlockSettings::new(Block::Lexicon, present.clone()),
        BlockSettings::new(Block::OwnStems, present.clone()),
        BlockSettings::new(Block::CampStems, present),
    ]
}

/// Blocks for labels of any kind, chosen by cross-validation on the training parts of two public
/// sets of tweets. A joint task has a copy of each feature per target, so it leaves out rare terms
/// and gives bigrams less weight.
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
