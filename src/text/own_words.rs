//! Words that a user has added to classes of the lexicon. A model carries those of its training.

use serde::{Deserialize, Serialize};

use super::lexicon::{Entry, LEXICON, Relation};
use super::phrase_words::one_spelling;
use super::script::is_letter;
use crate::article::quoted::quoted;

/// Most words of a pattern.
const MAX_WORDS: usize = 5;

/// Most characters of a pattern.
const MAX_CHARS: usize = 80;

/// Fewest letters of a word of a pattern, and of one that stands for any ending.
const MIN_LETTERS: usize = 2;
const MIN_BEGINNING: usize = 3;

/// Most words that are added to the lexicon.
pub const MAX_OWN_WORDS: usize = 10_000;

/// A word or phrase that a user has added to a class of the lexicon. Its pattern is of the form of
/// the lexicon's: words, of which `*` stands for any ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnWord {
    /// The pattern.
    pub pattern: String,
    /// Name of its class.
    pub class: String,
    /// How it hangs on the party that it is about, if not as its class does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
}

/// Why a word cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OwnWordError {
    /// The pattern has no words, or too many, or is too long.
    #[error("{}: write one to {MAX_WORDS} words, {MAX_CHARS} characters at most", quoted(.0))]
    Length(String),
    /// A word of the pattern is not of its form.
    #[error(
        "{}: {} is no Arabic word of {MIN_LETTERS} letters or more, or of {MIN_BEGINNING} and a * \
         at its end for any ending",
        quoted(pattern),
        quoted(word)
    )]
    Form {
        /// The pattern.
        pattern: String,
        /// The word.
        word: String,
    },
    /// The lexicon has no such class.
    #[error("{} is no class of the lexicon; its classes are {}", quoted(class), class_names())]
    Class {
        /// The class.
        class: String,
    },
    /// There are more than can be.
    #[error("{0} words of one's own: at most {MAX_OWN_WORDS} are read")]
    Number(usize),
}

/// The names of the lexicon's classes, separated by commas.
fn class_names() -> String {
    LEXICON.classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The number of the lexicon's class of this name.
pub fn class_number(name: &str) -> Option<usize> {
    LEXICON.classes.iter().position(|class| class.name == name)
}

/// Checks a pattern.
///
/// # Errors
/// [`OwnWordError::Length`] or [`OwnWordError::Form`].
pub fn check_pattern(pattern: &str) -> Result<(), OwnWordError> {
    let n_words = pattern.split_whitespace().count();
    if !(1..=MAX_WORDS).contains(&n_words) || pattern.chars().nth(MAX_CHARS).is_some() {
        let shown: String = pattern.chars().take(MAX_CHARS).collect();
        return Err(OwnWordError::Length(shown));
    }
    let is_sound = |word: &&str| {
        let (bare, least) = match word.strip_suffix('*') {
            Some(bare) => (bare, MIN_BEGINNING),
            None => (*word, MIN_LETTERS),
        };
        let spelled = one_spelling(bare);
        spelled.chars().all(is_letter) && spelled.chars().count() >= least
    };
    match pattern.split_whitespace().find(|word| !is_sound(word)) {
        Some(word) => {
            Err(OwnWordError::Form { pattern: pattern.to_owned(), word: word.to_owned() })
        }
        None => Ok(()),
    }
}

/// Checks words that a model, or a labelled set, adds to the lexicon.
///
/// # Errors
/// [`OwnWordError`] of the first that cannot be added.
pub fn check(words: &[OwnWord]) -> Result<(), OwnWordError> {
    if words.len() > MAX_OWN_WORDS {
        return Err(OwnWordError::Number(words.len()));
    }
    words.iter().try_for_each(|word| {
        check_pattern(&word.pattern)?;
        word.entry().map(drop).ok_or_else(|| OwnWordError::Class {
            class: word.class.chars().take(MAX_CHARS).collect(),
        })
    })
}

impl OwnWord {
    /// Its pattern and what that stands for; `None` if the lexicon has no such class.
    pub(super) fn entry(&self) -> Option<(&str, Entry)> {
        let class = class_number(&self.class)?;
        let relation = self.relation.unwrap_or(LEXICON.classes[class].relation);
        let is_own = relation != LEXICON.classes[class].relation;
        Some((&self.pattern, Entry { class, relation, is_own }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::text::TextReader;

    fn own(pattern: &str, class: &str) -> OwnWord {
        OwnWord { pattern: pattern.to_owned(), class: class.to_owned(), relation: None }
    }

    #[test]
    fn an_own_word_is_found_like_one_of_the_lexicon_and_goes_before_it() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let classes = |words: &[OwnWord], text: &str| -> Vec<&str> {
            let read = TextReader::with_words(&camps, words).read_text(text.to_owned());
            read.findings.hits.iter().map(|hit| &*LEXICON.classes[hit.class].name).collect()
        };
        let text = "وهاجم قراصنة حفتر والميليشيات مدينة ترهونة";
        assert_eq!(classes(&[], text), ["militia"]);
        assert_eq!(classes(&[own("قراصنه", "criminal")], text), ["criminal", "militia"]);
        assert_eq!(classes(&[own("ميليشي*", "armed")], text), ["armed"]);
    }

    #[test]
    fn what_cannot_be_added_is_told() {
        let error = |pattern: &str, class: &str| check(&[own(pattern, class)]).unwrap_err();
        assert_eq!(check(&[own("قراصنة البحر", "criminal"), own("قرصن*", "criminal")]), Ok(()));
        assert!(matches!(error("", "criminal"), OwnWordError::Length(_)));
        assert!(matches!(error("a b c d e f", "criminal"), OwnWordError::Length(_)));
        assert!(matches!(error("قر*", "criminal"), OwnWordError::Form { .. }));
        assert!(matches!(error("pirates", "criminal"), OwnWordError::Form { .. }));
        let told = error("قراصنة", "pirates").to_string();
        assert!(told.contains("\"pirates\" is no class") && told.contains("militia"), "{told}");
        assert!(matches!(
            check(&vec![own("قراصنة", "criminal"); MAX_OWN_WORDS + 1]),
            Err(OwnWordError::Number(_))
        ));
    }
}
