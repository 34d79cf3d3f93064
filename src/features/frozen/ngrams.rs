//! A vocabulary of runs of words, made for look-up by the numbers of the words.

use rustc_hash::FxHashMap;

use super::super::tfidf::Tfidf;
use super::UNKNOWN;

/// Longest run.
const LONGEST: usize = 8;

/// The runs of a vocabulary as a tree: from a place in it a word leads to the next. The first places are those of single words,
/// under the words' own numbers.
#[derive(Debug, Default)]
pub(super) struct Ngrams {
    /// By place: the column of the run that ends there, or [`UNKNOWN`].
    columns: Vec<u32>,
    /// By place: whether any word leads on.
    leads: Vec<bool>,
    steps: FxHashMap<u64, u32>,
}

fn step(place: u32, word: u32) -> u64 {
    u64::from(place) << 32 | u64::from(word)
}

impl Ngrams {
    /// The vocabulary of `tfidf`, its columns counted from `offset`, given the numbers of all words in it.
    pub(super) fn of(tfidf: &Tfidf, offset: u32, words: &FxHashMap<String, u32>) -> Self {
        let mut ngrams = Self { columns: vec![UNKNOWN; words.len()], leads: vec![false; words.len()], steps: FxHashMap::default() };
        for (column, term) in (offset..).zip(tfidf.terms()) {
            let mut place = None;
            for word in term.split(' ') {
                let Some(&word) = words.get(word) else { break };
                place = Some(match place {
                    None => word,
                    Some(place) => ngrams.next_place(place, word),
                });
            }
            if let Some(place) = place {
                ngrams.columns[place as usize] = column;
            }
        }
        ngrams
    }

    /// The place to which a word leads, made if there is none.
    fn next_place(&mut self, place: u32, word: u32) -> u32 {
        self.leads[place as usize] = true;
        // Fewer places than columns times eight, and columns are numbered by `u32` too.
        let new = u32::try_from(self.columns.len()).unwrap_or(UNKNOWN);
        let next = *self.steps.entry(step(place, word)).or_insert(new);
        if next == new {
            self.columns.push(UNKNOWN);
            self.leads.push(false);
        }
        next
    }

    /// Calls `each` with the column of every run of `words` (their places in the text and their numbers) that is known, and with the
    /// places of its first word and its last.
    #[inline]
    pub(super) fn each_known(&self, words: impl Iterator<Item = (usize, u32)>, mut each: impl FnMut(u32, usize, usize)) {
        // The runs that end with the word before, the longest first.
        let mut begun = [(0_u32, 0_usize); LONGEST];
        let mut n_begun = 0;
        for (at, word) in words {
            if word == UNKNOWN {
                n_begun = 0;
                continue;
            }
            let mut kept = 0;
            for run in 0..n_begun {
                let (place, first) = begun[run];
                if let Some(&place) = self.steps.get(&step(place, word)) {
                    if self.columns[place as usize] != UNKNOWN {
                        each(self.columns[place as usize], first, at);
                    }
                    if self.leads[place as usize] {
                        begun[kept] = (place, first);
                        kept += 1;
                    }
                }
            }
            if self.columns[word as usize] != UNKNOWN {
                each(self.columns[word as usize], at, at);
            }
            if self.leads[word as usize] && kept < LONGEST {
                begun[kept] = (word, at);
                kept += 1;
            }
            n_begun = kept;
        }
    }
}
