//! Scored records as JSON lines: one object a line, for programs.
//!
//! | field | meaning |
//! |---|---|
//! | `id` | id of the article |
//! | `outlet`, `date`, `event` | where the article names them |
//! | `kept` | an object of the fields that were to be kept, where there are any |
//! | `<camp>` | an object: `stance`, `score`, `favor`, `neutral`, `against`, `words`, `evidence` |
//! | `lean`, `unrelated`, `known` | numbers of the article as a whole |
//! | `sentences` | where they were asked for: every sentence, in order |
//! | `error` | instead of the scores: why there are none |
//! | `model`, `version` | the model and the version of mizan that made the record |
//! | `reading` | `format`, `encoding`, `replaced`, `removed`: how the article was read |
//!
//! `words` is a list of `{"word", "weight"}`; `evidence`, where the stance takes a side, one of the
//! sentences that decide it: `{"text", "span", "stance", "probability"}`, with the bytes of the
//! sentence in title and text, and what it says by itself (at least 0.5, not calibrated).
//! `sentences` is a list of `{"text", "span", "reported", <camp>, <camp>}`: `reported` is the share
//! of its words that are somebody else's, and each camp has `stance`, `favor`, `neutral`, `against`
//! by this sentence alone, not calibrated, and `pull`, what it adds to
//! `ln P(favor) − ln P(against)` in the article. Where mizan abstains, `stance` is `uncertain`,
//! `doubt` says why, and `guess` is the most probable stance. Fields may be added; none is renamed.
//! Numbers have six decimals. Characters that steer a terminal or the direction of text are written
//! as `\uXXXX`, which means the same to a program.

use std::io::{self, Write};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::{RecordProblem, ScoreRecord, json};
use crate::intake::of_json;

/// Writes one record and a line feed.
///
/// # Errors
/// Those of the writer.
pub fn write(out: impl Write, record: &ScoreRecord) -> io::Result<()> {
    json::line(out, record)
}

/// The record in one line.
///
/// # Errors
/// [`RecordProblem`] when the line is no JSON object, or no scored record.
pub fn read(line: &[u8]) -> Result<ScoreRecord, RecordProblem> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| RecordProblem::NotJson(of_json(&error)))?;
    ScoreRecord::from_object(&object)
}

/// Whether a line that [`write()`] wrote says that an article could not be scored.
pub fn is_failed(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Failed {
        error: Option<IgnoredAny>,
    }
    serde_json::from_slice(line).is_ok_and(|Failed { error }| error.is_some())
}
