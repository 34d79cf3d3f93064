//! `mizan aggregate`: scored articles and sums in, their sums out.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use mizan::archive::sums;

use super::{adding, file};
use crate::cli::{Aggregate, SOME_FAILED};

/// Adds everything up and writes the sums.
pub fn run(options: &Aggregate) -> anyhow::Result<ExitCode> {
    let (tally, failed) = adding::add_all(&options.paths, "aggregate")?;
    if tally.outlets.is_empty() {
        bail!("nothing was added: give lines that `mizan score` wrote, or sums of `mizan aggregate`");
    }
    let mut bytes = Vec::new();
    sums::write(&mut bytes, &tally)?;
    match &options.output {
        Some(path) => file::write(path, &bytes).with_context(|| format!("cannot write {}", path.display()))?,
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}
