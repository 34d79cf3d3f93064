//! `mizan.read`: files → articles.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::article::Article;
use super::error::{MizanError, raised};
use super::told;
use crate::engine::{Source, SourceReader};
use crate::intake::bytes::decompressed;
use crate::intake::{
    ArticleMetadata, ArticleReader, Fields, Format, IntakeArticle, IntakeOptions, PassedOver,
    UnreadableArticle, kind, names,
};

/// The articles of a file, or of the files of a folder, one after the other. It is an iterator: a
/// second pass takes a second `mizan.read`, or a list.
#[pyclass(frozen, module = "mizan")]
pub(super) struct Articles {
    files: Mutex<Files>,
    kept: Vec<String>,
}

/// Files that are read one after the other.
struct Files {
    /// What was asked for.
    name: String,
    options: IntakeOptions,
    waiting: VecDeque<PathBuf>,
    /// The file that is read.
    opened: Option<ArticleReader<'static>>,
    /// Whether there was an article, or it was told that there is none.
    is_found: bool,
    /// Whether all of them were read.
    is_read: bool,
}

impl Iterator for Files {
    type Item = Result<IntakeArticle, UnreadableArticle>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(read) = self.opened.as_mut().and_then(Iterator::next) {
                self.is_found = true;
                return Some(read);
            }
            let source = source(self.waiting.pop_front()?);
            match source.articles(&self.options) {
                Ok(reader) => self.opened = Some(reader),
                Err(error) => {
                    (self.opened, self.is_found) = (None, true);
                    let place = source.name().to_owned();
                    let (metadata, kept) = (Box::<ArticleMetadata>::default(), Vec::new());
                    return Some(Err(UnreadableArticle { place, metadata, kept, error }));
                }
            }
        }
    }
}

/// What a path is called: as in the program.
fn name(path: &Path) -> String {
    let name = names::shown(path.as_os_str().as_encoded_bytes());
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

fn source(path: PathBuf) -> Source {
    let name = name(&path);
    let n_bytes = fs::metadata(&path).ok().map(|file| file.len());
    let open = move || {
        if path.is_dir() {
            return Err(io::Error::other("it is a folder that cannot be read"));
        }
        File::open(&path).map(SourceReader::File)
    };
    Source::new(name, open).with_n_bytes(n_bytes)
}

/// Why a file of a folder is not read; `None` if it is read, and where it cannot be: that is told
/// when it is its turn.
fn reason(path: &Path, name: &str) -> Option<String> {
    if let Some(reason) = kind::reason_by_name(name) {
        return Some(reason.to_owned());
    }
    if Format::from_name(name).is_some() {
        return None;
    }
    let mut start = Vec::new();
    let reader = File::open(path).and_then(decompressed).ok()?;
    reader.take(kind::SAMPLE as u64).read_to_end(&mut start).ok()?;
    kind::reason(name, &start)
}

#[pymethods]
impl Articles {
    /// The articles of `files`; with a `folder`, of those of its files that are articles.
    #[new]
    #[pyo3(signature = (files, folder, format, encoding, fields, kept))]
    fn new(
        py: Python<'_>,
        files: Vec<PathBuf>,
        folder: Option<PathBuf>,
        format: Option<&str>,
        encoding: Option<&str>,
        fields: Option<&Bound<'_, PyDict>>,
        kept: Vec<String>,
    ) -> PyResult<Self> {
        let options = options(format, encoding, fields, &kept)?;
        let (mut waiting, mut passed_over) = (VecDeque::new(), PassedOver::default());
        for path in files {
            py.check_signals()?;
            let below =
                folder.as_ref().map(|folder| name(path.strip_prefix(folder).unwrap_or(&path)));
            match below.and_then(|below| Some((reason(&path, &below)?, below))) {
                Some((reason, below)) => passed_over.add(reason, &below),
                None => waiting.push_back(path),
            }
        }
        let name =
            name(folder.as_ref().or(waiting.front()).map_or(Path::new(""), PathBuf::as_path));
        if !passed_over.is_empty() {
            told::logged(py, format!("{name}: {passed_over}"))?;
        }
        if waiting.is_empty() {
            let none = kind::none_in_folder();
            return Err(MizanError::new_err(format!("nothing to read: {name}: {none}")));
        }
        let mut files =
            Files { name, options, waiting, opened: None, is_found: false, is_read: false };
        if folder.is_none()
            && let Some(path) = files.waiting.pop_front()
        {
            // What is wrong with a file that is named is said now.
            let opened = py.detach(|| source(path).articles(&files.options));
            let of_file = |error| MizanError::new_err(format!("{}: {error}", files.name));
            files.opened = Some(opened.map_err(of_file)?);
        }
        Ok(Self { files: Mutex::new(files), kept })
    }

    /// The format of the file that is read, as a word: `jsonl`, `html`, `zip` …; `None` before the
    /// first of a folder, and where it could not be opened.
    #[getter]
    fn format(&self) -> Option<String> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        Some(files.opened.as_ref()?.format().to_string())
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Article>> {
        let (next, nothing_in) = py.detach(|| {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            let next = files.next();
            let is_found = std::mem::replace(&mut files.is_found, true);
            files.is_read = next.is_none();
            (next, (!is_found).then(|| files.name.clone()))
        });
        if let Some(name) = nothing_in {
            let message = format!("no articles found in {name}");
            told::warned(py, &message)?;
        }
        Ok(next.map(|read| Article { read: read.map_err(Box::new), kept: self.kept.clone() }))
    }

    fn __repr__(&self) -> String {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let state = if files.is_read { ", read to the end" } else { "" };
        format!("Articles({:?}{state})", files.name)
    }
}

/// How files are read.
fn options(
    format: Option<&str>,
    encoding: Option<&str>,
    fields: Option<&Bound<'_, PyDict>>,
    kept: &[String],
) -> PyResult<IntakeOptions> {
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
    for (part, name) in fields.into_iter().flatten() {
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
    Ok(options.with_fields(of_records))
}
