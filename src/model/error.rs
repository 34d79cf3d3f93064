//! Why something is not a model.

use safetensors::{Dtype, SafeTensorError};

use super::file::{FORMAT, OLDEST_FORMAT};
use super::reference::InvalidReference;
use crate::features::FitError;
use crate::text::TextSettings;
use crate::text::own_words::OwnWordError;

/// Why bytes, or parts, are not a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes are not safetensors, or their header contradicts their length.
    #[error("not a model file: {0}")]
    Container(#[from] SafeTensorError),
    /// The safetensors are of another program.
    #[error("not a model of mizan: its metadata has no key `mizan`")]
    NoCard,
    /// The card is not of the form that it must have.
    #[error("not a model of mizan: card: {0}")]
    Card(#[from] serde_json::Error),
    /// The content changed since the file was written.
    #[error(
        "the content does not match its checksum: the file is damaged; download it again or train \
         the model again"
    )]
    Checksum,
    /// The file has a format that this program does not read.
    #[error(
        "its format is {0} and this program reads formats {OLDEST_FORMAT} to {FORMAT}: use the \
         version of mizan that trained it, or train it again"
    )]
    Format(u32),
    /// The model reads text in another way than this program.
    #[error(
        "it uses text-processing version {0} and this program version {steps}: train it again",
        steps = TextSettings::STEPS
    )]
    TextVersion(u32),
    /// The camps or the questions are not valid.
    #[error("task: {0}")]
    Task(String),
    /// There are no blocks of features, or too many.
    #[error("{0} blocks of features: a model has 1 to {max}", max = super::MAX_BLOCKS)]
    BlockCount(usize),
    /// The classifier of sentences does not fit its features or the camps, or a number in it is not
    /// finite.
    #[error(
        "sentences: weights and intercepts of {n_features} features and {n_camps} camps are needed"
    )]
    Sentences {
        /// How many features a sentence has.
        n_features: usize,
        /// How many camps there are.
        n_camps: usize,
    },
    /// The settings of a block are not valid.
    #[error("blocks.{block}: {source}")]
    Block {
        /// Number of the block.
        block: usize,
        /// What is wrong with its settings.
        source: FitError,
    },
    /// A vocabulary is not UTF-8.
    #[error("blocks.{block}.vocabulary: {source}")]
    VocabularyText {
        /// Number of the block.
        block: usize,
        /// Where it is not UTF-8.
        source: std::str::Utf8Error,
    },
    /// The terms of a vocabulary are not in ascending order, each once.
    #[error("blocks.{0}.vocabulary: its terms are not in ascending order")]
    VocabularyOrder(usize),
    /// A block has not one positive idf for each term.
    #[error("blocks.{block}.idf: not {n_terms} positive numbers, one for each term")]
    Idf {
        /// Number of the block.
        block: usize,
        /// How many terms its vocabulary has.
        n_terms: usize,
    },
    /// A tensor has another type of numbers than it must have.
    #[error("{name}: {found:?} instead of {expected:?}")]
    TensorType {
        /// Name of the tensor.
        name: String,
        /// Its type.
        found: Dtype,
        /// The type that it must have.
        expected: Dtype,
    },
    /// There are more or fewer heads than the task has.
    #[error("{found} heads instead of {expected}")]
    HeadCount {
        /// How many there are.
        found: usize,
        /// How many the task has.
        expected: usize,
    },
    /// The weights of a head have another shape, or one is not finite.
    #[error("heads.{head}: not {n_features} × {n_classes} weights of at most a million")]
    Head {
        /// Number of the head.
        head: usize,
        /// How many features the model has.
        n_features: usize,
        /// How many classes the head has.
        n_classes: usize,
    },
    /// The scalings do not fit the heads.
    #[error("scalings: not a scale and a shift for each class")]
    Scalings,
    /// The decisions do not fit the outputs.
    #[error("decisions: not an offset for each class and a threshold for each risk")]
    Decisions,
    /// A word cannot be added to the lexicon.
    #[error("text: {0}")]
    OwnWord(#[from] OwnWordError),
    /// The reference is not consistent.
    #[error("reference: {0}")]
    Reference(#[from] InvalidReference),
}
