//! What Python gives to be scored → articles.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyIterator, PyMapping, PyString};

use super::article::Article;
use super::score::Score;
use crate::intake::{self, IntakeArticle, UnreadableArticle};
use crate::record::ScoreRecord;
use crate::scoring::Scorer;

/// What many articles are.
const WANTED: &str = "a text (str), an Article that mizan.read gives, or an iterable of them";

/// What one article is.
const OF_ONE: &str = "a str, or an Article that mizan.read gives";

/// What to do with a path, and with a file that is open.
const OF_FILE: &str = "; mizan.read(path) reads the articles of a file";

/// A text, an article that was read, or what is neither.
pub(super) enum Given {
    /// Its id, and the text, of which nothing is a header.
    Text(String, String),
    Read(Box<Read>),
    /// Its id, and what is wrong with it.
    NoText(String, String),
}

/// An article that was read, or why it could not be; and the names of what it keeps.
pub(super) type Read = (Result<IntakeArticle, Box<UnreadableArticle>>, Vec<String>);

impl Given {
    /// What a Python object is, which is number `number` of many. An `id` that is given is the id
    /// of the article, whatever the article says; a text without one is called by its number.
    pub(super) fn from_object(
        object: &Bound<'_, PyAny>,
        id: Option<String>,
        number: usize,
    ) -> Self {
        if let Some(given) = Self::found(object, id.as_deref(), number) {
            return given;
        }
        // A value of a column of Arrow is a Python object when it is asked for.
        let value = object.call_method0("as_py").unwrap_or_else(|_| object.clone());
        Self::found(&value, id.as_deref(), number).unwrap_or_else(|| {
            let id = id.unwrap_or_else(|| number.to_string());
            Self::NoText(id, complaint(&format!("article {number}"), &value, OF_ONE))
        })
    }

    /// The same of many of which none may be missing.
    ///
    /// # Errors
    /// `TypeError` if it is no text.
    pub(super) fn from_text(object: &Bound<'_, PyAny>, number: usize) -> PyResult<Self> {
        match Self::from_object(object, None, number) {
            Self::NoText(_, complaint) => Err(PyTypeError::new_err(complaint)),
            given => Ok(given),
        }
    }

    /// What a Python object is that is given alone.
    ///
    /// # Errors
    /// `TypeError` if it is no text.
    pub(super) fn from_one(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::found(object, None, 0).ok_or_else(|| {
            let is_many = object.len().is_ok() && !object.is_instance_of::<PyBytes>();
            let of_many = if is_many {
                "; many are scored by score(articles, sentences=…)"
            } else if is_file(object) {
                OF_FILE
            } else {
                ""
            };
            PyTypeError::new_err(complaint("the article", object, OF_ONE) + of_many)
        })
    }

    fn found(object: &Bound<'_, PyAny>, id: Option<&str>, number: usize) -> Option<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            let id = id.map_or_else(|| number.to_string(), str::to_owned);
            return Some(Self::Text(id, text.to_string_lossy().into_owned()));
        }
        let article = object.cast::<Article>().ok()?.get();
        let (mut read, kept) = (article.read.clone(), article.kept.clone());
        if let Some(id) = id.map(str::to_owned) {
            match &mut read {
                Ok(read) => read.article.id = id,
                Err(unreadable) => unreadable.metadata.id = Some(id),
            }
        }
        Some(Self::Read(Box::new((read, kept))))
    }

    /// The article, cleaned.
    ///
    /// # Errors
    /// The id, and what is wrong with what is no text.
    pub(super) fn finished(self) -> Result<Read, (String, String)> {
        match self {
            Self::Text(id, text) => Ok((intake::from_text(id, text).map_err(Box::new), Vec::new())),
            Self::Read(read) => Ok(*read),
            Self::NoText(id, complaint) => Err((id, complaint)),
        }
    }

    /// Its record, with every sentence if `by_sentence` says so.
    pub(super) fn scored(self, scorer: &Scorer, by_sentence: bool) -> ScoreRecord {
        match self.finished() {
            Ok((read, names)) => record(scorer, read, &names, by_sentence),
            Err((id, complaint)) => ScoreRecord::from_failure(scorer, id, complaint),
        }
    }
}

