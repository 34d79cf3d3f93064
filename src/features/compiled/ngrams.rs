//! A vocabulary of runs of words, made for look-up by the numbers of the words.

use rustc_hash::FxHashMap;

use super::super::tfidf::Tfidf;
use super::NO_COLUMN;

/// Longest run.
const LONGEST: usize = 8;

/// The runs of a vocabulary as a tree: from a place in it a word leads to the next. The first
/// places are those of single words, under the words' own numbers.
#[derive(Debug)]
pub(super) struct Ngrams {
    /// The places of single words.
    words: Vec<Place>,
    /// The others, each where the hash of the step that leads to it says, or behind (linear
    /// probing); a power of two of them.
    steps: Vec<Step>,
    /// Longest run.
    longest: usize,
    /// One bit for the hash of each step: nearly all pairs of words that lead nowhere are told by
    /// it, and it is small.
    hashes: Vec<u64>,
}

/// A step of the tree.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// From which place with which word ([`step`]), or [`NOWHERE`].
    from: u64,
    /// The number of the place that it leads to …
    to: u32,
    /// … and what is there.
    place: Place,
}

/// No step: there is no place with so high a number.
const NOWHERE: u64 = u64::MAX;

/// A place in the tree: the column of the run that ends there, or [`NO_COLUMN`], and whether any
/// word leads on.
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

/// A hash whose low and high bits depend on both halves of a step.
#[inline]
fn hash(step: u64) -> u64 {
    let product = step.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ product >> 32
}

impl Ngrams {
    /// The vocabulary of `tfidf`, its columns counted from `offset`, given the numbers of all words
    /// in it. One number more stands for every other word.
    pub(super) fn of(tfidf: &Tfidf, offset: u32, words: &FxHashMap<String, u32>) -> Self {
        let mut places = vec![Place(NO_COLUMN); words.len() + 1];
        let mut steps: FxHashMap<u64, u32> = FxHashMap::default();
        let (_, (shortest, longest)) = tfidf.settings().runs();
        for (column, term) in (offset..).zip(tfidf.terms()) {
            // A model file may hold other runs, which no text has.
            if !(shortest..=longest.min(LONGEST)).contains(&term.split(' ').count()) {
                continue;
            }
            let mut place = None;
            for word in term.split(' ') {
                let Some(&word) = words.get(word) else { break };
                place = Some(match place {
                    None => word,
                    Some(place) => {
                        places[place as usize].0 |= Place::LEADS;
                        // Columns are numbered by `u32` too, and have fewer places than eight each.
                        let new = u32::try_from(places.len()).unwrap_or(NO_COLUMN);
                        let next = *steps.entry(step(place, word)).or_insert(new);
                        if next == new {
                            places.push(Place(NO_COLUMN));
                        }
                        next
                    }
                });
            }
            if let Some(place) = place.map(|place| &mut places[place as usize]) {
                place.0 = place.0 & Place::LEADS | column;
            }
        }
        let mut ngrams = Self {
            steps: vec![
                Step { from: NOWHERE, to: 0, place: Place(NO_COLUMN) };
                (steps.len() + steps.len() / 2 + 1).next_power_of_two()
            ],
            hashes: vec![0; (steps.len() / 8).next_power_of_two()],
            words: places[..=words.len()].to_vec(),
            longest,
        };
        for (from, to) in steps {
            let (at, bit) = ngrams.bit(hash(from));
            ngrams.hashes[at] |= bit;
            let mut free = ngrams.slot(hash(from));
            while ngrams.steps[free].from != NOWHERE {
                free = (free + 1) & (ngrams.steps.len() - 1);
            }
            ngrams.steps[free] = Step { from, to, place: places[to as usize] };
        }
        ngrams
    }

