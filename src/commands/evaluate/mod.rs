//! `mizan evaluate`: metrics of a model on labelled articles.

pub(super) mod articles;
mod label_ids;
mod readings;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::exit_code::TOO_LOW;
use super::input_args::IntakeArgs;
use super::label_args::LabelArgs;
use super::model_file::{self, ModelArgs};
use super::outputs::Outputs;
use super::seen::Seen;
use super::stance_args::StanceArgs;
use super::{labelled, terminal};
use crate::article::Article;
use crate::evaluation::ClassificationReport;
use crate::evaluation::assessment::{
    Assessment, Assessor, ModelComparison, OneVsRest, one_vs_rest,
};
use crate::evaluation::label_evaluation::LabelEvaluation;
use crate::intake::IntakeOptions;
use crate::model::Model;
use crate::model::provenance::ArticleKeys;
use crate::output::assessment::{self, NamedComparison};
use crate::output::evaluation::{self, Extent};
use crate::output::maker::with_maker;
use crate::output::{figures, table};
use crate::record::json;
use articles::Found;

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan evaluate --labels mine.csv saved/    columns article, lna, gna; ids as `mizan score` prints
  mizan evaluate --labels d.jsonl d.jsonl    a dump with texts and labels (fields id,
                                             text, lna, gna)
  mizan evaluate --from test.xlsx --text-field text --lna-field lna --gna-field gna
                                             a spreadsheet with texts and stances, and no ids
  mizan evaluate --labels d.jsonl d.jsonl --compare old.safetensors
                                             is the model better than another one?
  mizan evaluate --labels d.jsonl d.jsonl --min-f1 0.6 --json > figures.json
                                             a gate: exit code 1 if mean macro-F1 is below 0.6
  mizan evaluate --readings                  whose voice, who is meant, what framing: how well
                                             texts are read (labeled/readings)
  mizan evaluate --model m.safetensors --from test.csv --text-field text --label-field stance
                                             a model that was trained with `mizan train --from`

Output:
  macro-F1   mean F1 of favor, neutral and against, with its 95 % interval; under `commonest` that
             of always predicting the most frequent label
  … vs rest  mean F1 of one stance and of everything else, and the area under its ROC curve
and of stances, each with its interval, toward each camp:
  the confusion matrix with precision, recall and F1 of each class (0 without a denominator); three
  baselines (always the most frequent label; a list of words of praise and blame; which camp is
  named more often) and the difference of the model; calibration error and Brier score; coverage
  and error rate at each --max-error of `mizan score`; the same macro-F1 by outlet, event, genre and
  length (quarters by number of words) if the articles name them (headers of saved articles; fields
  `outlet`, `event`, `genre` of tables and dumps)
Intervals are percentile bootstrap intervals of 1,000 samples. Articles about one event are a
cluster; an article without an event is its own cluster. The first line below the tables gives their
numbers. A labelled article that cannot be scored counts as predicted unrelated; one that is not
found is reported and left out. --compare pairs the predictions of the two models: the difference of
macro-F1 on the same samples, and McNemar's exact test of the articles that only one of them
predicts correctly (which assumes independent articles).
`mizan schema evaluate` lists the fields of --json.

See also: mizan train, mizan probe, mizan drift

Exit codes:
  0  evaluated
  1  evaluated, but articles could not be read; or with --min-f1: the mean macro-F1 over the camps
     (or targets) is below it; the message gives the difference for each
  2  not evaluated: no labels, no articles, or the two do not match")]
pub struct EvaluateArgs {
    /// Labels: CSV or JSON lines with `article` or `id`, and one column or field per camp
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present_any = ["from", "readings"],
        conflicts_with_all = ["from", "readings"],
        requires = "paths"
    )]
    pub labels: Option<PathBuf>,

    /// How well texts are read, before any stance: measure on the gold set in this folder
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        default_missing_value = "labeled/readings",
        conflicts_with_all = ["from", "paths", "compare", "min_f1"]
    )]
    pub readings: Option<PathBuf>,

    /// Which part of the gold set; nobody who writes rules reads the half `test`
    #[arg(long, value_name = "HALF", default_value = "test", requires = "readings",
        conflicts_with_all = ["labels", "from"])]
    pub half: readings::Half,

    /// Files or folders with the articles
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// Another model to compare with on the same articles
    #[arg(long, value_name = "MODEL")]
    pub compare: Option<PathBuf>,

    /// Exit with code 1 if the mean macro-F1 over the camps is below this (0 to 1)
    #[arg(long, value_name = "NUMBER", value_parser = share)]
    pub min_f1: Option<f64>,

    /// Smallest group in the breakdowns by outlet, event, genre and length; smaller ones are pooled
    /// as `(other)`
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub min_group: usize,

    /// Print everything: baselines, coverage, and every part of the articles (outlet, event, genre,
    /// length), too
    #[arg(long, conflicts_with = "json")]
    pub full: bool,

    /// Print one JSON object, with everything
    #[arg(long)]
    pub json: bool,

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

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

/// Evaluates the model and prints the metrics.
pub fn run(options: &EvaluateArgs) -> anyhow::Result<ExitCode> {
    if let Some(folder) = &options.readings {
        readings::run(folder, options.half, options.json)?;
        return Ok(ExitCode::SUCCESS);
    }
    let model = options.model.load()?;
    let fields = options.stances.fields(options.any.target_field.as_ref());
    let reports = match (&options.labels, &fields) {
        (Some(path), _) => evaluate_stances(model, options, |assessor, intake| {
            articles::read(assessor, (path, fields.as_ref()), &options.paths, &intake)
        })?,
        (None, Some(fields)) => evaluate_stances(model, options, |assessor, intake| {
            articles::of_table(assessor, &options.any.from, fields, intake)
        })?,
        (None, None) => evaluate_labels(&model, options)?,
    };
    let too_low = options.min_f1.is_some_and(|min| is_too_low(&reports, min));
    Ok(if too_low { ExitCode::from(TOO_LOW) } else { ExitCode::SUCCESS })
}

