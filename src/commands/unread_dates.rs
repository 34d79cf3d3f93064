//! Dates that could not be read, counted over a run.

use crate::article::quoted::quoted;
use crate::intake::date::DateOrder;
use crate::record::ScoreRecord;

/// How many dates could not be read, and the first of them.
#[derive(Debug, Default)]
pub(super) struct UnreadDates {
    /// Those such as 6/4/2019, of which nothing tells whether the day or the month stands first.
    undecided: Count,
    /// All others.
    unknown: Count,
}

#[derive(Debug, Default)]
struct Count {
    n: usize,
    first: Option<String>,
}

impl Count {
    fn add(&mut self, date: &str) {
        self.n += 1;
        self.first.get_or_insert_with(|| date.chars().take(60).collect());
    }

    fn told(&self, why: &str) -> Option<String> {
        let first = self.first.as_ref()?;
        let dates = if self.n == 1 { "date was" } else { "dates were" };
        Some(format!("{} {dates} not read, such as {}: {why}", self.n, quoted(first)))
    }
}

impl UnreadDates {
    /// Counts the date of a record, if it has one that could not be read.
    pub(super) fn add(&mut self, record: &ScoreRecord) {
        let Some(date) = record.date.as_deref().filter(|date| !date.trim().is_empty()) else {
            return;
        };
        if record.publication_date().is_some() {
            return;
        }
        if DateOrder::is_needed(date) {
            self.undecided.add(date);
        } else {
            self.unknown.add(date);
        }
    }

    /// What there is to tell at the end of a run.
    pub(super) fn messages(&self) -> impl Iterator<Item = String> {
        let undecided = self.undecided.told("say --date-order day or month");
        let unknown = self.unknown.told(
            "it is in no form that is known (2019-04-06 is); records keep it as it is written",
        );
        undecided.into_iter().chain(unknown)
    }
}
