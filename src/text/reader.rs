//! The reader: text → [`AnalyzedText`].

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::analyzed::{AnalyzedText, LexiconHit, TextFindings};
use super::cut::{Cut, Cuts};
use super::lexicon::{Entry, LEXICON, Relation, Sense};
use super::own_words::OwnWord;
use super::patterns::{self, Dated, FoundPattern, Pattern, Tie, UsualCamps};
use super::phrase_words::PhraseWords;
use super::phrases::{Found, Phrases};
use super::referents;
use super::script::{fold_letters, normalise};
use super::speech::{ReportedSpeechTagger, SpeechWord, Voices};
use super::stem::Stemmer;
use super::stop_words;
use super::targets::Context;
use super::token::{Token, TokenKind};
use super::word_reading::{PhraseKind, PhraseUses, WordInfo, WordReadings};
use crate::article::Article;
use crate::camp::Camps;

/// The phrases that a reader with camps looks for.
#[derive(Debug)]
struct Patterns {
    words: PhraseWords,
    parties: Phrases<Pattern>,
    dated: Dated,
    lexicon: Phrases<Entry>,
    /// Names that say whether a text is about the conflict; `None` if the camps file lists none.
    topic: Option<Phrases<Tie>>,
    usual: UsualCamps,
    ids: Arc<[String]>,
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
        Self::with_words(camps, &[])
    }

    /// The same with words that a user has added to the lexicon: they count before its own.
    pub fn with_words(camps: &Camps, own_words: &[OwnWord]) -> Self {
        let of_lexicon = LEXICON.patterns.iter().copied();
        let mut words = PhraseWords::default();
        let (names, dated) = patterns::of_parties(camps);
        let patterns = Patterns {
            parties: Phrases::new(&mut words, names),
            lexicon: Phrases::new(
                &mut words,
                own_words.iter().filter_map(OwnWord::entry).chain(of_lexicon),
            ),
            topic: (!camps.topic.is_empty())
                .then(|| Phrases::new(&mut words, patterns::ties(camps))),
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
        let (mut tokens, mut infos, mut end) = (Vec::new(), Vec::new(), 0);
        for (span, kind, mut word) in words {
            tagger.push(&text[end..span.start], kind, word.cue);
            end = span.end;
            let term = std::mem::take(&mut word.term);
            tokens.push(Token { span, kind, function: word.function, term });
            infos.push(word);
        }
        let mut findings = TextFindings::default();
        if self.patterns.is_some() {
            tagger.finish(&text[end..], &mut findings.voices);
            findings.on_topic = self.is_on_topic(&infos[..]);
            self.find_phrases(&infos[..], day, &mut Vec::new(), &mut findings);
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
        let Some(patterns) = &self.patterns else {
            return WordInfo { function, term, ..WordInfo::default() };
        };
        let Patterns { words, topic, parties, lexicon, .. } = patterns;
        let phrase_words = words.matching(&folded);
        let of_topic = topic.as_ref().map(|topic| topic.uses(&phrase_words)).unwrap_or_default();
        let uses = PhraseUses::default()
            .with(PhraseKind::Topic, of_topic)
            .with(PhraseKind::Party, parties.uses(&phrase_words))
            .with(PhraseKind::Lexicon, lexicon.uses(&phrase_words));
        WordInfo { function, term, cue: SpeechWord::for_word(&folded), phrase_words, uses }
    }

    /// Whether something in the words of a text ties it to the conflict
    /// ([`TextFindings::on_topic`]).
    pub(crate) fn is_on_topic(&self, words: &(impl WordReadings + ?Sized)) -> bool {
        let Some(topic) = self.patterns.as_ref().and_then(|patterns| patterns.topic.as_ref())
        else {
            return true;
        };
        // A single name in a long text may be a namesake: a football club, a composer.
        let least = if words.len() > SHORT_TEXT { 2 } else { 1 };
        let (mut own, mut likely, mut is_elsewhere) = (0, 0, false);
        let phrase_words = |at| words.phrase_words(at);
        topic.find_while(words.len(), begins(words, PhraseKind::Topic), phrase_words, |found| {
            match found.value {
                Tie::Own => own += 1,
                Tie::Likely => likely += 1,
                Tie::Elsewhere => is_elsewhere = true,
            }
            own < least
        });
        own >= least || (!is_elsewhere && own + likely >= least)
    }

    /// Finds mentions of parties and lexicon words in the words of a text of a day; `found` is
    /// working memory.
    pub(crate) fn find_phrases(
        &self,
        words: &(impl WordReadings + ?Sized),
        day: Option<Date>,
        found: &mut Vec<FoundPattern>,
        findings: &mut TextFindings,
    ) {
        let Some(Patterns { parties, dated, lexicon, usual, .. }) = &self.patterns else {
            return;
        };
        let n_tokens = words.len();
        let phrase_words = |at| words.phrase_words(at);
        let speech = |at| words.speech(at);
        findings.hits.clear();
        found.clear();
        let is_party = begins(words, PhraseKind::Party);
        parties.find(n_tokens, is_party, phrase_words, |Found { start, end, value }| {
            let is_bare = || end - start == 1 && !speech(start).is(SpeechWord::DEFINITE);
            found.extend(dated.on(value, day, is_bare).map(|pattern| (start..end, pattern)));
        });
        let TextFindings { voices, mentions, hits, .. } = findings;
        referents::resolve(found, voices, speech, usual, mentions);
        let Voices { sentences, zones, own } = voices;
        let mut sentences = sentences.iter().cloned();
        let mut sentence = sentences.next().unwrap_or_default();
        let is_framing = begins(words, PhraseKind::Lexicon);
        // By class: whether its last expression was somebody else's.
        let mut was_reported = vec![false; LEXICON.classes.len()];
        lexicon.find(n_tokens, is_framing, phrase_words, |Found { start, end, value }| {
            while sentence.end <= start
                && let Some(next) = sentences.next()
            {
                sentence = next;
            }
            let context = Context { mentions, speech, zones, sentence: sentence.clone() };
            if context.is_denied(&(start..end)) {
                return;
            }
            let praises = LEXICON.classes[value.class].sense != Sense::Hostile;
            if praises && patterns::is_place_name(found, start) {
                own[start..end].fill(false);
                return;
            }
            let targets = context.targets(&(start..end), value);
            // "The spokesman speaks of mercenaries. … These mercenaries …": the newsroom takes his
            // word up, and says no more by it than he did.
            let is_taken_up = value.relation == Relation::Epithet
                && was_reported[value.class]
                && patterns::follows_this(found, start);
            if is_taken_up {
                own[start..end].fill(false);
            }
            was_reported[value.class] = !own[start];
            hits.push(LexiconHit { tokens: start..end, class: value.class, targets });
        });
    }
}

/// Whether a phrase of a kind may begin with a word, by what is known of it and of the next one.
fn begins(words: &(impl WordReadings + ?Sized), kind: PhraseKind) -> impl Fn(usize) -> bool {
    let n_tokens = words.len();
    let uses = move |at| if at < n_tokens { words.uses(at) } else { PhraseUses::default() };
    move |at| uses(at).may_begin(kind, uses(at + 1))
}
