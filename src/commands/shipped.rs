//! The labelled set that this program was built with.

use std::io;

use anyhow::Context;
use include_dir::{Dir, include_dir};

use crate::article::Article;
use crate::camp::Stance;
use crate::engine::data_set::{self, DataSetFiles};
use crate::labels::{LabelAggregation, LabelledArticle, LabelledSet};

static ARTICLES: Dir = include_dir!("$CARGO_MANIFEST_DIR/labeled/articles");
static FAMILIES: Dir = include_dir!("$CARGO_MANIFEST_DIR/labeled/families");

/// The card of the model that was trained on it, which is inside the program, too.
pub const MODEL_CARD: &str = include_str!("../../models/libya.md");

/// Its tables.
const TABLES: [(&str, &[u8]); 8] = [
    ("camps.toml", include_bytes!("../../labeled/camps.toml")),
    ("events.toml", include_bytes!("../../labeled/events.toml")),
    ("outlets.toml", include_bytes!("../../labeled/outlets.toml")),
    ("labels.csv", include_bytes!("../../labeled/labels.csv")),
    ("rationales.csv", include_bytes!("../../labeled/rationales.csv")),
    ("passages/texts.csv", include_bytes!("../../labeled/passages/texts.csv")),
    ("passages/labels.csv", include_bytes!("../../labeled/passages/labels.csv")),
    ("passages/rationales.csv", include_bytes!("../../labeled/passages/rationales.csv")),
];

/// The files inside the program.
struct Shipped;

/// The folder of articles or of families.
fn folder(name: &str) -> Option<&'static Dir<'static>> {
    match name {
        "articles" => Some(&ARTICLES),
        "families" => Some(&FAMILIES),
        _ => None,
    }
}

impl DataSetFiles for Shipped {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let table = TABLES.iter().find(|(table, _)| *table == name).map(|(_, bytes)| *bytes);
        let file = || {
            let (of, inside) = name.split_once('/')?;
            Some(folder(of)?.get_file(inside)?.contents())
        };
        table.or_else(file).map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, name: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        let mut open: Vec<&Dir> = folder(name).into_iter().collect();
        while let Some(dir) = open.pop() {
            open.extend(dir.dirs());
            let files = dir.files().filter(|file| {
                file.path().file_name().is_some_and(|last| is_wanted(&last.to_string_lossy()))
            });
            found.extend(files.map(|file| format!("{name}/{}", file.path().display())));
        }
        found.sort();
        found
    }

    fn full_name(&self, name: &str) -> String {
        format!("the shipped set: {name}")
    }
}

/// The set.
pub fn read() -> anyhow::Result<LabelledSet> {
    data_set::read_set(&Shipped, LabelAggregation::Majority).context("the shipped set")
}

/// Its articles that take no side: plain news, to compare words with.
pub fn plain_news() -> anyhow::Result<Vec<Article>> {
    let neutral = |labelled: &LabelledArticle| labelled.stances == [Stance::Neutral; 2];
    let articles = read()?.articles.into_iter();
    Ok(articles.filter(neutral).map(|labelled| labelled.article).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_set_in_the_program_is_whole() {
        let set = super::read().unwrap();
        assert!(set.articles.len() > 1_000 && !set.rationales.is_empty());
        assert!(set.passages.texts.len() > 1_000);
        assert!(set.articles.iter().any(|labelled| labelled.family.is_some()));
    }
}
