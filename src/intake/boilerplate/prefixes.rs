//! Searches encoded lines for many literals: those that a line begins with, and those anywhere in
//! it.
//!
//! An automaton of all literals takes one step after another for each code of a line, each waiting
//! for the one before. Here, four codes in a row are looked up in a small table of bits, which says
//! of nearly all places that no literal begins there.

use rustc_hash::FxHashMap;

/// Literals at the start of a text, each with what it means.
#[derive(Debug)]
pub(super) struct Prefixes<T> {
    /// Sorted.
    literals: Vec<(Vec<u8>, T)>,
    /// Where those with the same first two codes begin and end in `literals`.
    pairs: FxHashMap<[u8; 2], (usize, usize)>,
    /// The same of those of one code.
    singles: FxHashMap<u8, (usize, usize)>,
}

impl<T> Prefixes<T> {
    /// Of literals that are not empty.
    pub(super) fn new(mut literals: Vec<(Vec<u8>, T)>) -> Self {
        literals.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (mut pairs, mut singles) = (FxHashMap::default(), FxHashMap::default());
        for (number, (literal, _)) in literals.iter().enumerate() {
            match (literal.first_chunk(), literal.first()) {
                (Some(pair), _) => pairs.entry(*pair).or_insert((number, 0)).1 = number + 1,
                (None, Some(code)) => singles.entry(*code).or_insert((number, 0)).1 = number + 1,
                (None, None) => {}
            }
        }
        Self { literals, pairs, singles }
    }

    /// Calls `each` with every literal that a line begins with: what it means, and its length.
    pub(super) fn each(&self, line: &[u8], mut each: impl FnMut(&T, usize)) {
        let single = line.first().and_then(|code| self.singles.get(code));
        let single = single.map_or(&[][..], |&(from, upto)| &self.literals[from..upto]);
        for (_, meaning) in single {
            each(meaning, 1);
        }
        let Some(&(from, upto)) = line.first_chunk().and_then(|pair| self.pairs.get(pair)) else {
            return;
        };
        let mut alike = &self.literals[from..upto];
        for length in 2..=line.len() {
            let complete = alike.iter().take_while(|(literal, _)| literal.len() == length).count();
            alike[..complete].iter().for_each(|(_, meaning)| each(meaning, length));
            alike = &alike[complete..];
            let Some(&code) = line.get(length).filter(|_| !alike.is_empty()) else { break };
            let from = alike.partition_point(|(literal, _)| literal[length] < code);
            let upto = alike.partition_point(|(literal, _)| literal[length] <= code);
            alike = &alike[from..upto];
        }
    }
}

/// Codes in a row that are looked up.
const N_CODES: usize = 4;

/// Bits of the hash of so many codes.
const N_BITS: u32 = 17;

/// Literals anywhere in a line, each with what it means.
#[derive(Debug)]
pub(super) struct Anywhere<T> {
    literals: Prefixes<T>,
    /// One bit for the hash of the first codes of each literal.
    beginnings: Vec<u64>,
    /// Those of one code or two, which have too many beginnings of four.
    short: Prefixes<T>,
}

impl<T> Anywhere<T> {
    /// Of literals that are not empty.
    pub(super) fn new(literals: Vec<(Vec<u8>, T)>) -> Self {
        let is_long = |(literal, _): &(Vec<u8>, T)| literal.len() + 1 >= N_CODES;
        let (long, short): (Vec<_>, Vec<_>) = literals.into_iter().partition(is_long);
        let mut beginnings = vec![0; 1 << (N_BITS - 6)];
        let mut add = |codes| {
            let (at, bit) = place(codes);
            beginnings[at] |= bit;
        };
        for (literal, _) in &long {
            match literal.first_chunk() {
                Some(codes) => add(*codes),
                None => {
                    (0..=u8::MAX).for_each(|last| add([literal[0], literal[1], literal[2], last]));
                }
            }
        }
        Self { literals: Prefixes::new(long), beginnings, short: Prefixes::new(short) }
    }

    /// Whether a literal may begin with these codes.
    #[inline]
    fn may_begin(&self, codes: [u8; N_CODES]) -> bool {
        let (at, bit) = place(codes);
        self.beginnings[at] & bit != 0
    }

    /// Calls `each` with every literal that a line begins with: what it means, and its length.
    pub(super) fn each_at_start(&self, line: &[u8], mut each: impl FnMut(&T, usize)) {
        self.short.each(line, &mut each);
        let may_begin = line.first_chunk().is_none_or(|codes| self.may_begin(*codes));
        if may_begin {
            self.literals.each(line, each);
        }
    }

    /// Calls `each` with every literal in a line: what it means, and where it ends.
    pub(super) fn each(&self, line: &[u8], mut each: impl FnMut(&T, usize)) {
        for (literal, meaning) in &self.short.literals {
            for at in memchr::memchr_iter(literal[0], line) {
                if line[at..].starts_with(literal) {
                    each(meaning, at + literal.len());
                }
            }
        }
        let mut look = |at: usize| {
            self.literals.each(&line[at..], |meaning, length| each(meaning, at + length));
        };
        for (at, codes) in line.array_windows().enumerate() {
            if self.may_begin(*codes) {
                look(at);
            }
        }
        // Shorter literals may stand at the end.
        ((line.len() + 1).saturating_sub(N_CODES)..line.len()).for_each(look);
    }
}

/// The index into the bits, and the bit, of so many codes.
#[inline]
fn place(codes: [u8; N_CODES]) -> (usize, u64) {
    let hash = u32::from_le_bytes(codes).wrapping_mul(0x9E37_79B1) >> (32 - N_BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_literals_are_found_where_they_stand(
            literals in prop::collection::vec("[abc]{1,6}", 1..20),
            line in "[abcd]{0,40}",
        ) {
            let numbered = || {
                let bytes = literals.iter().map(|literal| literal.clone().into_bytes());
                bytes.zip(0..).collect::<Vec<(Vec<u8>, usize)>>()
            };
            let mut expected = Vec::new();
            for (number, literal) in literals.iter().enumerate() {
                let ends = (0..line.len()).filter(|&at| line[at..].starts_with(literal.as_str()));
                expected.extend(ends.map(|at| (number, at + literal.len())));
            }
            let mut found = Vec::new();
            let line = line.as_bytes();
            Anywhere::new(numbered()).each(line, |number, end| found.push((*number, end)));
            found.sort_unstable();
            let at_start = |(number, end): &(usize, usize)| literals[*number].len() == *end;
            let first: Vec<_> = found.iter().copied().filter(at_start).collect();
            prop_assert_eq!(&found, &expected);
            let mut starting = Vec::new();
            Prefixes::new(numbered()).each(line, |number, end| starting.push((*number, end)));
            starting.sort_unstable();
            prop_assert_eq!(&starting, &first);
            starting.clear();
            let starts = Anywhere::new(numbered());
            starts.each_at_start(line, |number, end| starting.push((*number, end)));
            starting.sort_unstable();
            prop_assert_eq!(&starting, &first);
        }
    }
}
