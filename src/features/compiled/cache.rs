//! A bounded cache of what is known of words.

use std::collections::HashMap;

use crate::text::TokenKind;
use crate::text::word_reading::PhraseUses;

/// What is known of a word, packed into eight bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CachedWord {
    /// Number of its stem; the number of stems if no vocabulary has it.
    pub(super) stem: u32,
    /// From the lowest bit: whether it is a content word, whether a letter is elongated, where it
    /// may stand in phrases (seven bits), and 23 bits of the number of its reading.
    rest: u32,
}

impl CachedWord {
    const CONTENT: u32 = 1;
    const ELONGATED: u32 = 1 << 1;
    const USES: u32 = 2;
    const READING: u32 = Self::USES + PhraseUses::N_BITS;

    /// Packs what is known. `reading` is below 2²³: no article has more words.
    pub(super) fn new(stem: u32, reading: usize, content: bool, uses: PhraseUses) -> Self {
        let reading = u32::try_from(reading).unwrap_or(0) << Self::READING;
        let content = if content { Self::CONTENT } else { 0 };
        Self { stem, rest: reading | uses.bits() << Self::USES | content }
    }

    /// The same for a word with a letter three times or more in a row.
    pub(super) fn elongated(self) -> Self {
        Self { rest: self.rest | Self::ELONGATED, ..self }
    }

    /// Whether a letter stands three times or more in a row, so that its spelling has to be
    /// normalised.
    pub(super) fn is_elongated(self) -> bool {
        self.rest & Self::ELONGATED != 0
    }

    /// Whether the blocks of stems count it.
    pub(super) fn is_content(self) -> bool {
        self.rest & Self::CONTENT != 0
    }

    /// Where it may stand in phrases.
    #[inline]
    pub(super) fn uses(self) -> PhraseUses {
        PhraseUses::from_bits(self.rest >> Self::USES)
    }

    /// Number of its reading; 0 is nothing.
    pub(super) fn reading(self) -> usize {
        (self.rest >> Self::READING) as usize
    }
}

/// An entry: a word's packed letters and what is known of it. The letters 0 mark a free entry.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    letters: u64,
    word: CachedWord,
}

/// The entries of one set, the newest first. Together they fill one cache line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Set([Entry; WAYS]);

const WAYS: usize = 4;

/// Number of sets at first, and at most (4 MB): powers of two.
const MIN_SETS: usize = 1 << 10;
const MAX_SETS: usize = 1 << 16;

/// Most words that cannot be packed, and their greatest length, in bytes.
const MAX_UNPACKED: usize = 1 << 12;
const MAX_UNPACKED_BYTES: usize = 64;

/// A four-way set-associative cache of words, and a small one of those that cannot be packed.
#[derive(Debug)]
pub(super) struct Cache {
    sets: Vec<Set>,
    filled: usize,
    // Its keys come from articles. Hashes are seeded, so that nobody can choose words that collide.
    unpacked: HashMap<(TokenKind, Box<str>), CachedWord>,
}

/// A number of few bits, as an index.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "it is masked next")]
fn number(bits: u64) -> usize {
    bits as usize
}

impl Default for Cache {
    fn default() -> Self {
        Self { sets: vec![Set::default(); MIN_SETS], filled: 0, unpacked: HashMap::default() }
    }
}

