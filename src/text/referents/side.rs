//! Whose words a description stands in.
//!
//! What somebody else says stands for the side of the speaker whom the frame before it names. The own
//! voice of a text stands for a side if it calls the other one by hostile names.

use super::{Pattern, Resolver, SpeechWord};
use crate::text::parties::{Head, Party};
use crate::text::speech::Zone;

/// Longest frame that goes on with the speaker of the one before: وأضاف المتحدث.
const GOES_ON: usize = 2;

/// The sides of a text and of the speaker at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides {
    /// The camp for which the own voice stands.
    text: Option<usize>,
    /// The camp of the last speaker.
    speaker: Option<usize>,
    /// The token up to which frames were seen.
    seen: usize,
    /// Where the frame at hand begins.
    frame: usize,
}

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    /// The side of the own voice of a text.
    pub(super) fn sides_of_text(&self) -> Sides {
        let mut blamed = [0_usize; 2];
        for (number, (tokens, pattern)) in self.found.iter().enumerate() {
            if !self.voices.own[tokens.start] {
                continue;
            }
            let camp = match pattern {
                Pattern::Judging(camp) => Some(*camp),
                Pattern::Head(Head::Militias | Head::Enemy, _) => match self.found.get(number + 1) {
                    Some((next, Pattern::Name(Party::Camp(camp)) | Pattern::Seat(camp))) if next.start == tokens.end => Some(*camp),
                    _ => None,
                },
                _ => None,
            };
            if let Some(camp) = camp {
                blamed[camp] += 1;
            }
        }
        let text = match blamed {
            [0, 0] => None,
            [first, second] if first > second => Some(1),
            [first, second] if first < second => Some(0),
            _ => None,
        };
        Sides { text, ..Sides::default() }
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
                let speaker = self.mentions.iter().rev().take_while(|mention| mention.tokens.end > frame.start).last();
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
