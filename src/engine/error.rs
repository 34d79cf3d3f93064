//! Why a run cannot go on.

use std::io;

/// Why a scoring run cannot go on. What is wrong with one article or one source is no such error:
/// it becomes a record and a [`Diagnostic`](super::Diagnostic).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The output cannot be written.
    #[error("cannot write the output")]
    Write(#[source] io::Error),
    /// The output cannot be written as Parquet.
    #[cfg(feature = "parquet")]
    #[error("cannot write the output")]
    WriteParquet(#[from] crate::record::parquet::ParquetError),
    /// The records that an earlier run wrote cannot be read.
    #[error("cannot read the records that are there already")]
    ReadExisting(#[source] io::Error),
    /// A file to be completed begins with another header.
    #[error("it does not begin with the header that this run writes")]
    OtherHeader,
    /// A file to be completed holds a record that this run does not give.
    #[error(
        "its record {record} is not what this run gives there: the input, the model, the options \
         or the program differ from those that it was begun with"
    )]
    OtherRecord {
        /// The number of the record, from 1.
        record: usize,
    },
    /// A file to be completed holds more records than the input gives.
    #[error("it holds {n_records} records, more than the input")]
    MoreRecords {
        /// How many records it holds.
        n_records: usize,
    },
    /// The thread that reads cannot be started.
    #[error("cannot start the thread that reads")]
    ReadingThread(#[source] io::Error),
    /// Threads cannot be started.
    #[error("cannot start threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}
