//! Words in the spelling in which lists are compared, copied only where their spelling changes.

use std::borrow::Cow;

use super::script::{fold_letters, normalise};

/// What a letter says of a word: 0 if it is none of U+0621–063A and 0641–064A, 1 if it stays when
/// letters are folded, 2 if not. By the lowest bit of its first byte and the lower six of its
/// second.
const LETTERS: [u8; 128] = {
    let mut letters = [0; 128];
    let mut code = 0x621;
    while code <= 0x64A {
        letters[code - 0x600] = match code {
            // أ إ آ ؤ ئ, ة, ى
            0x622..=0x626 | 0x629 | 0x649 => 2,
            0x63B..=0x640 => 0,
            _ => 1,
        };
        code += 1;
    }
    letters
};

/// Whether a word has letters that [`fold_letters`] folds, if normalising does not change it;
/// `None` if it may, or it is not of Arabic letters alone.
fn has_folded_letters(word: &str) -> Option<bool> {
    let (letters, rest) = word.as_bytes().as_chunks::<2>();
    let (mut last, mut run, mut folded) = ([0; 2], 0, false);
    for &letter in letters {
        let [first, second] = letter;
        let code = usize::from(first & 1) << 6 | usize::from(second & 0x3F);
        run = if letter == last { run + 1 } else { 1 };
        last = letter;
        folded |= LETTERS[code] == 2;
        if !matches!(first, 0xD8 | 0xD9) || LETTERS[code] == 0 || run > 2 {
            return None;
        }
    }
    rest.is_empty().then_some(folded)
}

/// A word normalised, with its letters folded; borrowed if neither changes it.
pub(crate) fn folded_normal(word: &str) -> Cow<'_, str> {
    match has_folded_letters(word) {
        Some(false) => Cow::Borrowed(word),
        Some(true) => Cow::Owned(fold_letters(word)),
        None => Cow::Owned(fold_letters(&normalise(word))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_that_is_not_copied_is_one_that_neither_step_changes(
            word in "[\u{0600}-\u{06FF}]{0,6}|[ابتةa1]{0,6}|\\PC{0,4}"
        ) {
            prop_assert_eq!(folded_normal(&word), fold_letters(&normalise(&word)));
        }

        #[test]
        fn a_letter_is_copied_only_if_it_is_folded(c in prop::char::range('\u{0600}', '\u{06FF}')) {
            let word = format!("ب{c}ب");
            let is_kept = matches!(folded_normal(&word), Cow::Borrowed(_));
            let is_usual = matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}');
            prop_assert_eq!(is_kept, is_usual && fold_letters(&normalise(&word)) == word);
        }
    }
}
