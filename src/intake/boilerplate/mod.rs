//! What a saved page leaves around its article is taken out, and newsrooms' names are masked.
//!
//! The rules are data: `rules.toml`, each with its reason and its examples, and `newsrooms.toml`.
//! Nothing goes without a [`Removal`] that says what, where and why. An article of which nothing
//! would be left is left whole.
//!
//! Most lines are kept as they are, and most are found to be so without a regular expression: a
//! line that shows no sign of a rule (`signs.tsv`) is tried by none.

#[cfg(test)]
mod derivation;
mod newsrooms;
mod pattern;
#[cfg(test)]
mod reference;
mod rules;
mod shorthand;
mod signs;

use std::borrow::Cow;
use std::ops::Range;

use regex::Regex;

use crate::article::Article;
use crate::text::script::is_letter;
use rules::{MAX_LINE, RULES, Rule, RuleKind, folded, rule_of};
use signs::{SIGNS, Suspects};

/// A piece of text that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Line of the text, from 1; 0 is the title.
    pub line: usize,
    /// What was taken out.
    pub text: String,
    /// Id of the rule.
    pub rule: &'static str,
    /// Why it is none of the article.
    pub reason: &'static str,
}

/// Words that must stand before a `rest` rule takes all that follows.
const MIN_BEFORE_REST: usize = 5;

/// Most headlines that a `heading` rule takes with it, and most words of one.
const MAX_HEADLINES: usize = 5;
const MAX_HEADLINE: usize = 18;

/// Takes the leftovers out of an article, and says what was taken.
pub fn clean(article: &mut Article) -> Vec<Removal> {
    let mut removals = Vec::new();
    let mut kept = Lines::with_capacity(article.text.len());
    let (mut words, mut heading, mut headlines) = (0, None, 0);
    let mut room = Vec::new();
    let mut lines = article.text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let short = shorthand::write(line, &mut room);
        if short.is_empty() {
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
        let suspects = SIGNS.suspects(short);
        let suspected = !suspects.of_lines.is_empty();
        let folded = if suspected || headlines > 0 { folded(line) } else { String::new() };
        let tried = suspected && folded.len() <= MAX_LINE;
        let rule = if tried { rule_of(&folded, suspects.of_lines) } else { None };
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
                if words < MIN_BEFORE_REST {
                    words += short.split(|&code| code == b' ').count();
                }
                kept.push(&masked(line, number + 1, suspects, &mut removals));
            }
        }
    }
    let text = kept.into_text();
    if text.is_empty() {
        return Vec::new();
    }
    article.text = text;
    if let Some(title) = &mut article.title {
        let suspects = SIGNS.suspects(shorthand::write(title, &mut room));
        *title = masked(title, 0, suspects, &mut removals)
            .trim_matches([' ', '-', '|', '–', '—'])
            .to_owned();
    }
    removals.sort_by_key(|removal| removal.line);
    removals
}

/// Whether a heading has a headline of its own behind it.
fn says_more(folded: &str) -> bool {
    folded
        .split_once([':', '-', '–', '…', '|'])
        .is_some_and(|(_, rest)| rest.split_whitespace().count() > 1)
}

/// Whether a line may be the headline of another story.
fn is_headline(folded: &str) -> bool {
    folded.split(' ').count() <= MAX_HEADLINE && !folded.ends_with(['.', '،', ':', '؛'])
}

