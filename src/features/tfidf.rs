//! TF-IDF, by scikit-learn's formulas and under its names
//! (<https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting>).
//!
//! `tf` is the count of a term in the article, or `1 + ln(count)` with `sublinear_tf`;
//! `idf(t) = ln((1 + n_articles) / (1 + df(t))) + 1`; each row is scaled to Euclidean length 1.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::SparseRow;

/// What an n-gram is a run of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Analyzer {
    /// Words.
    #[default]
    Word,
    /// Characters of one word, with a space before and after it.
    CharWb,
}

/// Settings of a vectoriser; [`TfidfVectorizer::fit`] makes a [`Tfidf`] of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TfidfVectorizer {
    analyzer: Analyzer,
    ngram_range: (usize, usize),
    min_df: usize,
    sublinear_tf: bool,
    binary: bool,
    use_idf: bool,
    norm: Norm,
}

/// What a row is scaled by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Norm {
    /// Its Euclidean length, which becomes 1.
    #[default]
    L2,
    /// Nothing: ten places count for ten, not for their share of the article.
    None,
}

/// Why a vectoriser could not be fitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FitError {
    /// The n-gram range is empty or out of bounds.
    #[error("ngram_range ({0}, {1}): both from 1 to {LONGEST}, the first not above the second")]
    NgramRange(usize, usize),
    /// The weight of a block is out of range.
    #[error("weight {0}: give a number above 0")]
    Weight(f64),
    /// No term is left.
    #[error("no term stands in at least {min_df} of the {n_articles} articles: give more articles or a lower min_df")]
    NoTerms {
        /// The threshold.
        min_df: usize,
        /// How many articles were given.
        n_articles: usize,
    },
}

/// Longest n-gram.
const LONGEST: usize = 8;

impl Default for TfidfVectorizer {
    /// Words 1–1, every term, raw counts: scikit-learn's defaults.
    fn default() -> Self {
        Self { analyzer: Analyzer::Word, ngram_range: (1, 1), min_df: 1, sublinear_tf: false, binary: false, use_idf: true, norm: Norm::L2 }
    }
}

impl TfidfVectorizer {
    /// Counts runs of words, or of characters inside words.
    #[must_use]
    pub fn analyzer(mut self, analyzer: Analyzer) -> Self {
        self.analyzer = analyzer;
        self
    }

    /// Counts the runs of `shortest` to `longest` words or characters (1 to 8).
    #[must_use]
    pub fn ngram_range(mut self, shortest: usize, longest: usize) -> Self {
        self.ngram_range = (shortest, longest);
        self
    }

    /// Drops terms that stand in fewer than `articles` articles.
    #[must_use]
    pub fn min_df(mut self, articles: usize) -> Self {
        self.min_df = articles;
        self
    }

    /// Takes `1 + ln(count)` for the count.
    #[must_use]
    pub fn sublinear_tf(mut self, yes: bool) -> Self {
        self.sublinear_tf = yes;
        self
    }

    /// Takes 1 for the count.
    #[must_use]
    pub fn binary(mut self, yes: bool) -> Self {
        self.binary = yes;
        self
    }

    /// Multiplies with the inverse document frequency; without, every idf is 1.
    #[must_use]
    pub fn use_idf(mut self, yes: bool) -> Self {
        self.use_idf = yes;
        self
    }

    /// Scales rows.
    #[must_use]
    pub fn norm(mut self, norm: Norm) -> Self {
        self.norm = norm;
        self
    }

    /// What n-grams are runs of, and their lengths.
    pub(super) fn runs(&self) -> (Analyzer, (usize, usize)) {
        (self.analyzer, self.ngram_range)
    }

    /// Whether the settings make sense.
    pub(crate) fn check(&self) -> Result<(), FitError> {
        let (shortest, longest) = self.ngram_range;
        if shortest < 1 || longest > LONGEST || shortest > longest { Err(FitError::NgramRange(shortest, longest)) } else { Ok(()) }
    }