    /// Where in `hashes` a hash has its bit, and which it is.
    #[inline]
    fn bit(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.hashes.len() - 1), 1 << (hash & 63))
    }

    /// Where in `steps` to begin to look for a hash.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.steps.len() - 1)
    }

    /// The place to which a word leads, and what is there.
    #[inline]
    fn next(&self, place: u32, word: u32) -> Option<(u32, Place)> {
        let from = step(place, word);
        let hash = hash(from);
        let (at, bit) = self.bit(hash);
        if self.hashes[at] & bit == 0 {
            return None;
        }
        let mut at = self.slot(hash);
        // There is always a free place, where this ends.
        loop {
            let step = self.steps[at];
            if step.from == from {
                return Some((step.to, step.place));
            }
            if step.from == NOWHERE {
                return None;
            }
            at = (at + 1) & (self.steps.len() - 1);
        }
    }

    /// Calls `each` with the column of every run of `words` (their places in the text and their
    /// numbers), and with the places of its first word and its last. Of runs that are not known
    /// some come too, as [`NO_COLUMN`].
    #[inline]
    pub(super) fn each(&self, words: &[(u32, u32)], each: impl FnMut(u32, u32, u32)) {
        if self.longest <= 2 { self.each_pair(words, each) } else { self.each_run(words, each) }
    }

    /// The same where no run is longer than two words: every word is tried with the one before it,
    /// without asking whether that leads on at all, which could not be foretold.
    #[inline]
    fn each_pair(&self, words: &[(u32, u32)], mut each: impl FnMut(u32, u32, u32)) {
        let mut before = None;
        for &(at, word) in words {
            if let Some((first, place)) = before
                && let Some((_, place)) = self.next(place, word)
            {
                each(place.column(), first, at);
            }
            each(self.words[word as usize].column(), at, at);
            before = Some((at, word));
        }
    }

    #[inline]
    fn each_run(&self, words: &[(u32, u32)], mut each: impl FnMut(u32, u32, u32)) {
        // The runs that end with the word before, the longest first.
        let mut begun = [(0_u32, 0_u32); LONGEST];
        let mut n_begun = 0;
        for &(at, word) in words {
            let mut kept = 0;
            for run in 0..n_begun {
                let (place, first) = begun[run];
                if let Some((next, place)) = self.next(place, word) {
                    each(place.column(), first, at);
                    if place.leads() {
                        begun[kept] = (next, first);
                        kept += 1;
                    }
                }
            }
            let place = self.words[word as usize];
            each(place.column(), at, at);
            begun[kept & (LONGEST - 1)] = (word, at);
            n_begun = kept + usize::from(place.leads());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::TfidfVectorizer;

    /// The columns that are found, each with its words, in a text of words `a` to `z`, of which the
    /// vocabulary knows some.
    fn found(terms: &[&str], longest: usize, text: &str) -> Vec<(u32, u32, u32)> {
        let settings = TfidfVectorizer::default().ngram_range(1, longest);
        let tfidf = Tfidf::new(
            settings,
            terms.iter().map(|&term| term.to_owned()).collect(),
            vec![1.0; terms.len()],
        );
        let mut words = FxHashMap::default();
        for word in terms.iter().flat_map(|term| term.split(' ')) {
            let number = u32::try_from(words.len()).unwrap();
            words.entry(word.to_owned()).or_insert(number);
        }
        let other = u32::try_from(words.len()).unwrap();
        let text: Vec<(u32, u32)> = (0..)
            .zip(text.split(' ').map(|word| words.get(word).copied().unwrap_or(other)))
            .collect();
        let mut found = Vec::new();
        Ngrams::of(&tfidf, 100, &words).each(&text, |column, first, last| {
            if column != NO_COLUMN {
                found.push((column, first, last));
            }
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn runs_are_found_with_their_places() {
        assert_eq!(
            found(&["a", "a b", "b c"], 2, "a b c x b c"),
            [(100, 0, 0), (101, 0, 1), (102, 1, 2), (102, 4, 5)]
        );
        assert_eq!(
            found(&["a b c", "b", "b c d"], 3, "a b c d"),
            [(100, 0, 2), (101, 1, 1), (102, 1, 3)]
        );
        assert_eq!(
            found(&["a b a b", "a b"], 4, "a b a b a"),
            [(100, 0, 3), (101, 0, 1), (101, 2, 3)]
        );
    }

    #[test]
    fn a_run_that_is_longer_than_any_of_the_settings_is_never_found() {
        let long = "a b c d e f g h i j k l";
        assert_eq!(found(&[long], 2, &format!("{long} {long}")), []);
        assert_eq!(
            found(&["a b c d e f g h", long], 8, &format!("{long} {long}")),
            [(100, 0, 7), (100, 12, 19)]
        );
    }
}
