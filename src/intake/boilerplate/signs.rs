//! Signs of rules: strings of which every line that a rule matches has one. A line without a sign
//! need not be tried by any.
//!
//! `signs.tsv` is derived from the patterns of `rules.toml`; a test derives it anew and compares.
//! Each of its lines has the id of a rule, where its signs stand, and the signs, in the order of
//! the rules:
//!
//! - `start`: the line begins with one, after bullets and brackets or before them;
//! - `whole`: the line is one, after bullets and brackets or with them;
//! - `within`: one stands anywhere in the line;
//! - `inline`: the same, for a rule of parts of lines.

use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::newsrooms::{NEWSROOMS, WORDS};
use super::shorthand;

/// The signs of all rules.
pub static SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::new(include_str!("signs.tsv")));

/// As much of a sign is looked for inside lines: more would find little less, and takes time to
/// make ready.
const MAX_SIGN: usize = 12;

/// Some of the rules, by their places in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleSet(u64);

impl RuleSet {
    fn only(number: usize) -> Self {
        Self(1 << number)
    }

    /// Whether the rule is one of them.
    pub fn has(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }

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

/// Rules that may match a line: no other can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suspects {
    /// Of whole lines.
    pub of_lines: RuleSet,
    /// Of parts of lines.
    pub inline: RuleSet,
    /// Whether there may be the name of a newsroom.
    pub newsroom: bool,
}

/// What a string that was found says.
#[derive(Clone, Copy, Debug)]
enum Finding {
    Line(RuleSet),
    Inline(RuleSet),
    Newsroom,
    /// A newsroom, if an ambiguous name follows.
    BeforeNewsroom,
}

/// What lines are searched for.
#[derive(Debug)]
pub struct Signs {
    starts: Beginnings,
    anywhere: AhoCorasick,
    findings: Vec<Finding>,
    ambiguous: Beginnings,
}

impl Signs {
    fn new(file: &str) -> Self {
        let (mut starts, mut anywhere) = (Vec::new(), Vec::<(Vec<u8>, Finding)>::new());
        let (mut number, mut last) = (0, None);
        for line in file.lines() {
            let mut cells = line.split('\t');
            let (id, place) = (cells.next(), cells.next());
            number += usize::from(last.is_some() && last != id);
            last = id;
            let rule = RuleSet::only(number);
            let signs = cells.map(shorthand::of);
            match place {
                Some("inline") => anywhere.extend(signs.map(|sign| (sign, Finding::Inline(rule)))),
                Some("within") => anywhere.extend(signs.map(|sign| (sign, Finding::Line(rule)))),
                place => starts.extend(signs.map(|sign| Beginning {
                    sign,
                    whole: place == Some("whole"),
                    rule,
                })),
            }
        }
        let after = |word: &str| (shorthand::of(&format!("{word} ")), Finding::BeforeNewsroom);
        anywhere
            .extend(NEWSROOMS.plain.iter().map(|name| (shorthand::of(name), Finding::Newsroom)));
        for (sign, _) in &mut anywhere {
            sign.truncate(MAX_SIGN);
        }
        anywhere.extend(WORDS.split('|').map(after));
        anywhere.push((shorthand::of("\""), Finding::BeforeNewsroom));
        let ambiguous = NEWSROOMS.ambiguous.iter();
        let ambiguous = ambiguous.map(|name| Beginning {
            sign: shorthand::of(name),
            whole: false,
            rule: RuleSet::only(0),
        });
        let (signs, findings): (Vec<_>, Vec<_>) = anywhere.into_iter().unzip();
        let anywhere = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(signs);
        Self {
            starts: Beginnings::new(starts),
            anywhere: anywhere.expect("the signs are few and short"),
            findings,
            ambiguous: Beginnings::new(ambiguous.collect()),
        }
    }

    /// The rules that may match a line, or a part of it that bars part off, written in shorthand.
    pub fn suspects(&self, line: &[u8]) -> Suspects {
        let mut suspects = Suspects { of_lines: self.at_start(line), ..Suspects::default() };
        for found in self.anywhere.find_overlapping_iter(line) {
            match self.findings[found.pattern().as_usize()] {
                Finding::Line(rule) => suspects.of_lines |= rule,
                Finding::Inline(rule) => suspects.inline |= rule,
                Finding::Newsroom => suspects.newsroom = true,
                Finding::BeforeNewsroom => {
                    suspects.newsroom |= !self.ambiguous.of(&line[found.end()..]).is_empty()
                }
            }
        }
        suspects
    }

    /// The rules one of whose signs stands at the start of a line, or of its first part.
    pub fn at_start(&self, line: &[u8]) -> RuleSet {
        let mut rules = self.starts.of(line);
        if line.first().is_some_and(|&code| shorthand::is_lead(code)) {
            rules |= self.starts.of(after_leads(line));
        }
        if line.contains(&b'|') {
            let first = line
                .split(|&code| code == b'|')
                .map(<[u8]>::trim_ascii)
                .find(|part| !part.is_empty())
                .unwrap_or_default();
            rules |= self.starts.of(first) | self.starts.of(after_leads(first));
        }
        rules
    }
}

fn after_leads(line: &[u8]) -> &[u8] {
    let leads = line.iter().take_while(|&&code| shorthand::is_lead(code)).count();
    &line[leads..]
}

/// A sign at the start of lines.
#[derive(Debug)]
struct Beginning {
    sign: Vec<u8>,
    /// Whether the line must end with it.
    whole: bool,
    rule: RuleSet,
}

/// Signs at the start of lines, in the order of their codes.
#[derive(Debug)]
struct Beginnings(Vec<Beginning>);

impl Beginnings {
    fn new(mut signs: Vec<Beginning>) -> Self {
        signs.sort_unstable_by(|a, b| a.sign.cmp(&b.sign));
        Self(signs)
    }

    /// The rules of the signs with which `line` begins.
    fn of(&self, line: &[u8]) -> RuleSet {
        let (mut rules, mut alike) = (RuleSet::default(), &self.0[..]);
        for length in 0..=line.len() {
            let complete =
                alike.iter().take_while(|beginning| beginning.sign.len() == length).count();
            for beginning in &alike[..complete] {
                if !beginning.whole || line.len() == length {
                    rules |= beginning.rule;
                }
            }
            alike = &alike[complete..];
            let Some(&code) = line.get(length).filter(|_| !alike.is_empty()) else { break };
            let from = alike.partition_point(|beginning| beginning.sign[length] < code);
            let upto = alike.partition_point(|beginning| beginning.sign[length] <= code);
            alike = &alike[from..upto];
        }
        rules
    }
}
