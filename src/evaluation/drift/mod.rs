//! Are these articles still like those that the model was measured on?
//!
//! Training keeps a [`Reference`] in the model: what models of the same settings said of articles
//! whose events they had not seen. Each number of later articles (share of known words, scores,
//! P(unrelated), whether the model is uncertain) is compared with it by the *population stability
//! index*, `Σ (a − e) · ln(a / e)` over the bins, with the shares `a` of the articles and `e` of
//! the reference (Siddiqi 2006, "Credit Risk Scorecards"), half an article being added to each bin
//! that is not empty in both. By its convention less than 0.1 is stable and more than 0.25 a shift.
//! Few articles have a large index by chance alone; so it counts only above what a thousand random
//! divisions of all articles of both sides exceed once in a hundred (a permutation test; a hundred,
//! not twenty, because five numbers are compared). Articles about one event are not independent, so
//! with few events even that is too easily exceeded.
//!
//! Scores, and whether the model is uncertain, are of the articles about the conflict only.

mod input;
pub mod labelling;
mod stability;

use std::collections::BTreeMap;

use crate::model::reference::{Histogram, Reference, SCORE_BINS, SHARE_BINS, quantiles};
pub use input::DriftInput;
pub use labelling::to_label;
pub use stability::{by_chance, index};

/// The index from which on a number is to be watched.
pub const WATCHED: f64 = 0.1;

/// The index from which on a number has drifted.
pub const DRIFTED: f64 = 0.25;

impl Reference {
    /// The reference that `scored` make, whose genres are counted elsewhere. Every one must tell
    /// its share of known words.
    pub fn from_inputs(
        held_out: &str,
        scored: &[DriftInput],
        genres: BTreeMap<String, u32>,
    ) -> Self {
        let related: Vec<&DriftInput> =
            scored.iter().filter(|scored| scored.is_related()).collect();
        let known = || scored.iter().map(|scored| scored.known.unwrap_or_default());
        let mut outlets = BTreeMap::new();
        for outlet in scored.iter().filter_map(|scored| scored.outlet.clone()) {
            *outlets.entry(outlet).or_default() += 1;
        }
        Self {
            held_out: held_out.to_owned(),
            articles: count(scored.len()),
            related: Some(count(related.len())),
            uncertain: count(related.iter().filter(|scored| scored.uncertain).count()),
            known: of_shares(known()),
            quantiles: quantiles(known().collect()),
            scores: [0, 1].map(|camp| of_scores(&related, camp)),
            unrelated: of_shares(scored.iter().map(|scored| scored.unrelated)),
            outlets,
            genres,
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn of_shares(shares: impl Iterator<Item = f64>) -> Histogram {
    Histogram::new(shares, (0.0, 1.0), SHARE_BINS)
}

fn of_scores(scored: &[&DriftInput], camp: usize) -> Histogram {
    Histogram::new(scored.iter().map(|scored| scored.scores[camp]), (-1.0, 1.0), SCORE_BINS)
}

/// A number that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriftMetric {
    /// Share of known content words.
    Known,
    /// Score toward the camp.
    Score(usize),
    /// P(unrelated).
    Unrelated,
    /// Whether the model is uncertain.
    Uncertain,
}

/// How far a number has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftLevel {
    /// Not, or not more than chance would make it.
    Stable,
    /// From [`WATCHED`] on.
    Watched,
    /// From [`DRIFTED`] on.
    Drifted,
}

/// One number, then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Which.
    pub number: DriftMetric,
    /// Its mean in the reference.
    pub before: f64,
    /// Its mean now.
    pub now: f64,
    /// The population stability index.
    pub index: f64,
    /// What chance alone exceeds once in a hundred.
    pub chance: f64,
}

impl Shift {
    fn new(
        number: DriftMetric,
        (before, now): (f64, f64),
        reference: &[u32],
        articles: &[u32],
    ) -> Self {
        Self {
            number,
            before,
            now,
            index: index(reference, articles),
            chance: by_chance(reference, articles),
        }
    }

    /// How far the number has moved. More known words than before are no drift.
    pub fn level(&self) -> DriftLevel {
        let better = self.number == DriftMetric::Known && self.now >= self.before;
        match self.index {
            index if better || index <= self.chance || index < WATCHED => DriftLevel::Stable,
            index if index < DRIFTED => DriftLevel::Watched,
            _ => DriftLevel::Drifted,
        }
    }
}

/// Articles of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthlyFigures {
    /// `YYYY-MM`.
    pub month: String,
    /// How many articles.
    pub articles: usize,
    /// How many of them are about the conflict.
    pub related: usize,
    /// Mean share of unknown words, where it is known.
    pub unknown: Option<f64>,
    /// Share of those about the conflict of which the model is uncertain, if there are any.
    pub uncertain: Option<f64>,
    /// Mean scores toward the camps of those about the conflict, if there are any.
    pub scores: Option<[f64; 2]>,
}

