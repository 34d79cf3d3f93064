//! A scored record as Python sees it.

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use super::camp::CampScore;
use super::error::raised;
use super::sentence::SentenceScore;
use crate::record::{ScoreRecord, Scores, json_lines};

/// What mizan says of one article: its scores, or why it has none (`error`).
///
/// `score["lna"]` and `score.lna` are the scores toward a camp. `to_dict()` is the line of JSON
/// that `mizan score` writes of it.
#[pyclass(frozen, skip_from_py_object, eq, module = "mizan")]
#[derive(Clone, PartialEq)]
pub(super) struct Score {
    record: Arc<ScoreRecord>,
}

impl From<ScoreRecord> for Score {
    fn from(record: ScoreRecord) -> Self {
        Self { record: Arc::new(record) }
    }
}

impl Score {
    /// The record.
    pub(super) fn record(&self) -> &ScoreRecord {
        &self.record
    }

    fn scores(&self) -> Option<&Scores> {
        self.record.scores.as_ref().ok()
    }

    fn line(&self) -> PyResult<String> {
        let mut line = Vec::new();
        json_lines::write(&mut line, &self.record)?;
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}

/// What Python makes of a line of JSON.
pub(super) fn loads<'py>(py: Python<'py>, line: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (line,))
}

#[pymethods]
impl Score {
    /// Id of the article.
    #[getter]
    fn id(&self) -> &str {
        &self.record.id
    }

    /// The outlet, if the article names one.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.record.outlet.as_deref()
    }

    /// The day of publication, if the article says it: `YYYY-MM-DD` or `YYYY-MM`, but as it is
    /// written where it cannot be read, or may be two days (6/4/2019).
    #[getter]
    fn date(&self) -> Option<&str> {
        self.record.date.as_deref()
    }

    /// The event that the article is about, if it names one.
    #[getter]
    fn event(&self) -> Option<&str> {
        self.record.event.as_deref()
    }

    /// Fields of the input that were to be kept, by name.
    #[getter]
    fn kept<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let kept = PyDict::new(py);
        for (name, value) in &self.record.kept {
            kept.set_item(name, value)?;
        }
        Ok(kept)
    }

    /// Name and short checksum of the model, as in `libya@1a2b3c4d`.
    #[getter]
    fn model(&self) -> Option<&str> {
        self.record.model.as_deref()
    }

    /// Version of mizan that made the score.
    #[getter]
    fn version(&self) -> Option<&str> {
        self.record.version.as_deref()
    }

    /// Why there are no scores; `None` where there are.
    #[getter]
    fn error(&self) -> Option<&str> {
        self.record.scores.as_ref().err().map(String::as_str)
    }

    /// Half the difference of the two scores, from −1 to 1: positive toward the first camp.
    #[getter]
    fn lean(&self) -> Option<f64> {
        self.scores().map(|scores| scores.lean)
    }

    /// P(the article is not about the conflict), from 0 to 1.
    #[getter]
    fn unrelated(&self) -> Option<f64> {
        self.scores().map(|scores| scores.unrelated)
    }

    /// The share of its content words that the model knows, from 0 to 1.
    #[getter]
    fn known(&self) -> Option<f64> {
        self.scores()?.known
    }

    /// Whether it is about the conflict: whether `unrelated` is below one half.
    #[getter]
    fn is_related(&self) -> bool {
        self.scores().is_some_and(Scores::is_related)
    }

    /// Whether the stance toward some camp is uncertain.
    #[getter]
    fn is_uncertain(&self) -> bool {
        self.scores().is_some_and(Scores::is_uncertain)
    }

    /// The scores toward each camp, by its id, in the model's order; empty where there is an error.
    #[getter]
    fn camps<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let camps = PyDict::new(py);
        for camp in self.scores().iter().flat_map(|scores| &scores.camps) {
            camps.set_item(&*camp.camp, CampScore::from(camp.clone()))?;
        }
        Ok(camps)
    }

    /// Every sentence of the article, in order; empty unless they were asked for.
    #[getter]
    fn sentences(&self) -> Vec<SentenceScore> {
        let sentences = self.scores().map_or(&[][..], |scores| &scores.sentences);
        sentences.iter().cloned().map(SentenceScore::from).collect()
    }

    fn __getitem__(&self, camp: &str) -> PyResult<CampScore> {
        let mut camps = self.scores().into_iter().flat_map(|scores| &scores.camps);
        let found = camps.find(|of_camp| &*of_camp.camp == camp);
        let why = self.error().map_or_else(String::new, |error| format!(": no scores: {error}"));
        let missing = || PyKeyError::new_err(format!("{camp}{why}"));
        found.cloned().map(CampScore::from).ok_or_else(missing)
    }

    fn __getattr__(&self, name: &str) -> PyResult<CampScore> {
        self.__getitem__(name).map_err(|_| {
            let why = self
                .error()
                .map_or_else(String::new, |error| format!("; it has no scores: {error}"));
            PyAttributeError::new_err(format!("a Score has no {name:?}{why}"))
        })
    }

    /// The line of JSON that `mizan score` writes, without its line feed.
    fn to_json(&self) -> PyResult<String> {
        self.line()
    }

    /// The same as Python's own types.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.line()?)
    }

    /// The score that a line of `mizan score` holds.
    ///
    /// Raises:
    ///     MizanError: It is no scored record, or a number is out of its range.
    #[classmethod]
    fn from_json(_: &Bound<'_, PyType>, line: &str) -> PyResult<Self> {
        json_lines::read(line.as_bytes()).map(Self::from).map_err(raised)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let from_json = py.get_type::<Self>().getattr("from_json")?;
        (from_json, (self.line()?,)).into_pyobject(py)
    }

    fn __repr__(&self) -> String {
        match &self.record.scores {
            Err(message) => format!("Score({:?}, error={message:?})", self.record.id),
            Ok(scores) => {
                let camps = scores.camps.iter().map(|camp| {
                    let stance = camp.stance.map_or(crate::record::UNCERTAIN, |it| it.as_str());
                    format!("{}={stance}", camp.camp)
                });
                let camps = camps.collect::<Vec<_>>().join(", ");
                format!("Score({:?}, {camps}, lean={:+.2})", self.record.id, scores.lean)
            }
        }
    }
}
