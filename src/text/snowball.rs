//! Word → stem by Snowball's algorithm for Arabic, for words that are already normalised.
//!
//! It takes a twentieth of the time of `rust_stemmers` 1.2 and returns the same stems; a property
//! test checks this. The algorithm is
//! <https://github.com/snowballstem/snowball/blob/master/algorithms/arabic.sbl> (Assem Chelli and
//! others, BSD licence), in the version that `rust_stemmers` 1.2 was generated from. Most of the
//! library's time goes into its first step, which removes marks and presentation forms letter by
//! letter. A normalised word has none, and no step makes a word longer, so a word is an array of
//! letters that shrinks at both ends.

/// Most letters of a word that is stemmed. Longer ones are not words of the language, and the time
/// of Snowball grows with the square of their length.
pub(super) const MAX_LETTERS: usize = 24;

/// Suffixes or prefixes, longer ones first, each with the fewest letters of a word from which it is
/// removed.
type Affixes = &'static [(&'static [char], usize)];

const NOUN_SUFFIX_1A: Affixes = &[
    (&['ك', 'م', 'ا'], 6),
    (&['ه', 'م', 'ا'], 6),
    (&['ك', 'م'], 5),
    (&['ه', 'م'], 5),
    (&['ه', 'ن'], 5),
    (&['ن', 'ا'], 5),
    (&['ه', 'ا'], 5),
    (&['ك'], 4),
    (&['ه'], 4),
    (&['ي'], 4),
];
const NOUN_SUFFIX_1B: Affixes = &[(&['ن'], 6)];
const NOUN_SUFFIX_2A: Affixes = &[(&['و'], 5), (&['ي'], 5), (&['ا'], 5)];
const NOUN_SUFFIX_2B: Affixes = &[(&['ا', 'ت'], 5)];
const NOUN_SUFFIX_2C1: Affixes = &[(&['ت'], 4)];
const NOUN_SUFFIX_2C2: Affixes = &[(&['ة'], 4)];
const NOUN_SUFFIX_3: Affixes = &[(&['ي'], 3)];
const VERB_SUFFIX_1: Affixes = &[
    (&['ك', 'م', 'و'], 6),
    (&['ك', 'م', 'ا'], 6),
    (&['ه', 'م', 'ا'], 6),
    (&['ك', 'م'], 5),
    (&['ه', 'م'], 5),
    (&['ك', 'ن'], 5),
    (&['ه', 'ن'], 5),
    (&['ن', 'ي'], 5),
    (&['ن', 'ا'], 5),
    (&['ه', 'ا'], 5),
    (&['ك'], 4),
    (&['ه'], 4),
];
const VERB_SUFFIX_2A: Affixes = &[
    (&['ت', 'م', 'ا'], 6),
    (&['و', 'ن'], 6),
    (&['ي', 'ن'], 6),
    (&['ا', 'ن'], 6),
    (&['ت', 'ن'], 5),
    (&['ن', 'ا'], 5),
    (&['ت', 'ا'], 5),
    (&['ن'], 4),
    (&['ي'], 4),
    (&['ا'], 4),
    (&['ت'], 4),
];
const VERB_SUFFIX_2B: Affixes = &[(&['ت', 'م'], 5), (&['و', 'ا'], 5)];
const VERB_SUFFIX_2C: Affixes = &[(&['ت', 'م', 'و'], 6), (&['و'], 4)];
const DEFINED: Affixes =
    &[(&['ب', 'ا', 'ل'], 5), (&['ك', 'ا', 'ل'], 5), (&['ا', 'ل'], 4), (&['ل', 'ل'], 4)];
const PREFIX_2: Affixes = &[(&['ف'], 4), (&['و'], 4)];
const PREFIX_3A: Affixes =
    &[(&['ب', 'ا', 'ل'], 6), (&['ك', 'ا', 'ل'], 6), (&['ا', 'ل'], 5), (&['ل', 'ل'], 5)];

