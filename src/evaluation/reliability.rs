//! Calibration errors: how far predicted probabilities are from observed frequencies.

use super::bootstrap::{BootstrapEstimate, intervals};

/// Number of bins of the expected calibration error.
const N_BINS: usize = 10;

/// What calibration errors need to know of one prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationPoint {
    /// The largest probability.
    confidence: f64,
    /// Whether that class is the label.
    correct: bool,
    /// The Brier score of all probabilities.
    brier: f64,
}

impl CalibrationPoint {
    /// From the probabilities, shape `(n_classes)`, and the class of the label.
    pub fn new(probabilities: &[f64], label: usize) -> Self {
        let mut best = 0;
        let mut brier = 0.0;
        for (class, &p) in probabilities.iter().enumerate() {
            if p > probabilities[best] {
                best = class;
            }
            brier += (p - f64::from(u8::from(class == label))).powi(2);
        }
        Self { confidence: probabilities[best], correct: best == label, brier }
    }
}

/// Calibration errors of probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Expected calibration error.
    pub ece: BootstrapEstimate,
    /// Mean Brier score (Brier 1950): the squared distance of the probabilities from the one-hot
    /// label, from 0 to 2.
    pub brier: BootstrapEstimate,
    /// The reliability diagram: one bin for each tenth of confidence, empty ones included.
    pub bins: Vec<ReliabilityBin>,
}

/// The predictions of one bin of confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    /// How many articles it has.
    pub n_articles: usize,
    /// Their mean confidence; 0 without articles.
    pub confidence: f64,
    /// The share of correct predictions. Its interval uses only samples in which the bin is not
    /// empty.
    pub accuracy: BootstrapEstimate,
}

impl CalibrationPoint {
    /// The Brier score of the prediction.
    pub fn brier(&self) -> f64 {
        self.brier
    }
}

impl Reliability {
    /// The errors of predictions in clusters.
    pub fn new(clusters: &[Vec<CalibrationPoint>]) -> Self {
        Self {
            ece: BootstrapEstimate::new(clusters, expected_calibration_error),
            brier: BootstrapEstimate::new(clusters, mean_brier),
            bins: reliability_bins(clusters),
        }
    }
}

/// Expected calibration error and Brier score, without intervals.
pub fn errors(points: &[CalibrationPoint]) -> (f64, f64) {
    (expected_calibration_error(points), mean_brier(points))
}

fn reliability_bins(clusters: &[Vec<CalibrationPoint>]) -> Vec<ReliabilityBin> {
    let accuracy = |sample: &[CalibrationPoint]| {
        bins(sample)
            .into_iter()
            .map(|(count, _, accuracy)| if count == 0 { f64::NAN } else { accuracy })
            .collect::<Vec<_>>()
    };
    let intervals = intervals(clusters, N_BINS, accuracy);
    let bin = |((n_articles, confidence, value), interval)| ReliabilityBin {
        n_articles,
        confidence,
        accuracy: BootstrapEstimate { value, interval },
    };
    bins(&clusters.concat()).into_iter().zip(intervals).map(bin).collect()
}

fn mean_brier(points: &[CalibrationPoint]) -> f64 {
    points.iter().map(|point| point.brier).sum::<f64>() / points.len().max(1) as f64
}

/// `Σ share of the bin · |accuracy − mean confidence|` over ten bins of equal width (Naeini et al.
/// 2015; Guo et al. 2017, section 2).
fn expected_calibration_error(points: &[CalibrationPoint]) -> f64 {
    let n = points.len().max(1) as f64;
    bins(points)
        .into_iter()
        .map(|(count, confidence, accuracy)| count as f64 / n * (accuracy - confidence).abs())
        .sum()
}

/// For each bin: the number of points, their mean confidence, and the share of correct ones.
fn bins(points: &[CalibrationPoint]) -> Vec<(usize, f64, f64)> {
    let mut sums = [(0_usize, 0.0, 0.0); N_BINS];
    for point in points {
        let bin = (1..N_BINS)
            .rev()
            .find(|&bin| point.confidence >= bin as f64 / N_BINS as f64)
            .unwrap_or(0);
        sums[bin].0 += 1;
        sums[bin].1 += point.confidence;
        sums[bin].2 += f64::from(u8::from(point.correct));
    }
    sums.map(|(count, confidence, correct)| {
        (count, confidence / count.max(1) as f64, correct / count.max(1) as f64)
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
        let points = [
            CalibrationPoint::new(&[0.95, 0.05], 0),
            CalibrationPoint::new(&[0.05, 0.95], 0),
            CalibrationPoint::new(&[0.6, 0.4], 0),
            CalibrationPoint::new(&[0.6, 0.4], 0),
        ];
        assert!((expected_calibration_error(&points) - (0.5 * 0.45 + 0.5 * 0.4)).abs() < 1e-12);
        // 2·0.05², 2·0.95², 2·0.4² twice.
        assert!((mean_brier(&points) - (0.005 + 1.805 + 0.32 + 0.32) / 4.0).abs() < 1e-12);
        assert_eq!(Reliability::new(&[points.to_vec()]).bins[9].n_articles, 2);
    }
}
