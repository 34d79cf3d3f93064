//! The two encodings of Arabic in 8 bits, by the letters that bytes are in each.

use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1256};

/// Whether an 8-bit encoding has the letters of Arabic.
pub(super) fn has_arabic(encoding: &'static Encoding) -> bool {
    encoding == WINDOWS_1256 || encoding == ISO_8859_6
}

/// Whether bytes that are not UTF-8 are words of Arabic in 8 bits: all letters are above 0x7F,
/// where a word in Latin letters has one or two with an accent among others.
pub(super) fn is_arabic(bytes: &[u8]) -> bool {
    let words = bytes.split(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
    let (mut arabic, mut others) = (0, 0);
    for word in words.filter(|word| word.iter().any(|byte| !byte.is_ascii())) {
        let is_arabic = !word.iter().any(u8::is_ascii) && word.len() > 1;
        let (letters, _, _) = WINDOWS_1256.decode(word);
        let n_letters = letters.chars().filter(|c| ('\u{620}'..='\u{6D3}').contains(c)).count();
        if is_arabic && 2 * n_letters > word.len() { arabic += 1 } else { others += 1 }
    }
    arabic > 2 * others
}

/// Letters of Arabic in one 8-bit encoding for which the other has signs or Latin letters: ق ه و ي
/// in ISO-8859-6 are accented letters in windows-1256, and ف ق ك ى ي in windows-1256 are signs or
/// nothing in ISO-8859-6.
const ISO_LETTERS: [u8; 4] = [0xE2, 0xE7, 0xE8, 0xEA];
const WINDOWS_LETTERS: [u8; 5] = [0xDD, 0xDE, 0xDF, 0xEC, 0xED];

/// Fewest letters that tell an encoding.
const MIN_LETTERS: usize = 4;

/// The 8-bit encoding of words of Arabic, by the letters that only one of them has.
pub(super) fn of_letters(bytes: &[u8]) -> Option<&'static Encoding> {
    let count = |of: &[u8]| bytes.iter().filter(|byte| of.contains(byte)).count();
    let (iso, windows) = (count(&ISO_LETTERS), count(&WINDOWS_LETTERS));
    match () {
        () if iso + windows < MIN_LETTERS => None,
        () if iso > 2 * windows => Some(ISO_8859_6),
        () if windows > 2 * iso => Some(WINDOWS_1256),
        () => None,
    }
}
