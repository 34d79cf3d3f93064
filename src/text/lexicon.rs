//! The framing lexicon: words by which an own voice shows what it thinks of an actor
//! (`lexicon.toml` has them, with reasons).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// What a class of words has in common with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sense {
    /// Blames, belittles, denies.
    Hostile,
    /// Praises, lends legitimacy, mourns.
    Praising,
    /// Neither by itself.
    None,
}

/// How the words of a class hang on the party that they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// It is called so.
    Epithet,
    /// It does so.
    Agent,
    /// It does so to an opponent.
    Fight,
    /// A noun of a fight: whom it names behind it is the opponent.
    Defeat,
    /// It is denied something by whoever is named behind: the confidence of the parliament.
    Denied,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct ClassText {
    sense: Sense,
    relation: Relation,
    reason: String,
    words: Vec<&'static str>,
    #[serde(default)]
    seen_in_labelled: Vec<&'static str>,
    /// Words of the class that hang on their party in another way than the class.
    #[serde(default)]
    others: Vec<Others>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Others {
    relation: Relation,
    words: Vec<&'static str>,
}

/// One class of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it has in common with other classes.
    pub sense: Sense,
    /// How its words hang on the party that they are about.
    pub relation: Relation,
    /// What its words say, and why.
    pub reason: String,
}

/// What a pattern of the lexicon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number of its class.
    pub class: usize,
    /// How it hangs on the party that it is about.
    pub relation: Relation,
    /// Whether the relation is its own and not that of its class.
    pub is_own: bool,
}

/// The lexicon: its classes, and the patterns of its words with what they stand for.
#[derive(Debug)]
pub struct Lexicon {
    /// The classes.
    pub classes: Vec<Class>,
    /// The patterns; of those that match a word the first counts.
    pub patterns: Vec<(&'static str, Entry)>,
}

/// The lexicon of `lexicon.toml`.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // A test reads the file, so that it cannot be wrong in a built program; an empty lexicon is
    // what is left if it were.
    read(include_str!(concat!(env!("OUT_DIR"), "/lexicon.json")))
        .unwrap_or_else(|_| Lexicon { classes: Vec::new(), patterns: Vec::new() })
});

fn read(text: &'static str) -> Result<Lexicon, serde_json::Error> {
    let classes: BTreeMap<String, ClassText> = serde_json::from_str(text)?;
    let numbered = || classes.values().enumerate();
    let others = numbered().flat_map(|(number, class)| {
        class.others.iter().flat_map(move |others| {
            let entry = Entry { class: number, relation: others.relation, is_own: true };
            others.words.iter().map(move |word| (*word, entry))
        })
    });
    let words = numbered().flat_map(|(number, class)| {
        let entry = Entry { class: number, relation: class.relation, is_own: false };
        let words = class.words.iter().chain(class.seen_in_labelled.iter());
        words.map(move |word| (*word, entry))
    });
    Ok(Lexicon {
        patterns: others.chain(words).collect(),
        classes: classes
            .iter()
            .map(|(name, class)| Class {
                name: name.clone(),
                sense: class.sense,
                relation: class.relation,
                reason: class.reason.clone(),
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::phrase_words::{PhraseWords, one_spelling};
    use crate::text::phrases::Phrases;

    fn classes(text: &str) -> Vec<&str> {
        let mut words = PhraseWords::default();
        let phrases = Phrases::new(&mut words, LEXICON.patterns.iter().copied());
        let met: Vec<Vec<u32>> =
            text.split(' ').map(|token| words.matching(&one_spelling(token))).collect();
        let mut classes = Vec::new();
        phrases.find(
            met.len(),
            |_| true,
            |at| &met[at],
            |found| classes.push(LEXICON.classes[found.value.class].name.as_str()),
        );
        classes
    }

    #[test]
    fn the_file_reads_and_words_have_the_class_that_a_reader_gives_them() {
        assert_eq!(
            read(include_str!(concat!(env!("OUT_DIR"), "/lexicon.json"))).unwrap().classes.len(),
            43
        );
        assert_eq!(
            classes("طهرت القوات المدينة من فلول الإرهابيين"),
            ["liberate", "terror", "terror"]
        );
        assert_eq!(classes("وقالت ميليشيات طرابلس وما يسمى المجلس"), ["militia", "socalled"]);
        assert_eq!(classes("الحكومة غير الشرعية والحكومة الشرعية"), ["illegit", "legit"]);
        assert!(classes("أعلن وزير الصحة افتتاح مركز جديد في المدينة").is_empty());
    }
}
