//! `mizan evaluate`: what a model says of articles whose labels are known.

mod any;
mod stances;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::camp::Stance;
use crate::evaluation::{Assessment, Figure, ModelComparison};
use crate::intake::IntakeOptions;
use crate::model::Model;
use crate::output::assessment::{self, Compared};
use crate::output::figures;
use crate::output::table::assessment as tables;
use crate::output::table::{self, OneVsRest};

use super::exit_code::TOO_LOW;
use super::input_args::IntakeArgs;
use super::label_args::LabelArgs;
use super::{model, terminal};

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan evaluate --labels mine.csv saved/          columns article, lna, gna; ids as `mizan score` prints them
  mizan evaluate --labels d.jsonl d.jsonl          a dump that holds texts and labels (fields id, text, lna, gna)
  mizan evaluate --labels d.jsonl d.jsonl --compare old.safetensors
                                                   is the model better than another on the same articles?
  mizan evaluate --labels d.jsonl d.jsonl --min-f1 0.6 --json > figures.json
                                                   a gate: exit code 1 if the mean macro-F1 is below 0.6
  mizan evaluate --model m.safetensors --from test.csv --text-field text --label-field stance
                                                   a model that was trained with `mizan train --from`

What comes out:
  macro-F1   mean F1 of favor, neutral and against, with its 95 % interval; under `commonest` that of always giving the
             commonest label
  … vs rest  mean F1 of one stance and of everything else, and the area under its ROC curve
and with --labels, each figure with its interval, toward each camp:
  the confusion matrix with precision, recall and F1 of each class (0 where there is nothing to divide by); three baselines
  (always the commonest label; a list of words of praise and blame; which camp is named more often) and how much better the
  model is; calibration error and Brier score; how many are answered at each --max-error of `mizan score`, and how many of
  these are wrong; the same macro-F1 by outlet, event, genre and length (quarters by number of words) where the articles
  name them (headers of saved articles; fields `outlet`, `event`, `genre` of tables and dumps)
Intervals are the middle 95 % of 1,000 draws with replacement (bootstrap). Articles about one event are drawn together; one
that names no event is drawn alone, and the first line below the tables says how many there are of each.
A labelled article that cannot be scored counts as called unrelated; one that is not found is left out, and told.
--compare pairs the two models' answers article by article: the difference of macro-F1 on the same draws, and McNemar's
exact test of the articles that just one of them has right (which takes articles to be independent of each other).
The fields of --json are listed in src/output/assessment.rs.

Exit codes:
  0  it was compared
  1  with --min-f1: the mean over the camps (or targets) of macro-F1 is below it; the message says by how much, and where
  2  nothing could be: no labels, no articles, or the two do not fit")]
pub struct EvaluateArgs {
    /// Labels: CSV or JSON lines with `article` or `id`, and a column or field per camp
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "from",
        conflicts_with = "from",
        requires = "paths"
    )]
    pub labels: Option<PathBuf>,

    /// Files or folders with the articles
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Another model to compare with on the same articles
    #[arg(long, value_name = "MODEL", requires = "labels")]
    pub compare: Option<PathBuf>,

    /// End with exit code 1 if the mean over the camps of macro-F1 is below this (0 to 1)
    #[arg(long, value_name = "NUMBER", value_parser = share)]
    pub min_f1: Option<f64>,

    /// Groups of fewer articles are put together as `(other)` where figures are told by outlet,
    /// event, genre and length
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub min_group: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// Labels of any kind
    #[command(flatten)]
    pub any: LabelArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

/// Scores the labelled articles among the sources and compares.
pub fn run(options: &EvaluateArgs) -> anyhow::Result<ExitCode> {
    let model = model::load(options.model.as_deref())?;
    let figures = match &options.labels {
        Some(path) => of_stances(model, path, options)?,
        None => of_any(&model, options)?,
    };
    Ok(options
        .min_f1
        .filter(|&least| is_too_low(&figures, least))
        .map_or(ExitCode::SUCCESS, |_| ExitCode::from(TOO_LOW)))
}

