//! Sums as they are written down between machines: `{"sums": version, "tally": …}`, any number of
//! them one after the other.
//!
//! Sums merge exactly ([`super::tally`]): parts of an archive that were added up apart, in any
//! order and by any number of machines, give the report that the whole would have given, to the
//! last byte.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::tally::Tally;
use crate::record::json;

/// Version of the form. A change of what is summed gets a new number, and sums of another one are
/// refused.
const VERSION: u32 = 2;

#[derive(Serialize)]
struct Written<'a> {
    sums: u32,
    tally: &'a Tally,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadBack {
    sums: u32,
    tally: Tally,
}

/// Whether bytes begin as [`write()`] begins.
pub fn are_sums(start: &[u8]) -> bool {
    start.starts_with(b"{\"sums\":")
}

/// Writes sums on a line.
///
/// # Errors
/// Those of the writer.
pub fn write(out: impl Write, tally: &Tally) -> io::Result<()> {
    json::line(out, &Written { sums: VERSION, tally })
}

/// The sums that `reader` gives, each with its number of articles, or what is wrong with them;
/// nothing comes after an error.
pub fn read(reader: impl Read) -> impl Iterator<Item = Result<(u64, Tally), String>> {
    let sums = serde_json::Deserializer::from_reader(reader).into_iter::<ReadBack>();
    let checked = sums.map(|read| match read {
        Ok(ReadBack { sums: VERSION, tally }) => match tally.n_checked() {
            Ok(n_articles) => Ok((n_articles, tally)),
            Err(why) => Err(format!("it holds no sums of articles: {why}")),
        },
        Ok(ReadBack { sums, .. }) => {
            Err(format!("its sums are of version {sums}; this program adds version {VERSION}"))
        }
        Err(error) => Err(format!("it is no file of sums that `mizan aggregate` wrote: {error}")),
    });
    let mut failed = false;
    checked.take_while(move |read| !std::mem::replace(&mut failed, read.is_err()))
}

#[cfg(test)]
mod tests {
    use super::super::tally::tests::article;
    use super::*;

    #[test]
    fn sums_come_back_one_after_the_other_and_what_is_none_is_told() {
        let mut tallies = vec![Tally::default(), Tally::default()];
        tallies[0].add(&article("a", "x", 250_000)).unwrap();
        tallies[1].add(&article("b", "y", -1_000_000)).unwrap();
        let mut bytes = Vec::new();
        for tally in &tallies {
            write(&mut bytes, tally).unwrap();
        }
        assert!(are_sums(&bytes));
        let back = read(&bytes[..]).collect::<Result<Vec<_>, _>>().unwrap();
        assert_eq!(back, tallies.into_iter().map(|tally| (1, tally)).collect::<Vec<_>>());
        // Sums that no articles have.
        let forged = String::from_utf8(bytes.clone()).unwrap();
        let forgeries = [
            ("\"n\":1", "\"n\":9223372036854775807"),
            ("\"sums\":[250000", "\"sums\":[1000001"),
            ("\"failed\":0", "\"failed\":18446744073709551615"),
            ("\"uncertain\":0", "\"uncertain\":2"),
            ("\"lean\":250000", "\"lean\":-9223372036854775808"),
            ("\"size\":", "\"size\":1"),
            ("\"articles\":1", "\"articles\":9"),
        ];
        for (true_one, forged_one) in forgeries {
            assert!(forged.contains(true_one), "{true_one}: {forged}");
            let text = forged.replacen(true_one, forged_one, 1);
            let error = read(text.as_bytes()).next().unwrap().unwrap_err();
            assert!(error.contains("no sums of articles"), "{forged_one}: {error}");
        }
        let mut later = Vec::new();
        write(&mut later, &Tally::default()).unwrap();
        let later = String::from_utf8(later).unwrap().replace("{\"sums\":2,", "{\"sums\":3,");
        for (wrong, message) in [(later.as_str(), "version 3"), ("{\"sums\":2,", "no file of sums")]
        {
            let found: Vec<_> = read([&bytes[..], wrong.as_bytes()].concat().as_slice()).collect();
            assert_eq!(found.len(), 3);
            assert!(found[2].as_ref().unwrap_err().contains(message), "{found:?}");
        }
    }
}
