//! Tokens → features: blocks of TF-IDF features with fitted vocabularies.
//!
//! [`Extractor`] is the general form, which fits and transforms any block. [`CompiledExtractor`] is
//! its fast form for scoring with the blocks of a model of stances. Blocks of words, chunks and
//! characters, for other labels, have the general form only.

pub mod block;
pub mod compiled;
pub mod evidence;
pub mod extractor;
pub mod framing;
pub mod meaning;
pub mod sentences;
pub mod sparse;
pub mod tfidf;

/// The largest number that a model may hold: far more than training gives, and so small that no
/// product or sum of them leaves the range of numbers.
pub const MAX_PARAMETER: f32 = 1e6;

pub use block::{Block, BlockSettings};
pub use compiled::CompiledExtractor;
pub use evidence::{Evidence, Place};
pub use extractor::Extractor;
pub use meaning::{in_words, meaning};
pub use sentences::SentenceClassifier;
pub use sparse::SparseRow;
pub use tfidf::{Analyzer, FitError, Norm, Tfidf, TfidfVectorizer};
