//! Bootstrap intervals: the sampling error of a statistic.

/// Number of bootstrap samples.
pub const N_SAMPLES: usize = 1_000;

/// Seed of the random numbers, so that the same articles give the same interval.
const SEED: u64 = 2_026;

/// A statistic with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BootstrapEstimate {
    /// The statistic of all articles.
    pub value: f64,
    /// The ends of the interval.
    pub interval: (f64, f64),
}

impl BootstrapEstimate {
    /// Estimates several statistics on the same samples of clusters. `statistics` returns the same
    /// number of values for every sample.
    pub fn several<T: Copy>(
        clusters: &[Vec<T>],
        statistics: impl Fn(&[T]) -> Vec<f64>,
    ) -> Vec<Self> {
        let values = statistics(&clusters.concat());
        let intervals = intervals(clusters, values.len(), statistics);
        values
            .into_iter()
            .zip(intervals)
            .map(|(value, interval)| Self { value, interval })
            .collect()
    }

    /// Estimates one statistic.
    pub fn new<T: Copy>(clusters: &[Vec<T>], statistic: impl Fn(&[T]) -> f64) -> Self {
        Self { value: statistic(&clusters.concat()), interval: interval(clusters, statistic) }
    }
}

/// The 95 % interval of `statistic`: the percentile bootstrap over clusters (Efron and Tibshirani
/// 1993, chapter 13). Each cluster lists its members; articles about one event are a cluster,
/// because they are not independent. Samples for which the statistic is NaN are skipped; if it
/// always is, both ends are NaN.
pub fn interval<T: Copy>(clusters: &[Vec<T>], statistic: impl Fn(&[T]) -> f64) -> (f64, f64) {
    intervals(clusters, 1, |sample| vec![statistic(sample)])[0]
}

/// The [`interval`] of each of several statistics on the same samples.
pub fn intervals<T: Copy>(
    clusters: &[Vec<T>],
    n_statistics: usize,
    statistics: impl Fn(&[T]) -> Vec<f64>,
) -> Vec<(f64, f64)> {
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(N_SAMPLES); n_statistics];
    if !clusters.is_empty() {
        let mut random = fastrand::Rng::with_seed(SEED);
        let mut sample = Vec::new();
        for _ in 0..N_SAMPLES {
            sample.clear();
            for _ in 0..clusters.len() {
                sample.extend_from_slice(&clusters[random.usize(..clusters.len())]);
            }
            for (drawn, value) in drawn.iter_mut().zip(statistics(&sample)) {
                drawn.extend(Some(value).filter(|value| !value.is_nan()));
            }
        }
    }
    let middle = |mut drawn: Vec<f64>| {
        drawn.sort_by(f64::total_cmp);
        let none = if clusters.is_empty() { 0.0 } else { f64::NAN };
        let at = |thousandth: usize| {
            drawn.get(thousandth * drawn.len().saturating_sub(1) / 1_000).copied().unwrap_or(none)
        };
        (at(25), at(975))
    };
    drawn.into_iter().map(middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_share_is_about_as_wide_as_the_textbook_says() {
        // 60 of 100: standard error √(0.6·0.4/100) = 0.049, so 0.6 ± 0.096.
        let clusters: Vec<Vec<f64>> =
            (0..100).map(|number| vec![f64::from(u8::from(number < 60))]).collect();
        let (low, high) =
            interval(&clusters, |sample| sample.iter().sum::<f64>() / sample.len() as f64);
        assert!((low - 0.504).abs() < 0.02 && (high - 0.696).abs() < 0.02, "{low} {high}");
    }

    #[test]
    fn the_interval_of_equal_clusters_has_no_width() {
        let (low, high) = interval(&[vec![1.0], vec![1.0]], |sample| sample[0]);
        assert!((low - 1.0).abs() < 1e-12 && (high - 1.0).abs() < 1e-12);
        assert_eq!(interval::<f64>(&[], |_| 1.0), (0.0, 0.0));
        let (low, high) = interval(&[vec![1.0], vec![f64::NAN]], |sample| sample[0]);
        assert!((low - 1.0).abs() < 1e-12 && (high - 1.0).abs() < 1e-12);
        assert!(interval(&[vec![f64::NAN]], |sample| sample[0]).0.is_nan());
    }

    #[test]
    fn several_statistics_are_those_of_each_alone_and_nan_is_skipped() {
        let clusters: Vec<Vec<f64>> = (0..30).map(|number| vec![f64::from(number), 1.0]).collect();
        let mean = |sample: &[f64]| sample.iter().sum::<f64>() / sample.len() as f64;
        let least = |sample: &[f64]| sample.iter().copied().fold(f64::INFINITY, f64::min);
        let both = BootstrapEstimate::several(&clusters, |sample| {
            vec![mean(sample), f64::NAN, least(sample)]
        });
        assert_eq!(
            (both[0], both[2]),
            (BootstrapEstimate::new(&clusters, mean), BootstrapEstimate::new(&clusters, least))
        );
        assert!(both[1].interval.0.is_nan());
        // A sample without the first cluster has no number.
        let lone = [vec![5.0], vec![f64::NAN]];
        let known = |sample: &[f64]| {
            sample.iter().copied().find(|number| !number.is_nan()).unwrap_or(f64::NAN)
        };
        assert_eq!(interval(&lone, known), (5.0, 5.0));
    }
}
