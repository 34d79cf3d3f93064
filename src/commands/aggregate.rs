//! `mizan aggregate`: scored articles and sums in, their sums out.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::outlets::tally_file;
use anyhow::{Context, bail};

use super::outputs::Kind;
use super::{adding, file};
use std::path::PathBuf;

/// Options of `aggregate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan aggregate scores-2019.jsonl --output 2019.sums       sums of one part of an archive
  mizan aggregate 2018.sums 2019.sums scores-2020.jsonl | mizan report --output report.html
                                                             the report of all parts; 2018 and 2019
                                                             are not read again

Sums are whole numbers of millionths, by outlet, event, day and word. Parts that were added up
separately, on any machines and in any order, give exactly the report of the whole archive. An
article that is in two parts counts twice.

See also: mizan score, mizan report

Exit codes:
  0  every line was read
  1  some could not be; each has its message on standard error, and the others are in the sums
  2  nothing could go on: wrong options, no input")]
pub struct AggregateArgs {
    /// What `mizan score` wrote as JSON lines, CSV (packed or not), Excel or Parquet, sums, or
    /// folders of that; `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// File to write [default: standard output]; one that is there already is replaced if it holds
    /// sums
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Adds everything up and writes the sums.
pub fn run(options: &AggregateArgs) -> anyhow::Result<ExitCode> {
    let output = options.output.as_deref();
    output.map_or(Ok(()), |path| Kind::Sums.check_replaceable(path))?;
    let (tally, failures) = adding::add_all(&options.paths, output, "aggregate")?;
    if tally.outlets.is_empty() {
        bail!(
            "nothing was added: give lines that `mizan score` wrote, or sums of `mizan aggregate`"
        );
    }
    let mut bytes = Vec::new();
    tally_file::write(&mut bytes, &tally)?;
    match output {
        Some(path) => {
            file::write(path, &bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(failures.exit_code())
}
