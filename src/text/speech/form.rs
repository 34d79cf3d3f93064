//! The forms of a word: what may stand before and behind its stem.

use crate::text::script::strip_last_letters;

/// What may stand before and behind a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The perfect, in the third person.
    Past,
    /// The perfect of a verb that ends in ى, which has its other persons from another stem.
    WeakPast,
    /// The perfect of a verb of a deed: with a pronoun it looks like a noun (أعاده, إعادة).
    DeedPast,
    /// The imperfect, in the third person: what an author says of himself is his own voice.
    Present,
    /// The active participle.
    Participle,
    /// A noun.
    Noun,
}

/// Pronouns that are written together with the word before.
const PRONOUNS: [&str; 10] = ["ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم", "ي"];

impl Form {
    /// Whether a word of this form may end so behind its stem.
    pub(super) fn allows(self, ending: &str) -> bool {
        let (plain, before_pronoun): (&[&str], &[&str]) = match self {
            Self::Past => (&["", "ت", "ا", "تا", "وا", "ن"], &["", "ت", "و", "تا", "ا"]),
            Self::DeedPast => (&["", "ت", "ا", "تا", "وا", "ن"], &[]),
            Self::WeakPast => (&[""], &[]),
            Self::Present => (&["", "ون", "وا", "ان", "ين", "ن"], &["", "ون", "و"]),
            Self::Participle => {
                // In the accusative: رافضون is who says, رافضين how.
                return ["", "ا", "ه", "ين", "ات", "تين"].contains(&ending);
            }
            Self::Noun => (&["", "ا", "ه", "ات", "ين", "ان"], &["", "ت", "ات"]),
        };
        plain.contains(&ending)
            || PRONOUNS.iter().any(|pronoun| {
                strip_last_letters(ending, pronoun)
                    .is_some_and(|before| before_pronoun.contains(&before))
            })
    }

    /// What may stand before the stem.
    pub(super) fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::Past | Self::WeakPast | Self::DeedPast | Self::Participle => &[""],
            Self::Present => &["ي", "ت", "سي", "ست", "لي", "لت"],
            Self::Noun => &["", "ال", "لل", "بال", "ب", "ل"],
        }
    }
}
