//! A line in shorthand: one byte a character, so that a whole text can be searched quickly for the
//! signs of rules.
//!
//! What rules see as one (أإآ and ا, runs of space and one space) is one in shorthand too, and more
//! (all dashes, all quotation marks). Where a folded line holds a string, its shorthand therefore
//! holds the shorthand of that string; the reverse need not be so.

use std::sync::LazyLock;

use crate::text::script::{fold_letters, is_mark, western_digit};

/// What shorthand writes for a character that does not stand in it: no sign tells these apart.
const OTHER: u8 = 0xFF;

/// Stands in the table for a character that shorthand leaves out, and for one that it cannot write
/// with one byte.
const NOTHING: u8 = 0;
const LONG: u8 = 1;

/// The characters of one and two bytes in UTF-8, by their numbers.
static TABLE: LazyLock<[u8; 0x800]> = LazyLock::new(|| {
    let mut table = [NOTHING; 0x800];
    for (c, place) in ('\0'..='\u{7FF}').zip(&mut table) {
        let mut codes = codes(c);
        *place = match (codes.next(), codes.next()) {
            (None, _) => NOTHING,
            (Some(code), None) => code,
            _ => LONG,
        };
    }
    table
});

/// What shorthand writes for a character, whatever stands before it.
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

/// Whether a code may stand before what a line begins with: bullets, brackets, arrows.
pub fn is_lead(code: u8) -> bool {
    matches!(code, b' ' | b'*' | b'-' | b'|' | b'"' | b'(' | b'>' | b'[' | OTHER)
}

/// Writes `line` into `room`, which grows as it must, and gives what was written: no space at its
/// ends, no two in a row.
pub fn write<'a>(line: &str, room: &'a mut Vec<u8>) -> &'a [u8] {
    let (table, bytes) = (&*TABLE, line.as_bytes());
    // A character never takes more codes than bytes.
    if room.len() <= bytes.len() {
        room.resize(bytes.len() + 1, 0);
    }
    let written = &mut room[..];
    let (mut at, mut end, mut last) = (0, 0, b' ');
    // Without branches: which characters are left out is not to be foreseen.
    let put = |written: &mut [u8], code: u8, end: usize, last: u8| {
        let kept = code != NOTHING && (code != b' ' || last != b' ');
        written[end] = code;
        (end + usize::from(kept), if kept { code } else { last })
    };
    while let Some(&first) = bytes.get(at) {
        let (number, length) = match first {
            ..0x80 => (usize::from(first), 1),
            0x80..0xE0 => (usize::from(first & 0x1F) << 6 | usize::from(bytes[at + 1] & 0x3F), 2),
            _ => (usize::MAX, 0),
        };
        match table.get(number) {
            Some(&code) if code != LONG => {
                (end, last) = put(written, code, end, last);
                at += length;
            }
            _ => {
                let c = line[at..].chars().next().unwrap_or_default();
                for code in codes(c) {
                    (end, last) = put(written, code, end, last);
                }
                at += c.len_utf8();
            }
        }
    }
    end -= usize::from(last == b' ' && end > 0);
    &room[..end]
}

/// The shorthand of a string as it stands, spaces at its ends too.
pub fn of(text: &str) -> Vec<u8> {
    let table = &*TABLE;
    let mut written = Vec::with_capacity(text.len());
    for c in text.chars() {
        match table.get(c as usize) {
            Some(&NOTHING) => {}
            Some(&code) if code != LONG => written.push(code),
            _ => written.extend(codes(c)),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::boilerplate::rules::folded;
    use proptest::prelude::*;

    fn written(line: &str) -> Vec<u8> {
        write(line, &mut Vec::new()).to_vec()
    }

    #[test]
    fn spellings_that_rules_see_as_one_are_one() {
        assert_eq!(written(" \u{200F}إقـرأ\u{A0}\t أيضاً — ٢٤"), written("اقرا ايضا - 24"));
        assert_eq!(written("\u{212A}İ«x»"), [of("k"), of("i"), vec![OTHER], of("\"x\"")].concat());
        assert!(written(" \u{200F}\t\u{640} ").is_empty());
    }

    proptest! {
        #[test]
        fn shorthand_is_that_of_the_folded_line(line in "\\PC*|[\u{0600}-\u{06FF} \u{A0}a-zA-Z]*|[İıK\u{2000}-\u{206F} .]*") {
            let folded = folded(&line);
            prop_assert_eq!(written(&line), of(&folded));
            prop_assert_eq!(written(&line).is_empty(), folded.is_empty());
            prop_assert!(written(&line).len() <= folded.len());
            prop_assert_eq!(written(&line).split(|&code| code == b' ').count(), folded.split(' ').count());
        }
    }
}
