//! The party that stands beside a description.

use std::ops::Range;

use super::{Party, Pattern, Resolution, Resolver, SpeechWord, ThirdParty};
use crate::text::parties::Head;
use crate::text::speech::is_behind_verb;

/// Most words between a description and the seat or name behind it that says whose it is.
const NEAR: usize = 2;

/// Most words between them where a word such as الموالية ties both.
const TIED: usize = 4;

/// Most words of a name that stands between a description and such a word: the brigade of the
/// martyrs, loyal to …
const NAMED: usize = 3;

/// Most descriptions in one another: the spokesman of the ministry of the government in Tripoli.
const NESTED: usize = 3;

/// What begins something else.
const BREAKS: SpeechWord = SpeechWord::VERB
    .or(SpeechWord::DEED)
    .or(SpeechWord::AND)
    .or(SpeechWord::THAT)
    .or(SpeechWord::NEW_CLAUSE);

impl<S: Fn(usize) -> SpeechWord> Resolver<'_, S> {
    /// The referent that a name or seat beside the description with this number gives it.
    pub(super) fn by_attribute(&self, number: usize) -> Option<(Range<usize>, Party, Resolution)> {
        if let Some(said) = self.by_predicate(number) {
            return Some(said);
        }
        let (end, party) = self.attribute(number, NESTED)?;
        let start = self.found[number].0.start;
        let Pattern::Head(head, ..) = self.found[number].1 else { return None };
        let party = match (head, party.camp()) {
            (Head::Backers, Some(camp)) => Party::Ally(camp),
            (Head::Rival, Some(camp)) => Party::Camp(1 - camp),
            _ => party,
        };
        Some((start..end, party, Resolution::Attribute))
    }

    /// The referent of a hostile noun without an article right behind a camp's name, of which it is
    /// said: "the forces of … are a gang". Behind a verb it is whom they meet: "the forces of …
    /// arrested a gang".
    fn by_predicate(&self, number: usize) -> Option<(Range<usize>, Party, Resolution)> {
        let (noun, Pattern::Head(Head::Militias | Head::Enemy, ..)) = &self.found[number] else {
            return None;
        };
        let before = self.mentions.last().filter(|before| {
            before.is_name() && before.tokens.end == noun.start && self.is_same_sentence(before)
        })?;
        let joins =
            SpeechWord::DEFINITE.or(SpeechWord::PREPOSITION).or(SpeechWord::L).or(SpeechWord::AND);
        if self.is(noun.start, joins) {
            return None;
        }
        let sentence = self.voices.sentences.get(self.sentence)?;
        let is_met = is_behind_verb(&self.speech, sentence.start..before.tokens.start);
        let party = if is_met { Party::Third(ThirdParty::Gang) } else { before.party };
        Some((noun.clone(), party, Resolution::Attribute))
    }

    fn is_same_sentence(&self, mention: &super::Mention) -> bool {
        let sentence = self.voices.sentences.get(self.sentence);
        sentence.is_some_and(|sentence| mention.tokens.start >= sentence.start)
    }

    /// Where the phrase of a description ends, and the party that it names.
    fn attribute(&self, number: usize, nested: usize) -> Option<(usize, Party)> {
        let (noun, Pattern::Head(head, ..)) = &self.found[number] else { return None };
        let sentence = self.voices.sentences.get(self.sentence)?;
        let mut tie = Tie { end: noun.end, is_tied: false, is_this: false };
        for (behind, (next, pattern)) in (number + 1..).zip(&self.found[number + 1..]) {
            let is_tie = matches!(pattern, Pattern::Tie) && !tie.is_tied;
            let joins =
                self.joins(noun, &tie, next.start) || is_tie && self.names(noun, next.start);
            if next.start >= sentence.end || !joins {
                return None;
            }
            match *pattern {
                Pattern::Tie => tie = Tie { end: next.end, is_tied: true, ..tie },
                Pattern::This if next.start == noun.end => {
                    tie = Tie { end: next.end, is_this: true, ..tie };
                }
                _ => {
                    let is_direct = next.start == noun.end;
                    // "To" a party is no part of the noun, unless a tie asks for it.
                    let is_to = !tie.is_tied && self.is(next.start, SpeechWord::L);
                    // "The commander of the Libyan army, Khalifa Haftar": the bearer's name says
                    // whose army it is.
                    let is_bearer = is_direct
                        && matches!(*pattern, Pattern::Name(Party::Camp(_) | Party::Ally(_), _))
                        && self.is_office(number);
                    let is_beside = !is_direct
                        || is_bearer
                        || self.is_beside(noun, next.start, *head, *pattern);
                    let party = (!is_to && is_beside)
                        .then(|| self.party_beside(*head, behind, is_direct, tie, nested));
                    return party?.map(|party| match pattern {
                        Pattern::Seat(_) | Pattern::Name(Party::Third(ThirdParty::State), _) => {
                            (next.end, party)
                        }
                        _ => (noun.end, party),
                    });
                }
            }
        }
        None
    }

    /// The party that a pattern behind a noun makes it one of.
    fn party_beside(
        &self,
        head: Head,
        behind: usize,
        is_direct: bool,
        tie: Tie,
        nested: usize,
    ) -> Option<Party> {
        let (next, pattern) = &self.found[behind];
        let is_near = is_direct || tie.is_tied;
        match *pattern {
            Pattern::Seat(camp) => {
                // Militias of a town that the army holds are those that it fights.
                let is_held =
                    head == Head::Militias && self.usual.camp_of(Head::Army) == Some(camp);
                // "The army in the capital" says where it fights, not whose it is.
                let needs_tie = matches!(head, Head::Enemy | Head::Rival | Head::Army);
                let is_of_place = is_near || !needs_tie;
                (is_of_place && !is_held).then_some(Party::Camp(camp))
            }
            // Civilians are whom it meets; who backs it is not it.
            Pattern::Name(Party::Third(ThirdParty::Civilian), _) => None,
            Pattern::Name(party @ Party::Third(_), _) => is_direct.then_some(party),
            Pattern::Name(party, _) => Some(party),
            Pattern::Judging(camp) => Some(Party::Camp(camp)),
            Pattern::Head(inner, usual, _) if nested > 0 && holds(head, inner) => {
                if !is_near && !tie.is_this {
                    return None;
                }
                let party = self.attribute(behind, nested - 1).map(|(_, party)| party);
                let by_context = || {
                    let is_this = tie.is_this && !tie.is_tied;
                    self.by_context(inner, usual, is_this, next.start).map(|(party, _)| party)
                };
                party.or_else(by_context)
            }
            _ => None,
        }
    }

    /// Whether a description is what a person right before it holds an office of.
    fn is_office(&self, number: usize) -> bool {
        let before = number.checked_sub(1).and_then(|before| self.found.get(before));
        before.is_some_and(|(before, pattern)| {
            matches!(pattern, Pattern::Head(Head::Person, ..))
                && before.end == self.found[number].0.start
        })
    }

    /// Whether what stands right behind a noun can be part of its phrase: the noun has no article,
    /// so that it goes on, or the word is its adjective, or it names the person.
    pub(super) fn is_beside(
        &self,
        noun: &Range<usize>,
        at: usize,
        head: Head,
        next: Pattern,
    ) -> bool {
        let is_person = head == Head::Person && matches!(next, Pattern::Name(_, None));
        let is_adjective = !matches!(next, Pattern::Head(..)) && self.is(at, SpeechWord::NISBA);
        is_person || is_adjective || !self.is(noun.start, SpeechWord::DEFINITE)
    }

    /// Whether the words between a noun, or its tie, and a pattern belong to the noun: its
    /// adjectives, "in", and "of" behind a noun without an article.
    fn joins(&self, noun: &Range<usize>, tie: &Tie, to: usize) -> bool {
        // A word after "and" begins something else.
        if to - tie.end > if tie.is_tied { TIED } else { NEAR } || self.is(to, SpeechWord::AND) {
            return false;
        }
        (tie.end..to).all(|at| {
            let word = (self.speech)(at);
            let is_of = word.is(SpeechWord::FROM) && !self.is(noun.start, SpeechWord::DEFINITE);
            let is_adjective = word.is(SpeechWord::DEFINITE.or(SpeechWord::NISBA))
                && !word.is(SpeechWord::PREPOSITION);
            !word.is(BREAKS) && (tie.is_tied || is_of || is_adjective || word.is(SpeechWord::IN))
        })
    }

    /// Whether the words between a noun and a tie can be its name.
    fn names(&self, noun: &Range<usize>, to: usize) -> bool {
        let breaks = BREAKS.or(SpeechWord::PREPOSITION);
        to - noun.end <= NAMED && !(noun.end..=to).any(|at| self.is(at, breaks))
    }

    fn is(&self, at: usize, roles: SpeechWord) -> bool {
        (self.speech)(at).is(roles)
    }
}

/// What stands between a noun and a party.
#[derive(Clone, Copy, Debug)]
struct Tie {
    /// Where it ends.
    end: usize,
    /// Whether a word such as الموالية ties both.
    is_tied: bool,
    /// Whether a demonstrative stands there.
    is_this: bool,
}

/// Whether a noun can be of a party that another noun describes: the spokesman of the army, but not
/// the army of his opponents.
fn holds(outer: Head, inner: Head) -> bool {
    match inner {
        Head::Person | Head::Body | Head::Backers | Head::Owned => false,
        Head::Rival => outer == Head::Backers,
        _ => outer != Head::Rival,
    }
}
