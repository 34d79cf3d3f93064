//! How far a figure may be off by the chance of which articles there are.

/// How many samples are drawn.
const SAMPLES: usize = 1_000;

/// Where the chance begins, so that the same articles give the same interval.
const SEED: u64 = 2_026;

/// The middle 95 % of `figure` over samples of clusters drawn with replacement (percentile bootstrap; Efron and Tibshirani
/// 1993, chapter 13). `clusters` are the members of each: articles about one event belong together, because they are not
/// independent of each other. Samples of which the figure is no number are left out; without any other, neither end is one.
pub fn interval<T: Copy>(clusters: &[Vec<T>], figure: impl Fn(&[T]) -> f64) -> (f64, f64) {
    if clusters.is_empty() {
        return (0.0, 0.0);
    }
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut sample = Vec::new();
    let mut figures: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            sample.clear();
            for _ in 0..clusters.len() {
                sample.extend_from_slice(&clusters[random.usize(..clusters.len())]);
            }
            figure(&sample)
        })
        .collect();
    figures.retain(|figure| !figure.is_nan());
    figures.sort_by(f64::total_cmp);
    let last = figures.len().saturating_sub(1);
    let at = |thousandth: usize| figures.get(thousandth * last / 1_000).copied().unwrap_or(f64::NAN);
    (at(25), at(975))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_share_is_about_as_wide_as_the_textbook_says() {
        // 60 of 100: standard error √(0.6·0.4/100) = 0.049, so 0.6 ± 0.096.
        let clusters: Vec<Vec<f64>> = (0..100).map(|number| vec![f64::from(u8::from(number < 60))]).collect();
        let (low, high) = interval(&clusters, |sample| sample.iter().sum::<f64>() / sample.len() as f64);
        assert!((low - 0.504).abs() < 0.02 && (high - 0.696).abs() < 0.02, "{low} {high}");
    }

    #[test]
    fn clusters_that_are_all_alike_leave_no_doubt() {
        let (low, high) = interval(&[vec![1.0], vec![1.0]], |sample| sample[0]);
        assert!((low - 1.0).abs() < 1e-12 && (high - 1.0).abs() < 1e-12);
        assert_eq!(interval::<f64>(&[], |_| 1.0), (0.0, 0.0));
        let (low, high) = interval(&[vec![1.0], vec![f64::NAN]], |sample| sample[0]);
        assert!((low - 1.0).abs() < 1e-12 && (high - 1.0).abs() < 1e-12);
        assert!(interval(&[vec![f64::NAN]], |sample| sample[0]).0.is_nan());
    }
}
