//! The provenance of a model: its training data, settings and results.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AdaptedTo;

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
    /// The labels that it was trained on: by [`article_key`], the class of each output.
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

/// What a model knows an article by that it was trained on: its id, or its text, where the id is
/// only the place in a table (`mine.csv:7`), which another row has after an edit.
pub fn article_key(id: &str, text: &str) -> String {
    let line = id.rsplit_once(':').map_or("", |(_, line)| line);
    if line.is_empty() || !line.bytes().all(|byte| byte.is_ascii_digit()) {
        return id.to_owned();
    }
    let hash = blake3::hash(text.as_bytes());
    format!("text {}", &hash.to_hex()[..16])
}
