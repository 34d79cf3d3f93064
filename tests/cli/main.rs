//! The program as a person and a script meet it: run as a process, read what it prints.

mod architecture;
mod drift;
mod evaluate;
mod explain;
mod hostile;
mod house;
mod labels;
mod parquet;
mod probe;
mod report;
mod score;
mod score_records;
mod speed;
mod stream;
mod train;
