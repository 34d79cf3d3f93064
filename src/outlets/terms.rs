//! Terms that contributed to stances, counted by outlet, and those that are distinctive of one.
//!
//! A term counts once per article, camp and stance. Only terms for `favor` and `against` are
//! counted, and only where the model did not abstain: those for `neutral` are hardly more than
//! names.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::log_odds::{LogOdds, log_odds};
use crate::camp::Stance;
use crate::record::Scores;

/// Largest number of different terms that are counted. Five words toward each camp in a million
/// articles are about as many.
pub const MAX_TERMS: usize = 1 << 18;

/// Length of the longest term, in characters. A feature is a word or two; anything longer is not a
/// word of a text.
const MAX_TERM_LENGTH: usize = 80;

/// A word, or a run of words, with the stance that it contributed to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StanceTerm {
    /// The word.
    pub word: String,
    /// The camp, 0 or 1.
    pub camp: usize,
    /// The stance toward the camp.
    pub stance: Stance,
}

impl StanceTerm {
    /// How many zero bits its hash ends in. The hash must be the same on every machine.
    fn zeros(&self) -> u32 {
        let Self { word, camp, stance } = self;
        let hash = blake3::hash(format!("{camp} {stance} {word}").as_bytes());
        hash.as_bytes()
            .iter()
            .fold((0, true), |(zeros, on), byte| {
                (zeros + if on { byte.trailing_zeros() } else { 0 }, on && *byte == 0)
            })
            .0
    }
}

/// Most zero bits in which a hash can end.
const MAX_LEVEL: u32 = 256;

/// For each term, the number of articles of each outlet with it.
///
/// Every count is exact. The number of terms is bounded: when there are more than [`MAX_TERMS`],
/// only terms whose hash ends in one zero bit are kept, then two, and so on (distinct sampling;
/// Gibbons, VLDB 2001). Which terms are kept depends only on the set of terms, not on their order,
/// so that parts merge to the counts of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StanceTermCounts {
    /// How many zero bits the hash of a term must end in.
    level: u32,
    counts: BTreeMap<String, BTreeMap<Stance, [BTreeMap<String, u64>; 2]>>,
    /// Number of terms.
    size: usize,
    /// The bound, if it is not [`MAX_TERMS`].
    #[serde(skip)]
    most: Option<usize>,
}

impl StanceTermCounts {
    /// Adds the terms of an article of `outlet`.
    pub fn add(&mut self, outlet: &str, scores: &Scores) {
        let mut seen = BTreeSet::new();
        for (number, camp) in scores.camps.iter().enumerate() {
            let Some(stance @ (Stance::Favor | Stance::Against)) = camp.stance else { continue };
            for word in camp.words.iter().map(|word| &word.word) {
                if word.chars().nth(MAX_TERM_LENGTH).is_none() && seen.insert((number, word)) {
                    self.count(StanceTerm { word: word.clone(), camp: number, stance }, outlet, 1);
                }
            }
        }
        self.settle();
    }

    /// Checks the counts of a file, of `n_articles` articles.
    ///
    /// # Errors
    /// What cannot be.
    pub(super) fn check(&self, n_articles: u64) -> Result<(), &'static str> {
        let terms = self.iter().filter(|(_, outlets)| !outlets.is_empty());
        let (n_terms, is_possible) =
            terms.fold((0_usize, true), |(n, is_possible), (_, outlets)| {
                (n + 1, is_possible && outlets.values().all(|count| *count <= n_articles))
            });
        if n_terms != self.size || self.size > MAX_TERMS || self.level > MAX_LEVEL {
            return Err("its number of words is not that of its words");
        }
        if is_possible { Ok(()) } else { Err("a word is in more articles than there are") }
    }

    /// Adds the counts of another part.
    pub fn merge(&mut self, other: &Self) {
        self.level = self.level.max(other.level);
        self.sift();
        for (term, outlets) in other.iter() {
            for (outlet, count) in outlets {
                self.count(term.clone(), outlet, *count);
            }
        }
        self.settle();
    }

    fn count(&mut self, term: StanceTerm, outlet: &str, count: u64) {
        if self.level > 0 && term.zeros() < self.level {
            return;
        }
        let outlets =
            &mut self.counts.entry(term.word).or_default().entry(term.stance).or_default()
                [term.camp];
        self.size += usize::from(outlets.is_empty());
        match outlets.get_mut(outlet) {
            Some(sum) => *sum += count,
            None => drop(outlets.insert(outlet.to_owned(), count)),
        }
    }

    /// Raises the level until there are few enough terms.
    fn settle(&mut self) {
        while self.size > self.most.unwrap_or(MAX_TERMS) {
            self.level += 1;
            self.sift();
        }
    }

    /// Keeps only the terms of the level.
    fn sift(&mut self) {
        if self.level == 0 {
            return;
        }
        let whole = Self { level: self.level, most: self.most, ..Self::default() };
        let before = std::mem::replace(self, whole);
        for (term, outlets) in before.iter() {
            for (outlet, count) in outlets {
                self.count(term.clone(), outlet, *count);
            }
        }
    }

    /// Every term with its counts by outlet, in a stable order.
    pub fn iter(&self) -> impl Iterator<Item = (StanceTerm, &BTreeMap<String, u64>)> {
        self.counts.iter().flat_map(|(word, stances)| {
            stances.iter().flat_map(move |(stance, camps)| {
                let term = move |camp| StanceTerm { word: word.clone(), camp, stance: *stance };
                camps
                    .iter()
                    .enumerate()
                    .filter(|(_, outlets)| !outlets.is_empty())
                    .map(move |(camp, outlets)| (term(camp), outlets))
            })
        })
    }

    /// The sampling rate as 1 of this many terms; 1 if all terms are counted.
    pub fn sampled(&self) -> u64 {
        1 << self.level.min(63)
    }

    /// How distinctive each term is of each outlet, compared with all others ([`log_odds`]); the
    /// prior is as heavy as the words of an average outlet.
    ///
    /// For each outlet, at most `max_terms` terms that are more frequent in it than elsewhere, the
    /// most distinctive first. Terms of a single article are left out. Empty if there is only one
    /// outlet.
    pub fn distinctive(&self, max_terms: usize) -> BTreeMap<String, Vec<DistinctiveTerm>> {
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for (_, outlets) in self.iter() {
            for (outlet, count) in outlets {
                *totals.entry(outlet).or_default() += count;
            }
        }
        let all = totals.values().sum::<u64>();
        let prior_weight = all as f64 / totals.len().max(1) as f64;
        let mut typical: BTreeMap<String, Vec<DistinctiveTerm>> = BTreeMap::new();
        if totals.len() < 2 {
            return typical;
        }
        for (term, outlets) in self.iter() {
            let everywhere = outlets.values().sum::<u64>();
            for (outlet, &here) in outlets.iter().filter(|(_, here)| **here > 1) {
                let total = totals[outlet.as_str()];
                let elsewhere = everywhere - here;
                let LogOdds { log_odds, z } =
                    log_odds((here, total), (elsewhere, all - total), prior_weight);
                if z.is_finite() && z > 0.0 {
                    let found = typical.entry(outlet.clone()).or_default();
                    found.push(DistinctiveTerm {
                        term: term.clone(),
                        here,
                        elsewhere,
                        log_odds,
                        z,
                    });
                }
            }
        }
        for found in typical.values_mut() {
            found.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.term.cmp(&b.term)));
            found.truncate(max_terms);
        }
        typical
    }
}

