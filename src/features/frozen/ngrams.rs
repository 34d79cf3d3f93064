//! A vocabulary of runs of words, made for look-up by the numbers of the words.

use rustc_hash::FxHashMap;

use super::super::tfidf::Tfidf;
use super::NO_COLUMN;

/// Longest run.
const LONGEST: usize = 8;

/// The runs of a vocabulary as a tree: from a place in it a word leads to the next. The first places are those of single words,
/// under the words' own numbers.
#[derive(Debug, Default)]
pub(super) struct Ngrams {
    places: Vec<Place>,
    steps: FxHashMap<u64, u32>,
    /// One bit for the hash of each step: nearly all pairs of words that lead nowhere are told by it, and it is small.
    hashes: Vec<u64>,
}

/// A place in the tree: the column of the run that ends there, or [`NO_COLUMN`], and whether any word leads on.
#[derive(Clone, Copy, Debug)]
struct Place(u32);

impl Place {
    const LEADS: u32 = 1 << 31;

    fn column(self) -> u32 {
        self.0 & NO_COLUMN
    }

    fn leads(self) -> bool {
        self.0 & Self::LEADS != 0
    }
}

fn step(place: u32, word: u32) -> u64 {
    u64::from(place) << 32 | u64::from(word)
}

impl Ngrams {
    /// The vocabulary of `tfidf`, its columns counted from `offset`, given the numbers of all words in it. One number more stands for
    /// every other word.
    pub(super) fn of(tfidf: &Tfidf, offset: u32, words: &FxHashMap<String, u32>) -> Self {
        let mut ngrams = Self { places: vec![Place(NO_COLUMN); words.len() + 1], ..Self::default() };
        for (column, term) in (offset..).zip(tfidf.terms()) {
            let mut place = None;
            for word in term.split(' ') {
                let Some(&word) = words.get(word) else { break };
                place = Some(match place {
                    None => word,
                    Some(place) => ngrams.next_place(place, word),
                });
            }
            if let Some(place) = place.map(|place| &mut ngrams.places[place as usize]) {
                place.0 = place.0 & Place::LEADS | column;
            }
        }
        ngrams.hashes = vec![0; (ngrams.steps.len() / 8).next_power_of_two()];
        for &step in ngrams.steps.keys() {
            let (at, bit) = ngrams.bit(step);
            ngrams.hashes[at] |= bit;
        }
        ngrams
    }

    /// The place to which a word leads, made if there is none.
    fn next_place(&mut self, place: u32, word: u32) -> u32 {
        self.places[place as usize].0 |= Place::LEADS;
        // Columns are numbered by `u32` too, and have fewer places than eight each.
        let new = u32::try_from(self.places.len()).unwrap_or(NO_COLUMN);
        let next = *self.steps.entry(step(place, word)).or_insert(new);
        if next == new {
            self.places.push(Place(NO_COLUMN));
        }
        next
    }

    /// Where in `hashes` a step has its bit, and which it is.
    #[inline]
    fn bit(&self, step: u64) -> (usize, u64) {
        let hash = step.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let hash = hash ^ hash >> 32;
        ((hash >> 6) as usize & (self.hashes.len() - 1), 1 << (hash & 63))
    }

    /// The place to which a word leads.
    #[inline]
    fn next(&self, place: u32, word: u32) -> Option<u32> {
        let step = step(place, word);
        let (at, bit) = self.bit(step);
        if self.hashes[at] & bit == 0 { None } else { self.steps.get(&step).copied() }
    }

    /// Calls `each` with the column of every run of `words` (their places in the text and their numbers), and with the places of its
    /// first word and its last. Of runs that are not known some come too, as [`NO_COLUMN`].
    #[inline]
    pub(super) fn each(&self, words: &[(u32, u32)], mut each: impl FnMut(u32, u32, u32)) {
        // The runs that end with the word before, the longest first.
        let mut begun = [(0_u32, 0_u32); LONGEST];
        let mut n_begun = 0;
        for &(at, word) in words {
            let mut kept = 0;
            for run in 0..n_begun {
                let (place, first) = begun[run];
                if let Some(next) = self.next(place, word) {
                    let place = self.places[next as usize];
                    each(place.column(), first, at);
                    if place.leads() {
                        begun[kept] = (next, first);
                        kept += 1;
                    }
                }
            }
            let place = self.places[word as usize];
            each(place.column(), at, at);
            begun[kept & (LONGEST - 1)] = (word, at);
            n_begun = kept + usize::from(place.leads());
        }
    }
}
