//! How a camp is spoken of: the words of the framing lexicon and the stems around a camp's names,
//! tagged with the camp.
//!
//! Everything here is of the own voice only. A lexicon word of class `c` gives the terms
//!
//! | term | when |
//! |---|---|
//! | `c` | always |
//! | `c@x` | x is the camp whose name stands nearest in the sentence; of two as near, the one that follows |
//! | `c=free@x` | instead, where `c` names somebody and x is not adjacent: somebody else, in a sentence about x |
//! | `c=near@x` | and it is at most six words away |
//! | `c+B@x`, `c+A@x` | and the name stands directly behind (B) or ahead (A) of the word, two words away at most |
//! | `c@wx`, `c+B@wx`, `c+A@wx` | the same with an associate of x; the first only where no camp is named, or the associate alone is adjacent |
//! | `c@none` | the sentence names neither |
//!
//! and each once more under the class's sense (`hostile@x`), so that a rare class inherits what is
//! learned of its kind. In a text of sixty words or fewer that names one camp only, that camp
//! stands in for one in every sentence.

use std::ops::Range;

use crate::text::lexicon::{Class, LEXICON, Sense};
use crate::text::{AnalyzedText, Hit, Mention, TextFindings};

/// How near is near, in words.
const NEAR: usize = 6;

/// How near is adjacent.
const ADJACENT: usize = 2;

/// How far from a camp's name a stem is of its context.
const CONTEXT: usize = 5;

/// Texts of at most so many words are read as being about the one camp that they name.
const SHORT: usize = 60;

/// From so many names of camps on a text has its own term.
const TIMES: [usize; 5] = [1, 2, 4, 8, 16];

/// A term and its bytes in the text; none where it is of the text as a whole.
pub type Placed = (Range<usize>, String);

/// How a word of the lexicon stands to the camps, which are told by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// However.
    Any,
    /// Names somebody else, in a sentence about the camp.
    Free(usize),
    /// The camp is nearest.
    At(usize),
    /// And near.
    Near(usize),
    /// And adjacent, behind the word or ahead of it.
    Adjacent { camp: usize, behind: bool },
    /// An associate of the camp is meant.
    Associate(usize),
    /// An associate is adjacent.
    AdjacentAssociate { camp: usize, behind: bool },
    /// The sentence names neither.
    Nobody,
}

impl Role {
    /// Every role that a word can have toward `n_camps` camps, in the order of their numbers.
    pub(super) fn all(n_camps: usize) -> impl Iterator<Item = Self> {
        let toward = |camp| {
            let near = [Self::Free(camp), Self::At(camp), Self::Near(camp), Self::Associate(camp)];
            let adjacent = move |behind| {
                [Self::Adjacent { camp, behind }, Self::AdjacentAssociate { camp, behind }]
            };
            near.into_iter().chain([false, true].into_iter().flat_map(adjacent))
        };
        [Self::Any, Self::Nobody].into_iter().chain((0..n_camps).flat_map(toward))
    }

    /// Its number among all.
    pub(super) fn number(self) -> usize {
        let (camp, place) = match self {
            Self::Any => return 0,
            Self::Nobody => return 1,
            Self::Free(camp) => (camp, 0),
            Self::At(camp) => (camp, 1),
            Self::Near(camp) => (camp, 2),
            Self::Associate(camp) => (camp, 3),
            Self::Adjacent { camp, behind } => (camp, 4 + 2 * usize::from(behind)),
            Self::AdjacentAssociate { camp, behind } => (camp, 5 + 2 * usize::from(behind)),
        };
        2 + 8 * camp + place
    }

    /// What the role adds to a term, given the ids of the camps.
    pub(super) fn tag(self, camps: &[String]) -> String {
        let side = |behind| if behind { "+B" } else { "+A" };
        match self {
            Self::Any => String::new(),
            Self::Free(camp) => format!("=free@{}", camps[camp]),
            Self::At(camp) => format!("@{}", camps[camp]),
            Self::Near(camp) => format!("=near@{}", camps[camp]),
            Self::Adjacent { camp, behind } => format!("{}@{}", side(behind), camps[camp]),
            Self::Associate(camp) => format!("@w{}", camps[camp]),
            Self::AdjacentAssociate { camp, behind } => {
                format!("{}@w{}", side(behind), camps[camp])
            }
            Self::Nobody => "@none".to_owned(),
        }
    }
}

/// The name under which the words of a class of this sense are pooled, if they are.
pub(super) fn sense(class: &Class) -> Option<&'static str> {
    match class.sense {
        Sense::Hostile => Some("hostile"),
        Sense::Praising => Some("praising"),
        Sense::None => None,
    }
}

/// The nearest of some mentions: how far it is, and whether it follows.
struct Nearest {
    distance: usize,
    behind: bool,
    camp: usize,
}

/// Of the `strong` or the other mentions the one nearest to the tokens `at`, half a word being
/// given to one that follows.
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

/// Calls `each` with every sentence, and with the mentions that begin in it.
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

