//! Training in the background, as the page sees it.

use std::io;

use serde::{Deserialize, Serialize};

use crate::scoring::Scorer;

/// How a training stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum Training {
    /// None was started, or the last one was dropped.
    None,
    /// It runs.
    Running {
        /// For so many seconds.
        seconds: u64,
    },
    /// A model is there, to be kept or dropped.
    Done {
        /// What was measured, and what changed.
        report: String,
    },
    /// There is no model.
    Failed {
        /// Why not.
        message: String,
    },
    /// The model was kept.
    Kept {
        /// Its file.
        file: String,
    },
}

/// What the page may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Request {
    /// To train on what is labelled now.
    Start,
    /// To stop.
    Cancel,
    /// To keep the new model, and to use it from now on.
    Keep,
    /// To throw it away.
    Drop,
}

/// Trains models of a set, one at a time.
pub trait Trainer: Send + Sync {
    /// How the training stands.
    fn state(&self) -> Training;

    /// Does what is asked. Keeping a model gives it.
    ///
    /// # Errors
    /// When it cannot be started, or not be kept.
    fn ask(&self, request: Request) -> io::Result<Option<Scorer>>;
}
