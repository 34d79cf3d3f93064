//! The rules of `rules.toml`, and which of them takes a line out.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::Deserialize;

use super::pattern::{compiled, light};
use super::shorthand;
use super::signs::{RuleSet, SIGNS};
use crate::text::script::{fold_letter, is_mark, western_digit};

/// No leftover line is longer, in bytes: longer ones are not looked at by the rules of whole lines.
pub const MAX_LINE: usize = 600;

/// What a rule takes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    Line,
    Heading,
    Rest,
    Inline,
}

/// A rule as it stands in the file; its pattern is compiled when it is first tried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
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
    #[serde(skip)]
    light: OnceLock<regex_lite::Regex>,
    #[serde(skip)]
    tried: AtomicUsize,
}

/// So many lines are tried by a light regular expression first: it is slower, but ready a hundred
/// times sooner, and one article has few lines that need any.
const TRIED_LIGHTLY: usize = 16;

#[derive(Debug, Deserialize)]
struct RulesFile {
    rule: Vec<Rule>,
}

/// All rules, in the order in which they are tried.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let file: RulesFile =
        toml::from_str(include_str!("rules.toml")).expect("the tests read the file");
    file.rule
});

impl Rule {
    /// Its pattern: of a whole folded line, or, where the rule is inline, of a part of a line.
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| match self.kind {
            RuleKind::Inline => compiled(&self.pattern),
            _ => compiled(&self.of_line()),
        })
    }

    fn of_line(&self) -> String {
        format!("^(?:{})$", self.pattern)
    }

    /// Whether it matches a whole folded line.
    fn matches(&self, line: &str) -> bool {
        if self.tried.fetch_add(1, Ordering::Relaxed) >= TRIED_LIGHTLY {
            return self.regex().is_match(line);
        }
        self.light.get_or_init(|| light(&self.of_line())).is_match(line)
    }
}

/// A line in the form in which rules see it: without marks, in lower case, digits and letters
/// folded, its words one space apart.
pub fn folded(line: &str) -> String {
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
            // No letter of these has another case, and most letters are of these.
            c @ '\u{600}'..='\u{6FF}' => folded.push(fold_letter(c)),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The rule that takes a folded line out: the first that matches it, or, where `|`, `·` or `•` part
/// it into several, the first that matches its last part, if some rule matches each. Only rules of
/// `suspects` can match the line, or any part by what stands inside it.
pub fn rule_of(folded: &str, suspects: RuleSet) -> Option<&'static Rule> {
    let rule = |line: &str, suspects: RuleSet| {
        let mut suspects = RULES
            .iter()
            .enumerate()
            .filter(|&(number, rule)| rule.kind != RuleKind::Inline && suspects.has(number));
        suspects.find(|(_, rule)| rule.matches(line)).map(|(_, rule)| rule)
    };
    rule(folded, suspects).or_else(|| {
        let parts = folded.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| rule(part, suspects | SIGNS.at_start(&shorthand::of(part))))
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
        fn a_line_is_folded_step_by_step(line in "([\u{0600}-\u{06FF}]|[ا-ي]{3}|[A-Za-zÄßİ]|[ \t\u{A0}\u{2003}]|[0-9٠-٩]|\u{200F}|\\PC){0,40}") {
            let plain: String = line.chars().filter(|&c| !is_mark(c)).flat_map(|c| western_digit(c).to_lowercase()).collect();
            prop_assert_eq!(folded(&line), fold_letters(&plain.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }

    #[test]
    fn the_light_regular_expression_and_the_other_say_the_same() {
        let lines: Vec<String> = RULES
            .iter()
            .flat_map(|rule| rule.drops.iter().chain(&rule.keeps))
            .map(|line| folded(line))
            .collect();
        for rule in RULES.iter().filter(|rule| rule.kind != RuleKind::Inline) {
            for line in &lines {
                rule.tried.store(0, Ordering::Relaxed);
                assert_eq!(rule.matches(line), rule.regex().is_match(line), "{}: {line}", rule.id);
            }
        }
    }
}
