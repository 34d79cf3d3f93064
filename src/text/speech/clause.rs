//! The zones of a sentence, by clause.

use std::ops::Range;

use super::Zone;
use super::join::By;
use super::marks::{Gap, Quotation};
use super::words::{SpeechWord, phrase};

/// Most words of a speaker before a colon or a verb.
pub(super) const MAX_SPEAKER: usize = 8;

/// Most words of a verb of saying and its speaker at the end of a sentence.
const MAX_SPEAKER_AT_END: usize = 6;

/// Most words of the name of a person who has no office there.
const MAX_BARE_NAME: usize = 3;

/// Most words of a quotation that may be scorn, a name or a title, not speech.
const MAX_SCARE: usize = 3;

/// Most words of a frame behind what is said.
pub(super) const MAX_SOURCE: usize = 14;

/// Roles of the words at which a zone may begin.
const TELLING: SpeechWord = SpeechWord::VERB
    .or(SpeechWord::PARTICIPLE)
    .or(SpeechWord::NOUN)
    .or(SpeechWord::THAT)
    .or(SpeechWord::SOURCE)
    .or(SpeechWord::CALLING)
    .or(SpeechWord::NEW_CLAUSE);

/// A sentence and what is known of the words of its text.
pub(super) struct Clause<'a> {
    pub(super) words: &'a [SpeechWord],
    pub(super) gaps: &'a [Gap],
    /// By word: the number of the quotation that it stands in, from 1; 0 for none.
    pub(super) quoted: &'a [u32],
    pub(super) quotations: &'a [Quotation],
    pub(super) sentence: Range<usize>,
    pub(super) is_title: bool,
}

