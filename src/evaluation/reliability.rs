//! How far probabilities can be believed.

use super::bootstrap::{BootstrapEstimate, interval, intervals};

/// Bins of the expected calibration error.
const BINS: usize = 10;

/// The largest probability that was given to an article, whether that class was right, and the
/// Brier score of all its probabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    confidence: f64,
    right: bool,
    brier: f64,
}

impl Answered {
    /// From the probabilities of the classes and the right one.
    pub fn of(probabilities: &[f64], label: usize) -> Self {
        let mut best = 0;
        let mut brier = 0.0;
        for (class, &p) in probabilities.iter().enumerate() {
            if p > probabilities[best] {
                best = class;
            }
            brier += (p - f64::from(u8::from(class == label))).powi(2);
        }
        Self { confidence: probabilities[best], right: best == label, brier }
    }
}

/// Errors of probabilities, each with its 95 % interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Expected calibration error.
    pub ece: (f64, (f64, f64)),
    /// Mean Brier score: squared distance from the probabilities to those that put all on the right
    /// class, from 0 to 2.
    pub brier: (f64, (f64, f64)),
    /// For each tenth of confidence, from 0 up; empty ones as well.
    pub bins: Vec<Bin>,
}

/// The articles that were answered with about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub articles: usize,
    /// Their mean confidence; 0 without articles.
    pub confidence: f64,
    /// The share that is right; its interval is of the draws in which the bin has articles.
    pub right: BootstrapEstimate,
}

impl Reliability {
    /// The errors of articles in clusters that are drawn together.
    pub fn of(clusters: &[Vec<Answered>]) -> Self {
        let all: Vec<Answered> = clusters.iter().flatten().copied().collect();
        Self {
            ece: (expected_calibration_error(&all), interval(clusters, expected_calibration_error)),
            brier: (mean_brier(&all), interval(clusters, mean_brier)),
            bins: measured_bins(clusters, &all),
        }
    }
}

fn measured_bins(clusters: &[Vec<Answered>], all: &[Answered]) -> Vec<Bin> {
    let right = |sample: &[Answered]| {
        bins(sample)
            .into_iter()
            .map(|(count, _, right)| if count == 0 { f64::NAN } else { right })
            .collect::<Vec<_>>()
    };
    let intervals = intervals(clusters, BINS, right);
    let bin = |((articles, confidence, value), interval)| Bin {
        articles,
        confidence,
        right: BootstrapEstimate { value, interval },
    };
    bins(all).into_iter().zip(intervals).map(bin).collect()
}

fn mean_brier(answered: &[Answered]) -> f64 {
    answered.iter().map(|answered| answered.brier).sum::<f64>() / answered.len().max(1) as f64
}

/// `Σ share of the bin · |share right − mean confidence|` over ten bins of equal width (Naeini et
/// al. 2015; Guo et al. 2017, section 2).
fn expected_calibration_error(answered: &[Answered]) -> f64 {
    let n = answered.len().max(1) as f64;
    bins(answered)
        .into_iter()
        .map(|(count, confidence, right)| count as f64 / n * (right - confidence).abs())
        .sum()
}

fn bins(answered: &[Answered]) -> Vec<(usize, f64, f64)> {
    let mut sums = [(0_usize, 0.0, 0.0); BINS];
    for answered in answered {
        let bin = (1..BINS)
            .rev()
            .find(|&bin| answered.confidence >= bin as f64 / BINS as f64)
            .unwrap_or(0);
        sums[bin].0 += 1;
        sums[bin].1 += answered.confidence;
        sums[bin].2 += f64::from(u8::from(answered.right));
    }
    sums.map(|(count, confidence, right)| {
        (count, confidence / count.max(1) as f64, right / count.max(1) as f64)
    })
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_as_worked_out_by_hand() {
        // Bin 0.9: confidence 0.95, one of two right: off by 0.45. Bin 0.6: confidence 0.6, right:
        // off by 0.4.
        let answered = [
            Answered::of(&[0.95, 0.05], 0),
            Answered::of(&[0.05, 0.95], 0),
            Answered::of(&[0.6, 0.4], 0),
            Answered::of(&[0.6, 0.4], 0),
        ];
        assert!((expected_calibration_error(&answered) - (0.5 * 0.45 + 0.5 * 0.4)).abs() < 1e-12);
        // 2·0.05², 2·0.95², 2·0.4² twice.
        assert!((mean_brier(&answered) - (0.005 + 1.805 + 0.32 + 0.32) / 4.0).abs() < 1e-12);
        assert_eq!(Reliability::of(&[answered.to_vec()]).bins[9].articles, 2);
    }
}
