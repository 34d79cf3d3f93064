//! What a model sees of an article: its row of features, their places, and its words.

use std::collections::HashMap;
use std::ops::Range;

use super::SparseRow;
use crate::text::cut::{pack, unpack};
use crate::text::script::normalise;
use crate::text::{AnalyzedText, TokenKind};

/// A word of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenWord {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether the blocks of stems count it.
    pub content: bool,
    /// Whether a feature begins with it.
    pub known: bool,
}

/// One place of a feature: the bytes of its words in the text, in order. An n-gram of words has a
/// new part after each word that it skips: a function word, or quoted words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The parts, at least one.
    pub parts: Vec<Range<usize>>,
}

impl Place {
    /// The place of terms with these bytes; without parts if all of them are empty.
    pub(super) fn new(read: &AnalyzedText, terms: &[Range<usize>]) -> Self {
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

    /// The words, normalised and joined by spaces; `…` where words are skipped.
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
    /// By entry of the row: the words of the feature's first occurrence; empty if the feature is of
    /// the text as a whole.
    pub places: Vec<Range<usize>>,
    /// The words, in order.
    pub words: Vec<SeenWord>,
    /// By word: the number of its spelling within this article, the same for all words that
    /// normalise alike.
    pub spellings: Vec<u64>,
    /// Whether something in it ties it to the conflict's country ([`crate::text::TextFindings`]).
    pub on_topic: bool,
    /// The sentences; empty if the model does not read by sentence.
    pub sentences: Vec<SentenceEvidence>,
}

/// What a model sees of a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentenceEvidence {
    /// Its words.
    pub words: Range<usize>,
    /// Its row, in the features of [`super::SentenceClassifier`].
    pub row: SparseRow,
    /// By entry of the row: the words of the feature's first occurrence.
    pub places: Vec<Range<usize>>,
    /// Its supports, by number.
    pub supports: Vec<f64>,
}

impl Evidence {
    /// Some words of `text`, normalised and joined by spaces.
    pub fn written(&self, text: &str, words: &Range<usize>) -> String {
        let word = |number: usize| match self.spellings[number] {
            packed if packed < UNPACKED => unpack(packed),
            _ => normalise(&text[self.words[number].span.clone()]),
        };
        words.clone().map(word).collect::<Vec<_>>().join(" ")
    }
}

/// Numbers from this one on stand for words that cannot be packed.
pub(super) const UNPACKED: u64 = 1 << 63;

/// Numbers the spellings of one article.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    // Its keys come from articles. Hashes are seeded, so that nobody can choose words that collide.
    others: HashMap<String, u64>,
}

impl Spellings {
    /// The number of a normalised word.
    pub(super) fn number(&mut self, normal: &str) -> u64 {
        pack(normal).unwrap_or_else(|| {
            let new = UNPACKED + self.others.len() as u64;
            *self.others.entry(normal.to_owned()).or_insert(new)
        })
    }

    /// Removes all numbers.
    pub(super) fn clear(&mut self) {
        self.others.clear();
    }
}
