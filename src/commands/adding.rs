//! Scored records, and sums of them, added up.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use anyhow::bail;

use super::hint;
use super::makers::Makers;
use super::source::sources;
use super::terminal;
use crate::engine::Source;
use crate::outlets::tally::Tally;
use crate::outlets::tally_file;
use crate::record::{RecordError, RecordReader};
use crate::scoring::counted;

/// How many bad lines of one file are reported; of the rest, only how many they are.
const MAX_REPORTED: usize = 20;

/// The sums of everything under `paths`, and how many lines could not be read; `command` stands in
/// messages. Says on standard error where records were made by different models.
pub fn add_all(paths: &[PathBuf], command: &str) -> anyhow::Result<(Tally, usize)> {
    let stdin = [PathBuf::from("-")];
    if paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to {command}: name files that `mizan score` wrote, or pipe its output in (see \
             `mizan {command} --help`)"
        );
    }
    let (mut tally, mut makers, mut failed) = (Tally::default(), Makers::default(), 0);
    for source in sources(if paths.is_empty() { &stdin } else { paths }) {
        failed += add(&source, &mut tally, &mut makers);
    }
    makers.warn_where_mixed();
    Ok((tally, failed))
}

/// Adds one source; how many lines could not be read.
fn add(source: &Source, tally: &mut Tally, makers: &mut Makers) -> usize {
    let name = source.name();
    let mut failed = 0;
    let mut complain = |place: &str, message: &str| {
        failed += 1;
        if failed <= MAX_REPORTED {
            terminal::complain(place, message);
        }
    };
    let lines = source.lines().map_err(|error| hint::message(&error));
    let bytes = lines.and_then(|mut bytes| match bytes.fill_buf() {
        Ok(start) => Ok((tally_file::are_sums(start), bytes)),
        Err(error) => Err(error.to_string()),
    });
    match bytes {
        Err(message) => complain(name, &message),
        Ok((true, bytes)) => {
            for read in tally_file::read(bytes) {
                let merged =
                    read.and_then(|part| tally.merge(part).map_err(|error| error.to_string()));
                if let Err(message) = merged {
                    complain(name, &message);
                }
            }
        }
        Ok((false, bytes)) => match RecordReader::new(name, bytes) {
            Err(RecordError { place, problem, .. }) => complain(&place, &problem.to_string()),
            Ok(records) => {
                for record in records {
                    match record {
                        Err(RecordError { place, problem, .. }) => {
                            complain(&place, &problem.to_string());
                        }
                        Ok(record) => {
                            makers.add(&record);
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
    failed
}