/// Calls `each` with the words of the lexicon, but those that are of a name, and with the mentions
/// that begin in the same sentence.
pub(crate) fn each_hit<'a>(
    findings: &'a TextFindings,
    mut each: impl FnMut(&'a Hit, &'a [Mention]),
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
pub(crate) fn nearest_camp(hit: &Hit, mentions: &[Mention]) -> Option<usize> {
    nearest(&hit.tokens, mentions, true).map(|found| found.camp)
}

/// Calls `each` with the words of the lexicon in the own voice, and with every role that they have.
pub(super) fn each_role<'a>(findings: &'a TextFindings, mut each: impl FnMut(&'a Hit, Role)) {
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

/// What is said of a text as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// It names the camp, or an associate of it.
    Of { camp: usize, strong: bool },
    /// It names camps, or associates, so many times.
    Times { least: usize, strong: bool },
    /// A camp is named in the first four sentences.
    First,
}

impl Speaks {
    /// All that can be said with `n_camps` camps.
    pub(super) fn all(n_camps: usize) -> impl Iterator<Item = Self> {
        let of = move |strong| (0..n_camps).map(move |camp| Self::Of { camp, strong });
        let times = |strong| TIMES.into_iter().map(move |least| Self::Times { least, strong });
        [true, false]
            .into_iter()
            .flat_map(move |strong| of(strong).chain(times(strong)))
            .chain([Self::First])
    }

    /// Whether it is so.
    pub(super) fn holds(self, findings: &TextFindings) -> bool {
        let mut mentions = findings.mentions.iter();
        match self {
            Self::Of { camp, strong } => {
                mentions.any(|mention| mention.strong == strong && mention.camp == camp)
            }
            Self::Times { least, strong } => {
                mentions.filter(|mention| mention.strong == strong).nth(least - 1).is_some()
            }
            Self::First => {
                let opening = findings
                    .voices
                    .sentences
                    .iter()
                    .take(4)
                    .next_back()
                    .map_or(0, |sentence| sentence.end);
                mentions.any(|mention| mention.strong && mention.tokens.start < opening)
            }
        }
    }

    /// Its term, given the ids of the camps.
    pub(super) fn term(self, camps: &[String]) -> String {
        let what = |strong| if strong { "named" } else { "associate" };
        match self {
            Self::Of { camp, strong } => format!("{} {}", what(strong), camps[camp]),
            Self::Times { least, strong } => format!("{} {least}", what(strong)),
            Self::First => "first".to_owned(),
        }
    }
}

/// How much a text speaks of the camps at all: `named` for each camp that is named, `named 1`,
/// `named 2`, `named 4` … for so many names, the same for associates, and `first` when a camp is
/// named in the first four sentences.
pub fn mentions(read: &AnalyzedText) -> Vec<Placed> {
    let said = Speaks::all(read.camps.len()).filter(|speaks| speaks.holds(&read.findings));
    said.map(|speaks| (0..0, speaks.term(&read.camps))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::text::TextReader;

    fn terms(of: fn(&AnalyzedText) -> Vec<Placed>, text: &str) -> Vec<String> {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let mut terms: Vec<String> = of(&TextReader::of_camps(&camps).read_text(text.to_owned()))
            .into_iter()
            .map(|(_, term)| term)
            .collect();
        terms.sort();
        terms
    }

    /// One hostile word directly before the name of a camp, in a sentence that names no other.
    #[test]
    fn a_hostile_word_is_tagged_with_the_camp_behind_it() {
        let found = terms(lexicon, "تقدمت ميليشيات السراج نحو المدينة");
        let roles = ["", "+B@gna", "=near@gna", "@gna"];
        let both = |class: &str| roles.map(|role| format!("{class}{role}"));
        let mut expected = [both("hostile"), both("militia")].concat();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn roles_are_numbered_in_their_order() {
        assert!(Role::all(2).enumerate().all(|(number, role)| role.number() == number));
    }

    #[test]
    fn quoted_words_give_no_terms_and_names_of_camps_no_context() {
        assert!(terms(lexicon, "وقال إن «ميليشيات السراج» انسحبت").is_empty());
        assert_eq!(
            terms(context, "انسحبت قوات حكومة الوفاق أمس"),
            ["امس@gna", "انسحب@gna", "قوا@gna"].map(str::to_owned)
        );
    }

    #[test]
    fn a_sentence_without_a_camp_says_so_and_a_short_text_lends_its_own() {
        assert!(terms(lexicon, "دحر الأبطال العدو").contains(&"hero@none".to_owned()));
        let short = terms(lexicon, "دحر الأبطال العدو. عاش حفتر");
        assert!(
            short.contains(&"hero@none".to_owned()) && short.contains(&"hero@lna".to_owned()),
            "{short:?}"
        );
    }

    #[test]
    fn mentions_are_counted() {
        assert_eq!(
            terms(mentions, "حفتر والسراج"),
            ["first", "named 1", "named 2", "named gna", "named lna"].map(str::to_owned)
        );
    }
}
