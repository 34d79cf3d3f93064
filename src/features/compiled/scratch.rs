//! The working memory of a thread.

use rustc_hash::FxHashMap;

use super::cache::{Cache, CachedWord};
use super::counting::FeatureCounter;
use crate::features::evidence::{Evidence, Spellings};
use crate::text::TextFindings;
use crate::text::patterns::FoundPattern;
use crate::text::speech::{ReportedSpeechTagger, SpeechWord};
use crate::text::word_reading::{PhraseUses, WordReadings};

/// When an article has more words than this, its memory is released before the next article.
const MAX_KEPT_WORDS: usize = 1 << 16;

/// When there are more distinct readings than this, the cache is emptied.
const MAX_READINGS: usize = 1 << 15;

/// What a word is to the reader: the phrase words that it matches, and its role in reported speech.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct WordReading {
    pub(super) phrase_words: Box<[u32]>,
    pub(super) speech: SpeechWord,
}

/// A word of the lexicon in one of its roles.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoleHit {
    /// Its first word, and the one after its last.
    pub(super) words: (u32, u32),
    /// Its number among classes and roles.
    pub(super) number: usize,
}

/// The working memory of a thread: its cache of words, and buffers that are reused.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) cache: Cache,
    pub(super) spellings: Spellings,
    /// What words are to the reader, and the number of each; the first is nothing. Roles stand
    /// apart, because every word has its role looked up, and few their phrase words.
    pub(super) readings: Vec<Box<[u32]>>,
    pub(super) roles_of_readings: Vec<SpeechWord>,
    pub(super) reading_numbers: FxHashMap<WordReading, usize>,
    pub(super) cached: Vec<CachedWord>,
    /// The words of the text that the cache does not have.
    pub(super) unknown: Vec<usize>,
    pub(super) stems: Vec<(u32, u32)>,
    pub(super) tagger: ReportedSpeechTagger,
    pub(super) findings: TextFindings,
    pub(super) patterns: Vec<FoundPattern>,
    pub(super) counting: FeatureCounter,
    pub(super) sentence_counting: FeatureCounter,
    pub(super) counts: Vec<usize>,
    /// The words of the lexicon in one of their roles.
    pub(super) roles: Vec<RoleHit>,
    /// The words beside one camp alone, each with the camp.
    pub(super) camp_words: Vec<(u32, u32)>,
    pub(super) evidence: Evidence,
}

impl Scratch {
    /// Clears the buffers for the next article.
    pub(super) fn clear(&mut self, n_features: usize, of_sentences: usize) {
        if self.cached.capacity() > MAX_KEPT_WORDS {
            self.cached = Vec::new();
            self.unknown = Vec::new();
            self.evidence = Evidence::default();
            self.tagger = ReportedSpeechTagger::default();
            self.findings = TextFindings::default();
        }
        self.cached.clear();
        self.unknown.clear();
        self.spellings.clear();
        let Evidence { row, places, words, spellings, on_topic, sentences: _ } = &mut self.evidence;
        row.columns.clear();
        row.values.clear();
        places.clear();
        words.clear();
        spellings.clear();
        *on_topic = false;
        self.counting.resize(n_features);
        self.sentence_counting.resize(of_sentences);
        self.roles.clear();
        self.camp_words.clear();
        if self.readings.len() > MAX_READINGS {
            self.cache = Cache::default();
            self.readings.clear();
            self.roles_of_readings.clear();
            self.reading_numbers.clear();
        }
        if self.readings.is_empty() {
            self.readings.push(Box::default());
            self.roles_of_readings.push(SpeechWord::default());
            self.reading_numbers.insert(WordReading::default(), 0);
        }
    }
}

/// The words of a text by what is cached of them.
pub(super) struct CachedWords<'a> {
    pub(super) cached: &'a [CachedWord],
    pub(super) readings: &'a [Box<[u32]>],
    pub(super) roles: &'a [SpeechWord],
}

impl WordReadings for CachedWords<'_> {
    fn len(&self) -> usize {
        self.cached.len()
    }

    #[inline]
    fn phrase_words(&self, at: usize) -> &[u32] {
        &self.readings[self.cached[at].reading()]
    }

    #[inline]
    fn speech(&self, at: usize) -> SpeechWord {
        self.roles[self.cached[at].reading()]
    }

    #[inline]
    fn uses(&self, at: usize) -> PhraseUses {
        self.cached[at].uses()
    }
}
