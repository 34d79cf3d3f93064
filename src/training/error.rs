//! The errors of training.

use super::{InvalidPenalty, SolveError};
use crate::article::quoted::quoted;
use crate::features::FitError;
use crate::model::ModelError;

/// Why no model could be trained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainingError {
    /// The articles give no features.
    #[error("features: {0}")]
    Features(#[from] FitError),
    /// The penalty is out of range.
    #[error(transparent)]
    Penalty(#[from] InvalidPenalty),
    /// The parts of the model do not fit together.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The solver found no weights.
    #[error("{what}: {source}")]
    Solve {
        /// The head that was fitted.
        what: String,
        /// Why the solver failed.
        source: SolveError,
    },
    /// It was asked to end before it had weights.
    #[error("the training was stopped")]
    Stopped,
    /// All articles are in one group, so no group can be held out.
    #[error(
        "all articles are of one event and one outlet (or one group); at least two are needed to \
         measure and to calibrate"
    )]
    OneGroup,
    /// An output has a single class.
    #[error(
        "every label of {output} is {class}; at least two different ones are needed to learn from",
        class = quoted(class)
    )]
    OneClass {
        /// The output.
        output: String,
        /// Its only class.
        class: String,
    },
    /// A class has no example.
    #[error(
        "no article is labelled {class} toward {output}: label some, or the model can never say so"
    )]
    NoExample {
        /// The class.
        class: String,
        /// The output.
        output: String,
    },
}
