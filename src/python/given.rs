//! What Python gives to be scored → articles.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::articles::Article;
use crate::intake::{IntakeArticle, RawArticle, UnreadableArticle};
use crate::record::ScoreRecord;
use crate::scoring::Scorer;

/// A text, or an article that was read.
pub(super) enum Given {
    Text(RawArticle),
    Read(Result<IntakeArticle, Box<UnreadableArticle>>, Vec<String>),
}

impl Given {
    /// What a Python object is; `id` names a text that has no other. `None` and the missing values
    /// of frames are empty texts: they get a record that says so.
    pub(super) fn from_object(object: &Bound<'_, PyAny>, id: String) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            let text = text.to_string_lossy().into_owned();
            return Ok(Self::Text(RawArticle::from_text(id, text)));
        }
        if let Ok(article) = object.cast::<Article>() {
            let article = article.get();
            return Ok(Self::Read(article.read.clone(), article.kept.clone()));
        }
        let is_missing = object.is_none()
            || object.extract::<f64>().is_ok_and(f64::is_nan)
            || object.get_type().name()? == "NAType";
        if is_missing {
            return Ok(Self::Text(RawArticle::from_text(id, String::new())));
        }
        let name = object.get_type().name()?;
        Err(PyTypeError::new_err(format!(
            "article {id} is of type {name}: give a str, or an Article that mizan.read gives"
        )))
    }

    /// The article, cleaned.
    pub(super) fn finished(self) -> (Result<IntakeArticle, Box<UnreadableArticle>>, Vec<String>) {
        match self {
            Self::Text(raw) => (raw.finish().map_err(Box::new), Vec::new()),
            Self::Read(read, kept) => (read, kept),
        }
    }

    /// Its record, with every sentence if `by_sentence` says so.
    pub(super) fn scored(self, scorer: &Scorer, by_sentence: bool) -> ScoreRecord {
        let (read, names) = self.finished();
        record(scorer, read, &names, by_sentence)
    }
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
