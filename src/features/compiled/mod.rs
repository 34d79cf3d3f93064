//! An extractor made for speed: text → [`Evidence`] in one pass over the bytes, without an
//! allocation per word.
//!
//! It gives, bit for bit, what the simple way gives ([`TextReader::read_text`], then
//! [`Extractor::evidence`]); a property test holds it to that. What makes it fast: words are cut
//! and packed into integers at once (`text::cut`); what is known of a word is found out once and
//! kept in a bounded cache (`cache`); runs of words are looked up by the numbers of their words
//! (`ngrams`), the lexicon's terms in a table; and all room is used again for the next article
//! (`Scratch`).

mod cache;
mod counting;
mod ngrams;

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::evidence::{Evidence, Seen, Spellings, UNPACKED};
use super::extractor::{Block, BlockSettings, Extractor};
use super::framing::{self, Role, Speaks};
use super::tfidf::{Analyzer, Tfidf};
use crate::text::cut::{Cut, Cuts, is_elongated, unpack};
use crate::text::lexicon::LEXICON;
use crate::text::reported_speech::ReportedSpeechTagger;
use crate::text::script::normalise;
use crate::text::{TextFindings, TextReader, TokenKind};
use cache::{Cache, Facts};
use counting::Counting;
use ngrams::Ngrams;

/// The column of what no vocabulary has: higher than any.
const NO_COLUMN: u32 = u32::MAX >> 1;

/// Room for more words than this is given back after the article.
const ROOMY: usize = 1 << 16;

/// Most words of one article, which [`Facts`] and [`Counting`] rely on. What follows is not read.
const MAX_WORDS: usize = 1 << 24;

/// When words meet more lists of phrases' words than this, all that is known of words is forgotten.
const MAX_LISTS: usize = 1 << 15;

/// How a block's terms are looked up.
#[derive(Debug)]
enum Lookup {
    Stems(Ngrams),
    OwnStems(Ngrams),
    /// By class and role: the columns of the class's term and of its sense's.
    Lexicon(Vec<[u32; 2]>),
    Mentions(Vec<(Speaks, u32)>),
}

/// An extractor and a reader made for speed. One serves many threads: each takes the room that it
/// works in from a pool.
#[derive(Debug)]
pub struct CompiledExtractor {
    reader: Arc<TextReader>,
    stems: FxHashMap<String, u32>,
    blocks: Vec<(BlockSettings, Arc<Tfidf>, Lookup)>,
    /// The number of every stem that the vocabularies do not have: one more than they have.
    other_stem: u32,
    n_features: usize,
    n_roles: usize,
    pool: Mutex<Vec<Scratch>>,
}

/// Room that one thread works in: the words that it knows already, and lists that are used again.
#[derive(Debug, Default)]
struct Scratch {
    cache: Cache,
    spellings: Spellings,
    /// The lists of phrases' words that words meet, and their numbers; the first is empty.
    met: Vec<Box<[u32]>>,
    met_numbers: FxHashMap<Box<[u32]>, usize>,
    facts: Vec<Facts>,
    stems: Vec<(u32, u32)>,
    listener: ReportedSpeechTagger,
    findings: TextFindings,
    counting: Counting,
    counts: Vec<usize>,
    evidence: Evidence,
}

