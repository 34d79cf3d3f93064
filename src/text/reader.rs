//! The reader: text → [`AnalyzedText`].

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::analyzed::{AnalyzedText, LexiconHit, TextFindings};
use super::cut::{Cut, Cuts};
use super::lexicon::{Entry, LEXICON};
use super::patterns::{self, Dated, FoundPattern, Pattern, UsualCamps};
use super::phrases::{Found, PhraseWords, Phrases};
use super::referents;
use super::script::{fold_letters, normalise};
use super::speech::{ReportedSpeechTagger, SpeechWord};
use super::stem::Stemmer;
use super::stop_words;
use super::targets::Context;
use super::token::{self, Token, TokenKind};
use crate::article::Article;
use crate::camp::Camps;

/// The phrases that a reader with camps looks for.
#[derive(Debug)]
struct Patterns {
    words: PhraseWords,
    parties: Phrases<Pattern>,
    dated: Dated,
    lexicon: Phrases<Entry>,
    /// Names that tie a text to the conflict.
    topic: Phrases<()>,
    usual: UsualCamps,
    ids: Arc<[String]>,
}

/// All that is known of a word, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordInfo {
    /// Whether it is a function word.
    pub(crate) function: bool,
    /// The form in which features count it.
    pub(crate) term: String,
    /// Its role in reported speech.
    pub(crate) cue: SpeechWord,
    /// The numbers of the words of phrases that it matches.
    pub(crate) phrase_words: Vec<u32>,
}

impl WordInfo {
    /// Whether the blocks of stems count it.
    pub(crate) fn is_content(&self, kind: TokenKind) -> bool {
        token::is_content(kind, self.function, &self.term)
    }
}

/// Reads text: cuts it into tokens with their terms, and finds mentions of camps, lexicon words and
/// the article's own voice.
#[derive(Debug)]
pub struct TextReader {
    pub(super) stemmer: Stemmer,
    patterns: Option<Patterns>,
}

/// Most words of a text that one name of the conflict's country ties to it.
const SHORT_TEXT: usize = 60;

impl TextReader {
    /// A reader that knows no camps.
    pub fn plain() -> Self {
        Self { stemmer: Stemmer::new([]), patterns: None }
    }

    /// A reader that keeps the one-word names of `camps` whole and finds their mentions.
    pub fn with_camps(camps: &Camps) -> Self {
        let mut words = PhraseWords::default();
        let (names, dated) = patterns::of_parties(camps);
        let patterns = Patterns {
            parties: Phrases::new(
                &mut words,
                names.iter().map(|(name, value)| (name.as_str(), *value)),
            ),
            lexicon: Phrases::new(
                &mut words,
                LEXICON.patterns.iter().map(|(word, entry)| (word.as_str(), *entry)),
            ),
            topic: Phrases::new(
                &mut words,
                patterns::of_topic(camps).into_iter().map(|name| (name, ())),
            ),
            dated,
            usual: UsualCamps::new(camps),
            ids: camps.ids().map(str::to_owned).into(),
            words,
        };
        Self { stemmer: Stemmer::new(camps.one_word_names()), patterns: Some(patterns) }
    }

    /// The ids of the camps that it looks for, by number; `None` if it knows no camps.
    pub(crate) fn camps(&self) -> Option<&Arc<[String]>> {
        self.patterns.as_ref().map(|patterns| &patterns.ids)
    }

    /// The tokens of `text`, in order.
    pub fn read(&self, text: &str) -> Vec<Token> {
        Cuts::new(text)
            .map(|Cut { span, kind, .. }| {
                let word = normalise(&text[span.clone()]);
                let (function, term) =
                    Self::term(&word, &fold_letters(&word), kind, |word| self.stemmer.stem(word));
                Token { span, kind, function, term }
            })
            .collect()
    }

    /// `text` with its tokens and all that is found in it.
    pub fn read_text(&self, text: String) -> AnalyzedText {
        self.read_dated(text, None)
    }

    /// An article with its tokens and all that is found in it.
    pub fn read_article(&self, article: &Article) -> AnalyzedText {
        self.read_dated(article.full_text(), article.day())
    }

    /// A text that was published on a day, likewise: some names mean somebody else at other times.
    pub fn read_dated(&self, text: String, day: Option<Date>) -> AnalyzedText {
        let words = Cuts::new(&text).map(|Cut { span, kind, .. }| {
            let word = self.word(&normalise(&text[span.clone()]), kind);
            (span, kind, word)
        });
        let (tokens, findings) = self.analyze(&text, words, day);
        self.analyzed(text, tokens, findings)
    }

