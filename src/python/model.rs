//! Which model Python uses: by the rule of the program.

use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::error::{MizanError, raised};
use super::told;
use crate::model::choice::{MAX_BYTES, ModelChoice, VARIABLE};
use crate::model::{Model, ModelError};

/// Where a model comes from that is given as bytes.
const BYTES: &str = "model of bytes";

/// A model, and where it comes from, in words.
pub(super) struct ChosenModel {
    pub(super) model: Model,
    pub(super) origin: String,
}

impl ChosenModel {
    /// The model in a file, or in bytes; without either the one that the program would use. What
    /// the caller does not name, and is not the one inside the package, is logged: nobody would
    /// think of it.
    pub(super) fn new(py: Python<'_>, given: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        if let Some(bytes) = given.and_then(|given| given.cast::<PyBytes>().ok()) {
            let model = Model::from_bytes(bytes.as_bytes()).map_err(raised)?;
            return Ok(Self { model, origin: BYTES.to_owned() });
        }
        let named = given.map(PyAnyMethods::extract::<PathBuf>).transpose()?;
        let installed = installed().filter(|path| path.exists());
        let choice = ModelChoice::new(named, env::var_os(VARIABLE), installed);
        let model = match choice.path() {
            None => Model::embedded().map_err(|error| error.to_string()),
            Some(path) => load(path),
        };
        let model = model
            .map_err(|error| MizanError::new_err(format!("{}: {error}", choice.complaint())))?;
        let origin = choice.reason("model ");
        if choice.is_unexpected() {
            told::logged(py, format!("model {}, {origin}", model.signature()))?;
        }
        Ok(Self { model, origin })
    }
}

/// Where the user's own model stands; `None` where there is no home.
fn installed() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::base_strategy::choose_base_strategy().ok()?;
    Some(ModelChoice::installed_in(&strategy.data_dir()))
}

/// The model in a file; the error names it.
fn load(path: &Path) -> Result<Model, String> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let named = |error: &dyn std::fmt::Display| format!("model {}: {error}", path.display());
    let bytes = read().map_err(|error| named(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(named(&format!("it is longer than {} MB", MAX_BYTES >> 20)));
    }
    Model::from_bytes(&bytes).map_err(|error: ModelError| named(&error))
}
