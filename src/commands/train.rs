//! `mizan train`: hand labels in; a model file, its card and a report out.

mod few;
mod given;
mod predictions;
mod topic;
mod weight;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::exit_code::{NOT_BETTER, SOME_FAILED};
use super::input_args::IntakeArgs;
use super::label_args::LabelArgs;
use super::shell_word::shell_word;
use super::stance_args::StanceArgs;
use super::{file, terminal};
use crate::article::Article;
use crate::evaluation::changed_answers::{ChangedAnswer, changed_answers};
use crate::evaluation::heldout::{ComparisonOutcome, TrainingRun};
use crate::model::Model;
use crate::output::{card, training};
use crate::scoring::Scorer;
use crate::training::search::ParameterGrid;
use crate::training::{InvalidPenalty, Penalty, TrainingParams, TrainingSet};
use few::tell_few;
use given::{Given, given, tell_missing, tell_own, tell_words};
use predictions::Predictions;
use weight::{Weight, weigh};

/// Where a model goes if nothing else is said. It is not the file that is built into the program:
/// replacing that one would cost a build before the next command.
const DEFAULT_OUTPUT: &str = "models/trained.safetensors";

/// Options of `train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan train                        labeled/ → models/trained.safetensors and its card
  mizan train --quick                the same with the default settings, without a search
  mizan train -o mine.safetensors    another file
  mizan train --require-better       write nothing unless it is better than the existing model
  mizan train --predictions p.csv    what it says of each article that it had not seen, and all
                                     labels that it doubts
  mizan train --labeled my-labels -o mine.safetensors
  mizan train --labeled my-set --with default -o m.safetensors
                                     yours and the set of this program; yours count tenfold, and
                                     only yours are measured
  mizan train --labeled my-set --with default --weight auto -o m.safetensors
                                     how often yours count: what is best on held-out outlets
  mizan train --from mine.xlsx --text-field text --lna-field lna --gna-field gna -o m.safetensors
                                     stances in a spreadsheet; `score --model` uses the model
  mizan train --from train.csv --text-field text --label-field stance -o m.safetensors
                                     labels of any kind; `mizan evaluate --from` tests the model

labeled/CODEBOOK.md describes the folder of labels and its files. The new model is used at once:
`mizan score --model FILE`, or in every command after `mizan model --install FILE`. A model file
that was there is kept as FILE.previous, its card too, and compared with; where there was none, the
default file is compared with the model inside the program.

See also: mizan label, mizan evaluate, mizan model

Exit codes:
  0  the model was written
  1  the model was written, and rows of the table were left out; the messages name them; or with
     --require-better: it is not better, and nothing was written
  2  nothing was written: the labels or the options are wrong; the message gives the reason")]
pub struct TrainArgs {
    /// Folder with camps.toml, events.toml, outlets.toml, labels.csv and articles/
    #[arg(short, long, value_name = "DIR", default_value = "labeled", conflicts_with = "from")]
    pub labeled: PathBuf,

    /// Model file to write [default: models/trained.safetensors]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Use the default settings instead of searching for the best
    #[arg(long)]
    pub quick: bool,

    /// Strength of the L2 penalty (scikit-learn's 1 / C), above 0 [default: selected by
    /// cross-validation]
    #[arg(long, value_name = "NUMBER", value_parser = penalty)]
    pub alpha: Option<Penalty>,

    /// How the labels of several annotators are aggregated
    #[arg(long, value_enum, default_value = "majority")]
    pub annotators: Settling,

    /// Write nothing, and exit with code 1, unless the new model is better than the existing one
    #[arg(long)]
    pub require_better: bool,

    /// Train on another set together with yours: its folder, or `default` for the set that this
    /// program was built with
    #[arg(long, value_name = "SET")]
    pub with: Option<PathBuf>,

    /// How often each of your articles counts beside those of --with: 1 to 1000, or `auto` for the
    /// best on held-out outlets of yours
    #[arg(long, value_name = "COUNT", default_value = "10", requires = "with")]
    pub weight: Weight,

    /// Write what the model says of each article whose group it had not seen, as CSV: label,
    /// prediction, probabilities, and which labels it doubts
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,

    /// Labels of any kind
    #[command(flatten)]
    pub any: LabelArgs,

    /// Stances in a table
    #[command(flatten)]
    pub stances: StanceArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// How the labels of several annotators are aggregated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Settling {
    /// The majority; the last row of the file breaks ties
    Majority,
    /// The last row of the file
    Latest,
}

/// Fewest articles with labels of both models: a fit needs some in each fold.
const MIN_COMPARED: usize = 10;

/// Parses a penalty.
pub(super) fn penalty(text: &str) -> Result<Penalty, PenaltyError> {
    Ok(Penalty::new(text.parse()?)?)
}

