//! Finds phrases in tokens, with any proclitics before their words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::script::{fold_letters, normalise};

/// Proclitics: conjunctions, prepositions, the future س and the article, alone and joined.
const PROCLITICS: [&str; 20] = [
    "و", "ف", "ب", "ك", "ل", "س", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال",
    "وب", "ول", "وس", "فس", "وك",
];

/// Fewest letters that must remain after a proclitic: فجر is not ف + جر. One fewer after و, because
/// وما is و + ما.
const MIN_LETTERS: usize = 3;

/// The words of phrases, each with a number. A token matches a word if it is this word in one
/// spelling, alone or after a proclitic. A word that ends in `*` matches every token that begins
/// with it.
#[derive(Clone, Debug, Default)]
pub struct PhraseWords {
    /// The whole words.
    whole: FxHashMap<String, u32>,
    /// The beginnings, by their first letters. Few share them, and these are compared one by one.
    beginnings: FxHashMap<[u8; 4], Vec<(String, u32)>>,
    n_words: u32,
}

/// The bytes of the first two letters, or of the first digits: brigades have numbers.
fn bucket(word: &str) -> Option<[u8; 4]> {
    let bytes = word.as_bytes();
    let number = || {
        let mut first = [0; 4];
        first.get_mut(..bytes.len())?.copy_from_slice(bytes);
        bytes.first()?.is_ascii_digit().then_some(first)
    };
    bytes.first_chunk().copied().or_else(number)
}

impl PhraseWords {
    /// The number of a word of a pattern; `None` for a single letter.
    fn add(&mut self, pattern: &str) -> Option<u32> {
        let (text, beginning) =
            pattern.strip_suffix('*').map_or((pattern, false), |text| (text, true));
        let text = one_spelling(text);
        let letters = bucket(&text)?;
        let new = self.n_words;
        let number = if beginning {
            let beginnings = self.beginnings.entry(letters).or_default();
            let known = beginnings.iter().find(|(known, _)| *known == text);
            let known = known.map(|(_, number)| *number);
            known.unwrap_or_else(|| {
                beginnings.push((text, new));
                new
            })
        } else {
            *self.whole.entry(text).or_insert(new)
        };
        self.n_words += u32::from(number == new);
        Some(number)
    }

    /// The numbers of the words that a token in one spelling matches.
    pub fn matching(&self, token: &str) -> Vec<u32> {
        let mut matching = Vec::new();
        let mut add = |form: &str| {
            let from = matching.len();
            matching.extend(self.whole.get(form));
            let beginnings = bucket(form).and_then(|letters| self.beginnings.get(&letters));
            let begins = |(beginning, _): &&(String, u32)| form.starts_with(beginning);
            let beginnings = beginnings.into_iter().flatten().filter(begins);
            matching.extend(beginnings.map(|(_, number)| *number));
            // In the order in which they were added: of equal patterns the first one counts.
            matching[from..].sort_unstable();
        };
        add(token);
        // Most words begin with a letter that no proclitic begins with.
        if !token.starts_with(['و', 'ف', 'ب', 'ك', 'ل', 'س', 'ا']) {
            return matching;
        }
        for proclitic in PROCLITICS {
            if let Some(rest) = token.strip_prefix(proclitic)
                && rest
                    .chars()
                    .nth(if proclitic == "و" { MIN_LETTERS - 2 } else { MIN_LETTERS - 1 })
                    .is_some()
            {
                add(rest);
            }
        }
        matching
    }
}

