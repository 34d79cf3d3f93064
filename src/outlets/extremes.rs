//! The articles that influence an outlet's mean lean most: those with the most extreme leans.

use serde::{Deserialize, Serialize};

use super::millionths::{Millionths, millionths};
use crate::camp::Stance;
use crate::record::{ScoreRecord, Scores};

/// How many articles are kept at each end.
const MAX_ARTICLES: usize = 10;

/// How many words of an article are kept toward each camp.
const MAX_WORDS: usize = 3;

/// An article with an extreme lean. The order is by lean, then by id, then by the rest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InfluentialArticle {
    /// Its lean.
    pub lean: Millionths,
    /// Its id.
    pub id: String,
    /// Its date, as the article writes it.
    pub date: Option<String>,
    /// The event that it covers.
    pub event: Option<String>,
    /// Stance and strongest words toward each camp; `None` for `uncertain`.
    pub camps: [(Option<Stance>, Vec<String>); 2],
}

impl InfluentialArticle {
    fn new(record: &ScoreRecord, scores: &Scores) -> Self {
        let ScoreRecord { id, date, event, .. } = record.clone();
        let camps = [0, 1].map(|camp| {
            let camp = &scores.camps[camp];
            (camp.stance, camp.words.iter().take(MAX_WORDS).map(|word| word.word.clone()).collect())
        });
        Self { lean: millionths(scores.lean), id, date, event, camps }
    }
}

/// The articles with the most extreme leans at either end. Those that are farthest from the mean,
/// whatever it is, are among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtremeArticles {
    /// The farthest toward the first camp, the farthest first.
    first: Vec<InfluentialArticle>,
    /// The farthest toward the second camp, the farthest first.
    second: Vec<InfluentialArticle>,
}

impl ExtremeArticles {
    /// Adds an article.
    pub fn add(&mut self, record: &ScoreRecord, scores: &Scores) {
        let lean = millionths(scores.lean);
        let full = |end: &Vec<InfluentialArticle>| end.len() == MAX_ARTICLES;
        // Most articles are at neither end, and are not copied.
        if full(&self.first)
            && full(&self.second)
            && self.first[MAX_ARTICLES - 1].lean > lean
            && self.second[MAX_ARTICLES - 1].lean < lean
        {
            return;
        }
        let article = InfluentialArticle::new(record, scores);
        self.merge(Self { first: vec![article.clone()], second: vec![article] });
    }

    /// Whether their leans are leans.
    pub(super) fn are_possible(&self) -> bool {
        let all = self.first.iter().chain(&self.second);
        all.map(|article| article.lean).all(|lean| (-1_000_000..=1_000_000).contains(&lean))
    }

    /// Adds the articles of another part.
    pub fn merge(&mut self, other: Self) {
        self.first.extend(other.first);
        self.first.sort_by(|a, b| b.lean.cmp(&a.lean).then_with(|| a.cmp(b)));
        self.first.truncate(MAX_ARTICLES);
        self.second.extend(other.second);
        self.second.sort();
        self.second.truncate(MAX_ARTICLES);
    }

    /// The articles that influence the mean of `n` articles most, the strongest first, each with
    /// its influence: by how much the mean would differ without it, (lean − mean) / (n − 1). Ties
    /// are ordered by id. Empty if `n` is 1.
    pub fn by_influence(&self, mean: f64, n: u64) -> Vec<(&InfluentialArticle, f64)> {
        if n < 2 {
            return Vec::new();
        }
        // Where there are few articles, one stands at both ends.
        let mut found: Vec<&InfluentialArticle> = self.first.iter().chain(&self.second).collect();
        found.sort();
        found.dedup();
        let mut found: Vec<(&InfluentialArticle, f64)> = found
            .into_iter()
            .map(|article| (article, (article.lean as f64 / 1e6 - mean) / (n - 1) as f64))
            .collect();
        found.sort_by(|(a, by_a), (b, by_b)| {
            by_b.abs().total_cmp(&by_a.abs()).then_with(|| a.id.cmp(&b.id)).then_with(|| a.cmp(b))
        });
        found.truncate(MAX_ARTICLES);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::tally::tests::article;

    fn extremes(leans: &[Millionths]) -> ExtremeArticles {
        let mut extremes = ExtremeArticles::default();
        for (number, lean) in leans.iter().enumerate() {
            let article = article(&format!("a{number:02}"), "x", *lean);
            extremes.add(&article, article.scores.as_ref().unwrap());
        }
        extremes
    }

    #[test]
    fn influence_is_what_the_mean_changes_by_when_the_article_goes() {
        // 0.9, 0.1, -0.4 have the mean 0.2; without the first it is -0.15, without the second 0.25,
        // without the third 0.5.
        let found = extremes(&[900_000, 100_000, -400_000]);
        let found: Vec<(&str, f64)> = found
            .by_influence(0.2, 3)
            .into_iter()
            .map(|(article, by)| (article.id.as_str(), by))
            .collect();
        for ((id, by), (right_id, right)) in
            found.iter().zip([("a00", 0.35), ("a02", -0.3), ("a01", -0.05)])
        {
            assert!(*id == right_id && (by - right).abs() < 1e-12, "{id} {by}");
        }
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn of_many_the_farthest_stay_and_each_stands_once() {
        let leans: Vec<Millionths> = (0..15).map(|number| number * 10_000).collect();
        let found = extremes(&leans);
        let ids: Vec<&str> = found
            .by_influence(0.07, 15)
            .into_iter()
            .map(|(article, _)| article.id.as_str())
            .collect();
        assert_eq!(ids, ["a00", "a14", "a01", "a13", "a02", "a12", "a03", "a11", "a04", "a10"]);
        assert!(extremes(&[5]).by_influence(0.0, 1).is_empty());
    }
}
