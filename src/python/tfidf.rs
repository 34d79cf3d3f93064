//! Lists of terms → sparse rows.

use numpy::{IntoPyArray, PyArray1};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyTuple, PyType};

use super::error::{MizanError, raised};
use super::given;
use super::work::Threads;
use crate::features::tfidf::Df;
use crate::features::{Analyzer, Norm, SparseRow, Tfidf, TfidfVectorizer};
use crate::text::TextReader;

/// The arrays of a matrix of compressed sparse rows: values, columns, and where rows begin.
type Csr<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<i32>>, Bound<'py, PyArray1<i32>>);

/// The vectoriser that `mizan.TfidfVectorizer` fits. Articles are lists of terms.
#[pyclass(frozen, module = "mizan._mizan")]
pub(super) struct Vectorizer {
    tfidf: Tfidf,
    threads: Threads,
}

/// A count of articles (`int`), or a share of them (`float`).
fn df(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Df> {
    if let Ok(count) = given.extract::<usize>() {
        return Ok(Df::Articles(count));
    }
    let share = given.extract::<f64>().map(Df::Share);
    share.map_err(|_| PyTypeError::new_err(format!("{name}: give an int or a float")))
}

#[pymethods]
impl Vectorizer {
    /// Learns vocabulary and idf.
    #[new]
    #[expect(clippy::too_many_arguments, reason = "they are scikit-learn's")]
    #[expect(clippy::fn_params_excessive_bools, reason = "they are scikit-learn's")]
    fn new(
        py: Python<'_>,
        articles: Vec<Vec<PyBackedStr>>,
        analyzer: &str,
        ngram_range: (usize, usize),
        min_df: &Bound<'_, PyAny>,
        max_df: &Bound<'_, PyAny>,
        max_features: Option<usize>,
        sublinear_tf: bool,
        binary: bool,
        use_idf: bool,
        smooth_idf: bool,
        norm: Option<&str>,
    ) -> PyResult<Self> {
        let analyzer = match analyzer {
            "word" => Analyzer::Word,
            "char_wb" => Analyzer::CharWb,
            other => {
                return Err(MizanError::new_err(format!(
                    "analyzer {other:?}: give \"word\" or \"char_wb\""
                )));
            }
        };
        let norm = match norm {
            Some("l1") => Norm::L1,
            Some("l2") => Norm::L2,
            None => Norm::None,
            Some(other) => {
                return Err(MizanError::new_err(format!(
                    "norm {other:?}: give \"l1\", \"l2\" or None"
                )));
            }
        };
        let mut settings = TfidfVectorizer::default()
            .analyzer(analyzer)
            .ngram_range(ngram_range.0, ngram_range.1)
            .min_df(df("min_df", min_df)?)
            .max_df(df("max_df", max_df)?)
            .sublinear_tf(sublinear_tf)
            .binary(binary)
            .use_idf(use_idf)
            .smooth_idf(smooth_idf)
            .norm(norm);
        if let Some(most) = max_features {
            settings = settings.max_features(most);
        }
        let threads = Threads::new(None);
        let tfidf = threads.run(py, move |_| settings.fit(&articles))?.map_err(raised)?;
        Ok(Self { tfidf, threads })
    }

    /// The vectoriser of these settings (JSON), terms (ascending) and idf (of each term).
    #[classmethod]
    fn from_parts(
        _: &Bound<'_, PyType>,
        settings: &str,
        terms: Vec<String>,
        idf: Vec<f64>,
    ) -> PyResult<Self> {
        let settings: TfidfVectorizer = serde_json::from_str(settings).map_err(raised)?;
        settings.check().map_err(raised)?;
        let fit = terms.len() == idf.len() && terms.is_sorted_by(|a, b| a < b);
        if !fit || !idf.iter().all(|idf| idf.is_finite()) {
            return Err(MizanError::new_err("terms and idf do not fit together"));
        }
        Ok(Self { tfidf: Tfidf::new(settings, terms, idf), threads: Threads::new(None) })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let from_parts = py.get_type::<Self>().getattr("from_parts")?;
        let settings = serde_json::to_string(self.tfidf.settings()).map_err(raised)?;
        let parts = (settings, self.tfidf.terms().to_vec(), self.tfidf.idf().to_vec());
        (from_parts, parts).into_pyobject(py)
    }

    /// The terms, by column; shape `(n_features)`.
    #[getter]
    fn terms(&self) -> Vec<&str> {
        self.tfidf.terms().iter().map(String::as_str).collect()
    }

    /// The inverse document frequencies, by column; shape `(n_features)`.
    #[getter]
    fn idf<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        self.tfidf.idf().to_vec().into_pyarray(py)
    }

    /// The rows of articles: values `(n_entries)`, columns `(n_entries)`, and where each row begins
    /// `(n_articles + 1)`. The arrays are not copied.
    fn transform<'py>(
        &self,
        py: Python<'py>,
        articles: Vec<Vec<PyBackedStr>>,
    ) -> PyResult<Csr<'py>> {
        let row = |article: &Vec<PyBackedStr>| self.tfidf.transform(article);
        let given = articles.iter().map(Ok);
        let rows: Vec<SparseRow> = self.threads.map(py, given, Some(articles.len()), None, row)?;
        let n_entries = rows.iter().map(|row| row.values.len()).sum();
        let too_many = |_| PyValueError::new_err("a matrix has at most 2**31 entries: take parts");
        let mut values = Vec::with_capacity(n_entries);
        let mut columns = Vec::with_capacity(n_entries);
        let mut starts = vec![0];
        for row in rows {
            values.extend(row.values);
            for column in row.columns {
                columns.push(i32::try_from(column).map_err(too_many)?);
            }
            starts.push(i32::try_from(columns.len()).map_err(too_many)?);
        }
        Ok((values.into_pyarray(py), columns.into_pyarray(py), starts.into_pyarray(py)))
    }
}

/// The words of texts as mizan counts them: normalised and stemmed, without function words and
/// single letters; numbers and words of other scripts as they are.
///
/// Args:
///     texts: An iterable of texts, shape `(n_texts)`.
///
/// Returns:
///     A list of words for each text.
///
/// Raises:
///     TypeError: Something is no text.
#[pyfunction]
pub(super) fn terms(py: Python<'_>, texts: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<String>>> {
    let text = |(number, text): (usize, PyResult<Bound<'_, PyAny>>)| {
        let text = text?;
        let complaint = |_| given::complaint(&format!("text {number}"), &text, "a str");
        text.extract().map_err(complaint).map_err(PyTypeError::new_err)
    };
    let texts = given::items(texts, "an iterable of texts (str)", "")?;
    let texts: Vec<PyBackedStr> = texts.enumerate().map(text).collect::<PyResult<_>>()?;
    let reader = TextReader::plain();
    let words = |text: &PyBackedStr| {
        let read = reader.read_text(text.to_string());
        let counted = read.tokens.into_iter().filter(|token| !token.function);
        counted.map(|token| token.term).collect::<Vec<_>>()
    };
    Threads::new(None).map(py, texts.iter().map(Ok), Some(texts.len()), None, words)
}
