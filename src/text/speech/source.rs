//! Speakers and sources that no verb of saying names: before a colon, behind بحسب, and behind ما
//! سماه.

use std::ops::Range;

use super::Zone;
use super::clause::{Clause, MAX_SOURCE};
use super::join::By;
use super::marks::Gap;
use super::words::SpeechWord;

/// Most words of a speaker before a colon, with where and to whom he speaks.
const MAX_BEFORE_COLON: usize = 10;

/// Most words of a source before فإن.
const MAX_BEFORE_THEN: usize = 24;

/// Most words of a name that somebody is called by.
const MAX_CALLED: usize = 7;

impl Clause<'_> {
    /// Where what is said begins after a speaker and a colon at the beginning of the sentence.
    pub(super) fn speaker_before_colon(&self) -> Option<usize> {
        let Range { start, end } = self.sentence;
        // A retweet's header is nobody who speaks here.
        let mut first =
            (start..end).find(|&at| !self.word(at).is(SpeechWord::LATIN)).unwrap_or(end);
        while first < end
            && self.word(first).is(SpeechWord::NO_SPEAKER)
            && self.gap(first + 1).is(Gap::COLON.or(Gap::COMMA))
        {
            first += 1;
        }
        let is_label = |roles| self.word(first).is(roles) && self.gap(first + 1).is(Gap::COLON);
        if is_label(SpeechWord::ANSWERS) {
            return Some(first + 1);
        }
        let colon = (first + 1..end.min(first + MAX_BEFORE_COLON + 1))
            .find(|&at| self.gap(at).is(Gap::COLON))?;
        let speaker = first..colon;
        let has = |roles| speaker.clone().any(|at| self.word(at).is(roles));
        let is_told = SpeechWord::VERB
            .or(SpeechWord::PARTICIPLE)
            .or(SpeechWord::NOUN)
            .or(SpeechWord::NEGATION)
            .or(SpeechWord::AFTERTHOUGHT);
        if has(is_told)
            || speaker.clone().any(|at| self.is_speech(at))
            || has(SpeechWord::NO_SPEAKER) && !has(SpeechWord::SPEAKER)
            || is_label(SpeechWord::ASKS)
        {
            return None;
        }
        // A name without an office speaks in titles only.
        (has(SpeechWord::SPEAKER) || self.is_title && speaker.len() <= 3).then_some(colon)
    }

    /// Whether what follows a source word is a source: وفق القانون names none.
    pub(super) fn names_source(&self, next: usize) -> bool {
        next < self.sentence.end && !self.word(next).is(SpeechWord::NO_SOURCE)
    }

    /// Tags a source and what it is the source of: the clause before it, or, at the beginning of a
    /// clause, what follows. Returns the first word after both.
    pub(super) fn source(
        &self,
        at: usize,
        length: usize,
        clause: &mut usize,
        zones: &mut [Zone],
    ) -> usize {
        let end = self.sentence.end;
        let mut after = (at + length + 1).min(end);
        while after < end
            && after - at < MAX_SOURCE
            && !self.gap(after).is(Gap::COMMA.or(Gap::COLON))
            && !self.word(after).is(SpeechWord::THAT)
            && self.quotation(after).is_none()
        {
            let word = self.word(after);
            if word.is(SpeechWord::AND) && word.is(SpeechWord::VERB.or(SpeechWord::DEED))
                || word.is(SpeechWord::NEW_CLAUSE)
            {
                break;
            }
            after += 1;
        }
        if at <= *clause + 1
            && let Some(then) = (after..end.min(at + MAX_BEFORE_THEN))
                .find(|&then| self.word(then).is(SpeechWord::THEN))
        {
            after = then;
        }
        zones[at..after].fill(Zone::Frame);
        let leads = after < end
            && (self.word(after).is(SpeechWord::THAT) || self.gap(after).is(Gap::COLON));
        if at <= *clause + 1 || leads {
            let from = if self.word(after).is(SpeechWord::THAT) { after + 1 } else { after };
            zones[after..from].fill(Zone::Frame);
            let after = self.speech(from, By::That, zones);
            *clause = after;
            return after;
        }
        for zone in &mut zones[*clause..at] {
            if *zone == Zone::Own {
                *zone = Zone::Reported;
            }
        }
        *clause = after;
        // A source between two commas stands within what is said.
        let word = self.word(after);
        let goes_on = after < end
            && self.gap(at).is(Gap::COMMA)
            && self.gap(after).is(Gap::COMMA)
            && !word.is(SpeechWord::AND)
            && !self.role(after).1.is(SpeechWord::NEW_CLAUSE
                .or(SpeechWord::PARTICIPLE)
                .or(SpeechWord::SOURCE)
                .or(SpeechWord::RELATIVE)
                .or(SpeechWord::AFTERTHOUGHT)
                .or(SpeechWord::VERB));
        if goes_on {
            let after = self.speech(after, By::Object, zones);
            *clause = after;
            return after;
        }
        after
    }

    /// Tags what somebody is called: the name after ما سماه.
    pub(super) fn called(&self, at: usize, length: usize, zones: &mut [Zone]) -> usize {
        let end = self.sentence.end;
        let name = (at + length).min(end);
        zones[at..name].fill(Zone::Frame);
        let mut after = name;
        while after < end
            && after - name <= MAX_CALLED
            && !(after > name && self.gap(after).is(Gap::COMMA.or(Gap::END)))
            && !self.word(after).is(SpeechWord::VERB.or(SpeechWord::NEW_CLAUSE))
        {
            after += 1;
        }
        zones[name..after].fill(Zone::Reported);
        after
    }
}
