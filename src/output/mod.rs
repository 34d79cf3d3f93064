//! Verdict → what a person or a program reads: tables, JSONL, CSV. The one home of escaping and isolating.

pub mod csv;
pub mod isolate;
pub mod jsonl;
pub mod table;

use crate::verdict::Verdict;

/// One article's line of output: its id, and its verdict or why it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Id of the article.
    pub id: String,
    /// The verdict, or a message that says why there is none.
    pub verdict: Result<Verdict, String>,
}