impl CompiledExtractor {
    /// `extractor` and the reader of its model made for speed; `None` where it has a block that
    /// goes no faster: of n-grams of characters, of words as they are written, of stems around
    /// names.
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
            let (analyzer, ngram_range) = tfidf.settings().runs();
            let column =
                |term: String| tfidf.column(&term).map_or(NO_COLUMN, |column| offset + column);
            let lookup = match settings.block {
                _ if analyzer != Analyzer::Word => return None,
                Block::Stems => Lookup::Stems(Ngrams::of(tfidf, offset, &stems)),
                Block::OwnStems => Lookup::OwnStems(Ngrams::of(tfidf, offset, &stems)),
                Block::Lexicon if ngram_range == (1, 1) => {
                    let of_class = LEXICON.classes.iter().flat_map(|class| {
                        let tagged =
                            |name: &str, role: Role| column(format!("{name}{}", role.tag(&camps)));
                        let columns = move |role| {
                            [
                                tagged(&class.name, role),
                                framing::sense(class)
                                    .map_or(NO_COLUMN, |sense| tagged(sense, role)),
                            ]
                        };
                        Role::all(camps.len()).map(columns)
                    });
                    Lookup::Lexicon(of_class.collect())
                }
                Block::Mentions if ngram_range == (1, 1) => Lookup::Mentions(
                    Speaks::all(camps.len())
                        .map(|speaks| (speaks, column(speaks.term(&camps))))
                        .collect(),
                ),
                Block::Lexicon
                | Block::Mentions
                | Block::Words
                | Block::Chunks
                | Block::Context => return None,
            };
            blocks.push((settings.clone(), Arc::clone(tfidf), lookup));
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

    /// Shows to `look` what the model sees of `text`, and gives back what it says.
    pub fn evidence<R>(&self, text: &str, look: impl FnOnce(&Evidence) -> R) -> R {
        // A thread that panicked has put nothing back: what is in the pool is whole.
        let pool = || self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = pool().pop();
        let mut scratch = taken.unwrap_or_default();
        self.read(text, &mut scratch);
        self.count(&mut scratch);
        self.fill(&mut scratch);
        let said = look(&scratch.evidence);
        pool().push(scratch);
        said
    }

    /// Cuts the text, finds out about its words, and in whose voice they stand. Each is a loop of
    /// its own: so the processor waits for many words' facts at once.
    fn read(&self, text: &str, scratch: &mut Scratch) {
        scratch.clear(self.n_features);
        for Cut { span, kind, packed } in Cuts::of(text).take(MAX_WORDS) {
            scratch.evidence.words.push(Seen { span, kind, content: false, known: false });
            scratch.evidence.spellings.push(packed);
        }
        for at in 0..scratch.evidence.words.len() {
            let packed = scratch.evidence.spellings[at];
            let facts = match scratch.cache.get(packed) {
                Some(facts) if packed > 0 && !facts.is_elongated() => facts,
                _ => self.look_closer(text, at, scratch),
            };
            scratch.evidence.words[at].content = facts.is_content();
            scratch.facts.push(facts);
        }
        if self.reader.camps().is_some() {
            let Scratch { listener, findings, facts, met, evidence, .. } = scratch;
            let mut end = 0;
            for (Seen { span, kind, .. }, facts) in evidence.words.iter().zip(facts.iter()) {
                listener.hear(&text[end..span.start], *kind, facts.saying());
                end = span.end;
            }
            listener.finish(&mut findings.voices);
            self.reader.find(facts.len(), |word| &met[facts[word].met()], findings);
        }
    }

    /// What is known of a word that was not met yet, or whose spelling is not as it was packed; its
    /// spelling is put right.
    fn look_closer(&self, text: &str, at: usize, scratch: &mut Scratch) -> Facts {
        let Seen { span, kind, .. } = scratch.evidence.words[at].clone();
        let packed = scratch.evidence.spellings[at];
        if packed > 0 && !is_elongated(packed) {
            let facts = self.find_out(&unpack(packed), kind, scratch);
            scratch.cache.keep(packed, facts);
            return facts;
        }
        let normal = if packed > 0 { normalise(&unpack(packed)) } else { normalise(&text[span]) };
        let spelling = scratch.spellings.number(&normal);
        scratch.evidence.spellings[at] = spelling;
        if spelling >= UNPACKED {
            return scratch.cache.other(kind, &normal).unwrap_or_else(|| {
                let facts = self.find_out(&normal, kind, scratch);
                scratch.cache.keep_other(kind, &normal, facts);
                facts
            });
        }
        if packed > 0 && packed != spelling {
            scratch.cache.keep(packed, Facts::default().elongated());
        }
        scratch.cache.get(spelling).unwrap_or_else(|| {
            let facts = self.find_out(&normal, kind, scratch);
            scratch.cache.keep(spelling, facts);
            facts
        })
    }

