//! Who is meant: resolves names and descriptions in a text to parties.
//!
//! A name means its party. A description ("the army", "the government", "those militias") is resolved,
//! in this order, by
//! 1. what stands beside it: a seat or a name of a party ("the government in Tripoli", "militias
//!    loyal to …", [`attribute`]);
//! 2. whose words it stands in: "our forces" are the speaker's, "the enemy" is whom he fights
//!    ([`side`]);
//! 3. the last mention of a fitting party within [`CARRIED`] sentences;
//! 4. what it usually means: "the army" and "the parliament" are the eastern camp's names for its own.
//!
//! The order of rules and the lists (`parties.toml`, the camps file) were made on the half `train` of
//! `labeled/readings/`; `mizan evaluate --readings` measures them on the other half.

mod attribute;
mod side;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::parties::{Head, Party, ThirdParty};
use super::patterns::{FoundPattern, Pattern, Usual, UsualCamps};
use super::speech::{SpeechWord, Voices};
use side::Sides;

/// How many sentences a referent is carried over.
const CARRIED: usize = 3;

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
    /// As the side of whoever speaks, or as whom he fights.
    Side,
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

/// Resolves what was found in a text, in order, to mentions in order.
pub(crate) fn resolve(
    found: &[FoundPattern],
    voices: &Voices,
    speech: impl Fn(usize) -> SpeechWord,
    usual: &UsualCamps,
    mentions: &mut Vec<Mention>,
) {
    mentions.clear();
    let mut resolver = Resolver {
        found,
        voices,
        speech,
        usual,
        mentions,
        sides: Sides::default(),
        sentence: 0,
        last: [None; 3],
    };
    resolver.sides = resolver.sides_of_text();
    for number in 0..found.len() {
        resolver.step(number);
    }
}

/// Kinds of parties that later descriptions can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// A camp, or who helps it.
    Side,
    /// An armed party.
    Armed,
    /// A body of state.
    State,
}

struct Resolver<'a, S> {
    found: &'a [FoundPattern],
    voices: &'a Voices,
    speech: S,
    usual: &'a UsualCamps,
    mentions: &'a mut Vec<Mention>,
    sides: Sides,
    /// The sentence of the pattern at hand.
    sentence: usize,
    /// By slot: the last mention, with its sentence.
    last: [Option<(usize, usize)>; 3],
}

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    fn step(&mut self, number: usize) {
        let (tokens, pattern) = &self.found[number];
        let sentences = &self.voices.sentences;
        while sentences.get(self.sentence).is_some_and(|range| range.end <= tokens.start) {
            self.sentence += 1;
        }
        // It may be part of the mention before: the name in "the forces of …".
        if self.mentions.last().is_some_and(|before| before.tokens.end > tokens.start) {
            return;
        }
        self.hear(tokens.start);
        let resolved = match *pattern {
            Pattern::Name(party) => Some((tokens.clone(), party, Resolution::Named)),
            Pattern::Judging(camp) => {
                Some((tokens.clone(), Party::Camp(camp), Resolution::Judging))
            }
            Pattern::Head(head, usual) => self.by_attribute(number).or_else(|| {
                let is_this = number.checked_sub(1).is_some_and(|before| {
                    let (before, pattern) = &self.found[before];
                    *pattern == Pattern::This && before.end == tokens.start
                });
                let context = self.by_context(head, usual, is_this, tokens.start);
                context.map(|(party, how)| (tokens.clone(), party, how))
            }),
            Pattern::Seat(_) | Pattern::Tie | Pattern::This | Pattern::Dated(_) => None,
        };
        let Some((tokens, party, resolution)) = resolved else { return };
        let here = Some((self.mentions.len(), self.sentence));
        if party.camp().is_some() {
            self.last[Slot::Side as usize] = here;
        }
        if let Pattern::Head(head, _) = pattern
            && let Some(slot) = slot(*head)
        {
            self.last[slot as usize] = here;
        }
        self.mentions.push(Mention { tokens, party, resolution });
    }

    /// The referent that the context gives a description.
    fn by_context(
        &self,
        head: Head,
        usual: Usual,
        is_this: bool,
        at: usize,
    ) -> Option<(Party, Resolution)> {
        let carried = |slot: Slot| self.carried(slot);
        let usually = || match usual {
            Usual::Kind => self.usual.of(head).map(Party::Camp),
            Usual::Party(party) => Some(party),
            Usual::Nobody => None,
        }
        .map(|party| (party, Resolution::Usual));
        let side = self.side(at);
        let ours = || side.map(|camp| (Party::Camp(camp), Resolution::Side));
        let theirs = || side.map(|camp| (Party::Camp(1 - camp), Resolution::Side));
        let is_carried = is_this || usual != Usual::Nobody;
        let other = || {
            carried(Slot::Side)
                .and_then(|(party, how)| Some((Party::Camp(1 - party.camp()?), how)))
        };
        match head {
            Head::Body => None,
            _ if is_this => slot(head)
                .and_then(carried)
                .or_else(|| carried(Slot::Side))
                .or_else(usually),
            Head::Army => ours().or_else(usually),
            Head::Parliament => usually(),
            Head::Forces if is_carried => carried(Slot::Armed).or_else(|| carried(Slot::Side)).or_else(usually),
            Head::Person => usually().or_else(|| carried(Slot::Side)),
            Head::Owned => carried(Slot::Side),
            Head::Government => {
                carried(Slot::State).or_else(|| carried(Slot::Side)).or_else(usually)
            }
            Head::Militias => theirs()
                .or_else(|| carried(Slot::Armed).filter(|(party, _)| party.camp() != self.usual.of(Head::Army)))
                .or_else(usually),
            Head::Forces => None,
            Head::Ours => ours().or_else(usually).or_else(|| carried(Slot::Side)),
            Head::Enemy => theirs().or_else(usually).or_else(other),
            Head::Rival => other(),
        }
    }

    /// The party of the last mention of a kind, if it was not long ago.
    fn carried(&self, slot: Slot) -> Option<(Party, Resolution)> {
        let (at, sentence) = self.last[slot as usize]?;
        (self.sentence - sentence <= CARRIED)
            .then(|| (self.mentions[at].party, Resolution::Carried(at)))
    }
}

/// The kind of parties that a noun is of.
fn slot(head: Head) -> Option<Slot> {
    match head {
        Head::Army | Head::Forces | Head::Militias | Head::Ours | Head::Enemy => Some(Slot::Armed),
        Head::Government | Head::Parliament => Some(Slot::State),
        Head::Person | Head::Rival | Head::Owned | Head::Body => None,
    }
}
