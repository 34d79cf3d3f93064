//! `mizan drift`: are these articles still like those that the model was measured on?

use std::io::{self, Cursor, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::camp::{Camps, StanceProbabilities};
use crate::engine::Source;
use crate::evaluation::drift::{self, Drift, DriftLevel, Scored};
use crate::intake::{Fields, Format, Intake, IntakeError, IntakeOptions, Saved};
use crate::model::Model;
use crate::output::drift as shown;
use crate::scoring::Scorer;
use anyhow::bail;
use rayon::prelude::*;
use serde::Deserialize;

use super::exit_code::HAS_DRIFTED;
use super::input_args::IntakeArgs;
use super::source::sources;
use super::{model, terminal};

/// Options of `drift`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan drift saved/                       articles, scored on the way
  mizan drift scores.jsonl                 lines that `mizan score` wrote with the same model: nothing is scored again
  mizan drift --since 2024-01-01 scores.jsonl.gz
  mizan score saved/ | mizan drift         standard input may be either
  mizan drift --json scores.jsonl || echo \"time to label\"

What is compared, with what was said of held-out articles when the model was trained (those that it was trained on are
surer and better known than any others, and are no fair comparison):
  unknown words   mean share of the content words that the model does not know
  score           toward each camp
  uncertain       articles for which more than one stance may be right at a risk of 0.1, or whose words are mostly unknown
  stability index the population stability index of its spread: under 0.1 stable, from 0.25 on drifted, where that is more
                  than chance exceeds once in a hundred
  worth           of a label: how near the second stance comes to the first, times the share of unknown words; articles of
                  one outlet take turns with those of others

Exit codes:
  0  no drift, or the model has nothing to compare with
  1  drift: some number has drifted
  2  nothing could be compared: no articles, no such model")]
pub struct DriftArgs {
    /// Files or folders of articles, or JSON lines that `mizan score` wrote; `-` or nothing for
    /// standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Only articles of this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<String>,

    /// Only articles of this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<String>,

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

/// A day.
fn day(text: &str) -> Result<String, String> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
        });
    if form { Ok(text.to_owned()) } else { Err("write the day as YYYY-MM-DD".to_owned()) }
}

/// So many articles are scored together.
const BATCH: usize = 256;

/// Among so many lines one with a verdict tells that a file is one of scores; those before it may
/// be errors.
const LOOKED_AT: usize = 100;

/// Compares and prints.
pub fn run(options: &DriftArgs) -> anyhow::Result<ExitCode> {
    let scorer = Scorer::new(model::load(options.model.as_deref())?)?;
    let camps = scorer.camps().clone();
    let intake = options.intake.options();
    let mut all = Vec::new();
    let paths =
        if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    for source in sources(&paths) {
        match Opened::of(&source, &intake, &camps) {
            Ok(opened) if opened.scores => all.extend(lines(opened.articles, scorer.model())),
            Ok(opened) => all.extend(articles(opened.articles, &scorer)),
            Err(message) => terminal::complain(source.name(), &message),
        }
    }
    let n_read = all.len();
    let undated = all.iter().filter(|article| article.date.is_none()).count();
    if undated > 0 && (options.since.is_some() || options.until.is_some()) {
        eprintln!("mizan: {undated} of {n_read} articles have no date and are left out");
    }
    all.retain(|article| within(article.date.as_deref(), options));
    if all.is_empty() {
        bail!(
            "of {n_read} articles that were scored, none is left to compare: name articles, or lines that `mizan score` wrote, with dates from --since to --until where these are given"
        );
    }
    let drift = Drift::of(&all, scorer.model().reference.as_ref());
    let first = drift::to_label(&all, options.top);
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", shown::json(&drift, &camps, &first))?;
    } else {
        let style = terminal::table_style();
        writeln!(out, "{} articles", drift.articles)?;
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
                "{:.0} % of the articles with an outlet are of one that the model was not trained on",
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
        writeln!(out, "\n{}", shown::says(&drift, &camps))?;
    }
    Ok(if drift.level() == DriftLevel::Drifted {
        ExitCode::from(HAS_DRIFTED)
    } else {
        ExitCode::SUCCESS
    })
}

/// Whether a date is within what was asked for; one that is not known is not, where anything was.
fn within(date: Option<&str>, options: &DriftArgs) -> bool {
    let day = date.and_then(|date| date.get(..10));
    let since = options.since.as_deref().is_none_or(|since| day.is_some_and(|day| day >= since));
    since && options.until.as_deref().is_none_or(|until| day.is_some_and(|day| day <= until))
}

/// The articles of a source, or its lines of scores.
struct Opened {
    articles: Intake<'static>,
    scores: bool,
}

/// The fields of a line of scores that are wanted beside those of an article, in their order:
/// `lean`, `unrelated`, `known`, the camps.
fn score_fields(camps: &Camps) -> Fields {
    let kept =
        ["lean", "unrelated", "known"].into_iter().chain(camps.ids()).map(str::to_owned).collect();
    let named = |name: &str| Some(name.to_owned());
    // An article needs a text: here its id has to do.
    Fields {
        text: named("id"),
        id: named("id"),
        outlet: named("outlet"),
        date: named("date"),
        kept,
        ..Fields::default()
    }
}

