//! The signs of a rule, derived from its pattern.

use std::collections::BTreeSet;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Repetition};

use super::rules::{RULES, Rule, RuleKind, folded};
use super::shorthand::{is_lead, of};

/// Most characters of a class, and most signs of a part of a pattern.
const LARGEST_CLASS: usize = 60;
const MAX_SIGNS: usize = 100;

/// What a part of a pattern begins with, in shorthand; the second says whether that is all of it.
type Starts = BTreeSet<(Vec<u8>, bool)>;

fn only(sign: Vec<u8>, whole: bool) -> Starts {
    Starts::from([(sign, whole)])
}

/// The class that a repetition repeats, in shorthand, if it is small.
fn class(hir: &Hir) -> Option<BTreeSet<Vec<u8>>> {
    match hir.kind() {
        HirKind::Capture(group) => class(&group.sub),
        HirKind::Class(Class::Unicode(class)) => {
            let size: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
            let characters = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
            (size <= LARGEST_CLASS).then(|| characters().map(|c| of(&c.to_string())).collect())
        }
        _ => None,
    }
}

fn starts(hir: &Hir, most: usize) -> Starts {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => only(Vec::new(), true),
        HirKind::Capture(group) => starts(&group.sub, most),
        HirKind::Literal(literal) => {
            only(of(str::from_utf8(&literal.0).expect("patterns are of characters")), true)
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
    // Any number of spaces is one in shorthand.
    let of_spaces =
        class(&repetition.sub).is_some_and(|codes| codes == BTreeSet::from([vec![b' ']]));
    if repetition.max != Some(1) && !of_spaces {
        found = found.into_iter().map(|(sign, _)| (sign, false)).collect();
    }
    if repetition.min == 0 {
        found.insert((Vec::new(), true));
    }
    found
}

/// What parts in a row begin with, as far as that is not too much.
fn in_a_row(parts: &[Hir], most_of_part: usize, most: usize) -> Starts {
    let mut found = only(Vec::new(), true);
    for part in parts {
        let next = starts(part, most_of_part);
        let longer = found.iter().flat_map(|(sign, whole)| {
            let next = next
                .iter()
                .filter(|_| *whole)
                .map(|(more, whole)| ([&sign[..], more].concat(), *whole));
            next.chain((!whole).then(|| (sign.clone(), false)))
        });
        let longer = fewest(&longer.map(|(sign, whole)| (one_space(&sign), whole)).collect());
        if longer.len() > most && found.iter().all(|(sign, _)| !sign.is_empty()) {
            return found.into_iter().map(|(sign, _)| (sign, false)).collect();
        }
        found = longer;
    }
    found
}

/// Shorthand with one space where several stand in a row.
fn one_space(sign: &[u8]) -> Vec<u8> {
    sign.iter()
        .enumerate()
        .filter(|&(at, &code)| code != b' ' || at == 0 || sign[at - 1] != b' ')
        .map(|(_, &code)| code)
        .collect()
}

/// Starts without those that another start is a start of.
fn fewest(starts: &Starts) -> Starts {
    let covered = |sign: &[u8], whole: bool| {
        (0..=sign.len()).any(|end| {
            (end < sign.len() || whole) && starts.contains(&(sign[..end].to_vec(), false))
        })
    };
    starts.iter().filter(|(sign, whole)| !covered(sign, *whole)).cloned().collect()
}

/// The alternatives of a pattern, without the bullets and brackets that may stand before them, and
/// whether these were there.
fn branches(hir: &Hir, leads: bool, found: &mut Vec<(Hir, bool)>) {
    let leads_first = |part: &Hir| match part.kind() {
        HirKind::Repetition(repetition) if repetition.min == 0 => class(&repetition.sub)
            .is_some_and(|codes| codes.iter().flatten().all(|&code| is_lead(code))),
        _ => false,
    };
    match hir.kind() {
        HirKind::Capture(group) => branches(&group.sub, leads, found),
        HirKind::Alternation(alternatives) => {
            alternatives.iter().for_each(|hir| branches(hir, leads, found))
        }
        HirKind::Concat(parts) if leads_first(&parts[0]) => {
            branches(&Hir::concat(parts[1..].to_vec()), true, found)
        }
        _ => found.push((hir.clone(), leads)),
    }
}

/// What stands at the start of every line that a branch matches.
fn at_start(branch: &Hir, after_leads: bool) -> Option<Starts> {
    let mut found = starts(branch, MAX_SIGNS);
    if after_leads {
        let leads = |sign: &[u8]| sign.iter().take_while(|&&code| is_lead(code)).count();
        found =
            found.into_iter().map(|(sign, whole)| (sign[leads(&sign)..].to_vec(), whole)).collect();
    }
    // A line has no space at its ends.
    found.retain(|(sign, whole)| {
        !sign.starts_with(b" ") && !(*whole && (sign.is_empty() || sign.ends_with(b" ")))
    });
    let found = fewest(&found);
    (!found.contains(&(Vec::new(), false))).then_some(found)
}

/// What stands somewhere in all that a branch matches: of its parts in a row, those that are likely
/// rarest.
fn within(branch: &Hir) -> BTreeSet<Vec<u8>> {
    let parts = match branch.kind() {
        HirKind::Concat(parts) => &parts[..],
        _ => std::slice::from_ref(branch),
    };
    let mut choices: Vec<BTreeSet<Vec<u8>>> = Vec::new();
    for most in [MAX_SIGNS / 4, MAX_SIGNS] {
        for from in 0..parts.len() {
            let told =
                (from + 1..=parts.len()).map(|end| in_a_row(&parts[from..end], most, MAX_SIGNS));
            choices.extend(told.map(|signs| {
                signs.into_iter().map(|(sign, _)| sign.trim_ascii().to_vec()).collect()
            }));
        }
    }
    let found = choices
        .into_iter()
        .min_by(|a, b| frequency(a).total_cmp(&frequency(b)))
        .unwrap_or_default();
    let holds_another = |sign: &[u8]| {
        found.iter().any(|other| {
            other.len() < sign.len() && sign.windows(other.len()).any(|part| part == other)
        })
    };
    found.iter().filter(|sign| !holds_another(sign)).cloned().collect()
}

/// How often one of the signs is likely to stand in a text, very roughly.
fn frequency(signs: &BTreeSet<Vec<u8>>) -> f64 {
    let of_code = |&code: &u8| match code {
        b' ' => 0.2,
        0x80..0xB0 => 0.06,
        _ => 0.003,
    };
    signs.iter().map(|sign| sign.iter().map(of_code).product::<f64>()).sum()
}

/// A sign as it stands in the file: with the first character that shorthand writes so and folding
/// leaves alone.
fn readable(sign: &[u8]) -> String {
    let character = |code: u8| {
        let plain = |c: &char| *c == ' ' || folded(&c.to_string()) == c.to_string();
        (' '..='\u{6FF}')
            .filter(plain)
            .chain(['\u{FFFD}'])
            .find(|c| code != of("\u{FFFD}")[0] && of(&c.to_string()) == [code])
            .unwrap_or('\u{FFFD}')
    };
    sign.iter().map(|&code| character(code)).collect()
}

/// The lines of `signs.tsv` for a rule.
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
            Some(signs) => starting.extend(signs),
            None => inside.extend(within(branch)),
        }
    }
    if rule.kind == RuleKind::Inline {
        inside = within(&hir);
    }
    assert!(inside.iter().all(|sign| sign.len() > 1), "{}: there may be no sign of it", rule.id);
    let (whole, start): (Vec<_>, Vec<_>) =
        fewest(&starting).into_iter().partition(|(_, whole)| *whole);
    let sign = |(sign, _): (Vec<u8>, bool)| readable(&sign);
    let places = [
        ("start", start.into_iter().map(sign).collect::<Vec<_>>()),
        ("whole", whole.into_iter().map(sign).collect()),
        (
            if rule.kind == RuleKind::Inline { "inline" } else { "within" },
            inside.iter().map(|sign| readable(sign)).collect(),
        ),
    ];
    let lines = places.iter().filter(|(_, signs)| !signs.is_empty());
    lines
        .map(|(place, signs)| [&rule.id, "\t", place, "\t", &signs.join("\t"), "\n"].concat())
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn the_signs_are_those_of_the_patterns() {
    assert!(RULES.len() <= 64, "{} rules do not fit into a set", RULES.len());
    let derived: String = RULES.iter().map(lines).collect();
    assert!(
        derived == include_str!("signs.tsv"),
        "the patterns have other signs; signs.tsv is to be:\n{derived}"
    );
}
