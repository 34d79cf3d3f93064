//! `mizan train`: hand labels in; a model file, its card and a report of what changed out.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::article::Article;
use crate::evaluation::comparison::{Comparison, Outcome};
use crate::evaluation::probe::{ProbeFindings, Subjects};
use crate::evaluation::suspects::{Suspect, suspects};
use crate::evaluation::{Figure, HeldOut, HeldOutSummary};
use crate::labels::{self, agreement};
use crate::model::{Model, Reference};
use crate::output::{card, probe, table};
use crate::training::calibration::{Calibration, Logits};
use crate::training::search::{FOLDS, Grid, choose, nested, out_of_fold, ticks};
use crate::training::{Corpus, TrainingError, TrainingSettings};
use anyhow::{Context, bail};
use indicatif::ProgressBar;

use super::exit_code::NOT_BETTER;
use super::input_args::IntakeArgs;
use super::label_args::LabelArgs;
use super::{labelled, terminal};
use clap::ValueEnum;

/// Options of `train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan train                              labeled/ → models/libya.safetensors and its card models/libya.md
  mizan train --quick                      the same with the usual settings, without a search for better ones
  mizan train -o mine.safetensors          keep the shipped model; use the new one with `score --model`
  mizan train --require-better             write nothing unless it is better than the model that is there
  mizan train --labeled my-labels -o mine.safetensors
  mizan train --from train.csv --text-field text --label-field stance -o m.safetensors
                                           labels of any kind; `mizan evaluate --from` tests the model

The folder of labels and its files are described in labeled/CODEBOOK.md. The model inside the program is the
models/libya.safetensors that it was built with: build again to put a new one in. The model that was there before is kept
as FILE.previous.

Exit codes:
  0  the model was written
  1  with --require-better: it is not better, and nothing was written
  2  it was not written: something is wrong with the labels or the options, and the message says what")]
pub struct TrainArgs {
    /// Folder with camps.toml, events.toml, outlets.toml, labels.csv and articles/
    #[arg(short, long, value_name = "DIR", default_value = "labeled", conflicts_with = "from")]
    pub labeled: PathBuf,

    /// Model file to write [default: models/<conflict>.safetensors]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Take the usual settings instead of searching for the best
    #[arg(long)]
    pub quick: bool,

    /// Strength of the L2 penalty (scikit-learn's 1 / C); larger is more cautious [default:
    /// searched for]
    #[arg(long, value_name = "NUMBER")]
    pub alpha: Option<f64>,

    /// How the labels of several annotators become one
    #[arg(long, value_enum, default_value = "majority")]
    pub annotators: Settling,

    /// Write nothing, and end with exit code 1, unless the new model is better than the one that is
    /// there
    #[arg(long)]
    pub require_better: bool,

    /// Labels of any kind
    #[command(flatten)]
    pub any: LabelArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// How the labels of several annotators become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Settling {
    /// What most say; the last row of the file breaks ties
    Majority,
    /// What the last row of the file says
    Latest,
}

/// How many terms are shown for each output and class, how many changed answers, and how many
/// doubtful labels.
const SHOWN: usize = 12;

/// Risks for which the report says how many articles are answered.
const RISKS: [f64; 4] = [0.05, 0.1, 0.2, 0.3];

