//! Many means beside each other: how far each can be believed, and which places in their order it
//! may have.
//!
//! The outlet with the largest mean of many is most often one of those with few articles, by
//! chance. So each mean is drawn toward that of all outlets, the more the less sure it is:
//! empirical Bayes in the random-effects model. Outlet i has the mean yᵢ with standard error sᵢ,
//! and a true lean from a normal distribution with mean μ and variance τ².

use super::lean::{MeanEstimate, interval};

/// Smallest number of clusters of an outlet that is shrunken and ranked: with fewer, the standard
/// error itself is too uncertain.
pub const MIN_CLUSTERS: u64 = 5;

/// Smallest number of outlets from which the variance between outlets is estimated: for three, the
/// factor (k − 3) would be 0.
pub const MIN_OUTLETS: usize = 4;

/// Smallest variance of a mean: numbers are rounded to millionths.
const MIN_VARIANCE: f64 = 1e-12;

/// Number of random draws of the outlets' leans for their order.
const DRAWS: usize = 4_000;

/// Seed of the draws, so that the same articles give the same places.
const SEED: u64 = 2_026;

/// The distribution of the outlets' true leans, estimated from their means.
#[derive(Clone, Debug, PartialEq)]
pub struct OutletPopulation {
    /// The mean over outlets μ, each weighed by 1/(sᵢ² + τ²).
    pub mean: f64,
    /// Its standard error, 1/√Σ 1/(sᵢ² + τ²).
    pub error: f64,
    /// The variance τ² of the outlets' true leans.
    pub tau2: f64,
    /// Number of outlets.
    pub outlets: usize,
    /// The mean of sᵢ², each weighed as the outlet is.
    pub variance: f64,
}

/// The mean of one outlet, shrunken toward the mean of all outlets.
#[derive(Clone, Debug, PartialEq)]
pub struct ShrunkenMean {
    /// The shrunken mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
    /// Its 95 % interval, in [−1, 1].
    pub interval: (f64, f64),
    /// The places that it may have in the order of all, with 95 % certainty: 1 leans farthest
    /// toward the first camp.
    pub places: (usize, usize),
}

/// Whether an outlet has enough clusters to be shrunken and ranked.
pub fn is_known(estimate: &MeanEstimate) -> bool {
    estimate.error.is_some() && estimate.clusters >= MIN_CLUSTERS
}

impl OutletPopulation {
    /// τ² by DerSimonian and Laird (1986): with w = 1/s², ȳ = Σwy/Σw and Q = Σw(y − ȳ)², it is (Q −
    /// (k − 1)) / (Σw − Σw²/Σw), or 0 if that is negative. `None` for fewer than
    /// [`MIN_OUTLETS`]. `means` are y and s².
    #[allow(clippy::doc_markdown)] // It is a name.
    pub fn from_means(means: &[(f64, f64)]) -> Option<Self> {
        if means.len() < MIN_OUTLETS {
            return None;
        }
        let weighed = |tau2: f64| {
            let weights =
                means.iter().map(move |(mean, variance)| (1.0 / (variance + tau2), *mean));
            let (sum, sum_of_means) = weights
                .fold((0.0, 0.0), |(sum, of_means), (weight, mean)| {
                    (sum + weight, of_means + weight * mean)
                });
            (sum, sum_of_means / sum)
        };
        let (sum, fixed) = weighed(0.0);
        let squares: f64 = means.iter().map(|(_, variance)| variance.powi(-2)).sum();
        let q: f64 = means.iter().map(|(mean, variance)| (mean - fixed).powi(2) / variance).sum();
        let tau2 = ((q - (means.len() - 1) as f64) / (sum - squares / sum)).max(0.0);
        let (sum, mean) = weighed(tau2);
        let variance =
            means.iter().map(|(_, variance)| variance / (variance + tau2)).sum::<f64>() / sum;
        Some(Self { mean, error: sum.sqrt().recip(), tau2, outlets: means.len(), variance })
    }

    /// The 95 % interval of the mean, by the normal distribution.
    pub fn interval(&self) -> (f64, f64) {
        let half = 1.959_963_984_540_054 * self.error;
        ((self.mean - half).max(-1.0), (self.mean + half).min(1.0))
    }

