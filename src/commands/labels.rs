//! `mizan labels`: checks of a labelled set.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::evaluation::agreement::agreements;
use crate::evaluation::shortcuts::{self, ShortcutAudit};
use crate::labels::composition::{Quota, quotas};
use crate::labels::{LabelAggregation, framing};
use crate::output::table;
use anyhow::{Context, anyhow};

use super::exit_code::NOT_SOUND;
use super::{labelled, terminal};
use std::path::PathBuf;

/// Options of `labels`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan labels                             check labeled/
  mizan labels --framing > framing.csv     where each framing expression of labeled/framing.csv
                                           occurs

Exit codes:
  0  all checks hold
  1  some do not: see the rows marked `no`
  2  the files are malformed; the messages say where")]
pub struct LabelsArgs {
    /// Folder of the labelled set
    #[arg(short, long, value_name = "DIR", default_value = "labeled")]
    pub labeled: PathBuf,

    /// Print framing.csv with its last column updated, and nothing else
    #[arg(long)]
    pub framing: bool,
}

/// Smallest acceptable agreement of two annotators.
const MIN_KAPPA: f64 = 0.8;

/// Checks the set and prints the results.
pub fn run(options: &LabelsArgs) -> anyhow::Result<ExitCode> {
    let set = labelled::read(&options.labeled, LabelAggregation::Majority)?;
    let read = |name: &str| {
        let path = options.labeled.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let expressions = framing::read(&read("framing.csv")?, &set)
        .map_err(|error| anyhow!("framing.csv: {error}"))?;
    if options.framing {
        framing::write(io::stdout().lock(), &expressions)?;
        return Ok(ExitCode::SUCCESS);
    }
    let style = terminal::table_style();
    let mut out = io::stdout().lock();
    let mut sound = true;

    writeln!(out, "What the set is made of")?;
    let occurring: BTreeSet<&str> = expressions
        .iter()
        .filter(|found| !found.articles.is_empty())
        .map(|found| found.text.as_str())
        .collect();
    let quotas = quotas(&set, occurring.len());
    sound &= quotas.iter().all(Quota::holds);
    writeln!(out, "{}\n", table::quotas(&quotas, style))?;

    writeln!(out, "How far annotators agree")?;
    let agreement = agreements(&set);
    sound &= agreement.iter().all(|row| row.value >= MIN_KAPPA);
    writeln!(out, "{}\n", table::agreement(&agreement, MIN_KAPPA, style))?;
    for (article, labels) in set.disputed() {
        writeln!(out, "disputed: {article}: {labels}")?;
    }

    for (one, other) in set.near_duplicates() {
        sound = false;
        writeln!(
            out,
            "near-duplicates: {} and {}",
            set.articles[one].article.id, set.articles[other].article.id
        )?;
    }

    writeln!(
        out,
        "Can the label be told without the framing? (macro-F1; chance is {:.2}, tolerated {:.2})",
        shortcuts::CHANCE,
        shortcuts::CHANCE + shortcuts::MAX_ABOVE_CHANCE
    )?;
    let bar = terminal::progress(shortcuts::N_AUDITS, "auditing shortcuts", false);
    let audits = shortcuts::audit(&set, &read("names.txt")?, || bar.inc(1))?;
    bar.finish_and_clear();
    sound &= audits.iter().all(ShortcutAudit::holds);
    writeln!(out, "{}\n", table::audits(&set.camps, &audits, style))?;
    writeln!(
        out,
        "{}",
        if sound { "All of it holds." } else { "Not all of it holds: see the rows marked `no`." }
    )?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(NOT_SOUND) })
}
