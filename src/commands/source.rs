//! Paths → files to read, in a stable order.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A path that cannot be read, and why.
    Unreadable(PathBuf, String),
}

impl Source {
    /// The name that output and messages use.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) | Self::Unreadable(path, _) => path.display().to_string(),
        }
    }

    /// All its bytes, or a message.
    pub fn read(&self) -> Result<Vec<u8>, String> {
        match self {
            Self::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
                Ok(bytes)
            }
            Self::File(path) => fs::read(path).map_err(|error| error.to_string()),
            Self::Unreadable(_, message) => Err(message.clone()),
        }
    }
}

/// What `paths` stand for: `-` for standard input, a folder for the `.txt` files under it in order of their names
/// (hidden ones left out, links to folders not followed), anything else for itself.
pub fn sources(paths: &[PathBuf]) -> Vec<Source> {
    paths.iter().flat_map(|path| if path == Path::new("-") { vec![Source::Stdin] } else { under(path) }).collect()
}

fn under(path: &Path) -> Vec<Source> {
    if !path.is_dir() {
        return vec![match path.extension().and_then(|extension| extension.to_str()) {
            Some("html" | "htm" | "jsonl" | "csv" | "tsv" | "gz" | "pdf" | "docx") if path.exists() => {
                Source::Unreadable(path.to_owned(), "only plain text is read; save the article as a .txt file".to_owned())
            }
            _ => Source::File(path.to_owned()),
        }];
    }
    let found = text_files(path);
    if found.is_empty() { vec![Source::Unreadable(path.to_owned(), "there is no .txt file in this folder".to_owned())] } else { found }
}

/// The `.txt` files under a folder, in order of their names; what cannot be entered stands in its place.
pub fn text_files(folder: &Path) -> Vec<Source> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    entries
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.path().is_dir() => None,
            Ok(entry) => entry.path().extension().is_some_and(|extension| extension == "txt").then(|| Source::File(entry.into_path())),
            Err(error) => Some(Source::Unreadable(error.path().unwrap_or(folder).to_owned(), error.to_string())),
        })
        .collect()
}
