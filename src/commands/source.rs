//! Paths → files to read, in a stable order.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::intake::bytes::{Bytes, decompressed};
use crate::intake::{ArticleReader, Format, IntakeOptions};
use walkdir::WalkDir;

use super::hint;
use super::parquet::Chunks;

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A path that cannot be read, and why.
    UnreadableArticle(PathBuf, String),
}

impl Source {
    /// The name that output and messages use.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) | Self::UnreadableArticle(path, _) => path.display().to_string(),
        }
    }

    /// Whether it is the file at `path`.
    pub fn is(&self, path: &Path) -> bool {
        let Self::File(own) = self else { return false };
        own.canonicalize().ok().zip(path.canonicalize().ok()).is_some_and(|(own, path)| own == path)
    }

    /// Its articles, or a message that says why there is none.
    pub fn articles(&self, options: &IntakeOptions) -> Result<ArticleReader<'static>, String> {
        self.articles_counted(options, &Arc::default())
    }

    /// The same; `counter` grows by the bytes that are read.
    pub fn articles_counted(
        &self,
        options: &IntakeOptions,
        counter: &Arc<AtomicU64>,
    ) -> Result<ArticleReader<'static>, String> {
        if let Self::File(path) = self
            && options.format.or_else(|| Format::from_name(&self.name())) == Some(Format::Parquet)
        {
            return Chunks::open(path, Arc::clone(counter))?.articles(&self.name(), options);
        }
        let bytes = Counted { bytes: self.open()?, counter: Arc::clone(counter) };
        ArticleReader::new(&self.name(), bytes, options).map_err(|error| hint::message(&error))
    }

    /// The lines of what a command of this program wrote, unpacked, or a message that says why
    /// there are none.
    pub fn lines(&self) -> Result<Bytes<'static>, String> {
        match self {
            Self::File(path) if Format::from_name(&self.name()) == Some(Format::Parquet) => {
                Chunks::open(path, Arc::default())?.lines()
            }
            _ => decompressed(self.open()?).map_err(|error| error.to_string()),
        }
    }

    /// How many bytes it has; `None` for what has no size, such as a pipe.
    pub fn n_bytes(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File(path) => path
                .metadata()
                .map_or(Some(0), |metadata| metadata.is_file().then_some(metadata.len())),
            Self::UnreadableArticle(..) => Some(0),
        }
    }

    /// Its bytes, as they come.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, String> {
        match self {
            Self::Stdin => Ok(Box::new(io::stdin())),
            Self::File(path) if path.is_dir() => Err("it is a folder".to_owned()),
            Self::File(path) => Ok(Box::new(File::open(path).map_err(|error| error.to_string())?)),
            Self::UnreadableArticle(_, message) => Err(message.clone()),
        }
    }
}

/// A reader that counts what is read.
pub struct Counted {
    /// What reads.
    pub bytes: Box<dyn Read + Send>,
    /// How many bytes were read.
    pub counter: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.bytes.read(room)?;
        self.counter.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

/// What `paths` stand for: `-` for standard input, a folder for the files under it whose names tell
/// a format, anything else for itself.
pub fn sources(paths: &[PathBuf]) -> Vec<Source> {
    let of_path = |path: &PathBuf| match path {
        path if path == Path::new("-") => vec![Source::Stdin],
        path if path.is_dir() => {
            let found = files_under(path, |name| Format::from_name(name).is_some());
            let known = Format::ALL
                .iter()
                .flat_map(|format| format.extensions())
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            if found.is_empty() {
                vec![Source::UnreadableArticle(
                    path.clone(),
                    format!("no file in this folder ends in {known} (or .gz, .zst)"),
                )]
            } else {
                found
            }
        }
        path => vec![Source::File(path.clone())],
    };
    paths.iter().flat_map(of_path).collect()
}

/// The files under a folder whose names are `wanted`, in order of their names; hidden ones are left
/// out, links to folders are followed but not in circles, and what cannot be entered stands in its
/// place.
pub fn files_under(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<Source> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    entries
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => wanted(&entry.file_name().to_string_lossy())
                .then(|| Source::File(entry.into_path())),
            Err(error) if error.loop_ancestor().is_some() => None,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let message = error
                    .into_io_error()
                    .map_or_else(|| "it cannot be read".to_owned(), |error| error.to_string());
                Some(Source::UnreadableArticle(path, message))
            }
        })
        .collect()
}
