//! What a person can type.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Exit code when some article could not be scored.
pub const SOME_FAILED: u8 = 1;

/// Exit code when nothing could go on: wrong options, no input, no model.
pub const CANNOT_GO_ON: u8 = 2;

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
    /// Score articles: a stance toward each camp, with probabilities and the words that spoke for it
    Score(Score),
    /// Train a model on hand-labelled articles
    Train(Train),
}

/// Options of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score article.txt                  one article; a table on a terminal
  mizan score saved/ > scores.jsonl        every .txt file under a folder; JSON lines in a pipe
  mizan score --format csv saved/          for a spreadsheet
  pbpaste | mizan score                    standard input is one article

What comes out, per article:
  favor, neutral, against   probabilities of its own voice's stance toward each camp; they sum to 1
  score                     favor − against, from −1 to 1
  lean                      (score lna − score gna) / 2: positive toward lna, negative toward gna
  words                     the words that spoke most for the stance given

Exit codes:
  0  every article was scored
  1  some could not be; each has its message on standard error and an `error` in the output
  2  nothing could go on: wrong options, no such model, no input")]
pub struct Score {
    /// Text files (UTF-8), or folders whose .txt files are read; `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the output [default: table on a terminal, jsonl elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,
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
}

/// Options of `train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan train                              labeled/ → models/libya.safetensors
  mizan train -o mine.safetensors          keep the shipped model; use the new one with `score --model`
  mizan train --labeled my-labels -o mine.safetensors

The folder of labels and its files are described in labeled/CODEBOOK.md. The model inside the program is the
models/libya.safetensors that it was built with: build again to put a new one in.

Exit codes:
  0  the model was written
  2  it was not: something is wrong with the labels or the options, and the message says what")]
pub struct Train {
    /// Folder with camps.toml, events.toml, outlets.toml, labels.csv and articles/
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Model file to write [default: models/<conflict>.safetensors]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Strength of the L2 penalty (scikit-learn's 1 / C); larger is more cautious [default: 0.03]
    #[arg(long, value_name = "NUMBER")]
    pub alpha: Option<f64>,
}
