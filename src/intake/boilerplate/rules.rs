//! The rules of `rules.toml`, and which of them matches a line.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::Deserialize;

use super::compact;
use super::literals::{LITERALS, RuleSet};
use super::pattern::compiled;
use crate::text::script::{fold_letter, is_mark, western_digit};

/// Longest line that the rules of whole lines test, in bytes. Boilerplate lines are short.
pub(super) const MAX_LINE: usize = 600;

/// What a rule removes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RuleKind {
    /// The line.
    Line,
    /// The line and the headlines that follow.
    Heading,
    /// The line and all that follows.
    Rest,
    /// A part of a line.
    Inline,
}

/// A rule of the file. Its pattern is compiled when it is first tested.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub id: String,
    pub reason: String,
    pub kind: RuleKind,
    pub pattern: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples, for people and tests"))]
    pub drops: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples, for people and tests"))]
    pub keeps: Vec<String>,
    #[serde(skip)]
    regex: OnceLock<Regex>,
}

#[derive(Debug, Deserialize)]
struct RulesFile {
    rule: Vec<Rule>,
}

/// All rules, in the order in which they are tested.
pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let file: RulesFile =
        toml::from_str(include_str!("rules.toml")).expect("the tests read the file");
    file.rule
});

impl Rule {
    /// The compiled pattern: of a whole folded line, or of a part of an unfolded line if the rule
    /// is inline.
    pub(super) fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            if self.kind == RuleKind::Inline {
                return compiled(&self.pattern);
            }
            // A folded line has no other white space than the space, of which a pattern is compiled
            // much faster.
            let pattern = self.pattern.replace(r"\s", r"\x20").replace(r"\S", r"[^\x20]");
            compiled(&format!("^(?:{pattern})$"))
        })
    }
}

/// A line as the rules test it: without marks, in lower case, with folded letters and digits, and
/// with one space between words.
pub(super) fn fold_line(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.chars().filter(|&c| !is_mark(c)) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !folded.is_empty() {
            folded.push(' ');
        }
        match western_digit(c) {
            // Most letters are of this block, which has no case.
            c @ '\u{600}'..='\u{6FF}' => folded.push(fold_letter(c)),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The rule that removes a folded line: the first that matches the line. If there is none and `|`,
/// `·` or `•` separate the line into parts, all of which match a rule: the first that matches the
/// last part. `candidates` are the rules whose literals the line contains; a part has those at its
/// start in addition.
pub(super) fn matching_rule(folded: &str, candidates: RuleSet) -> Option<&'static Rule> {
    let first_match = |line: &str, candidates: RuleSet| {
        let mut rules = RULES
            .iter()
            .enumerate()
            .filter(|&(number, rule)| rule.kind != RuleKind::Inline && candidates.contains(number));
        rules.find(|(_, rule)| rule.regex().is_match(line)).map(|(_, rule)| rule)
    };
    first_match(folded, candidates).or_else(|| {
        let parts = folded.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| first_match(part, candidates | LITERALS.at_start(&compact::encoded(part))))
            .reduce(Option::and)
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::script::fold_letters;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_line_is_folded_step_by_step(
            line in "([\u{0600}-\u{06FF}]|[ا-ي]{3}|[A-Za-zÄßİ]|[ \t\u{A0}\u{2003}]|[0-9٠-٩]|\
                     \u{200F}|\\PC){0,40}"
        ) {
            let unmarked = line.chars().filter(|&c| !is_mark(c));
            let lower: String = unmarked.flat_map(|c| western_digit(c).to_lowercase()).collect();
            let words = lower.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(fold_line(&line), fold_letters(&words));
        }
    }
}
