//! `mizan ablate`: what each block of features contributes.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use super::{evaluate, labelled, terminal};
use crate::camp::Stance;
use crate::evaluation::ablation::{self, AblationResult, CrossValidation};
use crate::evaluation::active_learning::{self, ENOUGH, N_SEEDS, Strategy};
use crate::evaluation::assessment::OneVsRest;
use crate::evaluation::learning_curve;
use crate::intake::IntakeOptions;
use crate::labels::{LabelAggregation, LabelledSet};
use crate::model::{Model, Task};
use crate::output::table;
use crate::text::isolate::isolated;
use crate::training::{Penalty, TrainingParams, TrainingSet};

/// Options of `ablate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan ablate                             on held-out events and outlets of labeled/
  mizan ablate --dev real.jsonl            and on a dump of texts and labels (fields id, text, lna,
                                           gna)
  mizan ablate --transfer labeled/sudan    and on another conflict, never trained on
  mizan ablate --learning-curve            what more texts would buy, and what more rationales
  mizan ablate --active-learning           how many labels the orders of `mizan label` would have
                                           saved; with --dev, measured on that dump

See also: mizan train, mizan evaluate

Exit codes:
  0  it was measured
  2  it could not be measured; the message gives the reason")]
pub struct AblateArgs {
    /// Folder of the labelled set
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Dump of labelled texts to measure on, never trained on; may be repeated
    #[arg(long, value_name = "FILE")]
    pub dev: Vec<PathBuf>,

    /// Folder of a labelled set of another conflict: scored without training on it, by a model that
    /// sees camps as self and rival
    #[arg(long, value_name = "DIR")]
    pub transfer: Option<PathBuf>,

    /// Measure parts of the labels and of the rationales instead of parts of the features
    #[arg(long, conflicts_with_all = ["dev", "transfer"])]
    pub learning_curve: bool,

    /// Measure how many labels it takes if the next articles are chosen at random, by the model's
    /// doubt, or unlike the others
    #[arg(long, conflicts_with_all = ["learning_curve", "transfer"])]
    pub active_learning: bool,

    /// Strength of the L2 penalty, above 0 [default: that of `train --quick`]
    #[arg(long, value_name = "NUMBER", value_parser = super::train::penalty)]
    pub alpha: Option<Penalty>,
}

