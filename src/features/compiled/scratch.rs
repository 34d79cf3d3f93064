//! The working memory of a thread.

use rustc_hash::FxHashMap;

use super::cache::{Cache, CachedWord};
use super::counting::FeatureCounter;
use crate::features::evidence::{Evidence, Spellings};
use crate::text::TextFindings;
use crate::text::reported_speech::ReportedSpeechTagger;

/// When an article has more words than this, its memory is released before the next article.
const MAX_KEPT_WORDS: usize = 1 << 16;

/// When there are more distinct lists of phrase words than this, the cache is emptied.
const MAX_PHRASE_WORD_LISTS: usize = 1 << 15;

/// The working memory of a thread: its cache of words, and buffers that are reused.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) cache: Cache,
    pub(super) spellings: Spellings,
    /// The lists of phrase words that words match, and their numbers; the first is empty.
    pub(super) phrase_words: Vec<Box<[u32]>>,
    pub(super) list_numbers: FxHashMap<Box<[u32]>, usize>,
    pub(super) cached: Vec<CachedWord>,
    pub(super) stems: Vec<(u32, u32)>,
    pub(super) tagger: ReportedSpeechTagger,
    pub(super) findings: TextFindings,
    pub(super) counting: FeatureCounter,
    pub(super) counts: Vec<usize>,
    pub(super) evidence: Evidence,
}

impl Scratch {
    /// Clears the buffers for the next article.
    pub(super) fn clear(&mut self, n_features: usize) {
        if self.cached.capacity() > MAX_KEPT_WORDS {
            self.cached = Vec::new();
            self.evidence = Evidence::default();
            self.tagger = ReportedSpeechTagger::default();
            self.findings = TextFindings::default();
        }
        self.cached.clear();
        self.spellings.clear();
        let Evidence { row, places, words, spellings } = &mut self.evidence;
        row.columns.clear();
        row.values.clear();
        places.clear();
        words.clear();
        spellings.clear();
        self.counting.resize(n_features);
        if self.phrase_words.len() > MAX_PHRASE_WORD_LISTS {
            self.cache = Cache::default();
            self.phrase_words.clear();
            self.list_numbers.clear();
        }
        if self.phrase_words.is_empty() {
            self.phrase_words.push(Box::default());
            self.list_numbers.insert(Box::default(), 0);
        }
    }
}