/// Phrases of one or more words with a value each.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    /// From a place in phrases and a word to the next place.
    steps: FxHashMap<(usize, u32), usize>,
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
    /// The phrases of `patterns`, their words being added to `words`; of equal patterns the first
    /// one counts.
    pub fn new<'a>(
        words: &mut PhraseWords,
        patterns: impl IntoIterator<Item = (&'a str, T)>,
    ) -> Self {
        let mut phrases = Self { steps: FxHashMap::default(), values: vec![None] };
        for (pattern, value) in patterns {
            let mut node = 0;
            for (number, word) in pattern.split_whitespace().enumerate() {
                let bare = if number == 0 { without_article(word) } else { word };
                let Some(word) = words.add(bare) else { continue };
                let nodes = phrases.values.len();
                node = *phrases.steps.entry((node, word)).or_insert(nodes);
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

    /// Whether a phrase begins with one of these words.
    pub fn begins(&self, words: &[u32]) -> bool {
        words.iter().any(|&word| self.steps.contains_key(&(0, word)))
    }

    /// Whether phrases stand in at least `least` places of `n_tokens` tokens, none inside another;
    /// `begins` says of each token whether a phrase begins with its words.
    pub fn at_least<'a>(
        &self,
        least: usize,
        n_tokens: usize,
        begins: impl Fn(usize) -> bool,
        phrase_words: impl Fn(usize) -> &'a [u32],
    ) -> bool {
        let (mut nodes, mut next) = (Vec::new(), Vec::new());
        let (mut start, mut places) = (0, 0);
        while start < n_tokens && places < least {
            if !begins(start) {
                start += 1;
                continue;
            }
            let longest = self.longest(start..n_tokens, &phrase_words, &mut nodes, &mut next);
            places += usize::from(longest.is_some());
            start = longest.map_or(start + 1, |longest| longest.end);
        }
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
        let (mut nodes, mut next) = (Vec::new(), Vec::new());
        let mut start = 0;
        while start < n_tokens {
            if !begins(start) {
                start += 1;
                continue;
            }
            let longest = self.longest(start..n_tokens, &phrase_words, &mut nodes, &mut next);
            start = longest.as_ref().map_or(start + 1, |longest| longest.end);
            longest.into_iter().for_each(&mut each);
        }
    }

    /// The longest phrase that begins at the first of these tokens; the others are working memory.
    fn longest<'a>(
        &self,
        tokens: Range<usize>,
        phrase_words: impl Fn(usize) -> &'a [u32],
        nodes: &mut Vec<usize>,
        next: &mut Vec<usize>,
    ) -> Option<Found<T>> {
        let start = tokens.start;
        let mut longest = None;
        nodes.clear();
        nodes.push(0);
        for at in tokens {
            let words = phrase_words(at);
            if words.is_empty() {
                break;
            }
            next.clear();
            for &node in nodes.iter() {
                next.extend(
                    words.iter().filter_map(|&word| self.steps.get(&(node, word)).copied()),
                );
            }
            std::mem::swap(nodes, next);
            match nodes.iter().find_map(|&node| self.values[node]) {
                Some(value) => longest = Some(Found { start, end: at + 1, value }),
                None if nodes.is_empty() => break,
                None => {}
            }
        }
        longest
    }
}

/// The first word of a phrase without its article, which may be missing in text or be joined to a
/// preposition.
fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= MIN_LETTERS).unwrap_or(word)
}

/// The proclitic of a token in one spelling that matches the first word of a phrase (`*` at its end
/// stands for any ending); `None` if it does not match.
pub(crate) fn proclitic(token: &str, first: &str) -> Option<&'static str> {
    let (text, beginning) = first.strip_suffix('*').map_or((first, false), |text| (text, true));
    let text = one_spelling(without_article(text));
    let matches = |form: &str| if beginning { form.starts_with(&text) } else { form == text };
    std::iter::once("")
        .chain(PROCLITICS)
        .find(|proclitic| token.strip_prefix(proclitic).is_some_and(matches))
}

/// A pattern in the form in which patterns are compared.
pub(crate) fn one_pattern(pattern: &str) -> String {
    one_spelling(without_article(pattern))
}

/// A word in the spelling in which phrases are compared.
pub fn one_spelling(word: &str) -> String {
    fold_letters(&normalise(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(patterns: &[(&str, u8)], text: &str) -> Vec<(usize, usize, u8)> {
        let mut words = PhraseWords::default();
        let phrases = Phrases::new(&mut words, patterns.iter().copied());
        let met: Vec<Vec<u32>> =
            text.split(' ').map(|token| words.matching(&one_spelling(token))).collect();
        let mut found = Vec::new();
        phrases.find(
            met.len(),
            |at| phrases.begins(&met[at]),
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
    fn the_proclitic_of_a_name_is_what_stands_before_it() {
        for (token, first, found) in [
            ("حفتر", "حفتر", Some("")),
            ("وبالسراج", "السراج", Some("وبال")),
            ("للسراج", "السراج", Some("لل")),
            ("والمصريين", "مصري*", Some("وال")),
            ("انحفتر", "حفتر", None),
        ] {
            assert_eq!(proclitic(&one_spelling(token), first), found, "{token}");
        }
    }

    #[test]
    fn a_short_word_keeps_its_first_letter() {
        assert_eq!(find(&[("جر", 1), ("لص", 2)], "فجر لص ما"), [(1, 2, 2)]);
    }
}
