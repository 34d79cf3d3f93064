//! Word → stem.
//!
//! Snowball's Arabic stemmer alone gives one word several stems: الوفاق → وفاق but وفاق → فاق,
//! القوات → القو but قوات → قوا, لحفتر → لحفتر. The stemmer here first removes ال and the clitics
//! before it, and keeps names whole, so that a word has one stem.

use std::fmt;

use rust_stemmers::Algorithm;
use rustc_hash::FxHashSet;

use super::snowball::{self, MAX_LETTERS};
use crate::text::script::{fold_letters, normalise, strip_letters};

/// ال with the clitics that can precede it, longest first. After ل the alif of ال is not written.
const ARTICLES: [&str; 12] =
    ["وبال", "وكال", "فبال", "فكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال"];

/// Clitics of a word without ال: a conjunction, a preposition, or both.
const CLITICS: [&str; 12] = ["و", "ف", "ب", "ك", "ل", "وب", "وك", "ول", "فب", "فك", "فل", "س"];

/// Fewest letters that must remain when the article is removed. In shorter words ال belongs to the
/// word (البا, الله).
const MIN_LETTERS: usize = 3;

/// Stems words and keeps given names whole.
pub struct Stemmer {
    snowball: rust_stemmers::Stemmer,
    names: FxHashSet<String>,
    /// Length of the longest name, in bytes.
    max_name_bytes: usize,
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stemmer").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Stemmer {
    /// A stemmer that keeps `names` whole, with and without ال and clitics.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: FxHashSet<String> =
            names.into_iter().map(|name| strip_article(&normalise(name)).to_owned()).collect();
        let max_name_bytes = names.iter().map(String::len).max().unwrap_or(0);
        Self { snowball: rust_stemmers::Stemmer::create(Algorithm::Arabic), names, max_name_bytes }
    }

    /// The stem of a normalised word.
    pub fn stem(&self, word: &str) -> String {
        self.stem_with(word, |bare| snowball::stem(bare).unwrap_or_else(|| self.library_stem(bare)))
    }

    /// The stem of a word without article and clitics, by `rust_stemmers`: the definition of the
    /// stemmer, and the fallback for words that [`snowball::stem`] does not handle.
    pub(super) fn library_stem(&self, bare: &str) -> String {
        self.snowball.stem(bare).into_owned()
    }

    /// The stem of a normalised word, given the stemmer for what is left of it without article and
    /// clitics.
    pub(super) fn stem_with(&self, word: &str, snowball: impl FnOnce(&str) -> String) -> String {
        if word.chars().count() > MAX_LETTERS {
            return fold_letters(word);
        }
        let bare = strip_article(word);
        match self.name(bare) {
            Some(name) => fold_letters(name),
            None => fold_letters(&snowball(bare)),
        }
    }

    /// The name that `word` is, alone or after a clitic.
    fn name<'a>(&self, word: &'a str) -> Option<&'a str> {
        let bare = CLITICS.iter().filter_map(|clitic| strip_letters(word, clitic));
        std::iter::once(word)
            .chain(bare)
            .find(|bare| bare.len() <= self.max_name_bytes && self.names.contains(*bare))
    }
}

/// `word` without ال and the clitics before it, if at least three letters remain.
pub(crate) fn strip_article(word: &str) -> &str {
    ARTICLES
        .iter()
        .filter_map(|article| strip_letters(word, article))
        .find(|rest| rest.chars().count() >= MIN_LETTERS)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn stemmer() -> Stemmer {
        Stemmer::new(["حفتر", "السراج", "الدبيبة"])
    }

    #[test]
    fn a_word_has_one_stem_whatever_stands_before_it() {
        let stemmer = stemmer();
        for forms in [
            &["وفاق", "الوفاق", "والوفاق", "للوفاق", "بالوفاق"][..],
            &["قوات", "القوات", "والقوات", "للقوات"],
            &["ميليشيات", "الميليشيات", "للميليشيات", "والميليشيات"],
            &["حفتر", "لحفتر", "وحفتر", "وبحفتر"],
            &["السراج", "والسراج", "للسراج", "سراج"],
            &["الدبيبة", "للدبيبة", "والدبيبة"],
        ] {
            let stems: BTreeSet<_> = forms.iter().map(|form| stemmer.stem(form)).collect();
            assert_eq!(stems.len(), 1, "{forms:?} → {stems:?}");
        }
    }

    #[test]
    fn words_of_different_meaning_keep_different_stems() {
        let stemmer = stemmer();
        let words = [
            "تحرير",
            "احتلال",
            "استعادة",
            "ميليشيات",
            "قوات",
            "حكومة",
            "شرعية",
            "انقلاب",
            "مرتزقة",
            "حفتر",
            "سراج",
        ];
        let stems: BTreeSet<_> = words.iter().map(|word| stemmer.stem(word)).collect();
        assert_eq!(stems.len(), words.len(), "{stems:?}");
    }

    #[test]
    fn a_word_of_a_hundred_thousand_letters_is_not_stemmed() {
        let long = "ا".repeat(100_000);
        assert_eq!(stemmer().stem(&long), long);
    }
}
