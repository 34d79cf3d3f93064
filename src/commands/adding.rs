//! Scored records, and sums of them, added up.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::ending_lines::EndingLines;
use super::exit_code::{self, SOME_FAILED};
use super::hint;
use super::makers;
use super::outputs::Outputs;
use super::source::{Wanted, sources};
use super::terminal;
use crate::engine::Source;
use crate::outlets::tally::{MAX_ARTICLES, Tally};
use crate::outlets::tally_file;
use crate::record::{RecordError, RecordReader};
use crate::scoring::counted;

/// How many bad lines of one file are reported; of the rest, only how many they are.
const MAX_REPORTED: usize = 20;

/// What went wrong while scores were added up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Failures {
    /// How many lines could not be read.
    n_failed: usize,
}

impl Failures {
    /// The exit code that tells of them.
    pub fn exit_code(self) -> ExitCode {
        if self.n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) }
    }
}

/// The sums of everything under `paths`, and what went wrong; `command` stands in messages, and
/// nothing that is read may be `output`. Says on standard error where records were made by
/// different models.
pub fn add_all(
    paths: &[PathBuf],
    output: Option<&Path>,
    command: &str,
) -> anyhow::Result<(Tally, Failures)> {
    let stdin = [PathBuf::from("-")];
    if paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to {command}: name files that `mizan score` wrote, or pipe its output in (see \
             `mizan {command} --help`)"
        );
    }
    let outputs = Outputs::new(output);
    let (mut tally, mut failures) = (Tally::default(), Failures::default());
    // Articles of the sums so far.
    let mut n_summed = 0;
    for source in sources(if paths.is_empty() { &stdin } else { paths }, &outputs, Wanted::Scores)?
    {
        let of_source = add(&source, &mut tally, &mut n_summed);
        failures.n_failed += of_source.n_failed;
    }
    makers::warn_where_mixed(&tally.makers);
    Ok((tally, failures))
}

/// Adds one source; what went wrong.
fn add(source: &Source, tally: &mut Tally, n_summed: &mut u64) -> Failures {
    let name = source.name();
    let mut failed = 0;
    let mut complain = |place: &str, message: &str| {
        failed += 1;
        if failed <= MAX_REPORTED {
            terminal::complain(place, message);
        }
    };
    let bytes = source.lines().and_then(|mut bytes| {
        let are_sums = tally_file::are_sums(bytes.fill_buf()?);
        Ok((are_sums, bytes))
    });
    match bytes {
        Err(error) => {
            exit_code::note(&error);
            complain(name, &hint::message(&error));
        }
        Ok((true, bytes)) => {
            for read in tally_file::read(bytes) {
                let merged = read.and_then(|(n_articles, part)| {
                    *n_summed = n_summed
                        .checked_add(n_articles)
                        .filter(|all| *all <= MAX_ARTICLES)
                        .ok_or("all sums together count more articles than there can be")?;
                    tally.merge(part).map_err(|error| error.to_string())
                });
                if let Err(message) = merged {
                    complain(name, &message);
                }
            }
        }
        Ok((false, bytes)) => match RecordReader::new(name, EndingLines::new(bytes)) {
            Err(RecordError { place, problem, .. }) => {
                exit_code::note_record(&problem);
                complain(&place, &problem.to_string());
            }
            Ok(records) => {
                for record in records {
                    match record {
                        Err(RecordError { place, problem, .. }) => {
                            exit_code::note_record(&problem);
                            complain(&place, &problem.to_string());
                        }
                        Ok(record) => {
                            if let Err(error) = tally.add(&record) {
                                complain(&format!("{name}: {}", record.id), &error.to_string());
                            }
                        }
                    }
                }
            }
        },
    }
    if failed > MAX_REPORTED {
        let more = failed - MAX_REPORTED;
        terminal::complain(name, &format!("{} could not be read", counted(more, "more line")));
    }
    Failures { n_failed: failed }
}
