//! Exit codes of the program.

/// Exit code when some article could not be scored.
pub const SOME_FAILED: u8 = 1;

/// Exit code when Ctrl-C, or a signal that asks for an end, stopped it.
pub const INTERRUPTED: u8 = 130;

/// Exit code when a new model is not better than the one that is there, and had to be.
pub const NOT_BETTER: u8 = 1;

/// Exit code when a model is not as good as it had to be.
pub const TOO_LOW: u8 = 1;

/// Exit code when a labelled set is not as it must be.
pub const NOT_SOUND: u8 = 1;

/// Exit code when articles have drifted from what the model was measured on.
pub const HAS_DRIFTED: u8 = 1;

/// Exit code when nothing could go on: wrong options, no input, no model.
pub const CANNOT_GO_ON: u8 = 2;
