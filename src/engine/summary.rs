//! The result of a run in numbers.

use serde::{Deserialize, Serialize};

use crate::camp::Stance;
use crate::record::ScoreRecord;

/// Counts of the records that a run wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunSummary {
    /// How many articles there were.
    pub articles: usize,
    /// How many of them could not be scored.
    pub failed: usize,
    /// How many are about the conflict ([`crate::parts::Scores::is_related`]).
    #[serde(default)]
    pub related: usize,
    /// How many pieces of boilerplate were removed.
    pub removed: usize,
    /// How many records have each stance of [`Stance::ALL`], and how many abstain: `(2 camps, 5)`.
    pub stances: [[usize; 5]; 2],
    /// How many bytes of the sources were read, packed as they are.
    pub n_bytes: u64,
}

impl RunSummary {
    /// Counts a record.
    pub fn add(&mut self, record: &ScoreRecord) {
        self.articles += 1;
        self.removed += record.reading.as_ref().map_or(0, |reading| reading.removed);
        let Ok(scores) = &record.scores else {
            self.failed += 1;
            return;
        };
        self.related += usize::from(scores.is_related());
        for (counts, camp) in self.stances.iter_mut().zip(&scores.camps) {
            let given = Stance::ALL.iter().position(|&stance| camp.stance == Some(stance));
            counts[given.unwrap_or(Stance::ALL.len())] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::samples;

    #[test]
    fn stances_abstentions_and_errors_are_counted_apart() {
        let record = |second| {
            let first = samples::camp("lna", Some(Stance::Favor), 1.0, &[]);
            samples::record(
                "a",
                Ok(samples::scores([first, samples::camp("gna", second, -0.5, &[])])),
            )
        };
        let mut summary = RunSummary::default();
        summary.add(&samples::record("a", Err("no".to_owned())));
        summary.add(&record(Some(Stance::Against)));
        summary.add(&record(None));
        assert_eq!((summary.articles, summary.failed, summary.related), (3, 1, 2));
        assert_eq!(summary.stances, [[2, 0, 0, 0, 0], [0, 0, 1, 0, 1]]);
    }
}
