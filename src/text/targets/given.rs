//! Who stands in an expression, or behind it, without being whom it is about: the giver of what is
//! denied, and the civilians to whom a deed is done.

use std::ops::Range;

use super::{Context, EPITHET, Target, TargetRole};
use crate::text::lexicon::{Entry, Relation};
use crate::text::parties::{Party, ThirdParty};
use crate::text::speech::{SpeechWord, is_behind_verb};

/// Most words between a party and what it is denied: التي.
const RELATIVE: usize = 1;

impl<S: Fn(usize) -> SpeechWord> Context<'_, S> {
    /// Whether a deed names the civilians that it is done to.
    pub(super) fn holds_victims(&self, tokens: &Range<usize>, entry: Entry) -> bool {
        entry.relation != Relation::Epithet && self.victims(tokens)
    }

    /// Whether the mention in an expression is of civilians, all of it.
    pub(super) fn victims(&self, tokens: &Range<usize>) -> bool {
        self.around(tokens).is_some_and(|number| {
            let mention = &self.mentions[number];
            mention.party == Party::Third(ThirdParty::Civilian)
                && mention.tokens.start > tokens.start
                && mention.tokens.end <= tokens.end
        })
    }

    /// Whether an expression right behind a camp is no adjective of it, but whom it does something
    /// to: a noun without article behind verb and subject (ضبطت قوات … عصابة).
    pub(super) fn is_object(&self, tokens: &Range<usize>) -> bool {
        let Some(number) = self.previous(tokens.start, 0) else { return false };
        let mention = &self.mentions[number];
        if mention.camp().is_none() || self.is(tokens.start, SpeechWord::DEFINITE) {
            return false;
        }
        is_behind_verb(&self.speech, self.sentence.start..mention.tokens.start)
    }

    /// To whom something is not given.
    pub(super) fn denied(&self, tokens: &Range<usize>) -> Option<Target> {
        let epithet = |mention, is_tied| Target { mention, role: TargetRole::Epithet, is_tied };
        if let Some(number) = self.previous(tokens.start, RELATIVE) {
            return Some(epithet(number, true));
        }
        let giver = self.around(tokens).or_else(|| self.next(tokens.end, EPITHET));
        let giver = giver.map(|number| self.mentions[number].party);
        self.subject(tokens.start)
            .filter(|&number| Some(self.mentions[number].party) != giver)
            .map(|number| epithet(number, false))
    }
}
