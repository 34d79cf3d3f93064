//! Text for people: tables, pages, model cards, and the JSON of reports.

pub mod adaptation;
pub mod assessment;
pub mod card;
pub mod drift;
pub mod evaluation;
pub mod explanation;
pub mod figures;
pub mod html;
mod lines;
pub mod maker;
pub mod predictions;
pub mod probe;
pub mod reading;
pub mod readings;
pub mod report;
#[cfg(feature = "cli")]
pub mod schemas;
pub mod table;
pub mod throughput;
pub mod training;
pub mod words;
