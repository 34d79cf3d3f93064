//! Finds phrases in tokens, whatever stands before their words.

use rustc_hash::FxHashMap;

use crate::arabic::{fold_letters, normalise};

/// What may stand before a word: conjunctions, prepositions, the future س and the article, joined.
const PROCLITICS: [&str; 20] =
    ["و", "ف", "ب", "ك", "ل", "س", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال", "وب", "ول", "وس", "فس", "وك"];

/// So many letters of a word must be left when a proclitic is taken off: فجر is no ف + جر. One fewer after و, because وما is.
const SHORTEST: usize = 3;

/// Phrases of one or more words with a value each. A word of a phrase is met by a token that is this word, in one spelling, or is
/// it behind a proclitic; one that ends in `*` by every token that begins so.
#[derive(Clone, Debug, Default)]
pub struct Phrases<T> {
    exact: FxHashMap<String, usize>,
    beginnings: FxHashMap<String, usize>,
    steps: FxHashMap<(usize, usize), usize>,
    values: Vec<Option<T>>,
}

/// A phrase found: the tokens from `start` up to `end`, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// Number of its first token.
    pub start: usize,
    /// Number of the first token after it.
    pub end: usize,
    /// What it stands for.
    pub value: T,
}

impl<T: Copy> Phrases<T> {
    /// The phrases of `patterns`; of equal patterns the first counts.
    pub fn new<'a>(patterns: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut phrases =
            Self { exact: FxHashMap::default(), beginnings: FxHashMap::default(), steps: FxHashMap::default(), values: vec![None] };
        for (pattern, value) in patterns {
            let mut node = 0;
            for (number, word) in pattern.split_whitespace().enumerate() {
                let bare = if number == 0 {
                    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= SHORTEST).unwrap_or(word)
                } else {
                    word
                };
                let words = phrases.exact.len() + phrases.beginnings.len();
                let id = match bare.strip_suffix('*') {
                    Some(beginning) => *phrases.beginnings.entry(one_spelling(beginning)).or_insert(words),
                    None => *phrases.exact.entry(one_spelling(bare)).or_insert(words),
                };
                let nodes = phrases.values.len();
                node = *phrases.steps.entry((node, id)).or_insert(nodes);
                if node == nodes {
                    phrases.values.push(None);
                }
            }
            if let Some(slot @ None) = phrases.values.get_mut(node) {
                *slot = Some(value);
            }
        }
        phrases
    }

    /// The words of phrases that a token in one spelling may be.
    fn ids(&self, token: &str) -> Vec<usize> {
        let mut ids = Vec::new();
        let mut add = |form: &str| {
            ids.extend(self.exact.get(form));
            ids.extend(form.char_indices().skip(2).map(|(at, _)| at).chain([form.len()]).filter_map(|at| self.beginnings.get(&form[..at])));
        };
        add(token);
        for proclitic in PROCLITICS {
            if let Some(rest) = token.strip_prefix(proclitic)
                && rest.chars().nth(if proclitic == "و" { SHORTEST - 2 } else { SHORTEST - 1 }).is_some()
            {
                add(rest);
            }
        }
        ids
    }

    /// The phrases in `tokens` (in one spelling), the longest from each place, none inside another.
    pub fn find(&self, tokens: &[impl AsRef<str>]) -> Vec<Found<T>> {
        let ids: Vec<Vec<usize>> = tokens.iter().map(|token| self.ids(token.as_ref())).collect();
        let mut found = Vec::new();
        let mut start = 0;
        while start < ids.len() {
            let mut longest = None;
            let mut nodes = vec![0];
            for (at, ids) in ids.iter().enumerate().skip(start) {
                let step = |node: &usize| ids.iter().filter_map(|id| self.steps.get(&(*node, *id)).copied()).collect::<Vec<_>>();
                nodes = nodes.iter().flat_map(step).collect();
                match nodes.iter().find_map(|&node| self.values[node]) {
                    Some(value) => longest = Some(Found { start, end: at + 1, value }),
                    None if nodes.is_empty() => break,
                    None => {}
                }
            }
            start = longest.map_or(start + 1, |longest| longest.end);
            found.extend(longest);
        }
        found
    }
}

/// A word in the spelling in which phrases are compared.
pub fn one_spelling(word: &str) -> String {
    fold_letters(&normalise(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(phrases: &Phrases<u8>, text: &str) -> Vec<(usize, usize, u8)> {
        let tokens: Vec<String> = text.split(' ').map(one_spelling).collect();
        phrases.find(&tokens).into_iter().map(|found| (found.start, found.end, found.value)).collect()
    }

    #[test]
    fn a_phrase_is_found_behind_clitics_and_the_longest_wins() {
        let phrases = Phrases::new([("حكومة الوفاق", 1), ("الوفاق", 2), ("ميليشي*", 3), ("مجلس النواب", 4)]);
        assert_eq!(find(&phrases, "قالت حكومة الوفاق إن الوفاق"), [(1, 3, 1), (4, 5, 2)]);
        assert_eq!(find(&phrases, "وحكومة الوفاق والميليشيات لميليشيا"), [(0, 2, 1), (2, 3, 3), (3, 4, 3)]);
        assert_eq!(find(&phrases, "بمجلس النواب مجلس نواب"), [(0, 2, 4)]);
    }

    #[test]
    fn a_short_word_keeps_its_first_letter() {
        let phrases = Phrases::new([("جر", 1), ("لص", 2)]);
        assert_eq!(find(&phrases, "فجر لص"), [(1, 2, 2)]);
    }
}
