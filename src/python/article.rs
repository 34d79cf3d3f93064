//! An article that was read, as Python sees it.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::intake::{IntakeArticle, UnreadableArticle};

/// An article that was read, cleaned of what a saved page leaves around it; or why it could not be
/// read (`error`).
#[pyclass(frozen, module = "mizan")]
pub(super) struct Article {
    pub(super) read: Result<IntakeArticle, Box<UnreadableArticle>>,
    /// The names of the fields that are kept.
    pub(super) kept: Vec<String>,
}

impl Article {
    fn article(&self) -> Option<&crate::article::Article> {
        self.read.as_ref().ok().map(|read| &read.article)
    }
}

#[pymethods]
impl Article {
    /// Its id; where it could not be read and has none, its place.
    #[getter]
    fn id(&self) -> &str {
        match &self.read {
            Ok(read) => &read.article.id,
            Err(unreadable) => unreadable.metadata.id.as_deref().unwrap_or(&unreadable.place),
        }
    }

    /// The headline, if it has one.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.article()?.title.as_deref()
    }

    /// The text without the headline; empty where it could not be read.
    #[getter]
    fn text(&self) -> &str {
        self.article().map_or("", |article| &article.text)
    }

    /// The outlet, if it names one.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.article()?.outlet.as_deref()
    }

    /// The day of publication, if it says it: `YYYY-MM-DD` or `YYYY-MM`, but as it is written where
    /// it cannot be read, or may be two days (6/4/2019).
    #[getter]
    fn date(&self) -> Option<&str> {
        self.article()?.date.as_deref()
    }

    /// The event that it is about, if it names one.
    #[getter]
    fn event(&self) -> Option<&str> {
        self.article()?.event.as_deref()
    }

    /// The fields that were to be kept, by name.
    #[getter]
    fn kept<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let values = match &self.read {
            Ok(read) => &read.kept,
            Err(unreadable) => &unreadable.kept,
        };
        let kept = PyDict::new(py);
        // A file that cannot be opened has no values at all.
        let values = values.iter().chain(std::iter::repeat(&None));
        for (name, value) in self.kept.iter().zip(values) {
            kept.set_item(name, value)?;
        }
        Ok(kept)
    }

    /// The name of the encoding that it was read in.
    #[getter]
    fn encoding(&self) -> Option<&str> {
        Some(self.read.as_ref().ok()?.notes.encoding)
    }

    /// Why it could not be read, else `None`.
    #[getter]
    fn error(&self) -> Option<String> {
        self.read.as_ref().err().map(|unreadable| unreadable.error.to_string())
    }

    fn __repr__(&self) -> String {
        match &self.read {
            Ok(read) => {
                format!("Article({:?}, {} bytes)", read.article.id, read.article.text.len())
            }
            Err(unreadable) => format!("Article({:?}, error)", unreadable.place),
        }
    }
}
