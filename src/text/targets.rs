//! Whom a framing expression is about, and in what role.
//!
//! The class of an expression in the lexicon says how it hangs on its target:
//!
//! - *epithet*, what the expression names or qualifies: the mention that it is part of; the one
//!   right behind it (ميليشيات السراج); the one right before it (القوات الباسلة).
//! - *agent*, who does it: the subject, right behind a verb, else before it in the clause.
//! - *fight*, the same, and the opponent: behind "from", or behind a verb whose subject
//!   stands before it.
//! - *defeat*, the same of nouns: the opponent right behind, or behind "from".
//! - *denied*, to whom something is not given: the mention right before, else one of the clause
//!   before that is not the party of the giver, who stands behind.
//!
//! Single words of a class may hang on their target in another way ([`Entry::is_own`]). A subject
//! stands in the same voice as its verb and is no civilian. Where the clause names nobody, the
//! agent is the last camp of the sentences before. What is part of a name is how its bearer is
//! called.

mod denial;
mod given;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::lexicon::{Entry, Relation};
use super::parties::{Party, ThirdParty};
use super::referents::{Mention, Resolution};
use super::speech::{SpeechWord, Zone};

/// Most words between an epithet and its target.
const EPITHET: usize = 1;

/// Most words between a deed and a mention in the same clause.
const CLAUSE: usize = 12;

/// Most words between the subject behind a verb and its object.
const OBJECT: usize = 2;

/// The role of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetRole {
    /// It is called so.
    Epithet,
    /// It does it.
    Agent,
    /// It is fought, defeated or driven out.
    Opponent,
}

impl TargetRole {
    /// Its name in data and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Epithet => "epithet",
            Self::Agent => "agent",
            Self::Opponent => "opponent",
        }
    }
}

/// Whom an expression is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Number of the mention.
    pub mention: usize,
    /// Its role.
    pub role: TargetRole,
    /// Whether grammar ties both: they stand side by side, or one is part of the other.
    pub is_tied: bool,
}

/// What is known of the words around an expression.
pub(crate) struct Context<'a, S> {
    pub(crate) mentions: &'a [Mention],
    pub(crate) speech: S,
    /// By token: whose voice it is.
    pub(crate) zones: &'a [Zone],
    pub(crate) sentence: Range<usize>,
}

