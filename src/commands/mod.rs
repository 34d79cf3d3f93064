//! One file per command: open, call, write. Only here are paths opened and words printed.

// The docs of arguments are help texts: plain text for a terminal.
#![allow(rustdoc::invalid_html_tags)]

mod ablate;
mod adapt;
mod adding;
mod aggregate;
mod bench;
mod completions;
mod demo;
mod drift;
mod ending_lines;
mod evaluate;
mod exit_code;
mod explain;
mod file;
mod file_id;
mod hint;
mod input_args;
mod inspect;
mod interrupt;
mod label;
mod label_args;
mod labelled;
mod labels;
mod left_out;
mod makers;
mod man;
mod model;
mod model_file;
mod named_text;
mod output_args;
mod output_file;
mod outputs;
mod page_language;
mod picked;
mod probe;
mod repeated_ids;
mod report;
mod schema;
mod score;
mod seen;
mod shell_word;
mod shipped;
mod source;
mod stance_args;
mod start;
mod terminal;
mod train;
mod unread_dates;
mod walk;
mod words;
mod writing;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use rayon::ThreadPoolBuilder;

/// Parses the command line, runs one command, and gives the exit code.
pub fn main() -> ExitCode {
    let matches = match start::by_task(Cli::command()).try_get_matches() {
        Ok(matches) => matches,
        Err(answer) => return help(&answer),
    };
    // What clap has parsed has the form of the struct that it was made from.
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match run(cli) {
        Ok(code) => exit_code::of_run(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::tell(&with_causes(&error));
            ExitCode::from(exit_code::CANNOT_GO_ON)
        }
    }
}

/// An error and what caused it. A message that ends with its cause's is not followed by it.
fn with_causes(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.is_empty() {
            told = cause;
        } else if !told.ends_with(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

/// Prints help, or what is wrong with the command line.
fn help(answer: &clap::Error) -> ExitCode {
    match answer.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !answer.use_stderr() => {
            terminal::tell(&format!("cannot print the help: {error}"));
            ExitCode::from(exit_code::CANNOT_GO_ON)
        }
        _ if answer.use_stderr() => ExitCode::from(exit_code::CANNOT_GO_ON),
        _ => ExitCode::SUCCESS,
    }
}

/// Runs the command that was asked for.
fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let Some(command) = cli.command else {
        if cli.version {
            start::print_version(cli.json)?;
        } else {
            start::print_first()?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    // `score` starts its own, when there are many articles.
    if !matches!(command, Command::Score(_)) {
        start_threads();
    }
    match command {
        Command::Score(options) => score::run(&options),
        Command::Evaluate(options) => evaluate::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Aggregate(options) => aggregate::run(&options),
        Command::Report(options) => report::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Drift(options) => drift::run(&options),
        Command::Probe(options) => probe::run(&options),
        Command::Label(options) => label::run(&options),
        Command::Labels(options) => labels::run(&options),
        Command::Train(options) => train::run(&options),
        Command::Words(options) => words::run(&options),
        Command::Ablate(options) => ablate::run(&options),
        Command::Adapt(options) => adapt::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::Model(options) => model::run(&options),
        Command::Completions(options) => completions::run(&options, Cli::command()),
        Command::Schema(options) => schema::run(&options),
        Command::Man(options) => man::run(&options, start::by_task(Cli::command())),
    }
}

/// Sees to it that work which is shared out among threads is done where none can be started: by
/// this one. What shares it out would panic.
fn start_threads() {
    // A start that fails cannot be tried again with other settings, so it is tried elsewhere first.
    if ThreadPoolBuilder::new().build().is_err() {
        // Nothing else has started them.
        let _ = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    }
}

/// Whether the reader of our output has gone: no error, there is just nobody left to write for.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        let csv = cause.downcast_ref::<csv::Error>().and_then(|error| match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        });
        [io, json, csv].contains(&Some(io::ErrorKind::BrokenPipe))
    })
}

/// Weigh the stance of Arabic news articles toward the two rival Libyan camps.
#[derive(Debug, Parser)]
#[command(
    about,
    disable_version_flag = true,
    args_conflicts_with_subcommands = true,
    after_help = "\
Exit codes, of every command:
  0    done
  1    done, and something is wrong with an article, a set or a model: the messages say what
  2    not done: wrong options, no such file, nothing to read, an output that is in the way
  3    a source breaks off: the rest of it is missing
  130  Ctrl-C or a signal stopped it

`mizan COMMAND --help` has examples."
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::SetTrue)]
    pub version: bool,

    /// With --version: as JSON, with the model that the commands use
    #[arg(long, requires = "version")]
    pub json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Score articles: a stance toward each camp, with a probability
    Score(score::ScoreArgs),
    /// Show why: the article with the sentences and words that decided
    Explain(explain::ExplainArgs),
    /// Tell how outlets lean, from scores: a page to publish, a table
    Report(report::ReportArgs),
    /// Add up scores of many machines for one report
    Aggregate(aggregate::AggregateArgs),
    /// Show how articles are read: what is kept, whose voice, about whom
    Inspect(inspect::InspectArgs),
    /// Compare a model with articles whose labels you know
    Evaluate(evaluate::EvaluateArgs),
    /// Test whether names, quotations or newsrooms move the scores
    Probe(probe::ProbeArgs),
    /// Tell whether your articles differ from those it was measured on
    Drift(drift::DriftArgs),
    /// Label articles in the browser, and train on them
    Label(label::LabelArgs),
    /// Check a labelled set: composition, agreement, shortcuts
    Labels(labels::LabelsArgs),
    /// Find framing words of your own articles for a set's lexicon
    Words(words::WordsArgs),
    /// Train a model on labelled articles
    Train(train::TrainArgs),
    /// Fit the probabilities to your articles, with a few labels
    Adapt(adapt::AdaptArgs),
    /// Measure what each block of features is worth
    Ablate(ablate::AblateArgs),
    /// Measure how fast your articles go through each stage
    Bench(bench::BenchArgs),
    /// Write a folder of invented articles to try mizan on
    Demo(demo::DemoArgs),
    /// Show which model the commands use, install one, or remove it
    Model(model::ModelOptions),
    /// Print the completions of a shell
    Completions(completions::CompletionsArgs),
    /// Print the JSON Schema of scored records
    Schema(schema::SchemaArgs),
    /// Print or write manual pages
    Man(man::ManArgs),
}