/// A term that is distinctive of an outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct DistinctiveTerm {
    /// The term.
    pub term: StanceTerm,
    /// Number of articles of the outlet with it.
    pub here: u64,
    /// Number of articles of all other outlets with it.
    pub elsewhere: u64,
    /// The log-odds ratio δ.
    pub log_odds: f64,
    /// δ over its standard error.
    pub z: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::tally::tests::article;
    use crate::record::ScoredWord;
    use proptest::prelude::*;

    fn counted(most: Option<usize>, words: &[(u8, u8)]) -> StanceTermCounts {
        let mut terms = StanceTermCounts { most, ..StanceTermCounts::default() };
        for (outlet, word) in words {
            let mut article = article("a", "x", 500_000);
            let scores = article.scores.as_mut().unwrap();
            scores.camps[0].words = vec![ScoredWord { word: format!("w{word}"), weight: None }];
            terms.add(&format!("o{outlet}"), scores);
        }
        terms
    }

    #[test]
    fn the_log_odds_are_those_of_the_paper() {
        // o0: w0 three times, w1 once; o1: w1 four times. n = 4, 4; α₀ = 4; α(w0) = 4·3/8 = 1.5,
        // α(w1) = 2.5. w0: ln(4.5/(8−4.5)) − ln(1.5/(8−1.5)) = ln(9/7) − ln(3/13) = 1.717651; σ² =
        // 1/4.5 + 1/1.5 = 0.888889; z = 1.821845.
        let terms =
            counted(None, &[(0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 1), (1, 1)]);
        let typical = terms.distinctive(5);
        let [only] = &typical["o0"][..] else { panic!("{typical:?}") };
        assert_eq!((only.term.word.as_str(), only.here, only.elsewhere), ("w0", 3, 0));
        assert!(
            (only.log_odds - 1.717_651).abs() < 1e-6 && (only.z - 1.821_845).abs() < 1e-6,
            "{only:?}"
        );
        // w1 in o1: ln(6.5/1.5) − ln(3.5/4.5) = 1.717651; σ² = 1/6.5 + 1/3.5; z = 2.590752.
        assert!((typical["o1"][0].z - 2.590_752).abs() < 1e-6, "{typical:?}");
        assert!(counted(None, &[(0, 0), (0, 0)]).distinctive(5).is_empty());
    }

    proptest! {
        #[test]
        fn however_few_may_stay_parts_merge_to_the_whole(
            words in prop::collection::vec((0u8..3, 0u8..60), 1..120),
            at in 0usize..120,
        ) {
            let whole = counted(Some(8), &words);
            let (left, right) = words.split_at(at.min(words.len()));
            let (mut first, second) = (counted(Some(8), left), counted(Some(8), right));
            first.merge(&second);
            prop_assert_eq!(&first, &whole);
            prop_assert!(whole.iter().count() <= 8);
            let exact = counted(None, &words);
            for (term, outlets) in whole.iter() {
                let found = exact.iter().find(|(other, _)| *other == term);
                prop_assert_eq!(found.map(|(_, counts)| counts), Some(outlets));
            }
        }
    }
}
