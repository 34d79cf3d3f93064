//! Statistics of a model's scores on articles that it was not trained on, with which later articles
//! are compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Bins of a score, from −1 to 1.
pub const SCORE_BINS: usize = 20;

/// Bins of a share, from 0 to 1.
pub const SHARE_BINS: usize = 20;

/// The levels of [`Reference::quantiles`].
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The distribution of a number over articles: bins of equal width, and the mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Histogram {
    /// How many articles are in each bin.
    pub counts: Vec<u32>,
    /// The mean of the numbers, to four decimals.
    pub mean: f64,
}

impl Histogram {
    /// The histogram of numbers from `low` to `high`; a number outside is in the first or the last
    /// bin.
    pub fn new(numbers: impl Iterator<Item = f64>, (low, high): (f64, f64), bins: usize) -> Self {
        let mut counts = vec![0_u32; bins];
        let (mut sum, mut n) = (0.0, 0.0);
        for number in numbers {
            let bin = (1..bins)
                .rev()
                .find(|&bin| number >= low + (high - low) * bin as f64 / bins as f64)
                .unwrap_or(0);
            counts[bin] += 1;
            sum += number;
            n += 1.0;
        }
        Self { counts, mean: if n > 0.0 { rounded(sum / n) } else { 0.0 } }
    }
}

/// Statistics of a model's scores on articles whose events were held out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What was held out: `events`.
    pub held_out: String,
    /// How many articles there were.
    pub articles: u32,
    /// How many of them the model took for articles about the conflict; `None` in files that do
    /// not part them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<u32>,
    /// For how many of those the model abstained at an error rate of one tenth.
    pub uncertain: u32,
    /// The share of each article's content words that it knew.
    pub known: Histogram,
    /// Quantiles of that share, at [`QUANTILES`].
    pub quantiles: [f64; 5],
    /// The scores toward each camp, of those about the conflict: all others have none.
    pub scores: [Histogram; 2],
    /// P(unrelated).
    pub unrelated: Histogram,
    /// How many articles are of each outlet.
    pub outlets: BTreeMap<String, u32>,
    /// How many are of each genre.
    pub genres: BTreeMap<String, u32>,
}

/// Why a reference is not consistent.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidReference {
    /// A histogram does not hold every article that it should, or has another number of bins.
    #[error("a histogram of {articles} articles in {found_bins} bins: {expected} in {bins}")]
    Histogram {
        /// How many articles it holds.
        articles: u64,
        /// How many bins it has.
        found_bins: usize,
        /// How many articles there are.
        expected: u32,
        /// How many bins it must have.
        bins: usize,
    },
    /// More articles are uncertain than there are, or a quantile is not a share.
    #[error("{uncertain} uncertain of {articles} articles, quantiles {quantiles:?}")]
    Shares {
        /// How many articles are uncertain.
        uncertain: u32,
        /// How many articles there are.
        articles: u32,
        /// The quantiles.
        quantiles: [f64; 5],
    },
}

impl Reference {
    /// How many articles the scores are of.
    pub fn weighed(&self) -> u32 {
        self.related.unwrap_or(self.articles)
    }

    /// Checks that its parts have their lengths and its histograms hold every article.
    pub(crate) fn check(&self) -> Result<(), InvalidReference> {
        let parts = [
            (&self.known, SHARE_BINS, self.articles),
            (&self.scores[0], SCORE_BINS, self.weighed()),
            (&self.scores[1], SCORE_BINS, self.weighed()),
            (&self.unrelated, SHARE_BINS, self.articles),
        ];
        for (histogram, bins, expected) in parts {
            let articles: u64 = histogram.counts.iter().map(|&count| u64::from(count)).sum();
            if histogram.counts.len() != bins
                || articles != u64::from(expected)
                || !histogram.mean.is_finite()
            {
                return Err(InvalidReference::Histogram {
                    articles,
                    found_bins: histogram.counts.len(),
                    expected,
                    bins,
                });
            }
        }
        if self.weighed() > self.articles
            || self.uncertain > self.weighed()
            || self.quantiles.iter().any(|quantile| !(0.0..=1.0).contains(quantile))
        {
            return Err(InvalidReference::Shares {
                uncertain: self.uncertain,
                articles: self.articles,
                quantiles: self.quantiles,
            });
        }
        Ok(())
    }
}

/// The quantiles of shares, each by the nearest rank, to four decimals; zeros without any.
pub fn quantiles(mut shares: Vec<f64>) -> [f64; 5] {
    shares.sort_by(f64::total_cmp);
    QUANTILES.map(|share| {
        let below = shares
            .iter()
            .zip(1..)
            .find(|&(_, rank)| f64::from(rank) >= share * shares.len() as f64 - 1e-9);
        below.map_or(0.0, |(value, _)| rounded(*value))
    })
}

fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fall_into_their_bins() {
        let histogram =
            Histogram::new([-1.0, -0.05, 0.0, 0.09, 1.0, 1.5].into_iter(), (-1.0, 1.0), 20);
        let filled: Vec<(usize, u32)> =
            histogram.counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        assert_eq!(filled, [(0, 1), (9, 1), (10, 2), (19, 2)]);
        assert!((histogram.mean - 0.2567).abs() < 1e-12, "1.54 / 6: {}", histogram.mean);
    }

    #[test]
    fn quantiles_are_those_of_the_nearest_rank() {
        let found = quantiles((1..=20).rev().map(|n| f64::from(n) / 20.0).collect());
        assert!(
            found.iter().zip(QUANTILES).all(|(found, expected)| (found - expected).abs() < 1e-12),
            "{found:?}"
        );
        assert!(quantiles(Vec::new()).iter().all(|quantile| quantile.abs() < 1e-12));
    }
}
