//! TF-IDF, by scikit-learn's formulas and under its names
//! (<https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting>).
//!
//! `tf` is the count of a term in the article, or `1 + ln(count)` with `sublinear_tf`;
//! `idf(t) = ln((1 + n_articles) / (1 + df(t))) + 1`, or without the two added ones if not
//! `smooth_idf`; each row is scaled to Euclidean length 1, or as [`Norm`] says. Rows are those of a
//! matrix `(n_articles, n_features)`, whose columns are the terms in the order of their code
//! points. Articles come as lists of terms: cutting text into words is the reader's part.
//!
//! ```
//! use mizan::features::TfidfVectorizer;
//! use mizan::text::TextReader;
//!
//! let reader = TextReader::plain();
//! let texts = ["وصلت السفينة إلى الميناء", "غادرت السفينة الميناء", "افتتح السوق صباحا"];
//! let articles: Vec<_> = texts.iter().map(|text| reader.read(text)).collect();
//! let vectorizer = TfidfVectorizer::default().ngram_range(1, 2).max_df(0.9).sublinear_tf(true);
//! let (tfidf, rows) = vectorizer.fit_transform(&articles)?; // shape (3, tfidf.n_features())
//! assert!(rows[0].dot(&rows[1]) > 0.0 && rows[0].dot(&rows[2]) == 0.0);
//!
//! // A new article, in the same columns; what the vocabulary does not know is left out.
//! let row = tfidf.transform(&reader.read("سوق الميناء القديم"));
//! let known: Vec<&str> = row.iter().map(|(column, _)| tfidf.terms()[column].as_str()).collect();
//! assert_eq!(known, ["سوق", "ميناء"]);
//! # Ok::<(), mizan::features::FitError>(())
//! ```

mod fit;
mod ngrams;
mod settings;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::SparseRow;
pub use fit::FitError;
pub use settings::{Analyzer, Df, Norm, TfidfVectorizer};

/// A fitted vectoriser: a frozen vocabulary and its idf. One article gets the same row alone and in
/// any batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Tfidf {
    settings: TfidfVectorizer,
    terms: Vec<String>,
    columns: FxHashMap<String, u32>,
    idf: Vec<f64>,
}

impl Tfidf {
    /// A vectoriser from its parts: `terms` in ascending order without repeats, `idf` of the same
    /// length.
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

    /// The column of a term.
    pub fn column(&self, term: &str) -> Option<u32> {
        self.columns.get(term).copied()
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
        let mut occurring = Vec::new();
        self.each_known_ngram(article, |_, column| occurring.push(column));
        occurring.sort_unstable();
        let mut row = SparseRow::default();
        let counted = occurring.chunk_by(|a, b| a == b).map(|places| {
            row.columns.push(places[0]);
            (places[0] as usize, places.len())
        });
        self.weigh(counted, &mut row.values);
        row
    }

    /// Adds the values of an article's row to `values`, given its columns, ascending, and how often
    /// each occurs.
    pub(super) fn weigh(
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
        self.settings.each_ngram(article, |words, ngram| {
            if let Some(&column) = self.columns.get(ngram) {
                each(words, column);
            }
        });
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
        assert!(
            (row.values[0] - 0.934_702).abs() < 1e-6 && (row.values[1] - 0.355_432).abs() < 1e-6
        );
    }

    #[test]
    fn sublinear_counts_and_pairs_of_words() {
        let tfidf = TfidfVectorizer::default()
            .ngram_range(1, 2)
            .min_df(2)
            .sublinear_tf(true)
            .fit(&tiny())
            .unwrap();
        assert_eq!(
            tfidf.terms(),
            ["b", "c"],
            "a, `a a`, `a b` and `b c` stand in one article only"
        );
        let tfidf = TfidfVectorizer::default().ngram_range(2, 2).fit(&tiny()).unwrap();
        assert_eq!(tfidf.terms(), ["a a", "a b", "b c"]);
        let sublinear =
            TfidfVectorizer::default().sublinear_tf(true).fit(&[vec!["a", "a", "b"]]).unwrap();
        // One article: every idf is ln(2/2) + 1 = 1; tf = 1 + ln 2 and 1.
        let row = sublinear.transform(&["a", "a", "b"]);
        assert!((row.values[0] / row.values[1] - (1.0 + 2.0_f64.ln())).abs() < 1e-12);
    }

    #[test]
    fn a_term_of_one_group_is_not_learned() {
        let tfidf =
            TfidfVectorizer::default().min_df(2).fit_groups(&tiny(), &["x", "x", "y"]).unwrap();
        assert_eq!(tfidf.terms(), ["c"], "b stands in two articles of one group");
        assert!(
            (tfidf.idf()[0] - ((4.0_f64 / 3.0).ln() + 1.0)).abs() < 1e-15,
            "idf counts articles"
        );
    }

    #[test]
    fn binary_rows_without_idf_and_norm_hold_ones() {
        let tfidf = TfidfVectorizer::default()
            .binary(true)
            .use_idf(false)
            .norm(Norm::None)
            .fit(&tiny())
            .unwrap();
        assert_eq!(tfidf.transform(&["a", "a", "c"]).values, [1.0, 1.0]);
    }

    #[test]
    fn idf_without_smoothing_and_rows_by_their_sum_are_as_worked_out_by_hand() {
        let tfidf =
            TfidfVectorizer::default().smooth_idf(false).norm(Norm::L1).fit(&tiny()).unwrap();
        // df = 1, 2, 2 of 3 articles: ln(3/1) + 1 = 2.098612, ln(3/2) + 1 = 1.405465.
        let (rare, common) = (3.0_f64.ln() + 1.0, 1.5_f64.ln() + 1.0);
        assert_eq!(tfidf.idf(), [rare, common, common]);
        // `a a b`: 2·2.098612 = 4.197225 and 1.405465, of together 5.602690.
        let row = tfidf.transform(&tiny()[0]);
        assert!(
            (row.values[0] - 0.749_145).abs() < 1e-6 && (row.values[1] - 0.250_855).abs() < 1e-6
        );
    }

