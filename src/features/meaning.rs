//! The meaning of features in plain words: `militia+B@gna` is "militia → gna, just before its
//! name".
//!
//! It is here and not in `output` because an explanation groups and sorts contributions by meaning:
//! several terms of the vocabulary have the same one.

use super::block::Block;
use super::framing::{Role, TextStatement};

/// Names of the lexicon's classes and senses that say little by themselves, and what stands for
/// them.
const CLASSES: [(&str, &str); 8] = [
    ("praising", "praise"),
    ("hostile", "blame"),
    ("socalled", "so-called"),
    ("legit", "legitimate"),
    ("illegit", "illegitimate"),
    ("jihadi_org", "jihadi organisation"),
    ("return_life", "return of life"),
    ("ours", "our own"),
];

/// What a term of a block means, given the ids of the camps.
pub fn meaning(block: Block, term: &str, camps: &[String]) -> String {
    let one_or_more = |what: &str| {
        if term.contains(' ') { format!("words in a row{what}") } else { format!("word{what}") }
    };
    match block {
        Block::Lexicon => lexicon(term, camps),
        Block::Mentions => mentions(term, camps),
        Block::Stems | Block::Words => one_or_more(""),
        Block::OwnStems => one_or_more(" of the own voice"),
        Block::Chunks => "letters".to_owned(),
        Block::Sentences => format!("the strongest sentences: {term}"),
        Block::CampStems => match term.rsplit_once('@') {
            Some((_, camp)) => format!("word of a sentence that names {camp} alone"),
            None => "word of a sentence that names one camp".to_owned(),
        },
    }
}

/// A term of a block as a list names it to a person: stems and words as they are, what the lists
/// found by what it means, and what stands by a camp's name with that name.
pub fn in_words(block: Block, term: &str, camps: &[String]) -> String {
    // Runs of several: each has its sign.
    let each = |said: fn(&str, &[String]) -> String| {
        term.split(' ').map(|part| said(part, camps)).collect::<Vec<_>>().join(" + ")
    };
    match block {
        Block::Lexicon => each(lexicon),
        Block::Mentions => mentions(term, camps),
        Block::CampStems => each(beside),
        Block::Stems | Block::Words | Block::OwnStems | Block::Chunks | Block::Sentences => {
            term.to_owned()
        }
    }
}

/// A stem where one camp alone is named.
fn beside(term: &str, _: &[String]) -> String {
    term.rsplit_once('@')
        .map_or_else(|| term.to_owned(), |(stem, camp)| format!("{stem} beside {camp} alone"))
}

/// What a word of the lexicon says, and of whom.
fn lexicon(term: &str, camps: &[String]) -> String {
    let (class, tag) = term.split_at(term.find(['@', '=', '>', '~', '?']).unwrap_or(term.len()));
    let class = CLASSES
        .iter()
        .find(|(name, _)| *name == class)
        .map_or_else(|| class.replace('_', " "), |(_, words)| (*words).to_owned());
    match Role::all(camps.len()).find(|role| role.tag(camps) == tag) {
        Some(Role::Nobody) => format!("{class}, of nobody who is mentioned"),
        Some(Role::Third) => format!("{class}, of a third party"),
        Some(Role::About(camp)) => format!("{class} → {}", camps[camp]),
        Some(Role::Tied(camp)) => format!("{class} → {}, in one phrase with it", camps[camp]),
        Some(Role::Presumed(camp)) => format!("{class} → {}, presumably", camps[camp]),
        Some(Role::Ally(camp)) => format!("{class} → who helps {}", camps[camp]),
        Some(Role::Beside(camp)) => format!("{class} of others, beside {}", camps[camp]),
        Some(Role::Opponent(camp)) => format!("{class} of {} by another", camps[camp]),
        None => term.to_owned(),
    }
}

/// What is said of the text as a whole.
fn mentions(term: &str, camps: &[String]) -> String {
    let what = |strong| if strong { "camps" } else { "those who help camps" };
    match TextStatement::all(camps.len()).find(|statement| statement.term(camps) == term) {
        Some(TextStatement::Of { camp, strong: true }) => format!("{} is named", camps[camp]),
        Some(TextStatement::Of { camp, strong: false }) => {
            format!("those who help {} are named", camps[camp])
        }
        Some(TextStatement::Times { least: 1, strong }) => format!("{} are named", what(strong)),
        Some(TextStatement::Times { least, strong }) => {
            format!("{} are named {least} times or more", what(strong))
        }
        Some(TextStatement::First) => "a camp is named in the first four sentences".to_owned(),
        None => term.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lexicon::LEXICON;

    fn camps() -> [String; 2] {
        ["lna".to_owned(), "gna".to_owned()]
    }

    #[test]
    fn terms_of_the_lexicon_say_what_of_whom() {
        for (term, says) in [
            ("praising@lna", "praise → lna"),
            ("hostile=tied@gna", "blame → gna, in one phrase with it"),
            ("illegit@wgna", "illegitimate → who helps gna"),
            ("repel>lna", "repel of lna by another"),
            ("militia@third", "militia, of a third party"),
            ("socalled?lna", "so-called → lna, presumably"),
            ("hero@none", "hero, of nobody who is mentioned"),
            ("hero@elsewhere", "hero@elsewhere"),
        ] {
            assert_eq!(meaning(Block::Lexicon, term, &camps()), says);
        }
    }

    #[test]
    fn a_list_names_terms_without_their_signs() {
        for (block, term, says) in [
            (Block::Lexicon, "hostile=tied@gna", "blame → gna, in one phrase with it"),
            (Block::Lexicon, "hero@lna militia@gna", "hero → lna + militia → gna"),
            (Block::Mentions, "named lna", "lna is named"),
            (Block::CampStems, "طهر@lna", "طهر beside lna alone"),
            (Block::OwnStems, "طهر مدين", "طهر مدين"),
        ] {
            assert_eq!(in_words(block, term, &camps()), says);
        }
    }

    #[test]
    fn no_class_in_any_role_and_no_mention_keeps_its_signs() {
        for class in &LEXICON.classes {
            for role in Role::all(2) {
                let said = meaning(
                    Block::Lexicon,
                    &format!("{}{}", class.name, role.tag(&camps())),
                    &camps(),
                );
                assert!(!said.contains(['@', '=', '>', '~', '?', '_']), "{said}");
            }
        }
        let mut said: Vec<String> = TextStatement::all(2)
            .map(|statement| meaning(Block::Mentions, &statement.term(&camps()), &camps()))
            .collect();
        assert!(
            said.contains(&"gna is named".to_owned())
                && said.contains(&"camps are named 4 times or more".to_owned())
        );
        said.sort();
        said.dedup();
        assert_eq!(said.len(), TextStatement::all(2).count(), "each says something of its own");
    }
}
