//! `mizan probe`: does the model react to names, quotations or newsrooms, on the user's own
//! articles?

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::input_args::IntakeArgs;
use super::model_file::ModelArgs;
use super::outputs::Outputs;
use super::seen::Seen;
use super::source::{Wanted, sources};
use super::{labelled, terminal};
use crate::engine::articles;
use crate::evaluation::probe::{Probe, ProbeArticle, ProbeReport, ProbeSet};
use crate::labels::LabelAggregation;
use crate::output::maker::with_maker;
use crate::output::probe;
use crate::record::json;

/// Options of `probe`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan probe saved/                       your articles
  mizan probe                              the labelled set in labeled/, if there is one here
  mizan probe --json --top 0 dump.jsonl    metrics for a program

Each probe changes one thing:
  names        every name is replaced by its counterpart in the other camp; wording may stay or
               follow its target, and only shifts beyond both count against the model (all shifts,
               if the article is neutral)
  quotations   quoted and attributed speech is removed
  outlets      the article is signed by a newsroom that does not exist, in header and text

Output:
  shares       of the standard deviation of all scores; at most 0.2 is wanted of the first metric of
               each probe, and of stances that change
  framing that follows its target
               how far scores of partisan articles go toward their mirror image, 0 to 1
  95 %         bootstrap interval over events; over articles if there are fewer than ten events
  counts       the part of a score's shift that counts against the model

See also: mizan evaluate, mizan drift

Exit codes:
  0  measured, whatever the result
  1  measured, but articles could not be read; the messages name them
  2  not measured: no articles, or no such model")]
pub struct ProbeArgs {
    /// Files or folders of articles [default: the labelled set in labeled/]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// How many of the largest shifts are listed for each probe
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub top: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// The folder that is probed by default.
const LABELLED: &str = "labeled";

/// With fewer articles, scores have no spread.
const MIN_ARTICLES: usize = 2;

/// Runs all probes and prints the results.
pub fn run(options: &ProbeArgs) -> anyhow::Result<ExitCode> {
    let model = options.model.load()?;
    let articles = if options.paths.is_empty() { labelled()? } else { read(options)? };
    let n_articles = articles.len();
    let seen = Seen::new(&model);
    let n_trained = articles.iter().filter(|of| seen.is_seen(&of.article)).count();
    let notice = seen.notice(n_trained, n_articles);
    let signature = model.signature();
    let set = ProbeSet::new(model, articles)?;
    if set.len() < MIN_ARTICLES {
        bail!(
            "of {n_articles} articles, {} can be scored; at least {MIN_ARTICLES} are needed to \
             measure shifts of scores",
            set.len()
        );
    }
    let bar = terminal::progress(Probe::ALL.len(), "probing", options.json);
    let report = ProbeReport::measure(&set, || bar.inc(1));
    bar.finish_and_clear();
    let mut out = io::stdout().lock();
    if options.json {
        let mut object = probe::json(&report, set.camps(), options.top);
        object["trained_on"] = n_trained.into();
        json::line(&mut out, &with_maker(object, Some(&signature)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let style = terminal::table_style();
    writeln!(
        out,
        "{} articles, scores with a standard deviation (spread) of {:.3}",
        report.n_articles, report.spread
    )?;
    if n_trained > 0 {
        writeln!(out, "{notice} Its card has figures of held-out ones.")?;
    }
    writeln!(out, "\n{}", probe::table(&report, style))?;
    if options.top > 0 {
        let shifts = probe::shifts(&report, set.camps(), options.top, style);
        writeln!(out, "\nThe articles that moved most:\n{shifts}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The articles of the labelled set in the current folder.
fn labelled() -> anyhow::Result<Vec<ProbeArticle>> {
    let folder = Path::new(LABELLED);
    if !folder.is_dir() {
        bail!(
            "nothing to probe: name files or folders of articles (there is no labelled set in \
             {LABELLED}/ here)"
        );
    }
    let set = labelled::read(folder, LabelAggregation::Majority)?;
    Ok(set.articles.into_iter().map(ProbeArticle::from_labelled).collect())
}

/// The articles that the user names. Those that cannot be read are reported and left out.
fn read(options: &ProbeArgs) -> anyhow::Result<Vec<ProbeArticle>> {
    let intake = options.intake.options();
    let sources = sources(&options.paths, &Outputs::new([]), Wanted::Articles)?;
    Ok(articles(sources, &intake)
        .filter_map(|article| article.inspect_err(terminal::report_unreadable).ok())
        .map(|article| ProbeArticle::from_article(article.article))
        .collect())
}
