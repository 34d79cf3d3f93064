//! Framing features: words of the framing lexicon and stems near a camp's names, tagged with the
//! camp.
//!
//! They use the article's own voice only. A lexicon word of class `c` gives the terms
//!
//! | term | when |
//! |---|---|
//! | `c` | always |
//! | `c@x` | x is the camp named nearest in the sentence; of two as near, the one that follows |
//! | `c=free@x` | instead, where `c` names somebody and x is not adjacent: somebody else |
//! | `c=near@x` | and it is at most six words away |
//! | `c+B@x`, `c+A@x` | and the name is behind (B) or ahead (A) of it, at most two words away |
//! | `c@wx` | an associate of x is nearest; no camp is named, or only the associate is adjacent |
//! | `c+B@wx`, `c+A@wx` | the associate is behind or ahead, at most two words away |
//! | `c@none` | the sentence names neither |
//!
//! and each once more under the class's sense (`hostile@x`), so that a rare class inherits what is
//! learned of its kind. In a text of sixty words or fewer that names one camp only, that camp
//! stands in for one in every sentence.

mod role;
mod statement;

use std::ops::Range;

use crate::text::lexicon::{Class, LEXICON, Sense};
use crate::text::{AnalyzedText, LexiconHit, Mention, TextFindings};
pub(super) use role::Role;
pub(super) use statement::TextStatement;

/// Greatest distance of a near word from a name, in words.
const NEAR: usize = 6;

/// Greatest distance of an adjacent word.
const ADJACENT: usize = 2;

/// Greatest distance of a stem in the context of a name.
const CONTEXT: usize = 5;

/// Most words of a text that counts as about the only camp that it names.
const SHORT: usize = 60;

/// A term and its bytes in the text; empty if it is of the text as a whole.
pub type Placed = (Range<usize>, String);

/// The name under which the classes of a sense are pooled, if they are.
pub(super) fn sense(class: &Class) -> Option<&'static str> {
    match class.sense {
        Sense::Hostile => Some("hostile"),
        Sense::Praising => Some("praising"),
        Sense::None => None,
    }
}

/// The nearest mention: its distance, and whether it follows the word.
struct Nearest {
    distance: usize,
    behind: bool,
    camp: usize,
}

/// The nearest to the tokens `at` of the mentions that are `strong`, or that are not. Of two as
/// near, the one that follows.
fn nearest(at: &Range<usize>, mentions: &[Mention], strong: bool) -> Option<Nearest> {
    let (ahead, _) =
        mentions.split_at(mentions.partition_point(|mention| mention.tokens.end <= at.start));
    let (_, behind) =
        mentions.split_at(mentions.partition_point(|mention| mention.tokens.start < at.end));
    let ahead = ahead.iter().rev().find(|mention| mention.strong == strong);
    let behind = behind.iter().find(|mention| mention.strong == strong);
    let ahead = ahead.map(|found| Nearest {
        distance: at.start - found.tokens.end + 1,
        behind: false,
        camp: found.camp,
    });
    let behind = behind.map(|found| Nearest {
        distance: found.tokens.start - at.end + 1,
        behind: true,
        camp: found.camp,
    });
    ahead
        .into_iter()
        .chain(behind)
        .min_by_key(|nearest| 2 * nearest.distance - usize::from(nearest.behind))
}

/// The camp that a short text is about.
fn only_camp(findings: &TextFindings) -> Option<usize> {
    let mut camps =
        findings.mentions.iter().filter(|mention| mention.strong).map(|mention| mention.camp);
    let first = camps.next()?;
    (findings.voices.own.len() <= SHORT && camps.all(|camp| camp == first)).then_some(first)
}

/// The bytes of some tokens.
fn bytes(read: &AnalyzedText, tokens: &Range<usize>) -> Range<usize> {
    read.tokens[tokens.start].span.start..read.tokens[tokens.end - 1].span.end
}

/// Calls `each` with every sentence and the mentions that begin in it.
fn each_sentence<'a>(
    findings: &'a TextFindings,
    mut each: impl FnMut(&'a Range<usize>, &'a [Mention]),
) {
    let mut mentions = &findings.mentions[..];
    for sentence in &findings.voices.sentences {
        let (here, later) = mentions
            .split_at(mentions.partition_point(|mention| mention.tokens.start < sentence.end));
        mentions = later;
        each(sentence, here);
    }
}