/// Articles against the reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// How many articles there are.
    pub articles: usize,
    /// The numbers; none where the model has no reference.
    pub shifts: Vec<Shift>,
    /// The outlets, the commonest first: how many of the articles, how many of the reference.
    pub outlets: Vec<(String, usize, u32)>,
    /// The months, in order, of articles with a date.
    pub months: Vec<MonthlyFigures>,
    has_reference: bool,
}

impl Drift {
    /// Compares.
    pub fn new(scored: &[DriftInput], reference: Option<&Reference>) -> Self {
        let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
        for outlet in scored.iter().filter_map(|scored| scored.outlet.as_deref()) {
            *outlets.entry(outlet).or_default() += 1;
        }
        let trained = |outlet: &str| {
            reference.and_then(|reference| reference.outlets.get(outlet).copied()).unwrap_or(0)
        };
        let mut outlets: Vec<(String, usize, u32)> = outlets
            .into_iter()
            .map(|(outlet, n)| (outlet.to_owned(), n, trained(outlet)))
            .collect();
        outlets.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
        Self {
            articles: scored.len(),
            shifts: reference.map_or_else(Vec::new, |reference| shifts(scored, reference)),
            outlets,
            months: months(scored),
            has_reference: reference.is_some(),
        }
    }

    /// How far the number has moved that has moved farthest.
    pub fn level(&self) -> DriftLevel {
        self.shifts.iter().map(Shift::level).max().unwrap_or(DriftLevel::Stable)
    }

    /// Share of the articles with an outlet whose outlet is not in the reference; `None` where no
    /// outlet is known.
    pub fn new_outlets(&self) -> Option<f64> {
        let all: usize = self.outlets.iter().map(|(_, n, _)| n).sum();
        let new: usize =
            self.outlets.iter().filter(|(_, _, trained)| *trained == 0).map(|(_, n, _)| n).sum();
        (all > 0).then(|| new as f64 / all as f64)
    }

    /// Whether the scores tell how many words are known, which tables do not.
    pub fn knows_words(&self) -> bool {
        self.shifts.iter().any(|shift| shift.number == DriftMetric::Known)
    }

    /// Whether the model has something to compare with.
    pub fn has_reference(&self) -> bool {
        self.has_reference
    }
}

fn shifts(scored: &[DriftInput], reference: &Reference) -> Vec<Shift> {
    let mut shifts = Vec::new();
    let mut add = |number: DriftMetric, reference: &Histogram, now: &Histogram| {
        shifts.push(Shift::new(number, (reference.mean, now.mean), &reference.counts, &now.counts));
    };
    // Older lines do not tell it.
    if scored.iter().any(|scored| scored.known.is_some()) {
        add(
            DriftMetric::Known,
            &reference.known,
            &of_shares(scored.iter().filter_map(|scored| scored.known)),
        );
    }
    // Older references do not part them.
    let is_weighed = |scored: &&DriftInput| reference.related.is_none() || scored.is_related();
    let weighed: Vec<&DriftInput> = scored.iter().filter(is_weighed).collect();
    if !weighed.is_empty() {
        for camp in 0..2 {
            add(DriftMetric::Score(camp), &reference.scores[camp], &of_scores(&weighed, camp));
        }
    }
    add(
        DriftMetric::Unrelated,
        &reference.unrelated,
        &of_shares(scored.iter().map(|scored| scored.unrelated)),
    );
    let uncertain = |uncertain: u32, all: u32| Histogram {
        counts: vec![uncertain, all.saturating_sub(uncertain)],
        mean: f64::from(uncertain) / f64::from(all.max(1)),
    };
    if !weighed.is_empty() {
        let now = count(weighed.iter().filter(|scored| scored.uncertain).count());
        add(
            DriftMetric::Uncertain,
            &uncertain(reference.uncertain, reference.weighed()),
            &uncertain(now, count(weighed.len())),
        );
    }
    shifts
}

fn months(scored: &[DriftInput]) -> Vec<MonthlyFigures> {
    let mut months: BTreeMap<String, Vec<&DriftInput>> = BTreeMap::new();
    for scored in scored {
        if let Some(date) = scored.date {
            months.entry(date.month()).or_default().push(scored);
        }
    }
    let mean = |numbers: Vec<f64>| numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
    let of_month = |(month, scored): (String, Vec<&DriftInput>)| {
        let known: Vec<f64> = scored.iter().filter_map(|scored| scored.known).collect();
        let related = || scored.iter().filter(|scored| scored.is_related());
        let of_related = |number: &dyn Fn(&DriftInput) -> f64| {
            (related().count() > 0).then(|| mean(related().map(|scored| number(scored)).collect()))
        };
        let score = |camp: usize| of_related(&|scored| scored.scores[camp]);
        MonthlyFigures {
            month,
            articles: scored.len(),
            related: related().count(),
            unknown: (!known.is_empty()).then(|| 1.0 - mean(known)),
            uncertain: of_related(&|scored| f64::from(u8::from(scored.uncertain))),
            scores: score(0).zip(score(1)).map(<[f64; 2]>::from),
        }
    };
    months.into_iter().map(of_month).collect()
}

#[cfg(test)]
mod tests;
