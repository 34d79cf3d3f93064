//! Which article the id in a table of labels means.
//!
//! The id of an article that is a file is its path as it was typed, so that `articles/7.txt`,
//! `./articles/7.txt` and `7` in a table are one article. An id that is no other's is looked up by
//! its last parts; where it fits several articles, it means none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::article::Article;
use crate::article::quoted::quoted;
use crate::camp::Stance;
use crate::model::provenance::article_key;
use crate::text::listed::listed;

/// Labels by the ids of a table.
pub(super) struct LabelIds<'a> {
    labels: &'a BTreeMap<String, [Stance; 2]>,
    /// The ids by their last part, without the ending of a file.
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    /// The articles whose ids, or the ends of whose paths, are those of the table.
    articles: Vec<Article>,
    /// The ids that articles have letter by letter, and which articles do.
    exact: BTreeMap<&'a str, Vec<usize>>,
    /// The ids that paths of articles end like, and which do.
    alike: BTreeMap<&'a str, Vec<usize>>,
    /// The id of the first article that has no label.
    other: Option<String>,
}

/// What is known when all articles were seen.
pub(super) struct Matched {
    /// The articles that were found, with their labels, by their ids.
    pub(super) found: BTreeMap<String, (Article, [Stance; 2])>,
    /// A message for each id that fits several, or whose article has two labels.
    pub(super) unclear: Vec<String>,
    /// The ids of the table that fit none.
    pub(super) missing: Vec<String>,
    /// The id of an article that has no label.
    pub(super) other: Option<String>,
}

impl<'a> LabelIds<'a> {
    pub(super) fn new(labels: &'a BTreeMap<String, [Stance; 2]>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for id in labels.keys() {
            by_name.entry(name(id)).or_default().push(id);
        }
        let (exact, alike) = (BTreeMap::new(), BTreeMap::new());
        Self { labels, by_name, articles: Vec::new(), exact, alike, other: None }
    }

    /// Takes an article, if it may be one of the table. `is_file`: its id is a path.
    pub(super) fn add(&mut self, article: Article, is_file: bool) {
        let at = self.articles.len();
        if let Some((id, _)) = self.labels.get_key_value(&article.id) {
            self.exact.entry(id).or_default().push(at);
            self.articles.push(article);
            return;
        }
        let fitting = if is_file { self.by_name.get(name(&article.id)) } else { None };
        let fitting = fitting.into_iter().flatten().filter(|id| ends_alike(id, &article.id));
        let fitting: Vec<&str> = fitting.copied().collect();
        if fitting.is_empty() {
            self.other.get_or_insert(article.id);
            return;
        }
        for id in fitting {
            self.alike.entry(id).or_default().push(at);
        }
        self.articles.push(article);
    }

    /// What there is to say when all articles were seen.
    pub(super) fn matched(self) -> Matched {
        let Self { labels, articles, exact, alike, mut other, .. } = self;
        let missing = labels
            .keys()
            .filter(|id| !exact.contains_key(id.as_str()) && !alike.contains_key(id.as_str()));
        let missing = missing.cloned().collect();
        let mut unclear = Vec::new();
        let mut by_article: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        let alike = alike.into_iter().filter(|(id, _)| !exact.contains_key(id));
        for (id, fitting) in alike.collect::<Vec<_>>() {
            if let [article] = fitting[..] {
                by_article.entry(article).or_default().push(id);
            } else {
                let paths: Vec<&str> = fitting.iter().map(|&at| articles[at].id.as_str()).collect();
                unclear.push(format!(
                    "the label of {} fits {}: write one of them",
                    quoted(id),
                    listed(&paths)
                ));
            }
        }
        for (id, fitting) in exact {
            let texts: BTreeSet<String> =
                fitting.iter().map(|&at| article_key(&articles[at].full_text())).collect();
            // The same article may come twice, as from a folder and a file in it.
            if texts.len() == 1 {
                by_article.entry(fitting[0]).or_default().push(id);
            } else {
                unclear.push(format!(
                    "the id {} stands {} in the articles, with different texts: left out; give \
                     each its own id",
                    quoted(id),
                    times(fitting.len())
                ));
            }
        }
        let mut found = BTreeMap::new();
        for (at, article) in articles.into_iter().enumerate() {
            match by_article.get(&at).map(Vec::as_slice) {
                Some([id]) => {
                    found.insert(article.id.clone(), (article, labels[*id]));
                }
                ids => {
                    if let Some(ids) = ids {
                        let (id, ids) = (quoted(&article.id), listed(ids));
                        unclear.push(format!("{id} has two labels, {ids}: keep one"));
                    }
                    other.get_or_insert(article.id);
                }
            }
        }
        Matched { found, unclear, missing, other }
    }
}

fn times(n: usize) -> String {
    if n == 2 { "twice".to_owned() } else { format!("{n} times") }
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
            for (at, path) in paths.iter().enumerate() {
                known.add(Article::new(*path, format!("نص {at}")), true);
            }
            let Matched { found, unclear, .. } = known.matched();
            (found.into_keys().collect::<Vec<_>>(), unclear.len())
        };
        let path = |path: &str| vec![path.to_owned()];
        assert_eq!(read(&["3"], &["a/3.txt"]), (path("a/3.txt"), 0));
        assert_eq!(read(&["3"], &["a/3.txt", "b/3.txt"]), (vec![], 1));
        assert_eq!(read(&["3", "a/3"], &["a/3.txt", "b/3.txt"]), (path("a/3.txt"), 1));
        assert_eq!(read(&["3", "a/3"], &["a/3.txt"]), (vec![], 1));
        assert_eq!(read(&["a/3.txt"], &["b/a/3.txt", "a/3.txt"]), (path("a/3.txt"), 0));
        assert_eq!(read(&["3", "4"], &["3", "4", "3"]), (path("4"), 1));
    }

    #[test]
    fn an_article_that_comes_twice_is_one_and_what_is_missing_is_named() {
        let labels = ["3", "5"].map(|id| (id.to_owned(), [Stance::Neutral; 2])).into();
        let mut known = LabelIds::new(&labels);
        for _ in 0..2 {
            known.add(Article::new("3", "نص"), false);
        }
        let Matched { found, unclear, missing, .. } = known.matched();
        assert_eq!((found.len(), unclear.len(), missing), (1, 0, vec!["5".to_owned()]));
    }
}
