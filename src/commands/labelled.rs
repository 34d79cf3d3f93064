//! Labels: the labelled set in a folder, or a table of any labels.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::label_args::LabelArgs;
use super::left_out::LeftOut;
use super::outputs::Outputs;
use super::shell_word::shell_word;
use super::source::{Wanted, files_under, sources};
use super::{file, terminal};
use crate::article::quoted::quoted;
use crate::camp::Camps;
use crate::engine::data_set::{self, DataSetError, DataSetFiles};
use crate::engine::stance_table::{self, StanceFields};
use crate::intake::IntakeOptions;
use crate::labels::ids_as_texts::id_among;
use crate::labels::table::LabelledTable;
use crate::labels::{LabelAggregation, LabelledSet};
use crate::text::listed::listed;

/// The file that makes a folder a labelled set.
const CAMPS_FILE: &str = "camps.toml";

/// A labelled set in a folder.
pub struct Folder<'a>(pub &'a Path);

impl DataSetFiles for Folder<'_> {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.0.join(name);
        // A pipe that nobody writes to would be waited for.
        if path.exists() && !path.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        file::read(&path, file::MAX_LABELS)
    }

    fn list(&self, folder: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
        let path = self.0.join(folder);
        // A set that is being made has its articles in the pool alone.
        let may_lack = folder != "articles" || self.0.join("pool").is_dir();
        if may_lack && !path.is_dir() {
            return Vec::new();
        }
        let inside = |path: &Path| path.strip_prefix(self.0).unwrap_or(path).display().to_string();
        files_under(&path, is_wanted).iter().map(|input| inside(input.path())).collect()
    }

    fn full_name(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

/// Sees whether there is a labelled set in `folder`: a set is a folder that has its camps.
///
/// # Errors
/// What is there instead, and how a set is made.
pub fn check_is_set(folder: &Path) -> anyhow::Result<()> {
    let (name, word) = (folder.display(), shell_word(folder));
    if folder.is_file() {
        bail!(
            "{name} is a file, and a labelled set is a folder. A table of texts and labels is \
             trained on by `mizan train --from {word}`, and becomes a set by \
             `mizan labels --labeled my-set --import {word}`"
        );
    }
    match folder.join(CAMPS_FILE).try_exists() {
        Ok(false) if is_lost(folder) => bail!(
            "{name} is a labelled set without its {CAMPS_FILE}: it has {}. Copy that file from \
             where the set comes from; for the camps of this program, `mizan label {word}` writes \
             it anew and leaves the rest as it is",
            listed(&parts(folder))
        ),
        Ok(false) if folder.exists() => bail!(
            "{name} is no labelled set: it has no {CAMPS_FILE}. A set of the articles in it is \
             made by `mizan label my-set {word}`; a table of texts and labels needs none: \
             `mizan train --from`"
        ),
        Ok(false) => bail!(
            "no labelled set at {name}: make one with `mizan label {word} ARTICLES`; a table of \
             texts and labels needs none: `mizan train --from`"
        ),
        // Why it cannot be looked at is told by what reads it.
        Ok(true) | Err(_) => Ok(()),
    }
}

/// Files and folders that labelled sets have besides their camps.
const PARTS: [&str; 10] = [
    "labels.csv",
    "rationales.csv",
    "journal.jsonl",
    "lexicon.toml",
    "events.toml",
    "outlets.toml",
    "articles",
    "pool",
    "families",
    "passages",
];

/// The parts of a labelled set that are in `folder`.
fn parts(folder: &Path) -> Vec<String> {
    let there = PARTS.into_iter().filter(|part| folder.join(part).exists());
    there
        .map(|part| if part.contains('.') { part.to_owned() } else { format!("{part}/") })
        .collect()
}

/// Whether `folder` is a labelled set but for its camps: it has labels, or says what was pressed,
/// and has folders of articles.
pub fn is_lost(folder: &Path) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| folder.join(name).exists());
    !has(&[CAMPS_FILE]) && has(&["labels.csv", "journal.jsonl"]) && has(&["articles", "pool"])
}

/// Refuses a labelled set where articles are to be named: its own files would be taken for some.
///
/// # Errors
/// What to name instead.
pub fn check_is_no_set(folder: &Path) -> anyhow::Result<()> {
    if !folder.is_dir() || !(folder.join(CAMPS_FILE).exists() || is_lost(folder)) {
        return Ok(());
    }
    let (name, word) = (folder.display(), shell_word(folder));
    let has_articles = ["articles", "pool"].into_iter().filter(|part| folder.join(part).is_dir());
    let articles: Vec<String> = has_articles.map(|part| shell_word(&folder.join(part))).collect();
    bail!(
        "{name} is a labelled set, and not all of its files are articles. `mizan label {word}` \
         goes on labelling it; to take in its articles without their labels, name {}",
        if articles.is_empty() { "their folder".to_owned() } else { articles.join(" ") }
    )
}

