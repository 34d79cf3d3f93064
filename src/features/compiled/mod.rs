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
mod cache;
mod counting;
mod ngrams;
mod scratch;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::block::{Block, BlockSettings};
use super::evidence::{Evidence, SeenWord, UNPACKED};
use super::extractor::Extractor;
use super::framing::{self, Role};
use super::tfidf::Tfidf;
use crate::text::cut::{Cut, Cuts, is_elongated, unpack};
use crate::text::script::normalise;
use crate::text::{TextReader, TokenKind};
use block::CompiledBlock;
use cache::CachedWord;
use scratch::{Scratch, WordReading};

/// The column of what no vocabulary has, above all columns.
const NO_COLUMN: u32 = u32::MAX >> 1;

/// Most words of an article that are read: a limit of [`CachedWord`] and `FeatureCounter`.
const MAX_WORDS: usize = 1 << 24;

/// A reader and an extractor, compiled. One serves many threads: each takes its working memory from
/// a pool.
#[derive(Debug)]
pub struct CompiledExtractor {
    reader: Arc<TextReader>,
    stems: FxHashMap<String, u32>,
    blocks: Vec<(BlockSettings, Arc<Tfidf>, CompiledBlock)>,
    /// The number that stands for all stems that no vocabulary has.
    other_stem: u32,
    n_features: usize,
    n_roles: usize,
    pool: Mutex<Vec<Scratch>>,
}

impl CompiledExtractor {
    /// Compiles a reader and an extractor; `None` if a block has no compiled form: n-grams of
    /// characters, words as they are written, stems around names.
    pub fn new(reader: Arc<TextReader>, extractor: &Extractor) -> Option<Self> {
        let mut stems = FxHashMap::default();
        for (_, tfidf) in extractor
            .blocks()
            .iter()
            .filter(|(settings, _)| matches!(settings.block, Block::Stems | Block::OwnStems))
        {
            for word in tfidf.terms().iter().flat_map(|term| term.split(' ')) {
                let number =
                    u32::try_from(stems.len()).ok().filter(|&number| number < NO_COLUMN)?;
                if !stems.contains_key(word) {
                    stems.insert(word.to_owned(), number);
                }
            }
        }
        let camps = reader.camps().map(|camps| camps.to_vec()).unwrap_or_default();
        let mut blocks = Vec::new();
        let mut offset = 0;
        for (settings, tfidf) in extractor.blocks() {
            let block = CompiledBlock::new(settings, tfidf, offset, (&stems, &camps))?;
            blocks.push((settings.clone(), Arc::clone(tfidf), block));
            offset += u32::try_from(tfidf.n_features()).ok()?;
        }
        let n_roles = Role::all(camps.len()).count();
        let other_stem = u32::try_from(stems.len()).ok()?;
        Some(Self {
            reader,
            stems,
            other_stem,
            blocks,
            n_features: offset as usize,
            n_roles,
            pool: Mutex::default(),
        })
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
        let result = use_evidence(&scratch.evidence);
        pool().push(scratch);
        result
    }

