//! Verdict → what a person or a program reads: tables, JSONL, CSV, Parquet. The one home of
//! escaping and isolating.

pub mod assessment;
pub mod card;
pub mod drift;
pub mod explanation;
pub mod figures;
pub mod html;
pub mod probe;
pub mod report;
pub mod table;
