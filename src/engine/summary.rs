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
        self.removed += record.reading.as_ref().map_or(0, |reading| reading.removals.len());
        let Ok(verdict) = &record.verdict else {
            self.failed += 1;
            return;
        };
        for (counts, camp) in self.stances.iter_mut().zip(&verdict.camps) {
            let given = Stance::ALL
                .iter()
                .position(|&stance| camp.doubt.is_none() && stance == camp.stance);
            counts[given.unwrap_or(Stance::ALL.len())] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::StanceProbabilities;
    use crate::scoring::{Abstention, CampVerdict, Verdict};

    #[test]
    fn stances_doubts_and_errors_are_counted_apart() {
        let camp = |stance, doubt| CampVerdict {
            stance,
            doubt,
            sides: StanceProbabilities { favor: 0.0, neutral: 1.0, against: 0.0 },
            words: Vec::new(),
        };
        let verdict = |first, second, doubt| {
            Ok(Verdict {
                unrelated: 0.0,
                words: 9,
                known: 9,
                camps: [camp(first, None), camp(second, doubt)],
            })
        };
        let mut summary = RunSummary::default();
        let mut record = ScoreRecord::failed("a".to_owned(), "no".to_owned());
        summary.add(&record);
        record.verdict = verdict(Stance::Favor, Stance::Against, None);
        summary.add(&record);
        record.verdict =
            verdict(Stance::Favor, Stance::Against, Some(Abstention::Risk(Vec::new())));
        summary.add(&record);
        assert_eq!((summary.articles, summary.failed), (3, 1));
        assert_eq!(summary.stances, [[2, 0, 0, 0, 0], [0, 0, 1, 0, 1]]);
    }
}
