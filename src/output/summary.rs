//! Counts over a run of `mizan score`.

use crate::camp::Stance;
use crate::record::ScoreRecord;

/// Counts of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// Number of articles.
    pub articles: usize,
    /// Number of articles that could not be scored.
    pub failed: usize,
    /// Number of pieces of boilerplate that were removed.
    pub removed: usize,
    /// By camp: the count of each stance of [`Stance::ALL`], then of abstentions.
    pub stances: [[usize; 5]; 2],
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
        assert_eq!((summary.articles, summary.failed), (3, 1));
        assert_eq!(summary.stances, [[2, 0, 0, 0, 0], [0, 0, 1, 0, 1]]);
    }
}
