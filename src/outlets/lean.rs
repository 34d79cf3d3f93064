//! A mean over articles and how far it may be off.
//!
//! What is averaged is a score, P(favor) − P(against), or the lean, half the difference of two
//! scores. Each is an expectation under the model's probabilities already, so an article of which
//! the model is unsure counts with what its probabilities say, not with a guess.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::sums::{ScoreSums, StandaloneSums};

/// How far the mean lean of an outlet must be from 0 to be called one. The model's own mistakes
/// move outlets that take no side: of the labelled set's invented outlets, the held-out means over
/// their articles that are neutral toward both camps reach from −0.08 to +0.04 (`mizan train
/// --predictions FILE`; 413 articles, outlets with 8 of them or more).
pub const MIN_CLEAR: f64 = 0.1;

/// The score that is averaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreKind {
    /// The lean.
    Lean,
    /// The score toward a camp, 0 or 1.
    Toward(usize),
}

impl ScoreKind {
    fn column(self) -> usize {
        match self {
            Self::Lean => 0,
            Self::Toward(camp) => 1 + camp,
        }
    }
}

/// A mean with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanEstimate {
    /// The mean, in [−1, 1].
    pub mean: f64,
    /// Number of articles.
    pub n: u64,
    /// Number of clusters: events, days, and single articles.
    pub clusters: u64,
    /// Its standard error; `None` for a single cluster, which gives no variance.
    pub error: Option<f64>,
}

impl MeanEstimate {
    /// The mean of `measure` over the articles of `clusters` and those in `alone`, each a cluster
    /// of its own; `None` if there are no articles.
    ///
    /// The variance is the cluster-robust one of a mean (Liang and Zeger 1986; Cameron and Miller
    /// 2015, equation 11 for a constant only), with the correction for few clusters that Stata and
    /// statsmodels use: G/(G − 1) · Σ (Sₖ − nₖ·mean)² / n², where cluster k of the G has nₖ
    /// articles whose sum is Sₖ.
    pub fn new(measure: ScoreKind, clusters: &[ScoreSums], alone: &StandaloneSums) -> Option<Self> {
        let column = measure.column();
        let millionths = |sum: i64| sum as f64 / 1e6;
        let (n, sum) =
            clusters.iter().fold((alone.sums.n, alone.sums.sums[column]), |(n, sum), cluster| {
                (n + cluster.n, sum + cluster.sums[column])
            });
        if n == 0 {
            return None;
        }
        let mean = millionths(sum) / n as f64;
        let of_clusters: f64 = clusters
            .iter()
            .map(|cluster| (millionths(cluster.sums[column]) - cluster.n as f64 * mean).powi(2))
            .sum();
        let of_alone = alone.squares[column] as f64 / 1e12
            - 2.0 * mean * millionths(alone.sums.sums[column])
            + alone.sums.n as f64 * mean * mean;
        let count = clusters.len() as u64 + alone.sums.n;
        let g = count as f64;
        let error = (count > 1)
            .then(|| (g / (g - 1.0) * (of_clusters + of_alone.max(0.0))).sqrt() / n as f64);
        Some(Self { mean, n, clusters: count, error })
    }

    /// The 95 % interval, by Student's t with one degree of freedom less than there are clusters,
    /// cut to what a mean can be.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.error.map(|error| interval(self.mean, error, self.clusters))
    }

    /// The camp, 0 or 1, toward which a mean lean is clear: the whole interval is beyond
    /// [`MIN_CLEAR`].
    pub fn clear_side(&self) -> Option<usize> {
        match self.interval()? {
            (low, _) if low > MIN_CLEAR => Some(0),
            (_, high) if high < -MIN_CLEAR => Some(1),
            _ => None,
        }
    }
}

/// The 95 % interval around `center` in [−1, 1], given the standard error and the number of
/// clusters that it was learned from.
pub(super) fn interval(center: f64, error: f64, clusters: u64) -> (f64, f64) {
    let half = error * t_quantile(clusters.saturating_sub(1).max(1) as f64);
    ((center - half).max(-1.0), (center + half).min(1.0))
}

/// Degrees of freedom from which Student's t is next to the normal distribution.
const MAX_DEGREES: f64 = 1e3;

/// The point of the standard normal distribution below which 97.5 % lie.
const NORMAL_QUANTILE: f64 = 1.959_963_984_540_054;

