//! Blocks of features: what each counts, and its settings.

use super::MAX_PARAMETER;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::framing;
use super::tfidf::{FitError, TfidfVectorizer};
use crate::text::AnalyzedText;
use crate::text::script::{fold_letters, normalise};

/// What a block counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Stems of Arabic words of at least two letters, without function words. Numbers and words of
    /// other scripts are left out: they tell the day and the place, not the stance. Negations stay.
    Stems,
    /// Words of any kind as they are written, function words too, in one spelling. For short
    /// informal texts.
    Words,
    /// What stands between spaces, punctuation and emoji too, in one spelling: for n-grams of
    /// characters.
    Chunks,
    /// Words of the framing lexicon in the own voice, tagged with the camp that stands nearest
    /// ([`framing::lexicon`]).
    Lexicon,
    /// Stems in the own voice only.
    OwnStems,
    /// Stems in the own voice of sentences that name one camp only, tagged with the camp
    /// ([`framing::camp_stems`]): what is said where nobody else is meant.
    CampStems,
    /// How much the text speaks of the camps at all ([`framing::mentions`]).
    Mentions,
    /// What the strongest sentences say for and against each camp
    /// ([`super::SentenceClassifier`]); no block of counts.
    Sentences,
}

impl Block {
    /// The name in messages and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stems => "stems",
            Self::Words => "words",
            Self::Chunks => "chunks",
            Self::Lexicon => "lexicon",
            Self::OwnStems => "own-stems",
            Self::CampStems => "camp-stems",
            Self::Mentions => "mentions",
            Self::Sentences => "sentences",
        }
    }

    /// Whether it counts words, whoever speaks and whomever he speaks of.
    pub(super) const fn is_of_words(self) -> bool {
        matches!(self, Self::Stems | Self::Words | Self::Chunks)
    }

    /// The terms that the block counts, each with its bytes in the text.
    pub fn terms(self, read: &AnalyzedText) -> Vec<(Range<usize>, String)> {
        let one_spelling =
            |span: &Range<usize>| fold_letters(&normalise(&read.text[span.clone()]).to_lowercase());
        let tokens = read.tokens.iter();
        match self {
            Self::Stems => tokens
                .filter(|token| token.is_content())
                .map(|token| (token.span.clone(), token.term.clone()))
                .collect(),
            Self::Words => {
                tokens.map(|token| (token.span.clone(), one_spelling(&token.span))).collect()
            }
            Self::Chunks => chunks(&read.text)
                .map(|span| (span.clone(), one_spelling(&span)))
                .filter(|(_, term)| !term.is_empty())
                .collect(),
            Self::Lexicon => framing::lexicon(read),
            Self::OwnStems => framing::own_stems(read),
            Self::CampStems => framing::camp_stems(read),
            Self::Mentions => framing::mentions(read),
            Self::Sentences => Vec::new(),
        }
    }
}

/// The parts of a text that stand between spaces or low lines, which join words in hashtags.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || c == '_').filter(|chunk| !chunk.is_empty()).map(
        move |chunk| {
            let from = chunk.as_ptr() as usize - start;
            from..from + chunk.len()
        },
    )
}

/// Settings of one block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockSettings {
    /// What it counts.
    pub block: Block,
    /// How counts become numbers.
    pub tfidf: TfidfVectorizer,
    /// What its numbers are multiplied with.
    pub weight: f64,
    /// The heads that use it, by number; all, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heads: Option<Vec<usize>>,
}

impl BlockSettings {
    /// A block with weight 1 that all heads use.
    pub fn new(block: Block, tfidf: TfidfVectorizer) -> Self {
        Self { block, tfidf, weight: 1.0, heads: None }
    }

    /// A block that only the heads with these numbers use.
    #[must_use]
    pub fn only_for(mut self, heads: &[usize]) -> Self {
        self.heads = Some(heads.to_vec());
        self
    }

    /// A block whose numbers are multiplied with `weight`.
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }

    /// Checks the settings.
    pub(crate) fn check(&self) -> Result<(), FitError> {
        if !(self.weight > 0.0 && self.weight <= f64::from(MAX_PARAMETER)) {
            return Err(FitError::Weight(self.weight));
        }
        self.tfidf.check()
    }
}
