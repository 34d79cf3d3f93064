//! Who is meant: resolves names and descriptions in a text to parties.
//!
//! A name means its party. A description ("the army", "the government", "those militias") is
//! resolved, in this order, by
//! 1. what stands beside it: a seat or a name of a party ("the government in Tripoli", "militias
//!    loyal to …", [`attribute`]);
//! 2. whom it fights: militias that attack a camp are not its own ([`fighting`]);
//! 3. whose words it stands in: "our forces" are the speaker's, "the enemy" is whom he fights
//!    ([`side`]);
//! 4. the last mention of a fitting party within [`CARRIED`] sentences;
//! 5. what it usually means: "the army" and "the parliament" are the eastern camp's names for its
//!    own.
//!
//! The order of rules and the lists (`parties.toml`, the camps file) were made on the half `train`
//! of `labeled/readings/`; `mizan evaluate --readings` measures them on the other half.

mod attribute;
mod fighting;
mod side;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::parties::{Head, Party, ThirdParty};
use super::patterns::{FoundPattern, Pattern, Usual, UsualCamps, is_place_name};
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
    /// As the opponent of the camp that it fights in its clause.
    Fight,
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

    /// Whether its referent is only presumed: nothing beside it says who is meant.
    pub fn is_presumed(&self) -> bool {
        !matches!(self.resolution, Resolution::Named | Resolution::Judging | Resolution::Attribute)
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
        last: [None; 5],
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
    /// An army, by its name or by whose it is.
    Army,
    /// Militias, gangs.
    Hostile,
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
    last: [Option<(usize, usize)>; 5],
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
            Pattern::Name(party, _) => Some((tokens.clone(), party, Resolution::Named)),
            Pattern::Judging(camp) => {
                Some((tokens.clone(), Party::Camp(camp), Resolution::Judging))
            }
            Pattern::Head(Head::Ours, ..) if is_place_name(self.found, tokens.start) => None,
            Pattern::Head(head, usual, needs_article) => self.by_attribute(number).or_else(|| {
                let is_bare =
                    tokens.len() == 1 && !(self.speech)(tokens.start).is(SpeechWord::DEFINITE);
                if needs_article && is_bare {
                    return None;
                }
                let is_this = number.checked_sub(1).is_some_and(|before| {
                    let (before, pattern) = &self.found[before];
                    *pattern == Pattern::This && before.end == tokens.start
                });
                let fight = || Some((self.by_fight(head, number)?, Resolution::Fight));
                let context =
                    fight().or_else(|| self.by_context(head, usual, is_this, tokens.start));
                context.map(|(party, how)| (tokens.clone(), party, how))
            }),
            _ => None,
        };
        let Some((tokens, party, resolution)) = resolved else { return };
        self.remember(*pattern, party, resolution);
        self.mentions.push(Mention { tokens, party, resolution });
    }

    /// Keeps a mention for the descriptions behind it.
    fn remember(&mut self, pattern: Pattern, party: Party, resolution: Resolution) {
        let here = Some((self.mentions.len(), self.sentence));
        if party.camp().is_some() {
            self.last[Slot::Side as usize] = here;
        }
        let head = match pattern {
            Pattern::Head(head, ..) => Some(head),
            Pattern::Judging(_) => Some(Head::Militias),
            Pattern::Name(Party::Third(ThirdParty::Gang | ThirdParty::Jihadist), _) => {
                Some(Head::Militias)
            }
            Pattern::Name(_, head) => head,
            _ => None,
        };
        match head {
            Some(Head::Army) => {
                self.last[Slot::Armed as usize] = here;
                if matches!(resolution, Resolution::Named | Resolution::Attribute) {
                    self.last[Slot::Army as usize] = here;
                }
            }
            Some(Head::Forces | Head::Ours) => self.last[Slot::Armed as usize] = here,
            Some(Head::Militias | Head::Enemy) => self.last[Slot::Hostile as usize] = here,
            Some(Head::Government | Head::Parliament) => self.last[Slot::State as usize] = here,
            _ => {}
        }
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
        let as_usual = |party: Option<Party>| party.map(|party| (party, Resolution::Usual));
        let usually = || {
            as_usual(match usual {
                Usual::Kind => self.usual.camp_of(head).map(Party::Camp),
                Usual::Party(party) => Some(party),
                Usual::Nobody => None,
            })
        };
        let single = || as_usual(if let Usual::Party(party) = usual { Some(party) } else { None });
        let side = self.side(at);
        let by_side = |camp: usize| (Party::Camp(camp), Resolution::Side);
        let ours = || side.map(by_side);
        let theirs = || side.map(|camp| by_side(1 - camp));
        let last = || carried(Slot::Side);
        let other = || last().and_then(|(party, how)| Some((Party::Camp(1 - party.camp()?), how)));
        // Nothing before says who it is, but all that the text blames or names is of one side.
        let at_all = || self.sides.anywhere().map(by_side);
        let enemy_at_all = || self.sides.anywhere().map(|camp| by_side(1 - camp));
        match head {
            Head::Army | Head::Forces if is_this => {
                self.latest([Slot::Armed, Slot::Hostile]).or_else(last).or_else(usually)
            }
            Head::Army => ours().or_else(|| carried(Slot::Army)).or_else(usually),
            Head::Parliament if usual == Usual::Nobody => carried(Slot::State),
            Head::Parliament => usually(),
            Head::Forces => single()
                .or_else(|| carried(Slot::Armed))
                .or_else(ours)
                .or_else(last)
                .or_else(at_all),
            Head::Person => single().or_else(last).or_else(ours).or_else(at_all),
            Head::Owned => ours().or_else(last).or_else(at_all),
            Head::Government => carried(Slot::State).or_else(usually),
            Head::Militias if is_this => carried(Slot::Hostile).or_else(|| self.militias(usual)),
            Head::Militias if usual == Usual::Nobody => self.militias(usual),
            Head::Militias => theirs()
                .or_else(|| carried(Slot::Hostile).filter(|(party, _)| !is_jihadist(*party)))
                .or_else(|| self.militias(usual)),
            Head::Ours => ours().or_else(single).or_else(at_all).or_else(last),
            Head::Enemy => theirs().or_else(single).or_else(enemy_at_all).or_else(other),
            Head::Rival => other(),
            Head::Backers if usual == Usual::Kind => {
                last().and_then(|(party, how)| Some((Party::Ally(party.camp()?), how)))
            }
            Head::Body | Head::Backers => None,
        }
    }

    /// Militias of whom nothing is said: the usual ones where a text is about the war, else a gang.
    fn militias(&self, usual: Usual) -> Option<(Party, Resolution)> {
        let party = match usual {
            Usual::Party(party) => party,
            Usual::Kind if self.sides.is_of_camps() => {
                Party::Camp(self.usual.camp_of(Head::Militias)?)
            }
            Usual::Kind | Usual::Nobody => Party::Third(ThirdParty::Gang),
        };
        Some((party, Resolution::Usual))
    }

    /// The party of the last mention of some kinds, if it was not long ago.
    fn latest(&self, slots: [Slot; 2]) -> Option<(Party, Resolution)> {
        let at = |slot: &Slot| self.last[*slot as usize].map(|(at, _)| at);
        slots.into_iter().max_by_key(at).and_then(|slot| self.carried(slot))
    }

    /// The party of the last mention of a kind, if it was not long ago.
    fn carried(&self, slot: Slot) -> Option<(Party, Resolution)> {
        let (at, sentence) = self.last[slot as usize]?;
        (self.sentence - sentence <= CARRIED)
            .then(|| (self.mentions[at].party, Resolution::Carried(at)))
    }
}

fn is_jihadist(party: Party) -> bool {
    party == Party::Third(ThirdParty::Jihadist)
}