    /// Learns the vocabulary and the document frequencies of `articles`, each the terms of one article in order.
    ///
    /// # Errors
    /// [`FitError`] when the settings make no sense or leave no term.
    pub fn fit<T: AsRef<str>>(&self, articles: &[impl AsRef<[T]>]) -> Result<Tfidf, FitError> {
        let alone: Vec<String> = (0..articles.len()).map(|number| number.to_string()).collect();
        self.fit_groups(articles, &alone.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The same, but a term must stand in articles of `min_df` different groups: what one event is told with is not learned.
    ///
    /// # Errors
    /// As [`Self::fit`].
    pub fn fit_groups<T: AsRef<str>>(&self, articles: &[impl AsRef<[T]>], groups: &[&str]) -> Result<Tfidf, FitError> {
        self.check()?;
        let mut df: FxHashMap<String, Occurring> = FxHashMap::default();
        for (number, (article, group)) in articles.iter().zip(groups).enumerate() {
            self.each_ngram(article.as_ref(), |_, ngram| match df.get_mut(ngram) {
                Some(occurring) => {
                    occurring.articles += usize::from(occurring.last != number);
                    occurring.last = number;
                    if occurring.groups.len() < self.min_df && !occurring.groups.contains(group) {
                        occurring.groups.push(group);
                    }
                }
                None => {
                    df.insert(ngram.to_owned(), Occurring { last: number, articles: 1, groups: vec![group] });
                }
            });
        }
        let mut kept: Vec<(String, usize)> =
            df.into_iter().filter(|(_, found)| found.groups.len() >= self.min_df).map(|(term, found)| (term, found.articles)).collect();
        if kept.is_empty() {
            return Err(FitError::NoTerms { min_df: self.min_df, n_articles: articles.len() });
        }
        kept.sort_unstable();
        let n = articles.len() as f64;
        let idf = |count: usize| if self.use_idf { ((1.0 + n) / (1.0 + count as f64)).ln() + 1.0 } else { 1.0 };
        let idf = kept.iter().map(|(_, count)| idf(*count)).collect();
        Ok(Tfidf::new(self.clone(), kept.into_iter().map(|(term, _)| term).collect(), idf))
    }
}

/// Where a term occurs, while a vocabulary is made.
struct Occurring<'a> {
    last: usize,
    articles: usize,
    groups: Vec<&'a str>,
}

/// A fitted vectoriser: a frozen vocabulary and its idf. One article gets the same row alone and in any batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Tfidf {
    settings: TfidfVectorizer,
    terms: Vec<String>,
    columns: FxHashMap<String, u32>,
    idf: Vec<f64>,
}

impl Tfidf {
    /// A vectoriser from its parts: `terms` in ascending order without repeats, `idf` of the same length.
    pub(crate) fn new(settings: TfidfVectorizer, terms: Vec<String>, idf: Vec<f64>) -> Self {
        let columns = (0..).zip(&terms).map(|(column, term)| (term.clone(), column)).collect();
        Self { settings, terms, columns, idf }
    }

    /// The settings that it was fitted with.
    pub fn settings(&self) -> &TfidfVectorizer {
        &self.settings
    }

    /// The terms, by column, ascending.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The inverse document frequencies, by column.
    pub fn idf(&self) -> &[f64] {
        &self.idf
    }

    /// How many columns a row has.
    pub fn n_features(&self) -> usize {
        self.terms.len()
    }

    /// The row of one article, given its terms in order.
    pub fn transform<T: AsRef<str>>(&self, article: &[T]) -> SparseRow {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        self.each_known_ngram(article, |_, column| *counts.entry(column).or_default() += 1);
        let mut entries: Vec<_> = counts.into_iter().collect();
        entries.sort_unstable();
        let mut row = SparseRow { columns: entries.iter().map(|&(column, _)| column).collect(), values: Vec::new() };
        self.weigh(entries.into_iter().map(|(column, count)| (column as usize, count)), &mut row.values);
        row
    }