/// Measures every variant on held-out groups of the labelled set, and on the given dumps.
pub fn run(options: &AblateArgs) -> anyhow::Result<ExitCode> {
    let set = labelled::read(&options.labeled, LabelAggregation::Majority)?;
    let set = TrainingSet::from_labelled_set(&set);
    set.check()?;
    let other = options
        .transfer
        .as_deref()
        .map(|folder| labelled::read(folder, LabelAggregation::Majority))
        .transpose()?;
    if options.learning_curve {
        return learning_curve(&set, options.alpha);
    }
    if options.active_learning {
        return active_learning(&set, options);
    }
    let variants = ablation::variants(&set);
    let bar = terminal::progress(
        variants.len() * CrossValidation::n_ticks(&set),
        "leaving out blocks",
        false,
    );
    let mut results = Vec::new();
    for variant in variants {
        let alpha = options.alpha.unwrap_or(variant.params.alpha);
        let params = TrainingParams { alpha, ..variant.params };
        let validated = CrossValidation::new(&set, &params, &|| bar.inc(1))?;
        let elsewhere = if options.dev.is_empty() {
            Vec::new()
        } else {
            elsewhere(&validated.train()?, &options.dev)?
        };
        results.push(AblationResult {
            name: variant.name,
            summaries: validated.summaries,
            elsewhere,
        });
    }
    bar.finish_and_clear();
    let style = terminal::table_style();
    let mut out = io::stdout().lock();
    write_results(&mut out, &results)?;
    if !options.dev.is_empty() {
        writeln!(
            out,
            "\none stance against the rest, macro-F1 and area under the ROC curve, on texts that \
             were never trained on:"
        )?;
        writeln!(out, "{}", table::ablation_elsewhere(&results, style))?;
    }
    if let (Some(folder), Some(other)) = (&options.transfer, &other) {
        let other = TrainingSet::from_labelled_set(other);
        writeln!(
            out,
            "\none head for both camps, each article seen from either side; and the same on {}, \
             never trained on:",
            folder.display()
        )?;
        let Some(reports) = ablation::transfer(&set, &other)? else {
            bail!("both labelled sets must have stances as labels")
        };
        let classes = Stance::SIDES.map(|side| side.to_string());
        writeln!(out, "{}", table::figures("", &classes, &reports, style))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures parts of the labels and of the rationales.
fn learning_curve(set: &TrainingSet, alpha: Option<Penalty>) -> anyhow::Result<ExitCode> {
    let params = TrainingParams::default_for(set);
    let params = TrainingParams { alpha: alpha.unwrap_or(params.alpha), ..params };
    let n_ticks = learning_curve::N_POINTS * CrossValidation::n_ticks(set);
    let bar = terminal::progress(n_ticks, "leaving out labels", false);
    let results = learning_curve::learning_curve(set, &params, &|| bar.inc(1))?;
    bar.finish_and_clear();
    write_results(&mut io::stdout().lock(), &results)?;
    Ok(ExitCode::SUCCESS)
}

/// Measures orders of labelling: on held-out events, or on each dump of `--dev`.
fn active_learning(set: &TrainingSet, options: &AblateArgs) -> anyhow::Result<ExitCode> {
    let Task::Stance(camps) = &set.task else {
        bail!("the labels of {} are no stances", options.labeled.display())
    };
    let params = TrainingParams::default_for(set);
    let params = TrainingParams { alpha: options.alpha.unwrap_or(params.alpha), ..params };
    let mut others = Vec::new();
    for path in &options.dev {
        let intake = IntakeOptions::default();
        let stances =
            evaluate::articles::labelled(camps, (path, None), std::slice::from_ref(path), &intake)?;
        let labelled = LabelledSet::from_stances((**camps).clone(), stances);
        others.push((path.display().to_string(), Some(TrainingSet::from_labelled_set(&labelled))));
    }
    if others.is_empty() {
        others.push(("held-out events".to_owned(), None));
    }
    let n_runs = usize::try_from(N_SEEDS)? * Strategy::ALL.len();
    for (name, other) in others {
        let bar = terminal::progress(n_runs, "labelling again", false);
        let results =
            active_learning::active_learning(set, other.as_ref(), &params, &|| bar.inc(1))?;
        bar.finish_and_clear();
        let style = terminal::table_style();
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "macro-F1 on {}, by how many articles are labelled; means of {N_SEEDS} draws, with \
             95 % intervals:\n{}\n",
            isolated(&name),
            table::active_learning(&results, style)
        )?;
        writeln!(
            out,
            "Labels that it takes for {:.0} % of the macro-F1 of all:\n{}",
            100.0 * ENOUGH,
            table::labels_needed(&results, style)
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_results(out: &mut impl Write, results: &[AblationResult]) -> io::Result<()> {
    writeln!(
        out,
        "macro-F1 on held-out groups, with its 95 % interval, and contrast families of which every \
         member is right:"
    )?;
    writeln!(out, "{}", table::ablation(results, terminal::table_style()))
}

/// One stance against the rest in each of `files`, by name of the file.
fn elsewhere(model: &Model, files: &[PathBuf]) -> anyhow::Result<Vec<(String, OneVsRest)>> {
    let mut rows = Vec::new();
    for path in files {
        let sides = evaluate::one_vs_rest_of(
            model.clone(),
            path,
            std::slice::from_ref(path),
            &IntakeOptions::default(),
        )?;
        let file =
            path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        rows.extend(sides.into_iter().map(|side| (file.clone(), side)));
    }
    Ok(rows)
}
