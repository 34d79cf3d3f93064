//! Judgments and deeds that a text denies: "he is no war criminal" calls nobody so.

use std::ops::Range;

use super::{Context, SpeechWord};

/// Most words from ليس to what it denies.
const MAX_DENIED: usize = 5;

/// Most words behind a judgment in which فحسب takes the denial back.
const MAX_BEHIND: usize = 2;

impl<S: Fn(usize) -> SpeechWord> Context<'_, S> {
    /// Whether an expression is denied. A pattern of the lexicon that holds its denial (ليس له
    /// شرعية) is not.
    pub(crate) fn is_denied(&self, tokens: &Range<usize>) -> bool {
        let start = self.sentence.start.max(tokens.start.saturating_sub(MAX_DENIED));
        // لا لحكم العسكر rejects what it names.
        let denies_next = start < tokens.start
            && self.is(tokens.start - 1, SpeechWord::DENIES_NEXT)
            && !self.is(tokens.start, SpeechWord::L);
        if denies_next {
            return true;
        }
        let ends = SpeechWord::AND
            .or(SpeechWord::THAT)
            .or(SpeechWord::RELATIVE)
            .or(SpeechWord::NEW_CLAUSE)
            .or(SpeechWord::VERB)
            .or(SpeechWord::DEED);
        let mut before = (start..tokens.start).rev();
        let denial = before.find(|&at| self.is(at, SpeechWord::DENIES_CLAUSE.or(ends)));
        denial.filter(|&at| self.is(at, SpeechWord::DENIES_CLAUSE)).is_some_and(|at| {
            !(at..tokens.end + MAX_BEHIND).any(|at| self.is(at, SpeechWord::NO_DENIAL))
        })
    }
}
