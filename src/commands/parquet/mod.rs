//! Parquet files, read and written; where mizan was built without the feature, an error that says
//! so.

#[cfg(feature = "parquet")]
mod chunks;
#[cfg(feature = "parquet")]
mod columns;
#[cfg(not(feature = "parquet"))]
mod without;

#[cfg(feature = "parquet")]
pub use chunks::Chunks;
#[cfg(feature = "parquet")]
pub use columns::Columns;
#[cfg(not(feature = "parquet"))]
pub use without::{Chunks, Columns};
