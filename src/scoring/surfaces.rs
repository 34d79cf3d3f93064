//! The words that spoke for a stance, as the article writes them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{WORDS_NAMED, Word};
use crate::features::Evidence;

/// Finds how the features of an article are written in it.
pub(super) struct Surfaces<'a> {
    text: &'a str,
    evidence: &'a Evidence,
    /// The words where something was first written so.
    written: Vec<&'a Range<usize>>,
    /// By entry of the row: the number of what is written there in `written`; `None` for what is
    /// said of the text as a whole.
    numbers: Vec<Option<usize>>,
}

impl<'a> Surfaces<'a> {
    pub(super) fn of(text: &'a str, evidence: &'a Evidence) -> Self {
        let mut known: FxHashMap<&[u64], usize> = FxHashMap::default();
        known.reserve(evidence.places.len());
        let mut written = Vec::with_capacity(evidence.places.len());
        let number = |words: &'a Range<usize>| {
            (!words.is_empty()).then(|| {
                *known.entry(&evidence.spellings[words.clone()]).or_insert_with(|| {
                    written.push(words);
                    written.len() - 1
                })
            })
        };
        let numbers = evidence.places.iter().map(number).collect();
        Self { text, evidence, written, numbers }
    }

    /// The words whose features add most together to a logit, given the features' weights for it,
    /// strongest first. A feature speaks through the words where it first occurs.
    pub(super) fn strongest(&self, weight: impl Fn(usize) -> f64) -> Vec<Word> {
        let mut pushes = vec![0.0; self.written.len()];
        for ((feature, value), number) in self.evidence.row.iter().zip(&self.numbers) {
            if let Some(number) = *number {
                pushes[number] += value * weight(feature);
            }
        }
        let word = |number: usize| self.evidence.written(self.text, self.written[number]);
        let mut numbers: Vec<usize> =
            (0..pushes.len()).filter(|&number| pushes[number] > 0.0).collect();
        let stronger = |a: &usize, b: &usize| {
            pushes[*b].total_cmp(&pushes[*a]).then_with(|| word(*a).cmp(&word(*b)))
        };
        if numbers.len() > WORDS_NAMED {
            numbers.select_nth_unstable_by(WORDS_NAMED, stronger);
            numbers.truncate(WORDS_NAMED);
        }
        numbers.sort_unstable_by(stronger);
        numbers
            .into_iter()
            .map(|number| Word { word: word(number), weight: pushes[number] })
            .collect()
    }
}
