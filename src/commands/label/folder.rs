//! A labelling set in a folder: reads, locks, and writes that are on the disk when they return.

use std::any::Any;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use jiff::Timestamp;

use super::super::file;
use super::super::labelled::Folder;
use crate::engine::data_set::DataSetFiles;
use crate::labelling::SetStore;
use crate::labelling::store::Stamp;

/// The file whose lock keeps others of this program from writing.
const LOCK: &str = ".mizan-lock";

/// A folder.
#[derive(Clone, Debug)]
pub struct FolderStore {
    folder: PathBuf,
}

impl FolderStore {
    /// The set in a folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The text of a file, or nothing if there is none.
    pub fn optional(&self, name: &str) -> anyhow::Result<Option<String>> {
        let path = self.folder.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// The file itself, where its name is a link.
    fn path(&self, name: &str) -> PathBuf {
        let path = self.folder.join(name);
        path.canonicalize().unwrap_or(path)
    }
}

impl DataSetFiles for FolderStore {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        Folder(&self.folder).read(name)
    }

    fn list(&self, folder: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
        Folder(&self.folder).list(folder, is_wanted)
    }

    fn full_name(&self, name: &str) -> String {
        Folder(&self.folder).full_name(name)
    }
}

impl SetStore for FolderStore {
    fn stamp(&self, name: &str) -> Stamp {
        let metadata = fs::metadata(self.folder.join(name)).ok()?;
        Some((metadata.modified().unwrap_or(UNIX_EPOCH), metadata.len()))
    }

    fn lock(&self) -> io::Result<Box<dyn Any>> {
        let path = self.folder.join(LOCK);
        let opened = OpenOptions::new().create(true).append(true).open(&path);
        let named = |error: io::Error| {
            let folder = self.folder.display();
            let why = if self.folder.is_dir() {
                format!("{}: {error}", path.display())
            } else {
                format!("the folder of the set is gone: {folder}")
            };
            io::Error::new(error.kind(), why)
        };
        let file = opened.map_err(named)?;
        // The lock ends with the file, also where the program is killed.
        file.lock()?;
        Ok(Box::new(file))
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        let is_new = !path.exists();
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        let before = file.metadata()?.len();
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            // A full disk must not leave half a row.
            let _ = file.set_len(before);
            return Err(error);
        }
        if is_new { sync_folder(&path) } else { Ok(()) }
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = file::linked(&self.path(name))?;
        file::check_unprotected(&path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".mizan-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        // Who could read the file can still, and nobody else.
        match fs::metadata(&path) {
            Ok(there) => file.as_file().set_permissions(there.permissions())?,
            Err(_) => readable_as_others(file.as_file(), folder)?,
        }
        file.as_file().sync_all()?;
        file.persist(&path)?;
        sync_folder(&path)
    }

    fn now(&self) -> (u64, String) {
        let seconds =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let day = Timestamp::now().to_string();
        (seconds, day.get(..10).unwrap_or_default().to_owned())
    }
}

/// Makes a new file as readable as its folder is; a temporary file is this user's alone.
#[cfg(unix)]
fn readable_as_others(file: &File, folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let of_folder = fs::metadata(folder)?.permissions().mode();
    file.set_permissions(fs::Permissions::from_mode(0o600 | (of_folder & 0o044)))
}

#[cfg(not(unix))]
fn readable_as_others(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the name of a new file last.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