/// The letters of a word.
struct Letters {
    room: [char; MAX_LETTERS],
    /// Where the word begins and ends.
    first: usize,
    end: usize,
    /// Where the next prefix is looked for: after a letter that replaced others.
    cursor: usize,
}

/// The stem of a normalised word; `None` if it has characters other than Arabic letters, or more
/// letters than [`MAX_LETTERS`].
pub(super) fn stem(word: &str) -> Option<String> {
    let mut letters = Letters { room: ['\0'; MAX_LETTERS], first: 0, end: 0, cursor: 0 };
    for c in word.chars() {
        if !matches!(c, 'ء'..='غ' | 'ف'..='ي') {
            return None;
        }
        *letters.room.get_mut(letters.end)? = c;
        letters.end += 1;
    }
    letters.stem();
    let mut stem = String::with_capacity(word.len());
    stem.extend(letters.word());
    Some(stem)
}

impl Letters {
    fn stem(&mut self) {
        // What has ال is a noun; anything else may be a noun or a verb.
        let defined = self.prefix(DEFINED).is_some();
        if !(!defined && self.drop_verb_suffixes() || self.drop_noun_suffixes(defined)) {
            self.replace_last(&['ى'], 'ي');
        }
        self.drop_prefixes(!defined);
        self.make_hamzas_plain();
    }

    fn drop_verb_suffixes(&mut self) -> bool {
        let mut dropped = false;
        while self.drop_suffix(VERB_SUFFIX_1) {
            dropped = true;
        }
        if dropped {
            let _ = self.drop_suffix(VERB_SUFFIX_2A) || self.drop_suffix(VERB_SUFFIX_2C);
            return true;
        }
        self.drop_suffix(VERB_SUFFIX_2B) || self.drop_suffix(VERB_SUFFIX_2A)
    }

    fn drop_noun_suffixes(&mut self, defined: bool) -> bool {
        if self.drop_suffix(NOUN_SUFFIX_2C2) {
        } else if !defined && self.drop_suffix(NOUN_SUFFIX_1A) {
            let _ = self.drop_suffix(NOUN_SUFFIX_2A)
                || self.drop_suffix(NOUN_SUFFIX_2B)
                || self.drop_suffix(NOUN_SUFFIX_2C1);
        } else {
            // What step 1b dropped stays dropped even where nothing follows it.
            let followed = self.drop_suffix(NOUN_SUFFIX_1B)
                && (self.drop_suffix(NOUN_SUFFIX_2A)
                    || self.drop_suffix(NOUN_SUFFIX_2B)
                    || self.drop_suffix(NOUN_SUFFIX_2C1));
            let _ = followed
                || !defined && self.drop_suffix(NOUN_SUFFIX_2A)
                || self.drop_suffix(NOUN_SUFFIX_2B);
        }
        self.drop_suffix(NOUN_SUFFIX_3)
    }

    fn drop_prefixes(&mut self, verb: bool) {
        // Step 1: two hamzas are one.
        if self.len() > 3 && matches!(self.rest(), ['أ', 'آ' | 'أ' | 'ؤ' | 'إ' | 'ا', ..]) {
            if self.rest()[1] == 'ؤ' {
                self.room[self.cursor + 1] = 'أ';
            }
            self.drop(1);
            self.cursor += 1;
        }
        // Step 2: and, so.
        if !matches!(self.rest(), ['ف' | 'و', 'ا', ..]) {
            self.drop_prefix(PREFIX_2);
        }
        // Step 3: the article, prepositions, the future.
        if self.drop_prefix(PREFIX_3A) || self.drop_preposition() || !verb {
            return;
        }
        if self.len() > 4 && matches!(self.rest(), ['س', 'أ' | 'ت' | 'ن' | 'ي', ..]) {
            self.drop(1);
            self.cursor += 1;
        }
        // Step 4: the tenth form.
        if self.len() > 4 && matches!(self.rest(), ['ت' | 'ن' | 'ي', 'س', 'ت', ..]) {
            self.room[self.cursor] = 'ا';
        }
    }

