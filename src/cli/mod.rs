//! What a person can type.

mod aggregate;
mod explain;
mod learning;
mod report;
mod score;
mod watching;

use std::path::PathBuf;

pub use aggregate::Aggregate;
use clap::{Parser, Subcommand, ValueEnum};
pub use explain::{Explain, ExplainFormat};
pub use learning::{Ablate, Evaluate, LabelArgs, Labels, Settling, Train};
use mizan::intake::{self, Fields, IntakeOptions};
pub use report::{Report, ReportFormat};
pub use score::{Format, Score};
pub use watching::{Drift, HAS_DRIFTED, Probe};

/// Exit code when some article could not be scored.
pub const SOME_FAILED: u8 = 1;

/// Exit code when Ctrl-C, or a signal that asks for an end, stopped it.
pub const INTERRUPTED: u8 = 130;

/// Exit code when a new model is not better than the one that is there, and had to be.
pub const NOT_BETTER: u8 = 1;

/// Exit code when a model is not as good as it had to be.
pub const TOO_LOW: u8 = 1;

/// Exit code when a labelled set is not as it must be.
pub const NOT_SOUND: u8 = 1;

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
    /// Show why articles are scored as they are: what each word added, and where it stands
    Explain(Explain),
    /// Tell the lean of outlets, from what `score` wrote: a page to publish, a table, JSON or CSV
    Report(Report),
    /// Add up what `score` wrote, in parts and on many machines, for one report
    Aggregate(Aggregate),
    /// Show how articles are read: format, encoding, what is kept, what is removed and why
    Inspect(Inspect),
    /// Compare a model with articles whose labels are known
    Evaluate(Evaluate),
    /// Change articles one thing at a time: does the model follow names, quotations or newsrooms?
    Probe(Probe),
    /// Compare articles, or their scores, with what the model was measured on: is it time to label and train again?
    Drift(Drift),
    /// Check a labelled set: its composition, its annotators' agreement, its shortcuts
    Labels(Labels),
    /// Train a model on hand-labelled articles
    Train(Train),
    /// Measure what each block of features is worth
    Ablate(Ablate),
    /// Measure how fast your articles go through each stage on this machine
    Bench(Bench),
}

/// Options that say how files are read.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Input")]
pub struct IntakeArgs {
    /// Format of files whose name does not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,

    /// Encoding, such as windows-1256 [default: found out]
    #[arg(long, value_name = "LABEL", value_parser = intake::encoding::named)]
    pub encoding: Option<&'static intake::encoding::Encoding>,

    /// Refuse articles with bytes that cannot be read, instead of replacing them
    #[arg(long)]
    pub strict: bool,

    /// Field or column of the text
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,

    /// Field or column of the headline
    #[arg(long, value_name = "NAME")]
    pub title_field: Option<String>,

    /// Field or column of the article's name
    #[arg(long, value_name = "NAME")]
    pub id_field: Option<String>,

    /// Field or column of the outlet
    #[arg(long, value_name = "NAME")]
    pub outlet_field: Option<String>,

    /// Field or column of the date
    #[arg(long, value_name = "NAME")]
    pub date_field: Option<String>,

    /// Field or column of the event that an article tells
    #[arg(long, value_name = "NAME")]
    pub event_field: Option<String>,

    /// Tables have no header: columns are called 1, 2, 3 …
    #[arg(long)]
    pub no_header: bool,
}

impl IntakeArgs {
    /// The settings that the library takes.
    pub fn options(&self) -> IntakeOptions {
        IntakeOptions {
            format: self.input_format.map(InputFormat::format),
            encoding: self.encoding,
            strict: self.strict,
            fields: Fields {
                text: self.text_field.clone(),
                title: self.title_field.clone(),
                id: self.id_field.clone(),
                outlet: self.outlet_field.clone(),
                date: self.date_field.clone(),
                event: self.event_field.clone(),
                kept: Vec::new(),
                headerless: self.no_header,
            },
        }
    }
}

/// Formats of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// One article as plain text
    Text,
    /// One article in a saved web page
    Html,
    /// A JSON object a line
    Jsonl,
    /// A table whose columns are parted by commas or semicolons
    Csv,
    /// A table whose columns are parted by tabs
    Tsv,
    /// A table stored by columns (where mizan was built with --features parquet)
    Parquet,
}

impl InputFormat {
    fn format(self) -> intake::Format {
        match self {
            Self::Text => intake::Format::Text,
            Self::Html => intake::Format::Html,
            Self::Jsonl => intake::Format::Jsonl,
            Self::Csv => intake::Format::Csv,
            Self::Tsv => intake::Format::Tsv,
            Self::Parquet => intake::Format::Parquet,
        }
    }
}

/// Options of `inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan inspect page.html                  what was found in the page and what was taken out of it
  mizan inspect --text article.txt         the same, and the text that is weighed
  mizan inspect --summary dump.jsonl.gz    how much was removed from each outlet's articles

Exit codes:
  0  every article was read
  1  some could not be; each has its message on standard error
  2  nothing could go on")]
pub struct Inspect {
    /// Files or folders
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Show the text that is kept, too
    #[arg(short, long, conflicts_with = "summary")]
    pub text: bool,

    /// Show only how much was removed, by outlet and rule
    #[arg(short, long)]
    pub summary: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Options of `bench`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan bench saved/                       your articles, every stage
  mizan bench --json dump.jsonl.gz         a record to keep
  mizan bench --seconds 5 dump.jsonl.gz    more passes, a narrower spread

What comes out, per stage:
  MB/s            median over the passes, in 10^6 bytes of text; then the slowest pass and the fastest
  of validation   how that compares with checking that the same bytes are UTF-8, which nothing can outrun
  words 1-2       stems and pairs of stems alone, learned from the first 2,000 of the articles (or half of them);
                  the next 3,000 are measured
  simple way      the readable code that the fast one is held to, bit for bit

Exit codes:
  0  it was measured
  2  nothing could be: no articles, no such model")]
pub struct Bench {
    /// Files or folders of articles; the first 5,000 articles are used
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Seconds of measuring for each stage; five passes are made at least
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub seconds: f64,

    /// Threads of the measurement on many [default: one for each processor]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// How long something may take.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("give a number of seconds from 0 to 3600".to_owned()),
    }
}
