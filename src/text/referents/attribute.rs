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

/// What begins something else.
const BREAKS: SpeechWord = SpeechWord::VERB
    .or(SpeechWord::DEED)
    .or(SpeechWord::AND)
    .or(SpeechWord::THAT)
    .or(SpeechWord::NEW_CLAUSE);

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    /// The referent that a name or seat behind the description with this number gives it.
    pub(super) fn by_attribute(&self, number: usize) -> Option<(Range<usize>, Party, Resolution)> {
        let (end, party) = self.attribute(number, NESTED)?;
        let start = self.found[number].0.start;
        let Pattern::Head(head, _) = self.found[number].1 else { return None };
        let party = match (head, party.camp()) {
            (Head::Backers, Some(camp)) => Party::Ally(camp),
            (Head::Rival, Some(camp)) => Party::Camp(1 - camp),
            _ => party,
        };
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
            let between = end..next.start;
            // A word after "and" begins something else.
            if next.start >= sentence.end
                || between.len() > most
                || self.is(next.start, SpeechWord::AND)
            {
                return None;
            }
            let is_direct = next.start == tokens.end;
            let joins =
                if is_tied { !self.breaks(between) } else { self.goes_on(tokens.end..next.start) };
            if !joins || (is_direct && !self.is_beside(tokens, next.start, *head)) {
                return None;
            }
            match *pattern {
                Pattern::Tie => (is_tied, end) = (true, next.end),
                Pattern::This if is_direct => end = next.end,
                // "To the capital" is where it goes.
                Pattern::Seat(camp) if is_tied || !self.is(next.start, SpeechWord::L) => {
                    let is_near =
                        is_direct || is_tied || !matches!(head, Head::Enemy | Head::Rival);
                    return is_near.then_some((next.end, Party::Camp(camp)));
                }
                // Civilians are whom it meets; who backs it is not it.
                Pattern::Name(Party::Third(ThirdParty::Civilian), _) => return None,
                Pattern::Name(Party::Third(ThirdParty::State), _) if is_direct => {
                    return Some((next.end, Party::Third(ThirdParty::State)));
                }
                Pattern::Name(Party::Third(_), _) if !is_direct => return None,
                Pattern::Name(party, _) => return Some((tokens.end, party)),
                Pattern::Judging(camp) => return Some((tokens.end, Party::Camp(camp))),
                Pattern::Head(inner, usual)
                    if nested > 0 && (is_direct || is_tied || end > tokens.end) =>
                {
                    let party = self.attribute(behind, nested - 1).map(|(_, party)| party);
                    let is_this = end > tokens.end && !is_tied;
                    let by_context = || {
                        self.by_context(inner, usual, is_this, next.start).map(|(party, _)| party)
                    };
                    return party.or_else(by_context).map(|party| (tokens.end, party));
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether the word at a place can be part of the phrase of the noun before it: the noun has no
    /// article, so that it goes on, or the word is its adjective, or it names a person.
    fn is_beside(&self, noun: &Range<usize>, at: usize, head: Head) -> bool {
        head == Head::Person
            || !self.is(noun.start, SpeechWord::DEFINITE)
            || self.is(at, SpeechWord::NISBA)
            || self.is(at, SpeechWord::L)
            || self.found_tie(at)
    }

    fn found_tie(&self, at: usize) -> bool {
        let number = self.found.partition_point(|(tokens, _)| tokens.start < at);
        matches!(self.found.get(number), Some((tokens, Pattern::Tie)) if tokens.start == at)
    }

    /// Whether the words between a noun and a name belong to the noun: its adjectives, "in".
    fn goes_on(&self, mut between: Range<usize>) -> bool {
        between.all(|at| {
            let word = (self.speech)(at);
            !word.is(BREAKS)
                && word.is(SpeechWord::IN.or(SpeechWord::DEFINITE).or(SpeechWord::NISBA))
        })
    }

    /// Whether the words between a tie and a name part them.
    fn breaks(&self, mut between: Range<usize>) -> bool {
        between.any(|at| self.is(at, BREAKS))
    }

    pub(super) fn is(&self, at: usize, roles: SpeechWord) -> bool {
        (self.speech)(at).is(roles)
    }
}
