//! Derivation of the required literals of a rule from its pattern: checks `literals.tsv`.

use std::collections::BTreeSet;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Repetition};

use super::compact::{encoded, is_lead};
use super::rules::{RULES, Rule, RuleKind, fold_line};

/// Most characters of a class, and most literals of a part of a pattern.
const MAX_CLASS: usize = 60;
const MAX_LITERALS: usize = 100;

/// The literals that a part of a pattern begins with, encoded, and whether each is all of the part.
type Starts = BTreeSet<(Vec<u8>, bool)>;

fn only(literal: Vec<u8>, whole: bool) -> Starts {
    Starts::from([(literal, whole)])
}

/// The encoded characters of a class or a group of one, if it is small.
fn class(hir: &Hir) -> Option<BTreeSet<Vec<u8>>> {
    match hir.kind() {
        HirKind::Capture(group) => class(&group.sub),
        HirKind::Class(Class::Unicode(class)) => {
            let size: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
            let characters = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
            (size <= MAX_CLASS).then(|| characters().map(|c| encoded(&c.to_string())).collect())
        }
        _ => None,
    }
}

fn starts(hir: &Hir, most: usize) -> Starts {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => only(Vec::new(), true),
        HirKind::Capture(group) => starts(&group.sub, most),
        HirKind::Literal(literal) => {
            only(encoded(str::from_utf8(&literal.0).expect("patterns are of characters")), true)
        }
        HirKind::Class(_) => match class(hir) {
            Some(codes) => codes.into_iter().map(|code| (code, true)).collect(),
            None => only(Vec::new(), false),
        },
        HirKind::Repetition(repetition) => repeated(repetition, most),
        HirKind::Alternation(branches) => branches
            .iter()
            .flat_map(|branch| starts(branch, (most / branches.len()).max(1)))
            .collect(),
        HirKind::Concat(parts) => in_a_row(parts, most, most),
    }
}

fn repeated(repetition: &Repetition, most: usize) -> Starts {
    let mut found = starts(&repetition.sub, most);
    // Any number of spaces is encoded as one.
    let of_spaces =
        class(&repetition.sub).is_some_and(|codes| codes == BTreeSet::from([vec![b' ']]));
    if repetition.max != Some(1) && !of_spaces {
        found = found.into_iter().map(|(literal, _)| (literal, false)).collect();
    }
    if repetition.min == 0 {
        found.insert((Vec::new(), true));
    }
    found
}

/// What a sequence of parts begins with, up to a number of literals.
fn in_a_row(parts: &[Hir], most_of_part: usize, most: usize) -> Starts {
    let mut found = only(Vec::new(), true);
    for part in parts {
        let next = starts(part, most_of_part);
        let longer = found.iter().flat_map(|(literal, whole)| {
            let next = next
                .iter()
                .filter(|_| *whole)
                .map(|(more, whole)| ([&literal[..], more].concat(), *whole));
            next.chain((!whole).then(|| (literal.clone(), false)))
        });
        let longer = fewest(&longer.map(|(literal, whole)| (one_space(&literal), whole)).collect());
        if longer.len() > most && found.iter().all(|(literal, _)| !literal.is_empty()) {
            return found.into_iter().map(|(literal, _)| (literal, false)).collect();
        }
        found = longer;
    }
    found
}

/// An encoded string with one space for each run of spaces.
fn one_space(literal: &[u8]) -> Vec<u8> {
    literal
        .iter()
        .enumerate()
        .filter(|&(at, &code)| code != b' ' || at == 0 || literal[at - 1] != b' ')
        .map(|(_, &code)| code)
        .collect()
}

/// Starts without those that have another start as a prefix.
fn fewest(starts: &Starts) -> Starts {
    let covered = |literal: &[u8], whole: bool| {
        (0..=literal.len()).any(|end| {
            (end < literal.len() || whole) && starts.contains(&(literal[..end].to_vec(), false))
        })
    };
    starts.iter().filter(|(literal, whole)| !covered(literal, *whole)).cloned().collect()
}

/// The alternatives of a pattern, without the optional bullets and brackets before them, and
/// whether there were any.
fn branches(hir: &Hir, leads: bool, found: &mut Vec<(Hir, bool)>) {
    let leads_first = |part: &Hir| match part.kind() {
        HirKind::Repetition(repetition) if repetition.min == 0 => class(&repetition.sub)
            .is_some_and(|codes| codes.iter().flatten().all(|&code| is_lead(code))),
        _ => false,
    };
    match hir.kind() {
        HirKind::Capture(group) => branches(&group.sub, leads, found),
        HirKind::Alternation(alternatives) => {
            for hir in alternatives {
                branches(hir, leads, found);
            }
        }
        HirKind::Concat(parts) if leads_first(&parts[0]) => {
            branches(&Hir::concat(parts[1..].to_vec()), true, found);
        }
        _ => found.push((hir.clone(), leads)),
    }
}

