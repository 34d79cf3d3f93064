//! Tests of the framing features.

use super::*;
use crate::camp::Camps;
use crate::text::TextReader;

fn terms(of: fn(&AnalyzedText) -> Vec<Placed>, text: &str) -> Vec<String> {
    let camps = Camps::from_toml(include_str!("../../../labeled/camps.toml")).unwrap();
    let mut terms: Vec<String> = of(&TextReader::with_camps(&camps).read_text(text.to_owned()))
        .into_iter()
        .map(|(_, term)| term)
        .collect();
    terms.sort();
    terms
}

/// One hostile word directly before the name of a camp, in a sentence that names no other.
#[test]
fn a_hostile_word_is_tagged_with_the_camp_behind_it() {
    let found = terms(lexicon, "تقدمت ميليشيات السراج نحو المدينة");
    let roles = ["=tied@gna", "@gna"];
    let both = |class: &str| roles.map(|role| format!("{class}{role}"));
    let mut expected = [both("hostile"), both("militia")].concat();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn roles_are_numbered_in_their_order() {
    assert!(Role::all(2).enumerate().all(|(number, role)| role.number() == number));
}

#[test]
fn quoted_words_give_no_terms_and_names_of_camps_no_stems_beside_them() {
    assert!(terms(lexicon, "وقال إن «ميليشيات السراج» انسحبت").is_empty());
    assert_eq!(
        terms(camp_stems, "انسحبت قوات حكومة الوفاق أمس"),
        ["امس@gna", "انسحب@gna"].map(str::to_owned)
    );
    // Where both are named, nobody knows without grammar whom a word is about.
    assert!(terms(camp_stems, "انسحبت قوات حكومة الوفاق أمام قوات حفتر").is_empty());
}

#[test]
fn a_sentence_without_a_camp_says_so_and_a_short_text_lends_its_own() {
    assert!(terms(lexicon, "كان موقفا مشرفا من الأوفياء").contains(&"achieve@none".to_owned()));
    let short = terms(lexicon, "كان موقفا من الأوفياء. عاش حفتر");
    assert!(
        short.contains(&"achieve@none".to_owned()) && short.contains(&"achieve@lna".to_owned())
            || short.contains(&"achieve?lna".to_owned()),
        "{short:?}"
    );
}

#[test]
fn mentions_are_counted() {
    assert_eq!(
        terms(mentions, "حفتر والسراج"),
        ["first", "named 1", "named 2", "named gna", "named lna"].map(str::to_owned)
    );
}

#[test]
fn a_term_is_seen_from_the_other_side() {
    let camps = ["lna", "gna"].map(str::to_owned);
    for (block, term, seen) in [
        (Block::Lexicon, "militia=tied@gna", Some("militia=tied@lna")),
        (Block::Lexicon, "hostile@wlna", Some("hostile@wgna")),
        (Block::Lexicon, "repel>lna", Some("repel>gna")),
        (Block::Lexicon, "militia@third", None),
        (Block::CampStems, "انسحب@gna", Some("انسحب@lna")),
        (Block::OwnStems, "انسحب", None),
    ] {
        assert_eq!(exchanged(block, term, &camps, (0, 1)).as_deref(), seen, "{term}");
    }
}
