//! The model that a command uses.

use std::fs;
use std::path::Path;

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
