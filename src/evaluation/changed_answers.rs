//! What two models say otherwise of the same articles.

use rayon::prelude::*;

use crate::article::Article;
use crate::camp::Stance;
use crate::scoring::Scorer;

/// An answer that a model gives and another does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedAnswer {
    /// Id of the article.
    pub id: String,
    /// Number of the camp.
    pub camp: usize,
    /// What the old model says.
    pub before: Stance,
    /// What the new model says.
    pub after: Stance,
}

/// The answers of `after` that are not those of `before`, in the order of `articles`. An article
/// that cannot be scored has none.
pub fn changed_answers(
    before: &Scorer,
    after: &Scorer,
    articles: &[Article],
) -> Vec<ChangedAnswer> {
    let of_article = |article: &Article| {
        let (Ok(old), Ok(new)) = (before.score(article), after.score(article)) else {
            return Vec::new();
        };
        let of_camp = |camp: usize| {
            let [before, after] = [&old, &new].map(|verdict| verdict.camps[camp].stance);
            (before != after).then(|| ChangedAnswer { id: article.id.clone(), camp, before, after })
        };
        (0..old.camps.len()).filter_map(of_camp).collect()
    };
    articles.par_iter().flat_map_iter(of_article).collect()
}
