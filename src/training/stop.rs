//! A training that is asked to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::TrainingError;

/// Asks a training to end: its next step is an error. Clones are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks for the end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the end was asked for.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Goes on, or not.
    ///
    /// # Errors
    /// [`TrainingError::Stopped`] if the end was asked for.
    pub fn check(&self) -> Result<(), TrainingError> {
        if self.is_asked() { Err(TrainingError::Stopped) } else { Ok(()) }
    }
}
