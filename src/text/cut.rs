//! Cuts a text into words in one pass over its bytes, and packs each word's spelling on the way.
//!
//! A *packed spelling* is a normalised word of at most eleven Arabic letters or digits as one
//! integer; nearly all words of a news text have one. Tables of character classes are built from
//! the definitions of [`super::script`] and [`super::token`], so there is one home of what a letter
//! is. A property test checks that the words are those of `text::reference::tokens`.

use std::ops::Range;
use std::sync::LazyLock;

use super::token::{TokenKind, kind_of};
use crate::text::script::{is_invisible, is_mark, normalise};

/// The characters of packed spellings: normalised letters, then digits. The code of the first is 1.
const ALPHABET: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي0123456789";

/// How many characters [`ALPHABET`] has.
const ALPHABET_LEN: usize = 46;

/// The codes of the characters of [`ALPHABET`], whose numbers are below this; 0 for others.
static CODES: LazyLock<[u8; 0x660]> = LazyLock::new(|| {
    let mut codes = [0; 0x660];
    for (code, c) in (1..).zip(ALPHABET.chars()) {
        codes[c as usize] = code;
    }
    codes
});

/// Base of packed spellings: above all codes of [`ALPHABET`], and a sum of two powers of two.
const BASE: u64 = 48;

/// Most characters of a packed spelling: 48¹¹ < 2⁶³.
const MAX_LETTERS: usize = 11;

/// Codes from this one on are digits.
const DIGIT: u8 = 37;

/// Classes of characters without a code: what separates words …
const GAP: u8 = 0;

/// … marks that belong to a word, those that do so only inside it …
const MARK: u8 = 64;
const INVISIBLE: u8 = 65;

/// … and letters that cannot be packed, by the kind of their words.
const LATIN: u8 = 66;
const ARABIC: u8 = 67;

/// The classes of the characters that UTF-8 writes with one byte or two.
static CLASSES: LazyLock<Box<[u8; 0x800]>> = LazyLock::new(|| {
    let mut classes = Box::new([GAP; 0x800]);
    for (class, c) in classes.iter_mut().zip('\0'..) {
        *class = class_of(c);
    }
    classes
});

/// The class of any character.
fn class_of(c: char) -> u8 {
    match kind_of(c) {
        Some(TokenKind::Latin) => LATIN,
        Some(kind) => {
            let other = if kind == TokenKind::Arabic { ARABIC } else { LATIN };
            // Presentation forms have higher code points; some normalise to several letters.
            let normal = (c < '\u{800}').then(|| normalise(c.encode_utf8(&mut [0; 4])));
            normal.and_then(|normal| u8::try_from(pack(&normal)?).ok()).unwrap_or(other)
        }
        None if is_invisible(c) => INVISIBLE,
        None if is_mark(c) => MARK,
        None => GAP,
    }
}

/// The kind of words that characters of a class belong to, if any.
fn kind(class: u8) -> Option<TokenKind> {
    match class {
        1..DIGIT | ARABIC => Some(TokenKind::Arabic),
        DIGIT..MARK => Some(TokenKind::Number),
        LATIN => Some(TokenKind::Latin),
        _ => None,
    }
}

/// A normalised word as one integer above 0; `None` if it is too long or has other letters.
pub(crate) fn pack(normal: &str) -> Option<u64> {
    let mut packed = 0;
    for (n, c) in normal.chars().enumerate() {
        match CODES.get(c as usize) {
            Some(&code @ 1..) if n < MAX_LETTERS => packed = packed * BASE + u64::from(code),
            _ => return None,
        }
    }
    (packed > 0).then_some(packed)
}

/// The characters of [`ALPHABET`] in UTF-8, by their code; a digit has one byte and a zero.
static LETTERS: LazyLock<[[u8; 2]; ALPHABET_LEN + 1]> = LazyLock::new(|| {
    let mut letters = [[0; 2]; ALPHABET_LEN + 1];
    for (letter, c) in letters[1..].iter_mut().zip(ALPHABET.chars()) {
        c.encode_utf8(letter);
    }
    letters
});

/// The word of a packed spelling.
pub(crate) fn unpack(packed: u64) -> String {
    let (letters, mut bytes) = (&*LETTERS, [0; 2 * MAX_LETTERS]);
    let (mut left, mut first) = (packed, bytes.len());
    while left > 0 && first > 1 {
        let code = usize::try_from(left % BASE).unwrap_or_default();
        let [one, two] = letters.get(code).copied().unwrap_or_default();
        if two > 0 {
            first -= 2;
            (bytes[first], bytes[first + 1]) = (one, two);
        } else {
            first -= 1;
            bytes[first] = one;
        }
        left /= BASE;
    }
    str::from_utf8(&bytes[first..]).unwrap_or_default().to_owned()
}

/// Whether a packed spelling has the same letter three times in a row, so that the step
/// `elongation` of normalisation still has to be applied.
pub(crate) fn is_elongated(packed: u64) -> bool {
    let (mut left, mut run) = (packed, (0, 0));
    while left > 0 {
        let code = left % BASE;
        run = if code == run.0 && code < u64::from(DIGIT) { (code, run.1 + 1) } else { (code, 1) };
        if run.1 == 3 {
            return true;
        }
        left /= BASE;
    }
    false
}

/// A word as it was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Its bytes.
    pub(crate) span: Range<usize>,
    /// What it is made of.
    pub(crate) kind: TokenKind,
    /// Its letters without marks, packed, before the step `elongation`; 0 if they cannot be packed.
    pub(crate) packed: u64,
}

