//! `mizan.Explanation`.

use pyo3::prelude::*;

use super::error::number;
use super::score::{Score, loads};
use crate::camp::Camps;
use crate::intake::IntakeArticle;
use crate::output::explanation::{ExplainedArticle, json};
use crate::output::html::explanation::explanations;
use crate::output::words::Language;
use crate::record::ScoreRecord;
use crate::scoring::explanation::Explainer;

/// Terms for a class, and as many against it, on a page.
const TERMS: usize = 8;

/// Why an article was scored as it was. A notebook shows the article, right to left, with what
/// decided marked.
///
/// For each head (`relevance`, and each camp) the contributions of all features and the intercept
/// add up to its logits exactly.
#[pyclass(frozen, module = "mizan")]
pub(super) struct Explanation {
    explained: ExplainedArticle,
    camps: Camps,
}

impl Explanation {
    /// Explains an article; the error says why it cannot be scored.
    pub(super) fn new(explainer: &Explainer, read: IntakeArticle) -> Result<Self, String> {
        let IntakeArticle { article, notes, .. } = read;
        let explanation = explainer.explain(&article).map_err(|error| error.to_string())?;
        let has_title = article.title.is_some();
        let verdict = Ok(explanation.verdict.clone());
        let record = ScoreRecord::from_verdict(explainer.scorer(), article, &notes, verdict);
        Ok(Self {
            explained: ExplainedArticle { record, explanation: Some(explanation), has_title },
            camps: explainer.camps().clone(),
        })
    }

    fn line(&self) -> PyResult<String> {
        let mut line = Vec::new();
        json::write(&mut line, &self.explained)?;
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    fn page(&self, top: usize) -> String {
        let words = Language::English.words();
        explanations(&self.camps, std::slice::from_ref(&self.explained), top, words)
    }

    fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.line()?)?.get_item(name)
    }
}

#[pymethods]
impl Explanation {
    /// The score that is explained: that of `Scorer.score`.
    #[getter]
    fn score(&self) -> Score {
        Score::from(self.explained.record.clone())
    }

    /// The text that was scored: headline and text, without boilerplate.
    #[getter]
    fn text(&self) -> &str {
        self.explained.explanation.as_ref().map_or("", |explanation| &explanation.read.text)
    }

    /// The heads by name, each a dict of `classes`, and by class `intercept`, `logit`, `scale`,
    /// `shift`, `calibrated` and `probability`; shape of each `(n_classes)`.
    #[getter]
    fn heads<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "heads")
    }

    /// The features of the article: a list of dicts with `block`, `term`, `meaning`, `value`,
    /// `places` (bytes in `text`), and for each head that uses it `weight`, `contribution` and
    /// `calibrated` by class, in log-odds.
    #[getter]
    fn features<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "features")
    }

    /// Everything, as `mizan explain --format json` writes it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.line()?)
    }

    /// The page that `mizan explain --format html` writes, with at most `top` terms for a stance
    /// and as many against it.
    ///
    /// Raises:
    ///     MizanError: `top` is negative.
    ///     TypeError: `top` is no number.
    #[pyo3(signature = (top=None), text_signature = "($self, top=8)")]
    fn to_html(&self, top: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        let top = top.map(|top| number("top", top, "a number from 0"));
        let top = top.transpose()?.unwrap_or(TERMS);
        Ok(self.page(top))
    }

    /// The page in a frame of its own, so that its style and the notebook's do not meet.
    fn _repr_html_(&self) -> String {
        let page = self.page(TERMS).replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<iframe sandbox=\"\" style=\"width:100%;height:36rem;border:0\" srcdoc=\"{page}\">\
             </iframe>"
        )
    }

    fn __repr__(&self) -> String {
        format!("Explanation({:?})", self.explained.record.id)
    }
}
