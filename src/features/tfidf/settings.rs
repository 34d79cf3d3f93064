//! What a vectoriser is told before it is fitted.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::FitError;

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

/// What a row is scaled by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Norm {
    /// The sum of its values, which becomes 1.
    L1,
    /// Its Euclidean length, which becomes 1.
    #[default]
    L2,
    /// Nothing: ten places count for ten, not for their share of the article.
    None,
}

/// In how many articles a term stands: `2` is two of them, `0.5` half, and `1.0`, unlike `1`, all
/// of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a count of articles, or a share of them, written with a point")]
pub enum Df {
    /// In this many, from 1.
    Articles(usize),
    /// In this share of them, from 0.0 to 1.0.
    Share(f64),
}

impl Df {
    /// All articles.
    pub(super) const ALL: Self = Self::Share(1.0);

    /// As a number of `n` articles or groups; that of a share need not be whole.
    pub(super) fn count_of(self, n: usize) -> f64 {
        match self {
            Self::Articles(count) => count as f64,
            Self::Share(share) => share * n as f64,
        }
    }

    fn check(self, name: &'static str) -> Result<(), FitError> {
        let possible = match self {
            Self::Articles(count) => count > 0,
            Self::Share(share) => (0.0..=1.0).contains(&share),
        };
        if possible { Ok(()) } else { Err(FitError::Df(name, self)) }
    }
}

impl From<usize> for Df {
    fn from(articles: usize) -> Self {
        Self::Articles(articles)
    }
}

impl From<f64> for Df {
    fn from(share: f64) -> Self {
        Self::Share(share)
    }
}

impl fmt::Display for Df {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Articles(count) => write!(f, "{count}"),
            // With its point: 1.0 is not 1.
            Self::Share(share) => write!(f, "{share:?}"),
        }
    }
}

/// Settings of a vectoriser; [`TfidfVectorizer::fit`] makes a [`Tfidf`](super::Tfidf) of them.
///
/// In a file, what came after the first model files is written only where it is not the default:
/// they stay as they are.
///
/// ```
/// use mizan::TfidfVectorizer;
///
/// let articles = ["ship arrives port", "ship leaves port", "market opens"]
///     .map(|text| text.split(' ').collect::<Vec<_>>());
/// let vectorizer = TfidfVectorizer::default().ngram_range(1, 2).max_df(0.9).sublinear_tf(true);
/// let (tfidf, rows) = vectorizer.fit_transform(&articles)?; // rows of shape (3, n_features)
/// assert!(rows[0].dot(&rows[1]) > 0.0 && rows[0].dot(&rows[2]) == 0.0);
///
/// // A new article, in the same columns; terms that the vocabulary lacks are left out.
/// let row = tfidf.transform(&["new", "market", "port"]);
/// assert_eq!(row.iter().count(), 2); // "market" and "port"
/// # Ok::<(), mizan::error::FitError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are scikit-learn's, and independent of each other"
)]
pub struct TfidfVectorizer {
    pub(super) analyzer: Analyzer,
    pub(super) ngram_range: (usize, usize),
    pub(super) min_df: Df,
    #[serde(default = "all", skip_serializing_if = "is_all")]
    pub(super) max_df: Df,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) max_features: Option<usize>,
    pub(super) sublinear_tf: bool,
    pub(super) binary: bool,
    pub(super) use_idf: bool,
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub(super) smooth_idf: bool,
    pub(super) norm: Norm,
}

fn all() -> Df {
    Df::ALL
}

fn is_all(df: &Df) -> bool {
    *df == Df::ALL
}

fn yes() -> bool {
    true
}

/// Longest n-gram.
pub(super) const LONGEST: usize = 8;

