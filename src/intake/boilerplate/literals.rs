//! Required literals of the rules, a prefilter of their patterns: every line that a rule matches
//! contains one of its literals.
//!
//! `literals.tsv` is derived from the patterns of `rules.toml`; a test derives it again and
//! compares. Each line has the id of a rule, a position, and the literals, in the order of the
//! rules:
//!
//! - `start`: the line begins with a literal, before or after bullets and brackets;
//! - `whole`: the line is a literal, with or without bullets and brackets;
//! - `within`: the line contains a literal;
//! - `inline`: the same, for a rule that matches parts of lines.

use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use super::compact;
use super::newsrooms::{NEWSROOMS, WORDS};
use super::prefixes::{Anywhere, Prefixes};

/// The literals of all rules.
pub static LITERALS: LazyLock<Literals> =
    LazyLock::new(|| Literals::new(include_str!("literals.tsv")));

/// A set of rules, by their positions in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleSet(u64);

impl RuleSet {
    fn only(number: usize) -> Self {
        Self(1 << number)
    }

    /// Whether the set contains a rule.
    pub fn contains(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for RuleSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for RuleSet {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The rules that can match a line. No other rule can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Rules of whole lines.
    pub line: RuleSet,
    /// Rules of parts of lines.
    pub inline: RuleSet,
    /// Whether the line can contain the name of a newsroom.
    pub newsroom: bool,
}

/// What the occurrence of a literal means.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Line(RuleSet),
    Inline(RuleSet),
    Newsroom,
    /// The name of a newsroom, if an ambiguous name follows.
    BeforeNewsroom,
}

/// What a literal at the start of a line means.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// Whether it must be the whole line.
    whole: bool,
    rule: RuleSet,
}

/// The literals, compiled for searching.
#[derive(Debug)]
pub struct Literals {
    starts: Anywhere<Start>,
    anywhere: Anywhere<Meaning>,
    ambiguous: Prefixes<()>,
}

impl Literals {
    fn new(file: &str) -> Self {
        let (mut starts, mut anywhere) = (Vec::new(), Vec::<(Vec<u8>, Meaning)>::new());
        let (mut number, mut last) = (0, None);
        for line in file.lines() {
            let mut cells = line.split('\t');
            let (id, place) = (cells.next(), cells.next());
            number += usize::from(last.is_some() && last != id);
            last = id;
            let rule = RuleSet::only(number);
            let literals = cells.map(compact::encoded);
            match place {
                Some("inline") => {
                    anywhere.extend(literals.map(|literal| (literal, Meaning::Inline(rule))));
                }
                Some("within") => {
                    anywhere.extend(literals.map(|literal| (literal, Meaning::Line(rule))));
                }
                place => {
                    let start = Start { whole: place == Some("whole"), rule };
                    starts.extend(literals.map(|literal| (literal, start)));
                }
            }
        }
        let after = |word: &str| (compact::encoded(&format!("{word} ")), Meaning::BeforeNewsroom);
        anywhere
            .extend(NEWSROOMS.plain.iter().map(|name| (compact::encoded(name), Meaning::Newsroom)));
        anywhere.extend(WORDS.split('|').map(after));
        anywhere.push((compact::encoded("\""), Meaning::BeforeNewsroom));
        let ambiguous = NEWSROOMS.ambiguous.iter().map(|name| (compact::encoded(name), ()));
        Self {
            starts: Anywhere::new(starts),
            anywhere: Anywhere::new(anywhere),
            ambiguous: Prefixes::new(ambiguous.collect()),
        }
    }

    /// The rules that can match an encoded line or a part of it.
    pub fn candidates(&self, line: &[u8]) -> Candidates {
        let mut candidates = Candidates { line: self.at_start(line), ..Candidates::default() };
        self.anywhere.each(line, |meaning, end| match meaning {
            Meaning::Line(rule) => candidates.line |= *rule,
            Meaning::Inline(rule) => candidates.inline |= *rule,
            Meaning::Newsroom => candidates.newsroom = true,
            Meaning::BeforeNewsroom => {
                self.ambiguous.each(&line[end..], |(), _| candidates.newsroom = true);
            }
        });
        candidates
    }

    /// The rules with a literal at the start of an encoded line, or of its first part.
    pub fn at_start(&self, line: &[u8]) -> RuleSet {
        let mut rules = self.starting(line);
        if line.first().is_some_and(|&code| compact::is_lead(code)) {
            rules |= self.starting(after_leads(line));
        }
        if memchr::memchr(b'|', line).is_some() {
            let first = line
                .split(|&code| code == b'|')
                .map(<[u8]>::trim_ascii)
                .find(|part| !part.is_empty())
                .unwrap_or_default();
            rules |= self.starting(first) | self.starting(after_leads(first));
        }
        rules
    }

    /// The rules of the literals that an encoded line begins with.
    fn starting(&self, line: &[u8]) -> RuleSet {
        let mut rules = RuleSet::default();
        self.starts.each_at_start(line, |start, length| {
            if !start.whole || length == line.len() {
                rules |= start.rule;
            }
        });
        rules
    }
}

fn after_leads(line: &[u8]) -> &[u8] {
    let leads = line.iter().take_while(|&&code| compact::is_lead(code)).count();
    &line[leads..]
}
