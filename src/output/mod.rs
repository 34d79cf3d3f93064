//! Verdict → what a person or a program reads: tables, JSONL, CSV. The one home of escaping and isolating.

pub mod card;
pub mod csv;
pub mod drift;
pub mod html;
pub mod isolate;
pub mod jsonl;
pub mod probe;
pub mod table;

use crate::intake::Reading;
use crate::verdict::Verdict;

/// What stands for a stance that cannot be told.
pub const UNCERTAIN: &str = "uncertain";

/// One article's line of output: its id, and its verdict or why it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Id of the article.
    pub id: String,
    /// The outlet, if the article names one.
    pub outlet: Option<String>,
    /// The date, if the article names one.
    pub date: Option<String>,
    /// How the article was read, if it was.
    pub reading: Option<Reading>,
    /// The verdict, or a message that says why there is none.
    pub verdict: Result<Verdict, String>,
}

impl Record {
    /// The record of an article that could not be read.
    pub fn failed(id: String, message: String) -> Self {
        Self { id, outlet: None, date: None, reading: None, verdict: Err(message) }
    }
}