/// The articles of an iterable. What iterates over something else than its texts is refused:
/// letters, keys, names of columns.
///
/// # Errors
/// `TypeError` says what was given, and what to give.
pub(super) fn articles<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let kind = object.get_type();
    let cure = if object.is_instance_of::<PyBytes>() {
        "; decode it: bytes.decode(\"utf-8\")"
    } else if object.cast::<PyMapping>().is_ok() {
        "; its values() are an iterable"
    } else if is_table(object)? {
        "; a table is scored by score_frame(df, text=…) or score_arrow(table), and its column is \
         an iterable: table[…]"
    } else if kind.hasattr("__fspath__")? || is_file(object) {
        OF_FILE
    } else {
        ""
    };
    items(object, WANTED, cure)
}

/// The items of an iterable of what is `wanted`, as [`articles`].
///
/// # Errors
/// `TypeError` says what was given, and what to give; `cure` says more.
pub(super) fn items<'py>(
    object: &Bound<'py, PyAny>,
    wanted: &str,
    cure: &str,
) -> PyResult<Bound<'py, PyIterator>> {
    let is_one = object.is_instance_of::<PyString>()
        || object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<Score>();
    let is_other =
        is_one || object.cast::<PyMapping>().is_ok() || is_table(object)? || is_file(object);
    match object.try_iter() {
        Ok(items) if !is_other => Ok(items),
        _ => {
            let name = object.get_type().name()?;
            let cure =
                if is_one && cure.is_empty() { "; one stands in a list: […]" } else { cure };
            Err(PyTypeError::new_err(format!("give {wanted}; this is of type {name}{cure}")))
        }
    }
}

/// Whether it is an open file, which would give its lines.
fn is_file(object: &Bound<'_, PyAny>) -> bool {
    object.get_type().hasattr("readline").unwrap_or(false)
}

/// Whether it is a table, of any library.
fn is_table(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let kind = object.get_type();
    Ok(kind.hasattr("columns")? || kind.hasattr("schema")?)
}

/// What is wrong with a value that is no text, and what to give; `place` is where it stands.
#[pyfunction]
#[pyo3(signature = (place, value, wanted="a str"))]
pub(super) fn complaint(place: &str, value: &Bound<'_, PyAny>, wanted: &str) -> String {
    let name = value.get_type().name().map_or_else(|_| "unknown".into(), |name| name.to_string());
    let is_missing = value.is_none()
        || value.extract::<f64>().is_ok_and(f64::is_nan)
        || ["NAType", "NaTType"].contains(&name.as_str());
    // Others may be long.
    let is_short = value.is_instance_of::<PyBool>()
        || value.is_instance_of::<PyFloat>()
        || value.is_instance_of::<PyInt>();
    let shown = match value.str() {
        Ok(shown) if is_missing || is_short => format!(" ({shown})"),
        _ => String::new(),
    };
    if is_missing {
        return format!("{place} is missing{shown}: leave it out, or give its text");
    }
    let decoded = if value.is_instance_of::<PyBytes>() { " (decode it)" } else { "" };
    format!("{place} is no text but of type {name}{shown}: give {wanted}{decoded}")
}

/// The record of an article, as `mizan score` writes it.
pub(super) fn record(
    scorer: &Scorer,
    read: Result<IntakeArticle, Box<UnreadableArticle>>,
    names: &[String],
    by_sentence: bool,
) -> ScoreRecord {
    let (mut record, kept) = match read {
        Ok(IntakeArticle { article, notes, kept, .. }) => {
            (ScoreRecord::from_article(scorer, article, &notes, by_sentence), kept)
        }
        Err(unreadable) => ScoreRecord::from_unreadable(scorer, *unreadable, ToString::to_string),
    };
    let values = kept.into_iter().chain(std::iter::repeat(None));
    record.kept = names.iter().cloned().zip(values).collect();
    record
}
