//! What is known of a word wherever it stands.

use super::speech::SpeechWord;
use super::token::{self, TokenKind};

/// All that is known of a word, wherever it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordInfo {
    /// Whether it is a function word.
    pub(crate) function: bool,
    /// The form in which features count it.
    pub(crate) term: String,
    /// Its role in reported speech.
    pub(crate) cue: SpeechWord,
    /// The numbers of the words of phrases that it matches.
    pub(crate) phrase_words: Vec<u32>,
    /// The kinds of phrases that may begin with it.
    pub(crate) begins: Begins,
}

impl WordInfo {
    /// Whether the blocks of stems count it.
    pub(crate) fn is_content(&self, kind: TokenKind) -> bool {
        token::is_content(kind, self.function, &self.term)
    }
}

/// The kinds of phrases that may begin with a word, as bits. Most words begin none, and are passed
/// over without a look at their phrase words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begins(u8);

impl Begins {
    /// Names that tie a text to the conflict.
    pub(crate) const TOPIC: Self = Self(1);
    /// Names and descriptions of parties.
    pub(crate) const PARTY: Self = Self(2);
    /// Expressions of the lexicon.
    pub(crate) const LEXICON: Self = Self(4);

    /// How many bits there are.
    pub(crate) const N_BITS: u32 = 3;

    /// This kind if `begins`, else none.
    pub(super) fn when(self, begins: bool) -> Self {
        if begins { self } else { Self::default() }
    }

    /// The kinds of both.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of these kinds begins.
    #[inline]
    pub(crate) fn is(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// As bits.
    pub(crate) fn bits(self) -> u32 {
        u32::from(self.0)
    }

    /// From bits; others than its own are dropped.
    #[inline]
    pub(crate) fn from_bits(bits: u32) -> Self {
        Self(u8::try_from(bits & ((1 << Self::N_BITS) - 1)).unwrap_or_default())
    }
}

/// The words of a text as they were read, by number.
pub(crate) trait WordReadings {
    /// How many there are.
    fn len(&self) -> usize;

    /// The phrase words that a word matches.
    fn phrase_words(&self, at: usize) -> &[u32];

    /// Its role in reported speech.
    fn speech(&self, at: usize) -> SpeechWord;

    /// The kinds of phrases that may begin with it.
    fn begins(&self, at: usize) -> Begins;
}

impl WordReadings for [WordInfo] {
    fn len(&self) -> usize {
        self.len()
    }

    fn phrase_words(&self, at: usize) -> &[u32] {
        &self[at].phrase_words
    }

    fn speech(&self, at: usize) -> SpeechWord {
        self[at].cue
    }

    fn begins(&self, at: usize) -> Begins {
        self[at].begins
    }
}