    /// What is left of an outlet's mean y with variance s², and its standard error (Morris 1983,
    /// section 5): y drawn toward μ by B = (k − 3)/(k − 1) · s²/(s² + τ²), and the root of s²(1 −
    /// (1 − h)B) + v(y − μ)², where h = error²/(s² + τ²) is the outlet's own share in μ, and v =
    /// 2/(k − 3) · B² · (s̄² + τ²)/(s² + τ²). The factor of B and the last term allow for τ² being
    /// estimated: without them, outlets that seem to differ by chance only would get intervals much
    /// too narrow.
    pub fn shrink(&self, mean: f64, variance: f64) -> (f64, f64) {
        let k = self.outlets as f64;
        let total = variance + self.tau2;
        let b = (k - 3.0) / (k - 1.0) * variance / total;
        let own = self.error.powi(2) / total;
        let v = 2.0 / (k - 3.0) * b * b * (self.variance + self.tau2) / total;
        let error = variance * (1.0 - (1.0 - own) * b) + v * (mean - self.mean).powi(2);
        (b * self.mean + (1.0 - b) * mean, error.sqrt())
    }
}

/// All outlets, and what is believed of each; `None` for those with too few clusters
/// ([`is_known`]), and everywhere where there are too few outlets. An interval takes Student's t
/// with one degree of freedom less than the outlet has clusters: its error is itself estimated.
///
/// Places are the middle 95 % of those that an outlet has in 4,000 draws of all outlets' leans,
/// each from that distribution of its own.
pub fn shrunken(
    estimates: &[Option<MeanEstimate>],
) -> (Option<OutletPopulation>, Vec<Option<ShrunkenMean>>) {
    let known: Vec<(usize, &MeanEstimate, f64)> = estimates
        .iter()
        .enumerate()
        .filter_map(|(number, estimate)| {
            let estimate = estimate.as_ref().filter(|estimate| is_known(estimate))?;
            Some((number, estimate, estimate.error?.powi(2).max(MIN_VARIANCE)))
        })
        .collect();
    let mut all = vec![None; estimates.len()];
    let Some(overall) = OutletPopulation::from_means(
        &known.iter().map(|(_, estimate, variance)| (estimate.mean, *variance)).collect::<Vec<_>>(),
    ) else {
        return (None, all);
    };
    let believed: Vec<(f64, f64, u64)> = known
        .iter()
        .map(|(_, estimate, variance)| {
            let (mean, error) = overall.shrink(estimate.mean, *variance);
            (mean, error, estimate.clusters)
        })
        .collect();
    for (((number, ..), (mean, error, clusters)), places) in
        known.iter().zip(&believed).zip(places(&believed))
    {
        let interval = interval(*mean, *error, *clusters);
        all[*number] = Some(ShrunkenMean { mean: *mean, error: *error, interval, places });
    }
    (Some(overall), all)
}

/// The places of each, given mean, error and number of clusters.
fn places(believed: &[(f64, f64, u64)]) -> Vec<(usize, usize)> {
    let mut random = fastrand::Rng::with_seed(SEED);
    // By outlet: how often it had each place.
    let mut counts = vec![vec![0; believed.len()]; believed.len()];
    let mut order: Vec<(f64, usize)> = Vec::with_capacity(believed.len());
    for _ in 0..DRAWS {
        order.clear();
        order.extend(believed.iter().enumerate().map(|(number, (mean, error, clusters))| {
            (mean + error * student(&mut random, clusters.saturating_sub(1).max(1) as f64), number)
        }));
        order.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        for (place, (_, number)) in order.iter().enumerate() {
            counts[*number][place] += 1;
        }
    }
    let at = |counts: &[usize], draws: usize| {
        let mut seen = 0;
        counts.iter().position(|count| {
            seen += count;
            seen > draws
        })
    };
    let ends = |counts: &Vec<usize>| {
        (
            at(counts, DRAWS / 40).map_or(1, |place| place + 1),
            at(counts, DRAWS - DRAWS / 40 - 1).map_or(1, |place| place + 1),
        )
    };
    counts.iter().map(ends).collect()
}