/// Reads the labels, chooses settings, measures on held-out groups, calibrates, trains on
/// everything, compares with the model that is there, and writes.
pub fn run(options: &TrainArgs) -> anyhow::Result<ExitCode> {
    let Given { corpus, articles, agreement, name } = given(options)?;
    corpus.check()?;
    let path = options
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("models/{name}.safetensors")));
    let previous = previous(&path, &corpus);

    let mut grid = Grid::of(&corpus);
    if options.quick {
        let TrainingSettings { blocks, alpha } = Grid::usual(&corpus);
        grid = Grid { blocks: vec![blocks], alphas: vec![alpha] };
    }
    if let Some(alpha) = options.alpha {
        grid.alphas = vec![alpha];
    }
    let again = previous.as_ref().map_or(0, |_| 2 * FOLDS);
    let bar = terminal::progress(
        ticks(&corpus, &grid) + again + ProbeFindings::PROBES,
        "trying settings on held-out articles",
        false,
    );
    let tick = || bar.inc(1);
    let positions: Vec<usize> = (0..corpus.len()).collect();
    let settings = choose(&corpus, &positions, &grid, FOLDS, &tick)?;
    let (logits, held_out) = held_out(&corpus, &grid, &tick)?;
    let change =
        previous.map(|previous| change(&corpus, &settings, &previous, &bar)).transpose()?.flatten();
    let (probes, reference) = probes((&corpus, &articles), &settings, &logits, &bar)?.unzip();
    bar.finish_and_clear();

    let summaries: Vec<HeldOutSummary> =
        held_out.iter().map(|held_out| held_out.summary(&RISKS)).collect();
    let calibration = Calibration::learn(&corpus, &logits.iter().collect::<Vec<_>>());
    let chosen = match grid.len() {
        1 => "given, not searched for".to_owned(),
        n => format!(
            "of {n} tried on {FOLDS} folds of {}, the most penalised as good as the best",
            names(&corpus).join(" and of ")
        ),
    };
    let model = Model {
        reference,
        ..corpus.train(&settings, &calibration, chosen, card::figures(&summaries))?
    };

    let better = change.as_ref().is_some_and(|change| change.outcome() == Outcome::Better);
    let written = if options.require_better && !better {
        match change {
            Some(_) => format!("not better: nothing was written and {} stays", path.display()),
            None => format!(
                "there is no model of these labels at {} to be better than: nothing was written",
                path.display()
            ),
        }
    } else {
        super::model::write(
            &path,
            &model,
            &card::markdown(&corpus, &model, &summaries, probes.as_ref()),
        )?
    };

    let mut report = Report { out: io::stdout().lock(), corpus: &corpus, model: &model };
    report.opening(&agreement)?;
    report.held_out(&summaries)?;
    if let Some(probes) = &probes {
        writeln!(
            report.out,
            "\nWhat moves its scores on articles whose {} it had not seen:",
            names(&corpus)[0]
        )?;
        writeln!(report.out, "{}", probe::table(probes, terminal::table_style()))?;
    }
    report.terms()?;
    report.suspects(&held_out)?;
    if let Some(change) = &change {
        report.change(change)?;
    }
    writeln!(report.out, "\n{written}")?;
    Ok(if options.require_better && !better {
        ExitCode::from(NOT_BETTER)
    } else {
        ExitCode::SUCCESS
    })
}

/// What was given to train on.
struct Given {
    corpus: Corpus,
    /// The articles of the corpus, in its order; empty where labels are no stances.
    articles: Vec<Article>,
    /// Lines on how far annotators agree.
    agreement: Vec<String>,
    /// The name of the model.
    name: String,
}

fn given(options: &TrainArgs) -> anyhow::Result<Given> {
    if options.any.from.is_empty() {
        let settling = match options.annotators {
            Settling::Majority => labels::LabelAggregation::Majority,
            Settling::Latest => labels::LabelAggregation::Latest,
        };
        let set = labelled::read(&options.labeled, settling)?;
        let (corpus, agreement, name) =
            (Corpus::of_set(&set), agreement::summary(&set), set.camps.conflict.clone());
        return Ok(Given {
            corpus,
            agreement,
            name,
            articles: set.articles.into_iter().map(|labelled| labelled.article).collect(),
        });
    }
    if options.output.is_none() {
        bail!("say where the model goes: --output m.safetensors");
    }
    let table = labelled::read_table(&options.any, options.intake.options())?;
    Ok(Given {
        corpus: Corpus::of_table(&table),
        articles: Vec::new(),
        agreement: Vec::new(),
        name: String::new(),
    })
}

/// The model that is at `path` already, if it is one; a file that is none is told and will be kept
/// all the same.
fn previous(path: &Path, corpus: &Corpus) -> Option<Model> {
    let bytes = fs::read(path).ok()?;
    match Model::from_bytes(&bytes) {
        Ok(model) if model.task.outputs() == corpus.task.outputs() => Some(model),
        Ok(_) => {
            eprintln!("mizan: {} answers other questions and is not compared with", path.display());
            None
        }
        Err(error) => {
            eprintln!("mizan: {} is not compared with: {error}", path.display());
            None
        }
    }
}

