//! Who is meant: resolves names and descriptions in a text to parties.
//!
//! A name means its party. A description ("the army", "the government", "those militias") is resolved,
//! in this order, by
//! 1. what stands right behind it: a seat or a name of a camp ("the government in Tripoli", "militias
//!    loyal to …");
//! 2. the last mention of a fitting party within [`CARRIED`] sentences;
//! 3. what it usually means: "the army" and "the parliament" are the eastern camp's names for its own.
//!
//! The order of rules and the lists (`parties.toml`, the camps file) were made on the half `train` of
//! `labeled/readings/`; `mizan evaluate --readings` measures them on the other half.

use std::ops::Range;

use super::parties::{Head, Party, ThirdParty};
use super::speech::SpeechWord;
use crate::camp::Camps;

/// How many sentences a referent is carried over.
const CARRIED: usize = 3;

/// Most words between a description and the name behind it that says whose it is.
const ATTRIBUTE: usize = 4;

/// What a pattern of parties stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// A name of the camp, or of who helps it.
    Name(Party),
    /// A name that by itself judges the camp, such as ميليشيات السراج.
    Judging(usize),
    /// A seat of the camp: it says whose the noun before it is.
    Seat(usize),
    /// A noun that the context decides; the camp that it means when nothing else says so.
    Head(Head),
}

/// How the referent of a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// By its name.
    Named,
    /// By a name that judges, so that the words in it count as framing too.
    Judging,
    /// By a name or seat right behind it.
    Attribute,
    /// From the mention with this number, in this sentence or an earlier one.
    Carried(usize),
    /// As what it usually means.
    Usual,
}

/// A phrase that means a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Who is meant.
    pub party: Party,
    /// How that was found.
    pub resolution: Resolution,
}

impl Mention {
    /// The camp, if the mention is of the camp itself.
    pub fn camp(&self) -> Option<usize> {
        match self.party {
            Party::Camp(camp) => Some(camp),
            _ => None,
        }
    }

    /// The camp, if the mention is of who helps it.
    pub fn helped(&self) -> Option<usize> {
        match self.party {
            Party::Ally(camp) => Some(camp),
            _ => None,
        }
    }

    /// Whether it is a camp's own name, found by itself.
    pub fn is_name(&self) -> bool {
        self.camp().is_some() && matches!(self.resolution, Resolution::Named | Resolution::Judging)
    }
}

/// The camps that heads mean where nothing else says who is meant.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usual {
    army: Option<usize>,
    government: Option<usize>,
    parliament: Option<usize>,
    militias: Option<usize>,
}

impl Usual {
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
}

/// A pattern that was found: its tokens and what it stands for.
pub(crate) type FoundPattern = (Range<usize>, Pattern);

/// Resolves what was found in a text, in order, to mentions in order.
pub(crate) fn resolve(
    found: &[FoundPattern],
    sentences: &[Range<usize>],
    speech: impl Fn(usize) -> SpeechWord,
    usual: &Usual,
    mentions: &mut Vec<Mention>,
) {
    mentions.clear();
    let mut sentence = 0;
    // The last mention of a camp, of an armed party and of a body of state, with their sentences.
    let mut last: [Option<(usize, usize)>; 3] = [None; 3];
    for (number, (tokens, pattern)) in found.iter().enumerate() {
        while sentences.get(sentence).is_some_and(|range| range.end <= tokens.start) {
            sentence += 1;
        }
        let end = sentences.get(sentence).map_or(tokens.end, |range| range.end);
        let resolved = match *pattern {
            Pattern::Name(party) => Some((tokens.clone(), party, Resolution::Named)),
            Pattern::Judging(camp) => {
                Some((tokens.clone(), Party::Camp(camp), Resolution::Judging))
            }
            Pattern::Seat(_) => None,
            Pattern::Head(head) => {
                let next = found
                    .get(number + 1)
                    .filter(|(next, _)| next.start < end && next.start - tokens.end <= ATTRIBUTE);
                by_attribute(tokens, head, next, &speech).or_else(|| {
                    let recent =
                        |slot: usize| last[slot].filter(|(_, at)| sentence - at <= CARRIED);
                    by_context(head, recent, usual, mentions)
                        .map(|(party, how)| (tokens.clone(), party, how))
                })
            }
        };
        let Some((tokens, party, resolution)) = resolved else { continue };
        if mentions.last().is_some_and(|before| before.tokens.end > tokens.start) {
            continue;
        }
        let here = Some((mentions.len(), sentence));
        if party.camp().is_some() {
            last[0] = here;
        }
        if let Pattern::Head(head) = pattern {
            last[slot(*head)] = here;
        }
        mentions.push(Mention { tokens, party, resolution });
    }
}

/// The kind of parties that a head can carry on.
fn slot(head: Head) -> usize {
    match head {
        Head::Army | Head::Forces | Head::Militias => 1,
        Head::Government | Head::Parliament => 2,
        Head::Person | Head::Rival => 0,
    }
}

/// The referent that a name or seat right behind a description gives it.
fn by_attribute(
    tokens: &Range<usize>,
    head: Head,
    next: Option<&FoundPattern>,
    speech: &impl Fn(usize) -> SpeechWord,
) -> Option<(Range<usize>, Party, Resolution)> {
    let (behind, pattern) = next?;
    // A verb, or a word after "and", begins something else.
    let between = tokens.end..behind.start;
    let breaks = SpeechWord::VERB.or(SpeechWord::DEED).or(SpeechWord::AND).or(SpeechWord::THAT);
    if between.clone().any(|at| speech(at).is(breaks)) || speech(behind.start).is(SpeechWord::AND) {
        return None;
    }
    let is_direct = between.is_empty();
    match *pattern {
        Pattern::Seat(camp) if is_direct || head != Head::Person || between.len() <= 2 => {
            Some((tokens.start..behind.end, Party::Camp(camp), Resolution::Attribute))
        }
        Pattern::Name(Party::Camp(camp)) | Pattern::Judging(camp) if !is_direct => {
            Some((tokens.clone(), Party::Camp(camp), Resolution::Attribute))
        }
        Pattern::Name(party) if is_direct => match party {
            Party::Third(ThirdParty::State) => {
                Some((tokens.start..behind.end, party, Resolution::Attribute))
            }
            _ => Some((tokens.clone(), party, Resolution::Attribute)),
        },
        _ => None,
    }
}

/// The referent that the context gives a description.
fn by_context(
    head: Head,
    recent: impl Fn(usize) -> Option<(usize, usize)>,
    usual: &Usual,
    mentions: &[Mention],
) -> Option<(Party, Resolution)> {
    let carried = |slot| recent(slot).map(|(at, _)| (mentions[at].party, Resolution::Carried(at)));
    let usually = |camp: Option<usize>| camp.map(|camp| (Party::Camp(camp), Resolution::Usual));
    match head {
        Head::Army => usually(usual.army),
        Head::Parliament => usually(usual.parliament),
        Head::Forces => carried(1).or_else(|| carried(0)),
        Head::Person => carried(0),
        Head::Government => carried(2).or_else(|| carried(0)).or_else(|| usually(usual.government)),
        Head::Militias => carried(1)
            .filter(|(party, _)| party.camp() != usual.army)
            .or_else(|| usually(usual.militias)),
        Head::Rival => {
            carried(0).and_then(|(party, how)| Some((Party::Camp(1 - party.camp()?), how)))
        }
    }
}
