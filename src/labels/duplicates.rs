//! Near-duplicate texts.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

/// Number of words of a shingle.
const SHINGLE: usize = 3;

/// Least Jaccard index of the shingles of two near-duplicates.
const MIN_SIMILARITY: f64 = 0.5;

/// How many texts are remembered for a shingle: the first ones. Where more have it, they are mostly
/// copies of each other, and a further copy finds one of these.
const MAX_HOLDERS: usize = 16;

/// How many texts a text is compared with: those that share most of the remembered shingles.
const MAX_COMPARED: usize = 32;

/// Groups of texts that are near-duplicates, by position, ascending: at least half of the shingles
/// of two texts are common to both (Jaccard index), or both are near-duplicates of others in the
/// group. Pairs for which `counts` is false are none. The time grows with the texts and not with
/// the pairs that they make.
pub fn near_duplicates(
    texts: &[impl AsRef<str>],
    counts: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut all: Vec<Vec<u64>> = Vec::with_capacity(texts.len());
    // The group of each text, named by an earlier member, or by itself.
    let mut groups: Vec<usize> = (0..texts.len()).collect();
    for (i, text) in texts.iter().enumerate() {
        let own = shingles(text.as_ref());
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for shingle in &own {
            let holders = holders.entry(*shingle).or_default();
            for &j in holders.iter() {
                *common.entry(j).or_default() += 1;
            }
            if holders.len() < MAX_HOLDERS {
                holders.push(i);
            }
        }
        let mut common: Vec<(usize, usize)> = common.into_iter().collect();
        common.sort_by_key(|&(j, common)| (std::cmp::Reverse(common), j));
        for (j, _) in common.into_iter().take(MAX_COMPARED) {
            if counts(j, i) && similarity(&own, &all[j]) >= MIN_SIMILARITY {
                let (one, other) = (root(&mut groups, i), root(&mut groups, j));
                groups[one.max(other)] = one.min(other);
            }
        }
        all.push(own);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for text in 0..texts.len() {
        members.entry(root(&mut groups, text)).or_default().push(text);
    }
    members.into_values().filter(|group| group.len() > 1).collect()
}

/// The name of a text's group; the way to it is made shorter.
fn root(groups: &mut [usize], mut text: usize) -> usize {
    while groups[text] != text {
        groups[text] = groups[groups[text]];
        text = groups[text];
    }
    text
}

/// The Jaccard index of two sorted sets.
fn similarity(one: &[u64], other: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        common += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    common as f64 / (one.len() + other.len() - common).max(1) as f64
}

/// Hashes of all runs of [`SHINGLE`] words, sorted, without repetitions.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let hash = |run: &[&str]| {
        let hash = blake3::hash(run.join(" ").as_bytes());
        u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or_default())
    };
    let mut hashes: Vec<u64> = words.windows(SHINGLE).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_with_a_few_other_words_is_found() {
        let text = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة \
            بحضور أكثر من مئة نائب";
        let copy = text.replace("مئة", "مئتي");
        let other =
            "قالت بعثة الأمم المتحدة إن الهدنة صامدة في محاور القتال جنوب العاصمة منذ مساء أمس";
        assert_eq!(near_duplicates(&[text, other, &copy], |_, _| true), [vec![0, 2]]);
        assert!(near_duplicates(&[text, other, &copy], |_, _| false).is_empty());
        assert!(
            near_duplicates(&["", "كلمتان فقط", "كلمتان فقط"], |_, _| true).is_empty(),
            "too short for a shingle"
        );
    }

    /// Copies of one text, each with a word of its own, make as many pairs as there are squares.
    #[test]
    fn many_copies_are_one_group_and_are_compared_with_few() {
        let body = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة ".repeat(3);
        let copy = |number: usize| format!("{number} {body} {number}");
        for n in [500, 1_000] {
            let texts: Vec<String> = (0..n).map(copy).collect();
            let compared = std::cell::Cell::new(0);
            let groups = near_duplicates(&texts, |_, _| {
                compared.set(compared.get() + 1);
                true
            });
            assert_eq!(groups, [(0..n).collect::<Vec<_>>()]);
            assert!(compared.get() <= n * MAX_COMPARED, "{}", compared.get());
        }
    }
}