impl<S: Fn(usize) -> SpeechWord> Context<'_, S> {
    /// The target of an expression and, where it has one, its opponent.
    pub(crate) fn targets(&self, tokens: &Range<usize>, entry: Entry) -> [Option<Target>; 2] {
        // The giver may be part of the words; a camp that is bombed with civilians is not.
        let is_bearer = entry.relation != Relation::Denied && !self.holds_victims(tokens, entry);
        if let Some(mention) = self.name_around(tokens, entry).filter(|_| is_bearer) {
            return [Some(Target { mention, role: TargetRole::Epithet, is_tied: true }), None];
        }
        match entry.relation {
            Relation::Epithet => [self.epithet(tokens), None],
            Relation::Agent => [self.agent(tokens), None],
            Relation::Fight => self.fight(tokens),
            Relation::Defeat => self.defeat(tokens),
            Relation::Denied => [self.denied(tokens), None],
        }
    }

    /// The name that an expression is part of, which is how it is called: the operations room for
    /// the liberation of …
    fn name_around(&self, tokens: &Range<usize>, entry: Entry) -> Option<usize> {
        self.around(tokens).filter(|&number| {
            let mention = &self.mentions[number];
            let is_named = matches!(mention.resolution, Resolution::Named | Resolution::Judging);
            let is_more = mention.tokens.len() > tokens.len();
            (is_named && is_more) || (!entry.is_own && entry.relation != Relation::Fight)
        })
    }

    /// The number of the first mention that begins at or behind a token.
    fn behind(&self, at: usize) -> usize {
        self.mentions.partition_point(|mention| mention.tokens.start < at)
    }

    /// The mention that a range of tokens is part of or overlaps.
    fn around(&self, tokens: &Range<usize>) -> Option<usize> {
        let first = self.mentions.partition_point(|mention| mention.tokens.end <= tokens.start);
        self.mentions.get(first).filter(|mention| mention.tokens.start < tokens.end).map(|_| first)
    }

    /// The next mention of the sentence behind a token, at most so many words away.
    fn next(&self, at: usize, most: usize) -> Option<usize> {
        let number = self.behind(at);
        let mention = self.mentions.get(number)?;
        (mention.tokens.start < self.sentence.end && mention.tokens.start - at <= most)
            .then_some(number)
    }

    /// The last mention of the sentence before a token, at most so many words away.
    fn previous(&self, at: usize, most: usize) -> Option<usize> {
        let number =
            self.mentions.partition_point(|mention| mention.tokens.end <= at).checked_sub(1)?;
        let tokens = &self.mentions[number].tokens;
        (tokens.start >= self.sentence.start && at - tokens.end <= most).then_some(number)
    }

    /// The last mention of the clause before a token that can have done something: in the same
    /// voice, and no civilians.
    fn subject(&self, at: usize) -> Option<usize> {
        let end = self.mentions.partition_point(|mention| mention.tokens.end <= at);
        let near = self.mentions[..end].iter().enumerate().rev().take_while(|(_, mention)| {
            mention.tokens.start >= self.sentence.start && at - mention.tokens.end <= CLAUSE
        });
        let mut acting = near.filter(|(_, mention)| {
            mention.party != Party::Third(ThirdParty::Civilian)
                && self.same_voice(mention.tokens.start, at)
        });
        acting.next().map(|(number, _)| number)
    }

    /// Whether a subject may have done what stands at a token: both are in the same voice, or the
    /// newsroom tells the aim of what the subject does, or goes on about the speaker whom it named.
    fn same_voice(&self, subject: usize, at: usize) -> bool {
        let (subject, at) = (self.zones[subject], self.zones[at]);
        subject == at || matches!((subject, at), (Zone::Own, Zone::Aim) | (Zone::Frame, Zone::Own))
    }

    /// The camp that announces what stands at a token: it tells of its own fights.
    fn speaker(&self, at: usize) -> Option<usize> {
        let number = self.previous(at, CLAUSE)?;
        let mention = &self.mentions[number];
        let is_speaker = self.zones[at] != Zone::Own
            && self.zones[mention.tokens.start] == Zone::Frame
            && mention.party.camp().is_some();
        is_speaker.then_some(number)
    }

    fn epithet(&self, tokens: &Range<usize>) -> Option<Target> {
        let tied = |mention| Target { mention, role: TargetRole::Epithet, is_tied: true };
        let inside = self.around(tokens);
        // A description that is carried over is weaker than a name right behind it.
        let next = self.next(tokens.end, 0).filter(|_| !self.is(tokens.end, SpeechWord::AND));
        if let Some(number) = next.filter(|_| {
            inside.is_none_or(|inside| self.mentions[inside].resolution == Resolution::Usual)
        }) {
            return Some(tied(number));
        }
        if let Some(number) = inside {
            return Some(tied(number));
        }
        if self.is_object(tokens) {
            return None;
        }
        let previous = self.previous(tokens.start, EPITHET).filter(|_| {
            !self.is(tokens.start, SpeechWord::AND.or(SpeechWord::B).or(SpeechWord::L))
        });
        let near = || {
            self.next(tokens.end, EPITHET).filter(|&number| {
                let start = self.mentions[number].tokens.start;
                // "Martyrs of the sons of the army" are the army's.
                let is_part =
                    |at| self.is(at, SpeechWord::FROM) && self.mentions[number].camp().is_some();
                !(tokens.end..=start).any(|at| {
                    self.is(at, SpeechWord::AND.or(SpeechWord::VERB))
                        || (self.is(at, SpeechWord::PREPOSITION) && !is_part(at))
                })
            })
        };
        let loose = || {
            self.subject(tokens.start).map(|mention| Target {
                mention,
                role: TargetRole::Epithet,
                is_tied: false,
            })
        };
        previous.or_else(near).map(tied).or_else(loose)
    }

    fn agent(&self, tokens: &Range<usize>) -> Option<Target> {
        let agent = |mention, is_tied| Target { mention, role: TargetRole::Agent, is_tied };
        let direct = || self.next(tokens.end, 0).filter(|_| !self.is(tokens.end, SpeechWord::AND));
        let inside = self.around(tokens).filter(|_| !self.victims(tokens));
        if let Some(number) = inside.or_else(direct) {
            return Some(agent(number, true));
        }
        if let Some(number) = self.subject(tokens.start) {
            let is_tied = self.previous(tokens.start, 1) == Some(number);
            return Some(agent(number, is_tied));
        }
        // Where somebody of the clause may not have done it, a noun that is no mention has.
        match self.next(tokens.end, CLAUSE) {
            Some(number) => self.may_do(tokens.end, number).then(|| agent(number, false)),
            None => self.carried().map(|number| agent(number, false)),
        }
    }

    /// Whether a mention behind a verb may be its subject, or part of that: nothing between them
    /// begins another clause, or says with whom, where or against whom.
    fn may_do(&self, end: usize, number: usize) -> bool {
        let other = SpeechWord::PREPOSITION.or(SpeechWord::BEFORE_NOUN).or(SpeechWord::NEW_CLAUSE);
        !(end..self.mentions[number].tokens.start).any(|at| self.is(at, other))
    }

    /// A verb of a fight: the subject stands before it or right behind, the opponent behind "from",
    /// or right behind where the subject stands before.
    fn fight(&self, tokens: &Range<usize>) -> [Option<Target>; 2] {
        let end = self.sentence.end.min(tokens.end + CLAUSE);
        let from = (tokens.end..end).find(|&at| self.is(at, SpeechWord::FROM));
        let driven_out = from.and_then(|from| self.next(from + 1, 2));
        let before = self.subject(tokens.start).or_else(|| self.speaker(tokens.start));
        let behind = self.next(tokens.end, 0);
        let object = |subject: usize| {
            let end = self.mentions[subject].tokens.end;
            self.next(end, OBJECT).filter(|&number| {
                let start = self.mentions[number].tokens.start;
                !(end..=start).any(|at| self.is(at, SpeechWord::AND.or(SpeechWord::PREPOSITION)))
            })
        };
        let (by, opponent) = match (before, behind, driven_out) {
            (Some(before), behind, out) => (Some(before), out.or(behind)),
            (None, Some(behind), out) => {
                (Some(behind), out.filter(|out| *out != behind).or_else(|| object(behind)))
            }
            (None, None, Some(out)) => (self.carried(), Some(out)),
            (None, None, None) => (self.next(tokens.end, CLAUSE).or_else(|| self.carried()), None),
        };
        fighting(by, opponent)
    }

    /// A noun of a fight: the opponent stands behind it, or behind "from".
    fn defeat(&self, tokens: &Range<usize>) -> [Option<Target>; 2] {
        // Without vowels the noun looks like the verb, which begins a sentence.
        let behind = self.next(tokens.end, 0).filter(|_| tokens.start == self.sentence.start);
        if let Some(behind) = behind
            && self.mentions[behind].camp().is_some()
            && self.next(self.mentions[behind].tokens.end, CLAUSE).is_some()
        {
            return self.fight(tokens);
        }
        let end = self.sentence.end.min(tokens.end + CLAUSE);
        let from = (tokens.end..end).find(|&at| self.is(at, SpeechWord::FROM));
        let driven_out = from.and_then(|from| self.next(from + 1, 2));
        let opponent = driven_out.or_else(|| self.next(tokens.end, 2));
        let speaker = || self.speaker(tokens.start);
        let by = self.subject(tokens.start).or_else(speaker).or_else(|| self.carried());
        fighting(by.filter(|by| Some(*by) != opponent), opponent)
    }

    /// The last camp that was named or described before the sentence.
    fn carried(&self) -> Option<usize> {
        let before =
            self.mentions.partition_point(|mention| mention.tokens.start < self.sentence.start);
        self.mentions[..before]
            .iter()
            .rposition(|mention| mention.camp().is_some())
            .filter(|number| before - number <= 3)
    }

    fn is(&self, at: usize, roles: SpeechWord) -> bool {
        at < self.sentence.end && (self.speech)(at).is(roles)
    }
}

/// The targets of an expression of a fight.
fn fighting(by: Option<usize>, opponent: Option<usize>) -> [Option<Target>; 2] {
    let agent = |mention| Target { mention, role: TargetRole::Agent, is_tied: false };
    let opposed = |mention| Target { mention, role: TargetRole::Opponent, is_tied: true };
    [by.map(agent), opponent.map(opposed)]
}
