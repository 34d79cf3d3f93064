//! The model that a command uses, or writes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::model::Model;
use crate::model::choice::{MAX_BYTES, ModelChoice, VARIABLE};
use anyhow::{Context, bail};
use etcetera::BaseStrategy;

use super::file;
use super::outputs::Kind;
use super::shell_word::shell_word;
use super::terminal;

/// The option that names a model file.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ModelArgs {
    /// Model file [default: what `MIZAN_MODEL` names, else the model that `mizan model --install`
    /// installed, else the one inside the program]
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

impl ModelArgs {
    /// Reads the model, and tells where it is not the one inside the program.
    pub fn load(&self) -> anyhow::Result<Model> {
        load_choice(&self.choice())
    }

    /// Which model it is.
    pub fn choice(&self) -> ModelChoice {
        let there = installed().filter(|path| path.exists());
        ModelChoice::new(self.model.clone(), env::var_os(VARIABLE), there)
    }
}

/// Where a model comes from, in words.
pub fn reason(choice: &ModelChoice) -> String {
    choice.reason("--model ")
}

/// Reads the model. One that the command line does not name and that is not the one inside the
/// program is told, as nobody would think of it.
pub fn load_choice(choice: &ModelChoice) -> anyhow::Result<Model> {
    let model = match choice.path() {
        None => Model::embedded().context("the model inside the program"),
        Some(path) => load(path),
    };
    let model = model.with_context(|| choice.complaint())?;
    if choice.is_unexpected() {
        terminal::tell(&format!("model {}, {}", model.signature(), reason(choice)));
    }
    Ok(model)
}

/// Where the user's own model stands; `None` where there is no home.
pub fn installed() -> Option<PathBuf> {
    let strategy = etcetera::base_strategy::choose_base_strategy().ok()?;
    Some(ModelChoice::installed_in(&strategy.data_dir()))
}

/// The model in the file at `path`.
pub fn load(path: &Path) -> anyhow::Result<Model> {
    file::read(path, MAX_BYTES)
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(Model::from_bytes(&bytes)?))
        .with_context(|| format!("model {}", path.display()))
}

/// The files that are written with a model: its card, and the model and the card that it replaces.
struct Beside {
    card: PathBuf,
    kept: PathBuf,
    kept_card: PathBuf,
}

impl Beside {
    fn new(path: &Path) -> Self {
        let kept = |path: &Path| PathBuf::from(format!("{}.previous", path.display()));
        let card = path.with_extension("md");
        Self { kept: kept(path), kept_card: kept(&card), card }
    }
}

/// Refuses to write a model where it, its card or the kept ones would replace anything else.
fn check_replaceable(path: &Path) -> anyhow::Result<()> {
    let Beside { card, kept, kept_card } = Beside::new(path);
    let is_special = path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir());
    if !is_special && path.extension().is_none_or(|ending| ending != "safetensors") {
        bail!("cannot write {}: a model is a file in .safetensors; name one", path.display());
    }
    for (kind, path) in
        [(Kind::Model, path), (Kind::Model, &kept), (Kind::Card, &kept_card), (Kind::Card, &card)]
    {
        kind.check(path)?;
        file::check_unprotected(path)?;
    }
    Ok(())
}

/// Refuses a place where a model cannot be written, before the work.
pub fn check_writable(path: &Path) -> anyhow::Result<()> {
    check_replaceable(path)?;
    file::check_writable(path).with_context(|| cannot_write(path))
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}; name another file", path.display())
}

/// Writes the model and its card, and keeps the previous ones. Returns a message.
pub fn write(path: &Path, model: &Model, card: &str) -> anyhow::Result<String> {
    let bytes = model.to_bytes()?;
    let cannot = || cannot_write(path);
    check_replaceable(path)?;
    let beside = Beside::new(path);
    let mut back = Vec::new();
    if let Ok(old) = file::read(path, MAX_BYTES)
        && old != bytes
    {
        let mut keep = |old: &[u8], kept: &Path, back_to: &Path| {
            back.push(format!("mv {} {}", shell_word(kept), shell_word(back_to)));
            file::write(kept, old).with_context(cannot)
        };
        keep(&old, &beside.kept, path)?;
        match file::read(&beside.card, file::MAX_LABELS) {
            Ok(old) => keep(&old, &beside.kept_card, &beside.card)?,
            // A card that was kept before is not that of the model that is kept now.
            Err(_) if beside.kept_card.is_file() => {
                fs::remove_file(&beside.kept_card).with_context(cannot)?;
            }
            Err(_) => {}
        }
    }
    file::write(path, &bytes).with_context(cannot)?;
    file::write(&beside.card, card.as_bytes()).with_context(cannot)?;
    let wrote = format!("wrote {} ({} bytes) and its card", path.display(), bytes.len());
    Ok(if back.is_empty() { wrote } else { format!("{wrote}\nto go back: {}", back.join(" && ")) })
}
