//! Text → tokens.
//!
//! A [`Token`] is a word with its place in the original text and its *term*, the form in which
//! features count it. Every lossy step on the way from word to term has a name, in this order:
//!
//! 1. `compose`, `strip_marks`, `foreign_letters`, `western_digits`, `elongation`: one form for the
//!    spellings of a word ([`crate::arabic`]);
//! 2. `strip_article`: the article ال goes, with the و ف ب ك ل before it ([`stem`]);
//! 3. `protect_names`: the camps' one-word names are kept whole, a و ف ب ك ل before them goes
//!    ([`stem`]);
//! 4. `snowball`: the Snowball stemmer for Arabic ([`stem`]);
//! 5. `fold_letters`: أ إ آ → ا, ى ئ → ي, ة → ه, ؤ → و, after stemming, because the stemmer needs
//!    them.

pub(crate) mod cut;
pub mod isolate;
pub mod lexicon;
pub mod phrases;
pub(crate) mod reported_speech;
pub mod script;
mod snowball;
pub mod stem;
pub mod stop_words;
pub mod token;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::camp::{Camp, Camps};
use crate::text::script::{fold_letters, normalise};
use lexicon::LEXICON;
use phrases::{Found, Phrases, Words};
pub use reported_speech::Voices;
use reported_speech::{ReportedSpeechTagger, SpeechCue};
use stem::Stemmer;
pub use token::{Token, TokenKind};

/// How text is read; kept in the model, so that it is read the same way again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSettings {
    /// Version of the steps above. A change of what any step does gets a new number, and a model
    /// made with another number is refused: its terms would not mean the same words.
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
    /// Number of the camp.
    pub camp: usize,
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

/// What is found in a text, by the numbers of its tokens; nothing where the reader knows no camps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextFindings {
    /// Its sentences, and what of them is the own voice.
    pub voices: Voices,
    /// Where camps are named.
    pub mentions: Vec<Mention>,
    /// Where words of the lexicon stand.
    pub hits: Vec<Hit>,
}

/// A text, cut and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnalyzedText {
    /// The text.
    pub text: String,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// What is found in it.
    pub findings: TextFindings,
    /// The ids of the camps, by number; empty where the reader knows none.
    pub camps: Arc<[String]>,
}

impl AnalyzedText {
    /// The tokens that begin and end within some bytes.
    pub(crate) fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < bytes.start);
        first..self.tokens.partition_point(|token| token.span.end <= bytes.end).max(first)
    }

    /// The words of some tokens as they stand, in one spelling each.
    pub fn words(&self, tokens: &Range<usize>) -> String {
        self.tokens[tokens.clone()]
            .iter()
            .map(|token| normalise(&self.text[token.span.clone()]))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What a reader of camps looks for.
#[derive(Debug)]
struct Sought {
    words: Words,
    camps: Phrases<(usize, bool)>,
    lexicon: Phrases<usize>,
    ids: Arc<[String]>,
}

/// A word, read: all that is known of it wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Whether it is a function word.
    pub(crate) function: bool,
    /// The form in which features count it.
    pub(crate) term: String,
    /// What it does in reported speech.
    pub(crate) saying: SpeechCue,
    /// The numbers of the words of phrases that it meets.
    pub(crate) met: Vec<u32>,
}

impl Word {
    /// Whether stems are made of it.
    pub(crate) fn is_content(&self, kind: TokenKind) -> bool {
        token::is_content(kind, self.function, &self.term)
    }
}

/// How a word becomes a stem.
type Stem = fn(&Stemmer, &str) -> String;

/// Reads text: cuts it into tokens and gives each its term, and finds whom it speaks of, in whose
/// voice.
#[derive(Debug)]
pub struct TextReader {
    stemmer: Stemmer,
    sought: Option<Sought>,
}

impl TextReader {
    /// A reader that knows no camps.
    pub fn plain() -> Self {
        Self { stemmer: Stemmer::new([]), sought: None }
    }

