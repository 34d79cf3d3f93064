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

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::compact;
use super::newsrooms::{NEWSROOMS, WORDS};

/// The literals of all rules.
pub static LITERALS: LazyLock<Literals> =
    LazyLock::new(|| Literals::new(include_str!("literals.tsv")));

/// Longest prefix of a literal that is searched for inside lines. Longer ones are hardly more
/// selective, and take time to compile.
const MAX_PREFIX: usize = 12;

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

/// The literals, compiled for searching.
#[derive(Debug)]
pub struct Literals {
    starts: Prefixes,
    anywhere: AhoCorasick,
    meanings: Vec<Meaning>,
    ambiguous: Prefixes,
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
                place => starts.extend(literals.map(|literal| Prefix {
                    literal,
                    whole: place == Some("whole"),
                    rule,
                })),
            }
        }
        let after = |word: &str| (compact::encoded(&format!("{word} ")), Meaning::BeforeNewsroom);
        anywhere
            .extend(NEWSROOMS.plain.iter().map(|name| (compact::encoded(name), Meaning::Newsroom)));
        for (literal, _) in &mut anywhere {
            literal.truncate(MAX_PREFIX);
        }
        anywhere.extend(WORDS.split('|').map(after));
        anywhere.push((compact::encoded("\""), Meaning::BeforeNewsroom));
        let ambiguous = NEWSROOMS.ambiguous.iter();
        let ambiguous = ambiguous.map(|name| Prefix {
            literal: compact::encoded(name),
            whole: false,
            rule: RuleSet::only(0),
        });
        let (literals, meanings): (Vec<_>, Vec<_>) = anywhere.into_iter().unzip();
        let anywhere = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(literals);
        Self {
            starts: Prefixes::new(starts),
            anywhere: anywhere.expect("the literals are few and short"),
            meanings,
            ambiguous: Prefixes::new(ambiguous.collect()),
        }
    }

    /// The rules that can match an encoded line or a part of it.
    pub fn candidates(&self, line: &[u8]) -> Candidates {
        let mut candidates = Candidates { line: self.at_start(line), ..Candidates::default() };
        for found in self.anywhere.find_overlapping_iter(line) {
            match self.meanings[found.pattern().as_usize()] {
                Meaning::Line(rule) => candidates.line |= rule,
                Meaning::Inline(rule) => candidates.inline |= rule,
                Meaning::Newsroom => candidates.newsroom = true,
                Meaning::BeforeNewsroom => {
                    candidates.newsroom |= !self.ambiguous.rules(&line[found.end()..]).is_empty();
                }
            }
        }
        candidates
    }

    /// The rules with a literal at the start of an encoded line, or of its first part.
    pub fn at_start(&self, line: &[u8]) -> RuleSet {
        let mut rules = self.starts.rules(line);
        if line.first().is_some_and(|&code| compact::is_lead(code)) {
            rules |= self.starts.rules(after_leads(line));
        }
        if line.contains(&b'|') {
            let first = line
                .split(|&code| code == b'|')
                .map(<[u8]>::trim_ascii)
                .find(|part| !part.is_empty())
                .unwrap_or_default();
            rules |= self.starts.rules(first) | self.starts.rules(after_leads(first));
        }
        rules
    }
}

fn after_leads(line: &[u8]) -> &[u8] {
    let leads = line.iter().take_while(|&&code| compact::is_lead(code)).count();
    &line[leads..]
}

/// A literal at the start of lines.
#[derive(Debug)]
struct Prefix {
    literal: Vec<u8>,
    /// Whether it must be the whole line.
    whole: bool,
    rule: RuleSet,
}

/// Literals at the start of lines, sorted.
#[derive(Debug)]
struct Prefixes(Vec<Prefix>);

impl Prefixes {
    fn new(mut prefixes: Vec<Prefix>) -> Self {
        prefixes.sort_unstable_by(|a, b| a.literal.cmp(&b.literal));
        Self(prefixes)
    }

    /// The rules of the literals that `line` begins with.
    fn rules(&self, line: &[u8]) -> RuleSet {
        let (mut rules, mut alike) = (RuleSet::default(), &self.0[..]);
        for length in 0..=line.len() {
            let complete = alike.iter().take_while(|prefix| prefix.literal.len() == length).count();
            for prefix in &alike[..complete] {
                if !prefix.whole || line.len() == length {
                    rules |= prefix.rule;
                }
            }
            alike = &alike[complete..];
            let Some(&code) = line.get(length).filter(|_| !alike.is_empty()) else { break };
            let from = alike.partition_point(|prefix| prefix.literal[length] < code);
            let upto = alike.partition_point(|prefix| prefix.literal[length] <= code);
            alike = &alike[from..upto];
        }
        rules
    }
}
