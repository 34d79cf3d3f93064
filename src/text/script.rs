//! The Arabic script: letters, marks and digits, and the normalisation of spellings.
//!
//! [`normalise`] takes these steps, in this order. Their names are those in a model's description
//! ([`crate::text`]):
//!
//! 1. `compose`: presentation forms (ﻻ, ﷲ, ﺑ) become letters, by Unicode's NFKC. Other characters
//!    stay, as NFKC would change their meaning (½, ①).
//! 2. `strip_marks`: removes diacritics, tatweel, zero-width and directional marks, soft hyphens.
//! 3. `foreign_letters`: letters of Persian, Urdu and Maghribi keyboards become Arabic letters
//!    (ک ك, ی ي, ہ ه, ڨ ق …).
//! 4. `western_digits`: ٠–٩ and ۰–۹ become 0–9.
//! 5. `elongation`: three or more of a letter become one (كبيييير).
//!
//! [`fold_letters`] is a separate step, because the stemmer needs the letters that it folds.

use unicode_normalization::UnicodeNormalization;

/// Whether a character is a mark: a diacritic, tatweel, or an invisible mark. Marks do not change
/// a word.
///
/// The ranges are those of the Unicode block Arabic (U+0610–061A, 064B–065F, 0670, 06D6–06ED:
/// combining marks; U+0640: tatweel) and of General Punctuation (U+200B–200F: zero width and
/// direction; 2066–2069, 202A–202E: embedding).
#[inline]
pub fn is_mark(c: char) -> bool {
    is_invisible(c)
        || matches!(
            c,
            '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
                | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}'
                | '\u{06EA}'..='\u{06ED}'
        )
}

/// Whether a character is an invisible mark: zero-width, directional, embedding, or a soft hyphen,
/// which only says where a word may be broken.
#[inline]
pub fn is_invisible(c: char) -> bool {
    is_directional(c) || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character is a directional mark: LRM, RLM, ALM, an embedding, override or isolate.
#[inline]
pub fn is_directional(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Whether a character is an Arabic letter, or a presentation form of letters.
pub fn is_letter(c: char) -> bool {
    matches!(
        c,
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' | '\u{066E}'..='\u{066F}'
            | '\u{0671}'..='\u{06D3}' | '\u{06D5}' | '\u{06EE}'..='\u{06EF}'
            | '\u{06FA}'..='\u{06FC}'
    ) || is_presentation_form(c)
}

/// Whether a character is a presentation form of letters. Those of marks (U+FC5E–FC63, FCF2–FCF4,
/// FE70–FE7F), of brackets and signs, and of phrases (U+FDFA–FDFB, FDFD) are not.
fn is_presentation_form(c: char) -> bool {
    matches!(
        c,
        '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FC5D}' | '\u{FC64}'..='\u{FCF1}'
            | '\u{FCF5}'..='\u{FD3D}' | '\u{FD50}'..='\u{FD8F}' | '\u{FD92}'..='\u{FDC7}'
            | '\u{FDF0}'..='\u{FDF9}' | '\u{FE80}'..='\u{FEFC}'
    )
}

/// Whether a character is a digit: 0–9, ٠–٩ or ۰–۹.
pub fn is_digit(c: char) -> bool {
    western_digit(c).is_ascii_digit()
}

/// A digit of any of the three sets as 0–9; any other character unchanged.
#[inline]
pub fn western_digit(c: char) -> char {
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return c,
    };
    char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
}

/// A letter of a foreign keyboard as the Arabic letter that it replaces in Arabic text.
fn arabic_letter(c: char) -> char {
    match c {
        'ک' | 'ڪ' | 'گ' => 'ك',
        'ی' | 'ے' | 'ې' | 'ۍ' => 'ي',
        'ہ' | 'ھ' | 'ە' | 'ۀ' => 'ه',
        'ۃ' => 'ة',
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        'ڤ' | 'ڥ' | 'ڢ' => 'ف',
        'ڨ' | 'ڧ' => 'ق',
        'ٱ' => 'ا',
        'ۆ' | 'ۇ' | 'ۋ' => 'و',
        other => other,
    }
}

/// `word` without a prefix of Arabic letters, if it begins with it. A first letter that differs is
/// seen without a call; where a dozen prefixes are tried, nearly all differ there.
#[inline]
pub(crate) fn strip_letters<'a>(word: &'a str, prefix: &str) -> Option<&'a str> {
    let first = |text: &str| text.as_bytes().first_chunk::<2>().copied();
    if first(word) == first(prefix) { word.strip_prefix(prefix) } else { None }
}

