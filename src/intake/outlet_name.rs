//! The name of an outlet, as it is compared and shown.

use std::borrow::Cow;

use crate::text::script::is_invisible;

/// Tatweel, which stretches a word and is no letter of it.
const TATWEEL: char = '\u{0640}';

/// A name with one space between words, and without tatweel and invisible marks: what looks like
/// one outlet is one.
pub fn one_name(name: &str) -> Cow<'_, str> {
    let is_unseen = |c: char| c == TATWEEL || is_invisible(c);
    let is_other = |c: char| is_unseen(c) || c.is_whitespace() && c != ' ';
    if !name.contains(is_other) && !name.contains("  ") && name.trim().len() == name.len() {
        return Cow::Borrowed(name);
    }
    let seen: String = name.chars().filter(|&c| !is_unseen(c)).collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::one_name;

    #[test]
    fn names_that_look_alike_are_one() {
        for name in [
            "صوت  ليبيا",
            "صوت\u{A0}ليبيا",
            " صـوت ليبيــا\u{200F}",
            "\u{FEFF}صوت\tليبيا ",
            "صوت\u{202F}\u{2009}ليبيا",
            "صوت ليبيا",
        ] {
            assert_eq!(one_name(name), "صوت ليبيا", "{name:?}");
        }
        assert_eq!(one_name("al-wasat.example"), "al-wasat.example");
        assert_eq!(one_name("ـ "), "");
    }
}