impl Clause<'_> {
    pub(super) fn word(&self, at: usize) -> SpeechWord {
        self.words.get(at).copied().unwrap_or_default()
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.gaps.get(at).copied().unwrap_or_default()
    }

    /// The words of the quotation that a word stands in, within the sentence.
    pub(super) fn quotation(&self, at: usize) -> Option<Range<usize>> {
        let number = *self.quoted.get(at)? as usize;
        let quotation = self.quotations.get(number.checked_sub(1)?)?;
        let Range { start, end } = self.sentence;
        Some(quotation.words.start.max(start)..quotation.words.end.min(end))
    }

    /// Whether a quotation is longer than what may be a name or scorn.
    pub(super) fn is_speech(&self, at: usize) -> bool {
        let number = self.quoted.get(at).map_or(0, |number| *number as usize);
        number
            .checked_sub(1)
            .and_then(|number| self.quotations.get(number))
            .is_some_and(|quotation| quotation.words.len() > MAX_SCARE)
    }

    /// The role of a word, or of the phrase of several words that it begins.
    pub(super) fn role(&self, at: usize) -> (usize, SpeechWord) {
        let word = self.word(at);
        match phrase(&self.words[at..self.sentence.end]) {
            Some((length, role)) => (
                length,
                role.with(if word.is(SpeechWord::AND) {
                    SpeechWord::AND
                } else {
                    SpeechWord::default()
                }),
            ),
            None => (1, word),
        }
    }

    /// Whether a word has none of these roles and begins no phrase that could have them.
    pub(super) fn is_plain(&self, at: usize, roles: SpeechWord) -> bool {
        let word = self.word(at);
        !word.is(roles) && !word.is_in_phrases()
    }

    /// Sets the zones of the sentence's words, which are own voice so far.
    pub(super) fn tag(&self, zones: &mut [Zone]) {
        let Range { start, end } = self.sentence;
        let mut at = start;
        // Where the clause begins to which a source may reach back.
        let mut clause = start;
        if let Some(colon) = self.speaker_before_colon() {
            zones[start..colon].fill(Zone::Frame);
            at = self.speech(colon, By::Colon, zones);
            clause = at;
        }
        // وأن …, in a sentence of its own, goes on with what was said before.
        if start > 0
            && zones[start - 1] == Zone::Reported
            && self.word(start).is(SpeechWord::AND)
            && self.word(start).is(SpeechWord::THAT)
        {
            zones[start] = Zone::Frame;
            at = self.speech(start + 1, By::That, zones);
            clause = at;
        }
        while at < end {
            if let Some(quotation) = self.quotation(at) {
                let rest = at..quotation.end.max(at + 1);
                let is_told = rest.end < end && self.word(rest.end).is(SpeechWord::VERB);
                if self.is_speech(at) || is_told {
                    zones[rest.clone()].fill(Zone::Reported);
                    clause = rest.end;
                }
                at = rest.end;
                continue;
            }
            // Most words change no zone.
            if self.is_plain(at, TELLING) {
                at += 1;
                continue;
            }
            let (length, role) = self.role(at);
            if self.begins_clause(at, role) {
                clause = at;
                // يذكر أن is no saying.
                if length > 1 {
                    at += length;
                    continue;
                }
            }
            let resumes = role.is(SpeechWord::THAT)
                && role.is(SpeechWord::AND)
                && self.gap(at).is(Gap::COMMA)
                && zones[start..at].contains(&Zone::Reported);
            at = if resumes {
                zones[at] = Zone::Frame;
                let after = self.speech(at + 1, By::That, zones);
                clause = after;
                after
            } else if role.is(SpeechWord::SOURCE) && self.names_source(at + length) {
                self.source(at, length, &mut clause, zones)
            } else if role.is(SpeechWord::CALLING) {
                let after = self.called(at, length, zones);
                clause = after;
                after
            } else if let Some((from, by)) = self.join(at) {
                let frame = self.frame_start(at, clause);
                zones[frame..from].fill(Zone::Frame);
                // واصفا … بـ …, متهما … بـ …: the speaker names whom he blames in his words.
                let word = self.word(at);
                if word.is(SpeechWord::PARTICIPLE)
                    && word.is(SpeechWord::WHOM)
                    && by == By::Preposition
                {
                    zones[at + 1..from].fill(Zone::Reported);
                }
                let after = self.speech(from, by, zones);
                clause = after;
                after
            } else if self.is_source_at_end(at, role) {
                zones[at..end].fill(Zone::Frame);
                for zone in &mut zones[clause..at] {
                    if *zone == Zone::Own {
                        *zone = Zone::Reported;
                    }
                }
                end
            } else if role.is(SpeechWord::VERB) && self.follows_speech(at, zones) {
                let after = self.frame_end(at);
                zones[at..after].fill(Zone::Frame);
                clause = after;
                after
            } else {
                at + length
            };
        }
        self.aims(zones);
    }

    /// Whether the newsroom's clause begins anew at this word.
    fn begins_clause(&self, at: usize, role: SpeechWord) -> bool {
        role.is(SpeechWord::NEW_CLAUSE)
            && (self.gap(at).is(Gap::COMMA)
                || role.is(SpeechWord::AND)
                || !self.word(at).is(SpeechWord::DEED))
    }

    /// Where the frame of a word of saying begins: with its subject, if that stands before it.
    fn frame_start(&self, at: usize, clause: usize) -> usize {
        let clause = clause.max(at.saturating_sub(MAX_SPEAKER + 1));
        let first =
            (clause..at).rev().find(|&before| self.gap(before).is(Gap::COMMA)).unwrap_or(clause);
        let names_speaker = (first..at).any(|before| self.word(before).is(SpeechWord::SPEAKER));
        if !self.word(at).is(SpeechWord::AND) && at - first <= MAX_SPEAKER && names_speaker {
            first
        } else {
            at
        }
    }

    /// Whether what stands before a word is speech, so that a verb of saying there names its
    /// speaker.
    fn follows_speech(&self, at: usize, zones: &[Zone]) -> bool {
        at > self.sentence.start && zones[at - 1] == Zone::Reported
    }

    /// Whether a verb of saying behind a comma ends the sentence with its speaker: …، يقول المتحدث.
    fn is_source_at_end(&self, at: usize, role: SpeechWord) -> bool {
        let end = self.sentence.end;
        role.is(SpeechWord::VERB)
            && role.is(SpeechWord::TAKES_THAT)
            && !role.is(SpeechWord::AND.or(SpeechWord::WHOM))
            && at > self.sentence.start
            && self.gap(at).is(Gap::COMMA)
            && (at + 2..=at + MAX_SPEAKER_AT_END).contains(&end)
            && (self.word(at + 1).is(SpeechWord::DEFINITE.or(SpeechWord::SPEAKER))
                || role.is(SpeechWord::PRESENT) && self.is_bare_name(at + 1..end))
            && !(at + 1..=end).any(|next| self.gap(next).is(Gap::COLON))
    }

    /// Whether words may be the name of a person alone: …، يقول قنونو.
    fn is_bare_name(&self, words: Range<usize>) -> bool {
        let no_name = SpeechWord::VERB
            .or(SpeechWord::DEED)
            .or(SpeechWord::PREPOSITION)
            .or(SpeechWord::THAT)
            .or(SpeechWord::NEGATION)
            .or(SpeechWord::NO_SPEAKER)
            .or(SpeechWord::RELATIVE)
            .or(SpeechWord::B)
            .or(SpeechWord::L);
        words.len() <= MAX_BARE_NAME && !words.into_iter().any(|at| self.word(at).is(no_name))
    }

    /// The end of a frame that follows speech.
    fn frame_end(&self, at: usize) -> usize {
        let end = self.sentence.end;
        (at + 1..end.min(at + MAX_SOURCE))
            .find(|&next| {
                self.gap(next).is(Gap::COMMA.or(Gap::COLON)) || self.quotation(next).is_some()
            })
            .unwrap_or(end.min(at + MAX_SOURCE))
    }
}
