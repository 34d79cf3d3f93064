//! The words of phrases, with any proclitics before them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::folding::folded_normal;
use crate::text::script::strip_letters;

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
    beginnings: FxHashMap<Letters, Vec<(String, u32)>>,
    /// How many bytes of beginnings are compared first, each number once.
    n_first: Vec<usize>,
    n_words: u32,
}

/// The bytes of the first three letters of a word; zeros for those that it has not.
type Letters = [u8; 6];

/// Fewest bytes of a word of a pattern: two letters.
const MIN_BYTES: usize = 4;

/// The first `n_bytes` bytes of a word.
fn first_letters(word: &str, n_bytes: usize) -> Letters {
    let mut letters = Letters::default();
    for (letter, byte) in letters.iter_mut().zip(word.as_bytes()).take(n_bytes) {
        *letter = *byte;
    }
    letters
}

/// Whether a word of a pattern is more than a single letter. Digits may be few: brigades have
/// numbers.
fn is_long_enough(word: &str) -> bool {
    word.len() >= MIN_BYTES || word.starts_with(|c: char| c.is_ascii_digit())
}

impl PhraseWords {
    /// The number of a word of a pattern; `None` for a single letter.
    pub(super) fn add(&mut self, pattern: &str) -> Option<u32> {
        let (text, beginning) =
            pattern.strip_suffix('*').map_or((pattern, false), |text| (text, true));
        let text = one_spelling(text);
        if !is_long_enough(&text) {
            return None;
        }
        let new = self.n_words;
        let number = if beginning {
            let n_first = text.len().min(Letters::default().len());
            if !self.n_first.contains(&n_first) {
                self.n_first.push(n_first);
            }
            let beginnings = self.beginnings.entry(first_letters(&text, n_first)).or_default();
            let known = beginnings.iter().find(|(known, _)| *known == text);
            let known = known.map(|(_, number)| *number);
            known.unwrap_or_else(|| {
                beginnings.push((text.into_owned(), new));
                new
            })
        } else if let Some(&known) = self.whole.get(&*text) {
            known
        } else {
            self.whole.insert(text.into_owned(), new);
            new
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
            for &n_first in self.n_first.iter().filter(|&&n_first| n_first <= form.len()) {
                let alike = self.beginnings.get(&first_letters(form, n_first));
                for (beginning, number) in alike.into_iter().flatten() {
                    if form.starts_with(beginning) {
                        matching.push(*number);
                    }
                }
            }
            // In the order in which they were added: of equal patterns the first one counts.
            matching[from..].sort_unstable();
        };
        add(token);
        // Most words begin with a letter that no proclitic begins with.
        if !token.starts_with(['و', 'ف', 'ب', 'ك', 'ل', 'س', 'ا']) {
            return matching;
        }
        for proclitic in PROCLITICS {
            if let Some(rest) = strip_letters(token, proclitic)
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

/// The first word of a phrase without its article, which may be missing in text or be joined to a
/// preposition.
pub(super) fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= MIN_LETTERS).unwrap_or(word)
}

/// The proclitic of a token in one spelling that matches the first word of a phrase (`*` at its end
/// stands for any ending); `None` if it does not match.
pub(crate) fn proclitic(token: &str, first: &str) -> Option<&'static str> {
    let (text, beginning) = first.strip_suffix('*').map_or((first, false), |text| (text, true));
    let text = one_spelling(without_article(text));
    let matches = |form: &str| if beginning { form.starts_with(&*text) } else { form == text };
    std::iter::once("")
        .chain(PROCLITICS)
        .find(|proclitic| token.strip_prefix(proclitic).is_some_and(matches))
}

/// A pattern in the form in which patterns are compared.
pub(crate) fn one_pattern(pattern: &str) -> Cow<'_, str> {
    one_spelling(without_article(pattern))
}

/// A word in the spelling in which phrases are compared: normalised, its letters folded. The lists
/// have tens of thousands of words, nearly all of them in this spelling; these are not copied.
pub fn one_spelling(word: &str) -> Cow<'_, str> {
    folded_normal(word)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
