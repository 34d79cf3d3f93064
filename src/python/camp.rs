//! The scores of an article toward one camp, as Python sees them.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::camp::Stance;
use crate::record::{CampScores, ScoredSentence, UNCERTAIN};
use crate::text::isolate::visible;

/// What mizan says of one article toward one camp.
#[pyclass(frozen, skip_from_py_object, eq, module = "mizan")]
#[derive(Clone, PartialEq)]
pub(super) struct CampScore {
    scores: CampScores,
}

impl From<CampScores> for CampScore {
    fn from(scores: CampScores) -> Self {
        Self { scores }
    }
}

#[pymethods]
impl CampScore {
    /// Id of the camp.
    #[getter]
    fn camp(&self) -> &str {
        &self.scores.camp
    }

    /// `favor`, `neutral`, `against`, `unrelated`, or `uncertain` where mizan abstains.
    #[getter]
    fn stance(&self) -> &'static str {
        self.scores.stance.map_or(UNCERTAIN, Stance::as_str)
    }

    /// P(favor) − P(against), from −1 to 1.
    #[getter]
    fn score(&self) -> f64 {
        self.scores.score
    }

    /// P(favor), from 0 to 1.
    #[getter]
    fn favor(&self) -> Option<f64> {
        Some(self.scores.probabilities?.favor)
    }

    /// P(neutral), from 0 to 1; an article that is not about the conflict is neutral.
    #[getter]
    fn neutral(&self) -> Option<f64> {
        Some(self.scores.probabilities?.neutral)
    }

    /// P(against), from 0 to 1.
    #[getter]
    fn against(&self) -> Option<f64> {
        Some(self.scores.probabilities?.against)
    }

    /// The three probabilities by stance; they sum to 1.
    #[getter]
    fn probabilities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let by_stance = PyDict::new(py);
        if let Some(p) = self.scores.probabilities {
            for (stance, p) in [("favor", p.favor), ("neutral", p.neutral), ("against", p.against)]
            {
                by_stance.set_item(stance, p)?;
            }
        }
        Ok(by_stance)
    }

    /// The words that contributed most to the stance, strongest first, each with its weight in
    /// log-odds.
    #[getter]
    fn words(&self) -> Vec<(String, Option<f64>)> {
        self.scores.words.iter().map(|word| (word.word.clone(), word.weight)).collect()
    }

    /// The sentences that decide the stance, strongest first; none where it takes no side.
    #[getter]
    fn evidence(&self) -> Vec<Evidence> {
        self.scores.evidence.iter().cloned().map(Evidence::from).collect()
    }

    /// Whether mizan abstains.
    #[getter]
    fn is_uncertain(&self) -> bool {
        self.scores.stance.is_none()
    }

    /// The most fitting stance where it abstains, else `None`.
    #[getter]
    fn guess(&self) -> Option<&'static str> {
        self.scores.guess.map(Stance::as_str)
    }

    /// Why it abstains, else `None`.
    #[getter]
    fn doubt(&self) -> Option<&str> {
        self.scores.abstention.as_deref()
    }

    fn __repr__(&self) -> String {
        format!("CampScore({}: {}, {:+.2})", self.camp(), self.stance(), self.score())
    }
}

/// A sentence that decides a stance.
#[pyclass(frozen, skip_from_py_object, eq, get_all, module = "mizan")]
#[derive(Clone, PartialEq)]
pub(super) struct Evidence {
    /// The sentence.
    text: String,
    /// Its bytes in title and text, as UTF-8.
    span: Option<(usize, usize)>,
    /// The side that it takes.
    stance: Option<&'static str>,
    /// The probability of that by this sentence alone, not calibrated.
    probability: Option<f64>,
}

impl From<ScoredSentence> for Evidence {
    fn from(sentence: ScoredSentence) -> Self {
        Self {
            text: sentence.text,
            span: sentence.span.map(Into::into),
            stance: sentence.stance.map(Stance::as_str),
            probability: sentence.probability,
        }
    }
}

#[pymethods]
impl Evidence {
    fn __repr__(&self) -> String {
        format!("Evidence({}: \"{}\")", self.stance.unwrap_or_default(), visible(&self.text))
    }
}
