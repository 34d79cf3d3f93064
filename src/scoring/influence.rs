//! The most influential words of a stance, as the article writes them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{InfluentialWord, WORDS_NAMED};
use crate::features::Evidence;

/// The features of an article, grouped by the words that they stand for.
pub(super) struct FeatureWords<'a> {
    text: &'a str,
    evidence: &'a Evidence,
    /// The distinct wordings, each by its first words.
    wordings: Vec<&'a Range<usize>>,
    /// By entry of the row: the number of its wording; `None` if the feature is of the text as a
    /// whole.
    numbers: Vec<Option<usize>>,
}

impl<'a> FeatureWords<'a> {
    pub(super) fn new(text: &'a str, evidence: &'a Evidence) -> Self {
        let mut known: FxHashMap<&[u64], usize> = FxHashMap::default();
        known.reserve(evidence.places.len());
        let mut wordings = Vec::with_capacity(evidence.places.len());
        let number = |words: &'a Range<usize>| {
            (!words.is_empty()).then(|| {
                *known.entry(&evidence.spellings[words.clone()]).or_insert_with(|| {
                    wordings.push(words);
                    wordings.len() - 1
                })
            })
        };
        let numbers = evidence.places.iter().map(number).collect();
        Self { text, evidence, wordings, numbers }
    }

    /// The words whose features together contribute most to a logit, given the features' weights,
    /// strongest first. A feature counts for the words of its first occurrence.
    pub(super) fn strongest(&self, weight: impl Fn(usize) -> f64) -> Vec<InfluentialWord> {
        let mut contributions = vec![0.0; self.wordings.len()];
        for ((feature, value), number) in self.evidence.row.iter().zip(&self.numbers) {
            if let Some(number) = *number {
                contributions[number] += value * weight(feature);
            }
        }
        let word = |number: usize| self.evidence.written(self.text, self.wordings[number]);
        let mut numbers: Vec<usize> =
            (0..contributions.len()).filter(|&number| contributions[number] > 0.0).collect();
        let stronger = |a: &usize, b: &usize| {
            contributions[*b].total_cmp(&contributions[*a]).then_with(|| word(*a).cmp(&word(*b)))
        };
        if numbers.len() > WORDS_NAMED {
            numbers.select_nth_unstable_by(WORDS_NAMED, stronger);
            numbers.truncate(WORDS_NAMED);
        }
        numbers.sort_unstable_by(stronger);
        numbers
            .into_iter()
            .map(|number| InfluentialWord { word: word(number), weight: contributions[number] })
            .collect()
    }
}
