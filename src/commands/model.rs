//! `mizan model`: which model the commands use; installs one, or removes the installed one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use serde_json::json;

use super::model_file::{self, ModelArgs};
use super::outputs::Kind;
use super::terminal;
use crate::model::Model;
use crate::output::maker::VERSION;
use crate::record::json as harmless;
use crate::scoring::counted;

/// Options of `model`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan model                       which model the commands use, and how good it was
  mizan model my.safetensors        the same of a file
  mizan model --install my.safetensors     all commands use it from now on
  mizan model --uninstall           back to the model inside the program

Every command that scores takes, in this order: --model FILE, the file that the variable MIZAN_MODEL
names, the installed model, the model inside the program. JSON lines, CSV and Parquet say in `model`
which one it was.

See also: mizan train, mizan evaluate")]
pub struct ModelOptions {
    /// Model file to show [default: the model that the commands use]
    #[arg(value_name = "FILE", conflicts_with_all = ["install", "uninstall"])]
    pub file: Option<PathBuf>,

    /// Use this model file in all commands from now on; it is copied
    #[arg(long, value_name = "FILE", conflicts_with = "uninstall")]
    pub install: Option<PathBuf>,

    /// Remove the installed model
    #[arg(long)]
    pub uninstall: bool,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Shows, installs or removes.
pub fn run(options: &ModelOptions) -> anyhow::Result<ExitCode> {
    if let Some(file) = &options.install {
        install(file)?;
    } else if options.uninstall {
        uninstall()?;
    }
    let choice = ModelArgs { model: options.file.clone() }.choice();
    let model = match choice.path() {
        Some(path) => model_file::load(path)?,
        None => model_file::load_choice(&choice)?,
    };
    let mut out = io::stdout().lock();
    if options.json {
        let described = json!({
            "model": model.signature(),
            "from": model_file::reason(&choice),
            "outputs": model.task().outputs().iter().map(|output| json!({
                "name": output.name,
                "classes": output.classes,
            })).collect::<Vec<_>>(),
            "n_articles": model.provenance().n_trained(),
            "trained_by": model.provenance().mizan,
            "labels": model.provenance().hash,
            "figures": model.provenance().figures,
            "adapted_to": model.provenance().adapted.as_ref().map(|to| to.n_articles),
            "version": VERSION,
        });
        harmless::line(&mut out, &described)?;
    } else {
        describe(&mut out, &model, &model_file::reason(&choice))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the model in words.
fn describe(out: &mut impl Write, model: &Model, reason: &str) -> io::Result<()> {
    let provenance = model.provenance();
    writeln!(out, "model      {}, {reason}", model.signature())?;
    let n_articles = counted(provenance.n_trained(), "article");
    writeln!(out, "trained    on {n_articles} by mizan {}", provenance.mizan)?;
    for output in model.task().outputs() {
        writeln!(out, "says       {}: {}", output.name, output.classes.join(", "))?;
    }
    let before = match &provenance.adapted {
        Some(to) => {
            let labels = counted(to.n_articles, "labelled article");
            writeln!(
                out,
                "adapted    to {labels}: its words and weights are those of the training, its \
                 probabilities are not; the figures are of the model before"
            )?;
            "before   "
        }
        None => "held out ",
    };
    for (name, [value, low, high]) in &provenance.figures {
        writeln!(out, "{before}  {name}: {value:.2} ({low:.2} to {high:.2})")?;
    }
    Ok(())
}

/// Copies a model to where all commands find it.
fn install(file: &Path) -> anyhow::Result<()> {
    let model = model_file::load(file)?;
    if model.task().camps().is_none() {
        bail!(
            "{}: its labels are not stances toward two camps, which `mizan score` needs; use it by \
             `mizan evaluate --model`",
            file.display()
        );
    }
    let target = target()?;
    Kind::Model.check(&target)?;
    super::file::write(&target, &model.to_bytes()?)
        .with_context(|| format!("cannot write {}", target.display()))?;
    terminal::tell_written(&format!(
        "installed {} as {}; `mizan model --uninstall` removes it",
        model.signature(),
        target.display()
    ));
    Ok(())
}

fn uninstall() -> anyhow::Result<()> {
    let target = target()?;
    if !target.exists() {
        bail!("no model is installed: {} does not exist", target.display());
    }
    Kind::Model.check(&target)?;
    fs::remove_file(&target).with_context(|| format!("cannot remove {}", target.display()))?;
    terminal::tell_written(&format!("removed {}", target.display()));
    Ok(())
}

fn target() -> anyhow::Result<PathBuf> {
    model_file::installed().context("this user has no home folder to install a model in")
}
