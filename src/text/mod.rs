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
pub mod lexicon;
pub mod phrase;
pub mod stem;
pub mod token;
pub mod voice;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::arabic::{fold_letters, normalise};
use crate::camp::{Camp, Camps};
use lexicon::LEXICON;
use phrase::{Found, Phrases, Words};
use stem::Stemmer;
pub use token::{Kind, Token};
pub use voice::Voices;

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
    pub const STEPS: u32 = 2;
}

impl Default for TextSettings {
    fn default() -> Self {
        Self { steps: Self::STEPS }
    }
}

/// A phrase that names a camp, or stands near it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Id of the camp.
    pub camp: Arc<str>,
    /// Whether it names the camp itself, not an associate.
    pub strong: bool,
}

/// A phrase of the framing lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Number of its class in the lexicon.
    pub class: usize,
}

/// A text, cut and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadText {
    /// The text.
    pub text: String,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its sentences, and what of them is the own voice.
    pub voices: Voices,
    /// Where camps are named; empty where the reader knows none.
    pub mentions: Vec<Mention>,
    /// Where words of the lexicon stand; empty where the reader knows no camps.
    pub hits: Vec<Hit>,
}

impl ReadText {
    /// The words of some tokens as they stand, in one spelling each.
    pub fn words(&self, tokens: &Range<usize>) -> String {
        self.tokens[tokens.clone()].iter().map(|token| normalise(&self.text[token.span.clone()])).collect::<Vec<_>>().join(" ")
    }
}

/// What a reader of camps looks for.
#[derive(Debug)]
struct Sought {
    words: Words,
    camps: Phrases<(usize, bool)>,
    lexicon: Phrases<usize>,
    ids: Vec<Arc<str>>,
}

/// Reads text: cuts it into tokens and gives each its term, and finds whom it speaks of, in whose voice.
#[derive(Debug)]
pub struct Reader {
    stemmer: Stemmer,
    sought: Option<Sought>,
}

impl Reader {
    /// A reader that knows no camps.
    pub fn plain() -> Self {
        Self { stemmer: Stemmer::new([]), sought: None }
    }

    /// A reader that keeps the one-word names of `camps` whole and finds where they are spoken of.
    pub fn of_camps(camps: &Camps) -> Self {
        let of_camp = |(number, camp): (usize, &'_ Camp)| -> Vec<(String, (usize, bool))> {
            let strong = camp.names().map(|name| (name.to_owned(), (number, true)));
            strong.chain(camp.associates.iter().map(|name| (name.clone(), (number, false)))).collect()
        };
        let patterns: Vec<(String, (usize, bool))> = camps.camps.iter().enumerate().flat_map(of_camp).collect();
        let mut words = Words::default();
        let sought = Sought {
            camps: Phrases::new(&mut words, patterns.iter().map(|(name, value)| (name.as_str(), *value))),
            lexicon: Phrases::new(&mut words, LEXICON.patterns.iter().map(|(word, class)| (word.as_str(), *class))),
            ids: camps.camps.iter().map(|camp| Arc::from(camp.id.as_str())).collect(),
            words,
        };
        Self { stemmer: Stemmer::new(camps.one_word_names()), sought: Some(sought) }
    }

    /// The tokens of `text`, in order.
    pub fn read(&self, text: &str) -> Vec<Token> {
        token::tokens(text).map(|(span, kind)| self.token(text, span, kind).0).collect()
    }

    /// A token, and its word in one spelling.
    fn token(&self, text: &str, span: Range<usize>, kind: Kind) -> (Token, String) {
        let word = normalise(&text[span.clone()]);
        let spelt = fold_letters(&word);
        let function = kind == Kind::Arabic && function::is_function_word(&spelt);
        let term = match kind {
            Kind::Arabic => self.stemmer.stem(&word),
            Kind::Latin => word.to_lowercase(),
            Kind::Number => word,
        };
        (Token { span, kind, function, term }, spelt)
    }

    /// `text` with all that is found in it.
    pub fn read_text(&self, text: String) -> ReadText {
        let (tokens, spelt): (Vec<Token>, Vec<String>) = token::tokens(&text).map(|(span, kind)| self.token(&text, span, kind)).unzip();
        let Some(Sought { words, camps, lexicon, ids }) = &self.sought else {
            return ReadText { text, tokens, voices: Voices::default(), mentions: Vec::new(), hits: Vec::new() };
        };
        let met: Vec<Vec<usize>> = spelt.iter().map(|word| words.met_by(word)).collect();
        let mention = |found: Found<(usize, bool)>| Mention {
            tokens: found.start..found.end,
            camp: Arc::clone(&ids[found.value.0]),
            strong: found.value.1,
        };
        ReadText {
            voices: Voices::of(&text, &tokens, &spelt),
            mentions: camps.find(&met).into_iter().map(mention).collect(),
            hits: lexicon.find(&met).into_iter().map(|found| Hit { tokens: found.start..found.end, class: found.value }).collect(),
            tokens,
            text,
        }
    }
}