    /// Adds the values of an article's row to `values`, given its columns, ascending, and how often each occurs.
    pub(super) fn weigh(&self, counted: impl Iterator<Item = (usize, u32)>, values: &mut Vec<f64>) {
        let from = values.len();
        values.extend(counted.map(|(column, count)| {
            let count = f64::from(count);
            let tf = match (self.settings.binary, self.settings.sublinear_tf) {
                (true, _) => 1.0,
                (_, true) => 1.0 + count.ln(),
                _ => count,
            };
            tf * self.idf[column]
        }));
        if self.settings.norm == Norm::L2 {
            let length = values[from..].iter().map(|value| value * value).sum::<f64>().sqrt();
            for value in &mut values[from..] {
                *value /= length;
            }
        }
    }

    /// Calls `each` with the word range and the column of every n-gram of `article` that the vocabulary knows.
    pub fn each_known_ngram<T: AsRef<str>>(&self, article: &[T], mut each: impl FnMut(std::ops::Range<usize>, u32)) {
        self.settings.each_ngram(article, |words, ngram| {
            if let Some(&column) = self.columns.get(ngram) {
                each(words, column);
            }
        });
    }
}

impl TfidfVectorizer {
    /// Calls `each` with the word range and the text of every n-gram: words joined by one space, or characters.
    fn each_ngram<T: AsRef<str>>(&self, words: &[T], mut each: impl FnMut(std::ops::Range<usize>, &str)) {
        let (shortest, longest) = self.ngram_range;
        let mut ngram = String::new();
        for start in 0..words.len() {
            ngram.clear();
            match self.analyzer {
                Analyzer::Word => {
                    for (n, word) in words[start..].iter().take(longest).enumerate() {
                        if n > 0 {
                            ngram.push(' ');
                        }
                        ngram.push_str(word.as_ref());
                        if n + 1 >= shortest {
                            each(start..start + n + 1, &ngram);
                        }
                    }
                }
                Analyzer::CharWb => {
                    ngram.extend([" ", words[start].as_ref(), " "]);
                    let bounds: Vec<usize> = ngram.char_indices().map(|(at, _)| at).chain([ngram.len()]).collect();
                    for n in shortest..=longest {
                        for window in bounds.windows(n + 1) {
                            each(start..start + 1, &ngram[window[0]..window[n]]);
                        }
                        // A word shorter than n is counted whole, once.
                        if bounds.len() <= n + 1 {
                            if bounds.len() <= n {
                                each(start..start + 1, &ngram);
                            }
                            break;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three articles: `a a b`, `b c`, `c`.
    fn tiny() -> Vec<Vec<&'static str>> {
        vec![vec!["a", "a", "b"], vec!["b", "c"], vec!["c"]]
    }

    #[test]
    fn rows_are_as_worked_out_by_hand() {
        let tfidf = TfidfVectorizer::default().fit(&tiny()).unwrap();
        assert_eq!(tfidf.terms(), ["a", "b", "c"]);
        // df = 1, 2, 2 of 3 articles: idf = ln(4/2) + 1, ln(4/3) + 1, ln(4/3) + 1.
        let (rare, common) = (2.0_f64.ln() + 1.0, (4.0_f64 / 3.0).ln() + 1.0);
        assert_eq!(tfidf.idf(), [rare, common, common]);
        // `a a b`: (2·rare, common), scaled to length 1.
        let row = tfidf.transform(&tiny()[0]);
        let length = (4.0 * rare * rare + common * common).sqrt();
        assert_eq!(row.columns, [0, 1]);
        assert!((row.values[0] - 2.0 * rare / length).abs() < 1e-15);
        assert!((row.values[1] - common / length).abs() < 1e-15);
        // In figures: 2·1.693147 = 3.386294, 1.287682, length 3.622860.
        assert!((row.values[0] - 0.934_702).abs() < 1e-6 && (row.values[1] - 0.355_432).abs() < 1e-6);
    }

    #[test]
    fn sublinear_counts_and_pairs_of_words() {
        let tfidf = TfidfVectorizer::default().ngram_range(1, 2).min_df(2).sublinear_tf(true).fit(&tiny()).unwrap();
        assert_eq!(tfidf.terms(), ["b", "c"], "a, `a a`, `a b` and `b c` stand in one article only");
        let tfidf = TfidfVectorizer::default().ngram_range(2, 2).fit(&tiny()).unwrap();
        assert_eq!(tfidf.terms(), ["a a", "a b", "b c"]);
        let sublinear = TfidfVectorizer::default().sublinear_tf(true).fit(&[vec!["a", "a", "b"]]).unwrap();
        // One article: every idf is ln(2/2) + 1 = 1; tf = 1 + ln 2 and 1.
        let row = sublinear.transform(&["a", "a", "b"]);
        assert!((row.values[0] / row.values[1] - (1.0 + 2.0_f64.ln())).abs() < 1e-12);
    }

    /// Golden values: `build_analyzer()` of scikit-learn 1.9.1's `TfidfVectorizer(analyzer="char_wb", ngram_range=…)`.
    #[test]
    fn characters_are_counted_as_scikit_learn_counts_them() {
        let grams = |words: &[&str], shortest, longest| {
            let mut found = Vec::new();
            let vectorizer = TfidfVectorizer::default().analyzer(Analyzer::CharWb).ngram_range(shortest, longest);
            vectorizer.each_ngram(words, |_, ngram| found.push(ngram.to_owned()));
            found
        };
        assert_eq!(grams(&["ab", "c"], 2, 3), [" a", "ab", "b ", " ab", "ab ", " c", "c ", " c "]);
        assert_eq!(grams(&["ab", "c"], 4, 5), [" ab ", " c "]);
        assert_eq!(grams(&["سلام"], 5, 6), [" سلام", "سلام ", " سلام "]);
    }

    #[test]
    fn a_term_of_one_group_is_not_learned() {
        let tfidf = TfidfVectorizer::default().min_df(2).fit_groups(&tiny(), &["x", "x", "y"]).unwrap();
        assert_eq!(tfidf.terms(), ["c"], "b stands in two articles of one group");
        assert!((tfidf.idf()[0] - ((4.0_f64 / 3.0).ln() + 1.0)).abs() < 1e-15, "idf counts articles");
    }

    #[test]
    fn binary_rows_without_idf_and_norm_hold_ones() {
        let tfidf = TfidfVectorizer::default().binary(true).use_idf(false).norm(Norm::None).fit(&tiny()).unwrap();
        assert_eq!(tfidf.transform(&["a", "a", "c"]).values, [1.0, 1.0]);
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        let refuse = |vectorizer: TfidfVectorizer| vectorizer.fit(&tiny()).unwrap_err().to_string();
        assert!(refuse(TfidfVectorizer::default().ngram_range(2, 1)).contains("(2, 1)"));
        assert!(refuse(TfidfVectorizer::default().ngram_range(0, 1)).contains("(0, 1)"));
        assert!(refuse(TfidfVectorizer::default().min_df(4)).contains("4 of the 3"));
    }

    #[test]
    fn unknown_words_give_an_empty_row() {
        let tfidf = TfidfVectorizer::default().fit(&tiny()).unwrap();
        assert!(tfidf.transform(&["x", "y"]).is_empty());
    }

    proptest! {
        #[test]
        fn a_row_has_length_one_and_ascending_columns(words in prop::collection::vec("[a-d]{1,2}", 1..30)) {
            let tfidf = TfidfVectorizer::default().ngram_range(1, 2).fit(std::slice::from_ref(&words)).unwrap();
            let row = tfidf.transform(&words);
            prop_assert!((row.dot(&row) - 1.0).abs() < 1e-12);
            prop_assert!(row.columns.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
