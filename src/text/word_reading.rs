//! What is known of a word wherever it stands.

use super::phrases::Uses;
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
    /// Where it may stand in phrases.
    pub(crate) uses: PhraseUses,
}

impl WordInfo {
    /// Whether the blocks of stems count it.
    pub(crate) fn is_content(&self, kind: TokenKind) -> bool {
        token::is_content(kind, self.function, &self.term)
    }
}

/// A kind of phrases: three bits of [`PhraseUses`], from this one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    /// Names and descriptions of parties.
    Party = 0,
    /// Expressions of the lexicon.
    Lexicon = 3,
    /// Names that tie a text to the conflict: one bit, as only their first words are told apart.
    Topic = 6,
}

/// Where a word may stand in phrases of each kind, as bits. Most words begin none, and most that
/// begin some stand before a word with which none goes on; both are seen without a look at phrase
/// words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PhraseUses(u8);

impl PhraseUses {
    const BEGINS: u8 = 1;
    const ALONE: u8 = 1 << 1;
    const GOES_ON: u8 = 1 << 2;

    /// How many bits there are.
    pub(crate) const N_BITS: u32 = 7;

    /// With the uses of a kind.
    pub(crate) fn with(self, kind: PhraseKind, uses: Uses) -> Self {
        let Uses { begins, alone, goes_on } = uses;
        let bit = |is_used, bit| if is_used { bit } else { 0 };
        let bits = match kind {
            PhraseKind::Topic => bit(begins, Self::BEGINS),
            PhraseKind::Party | PhraseKind::Lexicon => {
                bit(begins, Self::BEGINS) | bit(alone, Self::ALONE) | bit(goes_on, Self::GOES_ON)
            }
        };
        Self(self.0 | bits << kind as u8)
    }

    /// Whether a phrase of a kind may begin with this word, given the uses of the next one. It is
    /// certain that none does if not.
    #[inline]
    pub(crate) fn may_begin(self, kind: PhraseKind, next: Self) -> bool {
        let (here, next) = (self.0 >> kind as u8, next.0 >> kind as u8);
        match kind {
            PhraseKind::Topic => here & Self::BEGINS != 0,
            PhraseKind::Party | PhraseKind::Lexicon => {
                here & Self::ALONE != 0 || here & Self::BEGINS != 0 && next & Self::GOES_ON != 0
            }
        }
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

    /// Where it may stand in phrases.
    fn uses(&self, at: usize) -> PhraseUses;
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

    fn uses(&self, at: usize) -> PhraseUses {
        self[at].uses
    }
}
