//! The lexicon of a labelled set (`lexicon.toml`): the words that were accepted into classes of
//! mizan's lexicon, and those that were refused.
//!
//! ```toml
//! refused = ["مصدر"]
//!
//! [criminal]
//! sense = "hostile"
//! relation = "epithet"
//! reason = "accepted from the archive"
//! words = ["قراصنه"]
//! ```
//!
//! It has the form of `src/text/lexicon.toml`, with its classes. `sense` and `relation` may be left
//! out; `others` are tables with a relation of their own.

mod reading;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write;

use super::SourceText;
use super::problem::{Problem, Problems};
use crate::article::quoted::quoted;
use crate::text::lexicon::{LEXICON, Relation, Sense};
use crate::text::own_words::OwnWord;
use crate::text::phrase_words::one_spelling;

/// Its name in the folder of a set.
pub const LEXICON_FILE: &str = "lexicon.toml";

/// What a new file begins with.
const HEAD: &str = "\
# Words of this set's own, in the classes of mizan's lexicon.
# `mizan train` uses them, and the model carries them.
# `mizan words` writes this file anew; it keeps these first lines, and the reasons.
";

/// The reason of a class that has none.
const REASON: &str = "accepted from the set's own archive";

/// The words that a labelled set adds to the lexicon, and those that it does not want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetLexicon {
    /// The words that are added, in the order of the file.
    pub accepted: Vec<OwnWord>,
    /// The words that were refused.
    pub refused: Vec<String>,
    reasons: BTreeMap<String, String>,
    head: Option<String>,
}

/// What was decided of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordDecision {
    /// It is added to the class of this name.
    Accepted(String),
    /// It is not wanted.
    Refused,
}

/// Why a part of `lexicon.toml` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// It has no meaning there.
    #[error("unknown `{0}`: a class has sense, relation, reason, words and others")]
    Key(String),
    /// It is of another type.
    #[error("`{key}` must be {expected}")]
    Type {
        /// The key.
        key: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A class cannot be made another one.
    #[error(
        "`{key}` of [{class}] is {is} in mizan's lexicon; write that, or leave it out",
        is = quoted(is)
    )]
    Other {
        /// `sense` or `relation`.
        key: &'static str,
        /// The class.
        class: String,
        /// What it is.
        is: &'static str,
    },
    /// A word stands in two places.
    #[error("{} stands here and further up: keep one", quoted(.0))]
    Twice(String),
}

/// A pattern in the form in which patterns are compared.
fn one_form(pattern: &str) -> String {
    pattern.split_whitespace().map(one_spelling).collect::<Vec<_>>().join(" ")
}

fn sense_name(sense: Sense) -> &'static str {
    match sense {
        Sense::Hostile => "hostile",
        Sense::Praising => "praising",
        Sense::None => "none",
    }
}

const RELATIONS: [(Relation, &str); 4] = [
    (Relation::Epithet, "epithet"),
    (Relation::Agent, "agent"),
    (Relation::Fight, "fight"),
    (Relation::Defeat, "defeat"),
];

fn relation_name(relation: Relation) -> &'static str {
    RELATIONS.iter().find(|(other, _)| *other == relation).map_or("", |(_, name)| *name)
}

impl SetLexicon {
    /// The lexicon in the text of a file, and all that is wrong with it.
    pub(crate) fn from_file(file: &SourceText) -> (Self, Vec<Problem>) {
        let mut problems = Problems::default();
        let lexicon = Self::read(file, &mut problems);
        (lexicon, problems.0)
    }

    /// What was decided of a word; `None` if nothing was.
    pub fn decision(&self, word: &str) -> Option<WordDecision> {
        let word = one_form(word);
        let accepted = self.accepted.iter().find(|own| one_form(&own.pattern) == word);
        let accepted = accepted.map(|own| WordDecision::Accepted(own.class.clone()));
        let is_refused = || self.refused.iter().any(|refused| one_form(refused) == word);
        accepted.or_else(|| is_refused().then_some(WordDecision::Refused))
    }

    /// Decides on a word, whatever was decided before; `None` takes it back.
    pub fn decide(&mut self, word: &str, decision: Option<WordDecision>) {
        let form = one_form(word);
        self.accepted.retain(|own| one_form(&own.pattern) != form);
        self.refused.retain(|refused| one_form(refused) != form);
        match decision {
            Some(WordDecision::Accepted(class)) => {
                self.accepted.push(OwnWord { pattern: word.to_owned(), class, relation: None });
            }
            Some(WordDecision::Refused) => self.refused.push(word.to_owned()),
            None => {}
        }
    }

    /// The text of its file, which reads as the same.
    pub fn to_toml(&self) -> String {
        let mut text = self.head.as_deref().unwrap_or(HEAD).to_owned();
        // Writing into a string cannot fail.
        if !self.refused.is_empty() {
            let _ = write!(text, "\nrefused = {}\n", list(self.refused.iter()));
        }
        for class in &LEXICON.classes {
            let of_class = || self.accepted.iter().filter(|own| own.class == class.name);
            let with = |relation| {
                let words = of_class().filter(move |own| own.relation == relation);
                words.map(|own| &own.pattern)
            };
            if of_class().next().is_none() {
                continue;
            }
            let reason = self.reasons.get(&class.name).map_or(REASON, String::as_str);
            let _ = write!(
                text,
                "\n[{}]\nsense = \"{}\"\nrelation = \"{}\"\nreason = {}\nwords = {}\n",
                class.name,
                sense_name(class.sense),
                relation_name(class.relation),
                toml::Value::from(reason),
                list(with(None))
            );
            for (relation, name) in RELATIONS {
                if with(Some(relation)).next().is_some() {
                    let words = list(with(Some(relation)));
                    let class = &class.name;
                    let _ = write!(
                        text,
                        "\n[[{class}.others]]\nrelation = \"{name}\"\nwords = {words}\n"
                    );
                }
            }
        }
        text
    }
}

/// A list of words in TOML, one a line: so that two files differ in the lines of their words.
fn list<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let words: Vec<String> =
        words.map(|word| format!("  {},\n", toml::Value::from(word.as_str()))).collect();
    if words.is_empty() { "[]".to_owned() } else { format!("[\n{}]", words.concat()) }
}
