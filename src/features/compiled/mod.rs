//! The compiled extractor of a model of stances: text → [`Evidence`] in one pass over the bytes,
//! without an allocation per word.
//!
//! The result is the same, bit for bit, as that of [`Extractor::evidence`] for the text as
//! [`TextReader::read_text`] reads it; a property test checks this. The general extractor stays for
//! training, for explanations, which need every place of a feature, and for the blocks that have no
//! compiled form.
//!
//! What makes it fast: words are cut and packed into integers at once (`text::cut`); each distinct
//! word is analysed once and kept in a bounded cache (`cache`); n-grams are looked up by the
//! numbers of their words (`ngrams`), terms of the lexicon in a table; and all memory is reused for
//! the next article (`scratch`).

mod block;
mod blocks;
mod cache;
mod counting;
mod ngrams;
mod scratch;
mod stems;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::evidence::{Evidence, SeenWord, SentenceEvidence, UNPACKED};
use super::extractor::Extractor;
use super::framing::{self, Role};
use super::sentences::SentenceClassifier;
use crate::text::cut::{Cut, Cuts, is_elongated, unpack};
use crate::text::script::normalise;
use crate::text::word_reading::WordReadings;
use crate::text::{TextReader, TokenKind};
use blocks::{CompiledBlocks, Stretch};
use cache::CachedWord;
use scratch::{CachedWords, RoleHit, Scratch, WordReading};

/// The column of what no vocabulary has, above all columns.
const NO_COLUMN: u32 = u32::MAX >> 1;

/// Most words of an article that are read: a limit of [`CachedWord`].
const MAX_WORDS: usize = (1 << 23) - (1 << 16);

/// A reader and an extractor, compiled. One serves many threads: each takes its working memory from
/// a pool.
#[derive(Debug)]
pub struct CompiledExtractor {
    reader: Arc<TextReader>,
    stems: FxHashMap<String, u32>,
    /// The features of an article.
    blocks: CompiledBlocks,
    /// The features of a sentence, and what they say.
    sentences: Option<(CompiledBlocks, Arc<SentenceClassifier>)>,
    /// The number that stands for all stems that no vocabulary has.
    other_stem: u32,
    n_roles: usize,
    pool: Mutex<Vec<Scratch>>,
}

impl CompiledExtractor {
    /// Compiles a reader and an extractor; `None` if a block has no compiled form: n-grams of
    /// characters, words as they are written, stems around names.
    pub fn new(reader: Arc<TextReader>, extractor: &Extractor) -> Option<Self> {
        let stems = stems::numbers(extractor)?;
        let camps = reader.camps().map(|camps| camps.to_vec()).unwrap_or_default();
        let compile =
            |extractor: &Extractor| CompiledBlocks::new(extractor.blocks(), (&stems, &camps));
        let blocks = compile(extractor)?;
        let sentences = match extractor.sentences() {
            Some(classifier) => Some((compile(classifier.extractor())?, Arc::clone(classifier))),
            None => None,
        };
        let n_roles = Role::all(camps.len()).count();
        let other_stem = u32::try_from(stems.len()).ok()?;
        Some(Self { reader, stems, other_stem, blocks, sentences, n_roles, pool: Mutex::default() })
    }

    /// Calls `use_evidence` with the evidence of `text`, and returns its result.
    pub fn evidence<R>(&self, text: &str, use_evidence: impl FnOnce(&Evidence) -> R) -> R {
        self.evidence_on(text, None, use_evidence)
    }

    /// The same of a text that was published on a day.
    pub fn evidence_on<R>(
        &self,
        text: &str,
        day: Option<Date>,
        use_evidence: impl FnOnce(&Evidence) -> R,
    ) -> R {
        // A thread that panicked has returned nothing, so the pool is consistent.
        let pool = || self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = pool().pop();
        let mut scratch = taken.unwrap_or_default();
        self.read(text, day, &mut scratch);
        self.count(&mut scratch);
        self.fill(&mut scratch);
        self.count_sentences(&mut scratch);
        let result = use_evidence(&scratch.evidence);
        pool().push(scratch);
        result
    }

