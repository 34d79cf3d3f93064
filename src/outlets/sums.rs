//! Sums of the articles of one outlet that merge exactly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::extremes::ExtremeArticles;
use super::millionths::{Millionths, millionths};
use super::quotes::DecidingSentences;
use crate::camp::Stance;
use crate::record::{ScoreRecord, Scores};
use crate::scoring::UNCERTAIN;

/// Sums over some articles: their number, and the sums of their leans and of their scores toward
/// the two camps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreSums {
    /// Number of articles.
    pub n: u64,
    /// Sums of the leans, of the scores toward the first camp, and of those toward the second.
    pub sums: [Millionths; 3],
}

impl ScoreSums {
    fn from_scores(scores: &Scores) -> Self {
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

/// The numbers of an article that are summed.
fn values(scores: &Scores) -> [Millionths; 3] {
    [scores.lean, scores.camps[0].score, scores.camps[1].score].map(millionths)
}

/// Sums over articles without event and date: nothing tells which of them belong together, so each
/// is a cluster of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandaloneSums {
    /// The sums.
    pub sums: ScoreSums,
    /// Sums of the squares, in millionths of millionths.
    pub squares: [u128; 3],
}

/// The sums of one outlet's articles, by cluster.
///
/// Articles about one event are not independent observations of an outlet, so they form a cluster.
/// Articles that name no event are clustered by day, because articles of one day cover the same
/// events; those without a date are not clustered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletSums {
    /// By event, then by month (`YYYY-MM`; empty if the date is unknown).
    pub events: BTreeMap<String, BTreeMap<String, ScoreSums>>,
    /// By day (`YYYY-MM-DD`; `YYYY-MM` where only the month is known).
    pub days: BTreeMap<String, ScoreSums>,
    /// Articles without event and date.
    pub alone: StandaloneSums,
    /// Number of articles that are not about the conflict; they are in no sum.
    pub unrelated: u64,
    /// Number of articles without scores.
    pub failed: u64,
    /// Number of summed articles whose date is of an unknown form.
    pub unread_dates: u64,
    /// Number of summed articles for which the model abstained toward some camp.
    pub uncertain: u64,
    /// By camp: number of summed articles with each stance, by its name or `uncertain`.
    pub stances: [BTreeMap<String, u64>; 2],
    /// The articles with the most extreme leans.
    pub extremes: ExtremeArticles,
    /// The sentences that decided the surest articles.
    pub sentences: DecidingSentences,
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
                let month =
                    date.map(crate::intake::date::PublicationDate::month).unwrap_or_default();
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
        sums.merge(ScoreSums::from_scores(scores));
        self.uncertain += u64::from(scores.is_uncertain());
        for (counts, camp) in self.stances.iter_mut().zip(&scores.camps) {
            *counts.entry(camp.stance.map_or(UNCERTAIN, Stance::as_str).to_owned()).or_default() +=
                1;
        }
        self.extremes.add(article, scores);
        self.sentences.add(&article.id, scores);
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
        self.sentences.merge(other.sentences);
    }

    /// The sums of all articles together.
    pub fn total(&self) -> ScoreSums {
        let mut total = self.alone.sums;
        self.events
            .values()
            .flat_map(BTreeMap::values)
            .chain(self.days.values())
            .for_each(|sums| total.merge(*sums));
        total
    }

    /// The sums of each cluster: events, then days.
    pub fn clusters(&self) -> Vec<ScoreSums> {
        let event = |months: &BTreeMap<String, ScoreSums>| {
            let mut all = ScoreSums::default();
            for sums in months.values() {
                all.merge(*sums);
            }
            all
        };
        self.events.values().map(event).chain(self.days.values().copied()).collect()
    }

    /// The sums of each month's clusters, by month.
    pub fn months(&self) -> BTreeMap<&str, Vec<ScoreSums>> {
        let of_events = self.events.values().flatten().map(|(month, sums)| (month.as_str(), sums));
        let of_days = self.days.iter().map(|(day, sums)| (day.get(..7).unwrap_or_default(), sums));
        let mut months: BTreeMap<&str, Vec<ScoreSums>> = BTreeMap::new();
        for (month, sums) in of_events.chain(of_days).filter(|(month, _)| !month.is_empty()) {
            months.entry(month).or_default().push(*sums);
        }
        months
    }
}
