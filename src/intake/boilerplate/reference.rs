//! The plain way of [`clean`](super::clean): every line is tested by every rule. Tests and fuzzing
//! compare the two.

use std::sync::LazyLock;

use regex::{RegexSet, RegexSetBuilder};

use super::pattern::MAX_MEMORY;
use super::rules::{MAX_LINE, RULES, Rule, RuleKind, fold_line};
use super::{
    MAX_HEADLINES, MAX_ROUNDS, MIN_BEFORE_REST, MIN_PROSE, Removal, is_headline, is_short,
    newsrooms, says_more, stands_alone,
};
use crate::article::Article;

/// The patterns of whole lines in one set, and the positions of their rules.
static OF_LINES: LazyLock<(RegexSet, Vec<usize>)> = LazyLock::new(|| {
    let places: Vec<usize> =
        (0..RULES.len()).filter(|&place| RULES[place].kind != RuleKind::Inline).collect();
    let set =
        RegexSetBuilder::new(places.iter().map(|&place| format!("^(?:{})$", RULES[place].pattern)))
            .ignore_whitespace(true)
            .size_limit(MAX_MEMORY)
            .dfa_size_limit(MAX_MEMORY)
            .build();
    (set.expect("every rule compiles"), places)
});

fn matching_rule(folded: &str) -> Option<&'static Rule> {
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

/// What is left of a line is looked at again, until nothing changes.
fn settled(line: &str, number: usize, removals: &mut Vec<Removal>) -> Option<String> {
    let mut left = masked(line, number, removals);
    let mut changed = left != line;
    for _ in 0..MAX_ROUNDS {
        if !changed || left.trim().is_empty() {
            break;
        }
        let folded = fold_line(&left);
        let rule = (folded.len() <= MAX_LINE).then(|| matching_rule(&folded)).flatten();
        if let Some(rule) = rule {
            removals.push(Removal {
                line: number,
                text: left.trim().to_owned(),
                rule: &rule.id,
                reason: &rule.reason,
            });
            return None;
        }
        let less = masked(&left, number, removals);
        changed = less != left;
        left = less;
    }
    Some(left)
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

/// Removes the boilerplate of an article and returns what was removed.
pub fn clean(article: &mut Article) -> Vec<Removal> {
    let mut removals = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    let (mut words, mut heading, mut headlines) = (0, None, 0);
    let mut lines = article.text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let folded = fold_line(line);
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
        let rule = short.then(|| matching_rule(&folded)).flatten();
        match rule {
            Some(rule)
                if rule.kind == RuleKind::Rest
                    && words >= MIN_BEFORE_REST
                    && (words >= MIN_PROSE || is_short(lines.clone(), words)) =>
            {
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
            None if headlines > 0 && is_headline(&folded, words) => {
                if let Some(heading) = heading {
                    take(line, number, heading);
                }
                headlines -= 1;
            }
            None => {
                headlines = 0;
                words += folded.split(' ').count();
                kept.extend(settled(line, number + 1, &mut removals));
            }
        }
    }
    let text = tidy(&kept);
    if text.is_empty() {
        return Vec::new();
    }
    article.text = text;
    super::unsign(article, &mut removals);
    if let Some(title) = &mut article.title {
        *title = super::bare_title(&masked(title, 0, &mut removals), title).to_owned();
    }
    removals.sort_by_key(|removal| removal.line);
    removals
}

#[cfg(test)]
mod tests;