/// A draw from Student's t, by the polar method (Bailey 1994).
fn student(random: &mut fastrand::Rng, degrees: f64) -> f64 {
    loop {
        let (u, v) = (2.0 * random.f64() - 1.0, 2.0 * random.f64() - 1.0);
        let w = u * u + v * v;
        if w > 0.0 && w <= 1.0 {
            return u * (degrees * (w.powf(-2.0 / degrees) - 1.0) / w).sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unnecessary_wraps)] // So does an outlet have it.
    fn estimate(mean: f64, error: f64, clusters: u64) -> Option<MeanEstimate> {
        Some(MeanEstimate { mean, n: 10 * clusters, clusters, error: Some(error) })
    }

    #[test]
    fn the_less_sure_a_mean_is_the_more_it_is_drawn_to_the_others() {
        let (overall, shrunken) = shrunken(&[
            estimate(0.9, 0.3, 6),
            estimate(0.5, 0.02, 60),
            estimate(-0.1, 0.02, 60),
            estimate(0.1, 0.02, 60),
            estimate(0.0, 0.02, 60),
        ]);
        let overall = overall.unwrap();
        let means: Vec<f64> = shrunken.iter().map(|outlet| outlet.as_ref().unwrap().mean).collect();
        assert!(0.9 - means[0] > 0.1 && (0.5 - means[1]).abs() < 0.01, "{means:?}");
        assert!(overall.tau2 > 0.01 && overall.mean > 0.1 && overall.mean < 0.4, "{overall:?}");
        let places: Vec<(usize, usize)> =
            shrunken.iter().map(|outlet| outlet.as_ref().unwrap().places).collect();
        assert_eq!((places[2], places[3], places[0].0), ((5, 5), (2, 3), 1));
        assert!(places[0].1 >= 2, "{places:?}");
    }

    #[test]
    fn shrinkage_is_that_of_morris() {
        // Means -0.1, -0.1, 0.1, 0.1 and 0 with variance 0.01: Q = 4 = k - 1, so τ² = 0, μ = 0,
        // error² = 0.01/5. B = 2/4; h = 1/5; v = 2/2 · 1/4 = 1/4. Of -0.1 is left -0.05 ± √(0.01(1
        // - 0.8/2) + 0.01/4) = √0.0085.
        let (overall, all) =
            shrunken(&[-0.1, -0.1, 0.1, 0.1, 0.0].map(|mean| estimate(mean, 0.1, 1_000_000)));
        assert!(overall.unwrap().tau2.abs() < 1e-12);
        let [first, .., last] = &all[..] else { panic!() };
        let (first, last) = (first.as_ref().unwrap(), last.as_ref().unwrap());
        assert!(
            (first.mean + 0.05).abs() < 1e-9 && (first.error - 0.0085_f64.sqrt()).abs() < 1e-9,
            "{first:?}"
        );
        assert!(
            last.mean.abs() < 1e-9
                && (last.error - 0.006_f64.sqrt()).abs() < 1e-9
                && last.places == (1, 5),
            "{last:?}"
        );
        assert!((last.interval.1 - 1.959_964 * 0.006_f64.sqrt()).abs() < 1e-4);
    }

    #[test]
    fn outlets_of_a_few_events_are_not_weighed_beside_others() {
        let few = estimate(0.9, 0.001, MIN_CLUSTERS - 1);
        let known = [0.1, 0.2, 0.3, 0.4].map(|mean| estimate(mean, 0.1, 9));
        let [first, second, third, fourth] = known.clone();
        let (overall, all) =
            shrunken(&[first.clone(), few.clone(), second.clone(), None, third.clone(), fourth]);
        assert!(
            overall.unwrap().outlets == 4
                && all[1].is_none()
                && all[3].is_none()
                && all[4].is_some()
        );
        assert_eq!(shrunken(&[first, few, second, third]), (None, vec![None; 4]));
    }

    #[test]
    fn draws_have_the_spread_of_student() {
        let mut random = fastrand::Rng::with_seed(1);
        let draws: Vec<f64> = (0..100_000).map(|_| student(&mut random, 4.0)).collect();
        let beyond = draws.iter().filter(|draw| draw.abs() > 2.776_445).count() as f64 / 1e5;
        assert!((beyond - 0.05).abs() < 0.004, "{beyond}");
    }
}
