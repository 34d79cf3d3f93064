//! Hand labels: the labelled set, its annotations, and what is wrong with them; tables of other
//! labels.
//!
//! `labeled/CODEBOOK.md` describes the files of a labelled set.

pub mod agreement;
pub mod annotation;
pub mod articles;
pub mod composition;
mod csv_rows;
pub mod duplicates;
pub mod external;
mod family;
mod files;
pub mod fold;
pub mod framing;
pub mod ids_as_texts;
pub mod lexicon;
pub mod passage;
pub mod problem;
pub mod rationale;
pub mod readings;
mod set;
pub mod spelling;
pub mod stance_words;
pub mod table;

pub use annotation::LabelAggregation;
pub use files::{LabelledFiles, SourceText};
pub use lexicon::SetLexicon;
pub use passage::{Passage, PassageFiles, Passages};
pub use rationale::Rationale;
pub use set::{LabelledArticle, LabelledSet};
