//! Where a labelled set is kept, as a session of labelling needs it.

use std::any::Any;
use std::io;
use std::time::SystemTime;

use crate::engine::data_set::DataSetFiles;

/// What tells that a file was changed: when, and how long it is.
pub type Stamp = Option<(SystemTime, u64)>;

/// The files of a labelled set, read and written. What is written is on the disk when a call
/// returns.
pub trait SetStore: DataSetFiles + Send + Sync {
    /// When a file was changed last, and its length; `None` where there is none.
    fn stamp(&self, name: &str) -> Stamp;

    /// Keeps other programs of this kind from writing until the value is dropped.
    ///
    /// # Errors
    /// When the lock cannot be made.
    fn lock(&self) -> io::Result<Box<dyn Any>>;

    /// Adds bytes to the end of a file, which is made if there is none.
    ///
    /// # Errors
    /// When that fails; what was added of them is taken back as far as possible.
    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Replaces a file, wholly or not at all; it is made if there is none.
    ///
    /// # Errors
    /// When that fails; the file is as it was.
    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// The time: seconds since 1970, and the day as `YYYY-MM-DD`, both in UTC.
    fn now(&self) -> (u64, String);
}
