//! What is known of words, kept for when they come again: bounded, whatever is read.

use rustc_hash::FxHashMap;

use crate::text::TokenKind;
use crate::text::reported_speech::SpeechCue;

/// What is known of a word, in eight bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Number of its stem; one more than there are for one that the vocabularies do not have.
    pub(super) stem: u32,
    /// The rest: from the lowest bit five of what it does in reported speech, one whether stems are
    /// made of it, one whether a letter of it is elongated, and, above eight bits, the number of
    /// the list of phrases' words that it meets.
    rest: u32,
}

impl Facts {
    const CONTENT: u32 = 1 << 5;
    const ELONGATED: u32 = 1 << 6;
    const SAYING: u32 = Self::CONTENT - 1;

    /// The facts. `met` is below 2²⁴: no article has so many words.
    pub(super) fn new(stem: u32, met: usize, saying: SpeechCue, content: bool) -> Self {
        let met = u32::try_from(met).unwrap_or(0) << 8;
        Self {
            stem,
            rest: met
                | if content { Self::CONTENT } else { 0 }
                | u32::from(saying.0) & Self::SAYING,
        }
    }

    /// The same of a word one of whose letters stands three times and more in a row.
    pub(super) fn elongated(self) -> Self {
        Self { rest: self.rest | Self::ELONGATED, ..self }
    }

    /// Whether a letter stands three times and more in a row, so that the spelling is another one.
    pub(super) fn is_elongated(self) -> bool {
        self.rest & Self::ELONGATED != 0
    }

    /// Whether stems are made of it.
    pub(super) fn is_content(self) -> bool {
        self.rest & Self::CONTENT != 0
    }

    /// What it does in reported speech.
    pub(super) fn saying(self) -> SpeechCue {
        SpeechCue((self.rest & Self::SAYING) as u8)
    }

    /// Number of the list of phrases' words that it meets; 0 is the empty one.
    pub(super) fn met(self) -> usize {
        (self.rest >> 8) as usize
    }
}

/// A word that is kept: its packed letters and what is known of it. The letters 0 mark a free
/// place.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    letters: u64,
    facts: Facts,
}

/// Places of one set, the word that came last in the first. Together they fill one cache line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Set([Kept; WAYS]);

const WAYS: usize = 4;

/// How many sets there are at first, and at most (4 MB): powers of two.
const FEWEST: usize = 1 << 10;
const MOST: usize = 1 << 16;

/// Most words that cannot be packed, and the longest, in bytes.
const OTHERS: usize = 1 << 12;
const LONGEST: usize = 64;

/// A four-way set-associative cache of words, and a small one of those that cannot be packed.
#[derive(Debug)]
pub(super) struct Cache {
    sets: Vec<Set>,
    filled: usize,
    others: FxHashMap<(TokenKind, Box<str>), Facts>,
}

/// A number of few bits, as an index.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "it is masked next")]
fn number(bits: u64) -> usize {
    bits as usize
}

impl Default for Cache {
    fn default() -> Self {
        Self { sets: vec![Set::default(); FEWEST], filled: 0, others: FxHashMap::default() }
    }
}

impl Cache {
    /// The number of a word's set: the highest bits of a product with the golden ratio part what is
    /// alike (Knuth, TAOCP 3, section 6.4).
    #[inline]
    fn set(&self, letters: u64) -> usize {
        let hash = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - MOST.ilog2());
        number(hash) & (self.sets.len() - 1)
    }

    /// What is known of a word by its packed letters, which are not 0.
    #[inline]
    pub(super) fn get(&self, letters: u64) -> Option<Facts> {
        let Set(kept) = &self.sets[self.set(letters)];
        // No branch here but the last: which place it is cannot be foretold, that it is there can.
        let mut way = WAYS;
        for (number, kept) in kept.iter().enumerate() {
            way = if kept.letters == letters { number } else { way };
        }
        kept.get(way).map(|kept| kept.facts)
    }

    /// Keeps a word, in the place of the one of its set that came first.
    pub(super) fn keep(&mut self, letters: u64, facts: Facts) {
        if self.filled > self.sets.len() * WAYS / 2 && self.sets.len() < MOST {
            let kept = std::mem::take(&mut self.sets);
            self.sets = vec![Set::default(); kept.len() * 8];
            self.filled = 0;
            for Kept { letters, facts } in kept
                .into_iter()
                .flat_map(|set| set.0.into_iter().rev())
                .filter(|kept| kept.letters > 0)
            {
                self.keep(letters, facts);
            }
        }
        self.filled += 1;
        let set = self.set(letters);
        let Set(set) = &mut self.sets[set];
        set.rotate_right(1);
        set[0] = Kept { letters, facts };
    }

    /// What is known of a word that cannot be packed.
    pub(super) fn other(&self, kind: TokenKind, normal: &str) -> Option<Facts> {
        if self.others.is_empty() || normal.len() > LONGEST {
            return None;
        }
        self.others.get(&(kind, Box::from(normal))).copied()
    }

    /// Keeps a word that cannot be packed; when there are too many, all are forgotten.
    pub(super) fn keep_other(&mut self, kind: TokenKind, normal: &str, facts: Facts) {
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

    fn numbered(stem: u32) -> Facts {
        Facts::new(stem, 0, SpeechCue::default(), false)
    }

    #[test]
    fn facts_are_kept_apart() {
        let facts = Facts::new(7, 300, SpeechCue(0b10101), true);
        assert_eq!(
            (facts.stem, facts.met(), facts.saying(), facts.is_content(), facts.is_elongated()),
            (7, 300, SpeechCue(0b10101), true, false)
        );
        let elongated = Facts::new(7, 0, SpeechCue::default(), false).elongated();
        assert_eq!(
            (elongated.met(), elongated.saying(), elongated.is_content(), elongated.is_elongated()),
            (0, SpeechCue(0), false, true)
        );
    }

    #[test]
    fn what_was_kept_last_is_found_and_room_is_bounded() {
        let mut cache = Cache::default();
        for letters in 1..1_000_000 {
            cache.keep(u64::from(letters), numbered(letters));
            assert_eq!(cache.get(u64::from(letters)), Some(numbered(letters)));
        }
        assert_eq!(cache.sets.len(), MOST);
        let found = (1..1_000_000)
            .filter_map(|letters| cache.get(u64::from(letters)).map(|facts| (letters, facts)));
        let found: Vec<(u32, Facts)> = found.collect();
        assert!(found.len() > MOST * WAYS / 2, "{}", found.len());
        assert!(found.iter().all(|(letters, facts)| *facts == numbered(*letters)));
    }

    #[test]
    fn words_that_cannot_be_packed_are_bounded_too() {
        let mut cache = Cache::default();
        for number in 0..10_000 {
            cache.keep_other(TokenKind::Latin, &format!("w{number}"), numbered(number));
        }
        assert_eq!(cache.other(TokenKind::Latin, "w9999"), Some(numbered(9_999)));
        assert!(cache.others.len() <= OTHERS && cache.other(TokenKind::Arabic, "w9999").is_none());
        cache.keep_other(TokenKind::Latin, &"w".repeat(65), Facts::default());
        assert!(cache.other(TokenKind::Latin, &"w".repeat(65)).is_none());
    }
}
