//! What names and descriptions in a text stand for, before they are resolved.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::parties::{Head, PARTIES, Party};
use super::phrase_words::{PhraseWords, one_pattern, one_spelling};
use super::phrases::Phrases;
use super::script::spaced;
use crate::camp::{Camp, Camps};

/// What a pattern of parties stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// A name of the party, and the kind of its first word if that is a noun such as "forces".
    Name(Party, Option<Head>),
    /// A name that by itself judges the camp, such as أزلام الرجمة.
    Judging(usize),
    /// A seat of the camp: it says whose the noun before it is.
    Seat(usize),
    /// A noun that the context decides, whom it means when the context does not, and whether it
    /// means somebody with the article only: المؤتمر is the congress, مؤتمر صحفي is none.
    Head(Head, Usual, NeedsArticle),
    /// A word that ties the noun before it to the party behind it.
    Tie,
    /// A demonstrative: the noun behind it was mentioned before.
    This,
    /// A street, a school, a club: praise behind it is its name, and nobody's.
    Place,
    /// A word of fighting: its two sides are not one party.
    Fight,
    /// What the time decides: its number among the dated patterns.
    Dated(usize),
}

/// Whether a noun must have the article to mean somebody by itself.
pub(crate) type NeedsArticle = bool;

/// Whom a noun means where nothing else says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usual {
    /// As its kind.
    Kind,
    /// This party.
    Party(Party),
    /// Nobody.
    Nobody,
}

/// The camps that kinds of nouns mean where nothing else says who is meant.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UsualCamps {
    army: Option<usize>,
    government: Option<usize>,
    parliament: Option<usize>,
    militias: Option<usize>,
}

impl UsualCamps {
    /// By the lists `usual` of the camps file.
    pub(crate) fn new(camps: &Camps) -> Self {
        let camp = |kind: &str| {
            camps.camps.iter().position(|camp| camp.usual.iter().any(|usual| usual == kind))
        };
        Self {
            army: camp("army"),
            government: camp("government"),
            parliament: camp("parliament"),
            militias: camp("militias"),
        }
    }

    /// The camp that a noun of a kind usually means.
    pub(crate) fn camp_of(&self, head: Head) -> Option<usize> {
        match head {
            Head::Army => self.army,
            Head::Government => self.government,
            Head::Parliament => self.parliament,
            Head::Militias => self.militias,
            _ => None,
        }
    }
}

/// A pattern that was found: its tokens and what it stands for.
pub(crate) type FoundPattern = (Range<usize>, Pattern);

/// Whether the word at a place is the name of a street or the like, given what was found in order.
pub(crate) fn is_place_name(found: &[FoundPattern], at: usize) -> bool {
    let before = found.partition_point(|(tokens, _)| tokens.end < at);
    matches!(found.get(before), Some((tokens, Pattern::Place)) if tokens.end == at)
}

/// Whether a demonstrative stands right before a place, given what was found in order.
pub(crate) fn follows_this(found: &[FoundPattern], at: usize) -> bool {
    let before = found.partition_point(|(tokens, _)| tokens.end < at);
    matches!(found.get(before), Some((tokens, Pattern::This)) if tokens.end == at)
}

/// Patterns that the time decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dated(Vec<DatedPattern>);

#[derive(Clone, Debug, Default)]
struct DatedPattern {
    /// First and last days, with who is meant then.
    eras: Vec<(Date, Date, Party)>,
    /// What it stands for at other times.
    otherwise: Option<Pattern>,
    /// Whether it means them with the article only.
    needs_article: bool,
}

impl Dated {
    /// What a pattern stands for in a text of a day; nothing if it only counts at other times.
    /// `is_bare` says that it was found without its article.
    pub(crate) fn on(
        &self,
        pattern: Pattern,
        day: Option<Date>,
        is_bare: impl FnOnce() -> bool,
    ) -> Option<Pattern> {
        let Pattern::Dated(number) = pattern else { return Some(pattern) };
        let DatedPattern { eras, otherwise, needs_article } = &self.0[number];
        if *needs_article && is_bare() {
            return *otherwise;
        }
        let era = day.and_then(|day| {
            let is_on = |(from, until, _): &&(Date, Date, Party)| (*from..=*until).contains(&day);
            eras.iter().find(is_on).map(|(_, _, party)| *party)
        });
        match (era, *otherwise) {
            (Some(party @ Party::Camp(_)), Some(Pattern::Head(head, _, needs_article))) => {
                Some(Pattern::Head(head, Usual::Party(party), needs_article))
            }
            (Some(party), Some(Pattern::Name(_, head))) => Some(Pattern::Name(party, head)),
            (Some(party), _) => Some(Pattern::Name(party, None)),
            (None, otherwise) => otherwise,
        }
    }
}

