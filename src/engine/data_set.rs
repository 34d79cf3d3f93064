//! Loading labels: a labelled set of several files, or a table of any labels.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::diagnostic::{Diagnostic, row};
pub use super::label_table::{LabelFields, read_table};
use super::source::Source;
use crate::article::Article;
use crate::intake::encoding::{UTF_8, decode};
use crate::intake::{Format, IntakeArticle, IntakeError, IntakeOptions, UnreadableArticle};
use crate::labels::problem::LabelledSetError;
use crate::labels::table::TableError;
use crate::labels::{LabelAggregation, LabelledFiles, LabelledSet, PassageFiles, SourceText};

/// The files of a labelled set, by their names inside it, such as `articles/n1.txt`.
pub trait DataSetFiles {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// The names of the files under a folder that are wanted by their last part, in order. What
    /// cannot be listed is among them, so that reading it gives the error.
    fn list(&self, folder: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String>;

    /// The name of a file in messages, such as its whole path.
    fn full_name(&self, name: &str) -> String;
}

/// Why labels cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataSetError {
    /// A file cannot be read.
    #[error("cannot read {name}")]
    Read {
        /// The file.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// A file is no text in UTF-8.
    #[error("{name}")]
    NotText {
        /// The file.
        name: String,
        /// Why not.
        source: IntakeError,
    },
    /// The files are not a sound labelled set.
    #[error(transparent)]
    Labels(#[from] LabelledSetError),
    /// A source of a table cannot be read.
    #[error("{name}")]
    Source {
        /// The source.
        name: String,
        /// Why not.
        source: IntakeError,
    },
    /// The rows do not fit together.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Reads and checks a labelled set: `camps.toml`, `events.toml`, `outlets.toml`, `labels.csv`,
/// `rationales.csv` and `lexicon.toml` if there are any, the texts under `articles/` and `pool/`,
/// the contrast families under `families/` and the tables under `passages/`. Articles of the pool
/// that have no label are left out.
///
/// # Errors
/// When a file cannot be read, or the set is not sound.
pub fn read_set(
    files: &impl DataSetFiles,
    aggregation: LabelAggregation,
) -> Result<LabelledSet, DataSetError> {
    Ok(LabelledSet::from_files(&read_files(files, aggregation)?)?)
}

/// Reads the files of a labelled set as texts; nothing in them is checked.
///
/// # Errors
/// When a file cannot be read, or is no text in UTF-8.
pub fn read_files(
    files: &(impl DataSetFiles + ?Sized),
    aggregation: LabelAggregation,
) -> Result<LabelledFiles, DataSetError> {
    let read = |name: &str| {
        let full = files.full_name(name);
        let bytes =
            files.read(name).map_err(|source| DataSetError::Read { name: full.clone(), source })?;
        match decode(&bytes, UTF_8, true) {
            Ok(decoded) => Ok(SourceText::new(full, decoded.text)),
            Err(source) => Err(DataSetError::NotText { name: full, source }),
        }
    };
    let optional = |name: &str| match read(name) {
        Err(DataSetError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Ok(None)
        }
        found => found.map(Some),
    };
    let all = |folder: &str, is_wanted: fn(&str) -> bool| -> Result<Vec<_>, DataSetError> {
        files.list(folder, &is_wanted).iter().map(|name| read(name)).collect()
    };
    let is_family =
        |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    Ok(LabelledFiles {
        camps: read("camps.toml")?,
        events: read("events.toml")?,
        outlets: read("outlets.toml")?,
        labels: read("labels.csv")?,
        rationales: optional("rationales.csv")?,
        lexicon: optional("lexicon.toml")?,
        articles: all("articles", |name| Format::from_name(name) == Some(Format::Text))?,
        pool: all("pool", |name| Format::from_name(name) == Some(Format::Text))?,
        families: all("families", is_family)?,
        passages: match (optional("passages/texts.csv")?, optional("passages/labels.csv")?) {
            (None, None) => None,
            // One without the other is an error.
            (texts, labels) => Some(PassageFiles {
                texts: texts.map_or_else(|| read("passages/texts.csv"), Ok)?,
                labels: labels.map_or_else(|| read("passages/labels.csv"), Ok)?,
                rationales: read("passages/rationales.csv")?,
            }),
        },
        aggregation,
    })
}

/// Calls `take` with every article of some sources, the fields that were kept of it, and its place
/// (file and line, and row where a spreadsheet counts otherwise); `take` gives what is wrong with
/// the article, if something is. That, and what cannot be read, is reported to `diagnose`.
///
/// # Errors
/// When a source cannot be opened.
pub(super) fn each_record(
    sources: &[Source],
    intake: &IntakeOptions,
    diagnose: &mut impl FnMut(Diagnostic),
    mut take: impl FnMut(Article, Vec<Option<String>>, String) -> Option<Diagnostic>,
) -> Result<(), DataSetError> {
    for source in sources {
        let mut articles = source.articles(intake).map_err(|error| DataSetError::Source {
            name: source.name().to_owned(),
            source: error,
        })?;
        while let Some(raw) = articles.next_raw() {
            let place = raw.place();
            let problem = match raw.finish() {
                Ok(IntakeArticle { article, kept, .. }) => take(article, kept, place),
                Err(UnreadableArticle { error, .. }) => {
                    let message = error.to_string();
                    Some(match error {
                        // More is missing than a row.
                        IntakeError::BrokenOff(_) => {
                            Diagnostic::SourceBrokenOff { source: place, message }
                        }
                        _ => Diagnostic::ArticleFailed { id: place, message },
                    })
                }
            };
            problem.into_iter().for_each(&mut *diagnose);
        }
    }
    Ok(())
}

/// Notes what a spreadsheet calls an article that is known by its line, where it counts otherwise.
pub(super) fn note_row(named: &mut BTreeMap<String, String>, id: &str, place: String) {
    if id != place && row(id, &place) == place {
        named.insert(id.to_owned(), place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_named_in_full() {
        struct NoFiles;
        impl DataSetFiles for NoFiles {
            fn read(&self, _: &str) -> io::Result<Vec<u8>> {
                Err(io::Error::other("it is gone"))
            }
            fn list(&self, _: &str, _: &dyn Fn(&str) -> bool) -> Vec<String> {
                Vec::new()
            }
            fn full_name(&self, name: &str) -> String {
                format!("set/{name}")
            }
        }
        let error = read_set(&NoFiles, LabelAggregation::Majority).unwrap_err();
        assert_eq!(error.to_string(), "cannot read set/camps.toml");
    }
}
