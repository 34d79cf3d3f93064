//! Scores many articles from many sources: reads ahead, scores on threads, writes in order.
//!
//! The engine takes readers and writers. It opens no path and prints nothing: what a caller may
//! want to report comes back as a [`Diagnostic`].
//!
//! | from → to | file |
//! |---|---|
//! | a name and a way to open it → articles | [`source`] |
//! | sources → articles as they were read, on a thread of their own | [`reader`] |
//! | articles → records, on many threads, in order | [`pool`] |
//! | records → lines, columns or a callback | [`sink`] |
//! | a file that an earlier run began → where to go on | [`resume`] |
//! | all of this together | [`run`] |
//! | files of labels → a labelled set | [`data_set`] |
//! | tables of stances → a labelled set | [`stance_table`] |

mod counted;
#[cfg(feature = "train")]
pub mod data_set;
mod date_order;
mod diagnostic;
mod error;
#[cfg(feature = "train")]
mod label_table;
mod packing;
#[cfg(feature = "parquet")]
mod parquet;
mod pool;
mod reader;
mod resume;
#[cfg(feature = "train")]
mod row_ids;
mod run;
mod sink;
mod source;
#[cfg(feature = "train")]
pub mod stance_table;
mod summary;
#[cfg(feature = "office")]
mod workbook;

pub use diagnostic::Diagnostic;
#[cfg(feature = "cli")]
pub(crate) use diagnostic::row;
pub use error::EngineError;
pub use packing::{Packer, Packing};
#[cfg(feature = "parquet")]
pub use parquet::ParquetSink;
pub use resume::ResumableFile;
pub use run::{FILE_FIELD, RunObserver, ScoringRun};
pub use sink::{LineFormat, LineSink, Sink};
pub use source::{Source, SourceReader, articles};
pub use summary::RunSummary;
#[cfg(feature = "office")]
pub use workbook::WorkbookSink;
