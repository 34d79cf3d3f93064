//! Arguments that say where records go, and in which format.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::ValueEnum;

/// Options that say where records go.
#[derive(Debug, clap::Args)]
pub struct OutputArgs {
    /// Output format [default: table on a terminal, csv or parquet for a file with that extension,
    /// jsonl elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// File to write instead of standard output; a file that is not empty is refused without
    /// --resume
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Complete the output of an interrupted run of the same command; start if there is none
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Fields or columns of the input to copy to each record, separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub keep: Vec<String>,

    /// Add every sentence with what it says of each camp (`sentences`); for jsonl and parquet
    #[arg(long)]
    pub sentences: bool,

    /// Begin CSV with a byte-order mark, by which Excel recognises UTF-8
    #[arg(long)]
    pub bom: bool,
}

impl OutputArgs {
    /// The output format: the one that was asked for, or the one that fits where the output goes.
    pub fn format(&self) -> anyhow::Result<Format> {
        let of_name = |path: &Path| match path.extension().and_then(OsStr::to_str) {
            Some("csv") => Format::Csv,
            Some("parquet") => Format::Parquet,
            _ => Format::Jsonl,
        };
        let to_terminal = self.output.is_none() && io::stdout().is_terminal();
        let fitting = match &self.output {
            Some(path) => of_name(path),
            None if to_terminal => Format::Table,
            None => Format::Jsonl,
        };
        let format = self.format.unwrap_or(fitting);
        if self.bom && format != Format::Csv {
            bail!("--bom is for --format csv: other formats have no byte-order mark");
        }
        if self.sentences && matches!(format, Format::Table | Format::Csv) {
            bail!(
                "--sentences is for --format jsonl and parquet: a table has one row for an \
                 article, and no cells for its sentences"
            );
        }
        let mut names = self.keep.iter().enumerate();
        if let Some((_, name)) = names.find(|&(at, name)| self.keep[..at].contains(name)) {
            bail!("--keep names {name:?} twice");
        }
        if self.resume && format == Format::Table {
            bail!("--resume is for --format jsonl and csv: a table is written at the end of a run");
        }
        if self.resume && format == Format::Parquet {
            bail!(
                "--resume is for --format jsonl and csv: an incomplete Parquet file cannot be read"
            );
        }
        if to_terminal && format == Format::Parquet {
            bail!("Parquet is not for a terminal: name a file with --output");
        }
        Ok(format)
    }
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for people
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// A columnar table with the fields of the JSON lines (needs a build with --features parquet)
    Parquet,
}