    /// A reader that keeps the one-word names of `camps` whole and finds where they are spoken of.
    pub fn of_camps(camps: &Camps) -> Self {
        let of_camp = |(number, camp): (usize, &'_ Camp)| -> Vec<(String, (usize, bool))> {
            let strong = camp.names().map(|name| (name.to_owned(), (number, true)));
            strong
                .chain(camp.associates.iter().map(|name| (name.clone(), (number, false))))
                .collect()
        };
        let patterns: Vec<(String, (usize, bool))> =
            camps.camps.iter().enumerate().flat_map(of_camp).collect();
        let mut words = Words::default();
        let sought = Sought {
            camps: Phrases::new(
                &mut words,
                patterns.iter().map(|(name, value)| (name.as_str(), *value)),
            ),
            lexicon: Phrases::new(
                &mut words,
                LEXICON.patterns.iter().map(|(word, class)| (word.as_str(), *class)),
            ),
            ids: camps.ids().map(str::to_owned).into(),
            words,
        };
        Self { stemmer: Stemmer::new(camps.one_word_names()), sought: Some(sought) }
    }

    /// The ids of the camps that it looks for, by number; none where it knows none.
    pub(crate) fn camps(&self) -> Option<&Arc<[String]>> {
        self.sought.as_ref().map(|sought| &sought.ids)
    }

    /// The tokens of `text`, in order.
    pub fn read(&self, text: &str) -> Vec<Token> {
        token::tokens(text)
            .map(|(span, kind)| {
                let word = normalise(&text[span.clone()]);
                let (function, term) = self.term(&word, &fold_letters(&word), kind, Stemmer::stem);
                Token { span, kind, function, term }
            })
            .collect()
    }

    /// Whether a normalised word (and once more with folded letters) is a function word, and its
    /// term.
    fn term(&self, normal: &str, folded: &str, kind: TokenKind, stem: Stem) -> (bool, String) {
        match kind {
            TokenKind::Arabic => {
                (stop_words::is_function_word(folded), stem(&self.stemmer, normal))
            }
            TokenKind::Latin => (false, normal.to_lowercase()),
            TokenKind::Number => (false, normal.to_owned()),
        }
    }

    /// What is known of a normalised word.
    pub(crate) fn word(&self, normal: &str, kind: TokenKind) -> Word {
        self.word_by(normal, kind, Stemmer::stem_fast)
    }

    fn word_by(&self, normal: &str, kind: TokenKind, stem: Stem) -> Word {
        let folded = fold_letters(normal);
        let (function, term) = self.term(normal, &folded, kind, stem);
        let (saying, met) = match &self.sought {
            Some(sought) => (SpeechCue::of(&folded), sought.words.met_by(&folded)),
            None => (SpeechCue::default(), Vec::new()),
        };
        Word { function, term, saying, met }
    }

    /// `text` with all that is found in it.
    pub fn read_text(&self, text: String) -> AnalyzedText {
        let mut listener = ReportedSpeechTagger::default();
        let (mut tokens, mut met, mut end) = (Vec::new(), Vec::new(), 0);
        for (span, kind) in token::tokens(&text) {
            let word = self.word_by(&normalise(&text[span.clone()]), kind, Stemmer::stem);
            listener.hear(&text[end..span.start], kind, word.saying);
            end = span.end;
            met.push(word.met);
            tokens.push(Token { span, kind, function: word.function, term: word.term });
        }
        let mut findings = TextFindings::default();
        if self.sought.is_some() {
            listener.finish(&mut findings.voices);
            self.find(tokens.len(), |token| &met[token], &mut findings);
        }
        AnalyzedText { text, tokens, findings, camps: self.camps().cloned().unwrap_or_default() }
    }

    /// Finds the camps and the words of the lexicon in tokens, given the words that each meets.
    pub(crate) fn find<'a>(
        &self,
        n_tokens: usize,
        met: impl Fn(usize) -> &'a [u32],
        findings: &mut TextFindings,
    ) {
        let Some(Sought { camps, lexicon, .. }) = &self.sought else { return };
        findings.mentions.clear();
        findings.hits.clear();
        camps.find(n_tokens, &met, |Found { start, end, value: (camp, strong) }| {
            findings.mentions.push(Mention { tokens: start..end, camp, strong });
        });
        lexicon.find(n_tokens, &met, |Found { start, end, value }| {
            findings.hits.push(Hit { tokens: start..end, class: value })
        });
    }
}
