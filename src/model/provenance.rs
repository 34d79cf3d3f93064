//! The provenance of a model: its training data, settings and results.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AdaptedTo;
use crate::article::Article;
use crate::text::script::{fold_letters, normalise};

/// The solver that found the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solver {
    /// linfa in the row space of the articles.
    RowSpace,
    /// L-BFGS over sparse rows.
    Sparse,
}

/// The training data, settings and results of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Version of the program that trained it.
    pub mizan: String,
    /// BLAKE3 hash of the articles and their labels.
    pub hash: String,
    /// BLAKE3 hash of what it learned from beside labels: rationales, passages, words of the set.
    /// Files of older versions, and models of tables, have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lessons: String,
    /// The labels that it was trained on: by [`article_key`], the class of each output. An article
    /// that it was only adapted to has no class.
    pub labels: BTreeMap<String, Vec<Option<usize>>>,
    /// Strength of the L2 penalty: `alpha / 2 · |weights|²` beside the summed loss (scikit-learn's
    /// `1 / C`).
    pub alpha: f64,
    /// The same of the classifier of sentences, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence_alpha: Option<f64>,
    /// The solver of the heads.
    pub solver: Solver,
    /// How the settings were chosen.
    pub chosen: String,
    /// What it was adapted to after training, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adapted: Option<AdaptedTo>,
    /// Figures on articles that were held out: value, and the ends of its 95 % interval.
    pub figures: BTreeMap<String, [f64; 3]>,
}

impl Provenance {
    /// The labels of an article that it was trained on: known by its words, whatever its id is; in
    /// files of older versions by what [`old_key`] gives.
    pub fn labels_of(&self, id: &str, text: &str) -> Option<&[Option<usize>]> {
        let labels = self.labels.get(&article_key(text));
        labels.or_else(|| self.labels.get(&old_key(id, text))).map(Vec::as_slice)
    }

    /// How many articles it was trained on. Those that it was only adapted to have no labels.
    pub fn n_trained(&self) -> usize {
        self.labels.values().filter(|labels| labels.iter().any(Option::is_some)).count()
    }

    /// Whether an older version trained it, which knew articles by their ids.
    pub fn knows_ids(&self) -> bool {
        self.labels.keys().any(|key| !key.starts_with(WORDS))
    }
}

/// All that a model may know an article by, whatever version trained it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleKeys {
    /// By its words, with its headline and without it: a table may have no column for it.
    pub words: [String; 2],
    /// By what older versions gave it.
    old: String,
}

impl ArticleKeys {
    /// The keys of an article.
    pub fn new(article: &Article) -> Self {
        let text = article.full_text();
        Self {
            words: [article_key(&text), article_key(&article.text)],
            old: old_key(&article.id, &text),
        }
    }

    /// Whether one of them is among those of a model.
    pub fn is_in(&self, provenance: &Provenance) -> bool {
        self.words.iter().chain([&self.old]).any(|key| provenance.labels.contains_key(key))
    }
}

/// How a key of [`article_key`] begins: no id of an older file does.
const WORDS: &str = "words ";

/// What a model knows an article by that it was trained on: a hash of its words, normalised and
/// with folded letters. Marks, signs and spaces between words make no other article of it, and an
/// id says nothing: `7` is another article in every table.
pub fn article_key(text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let mut word = fold_letters(&normalise(word));
        word.retain(char::is_alphanumeric);
        if !word.is_empty() {
            hasher.update(word.as_bytes()).update(b" ");
            is_empty = false;
        }
    }
    let hash = if is_empty { blake3::hash(text.as_bytes()) } else { hasher.finalize() };
    format!("{WORDS}{}", &hash.to_hex()[..16])
}

/// What versions up to 0.1 knew an article by: its id, or its text, letter by letter, where the id
/// is only the place in a table (`mine.csv:7`), which another row has after an edit.
fn old_key(id: &str, text: &str) -> String {
    let line = id.rsplit_once(':').map_or("", |(_, line)| line);
    if line.is_empty() || !line.bytes().all(|byte| byte.is_ascii_digit()) {
        return id.to_owned();
    }
    let hash = blake3::hash(text.as_bytes());
    format!("text {}", &hash.to_hex()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_known_by_its_words_and_by_nothing_else() {
        let key = article_key("قال المتحدث إنّ القوات تقدمت،\n\nاليوم");
        assert_eq!(key, article_key("قال المتحدث: ان القوات  تقدمت اليوم."));
        assert_ne!(key, article_key("قال المتحدث إن القوات تراجعت اليوم"));
        assert_ne!(article_key("بيان 7"), article_key("بيان 8"));
        assert_ne!(article_key("؟"), article_key("!"), "nothing but signs");
    }
}
