//! Options of `score`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::IntakeArgs;

/// Options of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score article.txt                  one article; a table on a terminal
  mizan score saved/ > scores.jsonl        every article under a folder; JSON lines in a pipe
  mizan score --format csv saved/          for a spreadsheet; with --bom, Excel reads Arabic in it
  mizan score page.html dump.jsonl.gz      saved pages, tables and dumps, packed or not
  mizan score t.csv --text-field body      a table whose column of texts has an unusual name
  pbpaste | mizan score                    standard input is one article
  zcat d.gz | mizan score --input-format jsonl    … or many
  mizan score --max-error 0.1 saved/       rather no answer than one in ten wrong
  mizan score dump.jsonl.zst -o s.jsonl --resume     an archive; after a crash, the same again goes on where it was
  mizan score table/ -o scores.parquet     a table of Parquet, where mizan was built with --features parquet
  mizan score d.jsonl --keep url,author    with fields of the input, as kept: {\"url\": …}

What comes out, per article:
  favor, neutral, against   probabilities of its own voice's stance toward each camp; they sum to 1
  score                     favor − against, from −1 to 1
  lean                      (score lna − score gna) / 2: positive toward lna, negative toward gna
  words                     the words that spoke most for the stance given
  known                     share of its content words that the model knows
  uncertain                 instead of a stance: `guess` is the likeliest one, `doubt` says why it is not given

Exit codes:
  0  every article was scored
  1  some could not be; each has its message on standard error and an `error` in the output (with --exit-zero: 0)
  2  nothing could go on: wrong options, no such model, no input, an output file that is not of this run
  130  Ctrl-C or a signal ended it; what was begun is written to its end, and --resume goes on")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Score {
    /// Files, or folders of them (.txt, .html, .jsonl, .csv, .tsv, each with .gz, .zst or neither; .parquet); `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Form of the output [default: table on a terminal, csv or parquet in a file so called, jsonl elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// File to write instead of standard output; one that holds anything is kept, unless --resume is given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Complete the output of a run that was cut short, by the same command; without such a file, begin
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Fields or columns of the input to write out again with each record, parted by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub keep: Vec<String>,

    /// Begin CSV with a byte-order mark, by which Excel tells that it is UTF-8
    #[arg(long)]
    pub bom: bool,

    /// Model file to use instead of the one inside the program
    #[arg(short, long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Say `uncertain` wherever more than this share of the answers would be wrong (0.01 to 0.50)
    #[arg(long, value_name = "SHARE", value_parser = risk)]
    pub max_error: Option<f64>,

    /// Threads that weigh; the output does not depend on it [default: one for each processor]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Say on standard error how each article was read
    #[arg(short, long)]
    pub verbose: bool,

    /// Say on standard error, at the end, how many articles got which stance [default: on a terminal]
    #[arg(long)]
    pub summary: bool,

    /// End with 0 although some articles could not be scored: each has its `error` in the output. For programs that take any other code for
    /// a failure of the whole, such as Spark
    #[arg(long)]
    pub exit_zero: bool,

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
    /// A table stored by columns, with the fields of the JSON lines (where mizan was built with --features parquet)
    Parquet,
}

/// A share of errors that can be asked for.
fn risk(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(risk) if (0.01..=0.5).contains(&risk) => Ok(risk),
        _ => Err("give a number from 0.01 to 0.50".to_owned()),
    }
}
