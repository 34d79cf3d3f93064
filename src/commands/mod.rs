//! One file per command: open, call, write. Only here are paths opened and words printed.

// The docs of arguments are help texts: plain text for a terminal.
#![allow(rustdoc::invalid_html_tags)]

mod ablate;
mod adding;
mod aggregate;
mod bench;
mod drift;
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
mod makers;
mod model;
mod output_args;
mod outputs;
mod probe;
mod report;
mod score;
mod shipped;
mod source;
mod stance_args;
mod terminal;
mod train;
mod unread_dates;
mod walk;
mod writing;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Parses the command line, runs one command, and gives the exit code.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::tell(&format!("{error:#}"));
            ExitCode::from(exit_code::CANNOT_GO_ON)
        }
    }
}

/// Runs the command that was asked for.
fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
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
        Command::Ablate(options) => ablate::run(&options),
        Command::Bench(options) => bench::run(&options),
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
#[command(version, about, after_help = "Try `mizan score --help` for examples.")]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Score articles: a stance toward each camp, with probabilities and the words that spoke for
    /// it
    Score(score::ScoreArgs),
    /// Show why articles are scored as they are: what each word added, and where it stands
    Explain(explain::ExplainArgs),
    /// Tell the lean of outlets, from what `score` wrote: a page to publish, a table, JSON or CSV
    Report(report::ReportArgs),
    /// Add up what `score` wrote, in parts and on many machines, for one report
    Aggregate(aggregate::AggregateArgs),
    /// Show how articles are read: format, encoding, what is kept, what is removed and why
    Inspect(inspect::InspectArgs),
    /// Compare a model with articles whose labels are known
    Evaluate(evaluate::EvaluateArgs),
    /// Change articles one thing at a time: does the model follow names, quotations or newsrooms?
    Probe(probe::ProbeArgs),
    /// Compare articles, or their scores, with what the model was measured on: is it time to label
    /// and train again?
    Drift(drift::DriftArgs),
    /// Label articles in the browser: make a set from saved articles, with marks, second readings
    /// and agreement
    Label(label::LabelArgs),
    /// Check a labelled set: its composition, its annotators' agreement, its shortcuts
    Labels(labels::LabelsArgs),
    /// Train a model on hand-labelled articles
    Train(train::TrainArgs),
    /// Measure what each block of features is worth
    Ablate(ablate::AblateArgs),
    /// Measure how fast your articles go through each stage on this machine
    Bench(bench::BenchArgs),
}
