//! How a word of saying is joined to what is said.

use std::ops::Range;

use super::clause::Clause;
use super::marks::Gap;
use super::words::SpeechWord;

/// Most words from a verb of saying to what joins it to what is said.
const MAX_JOIN: usize = 28;

/// The same to a preposition or an object.
const MAX_NEAR_JOIN: usize = 18;

/// The same from a noun or participle of saying.
const MAX_NOUN_JOIN: usize = 7;

/// Most commas between a verb and what joins it: two asides.
const MAX_COMMAS: usize = 4;

/// Most words of a name in quotation marks.
const MAX_NAME: usize = 5;

/// Most words from such a name to أن.
const MAX_BEHIND_NAME: usize = 3;

/// How a saying is joined to what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    That,
    Colon,
    Quote,
    Preposition,
    Object,
}

/// Where what is said begins, and how it is joined.
pub(super) type Join = (usize, By);

/// What was met on the way from a word of saying to what is said.
#[derive(Default)]
struct Way {
    commas: usize,
    /// In a relative clause, where words belong to the speaker.
    is_relative: bool,
    /// The direct object, if nothing better follows.
    object: Option<Join>,
    /// A short quotation.
    quote: Option<Join>,
}

impl Way {
    /// Whether words belong to the speaker: between two commas, or in a relative clause.
    fn is_apart(&self) -> bool {
        self.is_relative || self.commas % 2 == 1
    }
}

