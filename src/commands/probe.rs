//! `mizan probe`: does the model follow names, other people's words, or newsrooms, on the user's
//! own articles?

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::engine::articles;
use crate::evaluation::probe::{ProbeFindings, Subject, Subjects};
use crate::labels::LabelAggregation;
use crate::output::probe;
use anyhow::bail;

use super::input_args::IntakeArgs;
use super::source::sources;
use super::{labelled, model, terminal};
use std::path::PathBuf;

/// Options of `probe`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan probe saved/                       your articles
  mizan probe                              the labelled set in labeled/, if there is one here
  mizan probe --json --top 0 dump.jsonl    figures for a program

What is changed, one thing at a time:
  names        the camps change sides, every name by its counterpart; wording may stay or follow its target, and what
               lies beyond both counts against the model (all of it, where a text is neutral)
  quotations   what is quoted or attributed is left out
  outlets      the article is signed by a newsroom that does not exist, in its header and in its text

What comes out:
  shares       of the standard deviation of all scores; at most 0.2 is wanted of the first figure of each probe,
               and of stances that change
  framing that follows its target
               how far the scores of partisan texts go toward their mirror image: 1 is all the way, 0 not at all
  95 %         interval, by drawing events with replacement; articles, where fewer than ten events are known
  counts       by how much a score moved that counts against the model

Exit codes:
  0  it was measured, whatever came of it; what cannot be read or weighed is left out
  2  nothing could be: no articles, no such model")]
pub struct ProbeArgs {
    /// Files or folders of articles [default: the labelled set in labeled/]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// How many of the articles that moved most are named for each probe
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub top: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// The folder that is probed when no path is given.
const LABELLED: &str = "labeled";

/// Fewer articles have no spread.
const FEWEST: usize = 2;

/// Changes articles one thing at a time and tells how far their scores move.
pub fn run(options: &ProbeArgs) -> anyhow::Result<ExitCode> {
    let model = model::load(options.model.as_deref())?;
    let taught: BTreeSet<String> = model.provenance.labels.keys().cloned().collect();
    let articles = if options.paths.is_empty() { labelled()? } else { read(options) };
    let n_articles = articles.len();
    let n_taught = articles.iter().filter(|subject| taught.contains(&subject.id)).count();
    let subjects = Subjects::of(model, articles)?;
    if subjects.len() < FEWEST {
        bail!(
            "of {n_articles} articles, {} can be weighed: {FEWEST} at least are needed to tell how far scores move",
            subjects.len()
        );
    }
    let bar = terminal::progress(ProbeFindings::PROBES, "probing", options.json);
    let findings = ProbeFindings::of(&subjects, || bar.inc(1));
    bar.finish_and_clear();
    let mut out = io::stdout().lock();
    if options.json {
        let mut object = probe::json(&findings, subjects.camps(), options.top);
        object["trained_on"] = n_taught.into();
        writeln!(out, "{object}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let style = terminal::table_style();
    writeln!(
        out,
        "{} articles, scores with a standard deviation (spread) of {:.3}",
        findings.texts, findings.spread
    )?;
    if n_taught > 0 {
        writeln!(
            out,
            "{n_taught} of them bear ids of articles that the model was trained on; its card has figures of held-out ones"
        )?;
    }
    writeln!(out, "\n{}", probe::table(&findings, style))?;
    if options.top > 0 {
        writeln!(
            out,
            "\nThe articles that moved most:\n{}",
            probe::movers(&findings, subjects.camps(), options.top, style)
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The articles of the labelled set that is here.
fn labelled() -> anyhow::Result<Vec<Subject>> {
    let folder = Path::new(LABELLED);
    if !folder.is_dir() {
        bail!(
            "nothing to probe: name files or folders of articles (there is no labelled set in {LABELLED}/ here)"
        );
    }
    let set = labelled::read(folder, LabelAggregation::Majority)?;
    Ok(set.articles.into_iter().map(Subject::of_labelled).collect())
}

/// The articles that the user names. What cannot be read is told and left out.
fn read(options: &ProbeArgs) -> Vec<Subject> {
    let intake = options.intake.options();
    articles(sources(&options.paths), &intake)
        .filter_map(|saved| saved.inspect_err(terminal::report_unreadable).ok())
        .map(|saved| Subject::of_article(saved.article))
        .collect()
}
