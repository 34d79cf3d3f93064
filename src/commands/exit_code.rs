//! Exit codes of the program.

/// Exit code when some article could not be scored, or some row could not be trained on.
pub const SOME_FAILED: u8 = 1;

/// Exit code when a source broke off: the rest of it is missing.
pub const SOURCE_BROKEN_OFF: u8 = 3;

/// Exit code when Ctrl-C, or a signal to terminate, stopped the run.
pub const INTERRUPTED: u8 = 130;

/// Exit code when a new model is required to be better than the existing one and is not.
pub const NOT_BETTER: u8 = 1;

/// Exit code when a model is below the required quality.
pub const TOO_LOW: u8 = 1;

/// Exit code when a labelled set has problems.
pub const NOT_SOUND: u8 = 1;

/// Exit code when articles have drifted from what the model was measured on.
pub const HAS_DRIFTED: u8 = 1;

/// Exit code when the run failed: wrong options, no input, no model.
pub const CANNOT_GO_ON: u8 = 2;