/// Why an option is no penalty.
#[derive(Debug, thiserror::Error)]
pub(super) enum PenaltyError {
    #[error(transparent)]
    Number(#[from] std::num::ParseFloatError),
    #[error(transparent)]
    Range(#[from] InvalidPenalty),
}

/// Reads the labels, trains and evaluates, writes the model and its card, and prints the report.
pub fn run(options: &TrainArgs) -> anyhow::Result<ExitCode> {
    // Where the model goes is looked at before the work.
    let path = options.output.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT));
    if options.output.is_some() || options.any.from.is_empty() {
        super::model_file::check_writable(&path)?;
    }
    let predictions = Predictions::new(options.predictions.as_deref())?;
    let Given { mut set, articles, n_left_out, agreement } = given(options)?;
    if options.any.from.is_empty() {
        set.check()?;
    } else {
        set.check_groups()?;
        tell_missing(&set);
    }
    let previous = match &options.output {
        None if !path.exists() => Some(Model::embedded()?)
            .filter(|model| is_comparable(model, &set) && set.n_known(model) >= MIN_COMPARED),
        _ => previous(&path, &set),
    };

    let mut grid = if options.quick {
        ParameterGrid::single(TrainingParams::default_for(&set))
    } else {
        ParameterGrid::new(&set)
    };
    if let Some(alpha) = options.alpha {
        grid.alphas = vec![alpha];
    }
    tell_few(&set, options.with.is_some());
    tell_words(&set);
    weigh(&mut set, options.weight, &grid)?;
    tell_own(&set, options);
    let bar = terminal::progress(
        TrainingRun::n_ticks(&set, &grid, previous.is_some()),
        "trying settings on held-out articles",
        false,
    );
    let run = TrainingRun::new(&set, &articles, &grid, previous.as_ref(), &|| bar.inc(1))?;
    bar.finish_and_clear();

    let better = run
        .comparison
        .as_ref()
        .is_some_and(|comparison| comparison.outcome() == ComparisonOutcome::Better);
    let refused = options.require_better && !better;
    let written = if !refused {
        let card = card::markdown(&set, &run.model, &run.summaries, run.probes.as_ref());
        let written = super::model_file::write(&path, &run.model, &card)?;
        if set.task.camps().is_some() {
            format!(
                "{written}\nuse it: mizan score --model {0}, or in every command: \
                 mizan model --install {0}",
                shell_word(&path)
            )
        } else {
            format!(
                "{written}\nhow good it is on other texts: mizan evaluate --model {} --from TABLE. \
                 `mizan score` needs a model of stances toward two camps, and this is none",
                shell_word(&path)
            )
        }
    } else if run.comparison.is_some() {
        format!("not better: nothing was written and {} stays", path.display())
    } else {
        format!(
            "there is no model of these labels at {} to be better than: nothing was written",
            path.display()
        )
    };
    let mut out = io::stdout().lock();
    let style = terminal::table_style();
    training::write(&mut out, &set, &run, &agreement, style)?;
    if let Some(changed) = changed(previous, &run.model, &articles)? {
        training::write_changed(&mut out, &set, &changed, style)?;
    }
    writeln!(out, "\nIn short:")?;
    for line in training::answer(&set, &run) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{written}")?;
    if let Some(written) = predictions.write(&set, &run.predictions)? {
        writeln!(out, "{written}")?;
    }
    Ok(match (refused, n_left_out) {
        (true, _) => ExitCode::from(NOT_BETTER),
        (false, 0) => ExitCode::SUCCESS,
        (false, _) => ExitCode::from(SOME_FAILED),
    })
}

/// What the new model says otherwise of the articles than the one that was there; `None` where
/// there was none, or the labels are no stances.
fn changed(
    previous: Option<Model>,
    new: &Model,
    articles: &[Article],
) -> anyhow::Result<Option<Vec<ChangedAnswer>>> {
    let Some(previous) = previous.filter(|_| !articles.is_empty()) else { return Ok(None) };
    let (before, after) = (Scorer::new(previous)?, Scorer::new(new.clone())?);
    Ok(Some(changed_answers(&before, &after, articles)))
}

fn is_comparable(model: &Model, set: &TrainingSet) -> bool {
    model.task().outputs() == set.task.outputs()
}

/// The model in the file at `path`, if it is comparable. A file that is not is reported and kept.
fn previous(path: &Path, set: &TrainingSet) -> Option<Model> {
    let bytes = file::read(path, crate::model::choice::MAX_BYTES).ok()?;
    match Model::from_bytes(&bytes) {
        Ok(model) if is_comparable(&model, set) && set.n_known(&model) < MIN_COMPARED => {
            terminal::tell(&format!(
                "{} was trained on other articles ({} of these); comparison skipped",
                path.display(),
                match set.n_known(&model) {
                    0 => "none".to_owned(),
                    n => format!("only {n}"),
                }
            ));
            None
        }
        Ok(model) if is_comparable(&model, set) => Some(model),
        Ok(_) => {
            terminal::tell(&format!(
                "{} predicts other labels; comparison skipped",
                path.display()
            ));
            None
        }
        Err(error) => {
            terminal::tell(&format!("{}: {error}; comparison skipped", path.display()));
            None
        }
    }
}
