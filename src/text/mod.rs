//! Text → tokens.
//!
//! A [`Token`] is a word with its place in the original text and its *term*, the form in which features count it.
//! Every lossy step on the way from word to term has a name, in this order:
//!
//! 1. `compose`, `strip_marks`, `foreign_letters`, `western_digits`, `elongation`: one form for the spellings of a word
//!    ([`crate::arabic`]);
//! 2. `strip_article`: the article ال goes, with the و ف ب ك ل before it ([`stem`]);
//! 3. `protect_names`: the camps' one-word names are kept whole, a و ف ب ك ل before them goes ([`stem`]);
//! 4. `snowball`: the Snowball stemmer for Arabic ([`stem`]);
//! 5. `fold_letters`: أ إ آ → ا, ى ئ → ي, ة → ه, ؤ → و, after stemming, because the stemmer needs them.

pub mod function;
pub mod stem;
pub mod token;

use serde::{Deserialize, Serialize};

use crate::arabic::normalise;
use stem::Stemmer;
pub use token::{Kind, Token};

/// How text is read; kept in the model, so that it is read the same way again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSettings {
    /// Version of the steps above. A change of what any step does gets a new number, and a model made with another
    /// number is refused: its terms would not mean the same words.
    pub steps: u32,
}

impl TextSettings {
    /// The version of the steps that this program takes.
    pub const STEPS: u32 = 1;
}

impl Default for TextSettings {
    fn default() -> Self {
        Self { steps: Self::STEPS }
    }
}

/// A text and its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadText {
    /// The text.
    pub text: String,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// Reads text: cuts it into tokens and gives each its term.
#[derive(Debug)]
pub struct Reader {
    stemmer: Stemmer,
}

impl Reader {
    /// A reader that keeps `names` whole.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { stemmer: Stemmer::new(names) }
    }

    /// The tokens of `text`, in order.
    pub fn read(&self, text: &str) -> Vec<Token> {
        token::tokens(text)
            .map(|(span, kind)| {
                let word = normalise(&text[span.clone()]);
                let function = kind == Kind::Arabic && function::is_function_word(&word);
                let term = match kind {
                    Kind::Arabic => self.stemmer.stem(&word),
                    Kind::Latin => word.to_lowercase(),
                    Kind::Number => word,
                };
                Token { span, kind, function, term }
            })
            .collect()
    }

    /// `text` with its tokens.
    pub fn read_text(&self, text: String) -> ReadText {
        ReadText { tokens: self.read(&text), text }
    }
}
