//! Articles that say nearly the same.

use super::LabelledArticle;

/// How many words a shingle has.
const SHINGLE: usize = 3;

/// Share of common shingles (Jaccard index) from which two articles are near-duplicates.
pub const NEAR: f64 = 0.5;

/// Pairs of positions of articles that are near-duplicates and not of one contrast family.
pub fn near_duplicates(articles: &[LabelledArticle]) -> Vec<(usize, usize)> {
    let shingles: Vec<Vec<u64>> = articles.iter().map(|labelled| shingles(&labelled.article.full_text())).collect();
    let mut found = Vec::new();
    for (i, one) in shingles.iter().enumerate() {
        for (j, other) in shingles[..i].iter().enumerate() {
            let family = articles[i].family.is_some() && articles[i].family == articles[j].family;
            if !family && jaccard(one, other) >= NEAR {
                found.push((j, i));
            }
        }
    }
    found
}

/// Hashes of the runs of [`SHINGLE`] words, ascending, each once.
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

/// Size of the intersection over size of the union of two ascending lists; 0 for two empty ones.
fn jaccard(one: &[u64], other: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let union = one.len() + other.len() - common;
    if union == 0 { 0.0 } else { common as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::camp::Stance;

    #[test]
    fn a_copy_with_a_few_other_words_is_found_unless_it_is_of_the_family() {
        let text = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة بحضور أكثر من مئة نائب";
        let article = |text: String, family: Option<&str>| LabelledArticle {
            article: Article { text, ..Article::default() },
            family: family.map(str::to_owned),
            removals: Vec::new(),
            stances: [Stance::Neutral; 2],
        };
        let copy = text.replace("مئة", "مئتي");
        let other = "قالت بعثة الأمم المتحدة إن الهدنة صامدة في محاور القتال جنوب العاصمة منذ مساء أمس".to_owned();
        let set = [article(text.to_owned(), None), article(copy.clone(), None), article(other, None)];
        assert_eq!(near_duplicates(&set), [(0, 1)]);
        let family = [article(text.to_owned(), Some("f")), article(copy, Some("f"))];
        assert!(near_duplicates(&family).is_empty());
    }
}
