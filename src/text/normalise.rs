//! The lossy steps on single letters. Both are idempotent.

/// Diacritics, tatweel, and marks that are not seen: they belong to a word and do not change it.
///
/// The ranges are those of the Unicode block Arabic (U+0610–061A, 064B–065F, 0670, 06D6–06ED: marks that combine;
/// U+0640: tatweel) and of General Punctuation (U+200B–200F: zero width and direction; 2066–2069, 202A–202E: embedding).
pub fn is_mark(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}')
}

/// Marks that are not seen: zero width, direction, embedding.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Step `strip_marks`.
pub fn strip_marks(word: &str) -> String {
    word.chars().filter(|&c| !is_mark(c)).collect()
}

/// Step `fold_letters`.
pub fn fold_letters(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ئ' => 'ي',
            'ة' => 'ه',
            'ؤ' => 'و',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_letters_stay() {
        assert_eq!(strip_marks("مُسْتَجدّاتُ"), "مستجدات");
        assert_eq!(strip_marks("لـــيبيا"), "ليبيا");
        assert_eq!(strip_marks("\u{200F}ليبيا\u{200E}"), "ليبيا");
        assert_eq!(fold_letters("أإآٱىةؤئ"), "ااااي\u{0647}وي");
    }

    proptest! {
        #[test]
        fn both_steps_are_idempotent(text in "\\PC*") {
            let stripped = strip_marks(&text);
            prop_assert_eq!(&strip_marks(&stripped), &stripped);
            let folded = fold_letters(&text);
            prop_assert_eq!(&fold_letters(&folded), &folded);
        }
    }
}