/// One stance against the rest, on the articles in `paths` whose labels are in the file at `path`.
pub fn one_vs_rest_of(
    model: Model,
    path: &Path,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Vec<OneVsRest>> {
    let assessor = Assessor::new(model, None)?;
    let found = articles::read(&assessor, (path, None), paths, intake)?;
    Ok(one_vs_rest(&found.predictions, assessor.camps().ids()))
}

/// Prints the metrics of stances, and returns the report of each camp.
fn evaluate_stances(
    model: Model,
    options: &EvaluateArgs,
    find: impl FnOnce(&Assessor, IntakeOptions) -> anyhow::Result<Found>,
) -> anyhow::Result<Vec<ClassificationReport>> {
    let other = options.compare.as_deref().map(model_file::load).transpose()?;
    let assessor = Assessor::new(model, other)?;
    let found = find(&assessor, options.intake.options())?;
    let camps = assessor.camps().ids();
    let decisions = &assessor.model().decisions();
    let assessment = Assessment::new(&found.predictions, camps, decisions, options.min_group);
    let sides = one_vs_rest(&found.predictions, camps);
    let compared = options.compare.as_ref().map(|other| NamedComparison {
        model: options.model.choice().name(),
        with: other.display().to_string(),
        comparison: ModelComparison::new(&found.predictions, &found.others),
    });
    let mut out = io::stdout().lock();
    if options.json {
        let object = assessment::json(&assessment, &sides, compared.as_ref(), found.n_missing);
        json::line(&mut out, &with_maker(object, Some(&assessor.model().signature())))?;
    } else {
        let keys = found.predictions.iter().map(|of| &of.keys);
        if let Some(notice) = seen(keys, assessor.model()) {
            writeln!(out, "{notice}\n")?;
        }
        let style = terminal::table_style();
        let extent = if options.full { Extent::Full } else { Extent::Summary };
        evaluation::write(&mut out, &assessment, &sides, compared.as_ref(), extent, style)?;
    }
    Ok(assessment.camps.into_iter().map(|camp| camp.report).collect())
}

/// A notice that the model was trained on some of the articles.
fn seen<'a>(
    articles: impl ExactSizeIterator<Item = &'a ArticleKeys>,
    model: &Model,
) -> Option<String> {
    let seen = Seen::new(model);
    let n_articles = articles.len();
    let n = articles.filter(|keys| seen.has(keys)).count();
    (n > 0).then(|| {
        let notice = seen.notice(n, n_articles);
        format!("{notice} If they are those articles, the figures are too good.")
    })
}

/// Prints the metrics of labels of any kind, and returns the report of each target.
fn evaluate_labels(
    model: &Model,
    options: &EvaluateArgs,
) -> anyhow::Result<Vec<ClassificationReport>> {
    if options.compare.is_some() {
        bail!("--compare is of stances: say which fields have them (--lna-field, --gna-field)");
    }
    if let Some(camps) = model.camps() {
        let [first, second] = camps.ids();
        bail!(
            "the model predicts stances toward {first} and {second}: say which fields have them \
             (--lna-field, --gna-field; or --stance-field, --target-field)"
        );
    }
    let table = labelled::read_table(&options.any, options.intake.options(), &Outputs::new([]))?;
    let LabelEvaluation { classes, all, by_target } = LabelEvaluation::new(model, &table.labelled)?;
    let reports: Vec<_> = std::iter::once(all).chain(by_target.iter().cloned()).collect();
    let mut out = io::stdout().lock();
    if options.json {
        let object = figures::figures(&reports, &classes, &[]);
        json::line(&mut out, &with_maker(object, Some(&model.signature())))?;
    } else {
        // An article has a row for each of its targets.
        let rows = table.labelled.rows.iter();
        let keys = rows.map(|row| ArticleKeys::new(&Article::new(&*row.id, &*row.text)));
        let keys: BTreeMap<_, _> = keys.map(|keys| (keys.words.clone(), keys)).collect();
        if let Some(notice) = seen(keys.values(), model) {
            writeln!(out, "{notice}\n")?;
        }
        writeln!(out, "{}", table::figures("toward", &classes, &reports, terminal::table_style()))?;
    }
    Ok(if by_target.is_empty() { reports } else { by_target })
}

/// Whether the mean macro-F1 is below `min`; reports by how much, and for which outputs.
fn is_too_low(reports: &[ClassificationReport], min: f64) -> bool {
    let sum = reports.iter().map(ClassificationReport::macro_f1).sum::<f64>();
    let mean = sum / reports.len().max(1) as f64;
    if mean >= min {
        return false;
    }
    let below: Vec<String> = reports
        .iter()
        .map(|report| match min - report.macro_f1() {
            short if short > 0.0 => {
                format!("{} {:.4}, {short:.4} below", report.name, report.macro_f1())
            }
            _ => format!("{} {:.4}, not below", report.name, report.macro_f1()),
        })
        .collect();
    terminal::tell(&format!(
        "mean macro-F1 is {mean:.4}, {:.4} below --min-f1 {min} ({})",
        min - mean,
        below.join("; ")
    ));
    true
}
