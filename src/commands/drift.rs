//! `mizan drift`: are these articles still like those that the model was measured on?

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use jiff::civil::Date;
use rayon::prelude::*;

use super::ending_lines::EndingLines;
use super::exit_code::HAS_DRIFTED;
use super::input_args::IntakeArgs;
use super::makers;
use super::model_file::ModelArgs;
use super::outputs::Outputs;
use super::source::{Wanted, sources};
use super::{exit_code, hint, terminal};
use crate::engine::Source;
use crate::evaluation::drift::{self, Drift, DriftInput, DriftLevel};
use crate::intake::{ArticleReader, Format, IntakeArticle, IntakeError, IntakeOptions};
use crate::model::Model;
use crate::outlets::makers::Makers;
use crate::output::drift as shown;
use crate::output::maker::with_maker;
use crate::record::{RecordError, RecordReader, json};
use crate::scoring::Scorer;

/// Options of `drift`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan drift saved/                       articles, scored on the way
  mizan drift scores.jsonl                 scores that `mizan score` wrote with the same model
                                           (JSON lines, CSV, TSV, Excel, Parquet): nothing is scored
                                           again
  mizan drift --since 2024-01-01 scores.jsonl.gz
  mizan score saved/ | mizan drift         standard input may be either
  mizan drift --json scores.jsonl || echo \"time to label\"

The articles are compared with what the model said of held-out articles when it was trained. (It
is surer of the articles that it was trained on, so these would be no fair comparison.)
  unknown words   mean share of the content words that the model does not know
  score           toward each camp, of the articles about the conflict (`related`)
  uncertain       those of them for which more than one stance may be right at an error rate of
                  0.1, or whose words are mostly unknown
  stability index population stability index of the distribution: below 0.1 stable, from 0.25 on
                  drifted, where it exceeds what chance gives once in a hundred; more known
                  words than at the training are stable, however large the index is
  worth           of a label: how close the second stance comes to the first, times the share of
                  unknown words; articles of one outlet take turns with those of others

With --since and --until, an article whose date gives only the month counts if a day of that month
is in the range. Articles whose date is missing or cannot be read are left out.

See also: mizan score, mizan label, mizan train

Exit codes:
  0  no drift, or the model has nothing to compare with
  1  drift: some number has drifted
  2  nothing could be compared: no articles, no such model")]
pub struct DriftArgs {
    /// Files or folders of articles, or of scores that `mizan score` wrote; `-` or nothing for
    /// standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// Only articles of this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<Date>,

    /// Only articles of this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<Date>,

