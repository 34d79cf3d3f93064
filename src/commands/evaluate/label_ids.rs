//! Which article the id in a table of labels means.
//!
//! The id of an article that is a file is its path as it was typed, so that `articles/7.txt`,
//! `./articles/7.txt` and `7` in a table are one article. An id that is no other's is looked up by
//! its last parts; where it fits several articles, it means none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::article::Article;
use crate::camp::Stance;
use crate::text::listed::listed;

/// Labels by the ids of a table.
pub(super) struct LabelIds<'a> {
    labels: &'a BTreeMap<String, [Stance; 2]>,
    /// The ids by their last part, without the ending of a file.
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    /// The ids that articles have letter by letter.
    exact: BTreeSet<&'a str>,
    /// Articles whose paths end like an id, and for each such id which of them do.
    articles: Vec<Article>,
    alike: BTreeMap<&'a str, Vec<usize>>,
    /// The id of the first article that has no label.
    other: Option<String>,
}

/// What is known when all articles were seen.
pub(super) struct Rest {
    /// The articles that were found by the last parts of their paths.
    pub(super) found: Vec<(Article, [Stance; 2])>,
    /// A message for each id that fits several.
    pub(super) unclear: Vec<String>,
    /// The id of an article that has no label.
    pub(super) other: Option<String>,
}

impl<'a> LabelIds<'a> {
    pub(super) fn new(labels: &'a BTreeMap<String, [Stance; 2]>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for id in labels.keys() {
            by_name.entry(name(id)).or_default().push(id);
        }
        let (exact, alike) = (BTreeSet::new(), BTreeMap::new());
        Self { labels, by_name, exact, articles: Vec::new(), alike, other: None }
    }

    /// The article with its labels, if its id is in the table. `is_file`: the id is a path.
    pub(super) fn find(
        &mut self,
        article: Article,
        is_file: bool,
    ) -> Option<(Article, [Stance; 2])> {
        if let Some((id, &labels)) = self.labels.get_key_value(&article.id) {
            self.exact.insert(id);
            return Some((article, labels));
        }
        let fitting = if is_file { self.by_name.get(name(&article.id)) } else { None };
        let fitting = fitting.into_iter().flatten().filter(|id| ends_alike(id, &article.id));
        let fitting: Vec<&str> = fitting.copied().collect();
        if fitting.is_empty() {
            self.other.get_or_insert(article.id);
            return None;
        }
        for id in fitting {
            self.alike.entry(id).or_default().push(self.articles.len());
        }
        self.articles.push(article);
        None
    }

    /// What there is to say when all articles were seen.
    pub(super) fn rest(self) -> Rest {
        let Self { labels, exact, articles, alike, mut other, .. } = self;
        let mut unclear = Vec::new();
        let mut by_article: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (id, fitting) in alike.into_iter().filter(|(id, _)| !exact.contains(id)) {
            if let [article] = fitting[..] {
                by_article.entry(article).or_default().push(id);
            } else {
                let paths: Vec<&str> = fitting.iter().map(|&at| articles[at].id.as_str()).collect();
                unclear.push(format!(
                    "the label of {id:?} fits {}: write one of them",
                    listed(&paths)
                ));
            }
        }
        let mut found = Vec::new();
        for (at, article) in articles.into_iter().enumerate() {
            match by_article.get(&at).map(Vec::as_slice) {
                Some([id]) => found.push((article, labels[*id])),
                ids => {
                    if let Some(ids) = ids {
                        let ids = listed(ids);
                        unclear.push(format!("{:?} has two labels, {ids}: keep one", article.id));
                    }
                    other.get_or_insert(article.id);
                }
            }
        }
        Rest { found, unclear, other }
    }
}

/// The last part of an id, without the ending of a file.
fn name(id: &str) -> &str {
    Path::new(id).file_stem().and_then(|name| name.to_str()).unwrap_or(id)
}

/// Whether the parts of the shorter one are the last parts of the other; the ending of the file may
/// lack.
fn ends_alike(id: &str, path: &str) -> bool {
    let parts = |id: &str| -> Vec<String> {
        let parts = id.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
        parts.map(str::to_owned).collect()
    };
    let (mut id, mut path) = (parts(id), parts(path));
    let (Some(last_of_id), Some(last)) = (id.pop(), path.pop()) else { return false };
    let is_same_file = last_of_id == last || last_of_id == name(&last) || name(&last_of_id) == last;
    is_same_file && id.iter().rev().zip(path.iter().rev()).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_end_of_a_path() {
        for (id, path, is_it) in [
            ("7", "articles/7.txt", true),
            ("7.txt", "/home/a/articles/7.txt", true),
            ("articles/7.txt", "./articles/7.txt", true),
            ("articles/7.txt", "7.txt", true),
            ("b/7.txt", "a/7.txt", false),
            ("7.html", "articles/7.txt", false),
            ("17", "articles/7.txt", false),
        ] {
            assert_eq!(ends_alike(id, path), is_it, "{id} {path}");
        }
    }

    #[test]
    fn an_id_that_fits_several_articles_means_none_and_so_do_two_of_one_article() {
        let read = |ids: &[&str], paths: &[&str]| {
            let labels = ids.iter().map(|id| ((*id).to_owned(), [Stance::Neutral; 2])).collect();
            let mut known = LabelIds::new(&labels);
            let exact: Vec<String> = paths
                .iter()
                .filter_map(|path| known.find(Article::new(*path, ""), true))
                .map(|(article, _)| article.id)
                .collect();
            let Rest { found, unclear, .. } = known.rest();
            let found = found.into_iter().map(|(article, _)| article.id);
            (exact.into_iter().chain(found).collect::<Vec<_>>(), unclear.len())
        };
        let path = |path: &str| vec![path.to_owned()];
        assert_eq!(read(&["3"], &["a/3.txt"]), (path("a/3.txt"), 0));
        assert_eq!(read(&["3"], &["a/3.txt", "b/3.txt"]), (vec![], 1));
        assert_eq!(read(&["3", "a/3"], &["a/3.txt", "b/3.txt"]), (path("a/3.txt"), 1));
        assert_eq!(read(&["3", "a/3"], &["a/3.txt"]), (vec![], 1));
        assert_eq!(read(&["a/3.txt"], &["b/a/3.txt", "a/3.txt"]), (path("a/3.txt"), 0));
    }
}
