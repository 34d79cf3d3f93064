//! Scored articles, and sums of them, added up.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use crate::engine::Source;
use crate::outlets::sums;
use crate::outlets::tally::Tally;
use crate::record::scored::{BadLine, ScoredLines};
use anyhow::bail;

use super::source::sources;
use super::terminal;

/// How many bad lines of one file are told; of the rest, only how many they are.
const TOLD: usize = 20;

/// The sums of everything under `paths`, and how many lines could not be read; `command` stands in
/// messages.
pub fn add_all(paths: &[PathBuf], command: &str) -> anyhow::Result<(Tally, usize)> {
    let stdin = [PathBuf::from("-")];
    if paths.is_empty() && io::stdin().is_terminal() {
        bail!(
            "nothing to {command}: name files that `mizan score` wrote, or pipe its output in (see `mizan {command} --help`)"
        );
    }
    let (mut tally, mut failed) = (Tally::default(), 0);
    for source in sources(if paths.is_empty() { &stdin } else { paths }) {
        failed += add(&source, &mut tally);
    }
    Ok((tally, failed))
}

/// Adds one source; how many lines could not be read.
fn add(source: &Source, tally: &mut Tally) -> usize {
    let name = source.name();
    let mut failed = 0;
    let mut complain = |place: &str, message: &str| {
        failed += 1;
        if failed <= TOLD {
            terminal::complain(place, message);
        }
    };
    let bytes = source.lines().map_err(|error| error.to_string()).and_then(|mut bytes| match bytes
        .fill_buf()
    {
        Ok(start) => Ok((sums::are_sums(start), bytes)),
        Err(error) => Err(error.to_string()),
    });
    match bytes {
        Err(message) => complain(name, &message),
        Ok((true, bytes)) => {
            for read in sums::read(bytes) {
                let merged =
                    read.and_then(|part| tally.merge(part).map_err(|error| error.to_string()));
                if let Err(message) = merged {
                    complain(&name, &message);
                }
            }
        }
        Ok((false, bytes)) => match ScoredLines::new(&name, bytes) {
            Err(BadLine { place, message }) => complain(&place, &message),
            Ok(lines) => {
                for line in lines {
                    match line {
                        Err(BadLine { place, message }) => complain(&place, &message),
                        Ok(article) => {
                            if let Err(error) = tally.add(&article) {
                                complain(&format!("{name}: {}", article.id), &error.to_string());
                            }
                        }
                    }
                }
            }
        },
    }
    if failed > TOLD {
        terminal::complain(&name, &format!("{} more lines could not be read", failed - TOLD));
    }
    failed
}
