//! An extractor made for speed: text → [`Evidence`] in one pass over the bytes, without an allocation per word.
//!
//! It gives, bit for bit, what the simple way gives ([`Reader::read_text`], then [`Extractor::evidence`]); a property test holds
//! it to that. What makes it fast: words are cut and packed into integers at once ([`crate::text::cut`]); what is known of a word
//! is found out once and kept in a bounded cache ([`cache`]); runs of words are looked up by the numbers of their words
//! ([`ngrams`]), the lexicon's terms in a table; and all room is used again for the next article (`Scratch`).

mod cache;
mod ngrams;

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::evidence::{Evidence, Seen, Spellings};
use super::extractor::{Block, BlockSettings, Extractor};
use super::framing::{self, Role, Speaks};
use super::tfidf::{Analyzer, Tfidf};
use crate::arabic::normalise;
use crate::text::cut::{Cut, Cuts, unpack};
use crate::text::lexicon::LEXICON;
use crate::text::voice::{Listener, Saying};
use crate::text::{Findings, Kind, Reader};
use cache::{Cache, Facts};
use ngrams::Ngrams;

/// The number of a word, and the column of a term, that no vocabulary has.
const UNKNOWN: u32 = u32::MAX;

/// Room for more words than this is given back after the article.
const ROOMY: usize = 1 << 16;

/// How a block's terms are looked up.
#[derive(Debug)]
enum Lookup {
    Stems(Ngrams),
    OwnStems(Ngrams),
    /// By class and role: the columns of the class's term and of its sense's.
    Lexicon(Vec<[u32; 2]>),
    Mentions(Vec<(Speaks, u32)>),
}

/// An extractor and a reader made for speed. One serves many threads: each takes the room that it works in from a pool.
#[derive(Debug)]
pub struct Frozen {
    reader: Reader,
    stems: FxHashMap<String, u32>,
    blocks: Vec<(BlockSettings, Tfidf, Lookup)>,
    n_features: usize,
    n_roles: usize,
    pool: Mutex<Vec<Box<Scratch>>>,
}

/// Room that one thread works in: the words that it knows already, and lists that are used again.
#[derive(Debug, Default)]
struct Scratch {
    cache: Cache,
    spellings: Spellings,
    /// The lists of phrases' words that words meet, and their numbers; the first is empty.
    met: Vec<Box<[u32]>>,
    met_numbers: FxHashMap<Box<[u32]>, u32>,
    facts: Vec<Facts>,
    listener: Listener,
    findings: Findings,
    counting: Counting,
    evidence: Evidence,
}

/// Counts the features of an article.
#[derive(Debug, Default)]
struct Counting {
    counts: Vec<u32>,
    places: Vec<(usize, usize)>,
    met: Vec<u32>,
}

impl Counting {
    /// Counts a feature that stands for the words `first` to `last`, which is where it stands first if it was not counted yet.
    #[inline]
    fn add(&mut self, column: u32, place: (usize, usize)) {
        let count = &mut self.counts[column as usize];
        if *count == 0 {
            self.met.push(column);
            self.places[column as usize] = place;
        }
        *count += 1;
    }
}