    /// Cuts the text, looks its words up, and tags reported speech. Each is a loop of its own, so
    /// that the processor waits for many cache lines at once. A text that is off topic is read no
    /// further than its words ([`Extractor::evidence`]).
    fn read(&self, text: &str, day: Option<Date>, scratch: &mut Scratch) {
        let of_sentences = self.sentences.as_ref().map_or(0, |(blocks, _)| blocks.n_features);
        scratch.clear(self.blocks.n_features, of_sentences);
        for Cut { span, kind, packed } in Cuts::new(text).take(MAX_WORDS) {
            scratch.evidence.words.push(SeenWord { span, kind, content: false, known: false });
            scratch.evidence.spellings.push(packed);
        }
        for (at, (word, packed)) in
            (0..).zip(scratch.evidence.words.iter_mut().zip(&scratch.evidence.spellings))
        {
            let cached = scratch.cache.known(*packed).unwrap_or_else(|| {
                scratch.unknown.push(at);
                CachedWord::default()
            });
            word.content = cached.is_content();
            scratch.cached.push(cached);
        }
        // One after the other, so that the instructions for it stay in the processor's cache.
        for number in 0..scratch.unknown.len() {
            let at = scratch.unknown[number];
            let known = scratch.cache.known(scratch.evidence.spellings[at]);
            let cached = known.unwrap_or_else(|| self.resolve(text, at, scratch));
            scratch.evidence.words[at].content = cached.is_content();
            scratch.cached[at] = cached;
        }
        if self.reader.camps().is_some() {
            let Scratch { tagger, findings, patterns, evidence, .. } = scratch;
            let words = CachedWords {
                cached: &scratch.cached,
                readings: &scratch.readings,
                roles: &scratch.roles_of_readings,
            };
            evidence.on_topic = self.reader.is_on_topic(&words);
            if !evidence.on_topic {
                findings.clear();
                return;
            }
            let mut end = 0;
            for (at, SeenWord { span, kind, .. }) in evidence.words.iter().enumerate() {
                tagger.push(&text[end..span.start], *kind, words.speech(at));
                end = span.end;
            }
            tagger.finish(&text[end..], &mut findings.voices);
            self.reader.find_phrases(&words, day, patterns, findings);
        }
    }

    /// What is known of a word that is not in the cache, or whose packed spelling is not
    /// normalised; corrects its spelling.
    fn resolve(&self, text: &str, at: usize, scratch: &mut Scratch) -> CachedWord {
        let SeenWord { span, kind, .. } = scratch.evidence.words[at].clone();
        let packed = scratch.evidence.spellings[at];
        if packed > 0 && !is_elongated(packed) {
            let cached = self.analyze_word(&unpack(packed), kind, scratch);
            scratch.cache.insert(packed, cached);
            return cached;
        }
        let normal = if packed > 0 { normalise(&unpack(packed)) } else { normalise(&text[span]) };
        let spelling = scratch.spellings.number(&normal);
        scratch.evidence.spellings[at] = spelling;
        if spelling >= UNPACKED {
            return scratch.cache.get_unpacked(kind, &normal).unwrap_or_else(|| {
                let cached = self.analyze_word(&normal, kind, scratch);
                scratch.cache.insert_unpacked(kind, &normal, cached);
                cached
            });
        }
        if packed > 0 && packed != spelling {
            scratch.cache.insert(packed, CachedWord::default().elongated());
        }
        scratch.cache.get(spelling).unwrap_or_else(|| {
            let cached = self.analyze_word(&normal, kind, scratch);
            scratch.cache.insert(spelling, cached);
            cached
        })
    }

