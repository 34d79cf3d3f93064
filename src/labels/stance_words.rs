//! Stances and camps as people write them in tables.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::camp::{Camps, Stance};
use crate::text::script::{fold_letters, is_invisible, normalise};

/// Most letters in which a misspelt label differs from the one that was meant.
const MAX_TYPOS: usize = 2;

/// Fewest letters of a label that may be misspelt: shorter ones are near everything.
const MIN_LETTERS: usize = 5;

/// The labels that exist, each with the commonest of its other spellings.
pub const ACCEPTED: &str = "favor (pro, for, support, مؤيد، داعم، مع), neutral (no side, محايد، \
    حيادي), against (anti, con, oppose, معارض، مناهض، ضد) and unrelated (irrelevant, off topic, \
    غير متعلق، خارج الموضوع)";

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
    static STANCES: LazyLock<HashMap<String, Stance>> = LazyLock::new(|| {
        let of = |(stance, spellings): &(Stance, &[&str])| {
            spellings.iter().map(|spelling| (key(spelling), *stance)).collect::<Vec<_>>()
        };
        SPELLINGS.iter().flat_map(of).collect()
    });
    STANCES.get(&key(cell)).copied()
}

/// The words by which cells name the camps: their ids and names, short and former ones too.
#[derive(Clone, Debug)]
pub struct CampWords {
    /// The camp of each word; `None` of a word for both.
    camps: HashMap<String, Option<usize>>,
}

impl CampWords {
    /// The words for these camps.
    pub fn new(camps: &Camps) -> Self {
        // A full name goes before a short or former one of the other camp.
        let [mut full, mut others] = [HashMap::new(), HashMap::new()];
        let add = |words: &mut HashMap<String, Option<usize>>, name: &str, camp: usize| {
            let is_other = |known: &Option<usize>| *known != Some(camp);
            let known = words.entry(key(name)).or_insert(Some(camp));
            if is_other(known) {
                *known = None;
            }
        };
        for (number, camp) in camps.camps.iter().enumerate() {
            let own = [&camp.id, &camp.name_en, &camp.name_ar].into_iter();
            own.chain(&camp.aliases).for_each(|name| add(&mut full, name, number));
            let former = camp.predecessors.iter().chain(&camp.successors);
            former.chain(&camp.short_names).for_each(|name| add(&mut others, name, number));
        }
        full.retain(|_, camp| camp.is_some());
        others.extend(full);
        others.remove("");
        Self { camps: others }
    }

    /// The number of the camp that a cell names; `None` for a name of both.
    pub fn camp(&self, cell: &str) -> Option<usize> {
        self.camps.get(&key(cell)).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_that_messages_name_is_read() {
        let words = ACCEPTED.replace(" and ", ",");
        for word in words.split([',', '،', '(', ')']).filter(|word| !word.trim().is_empty()) {
            assert!(stance(word).is_some(), "{word}");
        }
    }

    #[test]
    fn a_camp_is_known_by_its_names_in_running_text() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let words = CampWords::new(&camps);
        for (cell, number) in [
            ("LNA", Some(0)),
            ("حفتر", Some(0)),
            ("عملية الكرامة", Some(0)),
            ("الوفاق", Some(1)),
            ("الرئاسي", Some(1)),
            ("NATO", None),
            ("", None),
        ] {
            assert_eq!(words.camp(cell), number, "{cell}");
        }
    }

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
