//! Exit codes of the program.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use super::interrupt::Interrupt;
use crate::intake::IntakeError;
use crate::record::RecordProblem;

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

/// Whether a source of this run broke off.
static IS_BROKEN_OFF: AtomicBool = AtomicBool::new(false);

/// Whether an article of this run could not be read.
static IS_UNREAD: AtomicBool = AtomicBool::new(false);

/// Notes the error of a source or article that is left out: a run that is done otherwise ends with
/// [`SOME_FAILED`], and one whose source broke off with [`SOURCE_BROKEN_OFF`].
pub fn note(error: &IntakeError) {
    IS_UNREAD.store(true, Ordering::Relaxed);
    if matches!(error, IntakeError::BrokenOff(_)) {
        note_broken_off();
    }
}

/// The same of a scored record.
pub fn note_record(problem: &RecordProblem) {
    if matches!(problem, RecordProblem::BrokenOff(_)) {
        note_broken_off();
    }
}

/// Notes that a source broke off.
pub fn note_broken_off() {
    IS_BROKEN_OFF.store(true, Ordering::Relaxed);
}

/// The exit code of a command that ended with `code`.
pub fn of_run(code: ExitCode) -> ExitCode {
    let is_broken_off = IS_BROKEN_OFF.load(Ordering::Relaxed) && !Interrupt::is_asked();
    if is_broken_off {
        ExitCode::from(SOURCE_BROKEN_OFF)
    } else if code == ExitCode::SUCCESS && IS_UNREAD.load(Ordering::Relaxed) {
        ExitCode::from(SOME_FAILED)
    } else {
        code
    }
}
