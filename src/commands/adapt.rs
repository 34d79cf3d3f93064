//! `mizan adapt`: a model and some labelled articles → the model with probabilities that fit them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use super::evaluate::articles::labelled;
use super::exit_code::NOT_BETTER;
use super::input_args::IntakeArgs;
use super::model_file::{self, ModelArgs};
use super::terminal;
use crate::evaluation::adaptation::{AdaptedOutput, Adapter, MIN_ARTICLES};
use crate::labels::LabelledSet;
use crate::output::adaptation;
use crate::output::card;
use crate::output::maker::with_maker;
use crate::record::json;
use crate::scoring::{Scorer, counted};
use crate::training::TrainingSet;

/// Options of `adapt`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan adapt --labels mine.jsonl mine.jsonl                  what would it be worth? writes nothing
  mizan adapt --labels mine.csv saved/ -o mine.safetensors    writes it if it is better
  mizan adapt --labels mine.csv saved/ --curve                what do 20, 50, 100 labels buy?
  mizan adapt --labels mine.csv saved/ --json                 the figures for a program

The model's words and weights stay; what its logits mean as probabilities is learned anew, near what
it was, and so are its abstentions (--max-error). That needs far fewer labels than `mizan train`. It
does not make the model see what it misses.

See also: mizan evaluate, mizan train, mizan model

Exit codes:
  0  done
  1  with --output: not better on held-out articles, and nothing was written
  2  nothing was done: fewer than 20 labelled articles, no labels, no articles")]
pub struct AdaptArgs {
    /// Labels: CSV or JSON lines with `article` or `id`, and one column or field per camp
    #[arg(long, value_name = "FILE", required = true)]
    pub labels: PathBuf,

    /// Files or folders with the articles
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Model file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Measure what 20, 50 and 100 of the labels are worth, too
    #[arg(long)]
    pub curve: bool,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Adapts, measures, and writes the model if it is better.
pub fn run(options: &AdaptArgs) -> anyhow::Result<ExitCode> {
    options.output.as_deref().map_or(Ok(()), model_file::check_replaceable)?;
    let scorer = Scorer::new(options.model.load()?)?;
    let camps = scorer.camps().clone();
    let intake = options.intake.options();
    let stances = labelled(&camps, &options.labels, &options.paths, &intake)?;
    let n_articles = stances.len();
    if n_articles < MIN_ARTICLES {
        bail!(
            "{} are too few to say anything: at least {MIN_ARTICLES} are needed, at random from \
             the articles that are to be scored (`mizan label`)",
            counted(n_articles, "labelled article")
        );
    }
    let labelled = LabelledSet::from_stances(camps, stances);
    let outlets: Vec<Option<String>> =
        labelled.articles.iter().map(|of| of.article.outlet.clone()).collect();
    let set = TrainingSet::from_labelled_set(&labelled);
    if set.groupings.is_empty() {
        bail!("all articles are near-duplicates of each other: none can be held out");
    }
    let adapter = Adapter::new(scorer.model(), &set);
    let (outputs, errors) = adapter.measure(&outlets);
    let style = terminal::table_style();
    let mut out = io::stdout().lock();
    let better = is_better(&outputs);
    let curve = options.curve.then(|| adapter.curve());
    if options.json {
        let object = adaptation::json(n_articles, better, &outputs, &errors, curve.as_deref());
        json::line(&mut out, &with_maker(object, Some(scorer.signature())))?;
    } else {
        writeln!(out, "{}\n", answer(&outputs, n_articles))?;
        adaptation::write(&mut out, n_articles, &outputs, &errors, style)?;
        if let Some(curve) = &curve {
            adaptation::write_curve(&mut out, curve, style)?;
        }
    }
    let Some(path) = &options.output else { return Ok(ExitCode::SUCCESS) };
    // What follows the object would be no JSON.
    let mut say = |message: &str| {
        if options.json {
            terminal::tell_written(message);
            return Ok(());
        }
        writeln!(out, "\n{message}")
    };
    if !better {
        say("not better: nothing was written")?;
        return Ok(ExitCode::from(NOT_BETTER));
    }
    let model = adapter.adapted()?;
    say(&model_file::write(path, &model, &card::adapted(&model))?)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether the mean Brier score over the camps is lower on held-out articles.
fn is_better(outputs: &[AdaptedOutput]) -> bool {
    outputs.iter().map(|output| output.difference.value).sum::<f64>() < 0.0
}

/// The answer in a sentence.
fn answer(outputs: &[AdaptedOutput], n_articles: usize) -> String {
    let n_surely_better = outputs.iter().filter(|of| of.difference.interval.1 < 0.0).count();
    let n_surely_worse = outputs.iter().filter(|of| of.difference.interval.0 > 0.0).count();
    let labels = counted(n_articles, "label");
    match (is_better(outputs), n_surely_better, n_surely_worse) {
        (true, 1.., 0) => format!("Adapting to these {labels} makes its probabilities better."),
        (true, ..) => format!(
            "Adapting to these {labels} seems to make its probabilities better, by less than \
             chance might."
        ),
        (false, ..) => format!(
            "Adapting to these {labels} does not make its probabilities better; more labels may."
        ),
    }
}
