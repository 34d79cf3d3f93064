//! The definitions that the fast forms of this room are tested against: words cut by the classes of
//! their characters, and the stemmer of `rust_stemmers`.
//!
//! Only tests, benchmarks and fuzz targets use this module; the shipped library reads with
//! [`super::cut`] and [`super::snowball`].

use std::ops::Range;

use super::stem::Stemmer;
use super::token::{TokenKind, kind_of};
use jiff::civil::Date;

use super::{AnalyzedText, TextReader};
use crate::text::script::{is_invisible, is_mark, normalise};

/// The words of `text` as byte ranges, in order and apart from each other.
///
/// A word is a longest run of letters of one kind; marks inside and after it belong to it
/// (invisible ones only inside). Everything else separates words: space, punctuation, `#` and `_`
/// of hashtags, a change of kind ("كوفيد19" is two).
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

/// The stem of a normalised word, by `rust_stemmers`.
pub fn stem(stemmer: &Stemmer, word: &str) -> String {
    stemmer.stem_with(word, |bare| stemmer.library_stem(bare))
}

/// What [`TextReader::read_text`] returns, by the definitions.
pub fn read_text(reader: &TextReader, text: String) -> AnalyzedText {
    read_dated(reader, text, None)
}

/// What [`TextReader::read_dated`] returns, by the definitions.
pub fn read_dated(reader: &TextReader, text: String, day: Option<Date>) -> AnalyzedText {
    let words = tokens(&text).map(|(span, kind)| {
        let normal = normalise(&text[span.clone()]);
        (span, kind, reader.word_with(&normal, kind, |word| stem(&reader.stemmer, word)))
    });
    let (tokens, findings) = reader.analyze(&text, words, day);
    reader.analyzed(text, tokens, findings)
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
                prop_assert!(span.start >= end && span.end > span.start);
                prop_assert!(text.get(span.clone()).is_some());
                end = span.end;
            }
            let is_letter = |c: &char| kind_of(*c).is_some();
            let held = spans.iter().flat_map(|(span, _)| text[span.clone()].chars());
            let held = held.filter(is_letter).count();
            prop_assert_eq!(held, text.chars().filter(|&c| kind_of(c).is_some()).count());
        }
    }
}
