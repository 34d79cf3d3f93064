//! Readers that count.

#[cfg(feature = "archives")]
use std::fs::File;
use std::io::{self, Read};
#[cfg(feature = "archives")]
use std::io::{Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A reader that counts what is read.
pub(super) struct Counted {
    pub(super) reader: Box<dyn Read + Send>,
    pub(super) n_bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        self.n_bytes.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

/// A file that counts what is read, from any place in it.
#[cfg(feature = "archives")]
pub(super) struct CountedSeek {
    pub(super) file: File,
    pub(super) n_bytes: Arc<AtomicU64>,
}

#[cfg(feature = "archives")]
impl Read for CountedSeek {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.file.read(buffer)?;
        self.n_bytes.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

#[cfg(feature = "archives")]
impl Seek for CountedSeek {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
