//! mizan (ميزان) weighs the stance of Arabic news articles toward the two rival Libyan camps.
//!
//! The way through the house, each room importing only from those before it:
//!
//! | from → to | room |
//! |---|---|
//! | the vocabulary of the field | [`arabic`], [`camp`], [`article`] |
//! | bytes → article | [`intake`] |
//! | text → tokens | [`text`] |
//! | tokens → features | [`features`] |
//! | features → logits | [`model`] |
//! | article → verdict | [`verdict`] |
//! | verdict → what it is made of | [`explanation`] |
//! | scored articles → what they say together | [`archive`] |
//! | files of hand labels → labelled articles | [`labels`] |
//! | labelled articles → model | [`training`] |
//! | model → figures of its quality | [`evaluation`] |
//! | verdict → lines and tables | [`output`] |
//! | how fast all this is | [`throughput`] |
//!
//! ```
//! use mizan::article::Article;
//! use mizan::model::Model;
//! use mizan::verdict::Scorer;
//!
//! let scorer = Scorer::new(Model::embedded()?)?;
//! let article = Article::from_saved("note", "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس");
//! let verdict = scorer.score(&article)?;
//! assert!((-1.0..=1.0).contains(&verdict.lean()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod article;
mod camp;
mod text;

mod intake;

mod features;

mod model;

mod scoring;

mod record;

#[cfg(feature = "train")]
mod labels;

mod engine;

#[cfg(feature = "train")]
mod training;

#[cfg(feature = "train")]
mod evaluation;

#[cfg(feature = "report")]
mod outlets;

#[cfg(feature = "cli")]
mod output;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod commands;

#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;