    fn find_out(&self, normal: &str, kind: TokenKind, scratch: &mut Scratch) -> Facts {
        let word = self.reader.word(normal, kind);
        let content = word.is_content(kind);
        let known = scratch.met_numbers.get(&word.met[..]).copied();
        let met = known.unwrap_or_else(|| {
            let list: Box<[u32]> = word.met.into();
            scratch.met.push(list.clone());
            scratch.met_numbers.insert(list, scratch.met.len() - 1);
            scratch.met.len() - 1
        });
        let stem = self.stems.get(&word.term).copied().unwrap_or(self.other_stem);
        Facts::new(stem, met, word.saying, content)
    }

    /// Counts the features of every block.
    fn count(&self, scratch: &mut Scratch) {
        let Scratch { facts, findings, counting, evidence, stems, .. } = scratch;
        let words = &mut evidence.words;
        let mut add = |column: u32, first: u32, last: u32| {
            words[first as usize].known |= counting.add(column, first, last + 1)
        };
        for (_, _, lookup) in &self.blocks {
            match lookup {
                Lookup::Stems(ngrams) => {
                    gather(stems, facts.iter().map(|facts| (facts.stem, facts.is_content())));
                    ngrams.each(stems, &mut add);
                }
                Lookup::OwnStems(ngrams) => {
                    gather(
                        stems,
                        facts
                            .iter()
                            .zip(&findings.voices.own)
                            .map(|(facts, own)| (facts.stem, *own && facts.is_content())),
                    );
                    ngrams.each(stems, &mut add);
                }
                Lookup::Lexicon(columns) => framing::each_role(findings, |hit, role| {
                    for column in columns[hit.class * self.n_roles + role.number()] {
                        add(column, number(hit.tokens.start), number(hit.tokens.end - 1));
                    }
                }),
                Lookup::Mentions(_) => {}
            }
        }
        let said = self.blocks.iter().filter_map(|(_, _, lookup)| {
            if let Lookup::Mentions(said) = lookup { Some(said) } else { None }
        });
        for (speaks, column) in said.flatten() {
            if speaks.holds(findings) {
                counting.add(*column, 0, 0);
            }
        }
    }

    /// Makes the row of what was counted.
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
            tfidf.weigh(columns.zip(counts[done..end].iter().copied()), &mut row.values);
            for value in &mut row.values[done..] {
                *value *= settings.weight;
            }
            (done, offset) = (end, offset + tfidf.n_features());
        }
    }
}

/// The number of a word, which is below 2²⁴.
fn number(word: usize) -> u32 {
    u32::try_from(word).unwrap_or(u32::MAX)
}

/// Puts the words that are `counted` into `stems`, with their places: without a branch, as in
/// [`Counting::add`].
fn gather(stems: &mut Vec<(u32, u32)>, words: impl ExactSizeIterator<Item = (u32, bool)>) {
    stems.resize(words.len() + 1, (0, 0));
    let mut n_counted = 0;
    for (at, (stem, counted)) in (0..).zip(words) {
        stems[n_counted] = (at, stem);
        n_counted += usize::from(counted);
    }
    stems.truncate(n_counted);
}

impl Scratch {
    /// Makes ready for the next article.
    fn clear(&mut self, n_features: usize) {
        if self.facts.capacity() > ROOMY {
            self.facts = Vec::new();
            self.evidence = Evidence::default();
            self.listener = ReportedSpeechTagger::default();
            self.findings = TextFindings::default();
        }
        self.facts.clear();
        self.spellings.clear();
        let Evidence { row, places, words, spellings } = &mut self.evidence;
        row.columns.clear();
        row.values.clear();
        places.clear();
        words.clear();
        spellings.clear();
        self.counting.resize(n_features);
        if self.met.len() > MAX_LISTS {
            self.cache = Cache::default();
            self.met.clear();
            self.met_numbers.clear();
        }
        if self.met.is_empty() {
            self.met.push(Box::default());
            self.met_numbers.insert(Box::default(), 0);
        }
    }
}