/// The literals at the start of every line that a branch matches.
fn at_start(branch: &Hir, after_leads: bool) -> Option<Starts> {
    let mut found = starts(branch, MAX_LITERALS);
    if after_leads {
        let leads = |literal: &[u8]| literal.iter().take_while(|&&code| is_lead(code)).count();
        found = found
            .into_iter()
            .map(|(literal, whole)| (literal[leads(&literal)..].to_vec(), whole))
            .collect();
    }
    // A line has no space at its ends.
    found.retain(|(literal, whole)| {
        !literal.starts_with(b" ") && !(*whole && (literal.is_empty() || literal.ends_with(b" ")))
    });
    let found = fewest(&found);
    (!found.contains(&(Vec::new(), false))).then_some(found)
}

/// The literals somewhere in every match of a branch: those of the sequence of parts that is likely
/// the rarest.
fn within(branch: &Hir) -> BTreeSet<Vec<u8>> {
    let parts = match branch.kind() {
        HirKind::Concat(parts) => &parts[..],
        _ => std::slice::from_ref(branch),
    };
    let mut choices: Vec<BTreeSet<Vec<u8>>> = Vec::new();
    for most in [MAX_LITERALS / 4, MAX_LITERALS] {
        for from in 0..parts.len() {
            let sequences =
                (from + 1..=parts.len()).map(|end| in_a_row(&parts[from..end], most, MAX_LITERALS));
            choices.extend(sequences.map(|literals| {
                literals.into_iter().map(|(literal, _)| literal.trim_ascii().to_vec()).collect()
            }));
        }
    }
    let found = choices
        .into_iter()
        .min_by(|a, b| frequency(a).total_cmp(&frequency(b)))
        .unwrap_or_default();
    let holds_another = |literal: &[u8]| {
        found.iter().any(|other| {
            other.len() < literal.len() && literal.windows(other.len()).any(|part| part == other)
        })
    };
    found.iter().filter(|literal| !holds_another(literal)).cloned().collect()
}

/// A rough estimate of how often one of the literals occurs in a text.
fn frequency(literals: &BTreeSet<Vec<u8>>) -> f64 {
    let frequency_of_code = |&code: &u8| match code {
        b' ' => 0.2,
        0x80..0xB0 => 0.06,
        _ => 0.003,
    };
    literals.iter().map(|literal| literal.iter().map(frequency_of_code).product::<f64>()).sum()
}

/// A literal as the file has it: each code as its first character that folding leaves alone.
fn readable(literal: &[u8]) -> String {
    let character = |code: u8| {
        let plain = |c: &char| *c == ' ' || fold_line(&c.to_string()) == c.to_string();
        (' '..='\u{6FF}')
            .filter(plain)
            .chain(['\u{FFFD}'])
            .find(|c| code != encoded("\u{FFFD}")[0] && encoded(&c.to_string()) == [code])
            .unwrap_or('\u{FFFD}')
    };
    literal.iter().map(|&code| character(code)).collect()
}

/// The lines of `literals.tsv` for a rule.
fn lines(rule: &Rule) -> String {
    let hir = ParserBuilder::new()
        .ignore_whitespace(true)
        .build()
        .parse(&rule.pattern)
        .expect("every rule compiles");
    let (mut starting, mut inside) = (Starts::new(), BTreeSet::new());
    let mut alternatives = Vec::new();
    branches(&hir, false, &mut alternatives);
    for (branch, leads) in &alternatives {
        match at_start(branch, *leads).filter(|_| rule.kind != RuleKind::Inline) {
            Some(literals) => starting.extend(literals),
            None => inside.extend(within(branch)),
        }
    }
    if rule.kind == RuleKind::Inline {
        inside = within(&hir);
    }
    assert!(
        inside.iter().all(|literal| literal.len() > 1),
        "{}: a match may contain no literal",
        rule.id
    );
    let (whole, start): (Vec<_>, Vec<_>) =
        fewest(&starting).into_iter().partition(|(_, whole)| *whole);
    let literal = |(literal, _): (Vec<u8>, bool)| readable(&literal);
    let places = [
        ("start", start.into_iter().map(literal).collect::<Vec<_>>()),
        ("whole", whole.into_iter().map(literal).collect()),
        (
            if rule.kind == RuleKind::Inline { "inline" } else { "within" },
            inside.iter().map(|literal| readable(literal)).collect(),
        ),
    ];
    let lines = places.iter().filter(|(_, literals)| !literals.is_empty());
    lines
        .map(|(place, literals)| [&rule.id, "\t", place, "\t", &literals.join("\t"), "\n"].concat())
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn the_literals_are_those_of_the_patterns() {
    assert!(RULES.len() <= 64, "{} rules do not fit into a set", RULES.len());
    let derived: String = RULES.iter().map(lines).collect();
    assert!(
        derived == include_str!("literals.tsv"),
        "the patterns have other literals; literals.tsv is to be:\n{derived}"
    );
}