/// One stance against the rest, toward the camps, on the articles in `paths` whose labels are in
/// the file at `path`.
pub fn one_vs_rest(
    model: Model,
    path: &Path,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Vec<OneVsRest>> {
    Ok(stances::read(model, None, path, paths, intake)?.one_vs_rest())
}

/// Prints what there is to tell of stances, and gives the figures of the camps.
fn of_stances(model: Model, path: &Path, options: &EvaluateArgs) -> anyhow::Result<Vec<Figure>> {
    let other = options.compare.as_deref().map(|path| model::load(Some(path))).transpose()?;
    let stances = stances::read(model, other, path, &options.paths, &options.intake.options())?;
    let assessment = stances.assessment(options.min_group);
    let sides = stances.one_vs_rest();
    let compared = options.compare.as_ref().map(|other| Compared {
        model: options.model.as_ref().map_or_else(
            || "the one inside the program".to_owned(),
            |path| path.display().to_string(),
        ),
        with: other.display().to_string(),
        comparison: ModelComparison::of(&stances.tested, &stances.others),
    });
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(
            out,
            "{}",
            assessment::json(&assessment, &sides, compared.as_ref(), stances.not_found)
        )?;
    } else {
        print(&mut out, &assessment, &sides, compared.as_ref())?;
    }
    Ok(assessment.camps.into_iter().map(|camp| camp.figure).collect())
}

fn print(
    out: &mut impl Write,
    assessment: &Assessment,
    sides: &[OneVsRest],
    compared: Option<&Compared>,
) -> io::Result<()> {
    let style = terminal::table_style();
    let figures: Vec<Figure> = assessment.camps.iter().map(|camp| camp.figure.clone()).collect();
    writeln!(
        out,
        "{}",
        table::figures("toward", &Stance::ALL.map(|stance| stance.to_string()), &figures, style)
    )?;
    if !sides.is_empty() {
        writeln!(out, "\n{}", table::one_vs_rest(sides, style))?;
    }
    writeln!(out, "\n{}", tables::drawn(assessment))?;
    writeln!(out, "\nWhat was said where each label is right; each share with its 95 % interval:")?;
    writeln!(out, "{}", tables::confusion(&assessment.camps, style))?;
    writeln!(out, "\nWithout this model, on the same articles:")?;
    writeln!(out, "{}", tables::baselines(assessment, style))?;
    if let Some(Compared { model, with, comparison }) = compared {
        writeln!(out, "\nThe model, {model}, against the other, {with}:")?;
        writeln!(out, "{}", tables::models(assessment, comparison, style))?;
    }
    writeln!(out, "\nHow far its probabilities can be believed:")?;
    writeln!(out, "{}", tables::calibration(&assessment.camps, style))?;
    writeln!(out, "\nHow many it answers when wrong answers are to be rare:")?;
    writeln!(out, "{}", tables::answered(&assessment.camps, style))?;
    writeln!(
        out,
        "\nParts of the articles, with the labels that they bear (favor/neutral/against/unrelated):"
    )?;
    for breakdown in &assessment.breakdowns {
        writeln!(
            out,
            "{}",
            tables::breakdown(breakdown, &assessment.camps, assessment.least, style)
        )?;
    }
    Ok(())
}

/// Prints what there is to tell of labels of any kind, and gives the figures of the targets.
fn of_any(model: &Model, options: &EvaluateArgs) -> anyhow::Result<Vec<Figure>> {
    let (mut figures, classes) = any::figures(model, options)?;
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", figures::figures(&figures, &classes, &[]))?;
    } else {
        writeln!(out, "{}", table::figures("toward", &classes, &figures, terminal::table_style()))?;
    }
    if figures.len() > 1 {
        figures.remove(0);
    }
    Ok(figures)
}

/// Whether the mean macro-F1 is below `least`; then it is said by how much, and where.
fn is_too_low(figures: &[Figure], least: f64) -> bool {
    let mean = figures.iter().map(Figure::macro_f1).sum::<f64>() / figures.len().max(1) as f64;
    if mean >= least {
        return false;
    }
    let below: Vec<String> = figures
        .iter()
        .map(|figure| match least - figure.macro_f1() {
            short if short > 0.0 => {
                format!("{} {:.4}, {short:.4} below", figure.name, figure.macro_f1())
            }
            _ => format!("{} {:.4}, not below", figure.name, figure.macro_f1()),
        })
        .collect();
    eprintln!(
        "mizan: mean macro-F1 is {mean:.4}, {:.4} below --min-f1 {least} ({})",
        least - mean,
        below.join("; ")
    );
    true
}
