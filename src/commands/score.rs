//! `mizan score`: articles in, verdicts out.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::iter;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::intake::{Origin, Saved, Unreadable};
use crate::output::summary::RunSummary;
use crate::output::table;
use crate::record::ScoreRecord;
use crate::scoring::Scorer;
use crate::text::isolate::plain;
use anyhow::{Context, bail};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::exit_code::{INTERRUPTED, SOME_FAILED};
use super::input_args::IntakeArgs;
use super::interrupt::Interrupt;
use super::reading::{Reading, Step};
use super::source::{Source, sources};
use super::writing::{self, Writing, encoded};
use super::{model, terminal};
use clap::ValueEnum;

/// Options of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score article.txt                  one article; a table on a terminal
  mizan score saved/ > scores.jsonl        every article under a folder; JSON lines in a pipe
  mizan score --format csv saved/          for a spreadsheet; with --bom, Excel reads Arabic in it
  mizan score page.html dump.jsonl.gz      saved pages, tables and dumps, packed or not
  mizan score t.csv --text-field body      a table whose column of texts has an unusual name
  pbpaste | mizan score                    standard input is one article
  zcat d.gz | mizan score --input-format jsonl    … or many
  mizan score --max-error 0.1 saved/       rather no answer than one in ten wrong
  mizan score dump.jsonl.zst -o s.jsonl --resume     an archive; after a crash, the same again goes on where it was
  mizan score table/ -o scores.parquet     a table of Parquet, where mizan was built with --features parquet
  mizan score d.jsonl --keep url,author    with fields of the input, as kept: {\"url\": …}

What comes out, per article:
  favor, neutral, against   probabilities of its own voice's stance toward each camp; they sum to 1
  score                     favor − against, from −1 to 1
  lean                      (score lna − score gna) / 2: positive toward lna, negative toward gna
  words                     the words that spoke most for the stance given
  known                     share of its content words that the model knows
  uncertain                 instead of a stance: `guess` is the likeliest one, `doubt` says why it is not given

Exit codes:
  0  every article was scored
  1  some could not be; each has its message on standard error and an `error` in the output (with --exit-zero: 0)
  2  nothing could go on: wrong options, no such model, no input, an output file that is not of this run
  130  Ctrl-C or a signal ended it; what was begun is written to its end, and --resume goes on")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct ScoreArgs {
    /// Files, or folders of them (.txt, .html, .jsonl, .csv, .tsv, each with .gz, .zst or neither;
    /// .parquet); `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the output [default: table on a terminal, csv or parquet in a file so called, jsonl
    /// elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// File to write instead of standard output; one that holds anything is kept, unless --resume
    /// is given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Complete the output of a run that was cut short, by the same command; without such a file,
    /// begin
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Fields or columns of the input to write out again with each record, parted by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub keep: Vec<String>,

    /// Begin CSV with a byte-order mark, by which Excel tells that it is UTF-8
    #[arg(long)]
    pub bom: bool,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Say `uncertain` wherever more than this share of the answers would be wrong (0.01 to 0.50)
    #[arg(long, value_name = "SHARE", value_parser = risk)]
    pub max_error: Option<f64>,

    /// Threads that weigh; the output does not depend on it [default: one for each processor]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Say on standard error how each article was read
    #[arg(short, long)]
    pub verbose: bool,

    /// Say on standard error, at the end, how many articles got which stance [default: on a
    /// terminal]
    #[arg(long)]
    pub summary: bool,

    /// End with 0 although some articles could not be scored: each has its `error` in the output.
    /// For programs that take any other code for a failure of the whole, such as Spark
    #[arg(long)]
    pub exit_zero: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// A table stored by columns, with the fields of the JSON lines (where mizan was built with
    /// --features parquet)
    Parquet,
}

/// A share of errors that can be asked for.
fn risk(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(risk) if (0.01..=0.5).contains(&risk) => Ok(risk),
        _ => Err("give a number from 0.01 to 0.50".to_owned()),
    }
}

