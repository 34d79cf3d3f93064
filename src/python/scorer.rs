//! `mizan.Scorer`.

use arrow_array::RecordBatch;
use arrow_pyarrow::PyArrowType;
use arrow_schema::Schema;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use super::article::Article;
use super::columns;
use super::error::{MizanError, number, raised};
use super::explanation::Explanation;
use super::given::{self, Given};
use super::model::ChosenModel;
use super::score::Score;
use super::sentence::SentenceScore;
use super::work::Threads;
use crate::scoring::explanation::Explainer;

/// Most threads of a scorer.
const MAX_THREADS: usize = 1024;

/// Scores articles with one model: texts, lists of them, frames, and columns of Arrow.
///
/// A scorer has no state that changes: threads may share it. It works without the interpreter's
/// lock on all cores; scores do not depend on the number of threads. Ctrl-C ends it, after the
/// articles that are being scored: one long text is scored to its end. It is pickled as the bytes
/// of its model (safetensors) and its settings, so that other processes and machines have the same
/// scores; its `model_origin` is `model of bytes` there.
///
/// Args:
///     model: Path of a model file, or its bytes. Without it, the model that the program would use:
///         what `MIZAN_MODEL` names, else the installed one (`mizan model --install`), else the one
///         inside the package; one of the first two is told through the logger `mizan`.
///     max_error: The error rate, from 0.01 to 0.50, above which a stance is `uncertain`.
///     threads: How many threads score, from 1 to 1024; one for each processor without it.
///
/// Raises:
///     MizanError: The model cannot be read or does not tell stances, or a number is out of range.
#[pyclass(frozen, subclass, module = "mizan._mizan")]
pub(super) struct Scorer {
    explainer: Explainer,
    origin: String,
    max_error: Option<f64>,
    threads: Threads,
}

impl Scorer {
    fn scorer(&self) -> &crate::scoring::Scorer {
        self.explainer.scorer()
    }
}

/// A number of threads that a machine can start.
fn threads_in_range(given: &Bound<'_, PyAny>) -> PyResult<usize> {
    let cure = format!("a number from 1 to {MAX_THREADS}, or None for one for each processor");
    let n_threads: i64 = number("threads", given, &cure)?;
    let n_found = usize::try_from(n_threads).ok().filter(|n| (1..=MAX_THREADS).contains(n));
    n_found.ok_or_else(|| MizanError::new_err(format!("threads={n_threads}: give {cure}")))
}

#[pymethods]
impl Scorer {
    #[new]
    #[pyo3(signature = (model=None, max_error=None, threads=None))]
    fn new(
        py: Python<'_>,
        model: Option<&Bound<'_, PyAny>>,
        max_error: Option<&Bound<'_, PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let rate = |given| number("max_error", given, "a number from 0.01 to 0.50, or None");
        let max_error: Option<f64> = max_error.map(rate).transpose()?;
        let threads = threads.map(threads_in_range).transpose()?;
        let ChosenModel { model, origin } = ChosenModel::new(py, model)?;
        let mut scorer = crate::scoring::Scorer::new(model).map_err(raised)?;
        if let Some(rate) = max_error {
            scorer = scorer.with_max_error(rate).map_err(raised)?;
        }
        let (explainer, threads) = (Explainer::from_scorer(scorer), Threads::new(threads));
        Ok(Self { explainer, origin, max_error, threads })
    }

