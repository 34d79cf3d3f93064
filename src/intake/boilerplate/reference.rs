//! The rules applied plainly: every line is tried by every rule. What [`clean`] does quickly must
//! come to the same.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::{RegexSet, RegexSetBuilder};

use super::pattern::MEMORY;
use super::*;

/// The patterns of whole lines, all at once, and the places of their rules.
static OF_LINES: LazyLock<(RegexSet, Vec<usize>)> = LazyLock::new(|| {
    let places: Vec<usize> =
        (0..RULES.len()).filter(|&place| RULES[place].kind != RuleKind::Inline).collect();
    let set =
        RegexSetBuilder::new(places.iter().map(|&place| format!("^(?:{})$", RULES[place].pattern)))
            .ignore_whitespace(true)
            .size_limit(MEMORY)
            .dfa_size_limit(MEMORY)
            .build();
    (set.expect("every rule compiles"), places)
});

fn rule_of(folded: &str) -> Option<&'static Rule> {
    let rule =
        |line: &str| OF_LINES.0.matches(line).iter().next().map(|first| &RULES[OF_LINES.1[first]]);
    rule(folded).or_else(|| {
        let parts = folded.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(rule).reduce(Option::and).flatten()
    })
}

fn masked(line: &str, number: usize, removals: &mut Vec<Removal>) -> String {
    let mut line = line.to_owned();
    let inline = RULES.iter().filter(|rule| rule.kind == RuleKind::Inline);
    let inline = inline.map(|rule| (rule.regex(), rule.id.as_str(), rule.reason.as_str()));
    for (regex, rule, reason) in
        inline.chain([(&*newsrooms::PATTERN, "newsroom", "name of a newsroom")])
    {
        let mut left = String::new();
        let mut end = 0;
        for found in regex.find_iter(&line).filter(|found| stands_alone(&line, found.range())) {
            left.push_str(&line[end..found.start()]);
            left.push(' ');
            end = found.end();
            removals.push(Removal {
                line: number,
                text: found.as_str().trim().to_owned(),
                rule,
                reason,
            });
        }
        if end > 0 {
            left.push_str(&line[end..]);
            line = left;
        }
    }
    line
}

fn tidy(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        if !line.trim().is_empty() {
            text.push_str(line.trim());
        } else if text.is_empty() || text.ends_with("\n\n") {
            continue;
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// What [`clean`] is to do.
pub fn plainly(article: &mut Article) -> Vec<Removal> {
    let mut removals = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    let (mut words, mut heading, mut headlines) = (0, None, 0);
    let mut lines = article.text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let folded = folded(line);
        if folded.is_empty() {
            kept.push(String::new());
            continue;
        }
        let mut take = |line: &str, number: usize, rule: &'static Rule| {
            removals.push(Removal {
                line: number + 1,
                text: line.trim().to_owned(),
                rule: &rule.id,
                reason: &rule.reason,
            });
        };
        let short = folded.len() <= MAX_LINE;
        let rule = short.then(|| rule_of(&folded)).flatten();
        match rule {
            Some(rule) if rule.kind == RuleKind::Rest && words >= MIN_BEFORE_REST => {
                take(line, number, rule);
                for (number, line) in lines.by_ref().filter(|(_, line)| !line.trim().is_empty()) {
                    take(line, number, rule);
                }
            }
            Some(rule) => {
                take(line, number, rule);
                if rule.kind == RuleKind::Heading && !says_more(&folded) {
                    (heading, headlines) = (Some(rule), MAX_HEADLINES);
                }
            }
            None if headlines > 0 && is_headline(&folded) => {
                if let Some(heading) = heading {
                    take(line, number, heading);
                }
                headlines -= 1;
            }
            None => {
                headlines = 0;
                words += folded.split(' ').count();
                kept.push(masked(line, number + 1, &mut removals));
            }
        }
    }
    let text = tidy(&kept);
    if text.is_empty() {
        return Vec::new();
    }
    article.text = text;
    if let Some(title) = &mut article.title {
        masked(title, 0, &mut removals).trim_matches([' ', '-', '|', '–', '—']).clone_into(title);
    }
    removals.sort_by_key(|removal| removal.line);
    removals
}

/// What lines are made of: the examples of the rules, the alternatives in their patterns, names of
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
    prop_oneof![
        8 => prop::sample::select(&PIECES[..]),
        1 => prop::sample::select(&PIECES[..]).prop_map(|piece: String| piece.chars().take(5).collect()),
        1 => prop::sample::select(&PIECES[..]).prop_map(|piece: String| piece.chars().flat_map(|c| [c, '\u{640}']).collect()),
        1 => prop::sample::select(&PIECES[..]).prop_map(|piece: String| piece.replace('ا', "أ").replace('ه', "ة").replace('ي', "ى").to_uppercase()),
        2 => "[\u{621}-\u{64A}]{1,7}",
        1 => "[0-9٠-٩]{1,4}|[a-zA-Zİſ\u{212A}]{1,5}|[\u{64B}-\u{652}\u{200E}\u{200F}\u{FEFF}]",
    ]
}

fn joint() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(" ".to_owned()),
        2 => prop::sample::select(vec!["", "\n", "\n\n", "\t", "\u{A0}", "  ", "\r\n", "\u{2003}"]).prop_map(str::to_owned),
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
    fn cleaning_quickly_is_cleaning_plainly(title in prop::option::of(text(5)), before in any::<bool>(), rest in text(30)) {
        let before = if before { "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة.\n\n" } else { "" };
        let mut quickly = Article { title, text: format!("{before}{rest}"), ..Article::default() };
        let mut plain = quickly.clone();
        prop_assert_eq!(clean(&mut quickly), plainly(&mut plain));
        prop_assert_eq!(quickly, plain);
    }

    #[test]
    fn a_line_is_tried_by_every_rule_that_matches_it(line in text(4)) {
        let folded = folded(&line);
        let suspects = SIGNS.suspects(shorthand::write(&line, &mut Vec::new()));
        prop_assert_eq!(rules::rule_of(&folded, suspects.of_lines).map(|rule| &rule.id), rule_of(&folded).map(|rule| &rule.id));
    }
}
