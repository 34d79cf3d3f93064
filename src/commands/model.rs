//! The model that a command uses, or writes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::Model;
use anyhow::Context;

use super::file;

/// The model in the file at `path`, or the embedded model.
pub fn load(path: Option<&Path>) -> anyhow::Result<Model> {
    let Some(path) = path else { return Model::embedded().context("the embedded model") };
    fs::read(path)
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(Model::from_bytes(&bytes)?))
        .with_context(|| format!("model {}", path.display()))
}

/// Writes the model and its card, and keeps the previous model. Returns a message.
pub fn write(path: &Path, model: &Model, card: &str) -> anyhow::Result<String> {
    let bytes = model.to_bytes()?;
    let cannot = || format!("cannot write {}", path.display());
    let kept = PathBuf::from(format!("{}.previous", path.display()));
    let replaced = match fs::read(path) {
        Ok(old) if old != bytes => {
            file::write(&kept, &old).with_context(cannot)?;
            true
        }
        _ => false,
    };
    file::write(path, &bytes).with_context(cannot)?;
    file::write(&path.with_extension("md"), card.as_bytes()).with_context(cannot)?;
    let wrote = format!("wrote {} ({} bytes) and its card", path.display(), bytes.len());
    Ok(if replaced {
        format!("{wrote}\nto go back: mv {} {}", kept.display(), path.display())
    } else {
        wrote
    })
}
