//! A vocabulary of word n-grams, looked up by the numbers of the words.

use rustc_hash::FxHashMap;

use super::super::tfidf::Tfidf;
use super::NO_COLUMN;
use crate::text::script::spaced;

/// Most words of an n-gram.
const MAX_WORDS: usize = 8;

/// The n-grams of a vocabulary as a prefix tree. The first nodes are those of single words, under
/// the words' own numbers.
#[derive(Debug)]
pub(super) struct Ngrams {
    /// The nodes of single words.
    words: Vec<Node>,
    /// The edges to all other nodes: a hash table with linear probing, whose length is a power of
    /// two.
    edges: Vec<Edge>,
    /// Most words of its n-grams.
    longest: usize,
    /// One bit for the hash of each edge: a small filter that rejects nearly all pairs of words
    /// without an edge.
    hashes: Vec<u64>,
}

/// An edge of the tree.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// From which node by which word ([`edge`]), or [`NOWHERE`].
    from: u64,
    /// The number of the node that it leads to …
    to: u32,
    /// … and that node.
    node: Node,
}

/// Marks a free slot: no node has so high a number.
const NOWHERE: u64 = u64::MAX;

/// A node of the tree: the column of the n-gram that ends there, or [`NO_COLUMN`], and whether it
/// has edges.
#[derive(Clone, Copy, Debug)]
struct Node(u32);

impl Node {
    const LEADS: u32 = 1 << 31;

    fn column(self) -> u32 {
        self.0 & NO_COLUMN
    }

    fn leads(self) -> bool {
        self.0 & Self::LEADS != 0
    }
}

fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// A hash whose low and high bits depend on both halves of a edge.
#[inline]
fn hash(edge: u64) -> u64 {
    let product = edge.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ product >> 32
}

impl Ngrams {
    /// The vocabulary of `tfidf`, with columns from `offset` on, given the numbers of all its
    /// words. One more number stands for every other word.
    pub(super) fn new(tfidf: &Tfidf, offset: u32, words: &FxHashMap<String, u32>) -> Self {
        let mut nodes = vec![Node(NO_COLUMN); words.len() + 1];
        let mut edges: FxHashMap<u64, u32> = FxHashMap::default();
        let (_, (shortest, longest)) = tfidf.settings().runs();
        for (column, term) in (offset..).zip(tfidf.terms()) {
            // A model file may hold longer n-grams, which no text produces.
            if !(shortest..=longest.min(MAX_WORDS)).contains(&spaced(term).count()) {
                continue;
            }
            let mut node = None;
            for word in spaced(term) {
                let Some(&word) = words.get(word) else { break };
                node = Some(match node {
                    None => word,
                    Some(node) => {
                        nodes[node as usize].0 |= Node::LEADS;
                        // Columns are `u32` too, and each has at most eight nodes.
                        let new = u32::try_from(nodes.len()).unwrap_or(NO_COLUMN);
                        let next = *edges.entry(edge(node, word)).or_insert(new);
                        if next == new {
                            nodes.push(Node(NO_COLUMN));
                        }
                        next
                    }
                });
            }
            if let Some(node) = node.map(|node| &mut nodes[node as usize]) {
                node.0 = node.0 & Node::LEADS | column;
            }
        }
        let mut ngrams = Self {
            edges: vec![
                Edge { from: NOWHERE, to: 0, node: Node(NO_COLUMN) };
                (edges.len() + edges.len() / 2 + 1).next_power_of_two()
            ],
            hashes: vec![0; (edges.len() / 8).next_power_of_two()],
            words: nodes[..=words.len()].to_vec(),
            longest,
        };
        for (from, to) in edges {
            let (at, bit) = ngrams.bit(hash(from));
            ngrams.hashes[at] |= bit;
            let mut free = ngrams.slot(hash(from));
            while ngrams.edges[free].from != NOWHERE {
                free = (free + 1) & (ngrams.edges.len() - 1);
            }
            ngrams.edges[free] = Edge { from, to, node: nodes[to as usize] };
        }
        ngrams
    }

    /// The index into `hashes` and the bit of a hash.
    #[inline]
    fn bit(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.hashes.len() - 1), 1 << (hash & 63))
    }

    /// The index into `edges` from which to search for a hash.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.edges.len() - 1)
    }

    /// The number of the node that a word leads to, and the node.
    #[inline]
    fn next(&self, node: u32, word: u32) -> Option<(u32, Node)> {
        let from = edge(node, word);
        let hash = hash(from);
        let (at, bit) = self.bit(hash);
        if self.hashes[at] & bit == 0 {
            return None;
        }
        let mut at = self.slot(hash);
        // The loop ends, because there is always a free slot.
        loop {
            let edge = self.edges[at];
            if edge.from == from {
                return Some((edge.to, edge.node));
            }
            if edge.from == NOWHERE {
                return None;
            }
            at = (at + 1) & (self.edges.len() - 1);
        }
    }

    /// Calls `each` with the column of every n-gram of `words` (their positions in the text and
    /// their numbers), and with the positions of its first word and its last. Some unknown n-grams
    /// are passed too, as [`NO_COLUMN`].
    #[inline]
    pub(super) fn each(&self, words: &[(u32, u32)], each: impl FnMut(u32, u32, u32)) {
        if self.longest <= 2 { self.each_pair(words, each) } else { self.each_run(words, each) }
    }

    /// The same for n-grams of at most two words. Every word is tried with the one before it,
    /// without a check whether that one has edges: such a branch cannot be predicted.
    #[inline]
    fn each_pair(&self, words: &[(u32, u32)], mut each: impl FnMut(u32, u32, u32)) {
        let mut before = None;
        for &(at, word) in words {
            if let Some((first, node)) = before
                && let Some((_, node)) = self.next(node, word)
            {
                each(node.column(), first, at);
            }
            each(self.words[word as usize].column(), at, at);
            before = Some((at, word));
        }
    }

    #[inline]
    fn each_run(&self, words: &[(u32, u32)], mut each: impl FnMut(u32, u32, u32)) {
        // The prefixes that end with the word before, the longest first.
        let mut begun = [(0_u32, 0_u32); MAX_WORDS];
        let mut n_begun = 0;
        for &(at, word) in words {
            let mut kept = 0;
            for run in 0..n_begun {
                let (node, first) = begun[run];
                if let Some((next, node)) = self.next(node, word) {
                    each(node.column(), first, at);
                    if node.leads() {
                        begun[kept] = (next, first);
                        kept += 1;
                    }
                }
            }
            let node = self.words[word as usize];
            each(node.column(), at, at);
            begun[kept & (MAX_WORDS - 1)] = (word, at);
            n_begun = kept + usize::from(node.leads());
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
        for word in terms.iter().flat_map(|term| spaced(term)) {
            let number = u32::try_from(words.len()).unwrap();
            words.entry(word.to_owned()).or_insert(number);
        }
        let other = u32::try_from(words.len()).unwrap();
        let text: Vec<(u32, u32)> = (0..)
            .zip(text.split(' ').map(|word| words.get(word).copied().unwrap_or(other)))
            .collect();
        let mut found = Vec::new();
        Ngrams::new(&tfidf, 100, &words).each(&text, |column, first, last| {
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
