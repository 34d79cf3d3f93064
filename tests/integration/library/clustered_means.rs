//! Clustered means and the comparison of outlets equal those of statsmodels and scipy.
//! `tests/golden/lean.py` computes the expected values and names the versions.

use mizan::internals::outlets::lean::{MeanEstimate, ScoreKind};
use mizan::internals::outlets::shrinkage::OutletPopulation;
use mizan::internals::outlets::sums::{ScoreSums, StandaloneSums};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    means: Vec<Clustered>,
    outlets: Vec<Outlets>,
}

#[derive(Deserialize)]
struct Clustered {
    clusters: Vec<Vec<f64>>,
    mean: f64,
    error: f64,
    interval: (f64, f64),
}

#[derive(Deserialize)]
struct Outlets {
    effects: Vec<f64>,
    errors: Vec<f64>,
    tau2: f64,
    mean: f64,
    error: f64,
    interval: (f64, f64),
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../golden/lean.json")).unwrap()
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn a_clustered_mean_equals_regression_on_a_constant() {
    let means = golden().means;
    assert_eq!(means.len(), 5);
    for Clustered { clusters, mean, error, interval } in means {
        #[allow(clippy::cast_possible_truncation)]
        let sum = |cluster: &Vec<f64>| {
            cluster.iter().map(|value| (value * 1e6).round() as i64).sum::<i64>()
        };
        let sums: Vec<ScoreSums> = clusters
            .iter()
            .map(|cluster| ScoreSums { n: cluster.len() as u64, sums: [0, sum(cluster), 0] })
            .collect();
        let found =
            MeanEstimate::new(ScoreKind::Toward(0), &sums, &StandaloneSums::default()).unwrap();
        close(found.mean, mean);
        close(found.error.unwrap(), error);
        let (low, high) = found.interval().unwrap();
        close(low, interval.0.max(-1.0));
        close(high, interval.1.min(1.0));
    }
}

#[test]
fn random_effects_equal_dersimonian_laird() {
    let cases = golden().outlets;
    assert_eq!(cases.len(), 3);
    for Outlets { effects, errors, tau2, mean, error, interval } in cases {
        let means: Vec<(f64, f64)> =
            effects.into_iter().zip(errors.iter().map(|error| error * error)).collect();
        let found = OutletPopulation::from_means(&means).unwrap();
        close(found.tau2, tau2);
        close(found.mean, mean);
        close(found.error, error);
        close(found.interval().0, interval.0);
        close(found.interval().1, interval.1);
    }
}
