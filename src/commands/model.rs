//! The model that a command uses.

use std::fs;
use std::path::Path;

use anyhow::Context;
use mizan::model::StanceModel;

/// The model in the file at `path`, or the one inside the program.
pub fn load(path: Option<&Path>) -> anyhow::Result<StanceModel> {
    let Some(path) = path else { return StanceModel::embedded().context("the embedded model") };
    fs::read(path)
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(StanceModel::from_bytes(&bytes)?))
        .with_context(|| format!("model {}", path.display()))
}