    /// What makes the same scorer elsewhere: its pickle is made of it.
    fn __getnewargs__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyBytes>, Option<f64>, Option<usize>)> {
        let bytes = self.scorer().model().to_bytes().map_err(raised)?;
        Ok((PyBytes::new(py, &bytes), self.max_error, self.threads.n_threads()))
    }

    /// Name and short checksum of the model, as in `libya@1a2b3c4d`.
    #[getter]
    fn model(&self) -> String {
        self.scorer().signature().to_string()
    }

    /// Where the model comes from, in words: `inside the program`, `installed as PATH`,
    /// `MIZAN_MODEL=PATH`, `model PATH`, or `model of bytes`.
    #[getter]
    fn model_origin(&self) -> &str {
        &self.origin
    }

    /// The error rate above which a stance is `uncertain`, as it was given; `None` without one.
    #[getter]
    fn max_error(&self) -> Option<f64> {
        self.max_error
    }

    /// How many threads score, as it was given; `None` is one for each processor.
    #[getter]
    fn threads(&self) -> Option<usize> {
        self.threads.n_threads()
    }

    /// The ids of the two camps; `lean` is positive toward the first.
    #[getter]
    fn camps(&self) -> [String; 2] {
        self.scorer().camps().ids().map(str::to_owned)
    }

    /// Scores one article, or many.
    ///
    /// Args:
    ///     articles: A text (`str`) or an `Article` of `mizan.read`, or an iterable of them. A
    ///         `str` is the text of the article and nothing of it is a header (`id: …`): headers
    ///         are a matter of files, which `mizan.read` reads.
    ///     ids: The ids of the articles, shape `(n_articles)`, before any that an `Article` has;
    ///         without them texts are called by their positions, from 0.
    ///     sentences: Whether each score has every sentence of its article, which takes some times
    ///         as long.
    ///     progress: Called as `progress(n_done, n_articles)` now and then; `n_articles` is `None`
    ///         where the iterable has no length.
    ///
    /// Returns:
    ///     A `Score` for one article; a list of them, in order, for many. An article that cannot be
    ///     scored, is missing (`None`, NaN) or is no text has a `Score` whose `error` says why.
    ///
    /// Raises:
    ///     TypeError: It is neither a text nor an iterable of texts (an open file is none), or
    ///         there are more or fewer ids than articles.
    #[pyo3(signature = (articles, *, ids=None, sentences=false, progress=None))]
    fn score<'py>(
        &self,
        py: Python<'py>,
        articles: &Bound<'py, PyAny>,
        ids: Option<&Bound<'py, PyAny>>,
        sentences: bool,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if articles.is_instance_of::<PyString>() || articles.is_instance_of::<Article>() {
            let id = ids.map(|id| Ok::<_, PyErr>(id.str()?.to_string())).transpose()?;
            let given = Given::from_object(articles, id, 0);
            let record = py.detach(|| given.scored(self.scorer(), sentences));
            return Ok(Bound::new(py, Score::from(record))?.into_any());
        }
        let items = given::articles(articles)?;
        let n_articles = articles.len().ok();
        let n_ids = ids.and_then(|ids| ids.len().ok());
        if let (Some(n_ids), Some(n_articles)) = (n_ids, n_articles)
            && n_ids != n_articles
        {
            let message = format!("there are {n_ids} ids for {n_articles} articles: give as many");
            return Err(PyTypeError::new_err(message));
        }
        let mut ids = ids.map(PyAnyMethods::try_iter).transpose()?;
        let given = items.enumerate().map(|(number, article)| {
            let id = match &mut ids {
                None => None,
                Some(ids) => match ids.next() {
                    Some(id) => Some(id?.str()?.to_string()),
                    None => {
                        return Err(PyTypeError::new_err(format!(
                            "there are {number} ids for more than {number} articles: give as many"
                        )));
                    }
                },
            };
            Ok(Given::from_object(&article?, id, number))
        });
        let score = |given: Given| Score::from(given.scored(self.scorer(), sentences));
        let scores = self.threads.map(py, given, n_articles, progress, score)?;
        if let Some(Some(_)) = ids.map(|mut ids| ids.next()) {
            let n_scores = scores.len();
            return Err(PyTypeError::new_err(format!(
                "there are more than {n_scores} ids for {n_scores} articles: give as many"
            )));
        }
        Ok(scores.into_pyobject(py)?.into_any())
    }

    /// What each sentence of an article says by itself, in order.
    ///
    /// Args:
    ///     article: A text, or an `Article`.
    ///
    /// Returns:
    ///     A list of `SentenceScore`; their probabilities are not calibrated.
    ///
    /// Raises:
    ///     MizanError: The article cannot be scored, or the model does not judge sentences.
    ///     TypeError: It is no text.
    fn score_sentences(
        &self,
        py: Python<'_>,
        article: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<SentenceScore>> {
        let given = Given::from_one(article)?;
        let record = py.detach(|| given.scored(self.scorer(), true));
        match record.scores {
            Ok(scores) => Ok(scores.sentences.into_iter().map(SentenceScore::from).collect()),
            Err(message) => Err(MizanError::new_err(message)),
        }
    }

    /// Why an article is scored as it is: the contribution of every feature, to the last digit.
    ///
    /// Args:
    ///     article: A text, or an `Article`.
    ///
    /// Raises:
    ///     MizanError: The article cannot be scored.
    ///     TypeError: It is no text.
    fn explain(&self, py: Python<'_>, article: &Bound<'_, PyAny>) -> PyResult<Explanation> {
        let finished = Given::from_one(article)?.finished();
        let (read, _) = finished.map_err(|(_, complaint)| MizanError::new_err(complaint))?;
        let read = read.map_err(|unreadable| raised(unreadable.error))?;
        py.detach(|| Explanation::new(&self.explainer, read)).map_err(MizanError::new_err)
    }

    /// The schema of what `_score_batch` gives for batches of the schema `given`.
    fn _schema(
        &self,
        given: PyArrowType<Schema>,
        text: Option<String>,
        id: Option<String>,
        kept: Vec<String>,
        sentences: bool,
    ) -> PyResult<PyArrowType<Schema>> {
        let fields = columns::fields(text, id, &kept);
        // What is wrong with the columns is said now, not when the first batch is read.
        columns::articles(&RecordBatch::new_empty(given.0.into()), 0, fields).map_err(raised)?;
        Ok(PyArrowType(columns::schema(self.scorer().camps(), &kept, sentences)))
    }

    /// Scores the rows of a batch; the first is row `first`, from 0.
    #[expect(clippy::too_many_arguments, reason = "they are those of `score_arrow`")]
    fn _score_batch(
        &self,
        py: Python<'_>,
        batch: PyArrowType<RecordBatch>,
        first: usize,
        text: Option<String>,
        id: Option<String>,
        kept: Vec<String>,
        sentences: bool,
    ) -> PyResult<PyArrowType<RecordBatch>> {
        let fields = columns::fields(text, id, &kept);
        let (raw, complaints) = columns::articles(&batch.0, first, fields).map_err(raised)?;
        let score = |(raw, complaint): (crate::intake::RawArticle, Option<String>)| {
            let read = raw.finish().map_err(Box::new);
            let mut record = given::record(self.scorer(), read, &kept, sentences);
            if let Some(complaint) = complaint {
                record.scores = Err(complaint);
            }
            record
        };
        let given = raw.into_iter().zip(complaints).map(Ok);
        let records = self.threads.map(py, given, None, None, score)?;
        let schema = columns::schema(self.scorer().camps(), &kept, sentences);
        py.detach(|| columns::batch(schema, &records)).map(PyArrowType).map_err(raised)
    }

    fn __repr__(&self) -> String {
        let max_error = self.max_error.map(|rate| format!(", max_error={rate}"));
        let threads = self.threads.n_threads().map(|n_threads| format!(", threads={n_threads}"));
        let given = max_error.unwrap_or_default() + &threads.unwrap_or_default();
        format!("Scorer({}, {}{given})", self.scorer().signature(), self.origin)
    }
}
