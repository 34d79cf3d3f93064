//! Options of the commands that learn from labels or compare with them.

use std::path::PathBuf;

use clap::ValueEnum;

use super::IntakeArgs;

/// Which columns or fields of a table hold labels of any kind.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Labels of any kind")]
pub struct LabelArgs {
    /// Table or dump of texts with a label each, instead of a labelled set
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub from: Vec<PathBuf>,

    /// Field or column of the label
    #[arg(long, value_name = "NAME", default_value = "label")]
    pub label_field: String,

    /// Field or column of what the label is about, where there are several targets
    #[arg(long, value_name = "NAME")]
    pub target_field: Option<String>,

    /// Field or column of a group (outlet, author, thread) that folds must keep together
    #[arg(long, value_name = "NAME")]
    pub group_field: Option<String>,
}

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan evaluate --labels mine.csv saved/          columns article, lna, gna; ids as `mizan score` prints them
  mizan evaluate --labels d.jsonl d.jsonl          a dump that holds texts and labels (fields id, text, lna, gna)
  mizan evaluate --labels d.jsonl d.jsonl --compare old.safetensors
                                                   is the model better than another on the same articles?
  mizan evaluate --labels d.jsonl d.jsonl --min-f1 0.6 --json > figures.json
                                                   a gate: exit code 1 if the mean macro-F1 is below 0.6
  mizan evaluate --model m.safetensors --from test.csv --text-field text --label-field stance
                                                   a model that was trained with `mizan train --from`

What comes out:
  macro-F1   mean F1 of favor, neutral and against, with its 95 % interval; under `commonest` that of always giving the
             commonest label
  … vs rest  mean F1 of one stance and of everything else, and the area under its ROC curve
and with --labels, each figure with its interval, toward each camp:
  the confusion matrix with precision, recall and F1 of each class (0 where there is nothing to divide by); three baselines
  (always the commonest label; a list of words of praise and blame; which camp is named more often) and how much better the
  model is; calibration error and Brier score; how many are answered at each --max-error of `mizan score`, and how many of
  these are wrong; the same macro-F1 by outlet, event, genre and length (quarters by number of words) where the articles
  name them (headers of saved articles; fields `outlet`, `event`, `genre` of tables and dumps)
Intervals are the middle 95 % of 1,000 draws with replacement (bootstrap). Articles about one event are drawn together; one
that names no event is drawn alone, and the first line below the tables says how many there are of each.
A labelled article that cannot be scored counts as called unrelated; one that is not found is left out, and told.
--compare pairs the two models' answers article by article: the difference of macro-F1 on the same draws, and McNemar's
exact test of the articles that just one of them has right (which takes articles to be independent of each other).
The fields of --json are listed in src/output/assessment.rs.

Exit codes:
  0  it was compared
  1  with --min-f1: the mean over the camps (or targets) of macro-F1 is below it; the message says by how much, and where
  2  nothing could be: no labels, no articles, or the two do not fit")]
pub struct Evaluate {
    /// Labels: CSV or JSON lines with `article` or `id`, and a column or field per camp
    #[arg(long, value_name = "FILE", required_unless_present = "from", conflicts_with = "from", requires = "paths")]
    pub labels: Option<PathBuf>,

    /// Files or folders with the articles
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Another model to compare with on the same articles
    #[arg(long, value_name = "MODEL", requires = "labels")]
    pub compare: Option<PathBuf>,

    /// End with exit code 1 if the mean over the camps of macro-F1 is below this (0 to 1)
    #[arg(long, value_name = "NUMBER", value_parser = share)]
    pub min_f1: Option<f64>,

    /// Groups of fewer articles are put together as `(other)` where figures are told by outlet, event, genre and length
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub min_group: usize,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// Labels of any kind
    #[command(flatten)]
    pub any: LabelArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

/// Options of `labels`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan labels                             check labeled/
  mizan labels --framing > framing.csv     where each framing expression of labeled/framing.csv occurs

Exit codes:
  0  all of it holds
  1  some of it does not; the rows marked `no` say what
  2  the files are not of the form, and the messages say where")]
pub struct Labels {
    /// Folder of the labelled set
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Print framing.csv with its last column made anew, and nothing else
    #[arg(long)]
    pub framing: bool,
}

/// How the labels of several annotators become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Settling {
    /// What most say; the last row of the file breaks ties
    Majority,
    /// What the last row of the file says
    Latest,
}

/// Options of `train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan train                              labeled/ → models/libya.safetensors and its card models/libya.md
  mizan train --quick                      the same with the usual settings, without a search for better ones
  mizan train -o mine.safetensors          keep the shipped model; use the new one with `score --model`
  mizan train --require-better             write nothing unless it is better than the model that is there
  mizan train --labeled my-labels -o mine.safetensors
  mizan train --from train.csv --text-field text --label-field stance -o m.safetensors
                                           labels of any kind; `mizan evaluate --from` tests the model

The folder of labels and its files are described in labeled/CODEBOOK.md. The model inside the program is the
models/libya.safetensors that it was built with: build again to put a new one in. The model that was there before is kept
as FILE.previous.

Exit codes:
  0  the model was written
  1  with --require-better: it is not better, and nothing was written
  2  it was not written: something is wrong with the labels or the options, and the message says what")]
pub struct Train {
    /// Folder with camps.toml, events.toml, outlets.toml, labels.csv and articles/
    #[arg(short, long, value_name = "DIR", default_value = "labeled", conflicts_with = "from")]
    pub labeled: PathBuf,

    /// Model file to write [default: models/<conflict>.safetensors]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Take the usual settings instead of searching for the best
    #[arg(long)]
    pub quick: bool,

    /// Strength of the L2 penalty (scikit-learn's 1 / C); larger is more cautious [default: searched for]
    #[arg(long, value_name = "NUMBER")]
    pub alpha: Option<f64>,

    /// How the labels of several annotators become one
    #[arg(long, value_enum, default_value = "majority")]
    pub annotators: Settling,

    /// Write nothing, and end with exit code 1, unless the new model is better than the one that is there
    #[arg(long)]
    pub require_better: bool,

    /// Labels of any kind
    #[command(flatten)]
    pub any: LabelArgs,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Options of `ablate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan ablate                             on held-out events and outlets of labeled/
  mizan ablate --dev real.jsonl            and on a dump that holds texts and labels (fields id, text, lna, gna)
  mizan ablate --transfer labeled/sudan    and on another conflict that nothing was trained on

Exit codes:
  0  it was measured
  2  it could not be, and the message says why")]
pub struct Ablate {
    /// Folder of the labelled set
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Dump of labelled texts to measure on, never trained on; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub dev: Vec<PathBuf>,

    /// Folder of a labelled set of another conflict: scored without training, by a model that sees camps as self and rival
    #[arg(long, value_name = "DIR")]
    pub transfer: Option<PathBuf>,

    /// Strength of the L2 penalty [default: the usual]
    #[arg(long, value_name = "NUMBER")]
    pub alpha: Option<f64>,
}
