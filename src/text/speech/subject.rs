//! The subject of a verb of saying, and where its direct object begins.

use std::ops::Range;

use super::clause::Clause;
use super::marks::Gap;
use super::words::SpeechWord;

/// Most words from a verb to the last name in its subject.
const MAX_SUBJECT: usize = 9;

/// Whether the subject of a verb may end with a sentence's words `before`: no other clause begins
/// between them.
pub(crate) fn is_behind_verb(speech: &impl Fn(usize) -> SpeechWord, before: Range<usize>) -> bool {
    let verb = SpeechWord::DEED.or(SpeechWord::VERB);
    let ends =
        SpeechWord::AND.or(SpeechWord::RELATIVE).or(SpeechWord::THAT).or(SpeechWord::NEW_CLAUSE);
    let first = before.start.max(before.end.saturating_sub(MAX_SUBJECT));
    let found = (first..before.end).rev().find(|&at| speech(at).is(verb.or(ends)));
    found.is_some_and(|at| speech(at).is(verb))
}

impl Clause<'_> {
    /// Where the direct object of a verb or participle of saying begins, if it takes one.
    pub(super) fn object(&self, at: usize, say: SpeechWord) -> Option<usize> {
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
            return Some(at + 1)
                .filter(|from| *from < end && !self.word(*from).is(SpeechWord::THAT));
        }
        let subject = self.subject_end(at + 1);
        let noun = (at + 1..end.min(subject)).find(|&next| {
            let word = self.word(next);
            word.is(SpeechWord::OBJECT) && !word.is(SpeechWord::SPEAKER)
        });
        noun.or(Some(subject)).filter(|from| *from < end)
    }

    /// Whether a preposition belongs to the speaker: عضو في المجلس, مصدر بالوزارة.
    pub(super) fn is_of_speaker(&self, at: usize) -> bool {
        let before = self.word(at - 1);
        before.is(SpeechWord::SPEAKER)
            && !before.is(SpeechWord::DEFINITE.or(SpeechWord::PRONOUN))
            && self
                .word(at)
                .is(SpeechWord::IN.or(SpeechWord::FROM).or(SpeechWord::B).or(SpeechWord::L))
    }

    /// Whether a word with a clitic is part of the name of the body before it: المجلس الرئاسي
    /// لحكومة.
    pub(super) fn is_of_body(&self, at: usize) -> bool {
        let word = self.word(at);
        let is_part = word.is(SpeechWord::SPEAKER) && word.is(SpeechWord::L);
        (is_part || word.is(SpeechWord::OF_BODY)) && self.word(at - 1).is(SpeechWord::DEFINITE)
    }

    /// Whether the subject of a verb stands before it.
    fn has_subject_before(&self, at: usize) -> bool {
        let word = self.word(at);
        let before = at > self.sentence.start && !self.gap(at).is(Gap::COMMA.or(Gap::COLON));
        before
            && !word.is(SpeechWord::AND)
            && (self
                .word(at - 1)
                .is(SpeechWord::SPEAKER.or(SpeechWord::DEFINITE).or(SpeechWord::NISBA)))
    }

    /// The first word after the subject that begins at `at`: a noun with what it governs, its
    /// adjectives of belonging, and prepositions with their nouns.
    fn subject_end(&self, at: usize) -> usize {
        let end = self.sentence.end;
        let mut next = at;
        let is_name = |at: usize| {
            !self.word(at).is(SpeechWord::DEFINITE
                .or(SpeechWord::SPEAKER)
                .or(SpeechWord::OBJECT)
                .or(SpeechWord::PREPOSITION))
        };
        // A person's names: none has the article.
        if is_name(at) && at + 1 < end && is_name(at + 1) && !self.gap(at + 1).is(Gap::COMMA) {
            next += 1;
        }
        while next < end {
            // A noun without the article governs the next one.
            while next + 1 < end
                && !self.word(next).is(SpeechWord::DEFINITE)
                && self.word(next).is(SpeechWord::SPEAKER)
                && !self.gap(next + 1).is(Gap::COMMA)
            {
                next += 1;
            }
            next += 1;
            while next < end
                && self.word(next).is(SpeechWord::DEFINITE)
                && self.word(next).is(SpeechWord::NISBA.or(SpeechWord::ADJECTIVE))
                && !self.gap(next).is(Gap::COMMA)
            {
                next += 1;
            }
            let word = self.word(next);
            if next + 1 < end
                && !self.gap(next).is(Gap::COMMA)
                && (word.is(SpeechWord::PREPOSITION.or(SpeechWord::B).or(SpeechWord::L))
                    || word.is(SpeechWord::SPEAKER) && !word.is(SpeechWord::OBJECT))
            {
                next += usize::from(word.is(SpeechWord::PREPOSITION));
                continue;
            }
            break;
        }
        next
    }
}
