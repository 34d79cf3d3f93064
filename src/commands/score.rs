//! `mizan score`: articles in, verdicts out.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use clap::ValueEnum;
use indicatif::ProgressBar;

use super::exit_code::{INTERRUPTED, SOME_FAILED};
use super::input_args::IntakeArgs;
use super::interrupt::Interrupt;
use super::source::sources;
use super::writing::{self, Output};
use super::{model, terminal};
use crate::engine::{Diagnostic, RunObserver, RunSummary, ScoringRun, Source};
use crate::output::table;
use crate::record::ScoreRecord;
use crate::scoring::Scorer;

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

/// Scores every source and writes a record for each article, in order.
pub fn run(options: &ScoreArgs) -> anyhow::Result<ExitCode> {
    let paths =
        if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to score: name a file or a folder, or pipe an article in \
             (see `mizan score --help`)"
        );
    }
    let format = writing::format(options)?;
    // It is used to the end of the process, where freeing it would only cost time.
    let scorer = &*Box::leak(Box::new(
        Scorer::new(model::load(options.model.as_deref())?)?.max_error(options.max_error),
    ));
    let mut output = Output::new(options, format, scorer.camps())?;
    let n_existing = output.n_existing();
    let interrupt = Interrupt::listen()?;

    let sources = sources(&paths);
    let is_quiet =
        options.output.is_none() && io::stdout().is_terminal() && format != Format::Table;
    let bar = terminal::volume(sources.iter().map(Source::n_bytes).sum(), is_quiet);
    let mut intake = options.intake.options();
    intake.fields.kept.clone_from(&options.keep);
    let mut watcher = Watcher {
        bar,
        interrupt,
        is_verbose: options.verbose,
        reported: BTreeSet::new(),
        n_failed: output.n_existing_failed(),
    };
    let start = Instant::now();
    let summary = ScoringRun::new(scorer)
        .with_intake(intake)
        .with_threads(options.threads.map_or(0, usize::from))
        .run(sources, &mut *output.sink(), &mut watcher);
    let summary = summary.map_err(|error| output.named(error))?;
    watcher.bar.finish_and_clear();
    let is_complete = !Interrupt::is_asked();
    if summary.articles + n_existing == 0 && is_complete {
        eprintln!("mizan: no articles found in the input");
    }
    output.finish(is_complete)?;
    if options.summary || (io::stderr().is_terminal() && format != Format::Table) {
        if n_existing > 0 {
            eprintln!("mizan: {n_existing} records were there already");
        }
        let style = terminal::table_style();
        eprintln!("{}", table::summary(scorer.camps(), &summary, start.elapsed(), style));
    }
    Ok(match watcher.n_failed {
        _ if Interrupt::is_asked() => ExitCode::from(INTERRUPTED),
        _ if options.exit_zero => ExitCode::SUCCESS,
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(SOME_FAILED),
    })
}

/// Prints on standard error what a run reports, shows its progress, and stops it on Ctrl-C.
struct Watcher {
    bar: ProgressBar,
    interrupt: Interrupt,
    is_verbose: bool,
    /// Notes on fields that were printed: each is printed once, not for every file.
    reported: BTreeSet<String>,
    /// How many records say that an article could not be scored.
    n_failed: usize,
}

impl Watcher {
    fn print_fields(&mut self, source: &str, guessed: &[String], absent: &[String]) {
        let guessed = (!guessed.is_empty()).then(|| {
            format!("{} (guessed; --text-field and the like say otherwise)", guessed.join(", "))
        });
        let absent = absent
            .iter()
            .map(|name| format!("nothing from {name:?}, which the first record does not have"));
        let note = guessed.into_iter().chain(absent).collect::<Vec<_>>().join("; ");
        if !self.reported.contains(&note) {
            self.bar.suspend(|| terminal::complain(source, &note));
            self.reported.insert(note);
        }
    }

    fn print_reading(&self, record: &ScoreRecord) {
        let Some(notes) = &record.reading else { return };
        let message = format!(
            "{}, {}, {} bytes replaced, {} pieces of boilerplate removed",
            notes.format,
            notes.encoding,
            notes.replaced,
            notes.removals.len()
        );
        self.bar.suspend(|| terminal::complain(&record.id, &message));
    }
}

impl RunObserver for Watcher {
    fn diagnose(&mut self, diagnostic: Diagnostic) {
        match &diagnostic {
            Diagnostic::Fields { source, guessed, absent } => {
                self.print_fields(source, guessed, absent);
                return;
            }
            // It stands in the line of the record already.
            Diagnostic::BytesReplaced { .. } if self.is_verbose => return,
            Diagnostic::SourceFailed { .. } | Diagnostic::ArticleFailed { .. } => {
                self.n_failed += 1;
            }
            _ => {}
        }
        self.bar.suspend(|| terminal::report(&diagnostic));
    }

    fn scored(&mut self, record: &ScoreRecord) {
        if self.is_verbose {
            self.print_reading(record);
        }
    }

    fn progressed(&mut self, summary: &RunSummary) {
        self.bar.set_position(summary.n_bytes);
        self.bar.set_message(format!("{} articles", summary.articles));
    }

    fn idle(&mut self) {
        self.interrupt.rest();
    }

    fn is_stop_requested(&mut self) -> bool {
        !self.interrupt.work()
    }
}
