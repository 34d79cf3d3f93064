//! Files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that takes the place of another when it is kept, and leaves nothing behind when it is
/// not.
#[derive(Debug)]
pub enum NewFile {
    /// A new file beside the one whose place it is to take.
    Beside { file: NamedTempFile, path: PathBuf },
    /// What is there and is no file (a pipe, /dev/stdout) must stay what it is.
    Special(File),
}

impl NewFile {
    /// A file for `path`; the folders above it are made.
    pub fn beside(path: &Path) -> anyhow::Result<Self> {
        if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Ok(Self::Special(File::options().write(true).open(path)?));
        }
        let folder =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(".mizan-").tempfile_in(folder)?;
        Ok(Self::Beside { file, path: path.to_owned() })
    }

    /// Puts it onto the disk and in its place.
    pub fn keep(self) -> anyhow::Result<()> {
        let Self::Beside { file, path } = self else { return Ok(()) };
        file.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        file.persist(path)?;
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside { file, .. } => file.write(bytes),
            Self::Special(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside { file, .. } => file.flush(),
            Self::Special(file) => file.flush(),
        }
    }
}

/// Writes all of `bytes` or nothing.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut file = NewFile::beside(path)?;
    file.write_all(bytes)?;
    file.keep()
}
