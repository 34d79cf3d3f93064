//! Articles that a model was trained on: what is measured on them, or learned, is too good.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::shipped;
use crate::article::Article;
use crate::model::provenance::{ArticleKeys, article_key};
use crate::model::{Model, Provenance};
use crate::scoring::counted;

/// What a model was trained on, or adapted to.
pub struct Seen<'a> {
    provenance: &'a Provenance,
    /// The words of the shipped set, with headlines and without, if the model was trained on it: a
    /// file of an older version has ids only, and one of today no texts without their headlines.
    shipped: OnceCell<BTreeSet<String>>,
}

impl<'a> Seen<'a> {
    pub fn new(model: &'a Model) -> Self {
        Self { provenance: model.provenance(), shipped: OnceCell::new() }
    }

    /// Whether the model was trained on an article: by its words, whatever its id is, or by its id,
    /// where the model knows ids.
    pub fn is_seen(&self, article: &Article) -> bool {
        self.has(&ArticleKeys::new(article))
    }

    /// The same of an article that is known by these keys.
    pub fn has(&self, keys: &ArticleKeys) -> bool {
        keys.is_in(self.provenance) || keys.words.iter().any(|key| self.shipped().contains(key))
    }

    fn shipped(&self) -> &BTreeSet<String> {
        self.shipped.get_or_init(|| {
            let set = shipped::read().ok().filter(|set| set.hash == self.provenance.hash);
            let articles = set.into_iter().flat_map(|set| set.articles);
            let keys = articles.flat_map(|labelled| {
                let Article { text, .. } = &labelled.article;
                [article_key(&labelled.article.full_text()), article_key(text)]
            });
            keys.collect()
        })
    }

    /// A notice that the model was trained on `n_seen` of the articles.
    pub fn notice(&self, n_seen: usize, n_articles: usize) -> String {
        let what = if self.provenance.knows_ids() { "texts or ids" } else { "texts" };
        format!(
            "Not unseen: {n_seen} of {} have {what} of articles that the model was trained on.",
            counted(n_articles, "article")
        )
    }

    /// What to do if the articles are others, and only their ids are those of trained ones.
    pub fn cure(&self) -> &'static str {
        if self.provenance.knows_ids() {
            " If they are other articles, give them other ids: the model's file is of a version \
             that knew articles by their ids."
        } else {
            ""
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_of_the_shipped_set_is_seen_by_its_text() {
        let model = Model::embedded().unwrap();
        let seen = Seen::new(&model);
        let set = shipped::read().unwrap();
        let own = &set.articles[0].article;
        assert!(seen.is_seen(own));
        assert!(seen.is_seen(&Article { id: "7".to_owned(), ..own.clone() }));
        assert!(seen.is_seen(&Article::new("7", own.text.clone())), "a table without headlines");
        assert!(!seen.is_seen(&Article::new(own.id.clone(), "نص آخر")), "an id says nothing");
        assert!(!seen.is_seen(&Article::new("7", "نص آخر")));
    }
}
