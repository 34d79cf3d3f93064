//! Text → tokens, sentences, and mentions of camps.
//!
//! A [`Token`] is a word with its place in the original text and its *term*, the form in which
//! features count it. Every lossy step from word to term has a name. They are applied in this
//! order:
//!
//! 1. `compose`, `strip_marks`, `foreign_letters`, `western_digits`, `elongation`: one form for the
//!    spellings of a word ([`script`]);
//! 2. `strip_article`: removes the article ال, with the و ف ب ك ل before it ([`stem`]);
//! 3. `protect_names`: keeps the camps' one-word names whole, without a و ف ب ك ل before them
//!    ([`stem`]);
//! 4. `snowball`: the Snowball stemmer for Arabic ([`stem`]);
//! 5. `fold_letters`: أ إ آ → ا, ى ئ → ي, ة → ه, ؤ → و, after stemming, because the stemmer needs
//!    them.
//!
//! There is one way to read a text: words are cut by [`cut`] and stemmed by [`stem`]. The slower
//! definitions of both are in `reference`, which only tests, benchmarks and fuzz targets see.

mod analyzed;
pub(crate) mod cut;
pub(crate) mod folding;
pub mod isolate;
pub mod lexicon;
pub mod listed;
pub mod own_words;
pub mod parties;
pub(crate) mod patterns;
pub mod phrase_words;
pub mod phrases;
mod reader;
#[cfg(any(test, feature = "internals"))]
pub mod reference;
pub(crate) mod referents;
pub mod script;
mod snowball;
pub(crate) mod speech;
pub mod stem;
pub mod stop_words;
mod targets;
pub mod token;
pub(crate) mod word_reading;

use serde::{Deserialize, Serialize};

pub use analyzed::{AnalyzedText, LexiconHit, TextFindings};
pub use own_words::OwnWord;
pub use parties::Party;
pub use reader::TextReader;
pub use referents::{Mention, Resolution};
pub use speech::{Voices, Zone};
pub use targets::Target;
pub use token::{Token, TokenKind};

/// How a model reads text; part of the model file, so that text is always read as in training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSettings {
    /// Version of text processing. It changes whenever a step above changes. A model of another
    /// version is refused, because its terms would not stand for the same words.
    pub steps: u32,
    /// Words that the labelled set adds to the lexicon, in the order in which they count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_words: Vec<OwnWord>,
}

impl TextSettings {
    /// The version of text processing of this program.
    pub const STEPS: u32 = 3;
}

impl Default for TextSettings {
    fn default() -> Self {
        Self { steps: Self::STEPS, own_words: Vec::new() }
    }
}