fn names(corpus: &Corpus) -> Vec<&str> {
    corpus.groupings.iter().map(|grouping| grouping.name.as_str()).collect()
}

/// Held-out logits for each grouping, and what they come to.
fn held_out(
    corpus: &Corpus,
    grid: &Grid,
    tick: &(impl Fn() + Sync),
) -> Result<(Vec<Logits>, Vec<HeldOut>), TrainingError> {
    let positions: Vec<usize> = (0..corpus.len()).collect();
    let (mut all, mut held_out) = (Vec::new(), Vec::new());
    for grouping in &corpus.groupings {
        let folds = corpus.folds(grouping, &positions, FOLDS);
        let logits = nested(corpus, &folds, grid, tick)?;
        held_out.push(HeldOut::new(corpus, grouping, &folds, &logits));
        all.push(logits);
    }
    Ok((all, held_out))
}

/// What probes find on held-out groups of the first grouping, and what later articles are compared
/// with; `None` where labels are no stances.
fn probes(
    taught: (&Corpus, &[Article]),
    settings: &TrainingSettings,
    logits: &[Logits],
    bar: &ProgressBar,
) -> Result<Option<(ProbeFindings, Reference)>, TrainingError> {
    let (Some(grouping), Some(logits)) = (taught.0.groupings.first(), logits.first()) else {
        return Ok(None);
    };
    let subjects = Subjects::held_out(taught, grouping, settings, logits)?;
    Ok(subjects.filter(|subjects| !subjects.is_empty()).map(|subjects| {
        let reference =
            Reference::from_inputs(&grouping.name, &subjects.scored(), subjects.genres());
        (ProbeFindings::of(&subjects, || bar.inc(1)), reference)
    }))
}

/// The new settings and labels against those of the model that is there, on the same folds of the
/// first grouping. `None` where the two do not differ.
fn change(
    corpus: &Corpus,
    settings: &TrainingSettings,
    previous: &Model,
    bar: &ProgressBar,
) -> anyhow::Result<Option<Comparison>> {
    let Some(before) = corpus.as_known_to(previous) else { return Ok(None) };
    let grouping = corpus.groupings.first().context("nothing to hold out")?;
    let all: Vec<usize> = (0..corpus.len()).collect();
    let folds = corpus.folds(grouping, &all, FOLDS);
    let held_out = |taught: &Corpus,
                    settings: &TrainingSettings|
     -> Result<HeldOut, TrainingError> {
        let known: Vec<usize> = all
            .iter()
            .copied()
            .filter(|&position| taught.labels[position].iter().any(Option::is_some))
            .collect();
        let logits =
            out_of_fold(taught, &known, &folds, (&settings.blocks, &[settings.alpha]), &|| {
                bar.inc(1)
            })?;
        Ok(HeldOut::new(corpus, grouping, &folds, &logits.into_iter().next().unwrap_or_default()))
    };
    Ok(Some(Comparison::of(
        &held_out(&before, &previous.settings())?,
        &held_out(corpus, settings)?,
    )))
}

/// What is printed.
struct Report<'a, W> {
    out: W,
    corpus: &'a Corpus,
    model: &'a Model,
}

