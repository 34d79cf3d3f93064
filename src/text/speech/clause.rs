//! The zones of a sentence, by clause.

use std::ops::Range;

use super::Zone;
use super::marks::{Gap, Quotation};
use super::words::{SpeechWord, phrase};

/// Most words from a verb of saying to what joins it to what is said.
const MAX_JOIN: usize = 28;

/// The same to a preposition or an object.
const MAX_NEAR_JOIN: usize = 18;

/// The same from a noun or participle of saying.
const MAX_NOUN_JOIN: usize = 7;

/// Most words of a speaker before a colon.
const MAX_SPEAKER: usize = 8;

/// Most words of a quotation that may be scorn, a name or a title, not speech.
const MAX_SCARE: usize = 3;

/// Most words of a name that somebody is called by.
const MAX_CALLED: usize = 7;

/// Most words of the frame of a source.
const MAX_SOURCE: usize = 14;

/// How a saying is joined to what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    That,
    Colon,
    Quote,
    Preposition,
    Object,
}

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
    fn word(&self, at: usize) -> SpeechWord {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn gap(&self, at: usize) -> Gap {
        self.gaps.get(at).copied().unwrap_or_default()
    }

    /// The words of the quotation that a word stands in, within the sentence.
    fn quotation(&self, at: usize) -> Option<Range<usize>> {
        let number = *self.quoted.get(at)? as usize;
        let quotation = self.quotations.get(number.checked_sub(1)?)?;
        let Range { start, end } = self.sentence;
        Some(quotation.words.start.max(start)..quotation.words.end.min(end))
    }

    /// Whether a quotation is longer than what may be a name or scorn.
    fn is_speech(&self, at: usize) -> bool {
        let number = self.quoted.get(at).map_or(0, |number| *number as usize);
        number.checked_sub(1).and_then(|number| self.quotations.get(number)).is_some_and(|quotation| quotation.words.len() > MAX_SCARE)
    }

    /// The role of a word, or of the phrase of several words that it begins.
    fn role(&self, at: usize) -> (usize, SpeechWord) {
        let word = self.word(at);
        match phrase(&self.words[at..self.sentence.end]) {
            Some((length, role)) => (length, role.with(if word.is(SpeechWord::AND) { SpeechWord::AND } else { SpeechWord::default() })),
            None => (1, word),
        }
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
                let after = self.speech(from, by, zones);
                clause = after;
                after
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

    /// Where what is said begins after a speaker and a colon at the beginning of the sentence.
    fn speaker_before_colon(&self) -> Option<usize> {
        let Range { start, end } = self.sentence;
        let mut first = start;
        while first < end && self.word(first).is(SpeechWord::NO_SPEAKER) && self.gap(first + 1).is(Gap::COLON.or(Gap::COMMA)) {
            first += 1;
        }
        let colon = (first + 1..end.min(first + MAX_SPEAKER + 1)).find(|&at| self.gap(at).is(Gap::COLON))?;
        let speaker = first..colon;
        let has = |roles| speaker.clone().any(|at| self.word(at).is(roles));
        let is_told = SpeechWord::VERB
            .or(SpeechWord::PARTICIPLE)
            .or(SpeechWord::NOUN)
            .or(SpeechWord::NEGATION)
            .or(SpeechWord::AFTERTHOUGHT);
        if has(is_told) || speaker.clone().any(|at| self.quotation(at).is_some()) || has(SpeechWord::NO_SPEAKER) && !has(SpeechWord::SPEAKER) {
            return None;
        }
        // A name without an office speaks in titles only.
        (has(SpeechWord::SPEAKER) || self.is_title && speaker.len() <= 3).then_some(colon)
    }

    /// Whether the newsroom's clause begins anew at this word.
    fn begins_clause(&self, at: usize, role: SpeechWord) -> bool {
        role.is(SpeechWord::NEW_CLAUSE) && (self.gap(at).is(Gap::COMMA) || role.is(SpeechWord::AND) || !self.word(at).is(SpeechWord::DEED))
    }

    /// Whether what follows a source word is a source: وفق القانون names none.
    fn names_source(&self, next: usize) -> bool {
        next < self.sentence.end && !self.word(next).is(SpeechWord::NO_SOURCE)
    }

    /// Tags a source and what it is the source of: the clause before it, or, at the beginning of a
    /// clause, what follows. Returns the first word after both.
    fn source(&self, at: usize, length: usize, clause: &mut usize, zones: &mut [Zone]) -> usize {
        let end = self.sentence.end;
        let mut after = (at + length + 1).min(end);
        while after < end && after - at < MAX_SOURCE && !self.gap(after).is(Gap::COMMA.or(Gap::COLON)) && !self.word(after).is(SpeechWord::THAT) && self.quotation(after).is_none() {
            let word = self.word(after);
            if word.is(SpeechWord::AND) && word.is(SpeechWord::VERB.or(SpeechWord::DEED)) || word.is(SpeechWord::NEW_CLAUSE) {
                break;
            }
            after += 1;
        }
        zones[at..after].fill(Zone::Frame);
        let leads = after < end && (self.word(after).is(SpeechWord::THAT) || self.gap(after).is(Gap::COLON));
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
        after
    }

    /// Tags what somebody is called: the name after ما سماه.
    fn called(&self, at: usize, length: usize, zones: &mut [Zone]) -> usize {
        let end = self.sentence.end;
        let name = (at + length).min(end);
        zones[at..name].fill(Zone::Frame);
        let mut after = name;
        while after < end && after - name <= MAX_CALLED && !(after > name && self.gap(after).is(Gap::COMMA.or(Gap::END))) && !self.word(after).is(SpeechWord::VERB.or(SpeechWord::NEW_CLAUSE)) {
            after += 1;
        }
        zones[name..after].fill(Zone::Reported);
        after
    }

    /// Where what is said begins after the word of saying at `at`, if it is one and something is said.
    fn join(&self, at: usize) -> Option<(usize, By)> {
        let say = self.word(at);
        if !say.is(SpeechWord::VERB.or(SpeechWord::PARTICIPLE).or(SpeechWord::NOUN)) {
            return None;
        }
        let is_verb = say.is(SpeechWord::VERB);
        if is_verb && self.is_denied(at) {
            return None;
        }
        let end = self.sentence.end;
        let object = self.object(at, say);
        let limit = end.min(at + if is_verb { MAX_JOIN } else { MAX_NOUN_JOIN });
        let (mut commas, mut short_quote, mut is_apart, mut found) = (0, None, false, None);
        for next in at + 1..limit {
            let (gap, word) = (self.gap(next), self.word(next));
            if self.quotation(next).is_some() {
                if found.is_none() && (self.is_speech(next) || gap.is(Gap::COLON)) {
                    return Some((next, By::Quote));
                }
                short_quote = short_quote.or(Some((next, By::Quote)));
                continue;
            }
            if gap.is(Gap::COLON) && found.is_none() {
                return Some((next, By::Colon));
            }
            if gap.is(Gap::COMMA) {
                commas += 1;
                let begins = self.role(next).1.is(SpeechWord::NEW_CLAUSE.or(SpeechWord::PARTICIPLE));
                if commas > 4 || begins || word.is(SpeechWord::AND) && word.is(SpeechWord::VERB.or(SpeechWord::DEED)) || !is_verb && !word.is(SpeechWord::THAT) {
                    break;
                }
            }
            // In a relative clause or between commas, other words belong to the speaker.
            is_apart |= commas > 0 || word.is(SpeechWord::RELATIVE);
            if word.is(SpeechWord::CALLING) || found.is_some() && next - at > MAX_NEAR_JOIN {
                break;
            }
            if word.is(SpeechWord::QUESTION) && say.is(SpeechWord::TAKES_THAT) && is_verb {
                return Some((next, By::That));
            }
            if word.is(SpeechWord::THAT)
                && say.is(SpeechWord::TAKES_THAT)
                && !(found.is_some() && word.is(SpeechWord::AND))
                && !self.word(next - 1).is(SpeechWord::NO_THAT)
                && (is_verb || say.is(SpeechWord::PARTICIPLE) || next == at + 1 || self.word(next - 1).is(SpeechWord::PREPOSITION))
            {
                return Some((next + 1, By::That));
            }
            let is_known = (!is_apart || gap.is(Gap::COMMA))
                && next - at <= MAX_NEAR_JOIN
                && found.is_none();
            if word.is(SpeechWord::PREPOSITION)
                && say.joins(word)
                && is_known
                && !self.is_of_speaker(next)
            {
                // عبّر عن اعتزازه بـ: the noun joins what is said.
                if self.word(next + 1).is(SpeechWord::NOUN)
                    && self.word(next + 1).is(SpeechWord::PRONOUN)
                    && let Some(join) = self.join(next + 1)
                {
                    return Some(join);
                }
                let that = self.word(next + 1).is(SpeechWord::THAT) && next + 1 < end;
                return Some((next + 1 + usize::from(that), if that { By::That } else { By::Preposition }));
            }
            if word.is(SpeechWord::B.or(SpeechWord::L))
                && say.joins(word)
                && is_known
                && !(next == at + 2 && self.is_of_speaker(next))
                && !self.is_of_body(next)
            {
                if word.is(SpeechWord::THAT) {
                    return Some((next + 1, By::That));
                }
                return Some((next, By::Preposition));
            }
            if is_verb
                && say.is(SpeechWord::TAKES_NOUN)
                && word.is(SpeechWord::NOUN)
                && word.is(SpeechWord::PRONOUN)
                && let Some(join) = self.join(next)
            {
                return Some(join);
            }
            // أكد الوزير، خلال لقائه …، أهمية …
            let resumes = commas == 2 && gap.is(Gap::COMMA) && word.is(SpeechWord::OBJECT);
            if found.is_none() && (object == Some(next) && commas == 0 || object.is_some() && resumes)
            {
                // أكد الوزير، …، أن: what was taken for the object may be part of the speaker.
                found = Some((next, By::Object));
            }
            if is_verb && word.is(SpeechWord::VERB) && !word.is(SpeechWord::NOUN.or(SpeechWord::SPEAKER)) && next > at + 1 {
                break;
            }
        }
        let object = object.filter(|from| (at + 1..=*from).all(|next| !self.gap(next).is(Gap::COMMA)));
        found
            .or(object.map(|from| (from, By::Object)))
            .or(short_quote.filter(|(next, _)| is_verb || *next == at + 1))
    }

    /// Where the direct object of a verb or participle of saying begins, if it takes one.
    fn object(&self, at: usize, say: SpeechWord) -> Option<usize> {
        let is_verb = say.is(SpeechWord::VERB);
        if !say.is(SpeechWord::TAKES_NOUN) || !is_verb && !say.is(SpeechWord::PARTICIPLE) {
            return None;
        }
        let end = self.sentence.end;
        // الذي يعتبر من: is counted, by nobody in particular.
        if is_verb && at > self.sentence.start && self.word(at - 1).is(SpeechWord::RELATIVE) {
            return None;
        }
        if !is_verb || self.has_subject_before(at) {
            return Some(at + 1).filter(|from| *from < end && !self.word(*from).is(SpeechWord::THAT));
        }
        let subject = self.subject_end(at + 1);
        let noun = (at + 1..end.min(subject)).find(|&next| {
            let word = self.word(next);
            word.is(SpeechWord::OBJECT) && !word.is(SpeechWord::SPEAKER)
        });
        noun.or(Some(subject)).filter(|from| *from < end)
    }

    /// Whether a verb is denied or taken back, so that nobody said it.
    fn is_denied(&self, at: usize) -> bool {
        let start = self.sentence.start;
        let before = |back: usize| at.checked_sub(back).filter(|at| *at >= start).map(|at| self.word(at));
        match before(1) {
            Some(word) if word.is(SpeechWord::NEGATION) => !self.gap(at).is(Gap::COMMA),
            // A wish, or من دون أن يقول.
            Some(word) if word.is(SpeechWord::THAT) => {
                self.word(at).is(SpeechWord::PRESENT)
                    || before(2).is_some_and(|word| word.is(SpeechWord::NEGATION))
                        && !self.role(at - 2).1.is(SpeechWord::NEW_CLAUSE)
            }
            _ => false,
        }
    }

    /// Whether a preposition belongs to the speaker: عضو في المجلس, مصدر بالوزارة.
    fn is_of_speaker(&self, at: usize) -> bool {
        let before = self.word(at - 1);
        before.is(SpeechWord::SPEAKER)
            && !before.is(SpeechWord::DEFINITE.or(SpeechWord::PRONOUN))
            && self.word(at).is(SpeechWord::IN.or(SpeechWord::FROM).or(SpeechWord::B).or(SpeechWord::L))
    }

    /// Whether a word with a clitic is part of the name of the body before it: المجلس الرئاسي لحكومة.
    fn is_of_body(&self, at: usize) -> bool {
        self.word(at).is(SpeechWord::SPEAKER)
            && self.word(at).is(SpeechWord::L)
            && self.word(at - 1).is(SpeechWord::DEFINITE)
    }

    /// Whether the subject of a verb stands before it.
    fn has_subject_before(&self, at: usize) -> bool {
        let word = self.word(at);
        let before = at > self.sentence.start && !self.gap(at).is(Gap::COMMA.or(Gap::COLON));
        before && !word.is(SpeechWord::AND) && (self.word(at - 1).is(SpeechWord::SPEAKER.or(SpeechWord::DEFINITE).or(SpeechWord::NISBA)))
    }

    /// The first word after the subject that begins at `at`: a noun with what it governs, its
    /// adjectives of belonging, and prepositions with their nouns.
    fn subject_end(&self, at: usize) -> usize {
        let end = self.sentence.end;
        let mut next = at;
        let is_name = |at: usize| !self.word(at).is(SpeechWord::DEFINITE.or(SpeechWord::SPEAKER).or(SpeechWord::OBJECT).or(SpeechWord::PREPOSITION));
        // A person's names: none has the article.
        if is_name(at) && at + 1 < end && is_name(at + 1) && !self.gap(at + 1).is(Gap::COMMA) {
            next += 1;
        }
        while next < end {
            // A noun without the article governs the next one.
            while next + 1 < end && !self.word(next).is(SpeechWord::DEFINITE) && self.word(next).is(SpeechWord::SPEAKER) && !self.gap(next + 1).is(Gap::COMMA) {
                next += 1;
            }
            next += 1;
            while next < end && self.word(next).is(SpeechWord::DEFINITE) && self.word(next).is(SpeechWord::NISBA.or(SpeechWord::ADJECTIVE)) && !self.gap(next).is(Gap::COMMA) {
                next += 1;
            }
            let word = self.word(next);
            if next + 1 < end && !self.gap(next).is(Gap::COMMA) && (word.is(SpeechWord::PREPOSITION.or(SpeechWord::B).or(SpeechWord::L)) || word.is(SpeechWord::SPEAKER) && !word.is(SpeechWord::OBJECT)) {
                next += usize::from(word.is(SpeechWord::PREPOSITION));
                continue;
            }
            break;
        }
        next
    }

    /// Where the frame of a word of saying begins: with its subject, if that stands before it.
    fn frame_start(&self, at: usize, clause: usize) -> usize {
        let first = (clause..at).rev().find(|&before| self.gap(before).is(Gap::COMMA)).unwrap_or(clause);
        let names_speaker = (first..at).any(|before| self.word(before).is(SpeechWord::SPEAKER));
        if !self.word(at).is(SpeechWord::AND) && at - first <= MAX_SPEAKER && names_speaker { first } else { at }
    }

    /// Whether what stands before a word is speech, so that a verb of saying there names its speaker.
    fn follows_speech(&self, at: usize, zones: &[Zone]) -> bool {
        at > self.sentence.start && zones[at - 1] == Zone::Reported
    }

    /// The end of a frame that follows speech.
    fn frame_end(&self, at: usize) -> usize {
        let end = self.sentence.end;
        (at + 1..end.min(at + MAX_SOURCE)).find(|&next| self.gap(next).is(Gap::COMMA.or(Gap::COLON)) || self.quotation(next).is_some()).unwrap_or(end.min(at + MAX_SOURCE))
    }

    /// Tags what is said from a word on; returns its end.
    fn speech(&self, from: usize, by: By, zones: &mut [Zone]) -> usize {
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
        self.word(at).is(SpeechWord::B.or(SpeechWord::L)) && self.quotation(at).is_none()
            && self.gap(at + 1).is(Gap::QUOTE)
    }

    /// Whether speech ends before a word.
    fn ends_speech(&self, from: usize, at: usize, by: By) -> bool {
        let (length, role) = self.role(at);
        let comma = self.gap(at).is(Gap::COMMA);
        if role.is(SpeechWord::NEW_CLAUSE) && (comma || role.is(SpeechWord::AND) || !role.is(SpeechWord::DEED)) {
            return true;
        }
        if comma && role.is(SpeechWord::AFTERTHOUGHT) && !self.word(at + length).is(SpeechWord::THAT) {
            return true;
        }
        if role.is(SpeechWord::PARTICIPLE) && self.word(at + 1).is(SpeechWord::THAT) {
            return true;
        }
        let says = role.is(SpeechWord::VERB) || comma && role.is(SpeechWord::PARTICIPLE);
        let then = at > 0 && self.word(at - 1).is(SpeechWord::AFTERTHOUGHT) && !self.word(at - 1).is(SpeechWord::NEGATION);
        if says && (comma || then || role.is(SpeechWord::AND)) && (self.join(at).is_some() || comma && !self.is_denied(at)) {
            return true;
        }
        if role.is(SpeechWord::SOURCE) && comma && self.names_source(at + 1) {
            return true;
        }
        if role.is(SpeechWord::NEGATION) && role.is(SpeechWord::AFTERTHOUGHT) && by != By::That {
            return true;
        }
        if !role.is(SpeechWord::DEED) || by == By::Colon || !comma && !role.is(SpeechWord::AND) {
            return false;
        }
        // A verb behind "and" may go on with a relative clause, or with what is said.
        let is_relative = (from..at).any(|at| self.word(at).is(SpeechWord::RELATIVE));
        let has_subject = self.word(at + 1).is(SpeechWord::SPEAKER.or(SpeechWord::OPERATION))
            && !self.word(at + 1).is(SpeechWord::DEFINITE);
        comma && (role.is(SpeechWord::AND) || by != By::That)
            || !comma
                && (by != By::That && !is_relative && role.is(SpeechWord::FEMININE) || has_subject)
    }

    /// Tags declared aims in the own voice: a purpose after an act that was announced or begun.
    fn aims(&self, zones: &mut [Zone]) {
        let Range { start, end } = self.sentence;
        let mut at = start;
        let (mut act, mut announced) = (false, false);
        while at < end {
            let (length, role) = self.role(at);
            act |= role.is(SpeechWord::OPERATION);
            // The announced act may itself be reported.
            announced = match zones[at] {
                Zone::Reported => announced || at > start && zones[at - 1] == Zone::Frame && role.is(SpeechWord::OPERATION),
                _ => false,
            };
            if act && role.is(SpeechWord::AIM) && (zones[at].is_own() || announced) {
                let zone = zones[at];
                let mut after = at + length;
                while after < end && !self.gap(after).is(Gap::COMMA) && zones[after] == zone && !self.word(after).is(SpeechWord::NEW_CLAUSE) {
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
