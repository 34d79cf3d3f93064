//! Files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that appears, or replaces another, only when it is kept. Otherwise nothing is left
/// behind.
#[derive(Debug)]
pub enum NewFile {
    /// A temporary file beside the one that it will replace.
    Beside { file: NamedTempFile, path: PathBuf },
    /// A pipe or device (such as /dev/stdout), which is written directly.
    Special(File),
}

impl NewFile {
    /// A file for `path`, or for the file that it is a symbolic link to; missing parent folders are
    /// created.
    pub fn beside(path: &Path) -> anyhow::Result<Self> {
        if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Ok(Self::Special(File::options().write(true).open(path)?));
        }
        let path = linked(path)?;
        check_unprotected(&path)?;
        let folder =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(".mizan-").tempfile_in(folder)?;
        Ok(Self::Beside { file, path })
    }

    /// Syncs it to disk and moves it into place.
    pub fn keep(self) -> anyhow::Result<()> {
        let Self::Beside { file, path } = self else { return Ok(()) };
        file.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Who could read and write the file that is replaced can still, and nobody else.
            let there = fs::metadata(&path).map(|there| there.permissions().mode() & 0o777);
            file.as_file().set_permissions(fs::Permissions::from_mode(there.unwrap_or(0o644)))?;
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

/// Most symbolic links that are followed, as Linux follows them.
const MAX_LINKS: usize = 40;

/// The file that `path` names where it is a symbolic link, or a link to a link: whether it is there
/// or not. Another file would replace the link and leave what it names as it was.
///
/// # Errors
/// If the links lead in a circle.
pub fn linked(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::other("its symbolic links lead to no file"))
}

/// Refuses a file that is there and write-protected. The system asks for no permission of a file
/// that another one replaces, and asks the superuser for none at all.
///
/// # Errors
/// If it is; the message names the file and the cure.
pub fn check_unprotected(path: &Path) -> io::Result<()> {
    if !fs::metadata(path).is_ok_and(|there| there.is_file() && is_protected(&there)) {
        return Ok(());
    }
    let name = path.display();
    let message = format!(
        "{name} is write-protected; allow to write it (chmod u+w {name}), or name another file"
    );
    Err(io::Error::new(io::ErrorKind::PermissionDenied, message))
}

#[cfg(unix)]
fn is_protected(there: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    there.permissions().mode() & 0o200 == 0
}

#[cfg(not(unix))]
fn is_protected(there: &fs::Metadata) -> bool {
    there.permissions().readonly()
}

/// Sees whether a file can be written at `path`, by making one in its folder, or in the nearest
/// folder above that is there. Nothing is left behind.
///
/// # Errors
/// Why it cannot.
pub fn check_writable(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return Ok(()),
        _ => {}
    }
    let path = linked(path)?;
    check_unprotected(&path)?;
    let here = Path::new(".");
    let above = path.ancestors().skip(1).find(|folder| folder.exists());
    let folder = above.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(here);
    tempfile::Builder::new().prefix(".mizan-").tempfile_in(folder).map(|_| ())
}

/// Most bytes of a file of labels, camps or the like.
pub const MAX_LABELS: u64 = 64 << 20;

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// Those of reading, and that it is longer.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // What is too long is not read first. Pipes and devices state no length.
    if file.metadata()?.len() > limit {
        return Err(too_long(limit));
    }
    read_all(file, limit)
}

/// Reads all of at most `limit` bytes.
///
/// # Errors
/// Those of reading, and that there are more.
pub fn read_all(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(too_long(limit)) } else { Ok(bytes) }
}

fn too_long(limit: u64) -> io::Error {
    let message = format!("it is longer than {} MB", limit >> 20);
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

/// Writes all of `bytes` or nothing.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut file = NewFile::beside(path)?;
    file.write_all(bytes)?;
    file.keep()
}