/// A line without what inline rules and the newsrooms' names match.
fn masked<'a>(
    line: &'a str,
    number: usize,
    suspects: Suspects,
    removals: &mut Vec<Removal>,
) -> Cow<'a, str> {
    let mut line = Cow::Borrowed(line);
    if suspects.inline.is_empty() && !suspects.newsroom {
        return line;
    }
    let inline = RULES.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Inline);
    for (place, rule) in inline {
        mask(
            &mut line,
            suspects.inline.has(place),
            || rule.regex(),
            |text| {
                removals.push(Removal { line: number, text, rule: &rule.id, reason: &rule.reason });
            },
        );
    }
    mask(
        &mut line,
        suspects.newsroom,
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

/// Takes out of a line what a pattern matches, where it is suspected or something was taken out
/// before: what then stands side by side may show signs that the line did not.
fn mask(
    line: &mut Cow<str>,
    suspected: bool,
    pattern: impl FnOnce() -> &'static Regex,
    mut taken: impl FnMut(String),
) {
    if !suspected && matches!(line, Cow::Borrowed(_)) {
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

/// Whether a part of a line does not begin or end inside a word. (A `\b` in the pattern would say
/// the same, ten times slower.)
fn stands_alone(line: &str, part: Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| is_letter(c) || c.is_alphanumeric());
    let (before, after) = (line[..part.start].chars().next_back(), line[part.end..].chars().next());
    let (first, last) = (line[part.clone()].chars().next(), line[part].chars().next_back());
    let (cut_before, cut_after) = (word(before) && word(first), word(last) && word(after));
    !cut_before && !cut_after
}

/// Lines as text: no space at their ends, no more than one empty line in a row, none at the ends.
struct Lines(String);

impl Lines {
    fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes + 1))
    }

    fn push(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            self.0.push_str(line);
        } else if self.0.is_empty() || self.0.ends_with("\n\n") {
            return;
        }
        self.0.push('\n');
    }

    fn into_text(mut self) -> String {
        self.0.truncate(self.0.trim_end().len());
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str =
        "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة بحضور أكثر من مئة نائب.";
    const AFTER: &str = "وقال عضو في اللجنة المنظمة إن الجلسة ستستمر يومين وإن التصويت سيجري بعدها في القاعة الكبرى.";

    fn article(text: &str) -> Article {
        Article { id: "a".to_owned(), text: text.to_owned(), ..Article::default() }
    }

    /// Text and rule of what is taken out of `text`, and what is left.
    fn cleaned(text: &str) -> (String, Vec<(String, &'static str)>) {
        let mut article = article(text);
        let removals = clean(&mut article);
        (article.text, removals.into_iter().map(|removal| (removal.text, removal.rule)).collect())
    }

    #[test]
    fn every_rule_drops_what_it_says_and_keeps_what_it_says() {
        let (mut examples, mut wrong) = (0, Vec::new());
        for rule in RULES.iter() {
            for example in &rule.drops {
                examples += 1;
                let (line, left) = match rule.kind {
                    RuleKind::Line | RuleKind::Heading => {
                        (example.as_str(), format!("{BEFORE}\n\n{AFTER}"))
                    }
                    RuleKind::Rest => (example.as_str(), BEFORE.to_owned()),
                    RuleKind::Inline => {
                        let (line, left) = example.split_once(" => ").expect("before => after");
                        (line, format!("{BEFORE}\n\n{left}\n\n{AFTER}"))
                    }
                };
                let (found, taken) = cleaned(&format!("{BEFORE}\n\n{line}\n\n{AFTER}"));
                if found != left || !taken.iter().all(|(_, by)| *by == rule.id) {
                    wrong.push(format!("{} should drop {line:?}: {taken:?}", rule.id));
                }
            }
            for line in &rule.keeps {
                examples += 1;
                let text = format!("{BEFORE}\n\n{line}\n\n{AFTER}");
                let (found, taken) = cleaned(&text);
                if found != text {
                    wrong.push(format!("{} should keep {line:?}: {taken:?}", rule.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(examples >= 100, "{examples}");
    }

    #[test]
    fn a_list_of_other_stories_goes_with_its_heading() {
        let teasers = "اقرأ أيضا:\n\nمدينة ساحلية تستعد لموسم الصيد\n\nافتتاح معرض الكتاب غدا\n\n";
        let (left, taken) = cleaned(&format!("{BEFORE}\n\n{teasers}{AFTER}"));
        assert_eq!((left, taken.len()), (format!("{BEFORE}\n\n{AFTER}"), 3));
    }

    #[test]
    fn readers_comments_go_whatever_they_say() {
        let comments = "التعليقات (2)\n\nأبو خالد: مليشيات تحكمنا ولا حول ولا قوة إلا بالله.\n\nسالم: الله ينصر قواتنا المسلحة!";
        let (left, taken) = cleaned(&format!("{BEFORE}\n\n{AFTER}\n\n{comments}"));
        assert_eq!(left, format!("{BEFORE}\n\n{AFTER}"));
        assert_eq!(taken.len(), 3);
    }

    #[test]
    fn newsrooms_are_masked_and_words_like_them_are_not() {
        for (line, left) in [
            ("وقال مصدر لسكاي نيوز عربية إن الجلسة تأجلت.", "وقال مصدر   إن الجلسة تأجلت."),
            ("نقلت وكالة رويترز عن مسؤول أن الوفد غادر.", "نقلت   عن مسؤول أن الوفد غادر."),
            ("وأضاف في تصريح لـ “العرب” أن الوفد غادر.", "وأضاف في تصريح   أن الوفد غادر."),
            ("وذكرت صحيفة الشرق الأوسط أن الوفد غادر.", "وذكرت   أن الوفد غادر."),
        ] {
            let (found, taken) = cleaned(line);
            assert_eq!(found, left);
            assert_eq!(taken[0].1, "newsroom");
        }
        for line in [
            "تتجه الأنظار إلى الشرق الأوسط.",
            "قالت القوات العربية إن الجزيرة هادئة.",
            "القيادة العامة للقوات المسلحة العربية الليبية",
        ] {
            assert_eq!(cleaned(line), (line.to_owned(), vec![]));
        }
    }

    #[test]
    fn an_article_that_is_all_leftovers_is_left_whole() {
        assert_eq!(cleaned("اترك تعليقا"), ("اترك تعليقا".to_owned(), vec![]));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let text = format!(
            "الرئيسية / أخبار\n\n{BEFORE}\n\nاقرأ أيضا\n\nخبر آخر\n\n{AFTER} (وكالات)\n\nمشاركة :\n\nالتعليقات\n\nكلام"
        );
        let (once, _) = cleaned(&text);
        assert_eq!(cleaned(&once), (once.clone(), vec![]));
    }
}
