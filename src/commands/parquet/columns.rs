//! A Parquet file of scores: whole, or not there at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::camp::Camps;
use crate::record::ScoreRecord;
use crate::record::parquet::RecordWriter;
use anyhow::{Context, bail};

use crate::commands::file::NewFile;

/// A table that is being written.
pub struct Columns {
    table: RecordWriter<Target>,
}

enum Target {
    File(NewFile),
    Stdout(io::Stdout),
}

impl Columns {
    /// Begins a table at `path`, or on standard output; a file that holds anything is kept as it
    /// is.
    pub fn new(path: Option<&Path>, camps: &Camps, kept: &[String]) -> anyhow::Result<Self> {
        let target = match path {
            None => Target::Stdout(io::stdout()),
            Some(path) => {
                if let Ok(there) = fs::metadata(path)
                    && there.len() > 0
                {
                    bail!(
                        "{}: it holds {} bytes already; remove it, or name another file",
                        path.display(),
                        there.len()
                    );
                }
                Target::File(NewFile::beside(path).with_context(|| path.display().to_string())?)
            }
        };
        Ok(Self { table: RecordWriter::new(target, camps, kept)? })
    }

    /// Adds a record.
    pub fn write(&mut self, record: &ScoreRecord) -> anyhow::Result<()> {
        Ok(self.table.write(record)?)
    }

    /// Puts the file in its place, if it is `whole`.
    pub fn finish(self, whole: bool) -> anyhow::Result<()> {
        if !whole {
            eprintln!("mizan: nothing was written: a Parquet file is whole or cannot be read");
            return Ok(());
        }
        match self.table.finish()? {
            Target::File(file) => file.keep(),
            Target::Stdout(mut out) => Ok(out.flush()?),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Stdout(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Stdout(out) => out.flush(),
        }
    }
}
