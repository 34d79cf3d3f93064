//! What is known of words, kept for when they come again: bounded, whatever is read.

use rustc_hash::FxHashMap;

use crate::text::Kind;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// Its spelling, packed; 0 where it cannot be.
    pub(super) spelling: u64,
    /// Number of its stem; [`super::UNKNOWN`] for one that the vocabularies do not have.
    pub(super) stem: u32,
    /// Number of the list of phrases' words that it meets; 0 is the empty one.
    pub(super) met: u32,
    /// What it does in reported speech.
    pub(super) saying: u8,
    /// Whether stems are made of it.
    pub(super) content: bool,
}

/// A word that is kept: its packed letters and what is known of it. The letters 0 mark a free place.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    letters: u64,
    facts: Facts,
}

/// Places of one set: the word that came last, and the one before it. Together they fill one cache line.
type Set = [Kept; 2];

/// How many sets there are at first, and at most (4 MB): powers of two.
const FEWEST: usize = 1 << 9;
const MOST: usize = 1 << 16;

/// Most words that cannot be packed, and the longest, in bytes.
const OTHERS: usize = 1 << 12;
const LONGEST: usize = 64;

/// A two-way set-associative cache of words, and a small one of those that cannot be packed.
#[derive(Debug)]
pub(super) struct Cache {
    sets: Vec<Set>,
    filled: usize,
    others: FxHashMap<(Kind, Box<str>), Facts>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { sets: vec![Set::default(); FEWEST], filled: 0, others: FxHashMap::default() }
    }
}

impl Cache {
    /// The set of a word: its high bits after a multiplication (Knuth, TAOCP 3, section 6.4) depend on all letters.
    #[inline]
    fn set(&mut self, letters: u64) -> &mut Set {
        let hash = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let set = (hash >> 32) as usize & (self.sets.len() - 1);
        &mut self.sets[set]
    }

    /// What is known of a word by its packed letters, which are not 0.
    #[inline]
    pub(super) fn get(&mut self, letters: u64) -> Option<Facts> {
        let set = self.set(letters);
        if set[0].letters == letters {
            return Some(set[0].facts);
        }
        if set[1].letters == letters {
            set.swap(0, 1);
            return Some(set[0].facts);
        }
        None
    }

    /// Keeps a word, in the place of the one of its set that was not used for longer.
    pub(super) fn keep(&mut self, letters: u64, facts: Facts) {
        if self.filled > self.sets.len() && self.sets.len() < MOST {
            let kept = std::mem::take(&mut self.sets);
            self.sets = vec![Set::default(); kept.len() * 8];
            self.filled = 0;
            for Kept { letters, facts } in kept.into_iter().flat_map(|[last, first]| [first, last]).filter(|kept| kept.letters > 0) {
                self.keep(letters, facts);
            }
        }
        self.filled += 1;
        let set = self.set(letters);
        set[1] = set[0];
        set[0] = Kept { letters, facts };
    }

    /// What is known of a word that cannot be packed.
    pub(super) fn other(&self, kind: Kind, normal: &str) -> Option<Facts> {
        if self.others.is_empty() || normal.len() > LONGEST {
            return None;
        }
        self.others.get(&(kind, Box::from(normal))).copied()
    }

    /// Keeps a word that cannot be packed; when there are too many, all are forgotten.
    pub(super) fn keep_other(&mut self, kind: Kind, normal: &str, facts: Facts) {
        if normal.len() > LONGEST {
            return;
        }
        if self.others.len() >= OTHERS {
            self.others.clear();
        }
        self.others.insert((kind, Box::from(normal)), facts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_last_is_found_and_room_is_bounded() {
        let mut cache = Cache::default();
        let known = |letters: u64| Facts { spelling: letters, ..Facts::default() };
        for letters in 1..1_000_000 {
            cache.keep(letters, known(letters));
            assert_eq!(cache.get(letters).map(|facts| facts.spelling), Some(letters));
        }
        assert_eq!(cache.sets.len(), MOST);
        let found = (1..1_000_000).filter_map(|letters| cache.get(letters).map(|facts| (letters, facts.spelling)));
        let found: Vec<(u64, u64)> = found.collect();
        assert!(found.len() > MOST && found.iter().all(|(letters, spelling)| letters == spelling));
    }

    #[test]
    fn words_used_again_and_again_stay() {
        let mut cache = Cache::default();
        for letters in 1..400_000 {
            cache.keep(letters * 1_000, Facts::default());
            if cache.get(7).is_none() {
                assert_eq!(letters, 1, "it was kept, used, and lost");
                cache.keep(7, Facts::default());
            }
        }
    }

    #[test]
    fn words_that_cannot_be_packed_are_bounded_too() {
        let mut cache = Cache::default();
        for number in 0..10_000_u32 {
            cache.keep_other(Kind::Latin, &format!("w{number}"), Facts { stem: number, ..Facts::default() });
        }
        assert_eq!(cache.other(Kind::Latin, "w9999").map(|facts| facts.stem), Some(9_999));
        assert!(cache.others.len() <= OTHERS && cache.other(Kind::Arabic, "w9999").is_none());
        cache.keep_other(Kind::Latin, &"w".repeat(65), Facts::default());
        assert!(cache.other(Kind::Latin, &"w".repeat(65)).is_none());
    }
}