/// Calls `each` with the words of the lexicon that are not part of a name, and the mentions that
/// begin in the same sentence.
pub(crate) fn each_hit<'a>(
    findings: &'a TextFindings,
    mut each: impl FnMut(&'a LexiconHit, &'a [Mention]),
) {
    let mut hits = &findings.hits[..];
    each_sentence(findings, |sentence, mentions| {
        let (here, later) =
            hits.split_at(hits.partition_point(|hit| hit.tokens.start < sentence.end));
        hits = later;
        for hit in here {
            let begun =
                mentions.partition_point(|mention| mention.tokens.start <= hit.tokens.start);
            if mentions[..begun].last().is_none_or(|mention| hit.tokens.end > mention.tokens.end) {
                each(hit, mentions);
            }
        }
    });
}

/// The camp whose name stands nearest to a word, of two as near the one that follows.
pub(crate) fn nearest_camp(hit: &LexiconHit, mentions: &[Mention]) -> Option<usize> {
    nearest(&hit.tokens, mentions, true).map(|found| found.camp)
}

/// Calls `each` with the words of the lexicon in the own voice, and each of their roles.
pub(super) fn each_role<'a>(
    findings: &'a TextFindings,
    mut each: impl FnMut(&'a LexiconHit, Role),
) {
    let only = only_camp(findings);
    each_hit(findings, |hit, mentions| {
        if !findings.voices.own[hit.tokens.start] {
            return;
        }
        let strong = nearest(&hit.tokens, mentions, true);
        let weak = nearest(&hit.tokens, mentions, false);
        // An associate directly beside the word is meant, not a camp's name farther off.
        let adjacent = |found: &Option<Nearest>| {
            found.as_ref().is_some_and(|nearest| nearest.distance <= ADJACENT)
        };
        let meant = if adjacent(&weak) && !adjacent(&strong) { None } else { strong.as_ref() };
        each(hit, Role::Any);
        match (meant, &weak) {
            (Some(Nearest { distance, camp, .. }), _)
                if LEXICON.classes[hit.class].actor && *distance > ADJACENT =>
            {
                each(hit, Role::Free(*camp));
            }
            (Some(&Nearest { distance, behind, camp }), _) => {
                each(hit, Role::At(camp));
                if distance <= NEAR {
                    each(hit, Role::Near(camp));
                }
                if distance <= ADJACENT {
                    each(hit, Role::Adjacent { camp, behind });
                }
            }
            (None, Some(nearest)) => each(hit, Role::Associate(nearest.camp)),
            (None, None) => each(hit, Role::Nobody),
        }
        if let (None, None, Some(only)) = (&strong, &weak, only) {
            each(hit, Role::At(only));
        }
        if let Some(Nearest { behind, camp, .. }) =
            weak.filter(|nearest| nearest.distance <= ADJACENT)
        {
            each(hit, Role::AdjacentAssociate { camp, behind });
        }
    });
}

/// The terms of the lexicon's words.
pub fn lexicon(read: &AnalyzedText) -> Vec<Placed> {
    let mut placed = Vec::new();
    each_role(&read.findings, |hit, role| {
        let (class, span, tag) =
            (&LEXICON.classes[hit.class], bytes(read, &hit.tokens), role.tag(&read.camps));
        placed.extend(sense(class).map(|sense| (span.clone(), format!("{sense}{tag}"))));
        placed.push((span, format!("{}{tag}", class.name)));
    });
    placed
}

/// The stems of the own voice.
pub fn own_stems(read: &AnalyzedText) -> Vec<Placed> {
    let own = read
        .tokens
        .iter()
        .zip(&read.findings.voices.own)
        .filter(|(token, own)| **own && token.is_content());
    own.map(|(token, _)| (token.span.clone(), token.term.clone())).collect()
}

/// The stems of the own voice that stand within five words of a camp's name, with the camp:
/// `stem@x`.
pub fn context(read: &AnalyzedText) -> Vec<Placed> {
    let mut placed = Vec::new();
    each_sentence(&read.findings, |sentence, mentions| {
        for at in sentence.clone() {
            let token = &read.tokens[at];
            if !read.findings.voices.own[at]
                || !token.is_content()
                || mentions.iter().any(|mention| mention.tokens.contains(&at))
            {
                continue;
            }
            if let Some(nearest) =
                nearest(&(at..at + 1), mentions, true).filter(|nearest| nearest.distance <= CONTEXT)
            {
                placed.push((
                    token.span.clone(),
                    format!("{}@{}", token.term, read.camps[nearest.camp]),
                ));
            }
        }
    });
    placed
}

/// How much a text names the camps at all: `named` for each camp that is named, `named 1`,
/// `named 2`, `named 4` … for so many names, the same for associates, and `first` when a camp is
/// named in the first four sentences.
pub fn mentions(read: &AnalyzedText) -> Vec<Placed> {
    let statements =
        TextStatement::all(read.camps.len()).filter(|statement| statement.holds(&read.findings));
    statements.map(|statement| (0..0, statement.term(&read.camps))).collect()
}

#[cfg(test)]
mod tests;
