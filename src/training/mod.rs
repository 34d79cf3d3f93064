//! Labelled articles → model. Only this room names linfa, ndarray and argmin.
//!
//! 1. [`TrainingSet`]: the labelled articles, analyzed once, with their labels and groups.
//! 2. [`search`]: cross-validation over groups selects the [`TrainingParams`].
//! 3. [`calibration`]: scalings, offsets and thresholds, learned from held-out logits.
//! 4. [`DesignMatrix::fit`]: the weights, from all articles.

pub mod calibration;
mod error;
mod featurized;
mod fit;
mod known;
mod lbfgs;
mod memo;
mod objective;
mod own_articles;
mod params;
mod parts;
mod passages;
pub mod relative;
mod row_space;
pub mod search;
mod sentences;
mod sharing;
mod solver;
mod sparse;
mod stop;
mod targets;
mod training_set;
mod vector;

pub use error::TrainingError;
pub use objective::{SolveError, Tolerance};
pub use own_articles::OwnArticles;
pub use params::{InvalidPenalty, Penalty, SentenceParams, TrainingParams};
pub use passages::PassageTexts;
pub use solver::DesignMatrix;
pub use stop::Stop;
pub use training_set::{ARTICLES, Grouping, TrainingSet};
