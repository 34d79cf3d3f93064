//! Removal of boilerplate: what a saved page leaves around its article (share buttons, links to
//! other stories, comments), and the names of newsrooms.
//!
//! The rules are data: `rules.toml`, each with its reason and examples, and `newsrooms.toml`. Every
//! removal is recorded as a [`Removal`] that says what, where and why. If nothing of an article
//! would remain, it is left as it is.
//!
//! Most lines are tested without a regular expression: a line that contains none of the required
//! literals of a rule (`literals.tsv`) cannot match it.

mod compact;
mod lines;
mod literals;
#[cfg(test)]
mod literals_from_patterns;
mod newsrooms;
mod pattern;
mod prefixes;
#[cfg(any(test, feature = "internals"))]
pub mod reference;
mod rules;

use std::borrow::Cow;
use std::ops::Range;

use regex::Regex;
use serde::Serialize;

use crate::article::Article;
use crate::text::script::is_letter;
use lines::{Lines, lines};
use literals::{Candidates, LITERALS};
use rules::{MAX_LINE, RULES, Rule, RuleKind, fold_line, matching_rule};

/// A piece of boilerplate that was removed from an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Removal {
    /// Line of the text, from 1; 0 is the title. What was taken out of a page has the lines behind
    /// the text.
    pub line: usize,
    /// The text that was removed.
    pub text: String,
    /// Id of the rule.
    pub rule: &'static str,
    /// Why it is not part of the article.
    pub reason: &'static str,
}

/// Least words of an article before a `rest` rule removes all that follows.
const MIN_BEFORE_REST: usize = 5;

/// Least words of an article before what follows such a rule, or a headline behind a `heading`
/// rule, may be longer than the article so far. Some sites count the comments, or link to other
/// stories, under the headline.
const MIN_PROSE: usize = 20;

/// Most headlines that a `heading` rule removes with its line, and most words of one.
const MAX_HEADLINES: usize = 5;
const MAX_HEADLINE: usize = 18;

/// Removes the boilerplate of an article and returns what was removed.
pub fn clean(article: &mut Article) -> Vec<Removal> {
    let mut removals = Vec::new();
    let mut kept = Lines::with_capacity(article.text.len());
    let (mut words, mut heading, mut headlines) = (0, None, 0);
    let mut buffer = Vec::new();
    let mut lines = lines(&article.text).enumerate();
    while let Some((number, line)) = lines.next() {
        let compact = compact::encode(line, &mut buffer);
        if compact.is_empty() {
            kept.push("");
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
        let candidates = LITERALS.candidates(compact);
        // A folded line is at least as long as its encoding.
        let has_candidates = !candidates.line.is_empty() && compact.len() <= MAX_LINE;
        let folded = if has_candidates || headlines > 0 { fold_line(line) } else { String::new() };
        let is_tested = has_candidates && folded.len() <= MAX_LINE;
        let rule = if is_tested { matching_rule(&folded, candidates.line) } else { None };
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
                if words < MIN_PROSE {
                    words += compact.split(|&code| code == b' ').count();
                }
                let place = number + 1;
                if let Some(left) = settled(line, place, candidates, &mut buffer, &mut removals) {
                    kept.push(&left);
                }
            }
        }
    }
    drop(lines);
    let text = kept.into_text();
    if text.is_empty() {
        return Vec::new();
    }
    article.text = text;
    unsign(article, &mut removals);
    if let Some(title) = &mut article.title {
        let candidates = LITERALS.candidates(compact::encode(title, &mut buffer));
        *title = bare_title(&masked(title, 0, candidates, &mut removals), title).to_owned();
    }
    removals.sort_by_key(|removal| removal.line);
    removals
}

/// What is left of a title, without the signs that parted a name from it: of "Agency: headline",
/// ": headline" is left.
fn bare_title<'a>(left: &'a str, title: &str) -> &'a str {
    let is_cut = left != title;
    let left = left.trim_matches([' ', '-', '|', '–', '—']);
    left.trim_start_matches(|c: char| is_cut && (c.is_whitespace() || ":،,؛/-|–—".contains(c)))
}

/// Removes the name of the newsroom before the first sentence, where a line that was removed says
/// that it is the source: such a name needs no word for a newsroom.
fn unsign(article: &mut Article, removals: &mut Vec<Removal>) {
    let source = removals.iter().find_map(|removal| {
        let (label, name) = removal.text.split_once([':', '/', '–', '—'])?;
        let is_source = ["المصدر", "مصدر"].contains(&label.trim()) && !name.trim().is_empty();
        is_source.then(|| (name.trim().to_owned(), removal.rule, removal.reason))
    });
    let Some((name, rule, reason)) = source else { return };
    let rest = article.text.strip_prefix(&name).map(|rest| rest.trim_start_matches(' '));
    let rest = rest.and_then(|rest| rest.strip_prefix(['–', '—', '-']));
    if let Some(rest) = rest.map(str::trim_start).filter(|rest| !rest.is_empty()) {
        article.text = rest.to_owned();
        removals.push(Removal { line: 1, text: name, rule, reason });
    }
}