    /// How many articles to label first are named
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub top: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// A day of the calendar.
fn day(text: &str) -> Result<Date, String> {
    let day = Some(text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
    day.ok_or_else(|| "write a day of the calendar as YYYY-MM-DD, such as 2024-01-31".to_owned())
}

/// How many articles are scored together.
const BATCH: usize = 256;

/// Compares and prints.
pub fn run(options: &DriftArgs) -> anyhow::Result<ExitCode> {
    let scorer = Scorer::new(options.model.load()?)?;
    let camps = scorer.camps().clone();
    let intake = options.intake.options();
    let (mut all, mut makers) = (Vec::new(), Makers::default());
    let paths =
        if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    for source in sources(&paths, &Outputs::new([]), Wanted::Scores)? {
        if let Err(message) = read(&source, &intake, &scorer, &mut makers, &mut all) {
            terminal::complain(source.name(), &message);
        }
    }
    makers::warn_where_mixed(&makers);
    makers::warn_where_not_by(&makers, scorer.signature());
    let n_read = all.len();
    if options.since.is_some() || options.until.is_some() {
        let n_undated = all.iter().filter(|article| article.date.is_none()).count();
        if n_undated > 0 {
            terminal::tell(&format!(
                "{n_undated} of {n_read} articles have no date that can be read; they are \
                 left out"
            ));
        }
        all.retain(|article| {
            article.date.is_some_and(|date| date.is_within(options.since, options.until))
        });
    }
    if all.is_empty() {
        bail!(
            "no articles to compare: {n_read} were scored, and none has a date in the range; name \
             articles, or scores that `mizan score` wrote, and check --since and --until"
        );
    }
    let drift = Drift::new(&all, scorer.model().reference());
    let first = drift::to_label(&all, options.top);
    let mut out = io::stdout().lock();
    if options.json {
        let object = shown::json(&drift, &camps, &first);
        json::line(&mut out, &with_maker(object, Some(scorer.signature())))?;
    } else {
        let style = terminal::table_style();
        writeln!(out, "{} articles. {}", drift.articles, shown::says(&drift, &camps))?;
        if drift.has_reference() {
            writeln!(out, "\n{}", shown::shifts(&drift, &camps, style))?;
        }
        if !drift.months.is_empty() {
            writeln!(out, "\n{}", shown::months(&drift, &camps, style))?;
        }
        if let Some(new) = drift.new_outlets() {
            writeln!(out, "\n{}", shown::outlets(&drift, style))?;
            writeln!(
                out,
                "{:.0} % of the articles with an outlet are of one that the model was not trained \
                 on",
                100.0 * new
            )?;
        }
        if !first.is_empty() {
            writeln!(
                out,
                "\nTo label first, for what they would teach:\n{}",
                shown::to_label(&first, style)
            )?;
        }
    }
    Ok(if drift.level() == DriftLevel::Drifted {
        ExitCode::from(HAS_DRIFTED)
    } else {
        ExitCode::SUCCESS
    })
}

/// Adds what a source holds: scores as they are, articles after scoring them.
fn read(
    source: &Source,
    intake: &IntakeOptions,
    scorer: &Scorer,
    makers: &mut Makers,
    all: &mut Vec<DriftInput>,
) -> Result<(), String> {
    let name = source.name();
    let format = intake.format.or_else(|| Format::from_name(name));
    match format {
        None | Some(Format::Jsonl | Format::Csv | Format::Tsv) => {
            let bytes = source.lines().map_err(|error| told(&error))?;
            let (are_scores, bytes) =
                RecordReader::detect(bytes).map_err(|error| told(&error.into()))?;
            if are_scores {
                add_records(name, bytes, scorer.model(), makers, all)
            } else {
                let articles = ArticleReader::new(name, bytes, intake);
                add_articles(articles.map_err(|error| told(&error))?, scorer, all);
                Ok(())
            }
        }
        Some(Format::Parquet | Format::Workbook) => {
            let (are_scores, rows) =
                RecordReader::detect(source.lines().map_err(|error| told(&error))?)
                    .map_err(|error| told(&error.into()))?;
            if are_scores {
                add_records(name, rows, scorer.model(), makers, all)
            } else {
                add_articles(source.articles(intake).map_err(|error| told(&error))?, scorer, all);
                Ok(())
            }
        }
        Some(_) => {
            add_articles(source.articles(intake).map_err(|error| told(&error))?, scorer, all);
            Ok(())
        }
    }
}

/// What is told of a source that cannot be read. One that breaks off decides the exit code.
fn told(error: &IntakeError) -> String {
    exit_code::note(error);
    hint::message(error)
}

/// Adds the articles that scored records tell of. Records with an error are passed over; a line
/// that is no record is reported.
fn add_records(
    name: &str,
    lines: impl BufRead,
    model: &Model,
    makers: &mut Makers,
    all: &mut Vec<DriftInput>,
) -> Result<(), String> {
    let records = RecordReader::new(name, EndingLines::new(lines)).map_err(
        |RecordError { problem, .. }| {
            exit_code::note_record(&problem);
            problem.to_string()
        },
    )?;
    for record in records {
        match record {
            Err(RecordError { place, problem, .. }) => {
                exit_code::note_record(&problem);
                terminal::complain_of_article(&place, &problem.to_string());
            }
            Ok(record) => {
                makers.add(&record);
                match DriftInput::from_record(model, &record) {
                    Some(Ok(input)) => all.push(input),
                    Some(Err(error)) => {
                        terminal::complain_of_article(&record.id, &error.to_string());
                    }
                    None => {}
                }
            }
        }
    }
    Ok(())
}

/// Scores articles and adds them. What cannot be read or scored is reported and left out.
fn add_articles(mut articles: ArticleReader<'_>, scorer: &Scorer, all: &mut Vec<DriftInput>) {
    loop {
        let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return;
        }
        let inputs: Vec<Result<DriftInput, (String, String)>> = batch
            .into_par_iter()
            .map(|saved| {
                let IntakeArticle { article, .. } = saved.map_err(|unreadable| {
                    exit_code::note(&unreadable.error);
                    (unreadable.place, hint::message(&unreadable.error))
                })?;
                let verdict = scorer
                    .score(&article)
                    .map_err(|error| (article.id.clone(), error.to_string()))?;
                Ok(DriftInput::from_verdict(scorer.model(), &article, &verdict))
            })
            .collect();
        for input in inputs {
            match input {
                Ok(input) => all.push(input),
                Err((name, message)) => terminal::complain_of_article(&name, &message),
            }
        }
    }
}