/// Scores every source and writes a record for each article, in order: one thread reads, all weigh,
/// one writes. What comes out does not depend on their number.
pub fn run(options: &ScoreArgs) -> anyhow::Result<ExitCode> {
    let paths =
        if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to score: name a file or a folder, or pipe an article in (see `mizan score --help`)"
        );
    }
    let form = writing::form(options)?;
    let scorer = Scorer::new(model::load(options.model.as_deref())?)?;
    let scorer = match options.max_error {
        Some(max_error) => scorer.with_max_error(max_error)?,
        None => scorer,
    };
    // It is needed to the end, when taking it apart would only cost time.
    let scorer = &*Box::leak(Box::new(scorer));
    let mut out = Writing::new(options, form, scorer.camps())?;
    let mut interrupt = Interrupt::listen()?;

    let sources = sources(&paths);
    let bar = terminal::volume(
        volume(&sources),
        options.output.is_none() && io::stdout().is_terminal() && form != Format::Table,
    );
    let mut notes =
        Notes { verbose: options.verbose, told: BTreeSet::new(), failed: out.n_failed() };
    let mut intake = options.intake.options();
    intake.fields.kept.clone_from(&options.keep);
    let mut reading = Reading::of(sources, intake);
    let mut threads = Threads { wanted: options.threads, pool: None };
    let (begun, mut summary) = (Instant::now(), RunSummary::default());
    let weigh = |step| answer(step, scorer, form, &options.keep);
    while !Interrupt::is_asked()
        && let Some(mut batch) = reading.next_batch(|| {
            out.flush()?;
            interrupt.rest();
            Ok(())
        })?
        && interrupt.work()
    {
        batch.retain(|step| !step.is_record() || !out.passes_over());
        for answer in threads.map(batch, weigh)? {
            match answer {
                Answer::Note { source, note } => bar.suspend(|| notes.tell_note(&source, note)),
                Answer::End => {}
                Answer::ScoreRecord { record, bytes } => {
                    if notes.concerns(&record) {
                        bar.suspend(|| notes.tell(&record));
                    }
                    if out.write(&record, &bytes)? {
                        summary.add(&record);
                    }
                }
            }
        }
        bar.set_position(reading.n_bytes());
        bar.set_message(format!("{} articles", summary.articles));
    }
    bar.finish_and_clear();
    if summary.articles + out.n_begun() == 0 && !Interrupt::is_asked() {
        eprintln!("mizan: there was no article in it");
    }
    let n_begun = out.n_begun();
    out.finish(!Interrupt::is_asked())?;
    if options.summary || (io::stderr().is_terminal() && form != Format::Table) {
        if n_begun > 0 {
            eprintln!("mizan: {n_begun} records were there already");
        }
        eprintln!(
            "{}",
            table::summary(
                scorer.camps(),
                &summary,
                reading.n_bytes(),
                begun.elapsed(),
                terminal::table_style()
            )
        );
    }
    Ok(match notes.failed {
        _ if Interrupt::is_asked() => ExitCode::from(INTERRUPTED),
        _ if options.exit_zero => ExitCode::SUCCESS,
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(SOME_FAILED),
    })
}

/// How many bytes there are to read, if that can be known.
fn volume(sources: &[Source]) -> Option<u64> {
    sources.iter().map(Source::n_bytes).sum()
}

/// What comes of a step of reading.
enum Answer {
    ScoreRecord { record: Box<ScoreRecord>, bytes: Vec<u8> },
    Note { source: String, note: String },
    End,
}

/// The answer to a step, with its record as it is to be written.
fn answer(step: Step, scorer: &Scorer, form: Format, keep: &[String]) -> Answer {
    let mut kept_values = Vec::new();
    let mut record = match step {
        Step::End => return Answer::End,
        Step::Note { source, note } => return Answer::Note { source, note },
        Step::Failed { source, message } => ScoreRecord::from_failure(scorer, source, message),
        Step::Article(raw) => match raw.finish() {
            Err(Unreadable { place, origin, kept, error }) => {
                kept_values = kept;
                let Origin { id, outlet, date, event } = *origin;
                let failed = match id {
                    Some(id) => ScoreRecord::from_failure(scorer, id, format!("{place}: {error}")),
                    None => ScoreRecord::from_failure(scorer, place, error.to_string()),
                };
                ScoreRecord { outlet, date, event, ..failed }
            }
            Ok(Saved { article, reading, kept }) => {
                kept_values = kept;
                let verdict = scorer.score(&article);
                ScoreRecord::from_verdict(scorer, article, &reading, verdict)
            }
        },
    };
    let values = kept_values.into_iter().chain(iter::repeat(None));
    record.kept = keep.iter().cloned().zip(values).collect();
    let bytes = encoded(form, &record);
    Answer::ScoreRecord { record: Box::new(record), bytes }
}

/// The threads that weigh; none is started for articles that come one by one.
struct Threads {
    wanted: Option<u16>,
    pool: Option<ThreadPool>,
}

impl Threads {
    /// `answer` to each step, in their order.
    fn map(
        &mut self,
        batch: Vec<Step>,
        answer: impl Fn(Step) -> Answer + Sync + Send,
    ) -> anyhow::Result<Vec<Answer>> {
        let n_articles = batch.iter().filter(|step| matches!(step, Step::Article(_))).count();
        if n_articles < 2 || self.wanted == Some(1) {
            return Ok(batch.into_iter().map(answer).collect());
        }
        let pool = match self.pool.take() {
            Some(pool) => pool,
            None => ThreadPoolBuilder::new()
                .num_threads(self.wanted.map_or(0, usize::from))
                .build()
                .context("cannot start threads")?,
        };
        Ok(self.pool.insert(pool).install(|| batch.into_par_iter().map(answer).collect()))
    }
}

/// What is told on standard error.
struct Notes {
    verbose: bool,
    told: BTreeSet<String>,
    failed: usize,
}

impl Notes {
    fn tell_note(&mut self, source: &str, note: String) {
        if !self.told.contains(&note) {
            eprintln!("mizan: {}: {}", plain(source), plain(&note));
            self.told.insert(note);
        }
    }

    /// Whether there is anything to tell of a record.
    fn concerns(&self, record: &ScoreRecord) -> bool {
        self.verbose
            || record.scores.is_err()
            || record.reading.as_ref().is_some_and(|reading| reading.replaced > 0)
    }

    fn tell(&mut self, record: &ScoreRecord) {
        let id = plain(&record.id);
        if let Some(reading) =
            record.reading.as_ref().filter(|reading| self.verbose || reading.replaced > 0)
        {
            let (format, encoding, removed) = (&reading.format, &reading.encoding, reading.removed);
            eprintln!(
                "mizan: {id}: {format}, {encoding}, {} bytes replaced, {removed} leftovers removed",
                reading.replaced
            );
        }
        if let Err(message) = &record.scores {
            self.failed += 1;
            terminal::complain(&record.id, message);
        }
    }
}
