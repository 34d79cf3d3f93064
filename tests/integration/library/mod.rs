//! The library: against independent programs, and its fast ways against its simple ones.

mod classification_metrics;
mod clustered_means;
mod compiled_extractor;
mod explanation;
mod foreign_numbers;
mod model_file;
mod mutations;
mod off_topic;
#[cfg(feature = "parquet")]
mod scored_records;
mod tfidf;
