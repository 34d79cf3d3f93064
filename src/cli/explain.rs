//! Options of `explain`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::IntakeArgs;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan explain article.txt                       what moved the verdict, and the text with the words that did
  mizan explain --output why.html article.txt     the same as a page: one file, to open, send or print
  mizan explain --top 20 article.txt              more terms of each kind
  mizan explain saved/ | jq -c '.id, .answers'    everything, one JSON object an article

What comes out, per camp:
  net favor                 what the words added to the stance given, less what they added to the other stances on average
  favor, neutral, against   what they added to each; with the intercept and all others the columns add up to the sum,
                            whose softmax are the probabilities
  read as                   what they count as: `praise → lna` is a word of praise that stands nearest to that camp's name
The text is what was weighed, without leftovers of the page. For the stance given, a word is green or [+word]; against it, red
and underlined or [-word]. What is quoted or told as somebody else's is faint or ‹so›.

Exit codes:
  0  every article was explained
  1  some could not be; each has its message on standard error and an `error` in the output
  2  nothing could go on: wrong options, no such model, no input")]
pub struct Explain {
    /// Files, or folders of them (.txt, .html, .jsonl, .csv, .tsv, each with .gz, .zst or neither); `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the output [default: terminal on a terminal, html for an output file *.html, json elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<ExplainFormat>,

    /// File to write to, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Most terms that are shown for a stance, and most against it; JSON has all
    #[arg(short, long, value_name = "COUNT", default_value_t = 8)]
    pub top: usize,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Forms of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For reading at a terminal
    Terminal,
    /// A page for a browser
    Html,
    /// One JSON object a line, with everything
    Json,
}
