//! Stances and camps as people write them in tables.

use crate::camp::{Camps, Stance};
use crate::text::script::{fold_letters, is_invisible, normalise};

/// Most letters in which a misspelt label differs from the one that was meant.
const MAX_TYPOS: usize = 2;

/// Fewest letters of a label that may be misspelt: shorter ones are near everything.
const MIN_LETTERS: usize = 5;

/// Spellings of the stances, with folded letters and in lower case. Words of feeling (positive,
/// negative) are not among them: they say something else.
const SPELLINGS: [(Stance, &[&str]); 4] = [
    (
        Stance::Favor,
        &[
            "favor",
            "favour",
            "favors",
            "favours",
            "favorable",
            "favourable",
            "in favor",
            "in favour",
            "pro",
            "for",
            "support",
            "supports",
            "supportive",
            "مويد",
            "مويده",
            "مؤيد",
            "تاييد",
            "موال",
            "مع",
            "داعم",
            "داعمه",
        ],
    ),
    (
        Stance::Neutral,
        &["neutral", "neither", "no side", "محايد", "محايده", "حياد", "حيادي", "حياديه"],
    ),
    (
        Stance::Against,
        &[
            "against",
            "anti",
            "con",
            "oppose",
            "opposes",
            "opposed",
            "opposing",
            "معارض",
            "معارضه",
            "ضد",
            "مناوي",
            "مناهض",
            "مناهضه",
        ],
    ),
    (
        Stance::Unrelated,
        &[
            "unrelated",
            "irrelevant",
            "not related",
            "not relevant",
            "off topic",
            "غير متعلق",
            "غير متعلقه",
            "غير ذي صله",
            "لا علاقه",
            "لا علاقه له",
            "خارج الموضوع",
        ],
    ),
];

/// A word as it is compared: without marks, signs and case, in single spaces.
fn key(text: &str) -> String {
    let seen: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    let folded = fold_letters(&normalise(&seen)).to_lowercase();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The spelling of a stance that a misspelt label is nearest to, if it is near enough.
pub fn nearest(label: &str) -> Option<&'static str> {
    let label = key(label);
    if label.chars().count() < MIN_LETTERS {
        return None;
    }
    let spellings = SPELLINGS.iter().flat_map(|(_, spellings)| *spellings).copied();
    spellings
        .map(|spelling| (strsim::damerau_levenshtein(&label, &key(spelling)), spelling))
        .filter(|(distance, _)| *distance <= MAX_TYPOS)
        .min()
        .map(|(_, spelling)| spelling)
}

/// The stance that a cell says; `None` if it says something else.
pub fn stance(cell: &str) -> Option<Stance> {
    let cell = key(cell);
    let says = |spellings: &[&str]| spellings.iter().any(|spelling| key(spelling) == cell);
    SPELLINGS.iter().find(|(_, spellings)| says(spellings)).map(|(stance, _)| *stance)
}

/// The number of the camp that a cell names, by its id or one of its names.
pub fn camp(cell: &str, camps: &Camps) -> Option<usize> {
    let cell = key(cell);
    if cell.is_empty() {
        return None;
    }
    let named = camps.camps.iter().map(|camp| {
        let names = [&camp.id, &camp.name_en, &camp.name_ar].into_iter().chain(&camp.aliases);
        names.into_iter().any(|name| key(name) == cell)
    });
    named.enumerate().find_map(|(number, is_named)| is_named.then_some(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stance_is_read_however_it_is_written() {
        for (cell, says) in [
            ("Favor", Some(Stance::Favor)),
            (" IN-FAVOUR ", Some(Stance::Favor)),
            ("مُؤيِّد", Some(Stance::Favor)),
            ("مؤيدة\u{200F}", Some(Stance::Favor)),
            ("Neutral", Some(Stance::Neutral)),
            ("محايدة", Some(Stance::Neutral)),
            ("ضدّ", Some(Stance::Against)),
            ("غير متعلّق", Some(Stance::Unrelated)),
            ("off_topic", Some(Stance::Unrelated)),
            ("positive", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(stance(cell), says, "{cell}");
        }
    }
}
