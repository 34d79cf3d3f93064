//! Articles → vocabulary and document frequencies.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::HashMap;

use super::settings::LONGEST;
use super::{Df, Tfidf, TfidfVectorizer};
use crate::features::SparseRow;
use rayon::prelude::*;

/// Why a vectoriser could not be fitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FitError {
    /// The n-gram range is empty or out of bounds.
    #[error("ngram_range ({0}, {1}): both from 1 to {LONGEST}, the first not above the second")]
    NgramRange(usize, usize),
    /// No article can be that rare or that frequent; the name of the setting, and its value.
    #[error("{0} {1}: give a count of articles from 1, or a share of them from 0.0 to 1.0")]
    Df(&'static str, Df),
    /// `max_df` is below `min_df`.
    #[error(
        "max_df {max_df} is below min_df {min_df} for {n_articles} articles: \
         give a higher max_df or a lower min_df"
    )]
    DfRange {
        /// The lower threshold.
        min_df: Df,
        /// The upper threshold.
        max_df: Df,
        /// How many articles were given.
        n_articles: usize,
    },
    /// No term would be kept.
    #[error("max_features {0}: give a number from 1, or leave it out to keep all")]
    MaxFeatures(usize),
    /// The weight of a block is out of range.
    #[error("weight {0}: give a number above 0")]
    Weight(f64),
    /// No term is left.
    #[error(
        "no term stands in at least {min_df} of the {n_articles} articles{}",
        if *max_df == Df::ALL {
            ": give more articles or a lower min_df".to_owned()
        } else {
            format!(
                " and in at most {max_df} of them: give more articles, a lower min_df or a higher \
                 max_df"
            )
        }
    )]
    NoTerms {
        /// The lower threshold.
        min_df: Df,
        /// The upper threshold.
        max_df: Df,
        /// How many articles were given.
        n_articles: usize,
    },
}

/// What is counted of a term while a vocabulary is made. Small, because most terms that are found
/// do not stay.
struct Occurring {
    total: usize,
    articles: u32,
    groups: u32,
    last_article: u32,
    last_group: u32,
}

impl Occurring {
    fn first(article: u32, group: u32) -> Self {
        Self { total: 1, articles: 1, groups: 1, last_article: article, last_group: group }
    }

    fn again(&mut self, article: u32, group: u32) {
        self.total += 1;
        self.articles += u32::from(self.last_article != article);
        self.groups += u32::from(self.last_group != group);
        (self.last_article, self.last_group) = (article, group);
    }
}

/// The terms that are found. Hashes are seeded: nobody can choose words that collide.
type Found = HashMap<Box<str>, Occurring>;

impl TfidfVectorizer {
    /// Learns the vocabulary and the document frequencies of `articles`, each the terms of one
    /// article in order.
    ///
    /// # Errors
    /// [`FitError`] when the settings make no sense or leave no term.
    pub fn fit<T: AsRef<str>>(&self, articles: &[impl AsRef<[T]>]) -> Result<Tfidf, FitError> {
        self.fit_by(
            (0..).zip(articles).map(|(alone, article)| (alone, article.as_ref())),
            articles.len(),
        )
    }

    /// Fits to `articles` and gives their rows too, a matrix `(n_articles, n_features)`: what
    /// [`Self::fit`] and then [`Tfidf::transform`] of each give.
    ///
    /// # Errors
    /// As [`Self::fit`].
    pub fn fit_transform<T: AsRef<str>>(
        &self,
        articles: &[impl AsRef<[T]> + Sync],
    ) -> Result<(Tfidf, Vec<SparseRow>), FitError> {
        let tfidf = self.fit(articles)?;
        let rows = articles.par_iter().map(|article| tfidf.transform(article.as_ref())).collect();
        Ok((tfidf, rows))
    }

    /// The same as [`Self::fit`], but a term must stand in articles of `min_df` different groups:
    /// what one event is told with is not learned. `groups` has the group of each article; a share
    /// is one of the groups. `max_df` and the idf count articles.
    ///
    /// # Errors
    /// As [`Self::fit`].
    pub fn fit_groups<T: AsRef<str>>(
        &self,
        articles: &[impl AsRef<[T]>],
        groups: &[&str],
    ) -> Result<Tfidf, FitError> {
        let mut grouped: BTreeMap<&str, Vec<&[T]>> = BTreeMap::new();
        for (article, group) in articles.iter().zip(groups) {
            grouped.entry(group).or_default().push(article.as_ref());
        }
        let n_groups = grouped.len();
        let numbered = (0..).zip(grouped.into_values());
        self.fit_by(
            numbered.flat_map(|(group, articles)| {
                articles.into_iter().map(move |article| (group, article))
            }),
            n_groups,
        )
    }

    /// Learns from articles with the numbers of their groups. Those of one group follow each other,
    /// so that groups are counted without keeping in mind which a term stands in.
    fn fit_by<'a, T: AsRef<str> + 'a>(
        &self,
        articles: impl Iterator<Item = (u32, &'a [T])>,
        n_groups: usize,
    ) -> Result<Tfidf, FitError> {
        self.check()?;
        let mut found = Found::default();
        let mut n_articles = 0;
        for (number, (group, article)) in (0..).zip(articles) {
            self.each_ngram(article, |_, ngram| match found.get_mut(ngram) {
                Some(occurring) => occurring.again(number, group),
                None => {
                    found.insert(ngram.into(), Occurring::first(number, group));
                }
            });
            n_articles += 1;
        }
        let (terms, df): (Vec<String>, Vec<u32>) =
            self.kept(found, n_articles, n_groups)?.into_iter().unzip();
        let idf = df.into_iter().map(|df| self.idf(df, n_articles)).collect();
        Ok(Tfidf::new(self.clone(), terms, idf))
    }

    /// The terms that stay, ascending, with the numbers of their articles.
    fn kept(
        &self,
        found: Found,
        n_articles: usize,
        n_groups: usize,
    ) -> Result<Vec<(String, u32)>, FitError> {
        let (min_df, max_df) = (self.min_df, self.max_df);
        let (least, most) = (min_df.count_of(n_groups), max_df.count_of(n_articles));
        // Where no upper threshold is set, too few articles are to blame, not the settings.
        if most < least && max_df != Df::ALL {
            return Err(FitError::DfRange { min_df, max_df, n_articles });
        }
        let stays = |occurring: &Occurring| {
            f64::from(occurring.groups) >= least && f64::from(occurring.articles) <= most
        };
        let mut kept: Vec<(Box<str>, Occurring)> =
            found.into_iter().filter(|(_, occurring)| stays(occurring)).collect();
        if kept.is_empty() {
            return Err(FitError::NoTerms { min_df, max_df, n_articles });
        }
        kept.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        if let Some(limit) = self.max_features {
            // Stable sorts: the first by code points stay, and come back into that order.
            kept.sort_by_key(|(_, occurring)| {
                Reverse(if self.binary { occurring.articles as usize } else { occurring.total })
            });
            kept.truncate(limit);
            kept.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        }
        Ok(kept.into_iter().map(|(term, occurring)| (term.into(), occurring.articles)).collect())
    }

    fn idf(&self, df: u32, n_articles: usize) -> f64 {
        let added = if self.smooth_idf { 1.0 } else { 0.0 };
        if self.use_idf {
            ((added + n_articles as f64) / (added + f64::from(df))).ln() + 1.0
        } else {
            1.0
        }
    }
}
