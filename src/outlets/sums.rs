//! Sums of the articles of one outlet that merge exactly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::extremes::Extremes;
use super::millionths::{Millionths, millionths};
use crate::camp::Stance;
use crate::record::{ScoreRecord, Scores};
use crate::scoring::UNCERTAIN;

/// Sums of some articles: how many, and the sums of their lean and of their scores toward the two
/// camps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// How many articles.
    pub n: u64,
    /// Sums of lean, score toward the first camp, and score toward the second.
    pub sums: [Millionths; 3],
}

impl Sums {
    fn of(scores: &Scores) -> Self {
        Self { n: 1, sums: values(scores) }
    }

    /// Adds other sums.
    pub fn merge(&mut self, other: Self) {
        self.n += other.n;
        for (sum, other) in self.sums.iter_mut().zip(other.sums) {
            *sum += other;
        }
    }
}

/// What is summed of an article.
fn values(scores: &Scores) -> [Millionths; 3] {
    [scores.lean, scores.camps[0].score, scores.camps[1].score].map(millionths)
}

/// Sums of articles of which each stands alone: without event and without day, so that nothing
/// tells which belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandaloneSums {
    /// The sums.
    pub sums: Sums,
    /// Sums of squares, in millionths of millionths.
    pub squares: [u128; 3],
}

/// What is summed of one outlet.
///
/// Articles of one event are no independent witnesses of what an outlet does, so they are summed
/// apart: by event where the line names one; else by day, because articles of one day tell the same
/// events; else each article stands for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletSums {
    /// By event, then by month (`YYYY-MM`, or empty where the date does not tell it).
    pub events: BTreeMap<String, BTreeMap<String, Sums>>,
    /// By day (`YYYY-MM-DD`; `YYYY-MM` where only the month is known).
    pub days: BTreeMap<String, Sums>,
    /// Articles that have neither.
    pub alone: StandaloneSums,
    /// How many articles are not about the conflict, and are summed nowhere else.
    pub unrelated: u64,
    /// How many articles have no scores.
    pub failed: u64,
    /// How many of those that are summed have a date that cannot be read.
    pub unread_dates: u64,
    /// Of how many of those that are summed the stance toward some camp is uncertain.
    pub uncertain: u64,
    /// How many of those that are summed have each stance toward each camp, under the stance's name
    /// or `uncertain`.
    pub stances: [BTreeMap<String, u64>; 2],
    /// The articles that pull most.
    pub extremes: Extremes,
}

impl OutletSums {
    /// Adds an article.
    pub fn add(&mut self, article: &ScoreRecord) {
        let Ok(scores) = &article.scores else {
            self.failed += 1;
            return;
        };
        if !scores.is_related() {
            self.unrelated += 1;
            return;
        }
        let date = article.publication_date();
        self.unread_dates += u64::from(article.date.is_some() && date.is_none());
        let sums = match (&article.event, &date) {
            (Some(event), date) => {
                let month = date.map(|date| date.month()).unwrap_or_default();
                self.events.entry(event.clone()).or_default().entry(month).or_default()
            }
            (None, Some(date)) => self.days.entry(date.to_string()).or_default(),
            (None, None) => {
                for (square, value) in self.alone.squares.iter_mut().zip(values(scores)) {
                    *square += u128::from(value.unsigned_abs()).pow(2);
                }
                &mut self.alone.sums
            }
        };
        sums.merge(Sums::of(scores));
        self.uncertain += u64::from(scores.is_uncertain());
        for (counts, camp) in self.stances.iter_mut().zip(&scores.camps) {
            *counts.entry(camp.stance.map_or(UNCERTAIN, Stance::as_str).to_owned()).or_default() +=
                1;
        }
        self.extremes.add(article, scores);
    }

    /// Adds the sums of another part of the same outlet's articles.
    pub fn merge(&mut self, other: Self) {
        for (event, months) in other.events {
            let mine = self.events.entry(event).or_default();
            for (month, sums) in months {
                mine.entry(month).or_default().merge(sums);
            }
        }
        for (day, sums) in other.days {
            self.days.entry(day).or_default().merge(sums);
        }
        self.alone.sums.merge(other.alone.sums);
        for (square, other) in self.alone.squares.iter_mut().zip(other.alone.squares) {
            *square += other;
        }
        self.unrelated += other.unrelated;
        self.failed += other.failed;
        self.unread_dates += other.unread_dates;
        self.uncertain += other.uncertain;
        for (counts, other) in self.stances.iter_mut().zip(other.stances) {
            for (stance, count) in other {
                *counts.entry(stance).or_default() += count;
            }
        }
        self.extremes.merge(other.extremes);
    }

    /// The sums of all articles together.
    pub fn total(&self) -> Sums {
        let mut total = self.alone.sums;
        self.events
            .values()
            .flat_map(BTreeMap::values)
            .chain(self.days.values())
            .for_each(|sums| total.merge(*sums));
        total
    }

    /// The sums of each cluster: of each event, then of each day.
    pub fn clusters(&self) -> Vec<Sums> {
        let event = |months: &BTreeMap<String, Sums>| {
            let mut all = Sums::default();
            for sums in months.values() {
                all.merge(*sums);
            }
            all
        };
        self.events.values().map(event).chain(self.days.values().copied()).collect()
    }

    /// The sums of each month's clusters, by month.
    pub fn months(&self) -> BTreeMap<&str, Vec<Sums>> {
        let of_events = self.events.values().flatten().map(|(month, sums)| (month.as_str(), sums));
        let of_days = self.days.iter().map(|(day, sums)| (day.get(..7).unwrap_or_default(), sums));
        let mut months: BTreeMap<&str, Vec<Sums>> = BTreeMap::new();
        for (month, sums) in of_events.chain(of_days).filter(|(month, _)| !month.is_empty()) {
            months.entry(month).or_default().push(*sums);
        }
        months
    }
}
