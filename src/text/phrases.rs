//! Finds phrases in tokens.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrase_words::{PhraseWords, without_article};

/// Phrases of one or more words with a value each.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    /// The place behind each first word, by its number; 0 where no phrase begins.
    first: Vec<u32>,
    /// From a place behind the first word and a word to the next place.
    steps: FxHashMap<(u32, u32), u32>,
    /// By place; the place 0 is before the first word.
    values: Vec<Option<T>>,
    /// By place: a bit for each word that may come next, by its last six bits. Nearly all words
    /// that do not are seen here.
    followers: Vec<u64>,
    /// The words behind the first ones.
    later: FxHashSet<u32>,
}

/// Where a token may stand in phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// A phrase begins with it.
    pub begins: bool,
    /// A phrase is this token alone.
    pub alone: bool,
    /// It stands in a phrase behind another token.
    pub goes_on: bool,
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
    /// The phrases of `patterns`, their words being added to `words`; of equal patterns the first
    /// one counts.
    pub fn new<'a>(
        words: &mut PhraseWords,
        patterns: impl IntoIterator<Item = (&'a str, T)>,
    ) -> Self {
        let mut phrases = Self {
            first: Vec::new(),
            steps: FxHashMap::default(),
            values: vec![None],
            followers: vec![0],
            later: FxHashSet::default(),
        };
        for (pattern, value) in patterns {
            let mut node = 0;
            for (number, word) in pattern.split_whitespace().enumerate() {
                let bare = if number == 0 { without_article(word) } else { word };
                let Some(word) = words.add(bare) else { continue };
                node = phrases.step_or_add(node, word);
            }
            if let Some(slot @ None) = phrases.values.get_mut(node as usize) {
                *slot = Some(value);
            }
        }
        phrases
    }

    /// The place behind a word, which is added if there is none.
    fn step_or_add(&mut self, node: u32, word: u32) -> u32 {
        // Patterns are lists of this program or its user, far fewer than 2³².
        let new = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let next = if node > 0 {
            self.later.insert(word);
            self.followers[node as usize] |= 1 << (word & 63);
            self.steps.entry((node, word)).or_insert(new)
        } else {
            let word = word as usize;
            self.first.resize(self.first.len().max(word + 1), 0);
            let next = &mut self.first[word];
            *next = if *next == 0 { new } else { *next };
            next
        };
        let next = *next;
        if next == new {
            self.values.push(None);
            self.followers.push(0);
        }
        next
    }

    /// The place behind a word; `None` if no phrase goes on with it.
    #[inline]
    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node > 0 {
            let may_follow = self.followers[node as usize] >> (word & 63) & 1 == 1;
            return if may_follow { self.steps.get(&(node, word)).copied() } else { None };
        }
        self.first.get(word as usize).copied().filter(|&next| next > 0)
    }

    /// Where a token with these words may stand in phrases.
    pub fn uses(&self, words: &[u32]) -> Uses {
        let mut uses = Uses::default();
        for &word in words {
            if let Some(node) = self.step(0, word) {
                uses.begins = true;
                uses.alone |= self.values[node as usize].is_some();
            }
            uses.goes_on |= self.later.contains(&word);
        }
        uses
    }

    /// Whether phrases stand in at least `least` places of `n_tokens` tokens, none inside another;
    /// `begins` says of each token whether a phrase may begin with its words.
    pub fn at_least<'a>(
        &self,
        least: usize,
        n_tokens: usize,
        begins: impl Fn(usize) -> bool,
        phrase_words: impl Fn(usize) -> &'a [u32],
    ) -> bool {
        let mut places = 0;
        self.find_while(n_tokens, begins, phrase_words, |_| {
            places += 1;
            places < least
        });
        places >= least
    }

    /// Calls `each` with the phrases in `n_tokens` tokens, given the phrase words that each token
    /// matches: the longest from each token on, none inside another; `begins` as in `at_least`.
    pub fn find<'a>(
        &self,
        n_tokens: usize,
        begins: impl Fn(usize) -> bool,
        phrase_words: impl Fn(usize) -> &'a [u32],
        mut each: impl FnMut(Found<T>),
    ) {
        self.find_while(n_tokens, begins, phrase_words, |found| {
            each(found);
            true
        });
    }

    /// The same until `each` says that it has seen enough.
    pub fn find_while<'a>(
        &self,
        n_tokens: usize,
        begins: impl Fn(usize) -> bool,
        phrase_words: impl Fn(usize) -> &'a [u32],
        mut each: impl FnMut(Found<T>) -> bool,
    ) {
        let (mut nodes, mut next) = (Vec::new(), Vec::new());
        let mut start = 0;
        while start < n_tokens {
            if !begins(start) {
                start += 1;
                continue;
            }
            let longest = self.longest(start..n_tokens, &phrase_words, &mut nodes, &mut next);
            start = longest.as_ref().map_or(start + 1, |longest| longest.end);
            if longest.is_some_and(|found| !each(found)) {
                return;
            }
        }
    }

    /// The longest phrase that begins at the first of these tokens; the others are working memory.
    fn longest<'a>(
        &self,
        tokens: Range<usize>,
        phrase_words: impl Fn(usize) -> &'a [u32],
        nodes: &mut Vec<u32>,
        next: &mut Vec<u32>,
    ) -> Option<Found<T>> {
        let start = tokens.start;
        let (mut nodes, mut next) = (nodes, next);
        let mut longest = None;
        nodes.clear();
        nodes.push(0);
        for at in tokens {
            let words = phrase_words(at);
            if words.is_empty() {
                break;
            }
            next.clear();
            let mut value = None;
            for &node in nodes.iter() {
                for &word in words {
                    if let Some(node) = self.step(node, word) {
                        value = value.or(self.values[node as usize]);
                        next.push(node);
                    }
                }
            }
            (nodes, next) = (next, nodes);
            match value {
                Some(value) => longest = Some(Found { start, end: at + 1, value }),
                None if nodes.is_empty() => break,
                None => {}
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::phrase_words::one_spelling;
    use crate::text::word_reading::{PhraseKind, PhraseUses};
    use proptest::prelude::*;

    fn find(patterns: &[(&str, u8)], text: &str) -> Vec<(usize, usize, u8)> {
        let mut words = PhraseWords::default();
        let phrases = Phrases::new(&mut words, patterns.iter().copied());
        let met: Vec<Vec<u32>> =
            text.split(' ').map(|token| words.matching(&one_spelling(token))).collect();
        let mut found = Vec::new();
        phrases.find(
            met.len(),
            |at| phrases.uses(&met[at]).begins,
            |at| &met[at],
            |Found { start, end, value }| found.push((start, end, value)),
        );
        found
    }

    #[test]
    fn a_phrase_is_found_behind_clitics_and_the_longest_wins() {
        let phrases = [("حكومة الوفاق", 1), ("الوفاق", 2), ("ميليشي*", 3), ("مجلس النواب", 4)];
        assert_eq!(find(&phrases, "قالت حكومة الوفاق إن الوفاق"), [(1, 3, 1), (4, 5, 2)]);
        assert_eq!(
            find(&phrases, "وحكومة الوفاق والميليشيات لميليشيا"),
            [(0, 2, 1), (2, 3, 3), (3, 4, 3)]
        );
        assert_eq!(find(&phrases, "بمجلس النواب مجلس نواب"), [(0, 2, 4)]);
    }

    #[test]
    fn a_short_word_keeps_its_first_letter() {
        assert_eq!(find(&[("جر", 1), ("لص", 2)], "فجر لص ما"), [(1, 2, 2)]);
    }

    const WORDS: [&str; 6] = ["حكومة", "الوفاق", "قوات", "جيش", "مجلس", "نواب"];

    proptest! {
        #[test]
        fn what_is_seen_from_the_uses_of_two_words_passes_over_no_phrase(
            patterns in prop::collection::vec(prop::collection::vec(0_usize..6, 1..4), 0..8),
            text in prop::collection::vec(0_usize..6, 0..30),
        ) {
            let join = |words: &Vec<usize>| {
                words.iter().map(|&word| WORDS[word]).collect::<Vec<_>>().join(" ")
            };
            let patterns: Vec<String> = patterns.iter().map(join).collect();
            let mut words = PhraseWords::default();
            let numbered = patterns.iter().map(String::as_str).zip(0_u8..);
            let phrases = Phrases::new(&mut words, numbered);
            let met: Vec<Vec<u32>> =
                text.iter().map(|&word| words.matching(&one_spelling(WORDS[word]))).collect();
            let uses = |at: usize| {
                let words = met.get(at).map_or(&[][..], Vec::as_slice);
                PhraseUses::default().with(PhraseKind::Lexicon, phrases.uses(words))
            };
            let found = |may_begin: &dyn Fn(usize) -> bool| {
                let mut found = Vec::new();
                phrases.find(met.len(), may_begin, |at| &met[at], |one| found.push(one));
                found
            };
            let all = found(&|_| true);
            let may_begin = |at| uses(at).may_begin(PhraseKind::Lexicon, uses(at + 1));
            prop_assert_eq!(found(&may_begin), all);
        }
    }
}
