//! Forms of nouns beside numbers (Unicode CLDR, plural rules).

use super::Language;

/// The form of a noun beside a number.
pub(super) fn form(language: Language, number: u64) -> &'static str {
    match (language, number) {
        (_, 1) => "one",
        (Language::English, _) => "other",
        (Language::Arabic, 2) => "two",
        (Language::Arabic, _) => match number % 100 {
            3..=10 => "few",
            11..=99 => "many",
            _ => "other",
        },
    }
}
