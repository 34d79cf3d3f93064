//! Paths → sources to read, in a stable order.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::outputs::{self, Outputs};
use super::terminal;
use super::walk::Walk;
use crate::engine::{Source, SourceReader};
use crate::intake::bytes::decompressed;
use crate::intake::{Format, kind, names};

/// Most paths that a message names.
const MAX_NAMED: usize = 20;

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

/// What a command reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Articles. What mizan wrote itself and left in a folder of them is none.
    Articles,
    /// Scores, or sums of them.
    Scores,
}

/// The sources that `paths` stand for, as [`inputs`] finds them.
///
/// # Errors
/// If one of them does not exist, or is written, too.
pub fn sources(
    paths: &[PathBuf],
    outputs: &Outputs,
    wanted: Wanted,
) -> anyhow::Result<Vec<Source>> {
    Ok(inputs(paths, outputs, wanted)?.into_iter().map(Input::source).collect())
}

/// What `paths` stand for: `-` for standard input, a folder for the articles' files under it,
/// anything else for itself. What of a folder is passed over is told on standard error; so is what
/// is written by this run and stands in it.
///
/// # Errors
/// If one of the paths does not exist: a name is misspelt, and nothing has been done yet. If one is
/// written, too. If there are only folders without anything to read.
pub fn inputs(paths: &[PathBuf], outputs: &Outputs, wanted: Wanted) -> anyhow::Result<Vec<Input>> {
    check_exist(paths)?;
    paths.iter().try_for_each(|path| outputs.refuse(path))?;
    let of_path = |path: &PathBuf| match path {
        path if path == Path::new("-") => vec![Input::Stdin],
        path if path.is_dir() => of_folder(path, outputs, wanted),
        path => vec![Input::File(path.clone())],
    };
    let (own, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| wanted == Wanted::Articles && written_as(path).is_some());
    for path in own {
        let kind = written_as(path).unwrap_or_default();
        let message = format!(
            "{kind} that mizan wrote, not articles: name the articles; what `mizan score` wrote is \
             read by `mizan report`"
        );
        if paths.is_empty() {
            bail!("{} holds {message}", named(&[path]));
        }
        terminal::tell(&format!("{} passed over: it holds {message}", named(&[path])));
    }
    let found: Vec<Input> = paths.into_iter().flat_map(of_path).collect();
    // A folder without articles among others is one failure; alone, nothing can be done.
    let is_folder = |input: &Input| matches!(input, Input::Unreadable(path, _) if path.is_dir());
    if let [Input::Unreadable(path, message), ..] = &found[..]
        && found.iter().all(is_folder)
    {
        bail!("nothing to read: {}: {message}", names::shown(path.as_os_str().as_encoded_bytes()));
    }
    Ok(found)
}

/// Refuses paths that do not exist.
///
/// # Errors
/// If there is one; the message names them, up to [`MAX_NAMED`].
pub fn check_exist(paths: &[PathBuf]) -> anyhow::Result<()> {
    let is_missing = |path: &&PathBuf| {
        *path != Path::new("-")
            && path.metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    };
    let missing: Vec<&PathBuf> = paths.iter().filter(is_missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("no such file or folder: {}", named(&missing))
}

/// Paths in a message.
fn named(paths: &[&PathBuf]) -> String {
    let shown = |path: &&PathBuf| match path {
        path if **path == Path::new("-") => "standard input".to_owned(),
        path => names::shown(path.as_os_str().as_encoded_bytes()),
    };
    let named: Vec<String> = paths.iter().take(MAX_NAMED).map(shown).collect();
    let more = paths.len().saturating_sub(MAX_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}

/// The message of a command that found nothing to read in all of its paths.
pub fn none_found(paths: &[PathBuf]) -> String {
    format!("no articles found in {}", named(&paths.iter().collect::<Vec<_>>()))
}

/// The files under a folder that are articles by their names, or by their first bytes where the
/// name does not tell.
fn of_folder(folder: &Path, outputs: &Outputs, wanted: Wanted) -> Vec<Input> {
    let mut walk = Walk::new(folder, true, outputs);
    let mut found = Vec::new();
    for input in std::mem::take(&mut walk.inputs) {
        let Input::File(path) = &input else {
            found.push(input);
            continue;
        };
        let name = walk.below(path);
        match reason(path, &name, wanted) {
            Some(reason) => walk.passed_over.add(reason, &name),
            None => found.push(input),
        }
    }
    walk.tell();
    if found.is_empty() {
        found.push(Input::Unreadable(folder.to_owned(), kind::none_in_folder()));
    }
    found
}

/// What mizan wrote a file as; `None` if it is somebody else's, or no file.
fn written_as(path: &Path) -> Option<&'static str> {
    path.metadata().ok().filter(Metadata::is_file)?;
    outputs::own(&start_of(path)?)
}

/// The first bytes of a file; an error is told where the file is read.
fn start_of(path: &Path) -> Option<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)
        .and_then(decompressed)
        .and_then(|reader| reader.take(kind::SAMPLE as u64).read_to_end(&mut start))
        .ok()?;
    Some(start)
}

/// Why a file of a folder is not read; `None` if it is read.
fn reason(path: &Path, name: &str, wanted: Wanted) -> Option<String> {
    // A part of the path is hidden, or the file is.
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    let by_name = if is_hidden { Some("hidden") } else { kind::reason_by_name(name) };
    if let Some(reason) = by_name {
        return Some(reason.to_owned());
    }
    let is_known = Format::from_name(name).is_some();
    if is_known && wanted == Wanted::Scores {
        return None;
    }
    let start = start_of(path)?;
    match outputs::own(&start) {
        Some(kind) if wanted == Wanted::Articles => Some(format!("{kind} that mizan wrote")),
        _ if is_known => None,
        _ => kind::reason(name, &start),
    }
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
