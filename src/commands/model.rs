//! The model that a command uses, or writes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use mizan::model::Model;

/// The model in the file at `path`, or the one inside the program.
pub fn load(path: Option<&Path>) -> anyhow::Result<Model> {
    let Some(path) = path else { return Model::embedded().context("the embedded model") };
    fs::read(path)
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(Model::from_bytes(&bytes)?))
        .with_context(|| format!("model {}", path.display()))
}

/// Writes the model and its card; the model that was there is kept. Returns what to say of it.
pub fn write(path: &Path, model: &Model, card: &str) -> anyhow::Result<String> {
    let bytes = model.to_bytes()?;
    let cannot = || format!("cannot write {}", path.display());
    let kept = PathBuf::from(format!("{}.previous", path.display()));
    let replaced = match fs::read(path) {
        Ok(old) if old != bytes => {
            write_atomically(&kept, &old).with_context(cannot)?;
            true
        }
        _ => false,
    };
    write_atomically(path, &bytes).with_context(cannot)?;
    write_atomically(&path.with_extension("md"), card.as_bytes()).with_context(cannot)?;
    let wrote = format!("wrote {} ({} bytes) and its card", path.display(), bytes.len());
    Ok(if replaced { format!("{wrote}\nto go back: mv {} {}", kept.display(), path.display()) } else { wrote })
}

/// Writes all of `bytes` or nothing: into a new file beside `path`, onto the disk, then in its place.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".mizan-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}
