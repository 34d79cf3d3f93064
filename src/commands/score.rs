//! `mizan score`: scores articles and writes a record for each.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use indicatif::ProgressBar;

use super::exit_code::{CANNOT_GO_ON, INTERRUPTED, SOME_FAILED};
use super::input_args::IntakeArgs;
use super::interrupt::Interrupt;
use super::model_file::ModelArgs;
use super::named_text::NamedText;
use super::output_args::{Format, OutputArgs};
use super::outputs::Outputs;
use super::repeated_ids::RepeatedIds;
use super::source::{Wanted, none_found, sources};
use super::unread_dates::UnreadDates;
use super::writing::Output;
use super::{hint, terminal};
use crate::article::quoted::quoted;
use crate::engine::{Diagnostic, RunObserver, RunSummary, ScoringRun, Source};
use crate::output::table;
use crate::record::ScoreRecord;
use crate::scoring::{Scorer, Unscorable, counted};
use crate::text::listed::listed;

/// Options of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score article.txt                  one article; a table on a terminal
  mizan score article.txt --long           with the words and the sentences that decide
  mizan score saved/ > scores.jsonl        every article under a folder; JSON lines in a pipe
  mizan score saved/ -o scores.xlsx        for Excel; --format csv --excel writes CSV for it
  mizan score page.html dump.jsonl.gz      saved pages, tables and dumps, packed or not
  mizan score t.csv --text-field body      a table whose column of texts has an unusual name
  pbpaste | mizan score                    standard input is one article
  zcat d.gz | mizan score --input-format jsonl    … or many
  mizan score --max-error 0.1 saved/       abstain where more than one answer in ten would be wrong
  mizan score t.xlsx --sheet 2019          one sheet of a workbook
  mizan score d.jsonl.zst -o s.jsonl --resume     a large dump; after a crash, run it again
  mizan score table/ -o scores.parquet     Parquet (needs a build with --features parquet)
  mizan score d.jsonl --sentences          every sentence, with what it says by itself
  mizan score d.jsonl --keep url,author    copy fields of the input, as kept: {\"url\": …}

Output, per article:
  favor, neutral, against   probabilities of the stance of its own voice toward each camp; sum 1
  score                     favor − against, from −1 to 1
  lean                      (score lna − score gna) / 2: positive toward lna, negative toward gna
  words                     the words that contributed most to the stance
  evidence                  the sentences that decide it, each at least 0.5 probable by itself
  sentences                 with --sentences: every sentence with its probabilities by itself, which
                            are not calibrated; `reported`, the share of its words that are somebody
                            else's; and `pull`, what it adds to ln P(favor) − ln P(against) in
                            the article
  unrelated                 probability that it is not about the conflict; 1 if it names no camp
                            and no place of the conflict's country
  known                     share of its content words that the model knows
  uncertain                 instead of a stance, where the model abstains: `guess` is the likeliest
                            stance, `doubt` the reason for abstaining

See also: mizan explain, mizan report, mizan inspect

Exit codes:
  0    every article was scored
  1    some articles could not be scored; each has a message on standard error and an `error` in
       the output (0 with --exit-zero)
  2    the run failed: wrong options, no such model, no input, an output file of another run
  3    a source breaks off, as a packed file that is not whole: the rest of it is missing, with
       --exit-zero, too. --resume reads it again if nothing was written after it
  130  Ctrl-C or a signal stopped it; the output is complete up to there, and --resume continues")]
pub struct ScoreArgs {
    /// Files, or folders of them (.txt, .html, .jsonl, .json, .csv, .tsv, .rss, .warc, .mhtml,
    /// .eml, .mbox, .tar, each with .gz, .zst or neither; .xlsx, .xls, .ods; .docx, .odt, .zip,
    /// .parquet); `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Where records go, and in which format
    #[command(flatten)]
    pub output: OutputArgs,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// Abstain (`uncertain`) above this error rate (0.01 to 0.50)
    #[arg(long, value_name = "SHARE", value_parser = risk)]
    pub max_error: Option<f64>,

    /// Threads that score; the output does not depend on it [default: one for each processor]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Print on standard error how each article was read
    #[arg(short, long)]
    pub verbose: bool,

    /// Print on standard error, at the end, how many articles have which stance [default: on a
    /// terminal]
    #[arg(long)]
    pub summary: bool,

    /// Exit with 0 even if some articles could not be scored (each has an `error` in the output).
    /// For programs that take any other code as a failure of the whole run, for example Spark
    #[arg(long)]
    pub exit_zero: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Parses an error rate.
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
    let outputs = Outputs::new(options.output.output.as_deref());
    options.model.model.as_deref().map_or(Ok(()), |model| outputs.refuse(model))?;
    let form = options.output.format()?;
    let format = form.0;
    // It is used to the end of the process, where freeing it would only cost time.
    let mut scorer = Scorer::new(options.model.load()?)?;
    if let Some(max_error) = options.max_error {
        scorer = scorer.with_max_error(max_error)?;
    }
    if options.output.sentences && !scorer.judges_sentences() {
        bail!("--sentences: {}", Unscorable::NoSentences);
    }
    let scorer = &*Box::leak(Box::new(scorer));
    // Before the output is created, which may stand in a folder that is read.
    let sources = sources(&paths, &outputs, Wanted::Articles)?;
    let mut output = Output::new(&options.output, form, scorer.camps())?;
    let n_existing = output.n_existing();
    let interrupt = Interrupt::listen()?;

    let is_quiet =
        options.output.output.is_none() && io::stdout().is_terminal() && format != Format::Table;
    let bar = terminal::volume(sources.iter().map(Source::n_bytes).sum(), is_quiet);
    let mut intake = options.intake.options();
    intake.fields.kept.clone_from(&options.output.keep);
    let mut watcher = Watcher {
        bar,
        interrupt,
        is_verbose: options.verbose,
        reported: BTreeSet::new(),
        n_failed: output.n_existing_failed(),
        named_text: NamedText::default(),
        unread_dates: UnreadDates::default(),
        repeated_ids: RepeatedIds::default(),
    };
    let start = Instant::now();
    let summary = ScoringRun::new(scorer)
        .with_intake(intake)
        .with_error_text(hint::message)
        .with_sentences(options.output.sentences)
        .with_source_names(options.output.keep_file)
        .with_threads(options.threads.map_or(0, usize::from))
        .run(sources, &mut *output.sink(), &mut watcher);
    let summary = summary.map_err(|error| output.named(error))?;
    watcher.bar.finish_and_clear();
    let repeated = watcher.repeated_ids.message(options.output.keep_file);
    let misspelt = watcher.named_text.message(options.intake.options().fields.text.as_deref());
    for message in watcher.unread_dates.messages().chain(repeated).chain(misspelt) {
        terminal::tell(&message);
    }
    let is_complete = !Interrupt::is_asked();
    let is_empty = summary.articles + n_existing == 0;
    let is_pipe = paths.iter().all(|path| path.as_os_str() == "-");
    if is_empty && is_complete {
        terminal::tell(&none_found(&paths));
    }
    output.finish(is_complete)?;
    if n_existing > 0 && summary.articles == 0 && is_complete {
        let errors = match watcher.n_failed {
            0 => String::new(),
            n => format!(", {n} of them with an error in place of scores"),
        };
        let records = counted(n_existing, "record");
        terminal::tell(&format!("the output is complete already: {records}{errors}"));
    }
    if options.summary || (io::stderr().is_terminal() && format != Format::Table) {
        if n_existing > 0 {
            let verb = if n_existing == 1 { "was" } else { "were" };
            terminal::tell(&format!("{} {verb} there already", counted(n_existing, "record")));
        }
        let style = terminal::table_style();
        terminal::tell_table(&table::summary(scorer.camps(), &summary, start.elapsed(), style));
    }
    Ok(match watcher.n_failed {
        _ if Interrupt::is_asked() => ExitCode::from(INTERRUPTED),
        // A pipe may be empty: a part of a larger run that has no articles.
        _ if is_empty && !is_pipe => ExitCode::from(CANNOT_GO_ON),
        _ if options.exit_zero => ExitCode::SUCCESS,
        0 if !watcher.named_text.is_misspelt() => ExitCode::SUCCESS,
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
    named_text: NamedText,
    unread_dates: UnreadDates,
    repeated_ids: RepeatedIds,
}

impl Watcher {
    fn print_fields(&mut self, diagnostic: &Diagnostic) {
        let Diagnostic::Fields { source, guessed, absent, unused } = diagnostic else { return };
        let guessed: Vec<String> = guessed.iter().map(ToString::to_string).collect();
        let guessed = (!guessed.is_empty()).then(|| {
            format!("{} (guessed; --text-field and the like say otherwise)", guessed.join(", "))
        });
        let names: Vec<String> = absent.iter().map(|name| quoted(name)).collect();
        let absent = (!absent.is_empty()).then(|| {
            format!("nothing from {}, which the first record does not have", listed(&names))
        });
        let unused = unused.as_ref().map(ToString::to_string);
        let note = [guessed, absent, unused].into_iter().flatten().collect::<Vec<_>>().join("; ");
        if !self.reported.contains(&note) {
            self.bar.suspend(|| terminal::complain(source, &note));
            self.reported.insert(note);
        }
    }

    fn print_reading(&self, record: &ScoreRecord) {
        let Some(notes) = &record.reading else { return };
        let message = format!(
            "{}, {}, {} replaced, {} of boilerplate removed",
            notes.format,
            notes.encoding,
            counted(notes.replaced, "byte"),
            counted(notes.removed, "piece")
        );
        self.bar.suspend(|| terminal::complain(&record.id, &message));
    }
}

impl RunObserver for Watcher {
    fn diagnose(&mut self, diagnostic: Diagnostic) {
        match &diagnostic {
            Diagnostic::Fields { .. } => return self.print_fields(&diagnostic),
            Diagnostic::NamedText { is_present, .. } => return self.named_text.add(*is_present),
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
        self.unread_dates.add(record);
        self.repeated_ids.add(record);
        if self.is_verbose {
            self.print_reading(record);
        }
    }

    fn progressed(&mut self, summary: &RunSummary) {
        self.bar.set_position(summary.n_bytes);
        self.bar.set_message(counted(summary.articles, "article"));
    }

    fn idle(&mut self) {
        self.interrupt.rest();
    }

    fn is_stop_requested(&mut self) -> bool {
        !self.interrupt.work()
    }
}