    fn analyze_word(&self, normal: &str, kind: TokenKind, scratch: &mut Scratch) -> CachedWord {
        let word = self.reader.word(normal, kind);
        let content = word.is_content(kind);
        let reading = WordReading { phrase_words: word.phrase_words.into(), speech: word.cue };
        let known = scratch.reading_numbers.get(&reading).copied();
        let number = known.unwrap_or_else(|| {
            scratch.readings.push(reading.phrase_words.clone());
            scratch.roles_of_readings.push(reading.speech);
            scratch.reading_numbers.insert(reading, scratch.readings.len() - 1);
            scratch.readings.len() - 1
        });
        let stem = self.stems.get(&word.term).copied().unwrap_or(self.other_stem);
        CachedWord::new(stem, number, content, word.uses)
    }

    /// Counts the features of every block.
    fn count(&self, scratch: &mut Scratch) {
        let Scratch { cached, findings, counting, evidence, stems, roles, camp_words, .. } =
            scratch;
        let words = &mut evidence.words;
        framing::each_role(findings, |hit, role| {
            roles.push(RoleHit {
                words: (number(hit.tokens.start), number(hit.tokens.end)),
                number: hit.class * self.n_roles + role.number(),
            });
        });
        framing::each_camp_word(findings, |at, camp| camp_words.push((number(at), number(camp))));
        let (words_of_text, own) = (0..cached.len(), &findings.voices.own);
        let text = Stretch { words: words_of_text, cached, own, roles, camp_words };
        self.blocks.count(&text, stems, counting, words);
        let is_off_topic = self.reader.camps().is_some() && !evidence.on_topic;
        for (statement, column) in self.blocks.statements() {
            if !is_off_topic && statement.holds(findings) {
                counting.add(*column, 0, 0);
            }
        }
    }

    /// Fills the row from the counts.
    fn fill(&self, scratch: &mut Scratch) {
        let Scratch { counting, counts, evidence: Evidence { row, places, .. }, .. } = scratch;
        self.blocks.fill(counting, counts, row, places);
    }

    /// Counts the features of each sentence, and adds the supports to the row.
    fn count_sentences(&self, scratch: &mut Scratch) {
        let Scratch {
            cached,
            findings,
            sentence_counting,
            counts,
            evidence,
            stems,
            roles,
            camp_words,
            ..
        } = scratch;
        let Evidence { row, places, words, sentences, .. } = evidence;
        let Some((blocks, classifier)) = &self.sentences else {
            sentences.clear();
            return;
        };
        let found = &findings.voices.sentences;
        sentences.resize_with(found.len(), SentenceEvidence::default);
        let (mut later, mut later_words) = (&roles[..], &camp_words[..]);
        for (sentence, within) in sentences.iter_mut().zip(found) {
            let before = |hit: &RoleHit| (hit.words.0 as usize) < within.end;
            let (roles, rest) = later.split_at(later.partition_point(before));
            later = rest;
            let ends = later_words.partition_point(|(at, _)| (*at as usize) < within.end);
            let (camp_words, rest) = later_words.split_at(ends);
            later_words = rest;
            let own = &findings.voices.own;
            let stretch = Stretch { words: within.clone(), cached, own, roles, camp_words };
            blocks.count(&stretch, stems, sentence_counting, words);
            sentence.words = within.clone();
            sentence.row.columns.clear();
            sentence.row.values.clear();
            sentence.places.clear();
            blocks.fill(sentence_counting, counts, &mut sentence.row, &mut sentence.places);
            classifier.add_supports(sentence);
        }
        let first = number(self.blocks.n_features);
        for (column, support) in (first..).zip(0..classifier.n_supports()) {
            row.columns.push(column);
            row.values.push(SentenceClassifier::pooled(sentences, support));
            places.push(0..0);
        }
    }
}

/// The number of a word as `u32`; it is below 2²⁴.
fn number(word: usize) -> u32 {
    u32::try_from(word).unwrap_or(u32::MAX)
}