impl Default for TfidfVectorizer {
    /// Words 1–1, every term, raw counts, smooth idf, rows of length 1: scikit-learn's defaults.
    fn default() -> Self {
        Self {
            analyzer: Analyzer::Word,
            ngram_range: (1, 1),
            min_df: Df::Articles(1),
            max_df: Df::ALL,
            max_features: None,
            sublinear_tf: false,
            binary: false,
            use_idf: true,
            smooth_idf: true,
            norm: Norm::L2,
        }
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

    /// Drops terms that stand in fewer articles: `2` articles, or a share of them such as `0.01`.
    #[must_use]
    pub fn min_df(mut self, df: impl Into<Df>) -> Self {
        self.min_df = df.into();
        self
    }

    /// Drops terms that stand in more articles: `100` articles, or a share of them such as `0.9`.
    #[must_use]
    pub fn max_df(mut self, df: impl Into<Df>) -> Self {
        self.max_df = df.into();
        self
    }

    /// Of the terms between `min_df` and `max_df` keeps the `most` that occur most often in all
    /// articles together; with [`Self::binary`], those that stand in most articles. Of terms that
    /// occur equally often, the first by code points stay.
    ///
    /// scikit-learn leaves such ties to a sort that is not stable: there the processor has a say in
    /// which terms stay.
    #[must_use]
    pub fn max_features(mut self, most: usize) -> Self {
        self.max_features = Some(most);
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

    /// Reckons the idf as if one article more held every term; without, it is
    /// `ln(n_articles / df(t)) + 1`.
    #[must_use]
    pub fn smooth_idf(mut self, yes: bool) -> Self {
        self.smooth_idf = yes;
        self
    }

    /// Scales rows.
    #[must_use]
    pub fn norm(mut self, norm: Norm) -> Self {
        self.norm = norm;
        self
    }

    /// What n-grams are runs of, and their lengths.
    pub(in crate::features) fn runs(&self) -> (Analyzer, (usize, usize)) {
        (self.analyzer, self.ngram_range)
    }

    /// Whether the settings make sense, whatever the articles.
    pub(crate) fn check(&self) -> Result<(), FitError> {
        let (shortest, longest) = self.ngram_range;
        if shortest < 1 || longest > LONGEST || shortest > longest {
            return Err(FitError::NgramRange(shortest, longest));
        }
        self.min_df.check("min_df")?;
        self.max_df.check("max_df")?;
        if self.max_features == Some(0) { Err(FitError::MaxFeatures(0)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a model file of the time before `max_df` says of a block.
    const OLD: &str = "{\"analyzer\":\"word\",\"ngram_range\":[1,2],\"min_df\":3,\
        \"sublinear_tf\":false,\"binary\":true,\"use_idf\":true,\"norm\":\"l2\"}";

    #[test]
    fn settings_of_old_model_files_are_read_and_written_as_they_were() {
        let settings: TfidfVectorizer = serde_json::from_str(OLD).unwrap();
        assert_eq!(settings, TfidfVectorizer::default().ngram_range(1, 2).min_df(3).binary(true));
        assert_eq!(serde_json::to_string(&settings).unwrap(), OLD);
    }

    #[test]
    fn every_setting_survives_a_file() {
        let counted = TfidfVectorizer::default()
            .analyzer(Analyzer::CharWb)
            .max_df(1)
            .max_features(7)
            .smooth_idf(false)
            .norm(Norm::L1);
        // A share of 1.0 is not a count of 1.
        for settings in [counted.clone().min_df(1.0), counted.min_df(0.25).max_df(0.75)] {
            let written = serde_json::to_string(&settings).unwrap();
            assert_eq!(
                serde_json::from_str::<TfidfVectorizer>(&written).unwrap(),
                settings,
                "{written}"
            );
        }
    }

    #[test]
    fn a_file_with_something_else_for_a_count_is_refused_with_a_reason() {
        let refused = serde_json::from_str::<TfidfVectorizer>(&OLD.replace(":3", ":\"3\""))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("a count of articles, or a share"), "{refused}");
        assert!(
            serde_json::from_str::<TfidfVectorizer>(&OLD.replace("min_df", "min_dif")).is_err()
        );
    }
}
