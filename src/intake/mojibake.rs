//! Texts that were read in a wrong encoding and then saved, so that no letter of them is right.
//!
//! They are refused, not repaired: what is damaged in the text is damaged in the id, the outlet and
//! every other field, and who has the file can repair all of it with one command, which the error
//! names. The test is exact: what comes back through the wrong encoding must be UTF-8 to the last
//! byte, and Arabic.

use std::fmt;

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

/// How a text was damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mojibake {
    /// UTF-8 that was read as ISO-8859-1: `Ø§Ù„`.
    Utf8AsLatin1,
    /// UTF-8 that was read as windows-1252: `Ø§Ù„`.
    Utf8As1252,
    /// UTF-8 that was read as windows-1256: `ط§ظ„`.
    Utf8As1256,
    /// windows-1256 that was read as windows-1252: `ÇáÌ`.
    Arabic1256AsLatin,
    /// Letters that the encoding lacks were replaced by question marks.
    QuestionMarks,
}

/// Bytes of a text that are looked at.
const SAMPLE: usize = 2_048;

/// Bytes by which nearly every text is known as sound.
const START: usize = 256;

/// Fewest letters that show it.
const MIN_LETTERS: usize = 12;

impl Mojibake {
    /// How a text was damaged, if it was.
    pub(super) fn detect(text: &str) -> Option<Self> {
        if is_sound(&text[..text.floor_char_boundary(START)]) {
            return None;
        }
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        let count = |is: &dyn Fn(char) -> bool| sample.chars().filter(|&c| is(c)).count();
        let n_arabic = count(&is_arabic);
        // What is read as windows-1256 begins each letter with ط or ظ.
        let n_leads = count(&|c| matches!(c, 'ط' | 'ظ'));
        if n_leads >= MIN_LETTERS && 4 * n_leads > sample.chars().count() {
            let bytes = encoded(sample, WINDOWS_1256)?;
            return is_arabic_utf8(&bytes).then_some(Self::Utf8As1256);
        }
        if n_arabic >= MIN_LETTERS {
            return None;
        }
        let n_marks = count(&|c| c == '?');
        let n_words = sample.split_whitespace().count();
        if n_marks >= MIN_LETTERS && 2 * n_marks > sample.len() && n_marks > 2 * n_words {
            return Some(Self::QuestionMarks);
        }
        if count(&|c| matches!(c, '\u{80}'..='\u{FF}')) < MIN_LETTERS {
            return None;
        }
        let bytes = encoded(sample, WINDOWS_1252)?;
        if is_arabic_utf8(&bytes) {
            let is_latin = sample.chars().all(|c| c <= '\u{FF}');
            return Some(if is_latin { Self::Utf8AsLatin1 } else { Self::Utf8As1252 });
        }
        let (read, _, _) = WINDOWS_1256.decode(&bytes);
        let n_letters = read.chars().filter(|&c| is_arabic(c)).count();
        let n_latin = count(&|c| c.is_ascii_alphabetic());
        (n_letters >= MIN_LETTERS
            && n_letters > 8 * n_latin
            && 2 * n_letters > sample.chars().count())
        .then_some(Self::Arabic1256AsLatin)
    }
}

/// Whether a text has Arabic letters, and few of those that begin each letter of a damaged one.
fn is_sound(start: &str) -> bool {
    let (mut n_chars, mut n_arabic, mut n_leads) = (0, 0, 0);
    for c in start.chars() {
        n_chars += 1;
        n_arabic += usize::from(is_arabic(c));
        n_leads += usize::from(matches!(c, 'ط' | 'ظ'));
    }
    n_arabic >= MIN_LETTERS && 4 * n_leads <= n_chars
}

fn is_arabic(c: char) -> bool {
    ('\u{620}'..='\u{6D3}').contains(&c)
}

/// The bytes that give this text when they are read in an encoding, or in ISO-8859-1 where that has
/// no such character.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut letter = [0; 4];
    for c in text.chars() {
        let (byte, _, is_unmappable) = encoding.encode(c.encode_utf8(&mut letter));
        match u8::try_from(u32::from(c)) {
            _ if !is_unmappable => bytes.extend_from_slice(&byte),
            Ok(byte) => bytes.push(byte),
            Err(_) => return None,
        }
    }
    Some(bytes)
}

/// Whether bytes are UTF-8, but for a letter that is cut off at the end, and mostly Arabic.
fn is_arabic_utf8(bytes: &[u8]) -> bool {
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let n_arabic = text.chars().filter(|&c| is_arabic(c)).count();
    n_arabic >= MIN_LETTERS && 2 * n_arabic > text.chars().filter(|c| c.is_alphabetic()).count()
}

impl fmt::Display for Mojibake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, how) = match self {
            Self::Utf8AsLatin1 => (
                "UTF-8 that was read as ISO-8859-1",
                "`iconv -f UTF-8 -t ISO-8859-1 FILE` gives back what it was",
            ),
            // iconv has no windows-1252 with the five bytes that are no characters of it.
            Self::Utf8As1252 => (
                "UTF-8 that was read as windows-1252",
                "`ftfy FILE` (a Python package) gives back what it was",
            ),
            Self::Utf8As1256 => (
                "UTF-8 that was read as windows-1256",
                "`iconv -f UTF-8 -t WINDOWS-1256 FILE` gives back what it was",
            ),
            Self::Arabic1256AsLatin => (
                "windows-1256 that was read as windows-1252",
                "`iconv -f UTF-8 -t WINDOWS-1252 FILE` gives back what it was, in windows-1256",
            ),
            Self::QuestionMarks => {
                return f.write_str(
                    "its letters were replaced by question marks when it was saved in an encoding \
                     without Arabic; they are lost: get the text again from where it came from",
                );
            }
        };
        write!(f, "its letters are garbled: it is {what} and saved so. {how}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "أعلنت حكومة الوفاق الوطني، صباح اليوم، أن الاجتماع تأجل إلى الأسبوع المقبل";

    #[test]
    fn each_damage_is_told_from_the_others_and_from_none() {
        let latin1: String = TEXT.bytes().map(char::from).collect();
        let (windows, _, _) = WINDOWS_1256.encode(TEXT);
        for (text, found) in [
            (latin1.clone(), Some(Mojibake::Utf8AsLatin1)),
            (WINDOWS_1252.decode(TEXT.as_bytes()).0.into_owned(), Some(Mojibake::Utf8As1252)),
            (WINDOWS_1256.decode(TEXT.as_bytes()).0.into_owned(), Some(Mojibake::Utf8As1256)),
            (WINDOWS_1252.decode(&windows).0.into_owned(), Some(Mojibake::Arabic1256AsLatin)),
            ("????? ?????? ?????? ??????".to_owned(), Some(Mojibake::QuestionMarks)),
            (TEXT.to_owned(), None),
            ("L'été où l'armée s'est arrêtée à Syrte, où elle a été bloquée".to_owned(), None),
            ("طط ظظ ".repeat(10), None),
            ("ماذا؟ لماذا؟ أين؟ ??? ???".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(Mojibake::detect(&text), found, "{text}");
        }
        assert_eq!(Mojibake::detect(&latin1.repeat(50)), Some(Mojibake::Utf8AsLatin1));
    }
}
