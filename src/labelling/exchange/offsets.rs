//! Places in a text, as programs count them. Programs in Python count code points, pages in
//! JavaScript UTF-16 units: the two differ after an emoji.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// What a program counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Code points: Prodigy; Label Studio since version 1.5.
    CodePoints,
    /// UTF-16 units: doccano, and Label Studio before.
    Utf16,
}

impl Count {
    const ALL: [Self; 2] = [Self::CodePoints, Self::Utf16];

    fn width(self, c: char) -> usize {
        match self {
            Self::CodePoints => 1,
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// The place of a byte, which is that of a character.
    pub fn place(self, text: &str, byte: usize) -> usize {
        text[..byte].chars().map(|c| self.width(c)).sum()
    }

    /// The bytes between two places; `None` if there are none, or a place is within a character.
    fn bytes(self, text: &str, places: &Range<usize>) -> Option<Range<usize>> {
        let (mut place, mut start) = (0, None);
        for (byte, c) in text.char_indices().chain([(text.len(), '\0')]) {
            if place == places.start {
                start = Some(byte);
            }
            if place >= places.end {
                return start
                    .filter(|_| place == places.end && places.start < places.end)
                    .map(|start| start..byte);
            }
            place += self.width(c);
        }
        None
    }
}

/// The bytes of a span that a program marked: where `quoted` says what it marked, it must stand
/// there by either count; else the program's own `count` holds.
///
/// # Errors
/// When there is no such place, or it is not that of `quoted`; or, without one, when the span cuts
/// words in a text whose characters are counted in several ways.
pub fn locate(
    text: &str,
    places: Range<usize>,
    quoted: Option<&str>,
    count: Count,
) -> Result<Range<usize>, String> {
    let Range { start, end } = places;
    let found = count.bytes(text, &places);
    if let Some(quoted) = quoted {
        // Label Studio writes a line end as \n in what it quotes.
        let quoted = quoted.replace("\\n", "\n");
        let is_it = |bytes: &Range<usize>| text[bytes.clone()].trim() == quoted.trim();
        let other = Count::ALL.into_iter().filter_map(|count| count.bytes(text, &places));
        return found.into_iter().chain(other).find(is_it).ok_or_else(|| {
            let quoted = crate::article::quoted::quoted(quoted.trim());
            format!("the characters {start} to {end} of the text are not {quoted}")
        });
    }
    let found = found.ok_or_else(|| format!("the text has no characters {start} to {end}"))?;
    if count == Count::Utf16 && may_be_miscounted(text, &places, &found) {
        return Err(format!(
            "the characters {start} to {end} begin or end within a word, in a text with emoji or \
             vowel marks, which programs count differently"
        ));
    }
    Ok(found)
}

/// Whether a span of UTF-16 units looks as if it was counted otherwise: it cuts words, and does not
/// as code points; or it has space at one end and cuts a word, or a letter from its marks, at the
/// other, in a text whose letters have marks.
fn may_be_miscounted(text: &str, places: &Range<usize>, bytes: &Range<usize>) -> bool {
    let is_in_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let sides = |byte: usize| (text[..byte].chars().next_back(), text[byte..].chars().next());
    let cuts = |byte: usize| {
        let (before, after) = sides(byte);
        before.is_some_and(is_in_word) && after.is_some_and(is_in_word)
    };
    let is_cut = |bytes: &Range<usize>| cuts(bytes.start) || cuts(bytes.end);
    let has_space = |bytes: &Range<usize>| text[bytes.clone()].trim().len() < bytes.len();
    if !is_cut(bytes) {
        return false;
    }
    let other = Count::CodePoints.bytes(text, places);
    if let Some(other) = other.filter(|other| other != bytes) {
        return !is_cut(&other) && !has_space(&other);
    }
    let ends = [bytes.start, bytes.end];
    let cuts_letter = ends.iter().any(|&byte| sides(byte).1.is_some_and(is_combining_mark));
    text[..bytes.end].chars().any(is_combining_mark) && (has_space(bytes) || cuts_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "عاجل 🚨🚨 دخلت القوات المدينة";

    #[test]
    fn emoji_are_counted_as_the_program_counts_them() {
        let bytes = TEXT.find("القوات").map(|at| at..at + "القوات".len()).unwrap();
        for (count, start) in [(Count::CodePoints, 13), (Count::Utf16, 15)] {
            assert_eq!(count.place(TEXT, bytes.start), start);
            let places = start..count.place(TEXT, bytes.end);
            for quoted in [None, Some("القوات")] {
                assert_eq!(locate(TEXT, places.clone(), quoted, count), Ok(bytes.clone()));
            }
            // What is quoted tells where the other count was meant.
            for other in Count::ALL {
                assert_eq!(locate(TEXT, places.clone(), Some("القوات"), other), Ok(bytes.clone()));
            }
        }
    }

    #[test]
    fn a_span_that_cannot_be_meant_is_refused() {
        for (places, quoted, says) in [
            (13..19, Some("المدينة"), "are not"),
            (13..13, None, "no characters 13 to 13"),
            (0..usize::MAX, None, "no characters"),
            (6..9, None, "no characters"),
            (13..19, None, "within a word"),
        ] {
            let error = locate(TEXT, places.clone(), quoted, Count::Utf16).unwrap_err();
            assert!(error.contains(says), "{places:?}: {error}");
        }
        for text in ["والقوات", "وَالقوات"] {
            let start = text.find('ا').unwrap();
            let place = Count::Utf16.place(text, start);
            let cut = locate(text, place..place + 6, None, Count::Utf16);
            assert_eq!(cut, Ok(start..text.len()), "a prefix is cut off");
        }
        assert!(locate("مُدُن كبيرة", 1..4, None, Count::Utf16).is_err(), "letters are counted");
        assert_eq!(locate("أ\nب", 0..3, Some("أ\\nب"), Count::CodePoints), Ok(0..5));
    }
}
