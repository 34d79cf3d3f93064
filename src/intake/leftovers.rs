//! What a saved page leaves around its article is taken out, and newsrooms' names are masked.
//!
//! The rules are data: `leftovers.toml`, each with its reason and its examples, and `newsrooms.toml`. Nothing goes without a
//! [`Removal`] that says what, where and why. An article of which nothing would be left is left whole.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use crate::arabic::{fold_letters, is_letter, is_mark, western_digit};
use crate::article::Article;

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
const FEWEST_BEFORE_REST: usize = 5;

/// No leftover line is longer, in bytes: longer ones are not looked at by the rules of whole lines.
const LONGEST_LINE: usize = 600;

/// Most headlines that a `heading` rule takes with it, and most words of one.
const MOST_HEADLINES: usize = 5;
const LONGEST_HEADLINE: usize = 18;

/// What a rule takes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Line,
    Heading,
    Rest,
    Inline,
}

/// A rule as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    reason: String,
    kind: Kind,
    pattern: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples, for people and tests"))]
    drops: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples, for people and tests"))]
    keeps: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct RulesFile {
    rule: Vec<RuleText>,
}

#[derive(Debug, Deserialize)]
struct NewsroomsFile {
    plain: Vec<String>,
    ambiguous: Vec<String>,
}

/// The rules ready for use: those of whole lines, which are tried all at once, and those of parts of lines.
#[derive(Debug)]
struct Rules {
    lines: Vec<RuleText>,
    of_lines: RegexSet,
    inline: Vec<(RuleText, Regex)>,
}

/// Memory that a compiled pattern, or the states that it runs through, may take.
const REGEX_MEMORY: usize = 64 << 20;

fn compiled(pattern: &str) -> Regex {
    let regex = RegexBuilder::new(pattern).ignore_whitespace(true).size_limit(REGEX_MEMORY).dfa_size_limit(REGEX_MEMORY).build();
    regex.expect("the tests compile every rule")
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let file: RulesFile = toml::from_str(include_str!("leftovers.toml")).expect("the tests read the file");
    let (inline, lines): (Vec<_>, Vec<_>) = file.rule.into_iter().partition(|rule| rule.kind == Kind::Inline);
    let of_lines = RegexSetBuilder::new(lines.iter().map(|rule| format!("^(?:{})$", rule.pattern)))
        .ignore_whitespace(true)
        .size_limit(REGEX_MEMORY)
        .dfa_size_limit(REGEX_MEMORY)
        .build()
        .expect("the tests compile every rule");
    let inline = inline.into_iter().map(|rule| (compiled(&rule.pattern), rule)).map(|(regex, rule)| (rule, regex)).collect();
    Rules { lines, of_lines, inline }
});

static NEWSROOMS: LazyLock<Regex> = LazyLock::new(|| {
    let file: NewsroomsFile = toml::from_str(include_str!("newsrooms.toml")).expect("the tests read the file");
    let any = |mut names: Vec<String>| {
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.iter().map(|name| loose(name)).collect::<Vec<_>>().join("|")
    };
    let (plain, ambiguous) = (any(file.plain), any(file.ambiguous));
    compiled(&format!(
        r#"[وفبلك]?(?:(?:قناة|قناتي|صحيفة|جريدة|موقع|وكالة|شبكة|تلفزيون|فضائية|مجلة|إذاعة)\s+)?["«“]?(?:{plain})["»”]?
         | [وفبلك]?(?:قناة|قناتي|صحيفة|جريدة|موقع|وكالة|شبكة|تلفزيون|فضائية|مجلة|إذاعة)\s+["«“]?(?:{ambiguous})["»”]?
         | (?:لـ?|عن|من|إلى)\s?["«“](?:{ambiguous})["»”]"#
    ))
});

/// A name as a pattern for its usual spellings, in verbose mode.
fn loose(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            'ا' | 'أ' | 'إ' | 'آ' => "[اأإآ]".to_owned(),
            'ه' | 'ة' => "[هة]".to_owned(),
            'ي' | 'ى' => "[يى]".to_owned(),
            ' ' => r"\s+".to_owned(),
            other => regex::escape(&other.to_string()),
        })
        .collect()
}

