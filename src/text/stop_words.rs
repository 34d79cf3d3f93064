//! Stop words: function words, which carry no stance.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("stop_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether a normalised word with folded letters is a function word, alone or after one of the
/// clitics و ف ب ك ل.
pub fn is_function_word(word: &str) -> bool {
    let bare = ["و", "ف", "ب", "ك", "ل"]
        .iter()
        .filter_map(|clitic| word.strip_prefix(clitic))
        .filter(|bare| bare.chars().count() > 1);
    std::iter::once(word).chain(bare).any(|word| WORDS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::script::fold_letters;

    #[test]
    fn negation_is_no_function_word() {
        let words = "لا لم لن ليس ليست غير دون بلا عدم ولم ولا إلا";
        for word in words.split(' ') {
            assert!(!is_function_word(&fold_letters(word)), "{word}");
        }
    }

    #[test]
    fn function_words_are_known_with_what_stands_before_them() {
        for word in [
            "في",
            "وفي",
            "على",
            "إلى",
            "وكان",
            "التي",
            "والذي",
            "لأنه",
            "بأن",
            "كما",
            "هذا",
            "وهذه",
            "عليها",
        ] {
            assert!(is_function_word(&fold_letters(word)), "{word}");
        }
        for word in ["قوات", "وزير", "بنغازي", "فلول", "كتيبة", "ليبيا", "حفتر", "تحرير"]
        {
            assert!(!is_function_word(&fold_letters(word)), "{word}");
        }
    }
}