impl Opened {
    fn of(source: &Source, intake: &IntakeOptions, camps: &Camps) -> Result<Self, String> {
        let options = IntakeOptions {
            format: Some(Format::Jsonl),
            fields: score_fields(camps),
            ..intake.clone()
        };
        let name = source.name();
        let text = |error: IntakeError| error.to_string();
        let format = intake.format.or_else(|| Format::from_name(name));
        if format.is_some_and(|format| format != Format::Jsonl) {
            return Ok(Self { articles: source.articles(intake).map_err(text)?, scores: false });
        }
        // It is opened twice; standard input is kept for that.
        let mut kept = Vec::new();
        if source.is_one_time() {
            let read = source.reader().and_then(|mut reader| reader.read_to_end(&mut kept));
            read.map_err(|error| error.to_string())?;
        }
        let open = || -> Result<Box<dyn Read + Send>, String> {
            if source.is_one_time() {
                Ok(Box::new(Cursor::new(kept.clone())))
            } else {
                source.reader().map_err(|error| error.to_string())
            }
        };
        let read = |options: &IntakeOptions| {
            Intake::new(name, open()?, options).map_err(|error| error.to_string())
        };
        let is_score = |saved: &Saved| {
            saved.kept.first().is_some_and(Option::is_some)
                && saved.kept.iter().skip(3).all(Option::is_some)
        };
        let scores =
            read(&options)?.take(LOOKED_AT).any(|line| line.is_ok_and(|saved| is_score(&saved)));
        Ok(Self { articles: read(if scores { &options } else { intake })?, scores })
    }
}

/// What is used of a camp in a line of scores.
#[derive(Deserialize)]
struct Line {
    favor: f64,
    neutral: f64,
    against: f64,
}

/// The articles that lines of scores tell of. Errors of `mizan score` are passed over, what is no
/// line of it is told.
fn lines(lines: Intake<'static>, model: &Model) -> Vec<Scored> {
    let mut all = Vec::new();
    for line in lines {
        match line {
            Err(unreadable) => terminal::complain(&unreadable.place, &unreadable.error.to_string()),
            Ok(saved) => match of_line(&saved, model) {
                Some(Ok(scored)) => all.push(scored),
                Some(Err(field)) => terminal::complain(
                    &saved.article.id,
                    &format!("`{field}` is not as `mizan score` writes it"),
                ),
                None => {}
            },
        }
    }
    all
}

/// The article of a line; `None` where it has an error instead, and the name of the field that is
/// not of the form.
fn of_line(saved: &Saved, model: &Model) -> Option<Result<Scored, String>> {
    let [Some(_), unrelated, known, first, second] = &saved.kept[..] else { return None };
    let number = |field: &str, value: &Option<String>| {
        value.as_deref().and_then(|value| value.parse().ok()).ok_or_else(|| field.to_owned())
    };
    let ids = model.camps()?.ids();
    let sides = |camp: usize, value: &Option<String>| -> Result<StanceProbabilities, String> {
        let line: Option<Line> =
            value.as_deref().and_then(|value| serde_json::from_str(value).ok());
        let is_share = |share: &f64| (0.0..=1.0).contains(share);
        let Line { favor, neutral, against } = line
            .filter(|line| [line.favor, line.neutral, line.against].iter().all(is_share))
            .ok_or_else(|| ids[camp].to_owned())?;
        Ok(StanceProbabilities { favor, neutral, against })
    };
    let article = &saved.article;
    let scored = || -> Result<Scored, String> {
        let known = known.as_ref().map(|_| number("known", known)).transpose()?;
        let (unrelated, sides) =
            (number("unrelated", unrelated)?, [sides(0, first)?, sides(1, second)?]);
        Ok(Scored::of_sides(
            model,
            &article.id,
            (article.outlet.as_deref(), article.date.as_deref()),
            sides,
            unrelated,
            known,
        ))
    };
    Some(scored())
}

/// Articles, scored. What cannot be read or weighed is told and left out.
fn articles(mut articles: Intake<'static>, scorer: &Scorer) -> Vec<Scored> {
    let mut all = Vec::new();
    loop {
        let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return all;
        }
        let answers: Vec<Result<Scored, (String, String)>> = batch
            .into_par_iter()
            .map(|saved| {
                let Saved { article, .. } =
                    saved.map_err(|unreadable| (unreadable.place, unreadable.error.to_string()))?;
                let verdict = scorer
                    .score(&article)
                    .map_err(|error| (article.id.clone(), error.to_string()))?;
                Ok(Scored::of(
                    scorer.model(),
                    &article.id,
                    (article.outlet.as_deref(), article.date.as_deref()),
                    &verdict,
                ))
            })
            .collect();
        for answer in answers {
            match answer {
                Ok(article) => all.push(article),
                Err((name, message)) => terminal::complain(&name, &message),
            }
        }
    }
}