/// Whether numbered lines have no more words than those before them.
fn is_short<'a>(rest: impl Iterator<Item = (usize, &'a str)>, words: usize) -> bool {
    rest.flat_map(|(_, line)| line.split_whitespace()).take(words + 1).count() <= words
}

/// Whether a heading is followed by a headline on the same line.
fn says_more(folded: &str) -> bool {
    folded
        .split_once([':', '-', '–', '…', '|'])
        .is_some_and(|(_, rest)| rest.split_whitespace().count() > 1)
}

/// Whether a line behind an article's first `words` may be the headline of another story.
fn is_headline(folded: &str, words: usize) -> bool {
    let most = if words < MIN_PROSE { words.min(MAX_HEADLINE) } else { MAX_HEADLINE };
    folded.split(' ').count() <= most && !folded.ends_with(['.', '،', ':', '؛'])
}

/// Most times that what is left of a line is looked at again.
const MAX_ROUNDS: usize = 4;

/// A line without names of newsrooms and the like, and without what only they held together: what
/// is left may be boilerplate itself. `None` if nothing of it stays.
fn settled<'a>(
    line: &'a str,
    number: usize,
    candidates: Candidates,
    buffer: &mut Vec<u8>,
    removals: &mut Vec<Removal>,
) -> Option<Cow<'a, str>> {
    let mut left = masked(line, number, candidates, removals);
    for _ in 0..MAX_ROUNDS {
        if matches!(left, Cow::Borrowed(_)) || left.trim().is_empty() {
            break;
        }
        let candidates = LITERALS.candidates(compact::encode(&left, buffer));
        let folded = fold_line(&left);
        let is_tested = !candidates.line.is_empty() && folded.len() <= MAX_LINE;
        let rule = if is_tested { matching_rule(&folded, candidates.line) } else { None };
        // A rule that reaches beyond its line is for lines as they stand in the page.
        if let Some(rule) = rule {
            removals.push(Removal {
                line: number,
                text: left.trim().to_owned(),
                rule: &rule.id,
                reason: &rule.reason,
            });
            return None;
        }
        match masked(&left, number, candidates, removals) {
            Cow::Borrowed(_) => break,
            Cow::Owned(less) => left = Cow::Owned(less),
        }
    }
    Some(left)
}

/// A line without the matches of inline rules and the names of newsrooms.
fn masked<'a>(
    line: &'a str,
    number: usize,
    candidates: Candidates,
    removals: &mut Vec<Removal>,
) -> Cow<'a, str> {
    let mut line = Cow::Borrowed(line);
    if candidates.inline.is_empty() && !candidates.newsroom {
        return line;
    }
    let inline = RULES.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Inline);
    for (place, rule) in inline {
        mask(
            &mut line,
            candidates.inline.contains(place),
            || rule.regex(),
            |text| {
                removals.push(Removal { line: number, text, rule: &rule.id, reason: &rule.reason });
            },
        );
    }
    mask(
        &mut line,
        candidates.newsroom,
        || &newsrooms::PATTERN,
        |text| {
            removals.push(Removal {
                line: number,
                text,
                rule: "newsroom",
                reason: "name of a newsroom",
            });
        },
    );
    line
}

/// Removes the matches of a pattern from a line, if the pattern is a candidate or something was
/// removed before: then the line may contain literals that it did not contain at first.
fn mask(
    line: &mut Cow<str>,
    is_candidate: bool,
    pattern: impl FnOnce() -> &'static Regex,
    mut taken: impl FnMut(String),
) {
    if !is_candidate && matches!(line, Cow::Borrowed(_)) {
        return;
    }
    let (mut left, mut end) = (String::new(), 0);
    for found in pattern().find_iter(line).filter(|found| stands_alone(line, found.range())) {
        left.push_str(&line[end..found.start()]);
        left.push(' ');
        end = found.end();
        taken(found.as_str().trim().to_owned());
    }
    if end > 0 {
        left.push_str(&line[end..]);
        *line = Cow::Owned(left);
    }
}

/// Whether a part of a line neither begins nor ends inside a word. (`\b` in the pattern would do
/// the same, ten times slower.)
fn stands_alone(line: &str, part: Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| is_letter(c) || c.is_alphanumeric());
    let (before, after) = (line[..part.start].chars().next_back(), line[part.end..].chars().next());
    let (first, last) = (line[part.clone()].chars().next(), line[part].chars().next_back());
    let (cut_before, cut_after) = (word(before) && word(first), word(last) && word(after));
    !cut_before && !cut_after
}

#[cfg(test)]
mod tests;
