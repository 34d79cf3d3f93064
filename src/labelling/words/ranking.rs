//! Counts → candidates, the likeliest framing words first.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::phrases::without_clitics;
use super::{Counts, WordCounter, WordInContext};
use crate::outlets::log_odds::{LogOdds, log_odds};
use crate::text::lexicon::LEXICON;

/// Fewest standard deviations above chance, by either measure.
const MIN_Z: f64 = 1.0;

/// A word or phrase that behaves like a framing word.
#[derive(Clone, Debug, PartialEq)]
pub struct FramingCandidate {
    /// It, as a pattern of the lexicon.
    pub word: String,
    /// The class of the lexicon with which it is associated most; a person must say whether it is
    /// of that class.
    pub class: Option<&'static str>,
    /// How often it stands in an own voice of the archive.
    pub count: u32,
    /// In how many articles, at least.
    pub articles: u32,
    /// In how many sentences with a praising or hostile word of the lexicon.
    pub framed: u32,
    /// In how many sentences.
    pub sentences: u32,
    /// How often it stands in an own voice of plain news.
    pub plain: u32,
    /// G² of standing in the same sentences as the lexicon's judging words.
    pub association: f64,
    /// The log-odds ratio of the archive to plain news, and its z-score.
    pub keyness: LogOdds,
    /// Some of its places.
    pub contexts: Vec<WordInContext>,
}

impl FramingCandidate {
    /// By what it is ranked: the mean of two standard normal numbers, times √2.
    fn score(&self) -> f64 {
        (signed_root(self.association) + self.keyness.z) / 2_f64.sqrt()
    }
}

impl FramingCandidate {
    /// It, with what was measured, as JSON; `decision` is for whoever reads it.
    pub fn json(&self) -> Value {
        let place = |place: &WordInContext| {
            json!({
                "article": place.article,
                "before": place.before,
                "word": place.word,
                "after": place.after,
            })
        };
        json!({
            "word": self.word,
            "decision": Value::Null,
            "class": self.class,
            "association": rounded(self.association),
            "log_odds": rounded(self.keyness.log_odds),
            "z": rounded(self.keyness.z),
            "count": self.count,
            "articles": self.articles,
            "sentences": self.sentences,
            "framed": self.framed,
            "plain": self.plain,
            "contexts": self.contexts.iter().map(place).collect::<Vec<_>>(),
        })
    }
}

/// A number with so many digits as mean anything.
pub fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

fn signed_root(value: f64) -> f64 {
    value.abs().sqrt().copysign(value)
}

/// Dunning's log-likelihood ratio of a two-by-two table: `both` of `n` have both properties,
/// `first` the first and `second` the second. Negative if both are less frequent than by chance.
fn log_likelihood(both: u64, first: u64, second: u64, n: u64) -> f64 {
    let [both, first, second, n] = [both, first, second, n].map(|count| count as f64);
    let expected = first * second / n;
    let cells = [
        (both, expected),
        (first - both, first * (n - second) / n),
        (second - both, (n - first) * second / n),
        (n - first - second + both, (n - first) * (n - second) / n),
    ];
    let sum: f64 = cells
        .iter()
        .filter(|(observed, expected)| *observed > 0.0 && *expected > 0.0)
        .map(|(observed, expected)| observed * (observed / expected).ln())
        .sum();
    (2.0 * sum.max(0.0)).copysign(both - expected)
}

impl WordCounter {
    /// The candidates that are frequent enough, [`MIN_Z`] above chance by both measures, and not
    /// known; at most `max`, the likeliest first. Of a phrase and its part, the likelier one.
    pub fn ranked(mut self, max: usize, is_known: impl Fn(&str) -> bool) -> Vec<FramingCandidate> {
        self.join_clitics();
        let mut candidates: Vec<FramingCandidate> = self
            .counts
            .iter()
            .filter(|(_, counts)| counts.archive >= self.min_count)
            .map(|(word, counts)| self.candidate(word, counts))
            .filter(|candidate| {
                signed_root(candidate.association) >= MIN_Z && candidate.keyness.z >= MIN_Z
            })
            .collect();
        candidates.sort_by(|one, other| {
            other.score().total_cmp(&one.score()).then_with(|| one.word.cmp(&other.word))
        });
        let mut ranked: Vec<FramingCandidate> = Vec::new();
        for candidate in candidates {
            if ranked.len() >= max {
                break;
            }
            let is_part = |other: &FramingCandidate| {
                is_in(&candidate.word, &other.word) || is_in(&other.word, &candidate.word)
            };
            if !ranked.iter().any(is_part)
                && !is_known(&candidate.word)
                && !self.is_covered(&candidate.word)
            {
                ranked.push(candidate);
            }
        }
        ranked
    }