    #[test]
    fn terms_of_too_many_articles_are_dropped() {
        let kept = |vectorizer: TfidfVectorizer| vectorizer.fit(&tiny()).unwrap().terms().join(" ");
        // b and c stand in two of the three articles, a in one.
        assert_eq!(kept(TfidfVectorizer::default().max_df(1)), "a");
        assert_eq!(kept(TfidfVectorizer::default().max_df(0.6)), "a", "1.8 articles");
        assert_eq!(kept(TfidfVectorizer::default().max_df(0.7)), "a b c", "2.1 articles");
        assert_eq!(kept(TfidfVectorizer::default().min_df(0.5)), "b c", "1.5 articles");
        let grouped =
            TfidfVectorizer::default().min_df(0.7).fit_groups(&tiny(), &["x", "x", "y"]).unwrap();
        assert_eq!(grouped.terms(), ["c"], "1.4 of two groups");
    }

    #[test]
    fn the_most_frequent_terms_stay_and_of_equals_the_first() {
        let kept = |vectorizer: TfidfVectorizer, articles: &[Vec<&str>]| {
            vectorizer.fit(articles).unwrap().terms().join(" ")
        };
        let most = |count| TfidfVectorizer::default().max_features(count);
        // a, b and c occur twice each; a stands in one article only.
        assert_eq!(kept(most(2), &tiny()), "a b");
        assert_eq!(kept(most(2).binary(true), &tiny()), "b c");
        assert_eq!(
            kept(most(1), &[vec!["b", "z", "a", "z"], vec!["b"]]),
            "b",
            "as often as z, but before it"
        );
        assert_eq!(kept(most(1), &[vec!["b", "z", "z"], vec!["z"]]), "z");
        assert_eq!(kept(most(9), &tiny()), "a b c");
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        let refuse = |vectorizer: TfidfVectorizer, reason: &str| {
            let error = vectorizer.fit(&tiny()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        };
        let words = TfidfVectorizer::default;
        refuse(words().ngram_range(2, 1), "(2, 1)");
        refuse(words().ngram_range(0, 1), "(0, 1)");
        refuse(words().min_df(4), "4 of the 3");
        refuse(words().min_df(0), "min_df 0: give a count");
        refuse(words().min_df(1.5), "min_df 1.5: give");
        refuse(words().max_df(-0.1), "max_df -0.1: give");
        refuse(words().max_df(f64::NAN), "max_df NaN: give");
        refuse(words().max_df(1).min_df(2), "max_df 1 is below min_df 2");
        refuse(words().max_df(0.5).min_df(2), "max_df 0.5 is below min_df 2 for 3 articles");
        refuse(words().max_features(0), "max_features 0: give");
        // Everything stands in one or two of the three articles.
        refuse(words().min_df(1.0), "1.0 of the 3");
        refuse(words().max_df(0.4).min_df(0.35), "at most 0.4 of them");
    }

    #[test]
    fn unknown_words_give_an_empty_row() {
        let tfidf = TfidfVectorizer::default().fit(&tiny()).unwrap();
        assert!(tfidf.transform(&["x", "y"]).is_empty());
    }

    /// Up to eight articles of short words.
    fn corpora() -> impl Strategy<Value = Vec<Vec<String>>> {
        prop::collection::vec(prop::collection::vec("[a-dس]{1,2}", 0..12), 1..8)
    }

    proptest! {
        #[test]
        fn a_row_has_length_one_and_ascending_columns(words in prop::collection::vec("[a-d]{1,2}", 1..30)) {
            let tfidf = TfidfVectorizer::default().ngram_range(1, 2).fit(std::slice::from_ref(&words)).unwrap();
            let row = tfidf.transform(&words);
            prop_assert!((row.dot(&row) - 1.0).abs() < 1e-12);
            prop_assert!(row.columns.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn fitting_gives_the_rows_that_transforming_gives(corpus in corpora(), chars: bool, most in 1_usize..20) {
            let analyzer = if chars { Analyzer::CharWb } else { Analyzer::Word };
            let vectorizer = TfidfVectorizer::default().analyzer(analyzer).ngram_range(1, 3).max_df(0.9).max_features(most);
            if let Ok((tfidf, rows)) = vectorizer.fit_transform(&corpus) {
                prop_assert!(tfidf.n_features() <= most && tfidf.terms().is_sorted_by(|a, b| a < b));
                prop_assert_eq!(&tfidf, &vectorizer.fit(&corpus).unwrap());
                prop_assert_eq!(rows, corpus.iter().map(|article| tfidf.transform(article)).collect::<Vec<_>>());
            }
        }

        #[test]
        fn the_order_of_articles_does_not_matter(corpus in corpora(), least in 1_usize..3) {
            // Every second article is of the same group.
            let groups: Vec<String> = (0..corpus.len()).map(|number| if number % 2 == 0 { "x".into() } else { number.to_string() }).collect();
            let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
            let reversed = |vectorizer: TfidfVectorizer| {
                let corpus: Vec<_> = corpus.iter().rev().cloned().collect();
                vectorizer.fit_groups(&corpus, &groups.iter().rev().copied().collect::<Vec<_>>())
            };
            let vectorizer = TfidfVectorizer::default().min_df(least).max_features(5);
            prop_assert_eq!(vectorizer.fit_groups(&corpus, &groups), reversed(vectorizer.clone()));
        }
    }
}
