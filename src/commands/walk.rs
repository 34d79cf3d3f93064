//! The files under a folder, each once.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::file_id::FileId;
use super::outputs::Outputs;
use super::source::Input;
use super::terminal;
use crate::intake::{PassedOver, names};
use crate::scoring::counted;

/// Most links that are named in one message.
const MAX_NAMED: usize = 3;

/// What is found under a folder.
pub(super) struct Walk {
    folder: PathBuf,
    /// Files, and what cannot be entered, in order of their names.
    pub(super) inputs: Vec<Input>,
    /// What is left out, by reason.
    pub(super) passed_over: PassedOver,
    /// Names of links that lead out of the folder.
    leaving: Vec<String>,
    n_leaving: usize,
}

impl Walk {
    /// Walks through `folder`. A folder is entered once, by whatever links it is found; hidden
    /// folders are not. Pipes, devices and outputs of the program are left out. Hidden files are
    /// among the others if asked for.
    pub(super) fn new(folder: &Path, with_hidden: bool, outputs: &Outputs) -> Self {
        let mut walk = Self {
            folder: folder.to_owned(),
            inputs: Vec::new(),
            passed_over: PassedOver::default(),
            leaving: Vec::new(),
            n_leaving: 0,
        };
        let root = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
        let is_wanted = |entry: &DirEntry| {
            entry.depth() == 0
                || !hidden(entry.file_name())
                || (with_hidden && !entry.file_type().is_dir())
        };
        let mut entered = HashSet::new();
        let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let is_folder = entry.file_type().is_dir();
                    if !is_wanted(&entry) {
                        if is_folder {
                            entries.skip_current_dir();
                        }
                        continue;
                    }
                    if entry.path_is_symlink() {
                        walk.note_link(entry.path(), &root);
                    }
                    if !is_folder {
                        walk.add(entry, outputs);
                    } else if !FileId::from_path(entry.path()).is_none_or(|id| entered.insert(id)) {
                        walk.pass_over("folders that were read by another name", entry.path());
                        entries.skip_current_dir();
                    }
                }
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let message = error
                        .into_io_error()
                        .map_or_else(|| "it cannot be read".to_owned(), |error| error.to_string());
                    walk.inputs.push(Input::Unreadable(path, message));
                }
            }
        }
        walk
    }

    fn add(&mut self, entry: DirEntry, outputs: &Outputs) {
        if !entry.file_type().is_file() {
            self.pass_over("no regular files", entry.path());
        } else if outputs.name_of(entry.path()).is_some() {
            self.pass_over("written by this run", entry.path());
        } else {
            self.inputs.push(Input::File(entry.into_path()));
        }
    }

    fn pass_over(&mut self, reason: &str, path: &Path) {
        let name = self.below(path);
        self.passed_over.add(reason, &name);
    }

    fn note_link(&mut self, link: &Path, root: &Path) {
        if link == self.folder || link.canonicalize().is_ok_and(|target| target.starts_with(root)) {
            return;
        }
        self.n_leaving += 1;
        if self.leaving.len() < MAX_NAMED {
            self.leaving.push(self.below(link));
        }
    }

    /// What a path is called in messages about the folder.
    pub(super) fn below(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        names::shown(below.as_os_str().as_encoded_bytes())
    }

    /// Tells what was left out, and which links lead out of the folder.
    pub(super) fn tell(&self) {
        let folder = names::shown(self.folder.as_os_str().as_encoded_bytes());
        if !self.passed_over.is_empty() {
            terminal::complain(&folder, &self.passed_over.to_string());
        }
        if self.n_leaving > 0 {
            let more = if self.leaving.len() < self.n_leaving { ", …" } else { "" };
            let message = format!(
                "{} to files or folders outside it, read as if they stood in it: {}{more}",
                counted(self.n_leaving, "link"),
                self.leaving.join(", ")
            );
            terminal::complain(&folder, &message);
        }
    }
}
