//! New sets, and articles that are taken into a set.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::super::labelled::is_lost;
use super::super::outputs::Outputs;
use super::super::shell_word::shell_word;
use super::super::source::{Wanted, sources};
use super::super::{hint, terminal};
use super::folder::FolderStore;
use crate::camp::Camps;
use crate::engine;
use crate::engine::data_set::{DataSetFiles, read_files};
use crate::intake::IntakeOptions;
use crate::intake::boilerplate;
use crate::labelling::SetStore;
use crate::labelling::assets::{CAMPS, CODEBOOK};
use crate::labelling::taking_in::{MAX_ARTICLES, MAX_TEXT, Register, TakenIn};
use crate::labels::LabelAggregation;

/// The files of a new set, and what stands in them.
const FILES: [(&str, &str); 6] = [
    ("events.toml", "# Events that articles tell of: a table each, whose name the headers use.\n"),
    ("outlets.toml", "# Outlets: a table each, whose name the headers use.\n"),
    ("labels.csv", "article,annotator,lna,gna,date,note\n"),
    ("rationales.csv", "article,annotator,camp,stance,sentence,expressions\n"),
    ("CODEBOOK.md", CODEBOOK),
    // A set is one that has its camps: they come last.
    ("camps.toml", CAMPS),
];

/// Makes a set in `folder`, unless there is one.
pub fn make(folder: &Path, has_articles: bool) -> anyhow::Result<()> {
    if folder.join("camps.toml").exists() {
        return Ok(());
    }
    if is_lost(folder) {
        return restore(folder);
    }
    let known = |name: &str| {
        name.starts_with('.') || name == "pool" || FILES.iter().any(|(file, _)| *file == name)
    };
    let others = fs::read_dir(folder)
        .map(|entries| entries.flatten().any(|entry| !known(&entry.file_name().to_string_lossy())));
    if others.unwrap_or(false) || folder.is_file() {
        bail!(
            "{} is no labelling set: it has no camps.toml. To make a set of the articles in it, \
             name a new folder first: `mizan label my-set {}`",
            folder.display(),
            shell_word(folder)
        );
    }
    if !has_articles {
        bail!(
            "{} does not exist. To make it, name the articles too: `mizan label {} saved/`",
            folder.display(),
            shell_word(folder)
        );
    }
    let store = FolderStore::new(folder);
    fs::create_dir_all(folder.join("pool"))
        .with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, content) in FILES {
        if !folder.join(name).exists() {
            store
                .replace(name, content.as_bytes())
                .with_context(|| format!("cannot write {}", folder.join(name).display()))?;
        }
    }
    Ok(())
}

/// Writes the camps of this program to a set that has lost its own, where its labels are toward
/// them; nothing else is changed.
fn restore(folder: &Path) -> anyhow::Result<()> {
    let store = FolderStore::new(folder);
    let (_, header) = FILES[2];
    let labels = store.optional("labels.csv")?;
    let Some(first) = labels.as_deref().and_then(|labels| labels.lines().next()) else {
        bail!(
            "{0} is a labelled set without camps.toml and labels.csv: copy these from where it \
             comes from (journal.jsonl has the answers that were given in the browser)",
            folder.display()
        );
    };
    if first.trim_start_matches('\u{FEFF}').trim_end() != header.trim_end() {
        bail!(
            "{0} is a labelled set without its camps.toml, and its labels ({first}) are not \
             toward the camps of this program ({1}): copy camps.toml from where the set comes from",
            folder.display(),
            header.trim_end()
        );
    }
    for (name, content) in FILES {
        if !folder.join(name).exists() {
            store
                .replace(name, content.as_bytes())
                .with_context(|| format!("cannot write {}", folder.join(name).display()))?;
            let path = folder.join(name);
            terminal::tell(&format!("{} was not there: written anew", path.display()));
        }
    }
    Ok(())
}

/// Takes articles into the pool of a set. What cannot be read is told, and the rest is taken in.
pub fn take_in(
    store: &FolderStore,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<()> {
    let _lock = store.lock().context("cannot lock the set")?;
    let mut register = Register::default();
    let files = read_files(store, LabelAggregation::Majority)?;
    for filed in files.filed_articles().0 {
        let mut article = filed.article;
        boilerplate::clean(&mut article);
        register.add(&article);
    }
    let (mut n_new, mut n_known, mut n_failed) = (0_usize, 0_usize, 0_usize);
    let mut n_labelled = 0_usize;
    // Labels of a table are not taken in with its articles, and nobody should think that they are.
    let camps = Camps::from_toml(&files.camps.text)?;
    let mut intake = intake.clone();
    intake.fields = intake.fields.with_kept_if_there(camps.camps.iter().map(|camp| &camp.id));
    for read in engine::articles(sources(paths, &Outputs::new([]), Wanted::Articles)?, &intake) {
        let article = match read {
            Ok(read) => {
                n_labelled +=
                    usize::from(read.kept.iter().flatten().any(|label| !label.is_empty()));
                read.article
            }
            Err(unreadable) => {
                terminal::complain_of_article(&unreadable.place, &hint::message(&unreadable.error));
                n_failed += 1;
                continue;
            }
        };
        let id = article.id.clone();
        match register.take_in(article) {
            TakenIn::New { name, content, .. } => {
                store
                    .replace(&name, content.as_bytes())
                    .with_context(|| format!("cannot write {name}"))?;
                n_new += 1;
            }
            TakenIn::Known(_) => n_known += 1,
            TakenIn::TooLong => {
                terminal::complain_of_article(
                    &id,
                    &format!("it is longer than {MAX_TEXT} bytes: cut it"),
                );
                n_failed += 1;
            }
            TakenIn::TooMany => bail!(
                "{id}: a set has at most {MAX_ARTICLES} articles: draw a sample of your archive"
            ),
        }
    }
    terminal::tell(&format!(
        "took in {n_new} articles; {n_known} were there, {n_failed} could not be read"
    ));
    if n_labelled > 0 {
        terminal::tell(&format!(
            "{n_labelled} of them have labels in fields of their own, which stay behind; this \
             takes them: mizan labels --labeled {} --import FILE",
            shell_word(Path::new(store.full_name("").trim_end_matches('/')))
        ));
    }
    Ok(())
}
