//! The party that stands beside a description.

use std::ops::Range;

use super::{Party, Pattern, Resolution, Resolver, SpeechWord, ThirdParty};
use crate::text::parties::Head;

/// Most words between a description and the seat or name behind it that says whose it is.
const NEAR: usize = 2;

/// Most words between them where a word such as الموالية ties both.
const TIED: usize = 4;

/// Most descriptions in one another: the spokesman of the ministry of the government in Tripoli.
const NESTED: usize = 3;

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    /// The referent that a name or seat behind the description with this number gives it.
    pub(super) fn by_attribute(&self, number: usize) -> Option<(Range<usize>, Party, Resolution)> {
        let (end, party) = self.attribute(number, NESTED)?;
        let start = self.found[number].0.start;
        Some((start..end, party, Resolution::Attribute))
    }

    /// Where the phrase of a description ends, and the party that it names.
    fn attribute(&self, number: usize, nested: usize) -> Option<(usize, Party)> {
        let (tokens, Pattern::Head(head, _)) = &self.found[number] else { return None };
        let sentence = self.voices.sentences.get(self.sentence)?;
        let mut end = tokens.end;
        let mut is_tied = false;
        for (behind, (next, pattern)) in (number + 1..).zip(&self.found[number + 1..]) {
            let most = if is_tied { TIED } else { NEAR };
            if next.start >= sentence.end || next.start - end > most || self.breaks(end..next.start, is_tied) {
                return None;
            }
            let is_direct = next.start == tokens.end;
            // A word after "and" begins something else.
            if self.is(next.start, SpeechWord::AND) {
                return None;
            }
            let named = |party| Some((next.end, party));
            let of = |party| Some((tokens.end, party));
            match *pattern {
                Pattern::Tie => (is_tied, end) = (true, next.end),
                Pattern::Seat(camp) => {
                    return if is_direct && !self.is_beside(tokens, next.start) { None } else { named(Party::Camp(camp)) };
                }
                // An object of a verb, not part of the phrase: the army … Haftar.
                Pattern::Name(_) | Pattern::Judging(_) if is_direct && *head != Head::Person && !self.is_beside(tokens, next.start) => return None,
                Pattern::Name(Party::Third(ThirdParty::State)) if is_direct => return named(Party::Third(ThirdParty::State)),
                // Who backs it is not it.
                Pattern::Name(Party::Third(_)) if is_tied => return None,
                Pattern::Name(party) => return of(party),
                Pattern::Judging(camp) => return of(Party::Camp(camp)),
                Pattern::Head(..) if nested > 0 && (is_direct || is_tied) => {
                    return self.attribute(behind, nested - 1).map(|(_, party)| (tokens.end, party));
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether the word at a place can be part of the phrase of the noun before it: the noun has no
    /// article, so that it goes on, or the word is its adjective.
    fn is_beside(&self, noun: &Range<usize>, at: usize) -> bool {
        noun.len() > 1 || !self.is(noun.start, SpeechWord::DEFINITE) || self.is(at, SpeechWord::NISBA)
    }

    /// Whether the words between a noun and a name part them.
    fn breaks(&self, between: Range<usize>, is_tied: bool) -> bool {
        let ends = SpeechWord::VERB
            .or(SpeechWord::DEED)
            .or(SpeechWord::AND)
            .or(SpeechWord::THAT)
            .or(SpeechWord::NEW_CLAUSE);
        between.clone().any(|at| {
            let word = (self.speech)(at);
            word.is(ends)
                || (!is_tied && word.is(SpeechWord::PREPOSITION) && !word.is(SpeechWord::IN))
        })
    }

    pub(super) fn is(&self, at: usize, roles: SpeechWord) -> bool {
        (self.speech)(at).is(roles)
    }
}

