//! How far a figure may be off by the chance of which articles there are.

/// How many samples are drawn.
pub const SAMPLES: usize = 1_000;

/// Where the chance begins, so that the same articles give the same interval.
const SEED: u64 = 2_026;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BootstrapEstimate {
    /// The figure on all articles.
    pub value: f64,
    /// The ends of its interval.
    pub interval: (f64, f64),
}

impl BootstrapEstimate {
    /// Several figures of the same draws: `figures` gives as many numbers for each.
    pub fn all<T: Copy>(clusters: &[Vec<T>], figures: impl Fn(&[T]) -> Vec<f64>) -> Vec<Self> {
        let values = figures(&clusters.concat());
        let intervals = intervals(clusters, values.len(), figures);
        values
            .into_iter()
            .zip(intervals)
            .map(|(value, interval)| Self { value, interval })
            .collect()
    }

    /// One figure.
    pub fn of<T: Copy>(clusters: &[Vec<T>], figure: impl Fn(&[T]) -> f64) -> Self {
        Self { value: figure(&clusters.concat()), interval: interval(clusters, figure) }
    }
}

/// The middle 95 % of `figure` over samples of clusters drawn with replacement (percentile
/// bootstrap; Efron and Tibshirani 1993, chapter 13). `clusters` are the members of each: articles
/// about one event belong together, because they are not independent of each other. Samples of
/// which the figure is no number are left out; without any other, neither end is one.
pub fn interval<T: Copy>(clusters: &[Vec<T>], figure: impl Fn(&[T]) -> f64) -> (f64, f64) {
    intervals(clusters, 1, |sample| vec![figure(sample)])[0]
}

/// [`interval`] of several figures on the same draws. A draw of which a figure cannot be told (NaN)
/// is left out of its interval.
pub fn intervals<T: Copy>(
    clusters: &[Vec<T>],
    n_figures: usize,
    figures: impl Fn(&[T]) -> Vec<f64>,
) -> Vec<(f64, f64)> {
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(SAMPLES); n_figures];
    if !clusters.is_empty() {
        let mut random = fastrand::Rng::with_seed(SEED);
        let mut sample = Vec::new();
        for _ in 0..SAMPLES {
            sample.clear();
            for _ in 0..clusters.len() {
                sample.extend_from_slice(&clusters[random.usize(..clusters.len())]);
            }
            for (drawn, figure) in drawn.iter_mut().zip(figures(&sample)) {
                drawn.extend(Some(figure).filter(|figure| !figure.is_nan()));
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
    fn clusters_that_are_all_alike_leave_no_doubt() {
        let (low, high) = interval(&[vec![1.0], vec![1.0]], |sample| sample[0]);
        assert!((low - 1.0).abs() < 1e-12 && (high - 1.0).abs() < 1e-12);
        assert_eq!(interval::<f64>(&[], |_| 1.0), (0.0, 0.0));
        let (low, high) = interval(&[vec![1.0], vec![f64::NAN]], |sample| sample[0]);
        assert!((low - 1.0).abs() < 1e-12 && (high - 1.0).abs() < 1e-12);
        assert!(interval(&[vec![f64::NAN]], |sample| sample[0]).0.is_nan());
    }

    #[test]
    fn several_figures_of_the_same_draws_are_those_of_each_alone_and_what_cannot_be_told_is_left_out()
     {
        let clusters: Vec<Vec<f64>> = (0..30).map(|number| vec![f64::from(number), 1.0]).collect();
        let mean = |sample: &[f64]| sample.iter().sum::<f64>() / sample.len() as f64;
        let least = |sample: &[f64]| sample.iter().copied().fold(f64::INFINITY, f64::min);
        let both =
            BootstrapEstimate::all(&clusters, |sample| vec![mean(sample), f64::NAN, least(sample)]);
        assert_eq!(
            (both[0], both[2]),
            (BootstrapEstimate::of(&clusters, mean), BootstrapEstimate::of(&clusters, least))
        );
        assert!(both[1].interval.0.is_nan());
        // Whatever is drawn without the cluster of a lone 5 leaves nothing to divide by.
        let lone = [vec![5.0], vec![f64::NAN]];
        let known = |sample: &[f64]| {
            sample.iter().copied().find(|number| !number.is_nan()).unwrap_or(f64::NAN)
        };
        assert_eq!(interval(&lone, known), (5.0, 5.0));
    }
}
