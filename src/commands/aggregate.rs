//! `mizan aggregate`: scored articles and sums in, their sums out.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use mizan::archive::sums;

use super::adding;
use crate::cli::{Aggregate, SOME_FAILED};

/// Adds everything up and writes the sums.
pub fn run(options: &Aggregate) -> anyhow::Result<ExitCode> {
    let (tally, failed) = adding::add_all(&options.paths, "aggregate")?;
    let mut bytes = Vec::new();
    sums::write(&mut bytes, &tally)?;
    match &options.output {
        Some(path) => adding::write(path, &bytes).with_context(|| format!("cannot write {}", path.display()))?,
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}