    /// Cuts the text, looks its words up, and tags reported speech. Each is a loop of its own, so
    /// that the processor waits for many cache lines at once.
    fn read(&self, text: &str, day: Option<Date>, scratch: &mut Scratch) {
        scratch.clear(self.n_features);
        for Cut { span, kind, packed } in Cuts::new(text).take(MAX_WORDS) {
            scratch.evidence.words.push(SeenWord { span, kind, content: false, known: false });
            scratch.evidence.spellings.push(packed);
        }
        for at in 0..scratch.evidence.words.len() {
            let packed = scratch.evidence.spellings[at];
            let cached = match scratch.cache.get(packed) {
                Some(cached) if packed > 0 && !cached.is_elongated() => cached,
                _ => self.resolve(text, at, scratch),
            };
            scratch.evidence.words[at].content = cached.is_content();
            scratch.cached.push(cached);
        }
        if self.reader.camps().is_some() {
            let Scratch { tagger, findings, patterns, cached, readings, evidence, .. } = scratch;
            let mut end = 0;
            for (SeenWord { span, kind, .. }, word) in evidence.words.iter().zip(cached.iter()) {
                tagger.push(&text[end..span.start], *kind, readings[word.reading()].speech);
                end = span.end;
            }
            tagger.finish(&text[end..], &mut findings.voices);
            self.reader.find_phrases(
                cached.len(),
                |word| &readings[cached[word].reading()].phrase_words,
                |word| readings[cached[word].reading()].speech,
                day,
                patterns,
                findings,
            );
            evidence.on_topic = findings.on_topic;
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
            scratch.readings.push(reading.clone());
            scratch.reading_numbers.insert(reading, scratch.readings.len() - 1);
            scratch.readings.len() - 1
        });
        let stem = self.stems.get(&word.term).copied().unwrap_or(self.other_stem);
        CachedWord::new(stem, number, content)
    }

    /// Counts the features of every block.
    fn count(&self, scratch: &mut Scratch) {
        let Scratch { cached, findings, counting, evidence, stems, .. } = scratch;
        let words = &mut evidence.words;
        let mut add = |column: u32, first: u32, last: u32| {
            words[first as usize].known |= counting.add(column, first, last + 1);
        };
        for (_, _, block) in &self.blocks {
            match block {
                CompiledBlock::Stems(ngrams) => {
                    gather(stems, cached.iter().map(|word| (word.stem, word.is_content())));
                    ngrams.each(stems, &mut add);
                }
                CompiledBlock::OwnStems(ngrams) => {
                    gather(
                        stems,
                        cached
                            .iter()
                            .zip(&findings.voices.own)
                            .map(|(word, own)| (word.stem, *own && word.is_content())),
                    );
                    ngrams.each(stems, &mut add);
                }
                CompiledBlock::Lexicon(columns) => framing::each_role(findings, |hit, role| {
                    for column in columns[hit.class * self.n_roles + role.number()] {
                        add(column, number(hit.tokens.start), number(hit.tokens.end - 1));
                    }
                }),
                CompiledBlock::Mentions(_) => {}
            }
        }
        let statements = self.blocks.iter().filter_map(|(_, _, block)| {
            if let CompiledBlock::Mentions(statements) = block { Some(statements) } else { None }
        });
        for (statement, column) in statements.flatten() {
            if statement.holds(findings) {
                counting.add(*column, 0, 0);
            }
        }
    }

    /// Fills the row from the counts.
    fn fill(&self, scratch: &mut Scratch) {
        let Scratch { counting, counts, evidence: Evidence { row, places, .. }, .. } = scratch;
        counts.clear();
        counting.drain(|column, count, (first, end)| {
            row.columns.push(column);
            counts.push(count as usize);
            places.push(first as usize..end as usize);
        });
        let (mut done, mut offset) = (0, 0);
        for (settings, tfidf, _) in &self.blocks {
            let end = done
                + row.columns[done..]
                    .partition_point(|&column| column as usize - offset < tfidf.n_features());
            let columns = row.columns[done..end].iter().map(|&column| column as usize - offset);
            tfidf.append_values(columns.zip(counts[done..end].iter().copied()), &mut row.values);
            for value in &mut row.values[done..] {
                *value *= settings.weight;
            }
            (done, offset) = (end, offset + tfidf.n_features());
        }
    }
}

/// The number of a word as `u32`; it is below 2²⁴.
fn number(word: usize) -> u32 {
    u32::try_from(word).unwrap_or(u32::MAX)
}

/// Puts the words that are to be counted into `stems`, with their positions; without a branch, as
/// in
/// `FeatureCounter::add`.
fn gather(stems: &mut Vec<(u32, u32)>, words: impl ExactSizeIterator<Item = (u32, bool)>) {
    stems.resize(words.len() + 1, (0, 0));
    let mut n_counted = 0;
    for (at, (stem, counted)) in (0..).zip(words) {
        stems[n_counted] = (at, stem);
        n_counted += usize::from(counted);
    }
    stems.truncate(n_counted);
}
