//! [`boilerplate::clean`] and the reference do the same.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::intake::boilerplate::literals::LITERALS;
use crate::intake::boilerplate::{self, compact, rules};

/// Pieces of random lines: the examples of the rules, the alternatives in their patterns, names of
/// newsrooms.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let examples = RULES.iter().flat_map(|rule| rule.drops.iter().chain(&rule.keeps).cloned());
    let examples =
        examples.map(|example| example.split(" => ").next().unwrap_or_default().to_owned());
    let alternatives = RULES.iter().flat_map(|rule| {
        rule.pattern
            .split(['|', '(', ')', '[', ']', '{', '}', '\n'])
            .map(|piece| piece.replace(r"\s?", " ").replace(r"\s", " ").replace(['\\', '?'], ""))
    });
    let names = newsrooms::NEWSROOMS.plain.iter().chain(&newsrooms::NEWSROOMS.ambiguous).cloned();
    let words = newsrooms::WORDS.split('|').map(str::to_owned);
    examples
        .chain(alternatives)
        .chain(names)
        .chain(words)
        .filter(|piece| !piece.is_empty())
        .collect()
});

fn piece() -> impl Strategy<Value = String> {
    let listed = prop::sample::select(&PIECES[..]);
    prop_oneof![
        8 => listed.clone(),
        1 => listed.clone().prop_map(|piece| piece.chars().take(5).collect()),
        1 => listed.clone().prop_map(|piece| piece.chars().flat_map(|c| [c, '\u{640}']).collect()),
        1 => listed.prop_map(|piece| {
            piece.replace('ا', "أ").replace('ه', "ة").replace('ي', "ى").to_uppercase()
        }),
        2 => "[\u{621}-\u{64A}]{1,7}",
        1 => "[0-9٠-٩]{1,4}|[a-zA-Zİſ\u{212A}]{1,5}|[\u{64B}-\u{652}\u{200E}\u{200F}\u{FEFF}]",
    ]
}

/// White space between pieces.
const SPACES: &[&str] = &["", "\n", "\n\n", "\t", "\u{A0}", "  ", "\r\n", "\u{2003}"];

fn joint() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(" ".to_owned()),
        2 => prop::sample::select(SPACES).prop_map(str::to_owned),
        3 => "[ ]?[|·•:/،,.*+…–\\-(\\[\"«“”»)\\]>›←🔗©؟#=~_][ ]?",
    ]
}

fn text(pieces: usize) -> impl Strategy<Value = String> {
    prop::collection::vec((joint(), piece()), 1..pieces)
        .prop_map(|parts| parts.into_iter().flat_map(|(joint, piece)| [joint, piece]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn cleaning_quickly_is_cleaning_plainly(
        title in prop::option::of(text(5)),
        before in any::<bool>(),
        rest in text(30),
    ) {
        let before = if before {
            "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة.\n\n"
        } else {
            ""
        };
        let mut quickly = Article { title, text: format!("{before}{rest}"), ..Article::default() };
        let mut plain = quickly.clone();
        prop_assert_eq!(boilerplate::clean(&mut quickly), clean(&mut plain));
        prop_assert_eq!(quickly, plain);
    }

    #[test]
    fn a_line_is_tested_by_every_rule_that_matches_it(line in text(4)) {
        let folded = fold_line(&line);
        let candidates = LITERALS.candidates(compact::encode(&line, &mut Vec::new()));
        let quickly = rules::matching_rule(&folded, candidates.line).map(|rule| &rule.id);
        prop_assert_eq!(quickly, matching_rule(&folded).map(|rule| &rule.id));
    }
}
