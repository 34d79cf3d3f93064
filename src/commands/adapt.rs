//! `mizan adapt`: a model and some labelled articles → the model with probabilities that fit them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use super::evaluate::articles::labelled;
use super::exit_code::NOT_BETTER;
use super::input_args::IntakeArgs;
use super::labelled::read_stances;
use super::model_file::{self, ModelArgs};
use super::outputs::Outputs;
use super::seen::Seen;
use super::stance_args::{STANCES, StanceArgs};
use super::{file, shipped, terminal};
use crate::article::Article;
use crate::camp::{Camps, Stance};
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
  mizan adapt --labels mine.csv saved/ -o mine.safetensors    writes it if it is surely better
  mizan adapt --labels mine.csv saved/ --curve                what do 20, 50, 100 labels buy?
  mizan adapt --labels mine.csv saved/ --json                 the figures for a program
  mizan adapt --from mine.xlsx --text-field text --lna-field lna --gna-field gna
                                                              a spreadsheet, and no ids

The model's words and weights stay; what its logits mean as probabilities is learned anew, near what
it was, and so are its abstentions (--max-error). That needs far fewer labels than `mizan train`. It
does not make the model see what it misses. Articles that the model was trained on are left out: its
probabilities of them are too good to learn from.

It is better, and is written, if the Brier score toward a camp is lower on held-out articles by more
than chance makes it (its 95 % interval is below 0), toward none higher so, and lower in the mean.

See also: mizan evaluate, mizan train, mizan model

Exit codes:
  0  done
  1  with --output: not better on held-out articles by more than chance, and nothing was written
  2  nothing was done: fewer than 20 labelled articles that the model was not trained on, no labels,
     no articles, or the model could not be written")]
pub struct AdaptArgs {
    /// Labels: CSV or JSON lines with `article` or `id`, and one column or field per camp
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "from",
        conflicts_with = "from",
        requires = "paths"
    )]
    pub labels: Option<PathBuf>,

    /// Files or folders with the articles
    #[arg(value_name = "PATH", conflicts_with = "from")]
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

    /// Table or dump of texts with their stances, instead of labels by id
    #[arg(long, value_name = "PATH", num_args = 1.., help_heading = STANCES)]
    pub from: Vec<PathBuf>,

    /// Field or column of the camp that --stance-field is about
    #[arg(long, value_name = "NAME", requires = "stance_field", help_heading = STANCES)]
    pub target_field: Option<String>,

    /// Stances in a table
    #[command(flatten)]
    pub stances: StanceArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Adapts, measures, and writes the model if it is better by more than chance.
