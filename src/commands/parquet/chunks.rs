//! Parquet files, of which any part may be read.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::intake::bytes::Bytes as Lines;
use crate::intake::records::parquet::{ChunkReader, Length, Result as ParquetResult, json_lines};
use crate::intake::{ArticleReader, IntakeOptions};
use bytes::Bytes;

use crate::commands::hint;
use crate::commands::source::Counted;

/// A file, and a count of the bytes that were read of it.
pub struct Chunks {
    file: File,
    counter: Arc<AtomicU64>,
}

impl Chunks {
    /// Opens the file at `path`.
    pub fn open(path: &Path, counter: Arc<AtomicU64>) -> Result<Self, String> {
        if path.is_dir() {
            return Err("it is a folder".to_owned());
        }
        Ok(Self { file: File::open(path).map_err(|error| error.to_string())?, counter })
    }

    /// Its articles.
    pub fn articles(
        self,
        name: &str,
        options: &IntakeOptions,
    ) -> Result<ArticleReader<'static>, String> {
        ArticleReader::from_parquet(name, self, options).map_err(|error| hint::message(&error))
    }

    /// Its rows as lines of JSON.
    pub fn lines(self) -> Result<Lines<'static>, String> {
        json_lines(self).map(|lines| Box::new(lines) as Lines).map_err(|error| error.to_string())
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

impl ChunkReader for Chunks {
    type T = Counted;

    fn get_read(&self, start: u64) -> ParquetResult<Counted> {
        Ok(Counted {
            bytes: Box::new(self.file.get_read(start)?),
            counter: Arc::clone(&self.counter),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // Room for all of it is made before it is read, and a damaged file may ask for any length.
        if start.checked_add(length as u64).is_none_or(|end| end > self.len()) {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.counter.fetch_add(length as u64, Ordering::Relaxed);
        self.file.get_bytes(start, length)
    }
}