/// `word` without a suffix of Arabic letters, if it ends with it; as [`strip_letters`].
#[inline]
pub(crate) fn strip_last_letters<'a>(word: &'a str, suffix: &str) -> Option<&'a str> {
    let last = |text: &str| text.as_bytes().last_chunk::<2>().copied();
    if last(word) == last(suffix) { word.strip_suffix(suffix) } else { None }
}

/// The words of a short text between which one space stands. What `str` has for it takes longer to
/// begin than most words are long.
pub(crate) fn spaced(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (word, after) = match text.bytes().position(|byte| byte == b' ') {
            Some(space) => (&text[..space], Some(&text[space + 1..])),
            None => (text, None),
        };
        rest = after;
        Some(word)
    })
}

/// Whether no step changes a word: plain letters of the block Arabic, ASCII, and no letter three
/// times in a row. Nearly all words of clean text are so.
fn is_normal(word: &str) -> bool {
    let (mut last, mut run) = ('\0', 0);
    word.chars().all(|c| {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        let is_plain = matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}');
        c.is_ascii() || is_plain && run < 3
    })
}

/// Normalises the spelling of a word by the steps of this module. Idempotent.
pub fn normalise(word: &str) -> String {
    if is_normal(word) { word.to_owned() } else { by_steps(word) }
}

fn by_steps(word: &str) -> String {
    let composed = word.chars().flat_map(|c| {
        let form = is_presentation_form(c).then(|| std::iter::once(c).nfkc());
        let other = form.is_none().then_some(c);
        form.into_iter().flatten().chain(other)
    });
    let letters = composed.filter(|&c| !is_mark(c)).map(|c| western_digit(arabic_letter(c)));
    let mut word = String::with_capacity(word.len());
    let mut run = (None, 0);
    for c in letters {
        run = if run.0 == Some(c) { (run.0, run.1 + 1) } else { (Some(c), 1) };
        match run.1 {
            3 if is_letter(c) => drop(word.pop()),
            4.. if is_letter(c) => {}
            _ => word.push(c),
        }
    }
    word
}

/// Folds letters of a word that are often confused: أ إ آ ٱ → ا, ى ئ → ي, ة → ه, ؤ → و.
/// Idempotent.
pub fn fold_letters(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut done = 0;
    for (at, c) in word.char_indices() {
        let letter = fold_letter(c);
        // Most letters stay, and are copied together.
        if letter != c {
            folded.push_str(&word[done..at]);
            folded.push(letter);
            done = at + c.len_utf8();
        }
    }
    folded.push_str(&word[done..]);
    folded
}

/// Folds one letter, as [`fold_letters`].
#[inline]
pub fn fold_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_step_does_what_its_name_says() {
        for (step, word, normal) in [
            ("compose", "ﻻﺟﺊ", "لاجئ"),
            ("compose", "ﷲ", "الله"),
            ("strip_marks", "مُسْتَجدّاتُ", "مستجدات"),
            ("strip_marks", "لـــيبيا", "ليبيا"),
            ("strip_marks", "\u{200F}لي\u{200C}بيا\u{200E}", "ليبيا"),
            ("strip_marks", "ال\u{AD}جي\u{AD}ش", "الجيش"),
            ("foreign_letters", "ایران", "ايران"),
            ("foreign_letters", "کتاب ڨفصة", "كتاب قفصة"),
            ("western_digits", "٢٠۱۹", "2019"),
            ("elongation", "كبيييير", "كبير"),
            ("elongation", "اللله", "اله"),
            ("elongation", "الله وعدد", "الله وعدد"),
        ] {
            assert_eq!(normalise(word), normal, "{step}");
        }
        assert_eq!(normalise("½①"), "½①");
        assert_eq!(normalise("1000"), "1000", "digits are not elongated");
        assert_eq!(fold_letters("أإآٱىةؤئ"), "ااااي\u{0647}وي");
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(
            text in "\\PC*|[\u{0600}-\u{06FF}]*|[\u{FB50}-\u{FEFC}]*"
        ) {
            let once = normalise(&text);
            prop_assert_eq!(&normalise(&once), &once);
            let folded = fold_letters(&once);
            prop_assert_eq!(&fold_letters(&folded), &folded);
        }

        #[test]
        fn a_normal_word_is_one_that_no_step_changes(
            word in "[\u{0600}-\u{06FF}]{0,6}|[ابتa1]{0,6}|\\PC{0,4}"
        ) {
            if is_normal(&word) {
                prop_assert_eq!(by_steps(&word), word);
            }
        }

        #[test]
        fn words_are_parted_as_by_split(text in "[ابج ]{0,9}") {
            prop_assert!(spaced(&text).eq(text.split(' ')));
        }

        #[test]
        fn what_counts_as_a_letter_stays_one(c in any::<char>()) {
            if is_letter(c) {
                prop_assert!(normalise(&c.to_string()).chars().all(is_letter));
            }
        }
    }
}
