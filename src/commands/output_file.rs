//! The files that `mizan score` writes.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use anyhow::bail;

use super::file::{self, NewFile};

/// Opens an output file. One that holds anything is refused, unless it is to be completed.
pub fn open(path: &Path, resume: bool) -> anyhow::Result<File> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Ok(File::options().write(true).open(path)?);
    }
    file::check_unprotected(path)?;
    let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => bail!("another program is writing it"),
        // Some file systems have no locks: there a second writer is not noticed.
        Err(TryLockError::Error(_)) | Ok(()) => {}
    }
    let length = file.metadata()?.len();
    if length > 0 && !resume {
        bail!(
            "it holds {length} bytes already; --resume completes what an interrupted run began; \
             for a new one remove it, or name another file"
        );
    }
    Ok(file)
}

/// A file that is written as a whole. One that holds anything is refused.
pub fn whole(path: &Path) -> anyhow::Result<NewFile> {
    let length = path.metadata().map_or(0, |metadata| metadata.len());
    if length > 0 {
        bail!("it holds {length} bytes already; remove it, or name another file");
    }
    NewFile::beside(path)
}

/// Where an output goes that is written as a whole.
pub enum WholeTarget {
    /// A file.
    File(NewFile),
    /// Standard output.
    Stdout(io::Stdout),
}

impl WholeTarget {
    /// The file at `path`, or standard output.
    pub fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        Ok(match path {
            None => Self::Stdout(io::stdout()),
            Some(path) => Self::File(whole(path)?),
        })
    }

    /// Writes the end of it.
    pub fn keep(self) -> anyhow::Result<()> {
        match self {
            Self::File(file) => file.keep(),
            Self::Stdout(mut out) => Ok(out.flush()?),
        }
    }
}

impl Write for WholeTarget {
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
