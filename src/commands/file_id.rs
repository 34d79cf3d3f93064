//! Which file it is, whatever it is called.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

/// A regular file or a folder as the system knows it: links and other spellings of a path give the
/// same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileId {
    /// Device and inode, where the system has them.
    #[cfg(unix)]
    numbers: (u64, u64),
    /// The path without links, elsewhere.
    #[cfg(not(unix))]
    path: PathBuf,
}

impl FileId {
    /// The file or folder at `path`; `None` where there is none, and for pipes and devices, which
    /// hold nothing that could be written over.
    pub fn from_path(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Self::new(&metadata, || path.canonicalize().ok())
    }

    /// The file that standard output goes to.
    pub fn from_stdout() -> Option<Self> {
        #[cfg(unix)]
        return Self::from_stream(&std::io::stdout());
        #[cfg(not(unix))]
        None
    }

    /// The file that standard input comes from.
    pub fn from_stdin() -> Option<Self> {
        #[cfg(unix)]
        return Self::from_stream(&std::io::stdin());
        #[cfg(not(unix))]
        None
    }

    #[cfg(unix)]
    fn from_stream(stream: &impl std::os::fd::AsFd) -> Option<Self> {
        let file = fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
        Self::new(&file.metadata().ok()?, || None)
    }

    #[cfg(unix)]
    fn new(metadata: &Metadata, _: impl Fn() -> Option<PathBuf>) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let is_any = metadata.is_file() || metadata.is_dir();
        is_any.then(|| Self { numbers: (metadata.dev(), metadata.ino()) })
    }

    #[cfg(not(unix))]
    fn new(metadata: &Metadata, path: impl Fn() -> Option<PathBuf>) -> Option<Self> {
        let is_any = metadata.is_file() || metadata.is_dir();
        is_any.then(path).flatten().map(|path| Self { path })
    }
}
