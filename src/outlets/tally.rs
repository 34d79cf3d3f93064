//! Sums of scored articles that merge exactly.
//!
//! Everything here is a whole number or is chosen by a total order. So articles may be added in any
//! order, on any number of machines, and what comes of it is the same to the last bit; it can be
//! written down (serde) and merged later.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::extremes::Extremes;
use super::terms::Terms;
use crate::camp::Stance;
use crate::record::scored::{Millionths, ScoredArticle, Scores};
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
    [scores.lean, scores.camps[0].score, scores.camps[1].score]
}

/// Sums of articles of which each stands alone: without event and without day, so that nothing
/// tells which belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alone {
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
    pub alone: Alone,
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
    pub fn add(&mut self, article: &ScoredArticle) {
        let Ok(scores) = &article.scores else {
            self.failed += 1;
            return;
        };
        if !scores.is_related() {
            self.unrelated += 1;
            return;
        }
        let day = article.day();
        self.unread_dates += u64::from(article.date.is_some() && day.is_none());
        let sums = match (&article.event, &day) {
            (Some(event), day) => {
                let month = day.as_ref().map(|day| day.month().to_owned()).unwrap_or_default();
                self.events.entry(event.clone()).or_default().entry(month).or_default()
            }
            (None, Some(day)) => self.days.entry(day.as_str().to_owned()).or_default(),
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

/// The sums of all outlets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Ids of the two camps, once an article told them.
    pub camps: Option<[String; 2]>,
    /// By outlet; articles that name none are under the empty name.
    pub outlets: BTreeMap<String, OutletSums>,
    /// The words that decided.
    pub terms: Terms,
}

/// Articles that were weighed toward other camps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it has scores toward {} and {}, those before it toward {} and {}: a lean toward other camps cannot be added", .other[0], .other[1], .camps[0], .camps[1])]
pub struct OtherCamps {
    /// The camps so far.
    pub camps: [String; 2],
    /// The other camps.
    pub other: [String; 2],
}

impl Tally {
    /// Adds an article.
    ///
    /// # Errors
    /// When it was weighed toward other camps; then nothing is added.
    pub fn add(&mut self, article: &ScoredArticle) -> Result<(), OtherCamps> {
        let outlet = article.outlet.as_deref().unwrap_or_default();
        if let Ok(scores) = &article.scores {
            let ids = || [0, 1].map(|camp| scores.camps[camp].camp.clone());
            match &self.camps {
                Some(camps)
                    if scores.camps.iter().zip(camps).any(|(camp, id)| camp.camp != *id) =>
                {
                    return Err(OtherCamps { camps: camps.clone(), other: ids() });
                }
                Some(_) => {}
                None => self.camps = Some(ids()),
            }
            if scores.is_related() {
                self.terms.add(outlet, scores);
            }
        }
        match self.outlets.get_mut(outlet) {
            Some(sums) => sums.add(article),
            None => self.outlets.entry(outlet.to_owned()).or_default().add(article),
        }
        Ok(())
    }

    /// Adds the sums of another part.
    ///
    /// # Errors
    /// When its articles were weighed toward other camps; then nothing is added.
    pub fn merge(&mut self, other: Self) -> Result<(), OtherCamps> {
        match (&self.camps, other.camps) {
            (Some(camps), Some(other)) if *camps != other => {
                return Err(OtherCamps { camps: camps.clone(), other });
            }
            (None, other) => self.camps = other,
            _ => {}
        }
        for (outlet, sums) in other.outlets {
            self.outlets.entry(outlet).or_default().merge(sums);
        }
        self.terms.merge(&other.terms);
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::record::scored::CampScore;
    use proptest::prelude::*;

    /// An article that leans so far, all of it by its score toward the first camp.
    pub fn article(id: &str, outlet: &str, lean: Millionths) -> ScoredArticle {
        let camp = |camp: &str, score: Millionths| {
            let stance = Some(if score > 300_000 { Stance::Favor } else { Stance::Neutral });
            CampScore {
                camp: camp.to_owned(),
                stance,
                score,
                words: vec![(format!("w{}", score % 7), Some(1))],
            }
        };
        let camps = [camp("lna", lean), camp("gna", -lean)];
        let scores = Ok(Scores { camps, lean, unrelated: 0 });
        ScoredArticle {
            id: id.to_owned(),
            outlet: Some(outlet.to_owned()),
            date: None,
            event: None,
            scores,
        }
    }

    prop_compose! {
        fn any_article()(
            (id, outlet, lean) in (0u32..1000, 0u8..4, -ONE..=ONE),
            (day, event, unrelated, kind) in (0u8..40, 0u8..6, 0..=ONE, 0u8..12),
        ) -> ScoredArticle {
            let mut article = article(&format!("a{id}"), &format!("o{outlet}"), lean);
            article.date = match day {
                0..28 => Some(format!("2019-0{}-{:02}", 1 + day % 3, day + 1)),
                28..32 => Some("yesterday".to_owned()),
                _ => None,
            };
            article.event = (event < 3).then(|| format!("e{event}"));
            let scores = article.scores.as_mut().unwrap();
            scores.unrelated = unrelated;
            match kind {
                0 => article.scores = Err("too short".to_owned()),
                1 => scores.camps[1].stance = None,
                2 => article.outlet = None,
                _ => {}
            }
            article
        }
    }

    use crate::record::scored::ONE;

    fn tallied(articles: &[ScoredArticle]) -> Tally {
        let mut tally = Tally::default();
        for article in articles {
            tally.add(article).unwrap();
        }
        tally
    }

    proptest! {
        #[test]
        fn however_articles_are_parted_and_in_whatever_order_they_merge_the_sums_are_the_same(
            articles in prop::collection::vec((any_article(), any::<u32>(), 0usize..5), 0..80),
        ) {
            let in_order: Vec<ScoredArticle> = articles.iter().map(|(article, _, _)| article.clone()).collect();
            let whole = tallied(&in_order);
            let mut shuffled = articles.clone();
            shuffled.sort_by_key(|(_, key, _)| *key);
            let mut parts: Vec<Vec<ScoredArticle>> = vec![Vec::new(); 5];
            for (article, _, part) in shuffled {
                parts[part].push(article);
            }
            let written: Vec<String> = parts.iter().map(|part| serde_json::to_string(&tallied(part)).unwrap()).collect();
            let merged = |order: &[usize]| {
                let mut all = Tally::default();
                for &part in order {
                    all.merge(serde_json::from_str(&written[part]).unwrap()).unwrap();
                }
                all
            };
            for order in [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1]] {
                prop_assert_eq!(&merged(&order), &whole);
            }
            // A pair merged first, then merged into the rest.
            let mut left = merged(&[3, 1]);
            left.merge(merged(&[0, 4, 2])).unwrap();
            prop_assert_eq!(&left, &whole);
        }
    }

    #[test]
    fn articles_are_summed_by_event_else_by_day_else_alone() {
        let mut articles: Vec<ScoredArticle> = (0..6)
            .map(|number| article(&format!("a{number}"), "x", 100_000 * (number + 1)))
            .collect();
        articles[0].event = Some("e".to_owned());
        articles[0].date = Some("2019-04-30".to_owned());
        articles[1].event = Some("e".to_owned());
        articles[1].date = Some("2019-05-01".to_owned());
        articles[2].date = Some("2019-05-01".to_owned());
        articles[3].date = Some("Wed, 01 May 2019 10:00:00 +0200".to_owned());
        articles[4].date = Some("1/5/2019".to_owned());
        articles[5].scores.as_mut().unwrap().unrelated = 500_000;
        let tally = tallied(&articles);
        let sums = &tally.outlets["x"];
        let leans: Vec<(u64, Millionths)> =
            sums.clusters().iter().map(|sums| (sums.n, sums.sums[0])).collect();
        assert_eq!(leans, [(2, 300_000), (2, 700_000)]);
        assert_eq!((sums.alone.sums.sums[0], sums.alone.squares[0]), (500_000, 250_000_000_000));
        assert_eq!((sums.unread_dates, sums.unrelated, sums.total().n), (1, 1, 5));
        let months: Vec<(&str, usize)> =
            sums.months().into_iter().map(|(month, clusters)| (month, clusters.len())).collect();
        assert_eq!(months, [("2019-04", 1), ("2019-05", 2)]);
        assert_eq!(
            sums.stances[0],
            BTreeMap::from([("favor".to_owned(), 2), ("neutral".to_owned(), 3)])
        );
    }

    #[test]
    fn leans_toward_other_camps_are_not_added() {
        let mut tally = tallied(&[article("a", "x", 1)]);
        let mut other = article("b", "x", 1);
        other.scores.as_mut().unwrap().camps[0].camp = "saf".to_owned();
        let refusal = tally.add(&other).unwrap_err().to_string();
        assert!(
            refusal.contains("toward saf and gna, those before it toward lna and gna"),
            "{refusal}"
        );
        assert!(tally.merge(tallied(&[other])).is_err());
        assert_eq!(tally.outlets["x"].total().n, 1);
    }
}
