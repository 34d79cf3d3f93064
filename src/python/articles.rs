//! `mizan.read`: files → articles.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::error::{MizanError, raised};
use crate::engine::{Source, SourceReader};
use crate::intake::{
    ArticleReader, Fields, Format, IntakeArticle, IntakeOptions, UnreadableArticle,
};

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

    /// The day of publication, if it says it.
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

/// The articles of one file, one after the other.
#[pyclass(frozen, module = "mizan")]
pub(super) struct Articles {
    reader: Mutex<ArticleReader<'static>>,
    kept: Vec<String>,
}

#[pymethods]
impl Articles {
    #[new]
    #[pyo3(signature = (path, format, encoding, fields, kept))]
    fn new(
        py: Python<'_>,
        path: PathBuf,
        format: Option<&str>,
        encoding: Option<&str>,
        fields: Option<&Bound<'_, PyDict>>,
        kept: Vec<String>,
    ) -> PyResult<Self> {
        let mut options = IntakeOptions::new();
        if let Some(name) = format {
            let found = Format::from_name(&format!("a.{name}"));
            options.format = Some(found.ok_or_else(|| {
                MizanError::new_err(format!("format {name:?}: give the ending of a file, as jsonl"))
            })?);
        }
        if let Some(label) = encoding {
            options = options.with_encoding(label).map_err(raised)?;
        }
        let mut of_records = Fields::new().with_kept(kept.iter().map(String::as_str));
        let fields = fields.into_iter().flatten();
        for (part, name) in fields {
            let (part, name): (String, String) = (part.extract()?, name.extract()?);
            let slot = match part.as_str() {
                "text" => &mut of_records.text,
                "title" => &mut of_records.title,
                "id" => &mut of_records.id,
                "outlet" => &mut of_records.outlet,
                "date" => &mut of_records.date,
                "event" => &mut of_records.event,
                _ => return Err(MizanError::new_err(format!("an article has no {part:?}"))),
            };
            *slot = Some(name);
        }
        options = options.with_fields(of_records);
        let name = path.to_string_lossy().replace('\\', "/");
        let n_bytes = fs::metadata(&path).ok().map(|file| file.len());
        let open = move || File::open(&path).map(SourceReader::File);
        let source = Source::new(name.clone(), open).with_n_bytes(n_bytes);
        let reader = py.detach(|| source.articles(&options));
        let reader = reader.map_err(|error| MizanError::new_err(format!("{name}: {error}")))?;
        Ok(Self { reader: Mutex::new(reader), kept })
    }

    /// The format of the file, as a word: `jsonl`, `html`, `zip` …
    #[getter]
    fn format(&self) -> String {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).format().to_string()
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> Option<Article> {
        let next = py.detach(|| {
            let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            reader.next()
        });
        next.map(|read| Article { read: read.map_err(Box::new), kept: self.kept.clone() })
    }
}
