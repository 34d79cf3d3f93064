//! A sentence of an article, as Python sees it.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

use crate::record::{JudgedSentence, SentenceScores};
use crate::text::isolate::visible;

/// What mizan says of one sentence by itself. `sentence["lna"]` is what it says of a camp.
#[pyclass(frozen, skip_from_py_object, eq, module = "mizan")]
#[derive(Clone, PartialEq)]
pub(super) struct SentenceScore {
    sentence: JudgedSentence,
}

impl From<JudgedSentence> for SentenceScore {
    fn from(sentence: JudgedSentence) -> Self {
        Self { sentence }
    }
}

#[pymethods]
impl SentenceScore {
    /// The sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.sentence.text
    }

    /// Its bytes in title and text, as UTF-8.
    #[getter]
    fn span(&self) -> (usize, usize) {
        self.sentence.span.into()
    }

    /// The share of its words that are reported speech, from 0 to 1.
    #[getter]
    fn reported(&self) -> f64 {
        self.sentence.reported
    }

    /// What it says of each camp, in the model's order.
    #[getter]
    fn camps(&self) -> Vec<SentenceCamp> {
        self.sentence.camps.iter().map(SentenceCamp::from).collect()
    }

    fn __getitem__(&self, camp: &str) -> PyResult<SentenceCamp> {
        let mut camps = self.sentence.camps.iter();
        let found = camps.find(|of_camp| &*of_camp.camp == camp).map(SentenceCamp::from);
        found.ok_or_else(|| PyKeyError::new_err(camp.to_owned()))
    }

    fn __repr__(&self) -> String {
        let camps = self.sentence.camps.iter().map(|camp| format!("{}={}", camp.camp, camp.stance));
        let camps = camps.collect::<Vec<_>>().join(", ");
        format!("SentenceScore({camps}, \"{}\")", visible(&self.sentence.text))
    }
}

/// What a sentence says of one camp. The probabilities are not calibrated.
#[pyclass(frozen, skip_from_py_object, eq, get_all, module = "mizan")]
#[derive(Clone, PartialEq)]
pub(super) struct SentenceCamp {
    /// Id of the camp.
    camp: String,
    /// The most probable stance by the sentence alone.
    stance: &'static str,
    /// P(favor), from 0 to 1.
    favor: f64,
    /// P(neutral), from 0 to 1.
    neutral: f64,
    /// P(against), from 0 to 1.
    against: f64,
    /// How much its words add to `ln P(favor) − ln P(against)` in the article.
    pull: f64,
}

impl From<&SentenceScores> for SentenceCamp {
    fn from(scores: &SentenceScores) -> Self {
        Self {
            camp: scores.camp.to_string(),
            stance: scores.stance.as_str(),
            favor: scores.probabilities.favor,
            neutral: scores.probabilities.neutral,
            against: scores.probabilities.against,
            pull: scores.pull,
        }
    }
}

#[pymethods]
impl SentenceCamp {
    fn __repr__(&self) -> String {
        format!("SentenceCamp({}: {}, pull {:+.2})", self.camp, self.stance, self.pull)
    }
}
