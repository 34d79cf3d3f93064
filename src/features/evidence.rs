//! What a model sees of an article: its row of features, where they stand, and how its words are
//! spelt.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::SparseRow;
use crate::text::cut::{pack, unpack};
use crate::text::script::normalise;
use crate::text::{AnalyzedText, TokenKind};

/// A word of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether stems are made of it.
    pub content: bool,
    /// Whether a feature begins with it.
    pub known: bool,
}

/// Where a feature stands, once: the bytes of its words in the text, in order. A run of words has a
/// part for each word before which another one is passed over: a function word, or what is quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The parts; one at least.
    pub parts: Vec<Range<usize>>,
}

impl Place {
    /// The place of terms with these bytes; of no parts where those are empty.
    pub(super) fn of(read: &AnalyzedText, terms: &[Range<usize>]) -> Self {
        let mut parts: Vec<Range<usize>> = Vec::with_capacity(1);
        for term in terms.iter().filter(|term| !term.is_empty()) {
            match parts.last_mut() {
                Some(last)
                    if term.start <= last.end
                        || read.tokens_in(&(last.end..term.start)).is_empty() =>
                {
                    last.end = last.end.max(term.end);
                }
                _ => parts.push(term.clone()),
            }
        }
        Self { parts }
    }

    /// The numbers of the words that stand there.
    pub fn tokens(&self, read: &AnalyzedText) -> impl Iterator<Item = usize> {
        self.parts.iter().flat_map(|part| read.tokens_in(part))
    }

    /// The words as they stand, in one spelling each; `…` where some are passed over.
    pub fn written(&self, read: &AnalyzedText) -> String {
        self.parts
            .iter()
            .map(|part| read.words(&read.tokens_in(part)))
            .collect::<Vec<_>>()
            .join(" … ")
    }
}

/// What a model sees of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The row, shape `(n_features)`.
    pub row: SparseRow,
    /// By entry of the row: the words that the feature first stands for; none for what is said of
    /// the text as a whole.
    pub places: Vec<Range<usize>>,
    /// The words, in order.
    pub words: Vec<Seen>,
    /// By word: a number that is its own in this article, whatever its marks.
    pub spellings: Vec<u64>,
}

impl Evidence {
    /// Some words as they stand in `text`, in one spelling each.
    pub fn written(&self, text: &str, words: &Range<usize>) -> String {
        let word = |number: usize| match self.spellings[number] {
            packed if packed < UNPACKED => unpack(packed),
            _ => normalise(&text[self.words[number].span.clone()]),
        };
        words.clone().map(word).collect::<Vec<_>>().join(" ")
    }
}

/// From here on, numbers stand for words that are too long or too foreign to be packed into one.
pub(super) const UNPACKED: u64 = 1 << 63;

/// Gives the words of one article their numbers.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    others: FxHashMap<String, u64>,
}

impl Spellings {
    /// The number of a normalised word.
    pub(super) fn number(&mut self, normal: &str) -> u64 {
        pack(normal).unwrap_or_else(|| {
            let new = UNPACKED + self.others.len() as u64;
            *self.others.entry(normal.to_owned()).or_insert(new)
        })
    }

    /// Forgets the numbers.
    pub(super) fn clear(&mut self) {
        self.others.clear();
    }
}
