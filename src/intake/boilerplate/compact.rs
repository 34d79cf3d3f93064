//! A compact encoding of lines: one byte per character, so that a text is searched quickly for the
//! literals of rules.
//!
//! Characters that the rules fold into one (أإآ and ا, runs of spaces) have one code, and so have
//! others (all dashes, all quotation marks). If a folded line contains a string, its encoding
//! contains that of the string; the converse does not hold.

use std::sync::LazyLock;

use crate::text::script::{fold_letters, is_mark, western_digit};

/// The code of all characters without a code of their own.
const OTHER: u8 = 0xFF;

/// Entries of the table for a character without a code (a mark), and for one with several codes.
const NO_CODE: u8 = 0;
const MANY_CODES: u8 = 1;

/// The code of each character that has one or two bytes in UTF-8.
static TABLE: LazyLock<[u8; 0x800]> = LazyLock::new(|| {
    let mut table = [NO_CODE; 0x800];
    for (c, place) in ('\0'..='\u{7FF}').zip(&mut table) {
        let mut codes = codes(c);
        *place = match (codes.next(), codes.next()) {
            (None, _) => NO_CODE,
            (Some(code), None) => code,
            _ => MANY_CODES,
        };
    }
    table
});

/// The codes of a character, regardless of its neighbours.
fn codes(c: char) -> impl Iterator<Item = u8> {
    let seen = (!is_mark(c)).then_some(c);
    seen.into_iter().flat_map(|c| western_digit(c).to_lowercase()).map(code)
}

fn code(c: char) -> u8 {
    let c = if matches!(c, '\u{600}'..='\u{6FF}') {
        fold_letters(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c)
    } else {
        c
    };
    match c {
        c if c.is_whitespace() => b' ',
        '–' | '—' => b'-',
        '·' | '•' | '|' => b'|',
        '«' | '»' | '“' | '”' | '"' => b'"',
        '…' => b'.',
        '،' => 0xB0,
        '؛' => 0xB1,
        '؟' => 0xB2,
        '©' => 0xB3,
        ' '..='~' => u8::try_from(c).unwrap_or(OTHER),
        '\u{621}'..='\u{64A}' => {
            u8::try_from(u32::from(c) - 0x621).map_or(OTHER, |letter| 0x80 + letter)
        }
        _ => OTHER,
    }
}

/// Whether a code may come before the first word of a line: bullets, brackets, arrows.
pub fn is_lead(code: u8) -> bool {
    matches!(code, b' ' | b'*' | b'-' | b'|' | b'"' | b'(' | b'>' | b'[' | OTHER)
}

/// Encodes a line into `buffer`: trimmed, with no two spaces in a row.
pub fn encode<'a>(line: &str, buffer: &'a mut Vec<u8>) -> &'a [u8] {
    let (table, mut rest) = (&*TABLE, line.as_bytes());
    buffer.clear();
    // A character never takes more codes than bytes.
    buffer.reserve(rest.len());
    let put = |buffer: &mut Vec<u8>, code: u8| {
        let is_second_space = || buffer.last().is_none_or(|&last| last == b' ');
        if code != NO_CODE && (code != b' ' || !is_second_space()) {
            buffer.push(code);
        }
    };
    while let [first, after @ ..] = rest {
        let (code, after) = match (*first, after) {
            // Most characters are letters of two bytes.
            (0xC0..0xE0, [second, after @ ..]) => {
                (table[usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F)], after)
            }
            (..0x80, after) => (table[usize::from(*first)], after),
            _ => (MANY_CODES, after),
        };
        if code > b' ' {
            buffer.push(code);
            rest = after;
        } else if code != MANY_CODES {
            put(buffer, code);
            rest = after;
        } else {
            let c = line[line.len() - rest.len()..].chars().next().unwrap_or_default();
            codes(c).for_each(|code| put(buffer, code));
            rest = &rest[c.len_utf8()..];
        }
    }
    if buffer.last() == Some(&b' ') {
        buffer.pop();
    }
    buffer
}

/// The encoding of a string, with its spaces.
pub fn encoded(text: &str) -> Vec<u8> {
    let table = &*TABLE;
    let mut written = Vec::with_capacity(text.len());
    for c in text.chars() {
        match table.get(c as usize) {
            Some(&NO_CODE) => {}
            Some(&code) if code != MANY_CODES => written.push(code),
            _ => written.extend(codes(c)),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::boilerplate::rules::fold_line;
    use proptest::prelude::*;

    fn written(line: &str) -> Vec<u8> {
        encode(line, &mut Vec::new()).to_vec()
    }

    #[test]
    fn spellings_that_rules_see_as_one_are_one() {
        assert_eq!(written(" \u{200F}إقـرأ\u{A0}\t أيضاً — ٢٤"), written("اقرا ايضا - 24"));
        assert_eq!(
            written("\u{212A}İ«x»"),
            [encoded("k"), encoded("i"), vec![OTHER], encoded("\"x\"")].concat()
        );
        assert!(written(" \u{200F}\t\u{640} ").is_empty());
    }

    proptest! {
        #[test]
        fn a_line_and_its_folded_form_have_one_encoding(
            line in "\\PC*|[\u{0600}-\u{06FF} \u{A0}a-zA-Z]*|[İıK\u{2000}-\u{206F} .]*"
        ) {
            let folded = fold_line(&line);
            prop_assert_eq!(written(&line), encoded(&folded));
            prop_assert_eq!(written(&line).is_empty(), folded.is_empty());
            prop_assert!(written(&line).len() <= folded.len());
            let n_words = written(&line).split(|&code| code == b' ').count();
            prop_assert_eq!(n_words, folded.split(' ').count());
        }
    }
}
