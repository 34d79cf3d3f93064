//! Words and their places: the lossless cut of a text.

use std::ops::Range;

use crate::text::script::{is_digit, is_invisible, is_letter, is_mark};

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Arabic letters.
    Arabic,
    /// Letters of any other script.
    Latin,
    /// Digits: 0–9, ٠–٩, ۰–۹.
    Number,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the original text.
    pub span: Range<usize>,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it is a function word, which features do not count.
    pub function: bool,
    /// The form in which features count it.
    pub term: String,
}

impl Token {
    /// Whether it is an Arabic word of at least two letters that is no function word.
    pub fn is_content(&self) -> bool {
        is_content(self.kind, self.function, &self.term)
    }
}

/// Whether a word is an Arabic one of at least two letters that is no function word.
pub(super) fn is_content(kind: TokenKind, function: bool, term: &str) -> bool {
    kind == TokenKind::Arabic && !function && term.chars().nth(1).is_some()
}

impl AsRef<str> for Token {
    fn as_ref(&self) -> &str {
        &self.term
    }
}

pub(super) fn kind_of(c: char) -> Option<TokenKind> {
    match c {
        _ if is_letter(c) => Some(TokenKind::Arabic),
        _ if is_digit(c) => Some(TokenKind::Number),
        _ if c.is_alphabetic() && !is_mark(c) => Some(TokenKind::Latin),
        _ => None,
    }
}

/// The words of `text` as byte ranges, in order and apart from each other.
///
/// A word is a longest run of letters of one kind; marks inside and after it belong to it
/// (invisible ones only inside). Everything else parts words: space, punctuation, `#` and `_` of
/// hashtags, a change of kind ("كوفيد19" is two).
pub fn tokens(text: &str) -> impl Iterator<Item = (Range<usize>, TokenKind)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first, kind) =
            chars.find_map(|(at, c)| kind_of(c).map(|kind| (at, c, kind)))?;
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if kind_of(c) == Some(kind) || (is_mark(c) && !is_invisible(c)) {
                end = at + c.len_utf8();
            } else if !is_invisible(c) {
                break;
            }
            chars.next();
        }
        Some((start..end, kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<(&str, TokenKind)> {
        tokens(text).map(|(span, kind)| (&text[span], kind)).collect()
    }

    #[test]
    fn words_are_cut_where_the_kind_changes() {
        assert_eq!(
            words("أعلن #الجيش_الوطني في 14 نيسان٢٠١٩ (LNA)"),
            [
                ("أعلن", TokenKind::Arabic),
                ("الجيش", TokenKind::Arabic),
                ("الوطني", TokenKind::Arabic),
                ("في", TokenKind::Arabic),
                ("14", TokenKind::Number),
                ("نيسان", TokenKind::Arabic),
                ("٢٠١٩", TokenKind::Number),
                ("LNA", TokenKind::Latin),
            ]
        );
    }

    #[test]
    fn a_missing_space_loses_no_word_and_marks_do_not_shatter_one() {
        assert_eq!(words("المدينة.وقال").len(), 2);
        assert_eq!(words("سَلَامٌ"), [("سَلَامٌ", TokenKind::Arabic)]);
        assert_eq!(words("لي\u{200C}بيا\u{200F} ."), [("لي\u{200C}بيا", TokenKind::Arabic)]);
    }

    proptest! {
        #[test]
        fn spans_are_in_range_in_order_and_hold_every_letter(text in "\\PC*") {
            let spans: Vec<_> = tokens(&text).collect();
            let mut end = 0;
            for (span, _) in &spans {
                prop_assert!(span.start >= end && span.end > span.start && text.get(span.clone()).is_some());
                end = span.end;
            }
            let held = spans.iter().flat_map(|(span, _)| text[span.clone()].chars()).filter(|&c| kind_of(c).is_some()).count();
            prop_assert_eq!(held, text.chars().filter(|&c| kind_of(c).is_some()).count());
        }
    }
}