    /// Joins words with a clitic to those without, where these are as frequent: who writes both
    /// means one word, and a pattern finds both. A phrase loses its clitic where its first word
    /// does.
    fn join_clitics(&mut self) {
        let mut words: Vec<String> = self.counts.keys().cloned().collect();
        // The longest first, so that what two clitics stand before is joined step by step.
        words.sort_by(|one, other| {
            (Reverse(one.len()), one.as_str()).cmp(&(Reverse(other.len()), other.as_str()))
        });
        for word in words {
            let Some(count) = self.counts.get(&word).map(|counts| counts.archive) else { continue };
            let is_frequent =
                |bare: &str| self.counts.get(bare).is_some_and(|counts| counts.archive >= count);
            let bare = without_clitics(&word).find(|bare| {
                is_frequent(bare)
                    || bare.split_once(' ').is_some_and(|(first, _)| is_frequent(first))
            });
            if let Some(bare) = bare
                && let Some(counts) = self.counts.remove(&word)
            {
                self.counts.entry(bare.to_owned()).or_default().join(counts);
            }
        }
    }

    fn candidate(&self, word: &str, counts: &Counts) -> FramingCandidate {
        let association = |both: u32, second: u64| {
            log_likelihood(both.into(), counts.sentences.into(), second, self.n_sentences)
        };
        let of_class = counts.classes.iter().map(|(&class, &both)| {
            (association(both, self.n_of_class[class]), LEXICON.classes[class].name.as_str())
        });
        let class = of_class
            .filter(|(association, _)| *association > 0.0)
            .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1)));
        let length = word.split(' ').count() - 1;
        let archive = (counts.archive.into(), self.n_archive[length]);
        let plain = (counts.plain.into(), self.n_plain[length]);
        // As heavy as the smaller of the two: a large archive would say what is usual by itself.
        let weight = archive.1.min(plain.1).max(1);
        FramingCandidate {
            word: word.to_owned(),
            class: class.map(|(_, name)| name),
            count: counts.archive,
            articles: counts.articles,
            framed: counts.framed,
            sentences: counts.sentences,
            plain: counts.plain,
            association: association(counts.framed, self.n_framed),
            keyness: log_odds(archive, plain, weight as f64),
            contexts: counts.contexts.clone(),
        }
    }
}

/// Whether the words of one phrase stand in another, in a row.
fn is_in(part: &str, whole: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_likelihood_is_that_of_the_formula() {
        // Observed 10, 10, 20, 60 of 100; expected 6, 14, 24, 56: 2·Σ O·ln(O/E) =
        // 2·(10·ln(10/6) + 10·ln(10/14) + 20·ln(20/24) + 60·ln(60/56)) = 4.473513….
        let expected = 2.0
            * (10.0 * (10.0_f64 / 6.0).ln()
                + 10.0 * (10.0_f64 / 14.0).ln()
                + 20.0 * (20.0_f64 / 24.0).ln()
                + 60.0 * (60.0_f64 / 56.0).ln());
        assert!((log_likelihood(10, 20, 30, 100) - expected).abs() < 1e-9);
        assert!((4.4..4.6).contains(&expected), "{expected}");
        assert!(log_likelihood(1, 20, 30, 100) < 0.0);
        assert!(log_likelihood(6, 20, 30, 100).abs() < 1e-9);
        assert!(log_likelihood(0, 0, 30, 100).abs() < 1e-9);
    }

    #[test]
    fn a_phrase_holds_its_words_and_no_parts_of_them() {
        assert!(is_in("درع", "درع الوطن") && is_in("الوطن", "درع الوطن"));
        assert!(!is_in("وطن", "درع الوطن"));
    }
}