/// What to do about a file of a set that is not there.
fn cure(name: &str) -> Option<&'static str> {
    let is = |part: &str| Path::new(name).ends_with(part);
    if Path::new(name).parent().is_some_and(|folder| folder.ends_with("passages")) {
        return Some(
            "passages are told by texts.csv, labels.csv and rationales.csv; copy it from where the \
             set comes from, or take away the whole folder",
        );
    }
    if is("labels.csv") {
        return Some(
            "copy it from where the set comes from; without labels, begin it with the line \
             `article,annotator,lna,gna,date,note` (the camps' ids in camps.toml) and label with \
             `mizan label`",
        );
    }
    if is("events.toml") || is("outlets.toml") {
        return Some(
            "copy it from where the set comes from; it may be empty where no article names any",
        );
    }
    is("articles").then_some(
        "articles stand there, a text file each, or in pool/; copy them from where the set comes \
         from, or take some in by `mizan label SET saved/`",
    )
}

/// Reads and checks the labelled set in `folder`.
pub fn read(folder: &Path, aggregation: LabelAggregation) -> anyhow::Result<LabelledSet> {
    check_is_set(folder)?;
    match data_set::read_set(&Folder(folder), aggregation) {
        Err(DataSetError::Labels(problems)) => {
            Err(problems).with_context(|| format!("{} cannot be used", folder.display()))
        }
        Err(DataSetError::Read { name, source }) if source.kind() == io::ErrorKind::NotFound => {
            match cure(&name) {
                Some(cure) => bail!("cannot read {name}: it is not there; {cure}"),
                None => Err(DataSetError::Read { name, source }.into()),
            }
        }
        Err(DataSetError::NotText { name, source }) => bail!(
            "{name}: {source}; the files of a set are UTF-8: save it so (Excel: \"CSV UTF-8\") \
             or convert it by `iconv -f windows-1256 -t utf-8`"
        ),
        read => {
            let set = read?;
            if set.n_waiting > 0 {
                let message =
                    format!("{} of pool/ have no label yet and are left out", set.n_waiting);
                terminal::complain(&folder.display().to_string(), &message);
            }
            Ok(set)
        }
    }
}

/// Refuses a table whose column of texts, which was guessed, holds ids.
pub fn check_texts<'a>(
    source: &str,
    texts: impl IntoIterator<Item = &'a str>,
    intake: &IntakeOptions,
) -> anyhow::Result<()> {
    match id_among(texts).filter(|_| intake.fields.text.is_none()) {
        Some(id) => bail!(
            "{source}: the column that was taken for the text holds ids, such as {}. Labels are \
             learned from texts: give a table that has them, or name their column (--text-field). \
             A table of ids and labels beside the articles is what `mizan evaluate --labels` and \
             `mizan adapt --labels` read",
            quoted(id)
        ),
        None => Ok(()),
    }
}

fn names(paths: &[PathBuf]) -> String {
    listed(&paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>())
}

/// Labels of a table, and how many of its rows are left out.
pub struct Loaded<T> {
    /// The labels.
    pub labelled: T,
    /// The rows.
    pub n_left_out: usize,
}

/// Reads texts with a stance toward each camp. Rows that cannot be understood are reported and left
/// out.
///
/// # Errors
/// If a source cannot be read, or no row is left.
pub fn read_stances(
    paths: &[PathBuf],
    fields: &StanceFields,
    camps: &Camps,
    intake: IntakeOptions,
    outputs: &Outputs,
) -> anyhow::Result<Loaded<LabelledSet>> {
    let sources = sources(paths, outputs, Wanted::Articles)?;
    let mut left_out = LeftOut::default();
    let note = |diagnostic| left_out.note(&diagnostic);
    let named = intake.clone();
    let labelled = stance_table::read_stances(&sources, fields, camps, intake, note)?;
    let texts = labelled.articles.iter().map(|one| one.article.text.as_str());
    check_texts(&names(paths), texts, &named)?;
    left_out.tell(labelled.articles.len());
    if labelled.articles.is_empty() {
        let why = if left_out.is_empty() { "no rows" } else { "the messages above say why" };
        bail!("no text has a stance toward both camps: {why}");
    }
    Ok(Loaded { labelled, n_left_out: left_out.n_rows() })
}

/// Reads texts with a label each. Rows that cannot be read are reported and skipped.
pub fn read_table(
    labels: &LabelArgs,
    intake: IntakeOptions,
    outputs: &Outputs,
) -> anyhow::Result<Loaded<LabelledTable>> {
    let sources = sources(&labels.from, outputs, Wanted::Articles)?;
    let mut left_out = LeftOut::default();
    let note = |diagnostic| left_out.note(&diagnostic);
    let named = intake.clone();
    let table = data_set::read_table(&sources, &labels.fields(), intake, note)?;
    check_texts(&names(&labels.from), table.rows.iter().map(|row| row.text.as_str()), &named)?;
    left_out.tell(table.rows.len());
    Ok(Loaded { labelled: table, n_left_out: left_out.n_rows() })
}
