//! Tokens → features: blocks of TF-IDF features, with vocabularies and document frequencies that
//! are frozen at fitting.

pub mod block;
pub mod compiled;
pub mod evidence;
pub mod extractor;
pub mod framing;
pub mod meaning;
pub mod sparse;
pub mod tfidf;

pub use block::{Block, BlockSettings};
pub use compiled::CompiledExtractor;
pub use evidence::{Evidence, Place};
pub use extractor::Extractor;
pub use meaning::meaning;
pub use sparse::SparseRow;
pub use tfidf::{Analyzer, FitError, Norm, Tfidf, TfidfVectorizer};
