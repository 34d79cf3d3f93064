//! What a person can type.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use mizan::intake::{self, Fields, IntakeOptions};

/// Exit code when some article could not be scored.
pub const SOME_FAILED: u8 = 1;

/// Exit code when a new model is not better than the one that is there, and had to be.
pub const NOT_BETTER: u8 = 1;

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
    /// Show how articles are read: format, encoding, what is kept, what is removed and why
    Inspect(Inspect),
    /// Compare a model with articles whose labels are known
    Evaluate(Evaluate),
    /// Check a labelled set: its composition, its annotators' agreement, its shortcuts
    Labels(Labels),
    /// Train a model on hand-labelled articles
    Train(Train),
    /// Measure what each block of features is worth
    Ablate(Ablate),
}

/// Options of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score article.txt                  one article; a table on a terminal
  mizan score saved/ > scores.jsonl        every article under a folder; JSON lines in a pipe
  mizan score --format csv saved/          for a spreadsheet
  mizan score page.html dump.jsonl.gz      saved pages, tables and dumps, gzip or not
  mizan score t.csv --text-field body      a table whose column of texts has an unusual name
  pbpaste | mizan score                    standard input is one article
  zcat d.gz | mizan score --input-format jsonl    … or many
  mizan score --max-error 0.1 saved/       rather no answer than one in ten wrong

What comes out, per article:
  favor, neutral, against   probabilities of its own voice's stance toward each camp; they sum to 1
  score                     favor − against, from −1 to 1
  lean                      (score lna − score gna) / 2: positive toward lna, negative toward gna
  words                     the words that spoke most for the stance given
  uncertain                 instead of a stance: `guess` is the likeliest one, `doubt` says why it is not given

Exit codes:
  0  every article was scored
  1  some could not be; each has its message on standard error and an `error` in the output
  2  nothing could go on: wrong options, no such model, no input")]
pub struct Score {
    /// Files, or folders of them (.txt, .html, .jsonl, .csv, .tsv, each with .gz or without); `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the output [default: table on a terminal, jsonl elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Say `uncertain` wherever more than this share of the answers would be wrong (0.01 to 0.50)
    #[arg(long, value_name = "SHARE", value_parser = risk)]
    pub max_error: Option<f64>,

    /// Say on standard error how each article was read
    #[arg(short, long)]
    pub verbose: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
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
}

impl InputFormat {
    fn format(self) -> intake::Format {
        match self {
            Self::Text => intake::Format::Text,
            Self::Html => intake::Format::Html,
            Self::Jsonl => intake::Format::Jsonl,
            Self::Csv => intake::Format::Csv,
            Self::Tsv => intake::Format::Tsv,
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

/// A share of errors that can be asked for.
fn risk(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(risk) if (0.01..=0.5).contains(&risk) => Ok(risk),
        _ => Err("give a number from 0.01 to 0.50".to_owned()),
    }
}

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan evaluate --labels mine.csv saved/          columns article, lna, gna; ids as `mizan score` prints them
  mizan evaluate --labels d.jsonl d.jsonl          a dump that holds texts and labels (fields id, text, lna, gna)
  mizan evaluate --model m.safetensors --from test.csv --text-field text --label-field stance
                                                   a model that was trained with `mizan train --from`

What comes out:
  macro-F1   mean F1 of favor, neutral and against, with its 95 % interval (bootstrap); under `commonest` that of
             always giving the commonest label
  … vs rest  mean F1 of one stance and of everything else, and the area under its ROC curve

Exit codes:
  0  it was compared
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
