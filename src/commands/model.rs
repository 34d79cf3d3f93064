//! The model that a command uses, or writes.

use std::path::{Path, PathBuf};

use crate::model::Model;
use anyhow::{Context, bail};

use super::file;
use super::outputs::Kind;

/// The model in the file at `path`, or the embedded model.
pub fn load(path: Option<&Path>) -> anyhow::Result<Model> {
    let Some(path) = path else { return Model::embedded().context("the embedded model") };
    file::read(path, file::MAX_MODEL)
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(Model::from_bytes(&bytes)?))
        .with_context(|| format!("model {}", path.display()))
}

/// The files that are written with a model: its card, and the model that it replaces.
fn beside(path: &Path) -> [PathBuf; 2] {
    [path.with_extension("md"), PathBuf::from(format!("{}.previous", path.display()))]
}

/// Refuses to write a model where it, its card or the kept one would replace anything else.
pub fn check_replaceable(path: &Path) -> anyhow::Result<()> {
    let [card, kept] = beside(path);
    if card == path {
        bail!("{}: this is the name of its card; name a file in .safetensors", path.display());
    }
    Kind::Model.check(path)?;
    Kind::Model.check(&kept)?;
    Kind::Card.check(&card)
}

/// Writes the model and its card, and keeps the previous model. Returns a message.
pub fn write(path: &Path, model: &Model, card: &str) -> anyhow::Result<String> {
    let bytes = model.to_bytes()?;
    let cannot = || format!("cannot write {}", path.display());
    check_replaceable(path)?;
    let [card_path, kept] = beside(path);
    let replaced = match file::read(path, file::MAX_MODEL) {
        Ok(old) if old != bytes => {
            file::write(&kept, &old).with_context(cannot)?;
            true
        }
        _ => false,
    };
    file::write(path, &bytes).with_context(cannot)?;
    file::write(&card_path, card.as_bytes()).with_context(cannot)?;
    let wrote = format!("wrote {} ({} bytes) and its card", path.display(), bytes.len());
    Ok(if replaced {
        format!("{wrote}\nto go back: mv {} {}", kept.display(), path.display())
    } else {
        wrote
    })
}
