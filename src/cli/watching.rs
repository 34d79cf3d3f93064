//! Options of the commands that watch over a model on the user's own articles.

use std::path::PathBuf;

use super::IntakeArgs;

/// Options of `probe`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan probe saved/                       your articles
  mizan probe                              the labelled set in labeled/, if there is one here
  mizan probe --json --top 0 dump.jsonl    figures for a program

What is changed, one thing at a time:
  names        the camps change sides, every name by its counterpart; wording may stay or follow its target, and what
               lies beyond both counts against the model (all of it, where a text is neutral)
  quotations   what is quoted or attributed is left out
  outlets      the article is signed by a newsroom that does not exist, in its header and in its text

What comes out:
  shares       of the standard deviation of all scores; at most 0.2 is wanted of the first figure of each probe
  framing that follows its target
               how far the scores of partisan texts go toward their mirror image: 1 is all the way, 0 not at all
  95 %         interval, by drawing events (articles, where no event is known) with replacement
  counts       by how much a score moved that counts against the model

Exit codes:
  0  it was measured, whatever came of it; what cannot be read or weighed is left out
  2  nothing could be: no articles, no such model")]
pub struct Probe {
    /// Files or folders of articles [default: the labelled set in labeled/]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// How many of the articles that moved most are named for each probe
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub top: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}
