//! What can be wrong with a scored record.

use crate::article::quoted::quoted;
use crate::camp::Stance;
use crate::intake::{BREAKS_OFF, IntakeError};
use crate::scoring::UNCERTAIN;

/// A place in a file of scores that cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {problem}")]
#[non_exhaustive]
pub struct RecordError {
    /// File and line, as `scores.jsonl:7`.
    pub place: String,
    /// What is wrong there.
    pub problem: RecordProblem,
}

/// Why something is no scored record.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordProblem {
    /// The reader failed, or what it gives is no table.
    #[error("{0}")]
    Io(String),
    /// The file was open, and breaks off: it is torn, or reading failed.
    #[error("{BREAKS_OFF}: {0}; the rest of it is missing")]
    BrokenOff(String),
    /// A line longer than 16 MB.
    #[error("the line is longer than 16 MB")]
    TooLong,
    /// Bytes that are no UTF-8.
    #[error("the row is not UTF-8")]
    NotUtf8,
    /// No JSON object.
    #[error("it is no JSON object: {0}")]
    NotJson(String),
    /// A row of a table that cannot be told from the next.
    #[error("{0}")]
    Row(IntakeError),
    /// JSON or a table, but not of scores.
    #[error(
        "it is no scored record: give what `mizan score` wrote as JSON lines, CSV, Excel or \
         Parquet (articles are scored first: `mizan score -o scores.jsonl PATH`){0}"
    )]
    NotScores(String),
    /// A stance that does not exist.
    #[error(
        "{camp}.stance is {}; the stances are {} and {UNCERTAIN}",
        quoted(word),
        Stance::ALL.map(Stance::as_str).join(", ")
    )]
    Stance {
        /// Id of the camp.
        camp: String,
        /// What stands there.
        word: String,
    },
    /// A number out of its range.
    #[error("{field} is {number}; it goes from {least} to 1")]
    Range {
        /// Name of the field.
        field: String,
        /// What stands there.
        number: f64,
        /// The least that may.
        least: f64,
    },
    /// Something that cannot be the id of a camp.
    #[error("{0:?} is no id of a camp: those are made of a-z, 0-9 and _")]
    CampId(String),
    /// A lean that the scores do not give.
    #[error(
        "its lean {lean} is not half of the difference of its scores, {} and {}",
        .scores[0],
        .scores[1]
    )]
    Lean {
        /// The lean.
        lean: f64,
        /// The scores toward the two camps.
        scores: [f64; 2],
    },
}

impl RecordProblem {
    /// The problem at a place.
    pub(super) fn at(self, place: String) -> RecordError {
        RecordError { place, problem: self }
    }
}
