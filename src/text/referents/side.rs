//! Whose words a description stands in.
//!
//! What somebody else says stands for the side of the speaker whom the frame before it names. The
//! own voice of a text stands for a side if it calls the other one by hostile names.

use super::{Pattern, Resolver, SpeechWord, Usual};
use crate::text::parties::{Head, Party};
use crate::text::speech::Zone;

/// Longest frame that goes on with the speaker of the one before: وأضاف المتحدث.
const GOES_ON: usize = 2;

/// The sides of a text and of the speaker at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides {
    /// The camp for which the own voice stands.
    text: Option<usize>,
    /// The camp for which all that is said stands, or the only one that is named.
    anywhere: Option<usize>,
    /// Whether the text names a camp, an army or a government.
    is_of_camps: bool,
    /// By camp: whether the text names it.
    named: [bool; 2],
    /// The camp of the last speaker.
    speaker: Option<usize>,
    /// The token up to which frames were seen.
    seen: usize,
    /// Where the frame at hand begins.
    frame: usize,
}

impl Sides {
    /// The camp for which all that is said stands, or the only one that is named.
    pub(super) fn anywhere(&self) -> Option<usize> {
        self.anywhere
    }

    /// Whether the text names a camp.
    pub(super) fn names(&self, camp: usize) -> bool {
        self.named[camp]
    }

    /// Whether the text names a camp, an army or a government.
    pub(super) fn is_of_camps(&self) -> bool {
        self.is_of_camps
    }
}

/// The camp with the higher count.
fn higher(counts: [usize; 2]) -> Option<usize> {
    match counts {
        [first, second] if first > second => Some(0),
        [first, second] if first < second => Some(1),
        _ => None,
    }
}

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    /// The sides of a text, by what it names.
    pub(super) fn sides_of_text(&self) -> Sides {
        let (mut own, mut all, mut named) = ([0_usize; 2], [0_usize; 2], [0_usize; 2]);
        let mut is_of_camps = false;
        let mut sentences = self.voices.sentences.iter().peekable();
        for (number, (tokens, pattern)) in self.found.iter().enumerate() {
            while sentences.next_if(|sentence| sentence.end <= tokens.start).is_some() {}
            let behind = self.found.get(number + 1).filter(|(next, _)| next.start == tokens.end);
            let mut fought = || self.fought(number, sentences.peek().copied()?);
            let blamed = match (pattern, behind) {
                (
                    Pattern::Judging(camp)
                    | Pattern::Head(Head::Enemy, Usual::Party(Party::Camp(camp)), _),
                    _,
                ) => Some(*camp),
                (
                    Pattern::Head(head @ (Head::Militias | Head::Enemy), ..),
                    Some((
                        next,
                        name @ (Pattern::Name(Party::Camp(camp), _) | Pattern::Seat(camp)),
                    )),
                ) if self.is_beside(tokens, next.start, *head, *name) => Some(*camp),
                (Pattern::Head(Head::Militias | Head::Enemy, ..), _) => {
                    fought().map(|camp| 1 - camp)
                }
                _ => None,
            };
            match pattern {
                Pattern::Name(Party::Camp(camp), _) => named[*camp] += 1,
                Pattern::Seat(camp) if Some(*camp) == self.usual.camp_of(Head::Militias) => {
                    is_of_camps = true;
                }
                Pattern::Head(Head::Army | Head::Government | Head::Parliament, ..) => {
                    is_of_camps = true;
                }
                _ => {}
            }
            if let Some(camp) = blamed {
                all[camp] += 1;
                own[camp] += usize::from(self.voices.own[tokens.start]);
            }
        }
        let other = |camp: Option<usize>| camp.map(|camp| 1 - camp);
        let only = match named {
            [0, 0] => None,
            [_, 0] => Some(0),
            [0, _] => Some(1),
            _ => None,
        };
        Sides {
            text: other(higher(own)),
            anywhere: other(higher(all)).or(only),
            named: named.map(|n| n > 0),
            is_of_camps: is_of_camps || all != [0, 0] || named != [0, 0],
            ..Sides::default()
        }
    }

    /// Takes notice of the frames before a token, and of who speaks in them.
    pub(super) fn hear(&mut self, at: usize) {
        let zones = &self.voices.zones;
        while self.sides.seen < at {
            let token = self.sides.seen;
            let is_first = token == 0 || zones[token - 1] != Zone::Frame;
            if zones[token] == Zone::Frame && is_first {
                self.sides.frame = token;
            }
            // The frame ends here: who stands in it speaks.
            if zones[token] == Zone::Frame && zones.get(token + 1) != Some(&Zone::Frame) {
                let frame = self.sides.frame..token + 1;
                let speaker = self
                    .mentions
                    .iter()
                    .rev()
                    .take_while(|mention| mention.tokens.end > frame.start)
                    .last();
                match speaker {
                    Some(mention) => self.sides.speaker = mention.party.camp(),
                    None if frame.len() > GOES_ON => self.sides.speaker = None,
                    None => {}
                }
            }
            self.sides.seen += 1;
        }
    }

    /// The camp in whose words a token stands.
    pub(super) fn side(&self, at: usize) -> Option<usize> {
        match self.voices.zones[at] {
            Zone::Reported => self.sides.speaker,
            Zone::Own | Zone::Frame | Zone::Aim => self.sides.text,
        }
    }
}