/// A line in the form in which rules see it.
fn folded(line: &str) -> String {
    let plain: String = line.chars().filter(|&c| !is_mark(c)).flat_map(|c| western_digit(c).to_lowercase()).collect();
    fold_letters(&plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Takes the leftovers out of an article, and says what was taken.
pub fn clean(article: &mut Article) -> Vec<Removal> {
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
        let mut take = |line: &str, number: usize, rule: &'static RuleText| {
            removals.push(Removal { line: number + 1, text: line.trim().to_owned(), rule: &rule.id, reason: &rule.reason });
        };
        let short = folded.len() <= LONGEST_LINE;
        let rule = short.then(|| rule_of(&folded)).flatten();
        match rule {
            Some(rule) if rule.kind == Kind::Rest && words >= FEWEST_BEFORE_REST => {
                take(line, number, rule);
                for (number, line) in lines.by_ref().filter(|(_, line)| !line.trim().is_empty()) {
                    take(line, number, rule);
                }
            }
            Some(rule) => {
                take(line, number, rule);
                if rule.kind == Kind::Heading && !says_more(&folded) {
                    (heading, headlines) = (Some(rule), MOST_HEADLINES);
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

/// The rule that takes a folded line out: the first that matches it, or, where `|`, `·` or `•` part it into several, the
/// first that matches its last part, if some rule matches each.
fn rule_of(folded: &str) -> Option<&'static RuleText> {
    let rule = |line: &str| RULES.of_lines.matches(line).iter().next().map(|first| &RULES.lines[first]);
    rule(folded).or_else(|| {
        let parts = folded.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(rule).reduce(Option::and).flatten()
    })
}

/// Whether a heading has a headline of its own behind it.
fn says_more(folded: &str) -> bool {
    folded.split_once([':', '-', '–', '…', '|']).is_some_and(|(_, rest)| rest.split_whitespace().count() > 1)
}

/// Whether a line may be the headline of another story.
fn is_headline(folded: &str) -> bool {
    folded.split(' ').count() <= LONGEST_HEADLINE && !folded.ends_with(['.', '،', ':', '؛'])
}

/// A line without what inline rules and the newsrooms' names match.
fn masked(line: &str, number: usize, removals: &mut Vec<Removal>) -> String {
    let mut line = line.to_owned();
    let inline = RULES.inline.iter().map(|(rule, regex)| (regex, rule.id.as_str(), rule.reason.as_str()));
    for (regex, rule, reason) in inline.chain([(&*NEWSROOMS, "newsroom", "name of a newsroom")]) {
        let mut left = String::new();
        let mut end = 0;
        for found in regex.find_iter(&line).filter(|found| stands_alone(&line, found.range())) {
            left.push_str(&line[end..found.start()]);
            left.push(' ');
            end = found.end();
            removals.push(Removal { line: number, text: found.as_str().trim().to_owned(), rule, reason });
        }
        if end > 0 {
            left.push_str(&line[end..]);
            line = left;
        }
    }
    line
}

/// Whether a part of a line does not begin or end inside a word. (A `\b` in the pattern would say the same, ten times slower.)
fn stands_alone(line: &str, part: Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| is_letter(c) || c.is_alphanumeric());
    let (before, after) = (line[..part.start].chars().next_back(), line[part.end..].chars().next());
    let (first, last) = (line[part.clone()].chars().next(), line[part].chars().next_back());
    let (cut_before, cut_after) = (word(before) && word(first), word(last) && word(after));
    !cut_before && !cut_after
}

/// Lines as text: no space at their ends, no more than one empty line in a row, none at the ends.
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

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة بحضور أكثر من مئة نائب.";
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
        for rule in RULES.lines.iter().chain(RULES.inline.iter().map(|(rule, _)| rule)) {
            for example in &rule.drops {
                examples += 1;
                let (line, left) = match rule.kind {
                    Kind::Line | Kind::Heading => (example.as_str(), format!("{BEFORE}\n\n{AFTER}")),
                    Kind::Rest => (example.as_str(), BEFORE.to_owned()),
                    Kind::Inline => {
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
        for line in
            ["تتجه الأنظار إلى الشرق الأوسط.", "قالت القوات العربية إن الجزيرة هادئة.", "القيادة العامة للقوات المسلحة العربية الليبية"]
        {
            assert_eq!(cleaned(line), (line.to_owned(), vec![]));
        }
    }

    #[test]
    fn an_article_that_is_all_leftovers_is_left_whole() {
        assert_eq!(cleaned("اترك تعليقا"), ("اترك تعليقا".to_owned(), vec![]));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let text = format!("الرئيسية / أخبار\n\n{BEFORE}\n\nاقرأ أيضا\n\nخبر آخر\n\n{AFTER} (وكالات)\n\nمشاركة :\n\nالتعليقات\n\nكلام");
        let (once, _) = cleaned(&text);
        assert_eq!(cleaned(&once), (once.clone(), vec![]));
    }
}