/// Iterator over the words of a text.
#[derive(Debug)]
pub(crate) struct Cuts<'a> {
    text: &'a str,
    at: usize,
    classes: &'static [u8; 0x800],
}

impl<'a> Cuts<'a> {
    /// The words of `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, classes: &CLASSES }
    }

    /// The class of the character that begins at byte `at`, and its length in bytes.
    #[inline]
    fn class(&self, at: usize) -> (u8, usize) {
        let bytes = self.text.as_bytes();
        let first = bytes[at];
        match first {
            0..=0x7F => (self.classes[usize::from(first)], 1),
            0x80..=0xDF => {
                let second = bytes.get(at + 1).copied().unwrap_or_default();
                (self.classes[(usize::from(first) & 0x1F) << 6 | usize::from(second) & 0x3F], 2)
            }
            _ => self.text[at..].chars().next().map_or((GAP, 1), |c| (class_of(c), c.len_utf8())),
        }
    }
}

impl Iterator for Cuts<'_> {
    type Item = Cut;

    #[inline]
    fn next(&mut self) -> Option<Cut> {
        let length = self.text.len();
        let mut at = self.at;
        let (first, kind) = loop {
            if at >= length {
                return None;
            }
            let (class, bytes) = self.class(at);
            if let Some(kind) = kind(class) {
                break (at, kind);
            }
            at += bytes;
        };
        let mut end = first;
        let (mut packed, mut letters) = (0_u64, 0);
        // The codes of the kind, as bounds: one comparison decides about most characters of a word.
        let (low, many) = match kind {
            TokenKind::Arabic => (1, DIGIT - 1),
            TokenKind::Number => (DIGIT, MARK - DIGIT),
            TokenKind::Latin => (LATIN, 1),
        };
        if kind == TokenKind::Arabic {
            // Nearly all words are nothing but letters of two bytes.
            let rest = &self.text.as_bytes()[at..];
            let (pairs, _) = rest.as_chunks();
            for &[lead, next] in pairs {
                let class = self.classes[usize::from(lead & 0x1F) << 6 | usize::from(next & 0x3F)];
                if !(0xC0..0xE0).contains(&lead) || class.wrapping_sub(low) >= many {
                    break;
                }
                packed = packed.wrapping_mul(BASE).wrapping_add(u64::from(class));
                letters += 1;
            }
            at += 2 * letters;
            end = at;
        }
        while at < length {
            let (class, bytes) = self.class(at);
            if class.wrapping_sub(low) < many {
                packed = packed.wrapping_mul(BASE).wrapping_add(u64::from(class));
                letters += 1;
                end = at + bytes;
            } else if class == ARABIC && kind == TokenKind::Arabic {
                letters = MAX_LETTERS + 1;
                end = at + bytes;
            } else if class == MARK {
                end = at + bytes;
            } else if class != INVISIBLE {
                break;
            }
            at += bytes;
        }
        self.at = at;
        if kind == TokenKind::Latin || letters > MAX_LETTERS {
            packed = 0;
        }
        Some(Cut { span: first..end, kind, packed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::reference::tokens;
    use proptest::prelude::*;

    #[test]
    fn a_spelling_is_packed_and_unpacked() {
        assert_eq!(pack("ب"), Some(8));
        assert_eq!(pack("بء"), Some(8 * 48 + 1));
        for word in ["ليبيا", "والمسؤولين", "2019", "0", "ىىىىىىىىىىى"] {
            assert_eq!(unpack(pack(word).unwrap()), word);
        }
        assert_eq!((pack(""), pack("LNA"), pack("والمستشارين2")), (None, None, None));
    }

    #[test]
    fn marks_and_foreign_letters_do_not_change_a_spelling() {
        let packed = |text: &str| Cuts::new(text).map(|cut| cut.packed).collect::<Vec<_>>();
        assert_eq!(packed("لِيـبيا لیبیا ٢٠ 20"), packed("ليبيا ليبيا 20 20"));
        assert_eq!(packed("ﻻ ٹ LNA والمستشارينو"), [0; 4]);
    }

    proptest! {
        #[test]
        fn a_packed_word_that_is_not_elongated_is_normalised(word in "[ابت1]{1,11}") {
            let packed = pack(&word).unwrap();
            prop_assert_eq!(is_elongated(packed), normalise(&word) != word);
        }
    }

    /// Letters and marks of many kinds, so that their borders are met often.
    const TEXT: &str = "([\u{0600}-\u{06FF}]|[ا-ي]{3}|[a-zéßЖ中]|[0-9٠-٩۰-۹]|[\u{FB50}-\u{FEFC}]|[ .،:\"«»\n_#]|\u{200F}|\u{200B}|\u{202B}|\u{00AD}){0,60}";

    proptest! {
        #[test]
        fn both_cuts_give_the_same_words(text in TEXT) {
            let slow: Vec<_> = tokens(&text).collect();
            let fast: Vec<_> = Cuts::new(&text).map(|cut| (cut.span, cut.kind)).collect();
            prop_assert_eq!(slow, fast);
        }

        #[test]
        fn words_of_one_packed_spelling_are_normalised_alike(text in TEXT) {
            for cut in Cuts::new(&text).filter(|cut| cut.packed > 0) {
                prop_assert_eq!(normalise(&unpack(cut.packed)), normalise(&text[cut.span]));
            }
        }

        #[test]
        fn any_text_is_cut(text in "\\PC*") {
            let slow: Vec<_> = tokens(&text).collect();
            let fast: Vec<_> = Cuts::new(&text).map(|cut| (cut.span, cut.kind)).collect();
            prop_assert_eq!(slow, fast);
        }
    }
}