/// The names of camps and third parties, with what they stand for; of equal names the first counts.
pub(crate) fn of_parties(camps: &Camps) -> (Vec<(&str, Pattern)>, Dated) {
    let mut patterns: Vec<(&str, Pattern)> = Vec::new();
    let numbered = || camps.camps.iter().enumerate();
    let kinds = first_words();
    let head = |name: &str| {
        let first = spaced(name).next().filter(|first| first.len() < name.len())?;
        kinds.get(&*one_pattern(first)).copied()
    };
    for (number, camp) in numbered() {
        let named = |name, party| (name, Pattern::Name(party, head(name)));
        patterns.extend(camp.names().map(|name| named(name, Party::Camp(number))));
        patterns.extend(camp.judging.iter().map(|name| (name.as_str(), Pattern::Judging(number))));
        patterns.extend(camp.allies.iter().map(|name| named(name.as_str(), Party::Ally(number))));
    }
    for (name, third) in &PARTIES.third {
        patterns.push((*name, Pattern::Name(Party::Third(*third), head(name))));
    }
    let usual: Vec<Vec<Cow<'_, str>>> = numbered()
        .map(|(_, camp)| camp.usual.iter().map(|name| one_pattern(name)).collect())
        .collect();
    let bare: FxHashSet<Cow<'_, str>> = PARTIES
        .heads
        .iter()
        .filter(|(name, ..)| !has_article(name))
        .map(|(name, ..)| one_pattern(name))
        .collect();
    for (name, head, alone) in &PARTIES.heads {
        let form = one_pattern(name);
        let camp = usual.iter().position(|names| names.contains(&form));
        let usual = match camp {
            Some(camp) => Usual::Party(Party::Camp(camp)),
            None if *alone => Usual::Kind,
            None => Usual::Nobody,
        };
        let needs_article = camp.is_some() && !bare.contains(&form);
        patterns.push((*name, Pattern::Head(*head, usual, needs_article)));
    }
    for (number, camp) in numbered() {
        patterns.extend(camp.seats.iter().map(|name| (name.as_str(), Pattern::Seat(number))));
    }
    for (names, pattern) in [
        (&PARTIES.ties, Pattern::Tie),
        (&PARTIES.this, Pattern::This),
        (&PARTIES.places, Pattern::Place),
        (&PARTIES.fights, Pattern::Fight),
    ] {
        patterns.extend(names.iter().map(|name| (*name, pattern)));
    }
    let dated = with_eras(camps, &mut patterns);
    (patterns, dated)
}

/// Whether a pattern is one word with the article.
fn has_article(name: &str) -> bool {
    name.starts_with("ال") && !name.contains(' ')
}

/// The kinds of the nouns of one word: the first word of a name says what it names.
fn first_words() -> FxHashMap<Cow<'static, str>, Head> {
    let words = PARTIES.heads.iter().rev().filter(|(name, ..)| !name.contains(' '));
    words.map(|(name, head, _)| (one_pattern(name), *head)).collect()
}

/// Puts the patterns that the time decides before the others.
fn with_eras<'a>(camps: &'a Camps, patterns: &mut Vec<(&'a str, Pattern)>) -> Dated {
    let ids = camps.ids();
    let mut dated: Vec<DatedPattern> = Vec::new();
    let mut numbers = FxHashMap::default();
    let mut first = Vec::new();
    for era in &camps.eras {
        let days = era.from.parse().ok().zip(era.until.parse().ok());
        let Some(((from, until), party)) = days.zip(Party::from_name(&era.referent, &ids)) else {
            continue;
        };
        for name in &era.patterns {
            let number = *numbers.entry(one_pattern(name)).or_insert_with(|| {
                first.push((name.as_str(), Pattern::Dated(dated.len())));
                dated.push(DatedPattern { needs_article: true, ..DatedPattern::default() });
                dated.len() - 1
            });
            dated[number].needs_article &= has_article(name);
            dated[number].eras.push((from, until, party));
        }
    }
    for (name, pattern) in patterns.iter().rev() {
        if let Some(number) = numbers.get(&one_pattern(name)) {
            dated[*number].otherwise = Some(*pattern);
        }
    }
    patterns.splice(0..0, first);
    Dated(dated)
}

/// What a name says of whether a text is about the conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// It is: a name of the conflict's country, or of a camp, that no other country has.
    Own,
    /// It is, unless the text names a country that has such a body, too.
    Likely,
    /// A country that has such bodies.
    Elsewhere,
}

/// The names that say whether a text is about the conflict.
pub(crate) fn ties(camps: &Camps) -> impl Iterator<Item = (&str, Tie)> {
    let own = of_topic(camps).into_iter().map(|name| (name, Tie::Own));
    let likely = camps.likely.iter().map(|name| (name.as_str(), Tie::Likely));
    let elsewhere = camps.elsewhere.iter().map(|name| (name.as_str(), Tie::Elsewhere));
    own.chain(likely).chain(elsewhere)
}

/// The names that tie a text to the conflict: those of its country, and those of a camp that
/// neither are nor hold one that other countries have.
fn of_topic(camps: &Camps) -> Vec<&str> {
    let mut words = PhraseWords::default();
    let shared = Phrases::new(&mut words, camps.shared.iter().map(|name| (name.as_str(), ())));
    let is_own = |name: &&str| {
        let met: Vec<Vec<u32>> =
            name.split_whitespace().map(|word| words.matching(&one_spelling(word))).collect();
        !shared.at_least(1, met.len(), |_| true, |at| &met[at])
    };
    let own = camps.camps.iter().flat_map(Camp::names).filter(is_own);
    camps.topic.iter().map(String::as_str).chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_holds_a_shared_one_is_not_of_the_country_alone() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let names = of_topic(&camps);
        for own in ["حفتر", "السراج", "حكومة الوفاق", "طرابلس"] {
            assert!(names.contains(&own), "{own}");
        }
        for shared in ["مجلس النواب", "رئيس مجلس النواب", "قوات الجيش الوطني", "نائب القائد العام"]
        {
            assert!(!names.contains(&shared), "{shared}");
        }
    }
}
