//! TF-IDF, by scikit-learn's formulas and under its names
//! (<https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting>).
//!
//! `tf` is the count of a term in the article, or `1 + ln(count)` with `sublinear_tf`;
//! `idf(t) = ln((1 + n_articles) / (1 + df(t))) + 1`, or without the two added ones if not
//! `smooth_idf`; each row is scaled to Euclidean length 1, or as [`Norm`] says. Rows are those of a
//! matrix `(n_articles, n_features)`, whose columns are the terms in the order of their code
//! points. Articles come as lists of terms: cutting text into words is the reader's part.

mod fit;
mod ngrams;
mod settings;

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use super::SparseRow;
pub use fit::FitError;
pub use settings::{Analyzer, Df, Norm, TfidfVectorizer};

/// A fitted vectoriser: a frozen vocabulary and its idf. One article gets the same row alone and in
/// any batch.
#[derive(Clone, Debug)]
pub struct Tfidf {
    settings: TfidfVectorizer,
    terms: Vec<String>,
    /// The columns of the terms. A compiled extractor looks terms up in its own way, so that the
    /// table is made only where somebody asks for it.
    columns: OnceLock<FxHashMap<String, u32>>,
    idf: Vec<f64>,
}

impl Tfidf {
    /// A vectoriser from its parts: `terms` in ascending order without repeats, `idf` of the same
    /// length.
    pub(crate) fn new(settings: TfidfVectorizer, terms: Vec<String>, idf: Vec<f64>) -> Self {
        Self { settings, terms, columns: OnceLock::new(), idf }
    }

    /// The settings that it was fitted with.
    pub fn settings(&self) -> &TfidfVectorizer {
        &self.settings
    }

    /// The terms, by column, ascending.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The column of a term.
    pub fn column(&self, term: &str) -> Option<u32> {
        let found = self.terms.binary_search_by(|known| known.as_str().cmp(term));
        found.ok().and_then(|column| u32::try_from(column).ok())
    }

    fn columns(&self) -> &FxHashMap<String, u32> {
        self.columns.get_or_init(|| {
            (0..).zip(&self.terms).map(|(column, term)| (term.clone(), column)).collect()
        })
    }

    /// The inverse document frequencies, by column.
    pub fn idf(&self) -> &[f64] {
        &self.idf
    }

    /// How many columns a row has.
    pub fn n_features(&self) -> usize {
        self.terms.len()
    }

    /// The row of one article, shape `(n_features)`, given its terms in order. It is empty where no
    /// term is known.
    pub fn transform<T: AsRef<str>>(&self, article: &[T]) -> SparseRow {
        let mut columns = Vec::new();
        self.each_known_ngram(article, |_, column| columns.push(column));
        self.row(columns)
    }

    /// The row of one article, given the column of every occurrence of a term.
    pub(super) fn row(&self, mut columns: Vec<u32>) -> SparseRow {
        columns.sort_unstable();
        let mut row = SparseRow::default();
        let counted = columns.chunk_by(|a, b| a == b).map(|places| {
            row.columns.push(places[0]);
            (places[0] as usize, places.len())
        });
        self.append_values(counted, &mut row.values);
        row
    }

    /// Adds the values of an article's row to `values`, given its columns, ascending, and how often
    /// each occurs.
    pub(super) fn append_values(
        &self,
        counted: impl Iterator<Item = (usize, usize)>,
        values: &mut Vec<f64>,
    ) {
        let from = values.len();
        values.extend(counted.map(|(column, count)| self.tf(count) * self.idf[column]));
        let values = &mut values[from..];
        let length = match self.settings.norm {
            Norm::L1 => values.iter().sum(),
            Norm::L2 => values.iter().map(|value| value * value).sum::<f64>().sqrt(),
            Norm::None => return,
        };
        for value in values {
            *value /= length;
        }
    }

    /// What a count comes to.
    #[inline]
    fn tf(&self, count: usize) -> f64 {
        match (self.settings.binary, self.settings.sublinear_tf) {
            (true, _) => 1.0,
            (_, true) => SUBLINEAR.get(count).copied().unwrap_or_else(|| sublinear(count)),
            _ => count as f64,
        }
    }

    /// Calls `each` with the word range and the column of every n-gram of `article` that the
    /// vocabulary knows.
    pub fn each_known_ngram<T: AsRef<str>>(
        &self,
        article: &[T],
        mut each: impl FnMut(Range<usize>, u32),
    ) {
        let columns = self.columns();
        self.settings.each_ngram(article, |words, ngram| {
            if let Some(&column) = columns.get(ngram) {
                each(words, column);
            }
        });
    }
}

impl PartialEq for Tfidf {
    /// Whether settings, terms and idf are the same.
    fn eq(&self, other: &Self) -> bool {
        (&self.settings, &self.terms, &self.idf) == (&other.settings, &other.terms, &other.idf)
    }
}

/// `1 + ln(count)`.
fn sublinear(count: usize) -> f64 {
    1.0 + (count as f64).ln()
}

/// The same of small counts, which most are: a logarithm takes longer than all else that is done
/// with a count.
static SUBLINEAR: LazyLock<[f64; 64]> = LazyLock::new(|| std::array::from_fn(sublinear));

#[cfg(test)]
mod tests;