impl Frozen {
    /// `extractor` and the reader of its model made for speed; `None` where it has a block that goes no faster: of n-grams of
    /// characters, of words as they are written, of stems around names.
    pub fn new(reader: Reader, extractor: &Extractor) -> Option<Self> {
        let mut stems = FxHashMap::default();
        for (_, tfidf) in extractor.blocks().iter().filter(|(settings, _)| matches!(settings.block, Block::Stems | Block::OwnStems)) {
            for word in tfidf.terms().iter().flat_map(|term| term.split(' ')) {
                let number = u32::try_from(stems.len()).ok().filter(|&number| number < UNKNOWN)?;
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
            let columns: FxHashMap<&str, u32> = tfidf.terms().iter().map(String::as_str).zip(offset..).collect();
            let column = |term: String| columns.get(term.as_str()).copied().unwrap_or(UNKNOWN);
            let lookup = match settings.block {
                _ if analyzer != Analyzer::Word => return None,
                Block::Stems => Lookup::Stems(Ngrams::of(tfidf, offset, &stems)),
                Block::OwnStems => Lookup::OwnStems(Ngrams::of(tfidf, offset, &stems)),
                Block::Lexicon if ngram_range == (1, 1) => {
                    let of_class = LEXICON.classes.iter().flat_map(|class| {
                        let tagged = |name: &str, role: Role| column(format!("{name}{}", role.tag(&camps)));
                        let columns =
                            move |role| [tagged(&class.name, role), framing::sense(class).map_or(UNKNOWN, |sense| tagged(sense, role))];
                        Role::all(camps.len()).map(columns)
                    });
                    Lookup::Lexicon(of_class.collect())
                }
                Block::Mentions if ngram_range == (1, 1) => {
                    Lookup::Mentions(Speaks::all(camps.len()).map(|speaks| (speaks, column(speaks.term(&camps)))).collect())
                }
                Block::Lexicon | Block::Mentions | Block::Words | Block::Chunks | Block::Context => return None,
            };
            blocks.push((settings.clone(), tfidf.clone(), lookup));
            offset += u32::try_from(tfidf.n_features()).ok()?;
        }
        let n_roles = Role::all(camps.len()).count();
        Some(Self { reader, stems, blocks, n_features: offset as usize, n_roles, pool: Mutex::default() })
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

    /// Cuts the text, finds out about its words, and in whose voice they stand.
    fn read(&self, text: &str, scratch: &mut Scratch) {
        scratch.clear(self.n_features);
        let finds = self.reader.camps().is_some();
        let mut end = 0;
        for cut in Cuts::of(text) {
            let (facts, spelling) = self.facts(text, &cut, scratch);
            let Cut { span, kind, .. } = cut;
            if finds {
                scratch.listener.hear(&text[end..span.start], kind, Saying(facts.saying));
            }
            end = span.end;
            scratch.facts.push(facts);
            scratch.evidence.words.push(Seen { span, kind, content: facts.content, known: false });
            scratch.evidence.spellings.push(spelling);
        }
        if finds {
            let Scratch { listener, findings, facts, met, .. } = scratch;
            listener.finish(&mut findings.voices);
            self.reader.find(facts.len(), |word| &met[facts[word].met as usize], findings);
        }
    }

    /// What is known of a word, and the number of its spelling.
    #[inline]
    fn facts(&self, text: &str, cut: &Cut, scratch: &mut Scratch) -> (Facts, u64) {
        if cut.packed == 0 {
            return self.facts_of_other(&normalise(&text[cut.span.clone()]), cut.kind, scratch);
        }
        let facts = match scratch.cache.get(cut.packed) {
            Some(facts) => facts,
            None => self.learn(cut.packed, &normalise(&unpack(cut.packed)), cut.kind, scratch),
        };
        (facts, facts.spelling)
    }

    /// The same of a normalised word whose letters could not be packed while it was cut.
    fn facts_of_other(&self, normal: &str, kind: Kind, scratch: &mut Scratch) -> (Facts, u64) {
        let spelling = scratch.spellings.number(normal);
        let known = match crate::text::cut::pack(normal) {
            Some(packed) => scratch.cache.get(packed).unwrap_or_else(|| self.learn(packed, normal, kind, scratch)),
            None => scratch.cache.other(kind, normal).unwrap_or_else(|| {
                let facts = self.find_out(normal, kind, scratch);
                scratch.cache.keep_other(kind, normal, facts);
                facts
            }),
        };
        (known, spelling)
    }

    /// Finds out about a word and keeps it under its packed letters.
    fn learn(&self, letters: u64, normal: &str, kind: Kind, scratch: &mut Scratch) -> Facts {
        let facts = Facts { spelling: scratch.spellings.number(normal), ..self.find_out(normal, kind, scratch) };
        scratch.cache.keep(letters, facts);
        facts
    }

    fn find_out(&self, normal: &str, kind: Kind, scratch: &mut Scratch) -> Facts {
        let word = self.reader.word(normal, kind);
        let content = word.is_content(kind);
        let met = match scratch.met_numbers.get(&word.met[..]) {
            Some(&number) => number,
            None => {
                // As many lists as words of one language meet fit into 32 bits many times.
                let number = u32::try_from(scratch.met.len()).unwrap_or(0);
                let list: Box<[u32]> = word.met.into();
                scratch.met.push(list.clone());
                scratch.met_numbers.insert(list, number);
                number
            }
        };
        let stem = if content { self.stems.get(&word.term).copied().unwrap_or(UNKNOWN) } else { UNKNOWN };
        Facts { spelling: 0, stem, met, saying: word.saying.0, content }
    }

    /// Counts the features of every block.
    fn count(&self, scratch: &mut Scratch) {
        let Scratch { facts, findings, counting, evidence, .. } = scratch;
        let words = &mut evidence.words;
        let mut add = |column: u32, first: usize, last: usize| {
            counting.add(column, (first, last + 1));
            words[first].known = true;
        };
        for (_, _, lookup) in &self.blocks {
            match lookup {
                Lookup::Stems(ngrams) => {
                    let content = facts.iter().enumerate().filter(|(_, facts)| facts.content);
                    ngrams.each_known(content.map(|(at, facts)| (at, facts.stem)), &mut add);
                }
                Lookup::OwnStems(ngrams) => {
                    let own = facts.iter().zip(&findings.voices.own).enumerate().filter(|(_, (facts, own))| **own && facts.content);
                    ngrams.each_known(own.map(|(at, (facts, _))| (at, facts.stem)), &mut add);
                }
                Lookup::Lexicon(columns) => framing::each_role(findings, |hit, role| {
                    let [class, sense] = columns[hit.class * self.n_roles + role.number()];
                    for column in [class, sense].into_iter().filter(|&column| column != UNKNOWN) {
                        add(column, hit.tokens.start, hit.tokens.end - 1);
                    }
                }),
                Lookup::Mentions(_) => {}
            }
        }
        let said = self.blocks.iter().filter_map(|(_, _, lookup)| if let Lookup::Mentions(said) = lookup { Some(said) } else { None });
        for (speaks, column) in said.flatten().filter(|(_, column)| *column != UNKNOWN) {
            if speaks.holds(findings) {
                counting.add(*column, (0, 0));
            }
        }
    }

    /// Makes the row of what was counted.
    fn fill(&self, scratch: &mut Scratch) {
        let Scratch { counting: Counting { counts, places, met }, evidence: Evidence { row, places: placed, .. }, .. } = scratch;
        met.sort_unstable();
        let (mut done, mut offset) = (0, 0);
        for (settings, tfidf, _) in &self.blocks {
            let end = done + met[done..].partition_point(|&column| column as usize - offset < tfidf.n_features());
            let counted = met[done..end].iter().map(|&column| (column as usize - offset, counts[column as usize]));
            let from = row.values.len();
            tfidf.weigh(counted, &mut row.values);
            for value in &mut row.values[from..] {
                *value *= settings.weight;
            }
            (done, offset) = (end, offset + tfidf.n_features());
        }
        for &column in met.iter() {
            let (first, end) = places[column as usize];
            placed.push(first..end);
            counts[column as usize] = 0;
        }
        row.columns.append(met);
    }
}

impl Scratch {
    /// Makes ready for the next article.
    fn clear(&mut self, n_features: usize) {
        if self.facts.capacity() > ROOMY {
            self.facts = Vec::new();
            self.evidence = Evidence::default();
            self.listener = Listener::default();
            self.findings = Findings::default();
        }
        self.facts.clear();
        self.spellings.clear();
        let Evidence { row, places, words, spellings } = &mut self.evidence;
        row.columns.clear();
        row.values.clear();
        places.clear();
        words.clear();
        spellings.clear();
        self.counting.counts.resize(n_features, 0);
        self.counting.places.resize(n_features, (0, 0));
        if self.met.is_empty() {
            self.met.push(Box::default());
            self.met_numbers.insert(Box::default(), 0);
        }
    }
}
