//! The program as a person or a script uses it: run as a process, checked by its output.

mod drift;
mod encodings;
mod evaluate;
mod explain;
mod injection;
mod inspect;
mod labels;
mod long_runs;
mod metadata_of_other_programs;
mod off_topic;
mod outputs;
mod parquet;
mod probe;
mod records_of_other_programs;
mod report;
mod score;
mod score_records;
mod sentences;
mod tables;
mod throughput;
mod train;
mod workbooks;