    /// A text with its tokens and findings.
    pub(super) fn analyzed(
        &self,
        text: String,
        tokens: Vec<Token>,
        findings: TextFindings,
    ) -> AnalyzedText {
        AnalyzedText { text, tokens, findings, camps: self.camps().cloned().unwrap_or_default() }
    }

    /// The tokens of a text and what is found in it, given its words in order.
    pub(super) fn analyze(
        &self,
        text: &str,
        words: impl Iterator<Item = (Range<usize>, TokenKind, WordInfo)>,
        day: Option<Date>,
    ) -> (Vec<Token>, TextFindings) {
        let mut tagger = ReportedSpeechTagger::default();
        let (mut tokens, mut phrase_words, mut speech, mut end) =
            (Vec::new(), Vec::new(), Vec::new(), 0);
        for (span, kind, word) in words {
            tagger.push(&text[end..span.start], kind, word.cue);
            end = span.end;
            phrase_words.push(word.phrase_words);
            speech.push(word.cue);
            tokens.push(Token { span, kind, function: word.function, term: word.term });
        }
        let mut findings = TextFindings::default();
        if self.patterns.is_some() {
            tagger.finish(&text[end..], &mut findings.voices);
            self.find_phrases(
                tokens.len(),
                |token| &phrase_words[token],
                |token| speech[token],
                day,
                &mut Vec::new(),
                &mut findings,
            );
        }
        (tokens, findings)
    }

    /// Whether a word is a function word, and its term, given the word normalised, and once more
    /// with folded letters.
    fn term(
        normal: &str,
        folded: &str,
        kind: TokenKind,
        stem: impl FnOnce(&str) -> String,
    ) -> (bool, String) {
        match kind {
            TokenKind::Arabic => (stop_words::is_function_word(folded), stem(normal)),
            TokenKind::Latin => (false, normal.to_lowercase()),
            TokenKind::Number => (false, normal.to_owned()),
        }
    }

    /// All that is known of a normalised word.
    pub(crate) fn word(&self, normal: &str, kind: TokenKind) -> WordInfo {
        self.word_with(normal, kind, |word| self.stemmer.stem(word))
    }

    /// All that is known of a normalised word, given a stemmer.
    pub(super) fn word_with(
        &self,
        normal: &str,
        kind: TokenKind,
        stem: impl FnOnce(&str) -> String,
    ) -> WordInfo {
        let folded = fold_letters(normal);
        let (function, term) = Self::term(normal, &folded, kind, stem);
        let (cue, phrase_words) = match &self.patterns {
            Some(patterns) => (SpeechWord::for_word(&folded), patterns.words.matching(&folded)),
            None => (SpeechWord::default(), Vec::new()),
        };
        WordInfo { function, term, cue, phrase_words }
    }

    /// Finds mentions of parties and lexicon words, given the phrase words that each token matches
    /// and its role in reported speech, and the day of the text; `found` is working memory.
    pub(crate) fn find_phrases<'a>(
        &self,
        n_tokens: usize,
        phrase_words: impl Fn(usize) -> &'a [u32],
        speech: impl Fn(usize) -> SpeechWord,
        day: Option<Date>,
        found: &mut Vec<FoundPattern>,
        findings: &mut TextFindings,
    ) {
        let Some(Patterns { parties, dated, lexicon, topic, usual, .. }) = &self.patterns else {
            return;
        };
        findings.hits.clear();
        // A single name in a long text may be a namesake: a football club, a composer.
        let least = if n_tokens > SHORT_TEXT { 2 } else { 1 };
        findings.on_topic = topic.at_least(least, n_tokens, &phrase_words);
        found.clear();
        parties.find(n_tokens, &phrase_words, |Found { start, end, value }| {
            let is_bare = || end - start == 1 && !speech(start).is(SpeechWord::DEFINITE);
            found.extend(dated.on(value, day, is_bare).map(|pattern| (start..end, pattern)));
        });
        let TextFindings { voices, mentions, hits, .. } = findings;
        referents::resolve(found, voices, &speech, usual, mentions);
        let mut sentences = voices.sentences.iter().cloned();
        let mut sentence = sentences.next().unwrap_or_default();
        lexicon.find(n_tokens, &phrase_words, |Found { start, end, value }| {
            while sentence.end <= start
                && let Some(next) = sentences.next()
            {
                sentence = next;
            }
            let zones = &voices.zones;
            let context = Context { mentions, speech: &speech, zones, sentence: sentence.clone() };
            let is_name = patterns::is_place_name(found, start);
            let targets = if is_name { [None; 2] } else { context.targets(&(start..end), value) };
            hits.push(LexiconHit { tokens: start..end, class: value.class, targets });
        });
    }
}