impl Clause<'_> {
    /// Where what is said begins after the word of saying at `at`, if it is one and something is
    /// said.
    pub(super) fn join(&self, at: usize) -> Option<Join> {
        self.join_of(at, true)
    }

    /// The same; `may_nest` says whether a noun of saying behind the word may join in its place.
    fn join_of(&self, at: usize, may_nest: bool) -> Option<Join> {
        let say = self.word(at);
        let is_verb = say.is(SpeechWord::VERB);
        let is_say = say.is(SpeechWord::VERB.or(SpeechWord::PARTICIPLE).or(SpeechWord::NOUN));
        let is_noun = at > self.sentence.start && self.word(at - 1).is(SpeechWord::BEFORE_NOUN);
        if !is_say || is_verb && (self.is_denied(at) || is_noun && !say.is(SpeechWord::NOUN)) {
            return None;
        }
        let end = self.sentence.end;
        let object = self.object(at, say);
        let mut way = Way::default();
        for next in at + 1..end.min(at + if is_verb { MAX_JOIN } else { MAX_NOUN_JOIN }) {
            let (gap, word) = (self.gap(next), self.word(next));
            if let Some(quotation) = self.quotation(next) {
                if say.is(SpeechWord::TAKES_THAT) && self.is_name_before_that(&quotation) {
                    continue;
                }
                if way.object.is_none() && (self.is_speech(next) || gap.is(Gap::COLON)) {
                    return Some((next, By::Quote));
                }
                way.quote = way.quote.or(Some((next, By::Quote)));
                continue;
            }
            if gap.is(Gap::COLON) && way.object.is_none() {
                return Some((next, By::Colon));
            }
            way.commas += usize::from(gap.is(Gap::COMMA));
            way.is_relative |= word.is(SpeechWord::RELATIVE);
            if self.breaks_join(at, next, &way) {
                break;
            }
            let join = self
                .join_by_that(at, next, &way)
                .or_else(|| self.join_by_preposition(at, next, may_nest, &way));
            if join.is_some() {
                return join;
            }
            if say.is(SpeechWord::VERB.or(SpeechWord::PARTICIPLE))
                && may_nest
                && say.is(SpeechWord::TAKES_NOUN)
                && self.is_own_noun(next)
                && let Some(join) = self.join_of(next, false)
            {
                return Some(join);
            }
            // أكد الوزير، خلال لقائه …، أهمية …
            let is_noun = word.is(SpeechWord::DEFINITE) && !word.is(SpeechWord::SPEAKER);
            let resumes = gap.is(Gap::COMMA)
                && (word.is(SpeechWord::OBJECT) || way.commas.is_multiple_of(2) && is_noun);
            // أدانت الوزارة، السبت، بأشد العبارات استهداف …
            let is_bare = word.is(SpeechWord::OBJECT)
                && !word.is(SpeechWord::SPEAKER.or(SpeechWord::DEFINITE))
                && self.word(next - 1).is(SpeechWord::DEFINITE)
                && way.commas.is_multiple_of(2);
            let begins =
                object == Some(next) && way.commas == 0 || object.is_some() && (resumes || is_bare);
            if way.object.is_none() && begins {
                way.object = Some((next, By::Object));
            }
        }
        let is_unbroken = |from: usize| (at + 1..=from).all(|next| !self.gap(next).is(Gap::COMMA));
        let object = object.filter(|from| is_unbroken(*from)).map(|from| (from, By::Object));
        let quote = way.quote.filter(|(next, _)| is_verb || *next == at + 1);
        way.object.or(object).or(quote).or_else(|| self.join_by_comma(at))
    }

    /// A join by a comma right behind a verb, as careless newsrooms write: وأضاف، …
    fn join_by_comma(&self, at: usize) -> Option<Join> {
        let (say, next) = (self.word(at), at + 1);
        let is_joined = say.is(SpeechWord::VERB)
            && say.is(SpeechWord::TAKES_THAT)
            && next < self.sentence.end
            && self.gap(next).is(Gap::COMMA)
            && !self.word(next).is(SpeechWord::PREPOSITION.or(SpeechWord::RELATIVE));
        is_joined.then_some((next, By::Colon))
    }

    /// Whether a short quotation names who speaks or where, and what is said follows: لتلفزيون
    /// «…» أن …
    fn is_name_before_that(&self, quotation: &Range<usize>) -> bool {
        let behind = quotation.end..self.sentence.end.min(quotation.end + MAX_BEHIND_NAME);
        let mut behind = behind.take_while(|&at| !self.gap(at).is(Gap::COMMA.or(Gap::COLON)));
        quotation.len() <= MAX_NAME
            && behind
                .any(|at| self.word(at).is(SpeechWord::THAT) && !self.word(at).is(SpeechWord::AND))
    }

    /// Whether the way from a word of saying to what is said ends before the word `next`.
    fn breaks_join(&self, at: usize, next: usize, way: &Way) -> bool {
        let (say, word) = (self.word(at), self.word(next));
        let is_verb = say.is(SpeechWord::VERB);
        if self.gap(next).is(Gap::COMMA) {
            let clause = SpeechWord::NEW_CLAUSE.or(SpeechWord::PARTICIPLE);
            // أعلن الوزير، من جانبه، …
            let is_aside = word.is(SpeechWord::FROM) && self.role(next).0 == 2;
            let goes_on =
                word.is(SpeechWord::AND) && word.is(SpeechWord::VERB.or(SpeechWord::DEED));
            if way.commas > MAX_COMMAS
                || self.role(next).1.is(clause) && !is_aside
                || goes_on
                || !is_verb && !word.is(SpeechWord::THAT)
            {
                return true;
            }
        }
        let other_verb = is_verb
            && word.is(SpeechWord::VERB)
            && !word.is(SpeechWord::NOUN.or(SpeechWord::SPEAKER).or(SpeechWord::OBJECT))
            && next > at + 1;
        word.is(SpeechWord::CALLING)
            || way.object.is_some() && next - at > MAX_NEAR_JOIN
            || other_verb && !self.joins_by_clitic(say, next)
    }

    /// Whether a word joins what is said by its own clitic.
    fn joins_by_clitic(&self, say: SpeechWord, next: usize) -> bool {
        let word = self.word(next);
        word.is(SpeechWord::B.or(SpeechWord::L)) && say.joins(word)
    }

    /// A join by أن or by a question word at `next`.
    fn join_by_that(&self, at: usize, next: usize, way: &Way) -> Option<Join> {
        let (say, word, before) = (self.word(at), self.word(next), self.word(next - 1));
        if !say.is(SpeechWord::TAKES_THAT) {
            return None;
        }
        if word.is(SpeechWord::QUESTION) && say.is(SpeechWord::VERB) {
            return Some((next, By::That));
        }
        let is_near = say.is(SpeechWord::VERB.or(SpeechWord::PARTICIPLE))
            || next == at + 1
            || before.is(SpeechWord::PREPOSITION);
        // وأن behind an object goes on with it.
        let goes_on = way.object.is_some() && word.is(SpeechWord::AND);
        // في كلمة له إن …, but not: يحق له أن.
        let is_of_statement = self.words[at..next].iter().rev().skip(1).take(2);
        let joins = word.is(SpeechWord::THAT)
            && (!before.is(SpeechWord::NO_THAT)
                || is_of_statement.into_iter().any(|word| word.is(SpeechWord::STATEMENT)));
        (joins && is_near && !goes_on).then_some((next + 1, By::That))
    }

    /// A join at `next` by a preposition that the word of saying takes.
    fn join_by_preposition(
        &self,
        at: usize,
        next: usize,
        may_nest: bool,
        way: &Way,
    ) -> Option<Join> {
        let (say, word) = (self.word(at), self.word(next));
        let is_inside = way.is_apart() && !self.gap(next).is(Gap::COMMA);
        // أعلن مكتب النائب العام في وقت سابق عن …: what looked like an object was the subject.
        let has_object = way.object.is_some() && !word.is(SpeechWord::ABOUT);
        if !say.joins(word) || is_inside || next - at > MAX_NEAR_JOIN || has_object {
            return None;
        }
        let is_of_speaker = self.is_of_speaker(next) && self.joins_later(say, next);
        if word.is(SpeechWord::PREPOSITION) && !is_of_speaker {
            // عبّر عن اعتزازه بـ: the noun joins what is said.
            if may_nest
                && self.is_own_noun(next + 1)
                && let Some(join) = self.join_of(next + 1, false)
            {
                return Some(join);
            }
            let that = next + 1 < self.sentence.end && self.word(next + 1).is(SpeechWord::THAT);
            return Some(if that { (next + 2, By::That) } else { (next + 1, By::Preposition) });
        }
        let is_of_speaker = next == at + 2 && is_of_speaker;
        // واصفا المجلس بحكومة …: a participle has no subject that the word could be part of.
        let is_of_body = !say.is(SpeechWord::PARTICIPLE) && self.is_of_body(next);
        let is_free = !is_of_speaker && !is_of_body;
        // بما سماه …: the newsroom's words.
        let is_called = self.word(next + 1).is(SpeechWord::CALLING);
        if self.joins_by_clitic(say, next) && is_free && !is_called {
            let that = word.is(SpeechWord::THAT);
            return Some(if that { (next + 1, By::That) } else { (next, By::Preposition) });
        }
        None
    }

    /// Whether a word behind `at` can join what is said in its place: قال خبراء من المدينة إن …,
    /// but not حذر خبراء من الحرب.
    fn joins_later(&self, say: SpeechWord, at: usize) -> bool {
        (at + 1..self.sentence.end.min(at + MAX_NEAR_JOIN))
            .any(|later| self.word(later).is(SpeechWord::THAT) || say.joins(self.word(later)))
    }

    /// Whether a word is a noun of saying with the speaker's pronoun: اعتزازه.
    fn is_own_noun(&self, at: usize) -> bool {
        self.word(at).is(SpeechWord::NOUN) && self.word(at).is(SpeechWord::PRONOUN)
    }

    /// Whether a verb is denied or taken back, so that nobody said it.
    pub(super) fn is_denied(&self, at: usize) -> bool {
        let start = self.sentence.start;
        let before =
            |back: usize| at.checked_sub(back).filter(|at| *at >= start).map(|at| self.word(at));
        match before(1) {
            Some(word) if word.is(SpeechWord::NEGATION) => {
                !self.gap(at).is(Gap::COMMA) && !self.word(at).is(SpeechWord::SAID_IF_DENIED)
            }
            // A wish, or من دون أن يقول.
            Some(word) if word.is(SpeechWord::THAT) => {
                self.word(at).is(SpeechWord::PRESENT)
                    || before(2).is_some_and(|word| word.is(SpeechWord::NEGATION))
                        && !self.role(at - 2).1.is(SpeechWord::NEW_CLAUSE)
            }
            _ => false,
        }
    }
}