    fn drop_preposition(&mut self) -> bool {
        let goes = match self.rest() {
            ['ب', 'ا', ..] => false,
            ['ب', ..] | ['ك', 'ك', ..] => self.len() > 3,
            _ => false,
        };
        if goes {
            self.drop(1);
        }
        goes
    }

    fn make_hamzas_plain(&mut self) {
        self.replace_last(&['آ', 'أ', 'ؤ', 'إ', 'ئ'], 'ء');
        for letter in &mut self.room[self.first..self.end] {
            *letter = match letter {
                'آ' | 'أ' | 'إ' => 'ا',
                'ؤ' => 'و',
                'ئ' => 'ي',
                _ => continue,
            };
        }
    }

    fn word(&self) -> &[char] {
        &self.room[self.first..self.end]
    }

    fn rest(&self) -> &[char] {
        &self.room[self.cursor..self.end]
    }

    fn len(&self) -> usize {
        self.end - self.first
    }

    /// How many letters the longest of `prefixes` has that stands at the cursor, if the word is
    /// long enough for it.
    fn prefix(&self, prefixes: Affixes) -> Option<usize> {
        let rest = self.rest();
        let stands = |prefix: &[char]| rest.first() == prefix.first() && rest.starts_with(prefix);
        let (prefix, fewest) = prefixes.iter().find(|(prefix, _)| stands(prefix))?;
        (self.len() >= *fewest).then_some(prefix.len())
    }

    fn drop_prefix(&mut self, prefixes: Affixes) -> bool {
        self.prefix(prefixes).map(|length| self.drop(length)).is_some()
    }

    /// Takes letters out at the cursor.
    fn drop(&mut self, length: usize) {
        self.room.copy_within(self.first..self.cursor, self.first + length);
        self.first += length;
        self.cursor += length;
    }

    fn drop_suffix(&mut self, suffixes: Affixes) -> bool {
        let word = self.word();
        let stands = |suffix: &[char]| word.last() == suffix.last() && word.ends_with(suffix);
        let found = suffixes.iter().find(|(suffix, _)| stands(suffix));
        let goes = found.filter(|(_, fewest)| self.len() >= *fewest);
        self.end -= goes.map_or(0, |(suffix, _)| suffix.len());
        goes.is_some()
    }

    fn replace_last(&mut self, letters: &[char], by: char) {
        if self.word().last().is_some_and(|last| letters.contains(last)) {
            self.room[self.end - 1] = by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_stemmers::{Algorithm, Stemmer};

    #[test]
    fn words_are_stemmed_as_the_library_stems_them() {
        let library = Stemmer::create(Algorithm::Arabic);
        for word in [
            "والحكومة",
            "سيستخدمون",
            "أأمركم",
            "أؤكدوا",
            "فكتابكما",
            "مستشفى",
            "ببيتهم",
            "ككاتب",
            "بالقوات",
            "شيء",
            "سماء",
            "ا",
            "",
        ] {
            assert_eq!(stem(word), Some(library.stem(word).into_owned()), "{word}");
        }
        assert_eq!((stem("كلمة2"), stem(&"ا".repeat(MAX_LETTERS + 1))), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        /// Words of letters that steps look for, so that every step is met often.
        #[test]
        fn any_word_is_stemmed_as_the_library_stems_it(word in "[أإآؤئءاا]?[وفسا]?[بكلسيتن]?[بكلاسيتن]?[ء-غف-ي]{0,6}[تمكهنيا]?[اوتنيىةء]?[نامويهةئ]?") {
            let library = Stemmer::create(Algorithm::Arabic);
            prop_assert_eq!(stem(&word), Some(library.stem(&word).into_owned()));
        }
    }
}