/// The point of Student's t below which 97.5 % lie.
fn t_quantile(degrees: f64) -> f64 {
    if degrees > MAX_DEGREES {
        // The crate's point is wrong in the fourth digit from a million degrees on, and its search
        // does not end from fifteen million on. The series (Abramowitz and Stegun 26.7.5) is exact
        // to the tenth digit.
        let z = NORMAL_QUANTILE;
        let second = 5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z;
        return z + (z.powi(3) + z) / (4.0 * degrees) + second / (96.0 * degrees.powi(2));
    }
    // Degrees are positive, which is all that is asked of them.
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(articles: &[&[f64]]) -> Vec<ScoreSums> {
        #[allow(clippy::cast_possible_truncation)]
        let sum = |cluster: &&[f64]| ScoreSums {
            n: cluster.len() as u64,
            sums: [(cluster.iter().sum::<f64>() * 1e6).round() as i64, 0, 0],
        };
        articles.iter().map(sum).collect()
    }

    #[test]
    fn quantiles_have_a_range_and_no_step_in_it() {
        assert!((t_quantile(1_001.0) - 1.962_336_7).abs() < 1e-7, "{}", t_quantile(1_001.0));
        for degrees in [1e6, 1.1e6, 1.5e7, 3e7, 1e15, u64::MAX as f64] {
            let t = t_quantile(degrees);
            assert!((t - NORMAL_QUANTILE).abs() < 3e-6 && t >= NORMAL_QUANTILE, "{degrees}: {t}");
        }
        // Between neighbours it falls by about z³ / 4n².
        let step = t_quantile(MAX_DEGREES) - t_quantile(MAX_DEGREES + 1.0);
        assert!((2e-6..3e-6).contains(&step), "{step}");
    }

    #[test]
    fn clusters_of_one_have_the_error_of_the_textbook() {
        // 0.1, 0.2, 0.6: mean 0.3, variance 0.07, standard error √(0.07/3) = 0.152753; t with 2
        // degrees 4.302653.
        let clusters = sums(&[&[0.1], &[0.2], &[0.6]]);
        let estimate =
            MeanEstimate::new(ScoreKind::Lean, &clusters, &StandaloneSums::default()).unwrap();
        assert!(
            (estimate.mean - 0.3).abs() < 1e-12
                && (estimate.error.unwrap() - 0.152_753).abs() < 1e-6
        );
        let (low, high) = estimate.interval().unwrap();
        assert!((low + 0.357_241).abs() < 1e-6 && (high - 0.957_241).abs() < 1e-6, "{low} {high}");
        // The same articles, each standing alone.
        let alone = StandaloneSums {
            sums: ScoreSums { n: 3, sums: [900_000, 0, 0] },
            squares: [410_000_000_000, 0, 0],
        };
        let other = MeanEstimate::new(ScoreKind::Lean, &[], &alone).unwrap();
        assert!(
            (other.error.unwrap() - estimate.error.unwrap()).abs() < 1e-12 && other.clusters == 3
        );
    }

    #[test]
    fn articles_that_repeat_one_event_do_not_narrow_the_interval() {
        let once = MeanEstimate::new(
            ScoreKind::Lean,
            &sums(&[&[0.1], &[0.2], &[0.6]]),
            &StandaloneSums::default(),
        )
        .unwrap();
        let often = MeanEstimate::new(
            ScoreKind::Lean,
            &sums(&[&[0.1; 50], &[0.2; 50], &[0.6; 50]]),
            &StandaloneSums::default(),
        )
        .unwrap();
        assert!((once.error.unwrap() - often.error.unwrap()).abs() < 1e-12);
        assert_eq!((once.n, often.n, often.clusters), (3, 150, 3));
    }

    #[test]
    fn one_cluster_tells_nothing_of_chance_and_none_no_mean() {
        let one =
            MeanEstimate::new(ScoreKind::Lean, &sums(&[&[0.1, 0.5]]), &StandaloneSums::default())
                .unwrap();
        assert!((one.mean - 0.3).abs() < 1e-12 && one.error.is_none() && one.interval().is_none());
        assert_eq!(MeanEstimate::new(ScoreKind::Toward(1), &[], &StandaloneSums::default()), None);
    }

    #[test]
    fn a_lean_is_clear_where_all_that_it_may_be_is_more_than_the_model_errs() {
        let side = |mean: f64, error: f64| {
            MeanEstimate { mean, n: 90, clusters: 90, error: Some(error) }.clear_side()
        };
        // Thirty neutral articles, all a little below 0: sure, and nothing.
        assert_eq!(side(-0.03, 0.01), None);
        assert_eq!((side(0.2, 0.02), side(-0.2, 0.02)), (Some(0), Some(1)));
        assert_eq!((side(0.2, 0.06), side(-0.2, 0.06)), (None, None));
        assert_eq!(MeanEstimate { mean: 0.9, n: 9, clusters: 1, error: None }.clear_side(), None);
    }

    #[test]
    fn an_interval_ends_where_a_lean_ends() {
        let two = MeanEstimate::new(
            ScoreKind::Lean,
            &sums(&[&[0.1], &[0.9]]),
            &StandaloneSums::default(),
        )
        .unwrap();
        assert_eq!(two.interval(), Some((-1.0, 1.0)));
    }
}
