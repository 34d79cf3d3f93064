//! The names of the months in the dates of newsrooms: the table, and its look-up.

use crate::text::script::{fold_letters, normalise};

/// The names of each month, folded as [`folded`] does: those of Egypt and the Gulf, of the Levant
/// and Iraq (Syriac), of the Maghreb (French), then English ones, each in its spellings. A name of
/// two words is one with a space.
pub(super) const MONTHS: [&[&str]; 12] = [
    &["يناير", "كانون الثاني", "كانون ثاني", "جانفي", "january", "jan"],
    &["فبراير", "شباط", "فيفري", "february", "feb"],
    &["مارس", "اذار", "march", "mar"],
    &["ابريل", "نيسان", "افريل", "april", "apr"],
    &["مايو", "ايار", "ماي", "may"],
    &["يونيو", "يونيه", "حزيران", "جوان", "june", "jun"],
    &["يوليو", "يوليه", "تموز", "جويليه", "july", "jul"],
    &["اغسطس", "اب", "اوت", "غشت", "august", "aug"],
    &["سبتمبر", "ايلول", "شتنبر", "september", "sep", "sept"],
    &["اكتوبر", "تشرين الاول", "تشرين اول", "october", "oct"],
    &["نوفمبر", "تشرين الثاني", "تشرين ثاني", "نونبر", "november", "nov"],
    &["ديسمبر", "كانون الاول", "كانون اول", "دجنبر", "december", "dec"],
];

/// The month, from 1, that one word or two names, if they do.
pub(super) fn month(name: &str) -> Option<i8> {
    let name = folded(name);
    let at = MONTHS.iter().position(|names| names.contains(&name.as_str()))?;
    i8::try_from(at + 1).ok()
}

/// A name without marks and case, and with one form of each letter.
pub(super) fn folded(name: &str) -> String {
    fold_letters(&normalise(name)).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_folded_and_no_name_stands_for_two_months() {
        let all: Vec<&str> = MONTHS.iter().flat_map(|names| names.iter().copied()).collect();
        for name in &all {
            assert_eq!(folded(name), **name);
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
    }

    #[test]
    fn spellings_of_a_name_are_one() {
        for (name, number) in
            [("إبريل", 4), ("أبريل", 4), ("آذار", 3), ("جويلية", 7), ("Sept", 9), ("آب", 8)]
        {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!((month("رمضان"), month("الثاني"), month("")), (None, None, None));
    }
}