pub fn run(options: &AdaptArgs) -> anyhow::Result<ExitCode> {
    options.output.as_deref().map_or(Ok(()), model_file::check_writable)?;
    let scorer = Scorer::new(options.model.load()?)?;
    let camps = scorer.camps().clone();
    let mut stances = given(options, &camps)?;
    let n_given = stances.len();
    let seen = Seen::new(scorer.model());
    stances.retain(|(article, _)| !seen.is_seen(article));
    let (n_articles, n_seen) = (stances.len(), n_given - stances.len());
    if n_articles < MIN_ARTICLES {
        bail!("{}", too_few(&seen, n_articles, n_seen));
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
        if n_seen > 0 {
            terminal::tell(&left_out(&seen, n_seen, n_given));
        }
    } else {
        if n_seen > 0 {
            writeln!(out, "{}\n", left_out(&seen, n_seen, n_given))?;
        }
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
        say("not better by more than chance: nothing was written")?;
        return Ok(ExitCode::from(NOT_BETTER));
    }
    let model = adapter.adapted()?;
    let card = card::adapted(&model, card_before(options).as_deref());
    say(&model_file::write(path, &model, &card)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The labelled articles that the options name.
fn given(options: &AdaptArgs, camps: &Camps) -> anyhow::Result<Vec<(Article, [Stance; 2])>> {
    let intake = options.intake.options();
    if let Some(labels) = &options.labels {
        let fields = options.stances.fields(options.target_field.as_ref());
        return labelled(camps, (labels, fields.as_ref()), &options.paths, &intake);
    }
    let Some(fields) = options.stances.fields(options.target_field.as_ref()) else {
        bail!(
            "--from: say which fields have the stances (--lna-field, --gna-field; or \
             --stance-field, --target-field)"
        );
    };
    let outputs = Outputs::new(options.output.as_deref());
    let set = read_stances(&options.from, &fields, camps, intake, &outputs)?;
    Ok(set.labelled.articles.into_iter().map(|one| (one.article, one.stances)).collect())
}

/// What is told of articles that the model was trained on.
fn left_out(seen: &Seen, n_seen: usize, n_given: usize) -> String {
    format!("{} They are left out.", seen.notice(n_seen, n_given))
}

/// Why nothing is learned from the articles.
fn too_few(seen: &Seen, n_articles: usize, n_seen: usize) -> String {
    let needed = format!(
        "at least {MIN_ARTICLES} are needed, at random from the articles that are to be scored \
         (`mizan label`)"
    );
    if n_seen == 0 {
        let labelled = counted(n_articles, "labelled article");
        return format!("{labelled} are too few to say anything: {needed}");
    }
    format!(
        "{} Without them {n_articles} are left, which are too few to say anything: {needed}.{}",
        seen.notice(n_seen, n_seen + n_articles),
        seen.cure()
    )
}

/// The card of the model before it is adapted, if it stands beside it.
fn card_before(options: &AdaptArgs) -> Option<String> {
    match options.model.choice().path() {
        None => Some(shipped::MODEL_CARD.to_owned()),
        Some(path) => {
            let bytes = file::read(&path.with_extension("md"), file::MAX_LABELS).ok()?;
            String::from_utf8(bytes).ok()
        }
    }
}

/// Whether the mean Brier score over the camps is lower on held-out articles.
fn seems_better(outputs: &[AdaptedOutput]) -> bool {
    outputs.iter().map(|output| output.difference.value).sum::<f64>() < 0.0
}

/// Whether it is lower by more than chance makes it, and higher so toward no camp.
fn is_better(outputs: &[AdaptedOutput]) -> bool {
    let is_lower = |of: &AdaptedOutput| of.difference.interval.1 < 0.0;
    let is_higher = |of: &AdaptedOutput| of.difference.interval.0 > 0.0;
    seems_better(outputs) && outputs.iter().any(is_lower) && !outputs.iter().any(is_higher)
}

/// The answer in a sentence.
fn answer(outputs: &[AdaptedOutput], n_articles: usize) -> String {
    let labels = counted(n_articles, "label");
    match (is_better(outputs), seems_better(outputs)) {
        (true, _) => format!("Adapting to these {labels} makes its probabilities better."),
        (false, true) => format!(
            "Adapting to these {labels} seems to make its probabilities better, by less than \
             chance might."
        ),
        (false, false) => format!(
            "Adapting to these {labels} does not make its probabilities better; more labels may."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::BootstrapEstimate;
    use crate::evaluation::reliability::Reliability;

    #[test]
    fn better_is_more_than_chance_toward_one_camp_and_worse_toward_none() {
        let output = |(value, low, high): (f64, f64, f64)| AdaptedOutput {
            name: String::new(),
            reliability: [Reliability::new(&[]), Reliability::new(&[])],
            difference: BootstrapEstimate { value, interval: (low, high) },
            n_wrong: [0; 2],
        };
        let (surely, perhaps) = ((-0.1, -0.2, -0.01), (-0.01, -0.1, 0.1));
        let (not, worse) = ((0.02, -0.1, 0.2), (0.05, 0.01, 0.1));
        for (camps, better, says) in [
            ([surely, not], true, "makes its probabilities better."),
            ([perhaps, perhaps], false, "by less than chance might"),
            ([surely, worse], false, "by less than chance might"),
            ([not, not], false, "does not make"),
        ] {
            let outputs = camps.map(output);
            assert_eq!(is_better(&outputs), better, "{camps:?}");
            assert!(answer(&outputs, 20).contains(says), "{}", answer(&outputs, 20));
        }
    }
}
