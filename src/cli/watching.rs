//! Options of the commands that watch over a model on the user's own articles.

use std::path::PathBuf;

use super::IntakeArgs;

/// Exit code when articles have drifted from what the model was measured on.
pub const HAS_DRIFTED: u8 = 1;

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
  shares       of the standard deviation of all scores; at most 0.2 is wanted of the first figure of each probe,
               and of stances that change
  framing that follows its target
               how far the scores of partisan texts go toward their mirror image: 1 is all the way, 0 not at all
  95 %         interval, by drawing events with replacement; articles, where fewer than ten events are known
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

/// Options of `drift`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan drift saved/                       articles, scored on the way
  mizan drift scores.jsonl                 lines that `mizan score` wrote with the same model: nothing is scored again
  mizan drift --since 2024-01-01 scores.jsonl.gz
  mizan score saved/ | mizan drift         standard input may be either
  mizan drift --json scores.jsonl || echo \"time to label\"

What is compared, with what was said of held-out articles when the model was trained (those that it was trained on are
surer and better known than any others, and are no fair comparison):
  unknown words   mean share of the content words that the model does not know
  score           toward each camp
  uncertain       articles for which more than one stance may be right at a risk of 0.1, or whose words are mostly unknown
  stability index the population stability index of its spread: under 0.1 stable, from 0.25 on drifted, where that is more
                  than chance exceeds once in a hundred
  worth           of a label: how near the second stance comes to the first, times the share of unknown words; articles of
                  one outlet take turns with those of others

Exit codes:
  0  no drift, or the model has nothing to compare with
  1  drift: some number has drifted
  2  nothing could be compared: no articles, no such model")]
pub struct Drift {
    /// Files or folders of articles, or JSON lines that `mizan score` wrote; `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Only articles of this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<String>,

    /// Only articles of this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<String>,

    /// How many articles to label first are named
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub top: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// A day.
fn day(text: &str) -> Result<String, String> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if form { Ok(text.to_owned()) } else { Err("write the day as YYYY-MM-DD".to_owned()) }
}