impl<W: Write> Report<'_, W> {
    fn opening(&mut self, agreement: &[String]) -> io::Result<()> {
        let provenance = &self.model.provenance;
        writeln!(
            self.out,
            "{} labelled articles, {} features",
            self.corpus.len(),
            self.model.extractor.n_features()
        )?;
        for line in agreement {
            writeln!(self.out, "{line}")?;
        }
        let links = &self.corpus.links;
        for (one, other) in links.iter().take(SHOWN) {
            writeln!(
                self.out,
                "near-duplicates, kept in one fold: {} and {}",
                self.corpus.ids[*one], self.corpus.ids[*other]
            )?;
        }
        if links.len() > SHOWN {
            writeln!(self.out, "… and {} more pairs of near-duplicates", links.len() - SHOWN)?;
        }
        writeln!(self.out, "settings: alpha {}, {}", provenance.alpha, provenance.chosen)
    }

    fn held_out(&mut self, held_out: &[HeldOutSummary]) -> io::Result<()> {
        let style = terminal::table_style();
        let figures: Vec<Figure> =
            held_out.iter().flat_map(|summary| summary.figures.clone()).collect();
        let classes = self.corpus.task.outputs().swap_remove(0).classes;
        writeln!(
            self.out,
            "\nOn articles whose {} the model had not seen:",
            names(self.corpus).join(", or whose ")
        )?;
        writeln!(self.out, "{}", table::figures("held out", &classes, &figures, style))?;
        if held_out.iter().any(|summary| !summary.contrast.is_empty()) {
            writeln!(
                self.out,
                "\nContrast families, whose members differ in a few words of framing only:"
            )?;
            writeln!(self.out, "{}", table::contrast(held_out, style))?;
        }
        writeln!(
            self.out,
            "\nHow far its probabilities can be believed there, after and before calibration:"
        )?;
        writeln!(self.out, "{}", table::reliability(held_out, style))?;
        writeln!(self.out, "\nHow many it answers when wrong answers are to be rare:")?;
        writeln!(self.out, "{}", table::coverage(held_out, style))
    }

    fn terms(&mut self) -> io::Result<()> {
        writeln!(self.out, "\nWhat it learned from all of them:")?;
        writeln!(
            self.out,
            "{}",
            table::terms(&self.model.strongest(SHOWN), terminal::table_style())
        )
    }

    fn suspects(&mut self, held_out: &[HeldOut]) -> io::Result<()> {
        let Some(first) = held_out.first() else { return Ok(()) };
        let outputs = self.corpus.task.outputs();
        let mut found: Vec<(usize, Suspect)> = Vec::new();
        for (output, answers) in first.answers.iter().enumerate() {
            found.extend(suspects(answers).into_iter().map(|suspect| (output, suspect)));
        }
        found.sort_by(|a, b| b.1.margin.total_cmp(&a.1.margin));
        writeln!(
            self.out,
            "\n{} labels the model does not believe; the likeliest mistakes, of it or of the label:",
            found.len()
        )?;
        let rows: Vec<[String; 5]> = found
            .iter()
            .take(SHOWN)
            .map(|(output, suspect)| {
                let class = |class: usize| outputs[*output].classes[class].clone();
                let margin = format!("{:.2}", suspect.margin);
                let id = self.corpus.ids[suspect.position].clone();
                [
                    id,
                    outputs[*output].name.clone(),
                    class(suspect.label),
                    class(suspect.believed),
                    margin,
                ]
            })
            .collect();
        writeln!(
            self.out,
            "{}",
            table::answers(
                ["article", "toward", "label", "believed", "by"],
                &rows,
                terminal::table_style()
            )
        )
    }

    fn change(&mut self, change: &Comparison) -> io::Result<()> {
        let outputs = self.corpus.task.outputs();
        let verdict = match change.outcome() {
            Outcome::Better => "better",
            Outcome::NoDifference => "no difference that is more than chance",
            Outcome::Worse => "worse",
        };
        let Comparison { before, after, interval: (low, high), changed } = change;
        writeln!(
            self.out,
            "\nAgainst the model that was there, trained on the same folds: {verdict}"
        )?;
        writeln!(
            self.out,
            "mean macro-F1 {before:.3} → {after:.3}, difference {:+.3} (95 % {low:+.3} to {high:+.3}); {} answers changed",
            after - before,
            changed.len()
        )?;
        let rows: Vec<[String; 5]> = changed
            .iter()
            .take(SHOWN)
            .map(|&(position, output, before, after)| {
                let class = |class: Option<usize>| {
                    class.map_or_else(String::new, |class| outputs[output].classes[class].clone())
                };
                let label = class(self.corpus.labels[position][output]);
                [
                    self.corpus.ids[position].clone(),
                    outputs[output].name.clone(),
                    label,
                    class(Some(before)),
                    class(Some(after)),
                ]
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(
            self.out,
            "{}",
            table::answers(
                ["article", "toward", "label", "was called", "is called"],
                &rows,
                terminal::table_style()
            )
        )?;
        match changed.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(self.out, " … and {more} more"),
        }
    }
}
