//! Whom a framing expression is about, and in what role.
//!
//! The class of an expression in the lexicon says how it hangs on its target:
//!
//! | role | the target is | found |
//! |---|---|---|
//! | epithet | what the expression names or qualifies | the mention that it is part of; right behind it (ميليشيات السراج); right before it (القوات الباسلة) |
//! | agent | who does it | the subject: right behind a verb, else before it in the clause |
//!
//! An expression of defeat or liberation also has an opponent: the mention behind it, or behind من.
//! Where the clause names nobody, the agent is the last camp of the sentences before.

use std::ops::Range;

use super::analyzed::LexiconHit;
use super::lexicon::{LEXICON, Relation};
use super::referents::{Mention, Resolution};
use super::speech::SpeechWord;

/// Most words between an epithet and its target.
const EPITHET: usize = 1;

/// Most words between a deed and a mention in the same clause.
const CLAUSE: usize = 12;

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
    /// By token: what stands before it breaks a clause.
    pub(crate) sentence: Range<usize>,
}

impl<S: Fn(usize) -> SpeechWord> Context<'_, S> {
    /// The target of an expression and, where it has one, its opponent.
    pub(crate) fn targets(&self, hit: &LexiconHit) -> [Option<Target>; 2] {
        match LEXICON.classes[hit.class].relation {
            Relation::Epithet => [self.epithet(&hit.tokens), None],
            Relation::Agent => [self.agent(&hit.tokens), None],
            Relation::Fight => self.fight(&hit.tokens),
        }
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
        let previous = self.previous(tokens.start, EPITHET).filter(|_| {
            !self.is(tokens.start, SpeechWord::AND.or(SpeechWord::B).or(SpeechWord::L))
        });
        let near = || {
            self.next(tokens.end, EPITHET).filter(|&number| {
                let start = self.mentions[number].tokens.start;
                !(tokens.end..=start).any(|at| {
                    self.is(at, SpeechWord::AND.or(SpeechWord::PREPOSITION).or(SpeechWord::VERB))
                })
            })
        };
        previous.or_else(near).map(tied)
    }

    fn agent(&self, tokens: &Range<usize>) -> Option<Target> {
        let agent = |mention, is_tied| Target { mention, role: TargetRole::Agent, is_tied };
        if let Some(number) = self.around(tokens).or_else(|| self.next(tokens.end, 0)) {
            return Some(agent(number, true));
        }
        if let Some(number) = self.previous(tokens.start, CLAUSE) {
            return Some(agent(number, self.previous(tokens.start, 1).is_some()));
        }
        self.next(tokens.end, CLAUSE).or_else(|| self.carried()).map(|number| agent(number, false))
    }

    fn fight(&self, tokens: &Range<usize>) -> [Option<Target>; 2] {
        let agent = |mention| Target { mention, role: TargetRole::Agent, is_tied: false };
        let opponent = |mention| Target { mention, role: TargetRole::Opponent, is_tied: true };
        let end = self.sentence.end.min(tokens.end + CLAUSE);
        // "from X", or the object right behind.
        let from = (tokens.end..end).find(|&at| self.is(at, SpeechWord::FROM));
        let driven_out = from.and_then(|from| self.next(from + 1, 2));
        let before = self.previous(tokens.start, CLAUSE);
        match (before, self.next(tokens.end, 0), driven_out) {
            (before, _, Some(out)) => [
                before
                    .or_else(|| self.next(tokens.end, 0).filter(|next| *next != out))
                    .or_else(|| self.carried())
                    .map(agent),
                Some(opponent(out)),
            ],
            (Some(before), Some(next), None) => [Some(agent(before)), Some(opponent(next))],
            (Some(before), None, None) => [Some(agent(before)), None],
            (None, Some(next), None) => [Some(agent(next)), None],
            (None, None, None) => {
                [self.next(tokens.end, CLAUSE).or_else(|| self.carried()).map(agent), None]
            }
        }
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
