//! One file per command: open, call, write. Only here are paths opened and words printed.

mod ablate;
mod adding;
mod aggregate;
mod bench;
mod destination;
mod drift;
mod evaluate;
mod explain;
mod file;
mod inspect;
mod interrupt;
mod labelled;
mod labels;
mod model;
mod parquet;
mod probe;
mod reading;
mod report;
mod score;
mod source;
mod terminal;
mod train;
mod writing;

use std::io;
use std::process::ExitCode;

use crate::cli::{Cli, Command};

/// Runs the command that was asked for.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Score(options) => score::run(&options),
        Command::Evaluate(options) => evaluate::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Aggregate(options) => aggregate::run(&options),
        Command::Report(options) => report::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Drift(options) => drift::run(&options),
        Command::Probe(options) => probe::run(&options),
        Command::Labels(options) => labels::run(&options),
        Command::Train(options) => train::run(&options),
        Command::Ablate(options) => ablate::run(&options),
        Command::Bench(options) => bench::run(&options),
    }
}

/// Whether the reader of our output has gone: no error, there is just nobody left to write for.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        let csv = cause.downcast_ref::<csv::Error>().and_then(|error| match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        });
        [io, json, csv].contains(&Some(io::ErrorKind::BrokenPipe))
    })
}
