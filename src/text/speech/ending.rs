//! Where what is said ends, and purposes that are declared.

use std::ops::Range;

use super::Zone;
use super::clause::Clause;
use super::join::By;
use super::marks::Gap;
use super::words::SpeechWord;

/// How far back a relative clause is looked for, in words.
const MAX_RELATIVE: usize = 30;

/// Roles of the words before which speech may end.
const ENDING: SpeechWord = SpeechWord::VERB
    .or(SpeechWord::PARTICIPLE)
    .or(SpeechWord::DEED)
    .or(SpeechWord::AND)
    .or(SpeechWord::NEGATION)
    .or(SpeechWord::AFTERTHOUGHT)
    .or(SpeechWord::THEN)
    .or(SpeechWord::SOURCE)
    .or(SpeechWord::NEW_CLAUSE);

impl Clause<'_> {
    /// Tags what is said from a word on; returns its end.
    pub(super) fn speech(&self, from: usize, by: By, zones: &mut [Zone]) -> usize {
        let end = self.end_of_speech(from, by);
        if from < end {
            zones[from..end].fill(Zone::Reported);
        }
        end.max(from)
    }

    fn end_of_speech(&self, from: usize, by: By) -> usize {
        let end = self.sentence.end;
        let mut at = from;
        // بـ«…»: the clitic belongs to the quotation.
        let quoted = if self.is_clitic(from) { from + 1 } else { from };
        if let Some(quotation) = self.quotation(quoted) {
            at = quotation.end;
            if at >= end || self.gap(at).is(Gap::COMMA) || by == By::Quote || by == By::Colon {
                return at.min(end);
            }
        }
        while at < end {
            if let Some(quotation) = self.quotation(at) {
                at = quotation.end.max(at + 1);
                continue;
            }
            if at > from && self.ends_speech(from, at, by) {
                return at;
            }
            at += 1;
        }
        end
    }

    /// Whether a word is a clitic that is written alone: بـ.
    fn is_clitic(&self, at: usize) -> bool {
        self.word(at).is(SpeechWord::B.or(SpeechWord::L))
            && self.quotation(at).is_none()
            && self.gap(at + 1).is(Gap::QUOTE)
    }

    /// Whether speech ends before a word.
    fn ends_speech(&self, from: usize, at: usize, by: By) -> bool {
        if self.is_plain(at, ENDING) {
            return false;
        }
        let (length, role) = self.role(at);
        let comma = self.gap(at).is(Gap::COMMA);
        if role.is(SpeechWord::NEW_CLAUSE)
            && (comma || role.is(SpeechWord::AND) || !role.is(SpeechWord::DEED))
        {
            return true;
        }
        // Behind a closing mark, no comma is needed.
        let is_behind_mark = self.gap(at).is(Gap::QUOTE) && self.quotation(at - 1).is_some();
        if (comma || is_behind_mark)
            && role.is(SpeechWord::AFTERTHOUGHT)
            && !self.word(at + length).is(SpeechWord::THAT)
        {
            return true;
        }
        if role.is(SpeechWord::PARTICIPLE) && self.word(at + 1).is(SpeechWord::THAT) {
            return true;
        }
        // وفي حين رحبت بريطانيا بالمبادرة، فإن إيطاليا …, or: اكتفت إيطاليا …
        let is_subordinate = || {
            self.role(self.sentence.start).1.is(SpeechWord::NEW_CLAUSE.or(SpeechWord::AFTERTHOUGHT))
        };
        let is_main =
            role.is(SpeechWord::THEN) || role.is(SpeechWord::DEED) && !role.is(SpeechWord::AND);
        if comma && is_main && is_subordinate() {
            return true;
        }
        let says = role.is(SpeechWord::VERB) || comma && role.is(SpeechWord::PARTICIPLE);
        let then = at > 0
            && self.word(at - 1).is(SpeechWord::AFTERTHOUGHT)
            && !self.word(at - 1).is(SpeechWord::NEGATION);
        if says
            && (comma || then || role.is(SpeechWord::AND))
            && (self.join(at).is_some() || comma && !self.is_denied(at))
        {
            return true;
        }
        if role.is(SpeechWord::SOURCE) && comma && self.names_source(at + 1) {
            return true;
        }
        if role.is(SpeechWord::NEGATION) && role.is(SpeechWord::AFTERTHOUGHT) && by != By::That {
            return true;
        }
        // وسُمعت …: behind a comma, what ends like a verb of a feminine subject is one.
        let is_verb = comma && role.is(SpeechWord::AND) && role.is(SpeechWord::FEMININE);
        if !role.is(SpeechWord::DEED) && !is_verb
            || by == By::Colon
            || !comma && !role.is(SpeechWord::AND)
        {
            return false;
        }
        // A verb behind "and" may go on with a relative clause, or with what is said.
        let is_relative = (from.max(at.saturating_sub(MAX_RELATIVE))..at)
            .any(|at| self.word(at).is(SpeechWord::RELATIVE));
        let has_subject = self.word(at + 1).is(SpeechWord::SPEAKER.or(SpeechWord::OPERATION))
            && !self.word(at + 1).is(SpeechWord::DEFINITE);
        comma && (role.is(SpeechWord::AND) || by != By::That)
            || !comma
                && (by != By::That && !is_relative && role.is(SpeechWord::FEMININE) || has_subject)
    }

    /// Tags declared aims in the own voice: a purpose after an act that was announced or begun.
    pub(super) fn aims(&self, zones: &mut [Zone]) {
        let Range { start, end } = self.sentence;
        let mut at = start;
        let (mut act, mut announced) = (false, false);
        while at < end {
            let (length, role) = self.role(at);
            act |= role.is(SpeechWord::OPERATION);
            // The announced act may itself be reported.
            announced = match zones[at] {
                Zone::Reported => {
                    announced
                        || at > start
                            && zones[at - 1] == Zone::Frame
                            && role.is(SpeechWord::OPERATION)
                }
                _ => false,
            };
            if act && role.is(SpeechWord::AIM) && (zones[at].is_own() || announced) {
                let zone = zones[at];
                let mut after = at + length;
                while after < end
                    && !self.gap(after).is(Gap::COMMA)
                    && zones[after] == zone
                    && !self.word(after).is(SpeechWord::NEW_CLAUSE)
                {
                    after += 1;
                }
                zones[at..after].fill(Zone::Aim);
                at = after;
            } else {
                at += length;
            }
        }
    }
}
