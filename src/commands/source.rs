//! Paths → sources to read, in a stable order.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::engine::{Source, SourceReader};
use crate::intake::Format;

/// What a path of the command line stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A path that cannot be read, and why.
    Unreadable(PathBuf, String),
}

impl Input {
    /// Whether it is the file at `path`.
    pub fn is(&self, path: &Path) -> bool {
        let Self::File(own) = self else { return false };
        own.canonicalize().ok().zip(path.canonicalize().ok()).is_some_and(|(own, path)| own == path)
    }

    /// The path; `-` for standard input.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("-"),
            Self::File(path) | Self::Unreadable(path, _) => path,
        }
    }

    /// The source that the engine reads.
    pub fn source(self) -> Source {
        let name = self.path().display().to_string();
        match self {
            Self::Stdin => Source::from_reader(name, io::stdin()),
            Self::File(path) => {
                let n_bytes = path
                    .metadata()
                    .map_or(Some(0), |metadata| metadata.is_file().then_some(metadata.len()));
                Source::new(name, move || open(&path)).with_n_bytes(n_bytes)
            }
            Self::Unreadable(_, message) => {
                Source::new(name, move || Err(io::Error::other(message.clone())))
                    .with_n_bytes(Some(0))
            }
        }
    }
}

fn open(path: &Path) -> io::Result<SourceReader> {
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    File::open(path).map(SourceReader::File)
}

/// The sources that `paths` stand for, as [`inputs`] finds them.
pub fn sources(paths: &[PathBuf]) -> Vec<Source> {
    inputs(paths).into_iter().map(Input::source).collect()
}

/// What `paths` stand for: `-` for standard input, a folder for the files under it whose names tell
/// a format, anything else for itself.
pub fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    let of_path = |path: &PathBuf| match path {
        path if path == Path::new("-") => vec![Input::Stdin],
        path if path.is_dir() => {
            let found = files_under(path, |name| Format::from_name(name).is_some());
            if found.is_empty() { vec![no_files(path)] } else { found }
        }
        path => vec![Input::File(path.clone())],
    };
    paths.iter().flat_map(of_path).collect()
}

fn no_files(folder: &Path) -> Input {
    let extensions: Vec<&str> =
        Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
    let extensions = extensions.join(", ");
    let message = format!("no file in this folder ends in {extensions} (or .gz, .zst)");
    Input::Unreadable(folder.to_owned(), message)
}

/// The files under a folder whose names are `wanted`, in order of their names. Hidden files are
/// skipped, links to folders are followed but not in circles, and a folder that cannot be entered
/// is listed as unreadable.
pub fn files_under(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<Input> {
    let hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    entries
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => {
                wanted(&entry.file_name().to_string_lossy()).then(|| Input::File(entry.into_path()))
            }
            Err(error) if error.loop_ancestor().is_some() => None,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let message = error
                    .into_io_error()
                    .map_or_else(|| "it cannot be read".to_owned(), |error| error.to_string());
                Some(Input::Unreadable(path, message))
            }
        })
        .collect()
}
