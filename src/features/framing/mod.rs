//! Framing features: words of the framing lexicon, and stems of sentences that name one camp,
//! tagged with the camp.
//!
//! They use the article's own voice only. A lexicon word of class `c` gives the terms
//!
//! | term | when |
//! |---|---|
//! | `c@x` | it is about camp x ([`crate::text::targets`] says whom a word is about) |
//! | `c=tied@x` | and grammar ties it to x: side by side, or one part of the other |
//! | `c?x` | it is about x if a description ("the militias") means what it is presumed to mean |
//! | `c@wx` | it is about who helps x |
//! | `c>x` | x, or who helps it, is the opponent in the fight that it tells |
//! | `c~x` | it is about nobody or somebody else, and camp x is mentioned nearest |
//! | `c@third` | it is about a third party |
//! | `c@none` | it is about nobody who is mentioned |
//!
//! and each but the last two once more under the class's sense (`hostile@x`), so that a rare class
//! inherits what is learned of its kind. A word has no term of its own beside them: "militias"
//! about nobody in particular is no word against a camp. In a text of sixty words or fewer that
//! names one camp only, what is about nobody is also about that camp.

mod role;
mod statement;

use std::ops::Range;

use super::block::Block;
use crate::text::lexicon::{Class, LEXICON, Sense};
use crate::text::{AnalyzedText, LexiconHit, Mention, Party, Resolution, Target, TextFindings};
pub(super) use role::Role;
pub(super) use statement::TextStatement;

/// Most words of a text that counts as about the only camp that it names.
const SHORT: usize = 60;

/// A term and its bytes in the text; empty if it is of the text as a whole.
pub type Placed = (Range<usize>, String);

/// The word of a term, which may have a camp behind it: the stem of `stem@lna`.
pub(super) fn without_camp(term: &str) -> &str {
    term.split_once('@').map_or(term, |(word, _)| word)
}

/// The name under which the classes of a sense are pooled, if they are.
pub(super) fn sense(class: &Class) -> Option<&'static str> {
    match class.sense {
        Sense::Hostile => Some("hostile"),
        Sense::Praising => Some("praising"),
        Sense::None => None,
    }
}

/// The camp whose mention is nearest to the tokens `at`, and its distance in words; of two as near,
/// the one that follows.
fn nearest(at: &Range<usize>, mentions: &[Mention]) -> Option<(usize, usize)> {
    let ahead = mentions.partition_point(|mention| mention.tokens.end <= at.start);
    let behind = mentions.partition_point(|mention| mention.tokens.start < at.end);
    let camp = |mention: &Mention| mention.camp().map(|camp| (camp, mention.tokens.clone()));
    let ahead = mentions[..ahead].iter().rev().find_map(camp);
    let behind = mentions[behind..].iter().find_map(camp);
    let ahead = ahead.map(|(camp, tokens)| (2 * (at.start - tokens.end + 1), camp));
    let behind = behind.map(|(camp, tokens)| (2 * (tokens.start - at.end + 1) - 1, camp));
    let (distance, camp) = ahead.into_iter().chain(behind).min()?;
    Some((camp, distance.div_ceil(2)))
}

/// The camp that a short text is about.
fn only_camp(findings: &TextFindings) -> Option<usize> {
    let mut camps = findings.mentions.iter().filter_map(Mention::camp);
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
            let is_in_name = |mention: &Mention| {
                hit.tokens.end <= mention.tokens.end && mention.resolution == Resolution::Named
            };
            if !mentions[..begun].last().is_some_and(is_in_name) {
                each(hit, mentions);
            }
        }
    });
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
        let party = |target: Target| findings.mentions[target.mention].party;
        let [target, opponent] = hit.targets;
        match target.map(|target| (party(target), target)) {
            Some((Party::Camp(camp), target)) => {
                if findings.mentions[target.mention].is_presumed() {
                    each(hit, Role::Presumed(camp));
                } else {
                    each(hit, Role::About(camp));
                    if target.is_tied {
                        each(hit, Role::Tied(camp));
                    }
                }
            }
            Some((Party::Ally(camp), _)) => each(hit, Role::Ally(camp)),
            Some((Party::Third(_), _)) => each(hit, Role::Third),
            None => {
                each(hit, Role::Nobody);
                if let Some(only) = only {
                    each(hit, Role::About(only));
                }
            }
        }
        if let Some(camp) = opponent.and_then(|opponent| party(opponent).camp()) {
            each(hit, Role::Opponent(camp));
        }
        let about = target.and_then(|target| party(target).camp());
        if about.is_none()
            && let Some((camp, _)) = nearest(&hit.tokens, mentions)
        {
            each(hit, Role::Beside(camp));
        }
    });
}

/// The terms of the lexicon's words.
pub fn lexicon(read: &AnalyzedText) -> Vec<Placed> {
    let mut placed = Vec::new();
    each_role(&read.findings, |hit, role| {
        let (class, span, tag) =
            (&LEXICON.classes[hit.class], bytes(read, &hit.tokens), role.tag(&read.camps));
        let sense = sense(class).filter(|_| role.is_of_camp());
        placed.extend(sense.map(|sense| (span.clone(), format!("{sense}{tag}"))));
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

/// Calls `each` with every word of the own voice in a sentence whose mentions are of one camp only,
/// beside third parties and who helps a camp, and with the camp. Names are left out.
pub(super) fn each_camp_word(findings: &TextFindings, mut each: impl FnMut(usize, usize)) {
    each_sentence(findings, |sentence, mentions| {
        let mut camps = mentions.iter().filter_map(Mention::camp);
        let Some(camp) = camps.next().filter(|first| camps.all(|camp| camp == *first)) else {
            return;
        };
        let mut names = mentions.iter().filter(|mention| mention.resolution == Resolution::Named);
        let mut name = names.next();
        for at in sentence.clone() {
            while name.is_some_and(|mention| mention.tokens.end <= at) {
                name = names.next();
            }
            let is_in_name = name.is_some_and(|mention| mention.tokens.contains(&at));
            if findings.voices.own[at] && !is_in_name {
                each(at, camp);
            }
        }
    });
}

/// The stems of the own voice where one camp alone is named: `stem@x`.
pub fn camp_stems(read: &AnalyzedText) -> Vec<Placed> {
    let mut placed = Vec::new();
    each_camp_word(&read.findings, |at, camp| {
        let token = &read.tokens[at];
        if token.is_content() {
            placed.push((token.span.clone(), format!("{}@{}", token.term, read.camps[camp])));
        }
    });
    placed
}

/// A term of one of the blocks that tell camps apart, with two camps in each other's place; `None`
/// if it is about neither. `a` and `b` are their numbers.
pub fn exchanged(
    block: Block,
    term: &str,
    camps: &[String],
    (a, b): (usize, usize),
) -> Option<String> {
    let other = |camp| match camp {
        _ if camp == a => Some(b),
        _ if camp == b => Some(a),
        _ => None,
    };
    let (said, tag) = term.split_at(term.find(['@', '=', '>', '~', '?'])?);
    let role = match block {
        Block::Lexicon => Role::all(camps.len()).find(|role| role.tag(camps) == tag)?,
        Block::CampStems => Role::About(camps.iter().position(|camp| tag[1..] == **camp)?),
        _ => return None,
    };
    Some(format!("{said}{}", role.toward(other(role.camp()?)?).tag(camps)))
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
