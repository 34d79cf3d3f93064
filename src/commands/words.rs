//! `mizan words`: words of the user's archive that behave like framing words, to be accepted into
//! the lexicon of a labelled set or refused.

mod asking;
mod decided;
mod listing;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::ValueEnum;

use super::input_args::IntakeArgs;
use super::outputs::Outputs;
use super::source::{Wanted, sources};
use super::{file, shipped, terminal};
use crate::article::Article;
use crate::camp::Camps;
use crate::engine::articles;
use crate::labelling::assets::CAMPS;
use crate::labelling::words::{FramingCandidate, MIN_COUNT, TOP, WordCounter, too_few};
use crate::labels::SetLexicon;
use crate::scoring::counted;
use decided::LexiconFile;

/// Options of `words`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan words saved/                          candidates, the likeliest first
  mizan words saved/ --set my-set             the same, asked about one by one (on a terminal)
  mizan words saved/ --format csv > words.csv
  mizan words --set my-set --accept words.csv what the column `decision` says: a class of the
                                              lexicon, `accept` (the class that is suggested) or
                                              `refuse`; nothing where it is empty
  mizan train --labeled my-set --with default -o mine.safetensors
                                              uses the words; the model carries them

A candidate stands in the own voice of your articles, beside praising and hostile words of mizan's
lexicon (association: Dunning's G², negative for less often than by chance) and more often than in
plain news (z: log-odds with an informative Dirichlet prior). Both find names of people and places,
too: only a reader knows what judges. What was accepted or refused stands in SET/lexicon.toml and is
not shown again. `mizan schema words` lists the fields of the JSON lines.

See also: mizan label, mizan train, mizan inspect

Exit codes:
  0  done
  1  done, but articles could not be read; the messages name them
  2  nothing was done: no articles, no such set, or decisions that cannot be read")]
pub struct WordsArgs {
    /// Files or folders of articles
    #[arg(value_name = "PATH", required_unless_present = "accept")]
    pub paths: Vec<PathBuf>,

    /// Labelled set whose lexicon.toml takes what is accepted and refused
    #[arg(short, long, value_name = "SET")]
    pub set: Option<PathBuf>,

    /// Table of decisions: CSV or JSON lines with `word` and `decision`
    #[arg(long, value_name = "FILE", requires = "set", conflicts_with = "paths")]
    pub accept: Option<PathBuf>,

    /// How often a word must stand in the archive
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = MIN_COUNT,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub min_count: u32,

    /// How many words are shown
    #[arg(long, value_name = "COUNT", default_value_t = TOP)]
    pub top: usize,

    /// Output format [default: table on a terminal, jsonl elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Forms in which candidates are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for people
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// How many articles are read at once.
const MAX_BATCH: usize = 256;

/// Finds candidates and prints them, or asks about them, or takes decisions.
pub fn run(options: &WordsArgs) -> anyhow::Result<ExitCode> {
    let set = options.set.as_deref().map(LexiconFile::new).transpose()?;
    if let (Some(set), Some(path)) = (&set, &options.accept) {
        let decisions = decided::read(path)?;
        let told = set.decide(&decisions)?;
        writeln!(io::stdout().lock(), "{told}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let lexicon = set.as_ref().map(LexiconFile::read).transpose()?.unwrap_or_default();
    let candidates = candidates(options, &lexicon)?;
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    match set {
        Some(set) if is_terminal && options.format.is_none() => {
            let told = asking::ask(&candidates, &set, io::stdin().lock(), &mut io::stdout())?;
            writeln!(io::stdout().lock(), "{told}")?;
        }
        _ => {
            let fitting = if io::stdout().is_terminal() { Format::Table } else { Format::Jsonl };
            let out = io::stdout().lock();
            match options.format.unwrap_or(fitting) {
                Format::Table => listing::table(out, &candidates, terminal::table_style())?,
                Format::Jsonl => listing::json_lines(out, &candidates)?,
                Format::Csv => listing::csv(out, &candidates)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The camps of the set, or those of this program.
fn camps(set: Option<&Path>) -> anyhow::Result<Camps> {
    let Some(set) = set else { return Ok(Camps::from_toml(CAMPS)?) };
    let path = set.join("camps.toml");
    let bytes = file::read(&path, file::MAX_LABELS)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8(bytes).with_context(|| path.display().to_string())?;
    Camps::from_toml(&text).with_context(|| path.display().to_string())
}

/// The candidates of the archive, without those that the set has decided on.
fn candidates(options: &WordsArgs, lexicon: &SetLexicon) -> anyhow::Result<Vec<FramingCandidate>> {
    let camps = camps(options.set.as_deref())?;
    let sources = sources(&options.paths, &Outputs::new([]), Wanted::Articles)?;
    let intake = options.intake.options();
    let mut counter = WordCounter::new(&camps, &lexicon.accepted, options.min_count);
    let mut batch: Vec<Article> = Vec::new();
    for article in articles(sources, &intake) {
        match article {
            Ok(article) => batch.push(article.article),
            Err(unreadable) => terminal::report_unreadable(&unreadable),
        }
        if batch.len() == MAX_BATCH {
            counter.add(&batch);
            batch.clear();
        }
    }
    counter.add(&batch);
    if counter.n_articles() == 0 {
        bail!("no article could be read: there are no words to look at");
    }
    counter.add_plain(&shipped::plain_news()?);
    let (n_framed, n_sentences) = counter.n_framed();
    terminal::tell(&format!(
        "{}: of {n_sentences} sentences with an own voice, {n_framed} have praising or hostile \
         words of the lexicon",
        counted(counter.n_articles() as usize, "article")
    ));
    if let Some(warning) = too_few(n_framed) {
        terminal::tell(&warning);
    }
    if counter.n_dropped() > 0 {
        terminal::tell(&format!(
            "{} that stand once were dropped on the way, to save memory",
            counted(counter.n_dropped(), "candidate")
        ));
    }
    let is_known = |word: &str| lexicon.decision(word).is_some();
    Ok(counter.ranked(options.top, is_known))
}
