//! The scored record: what is written of one article, and read back.

pub mod csv;
pub mod date;
pub mod json;
pub mod json_lines;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod scored;

use crate::article::Article;
use crate::intake::IntakeNotes;
pub use crate::scoring::UNCERTAIN;
use crate::scoring::{Unscorable, Verdict};

/// One article's line of output: its id, and its verdict or why it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRecord {
    /// Id of the article.
    pub id: String,
    /// The outlet, if the article names one.
    pub outlet: Option<String>,
    /// The date, if the article names one.
    pub date: Option<String>,
    /// The event that it tells, if the article names one.
    pub event: Option<String>,
    /// Other fields of its record that were to be kept, by name.
    pub kept: Vec<(String, Option<String>)>,
    /// How the article was read, if it was.
    pub reading: Option<IntakeNotes>,
    /// The verdict, or a message that says why there is none.
    pub verdict: Result<Verdict, String>,
}

impl ScoreRecord {
    /// The record of an article that could not be read.
    pub fn failed(id: String, message: String) -> Self {
        Self {
            id,
            outlet: None,
            date: None,
            event: None,
            kept: Vec::new(),
            reading: None,
            verdict: Err(message),
        }
    }

    /// The record of an article and the verdict on it.
    pub fn of(
        article: Article,
        reading: IntakeNotes,
        verdict: Result<Verdict, Unscorable>,
    ) -> Self {
        let Article { id, outlet, date, event, .. } = article;
        Self {
            id,
            outlet,
            date,
            event,
            kept: Vec::new(),
            reading: Some(reading),
            verdict: verdict.map_err(|error| error.to_string()),
        }
    }
}
