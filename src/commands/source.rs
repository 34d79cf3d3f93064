//! Paths → sources to read, in a stable order.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::outputs::Outputs;
use super::walk::Walk;
use crate::engine::{Source, SourceReader};
use crate::intake::bytes::decompressed;
use crate::intake::{Format, kind, names};

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
    /// The path; `-` for standard input.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("-"),
            Self::File(path) | Self::Unreadable(path, _) => path,
        }
    }

    /// The source that the engine reads.
    pub fn source(self) -> Source {
        let name = names::shown(self.path().as_os_str().as_encoded_bytes());
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
///
/// # Errors
/// If one of them is written, too.
pub fn sources(paths: &[PathBuf], outputs: &Outputs) -> anyhow::Result<Vec<Source>> {
    Ok(inputs(paths, outputs)?.into_iter().map(Input::source).collect())
}

/// What `paths` stand for: `-` for standard input, a folder for the articles' files under it,
/// anything else for itself. What of a folder is passed over is told on standard error; so is what
/// is written by this run and stands in it.
///
/// # Errors
/// If one of the paths is written, too.
pub fn inputs(paths: &[PathBuf], outputs: &Outputs) -> anyhow::Result<Vec<Input>> {
    paths.iter().try_for_each(|path| outputs.refuse(path))?;
    let of_path = |path: &PathBuf| match path {
        path if path == Path::new("-") => vec![Input::Stdin],
        path if path.is_dir() => of_folder(path, outputs),
        path => vec![Input::File(path.clone())],
    };
    Ok(paths.iter().flat_map(of_path).collect())
}

/// The files under a folder that are articles by their names, or by their first bytes where the
/// name does not tell.
fn of_folder(folder: &Path, outputs: &Outputs) -> Vec<Input> {
    let mut walk = Walk::new(folder, true, outputs);
    let mut found = Vec::new();
    for input in std::mem::take(&mut walk.inputs) {
        let Input::File(path) = &input else {
            found.push(input);
            continue;
        };
        let name = walk.below(path);
        match reason(path, &name) {
            Some(reason) => walk.passed_over.add(reason, &name),
            None => found.push(input),
        }
    }
    walk.tell();
    if found.is_empty() { vec![no_files(folder)] } else { found }
}

/// Why a file of a folder is not read; `None` if it is read.
fn reason(path: &Path, name: &str) -> Option<String> {
    // A part of the path is hidden, or the file is.
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    let by_name = if is_hidden { Some("hidden") } else { kind::reason_by_name(name) };
    if let Some(reason) = by_name {
        return Some(reason.to_owned());
    }
    if Format::from_name(name).is_some() {
        return None;
    }
    let mut start = Vec::new();
    let read = File::open(path)
        .and_then(decompressed)
        .and_then(|reader| reader.take(kind::SAMPLE as u64).read_to_end(&mut start));
    match read {
        Ok(_) => kind::reason(name, &start),
        // Its error is told where it is read.
        Err(_) => None,
    }
}

fn no_files(folder: &Path) -> Input {
    let extensions: Vec<&str> =
        Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
    let extensions = extensions.join(", ");
    let message = format!(
        "no file in this folder ends in {extensions} (or .gz, .zst), or looks like an article"
    );
    Input::Unreadable(folder.to_owned(), message)
}

/// The files under a folder whose names are `wanted`, in order of their names. Hidden files are
/// skipped, links to folders are followed but each folder is entered once, and one that cannot be
/// entered is listed as unreadable.
pub fn files_under(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<Input> {
    let is_wanted = |input: &Input| match input {
        Input::File(path) => {
            wanted(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
        }
        _ => true,
    };
    let walk = Walk::new(folder, false, &Outputs::new([]));
    walk.tell();
    walk.inputs.into_iter().filter(is_wanted).collect()
}
