//! Near-duplicate texts.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

/// Number of words of a shingle.
const SHINGLE: usize = 3;

/// Least Jaccard index of the shingles of two near-duplicates.
const MIN_SIMILARITY: f64 = 0.5;

/// Pairs of texts that are near-duplicates, by position: at least half of their shingles are common
/// to both (Jaccard index).
pub fn near_duplicates(texts: &[impl AsRef<str>]) -> Vec<(usize, usize)> {
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut all: Vec<Vec<u64>> = Vec::with_capacity(texts.len());
    let mut found = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        let own = shingles(text.as_ref());
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for shingle in &own {
            let holders = holders.entry(*shingle).or_default();
            for &j in holders.iter() {
                *common.entry(j).or_default() += 1;
            }
            holders.push(i);
        }
        for (j, common) in common {
            let union = own.len() + all[j].len() - common;
            if common as f64 / union as f64 >= MIN_SIMILARITY {
                found.push((j, i));
            }
        }
        all.push(own);
    }
    found
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
        assert_eq!(near_duplicates(&[text, other, &copy]), [(0, 2)]);
        assert!(
            near_duplicates(&["", "كلمتان فقط", "كلمتان فقط"]).is_empty(),
            "too short for a shingle"
        );
    }
}
