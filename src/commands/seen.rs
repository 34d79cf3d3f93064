//! Articles that a model was trained on: what is measured on them, or learned, is too good.

use crate::article::Article;
use crate::model::Model;
use crate::model::provenance::article_key;
use crate::scoring::counted;

/// Whether the model was trained on an article, by its id, or by its text where it has none.
pub fn is_seen(model: &Model, article: &Article) -> bool {
    let key = article_key(&article.id, &article.full_text());
    model.provenance().labels.contains_key(&key)
}

/// A notice that the model was trained on `n_seen` of the articles.
pub fn notice(n_seen: usize, n_articles: usize) -> String {
    format!(
        "Not unseen: {n_seen} of {} have ids (without ids: texts) of articles that the model was \
         trained on.",
        counted(n_articles, "article")
    )
}
