//! The program as a person or a script uses it: run as a process, checked by its output.

mod collections;
mod drift;
mod evaluate;
mod explain;
mod folders;
mod injection;
mod inspect;
mod kinds;
mod labels;
mod long_runs;
mod off_topic;
mod pages;
mod parquet;
mod pdf_text;
mod probe;
mod report;
mod score;
mod score_records;
mod sentences;
mod throughput;
mod train;