impl Cache {
    /// The number of a word's set: the highest bits of the product with the golden ratio, which
    /// separate similar keys (Knuth, TAOCP 3, section 6.4).
    #[inline]
    fn set(&self, letters: u64) -> usize {
        let hash = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - MAX_SETS.ilog2());
        number(hash) & (self.sets.len() - 1)
    }

    /// What is known of a word by its packed letters, which are not 0.
    #[inline]
    pub(super) fn get(&self, letters: u64) -> Option<CachedWord> {
        let Set(entries) = &self.sets[self.set(letters)];
        // The only branch is the last: which entry it is cannot be predicted, that there is one
        // can.
        let mut way = WAYS;
        for (number, entry) in entries.iter().enumerate() {
            way = if entry.letters == letters { number } else { way };
        }
        entries.get(way).map(|entry| entry.word)
    }

    /// What is known of a word whose packed spelling is its normalised one; the letters 0 are those
    /// of a word that cannot be packed.
    #[inline]
    pub(super) fn known(&self, letters: u64) -> Option<CachedWord> {
        self.get(letters).filter(|word| letters > 0 && !word.is_elongated())
    }

    /// Inserts a word; the oldest entry of its set goes.
    pub(super) fn insert(&mut self, letters: u64, word: CachedWord) {
        if self.filled > self.sets.len() * WAYS / 2 && self.sets.len() < MAX_SETS {
            let old = std::mem::take(&mut self.sets);
            self.sets = vec![Set::default(); old.len() * 8];
            self.filled = 0;
            for Entry { letters, word } in old
                .into_iter()
                .flat_map(|set| set.0.into_iter().rev())
                .filter(|entry| entry.letters > 0)
            {
                self.insert(letters, word);
            }
        }
        self.filled += 1;
        let set = self.set(letters);
        let Set(set) = &mut self.sets[set];
        set.rotate_right(1);
        set[0] = Entry { letters, word };
    }

    /// What is known of a word that cannot be packed.
    pub(super) fn get_unpacked(&self, kind: TokenKind, normal: &str) -> Option<CachedWord> {
        if self.unpacked.is_empty() || normal.len() > MAX_UNPACKED_BYTES {
            return None;
        }
        self.unpacked.get(&(kind, Box::from(normal))).copied()
    }

    /// Inserts a word that cannot be packed; when there are too many, all of them are removed
    /// first.
    pub(super) fn insert_unpacked(&mut self, kind: TokenKind, normal: &str, word: CachedWord) {
        if normal.len() > MAX_UNPACKED_BYTES {
            return;
        }
        if self.unpacked.len() >= MAX_UNPACKED {
            self.unpacked.clear();
        }
        self.unpacked.insert((kind, Box::from(normal)), word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(stem: u32) -> CachedWord {
        CachedWord::new(stem, 0, false, PhraseUses::default())
    }

    #[test]
    fn the_packed_parts_do_not_overlap() {
        let word = CachedWord::new(7, 300, true, PhraseUses::from_bits(0b101_0101));
        assert_eq!(
            (word.stem, word.reading(), word.is_content(), word.is_elongated()),
            (7, 300, true, false)
        );
        assert_eq!(word.uses(), PhraseUses::from_bits(0b101_0101));
        let elongated = CachedWord::new(7, 0, false, PhraseUses::default()).elongated();
        assert_eq!(
            (elongated.reading(), elongated.is_content(), elongated.is_elongated()),
            (0, false, true)
        );
    }

    #[test]
    fn the_newest_words_are_found_and_memory_is_bounded() {
        let mut cache = Cache::default();
        for letters in 1..1_000_000 {
            cache.insert(u64::from(letters), numbered(letters));
            assert_eq!(cache.get(u64::from(letters)), Some(numbered(letters)));
        }
        assert_eq!(cache.sets.len(), MAX_SETS);
        let found = (1..1_000_000)
            .filter_map(|letters| cache.get(u64::from(letters)).map(|word| (letters, word)));
        let found: Vec<(u32, CachedWord)> = found.collect();
        assert!(found.len() > MAX_SETS * WAYS / 2, "{}", found.len());
        assert!(found.iter().all(|(letters, word)| *word == numbered(*letters)));
    }

    #[test]
    fn words_that_cannot_be_packed_are_bounded_too() {
        let mut cache = Cache::default();
        for number in 0..10_000 {
            cache.insert_unpacked(TokenKind::Latin, &format!("w{number}"), numbered(number));
        }
        assert_eq!(cache.get_unpacked(TokenKind::Latin, "w9999"), Some(numbered(9_999)));
        assert!(
            cache.unpacked.len() <= MAX_UNPACKED
                && cache.get_unpacked(TokenKind::Arabic, "w9999").is_none()
        );
        cache.insert_unpacked(TokenKind::Latin, &"w".repeat(65), CachedWord::default());
        assert!(cache.get_unpacked(TokenKind::Latin, &"w".repeat(65)).is_none());
    }
}
