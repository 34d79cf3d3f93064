//! Two sets of predictions for the same articles.

use std::ops::Range;

use super::ConfusionMatrix;
use super::bootstrap::BootstrapEstimate;

/// Two predictions of one output for one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairedPrediction {
    /// Number of the output.
    pub output: usize,
    /// The class of the label.
    pub label: usize,
    /// The class that the reference predicts.
    pub before: usize,
    /// The class that the compared model predicts.
    pub after: usize,
}

/// Macro-F1, mean over outputs, of two sets of predictions, and the difference. Both are computed
/// on the same samples of clusters, so what is hard for both cancels (paired bootstrap; Efron and
/// Tibshirani 1993, section 16.2; for language models Koehn 2004).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// Macro-F1 of the reference.
    pub before: BootstrapEstimate,
    /// Macro-F1 of the compared model.
    pub after: BootstrapEstimate,
    /// after − before.
    pub difference: BootstrapEstimate,
}

impl PairedDifference {
    /// Compares over `outputs`: the number of each, its number of classes, and the classes over
    /// which F1 is averaged.
    pub fn new(
        clusters: &[Vec<PairedPrediction>],
        outputs: &[(usize, usize, Range<usize>)],
    ) -> Self {
        let macro_f1 = |sample: &[PairedPrediction], predicted: fn(&PairedPrediction) -> usize| {
            let of_output = |(output, n_classes, averaged): &(usize, usize, Range<usize>)| {
                let own = sample.iter().filter(|pair| pair.output == *output);
                ConfusionMatrix::from_pairs(
                    *n_classes,
                    own.map(|pair| (pair.label, predicted(pair))),
                )
                .macro_f1(averaged.clone())
            };
            outputs.iter().map(of_output).sum::<f64>() / outputs.len().max(1) as f64
        };
        let figures = BootstrapEstimate::several(clusters, |sample| {
            let (before, after) =
                (macro_f1(sample, |pair| pair.before), macro_f1(sample, |pair| pair.after));
            vec![before, after, after - before]
        });
        Self { before: figures[0], after: figures[1], difference: figures[2] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_as_worked_out_by_hand_and_equal_predictions_never_differ() {
        // Two classes. Labels 0 0 1 1; before says 0 1 1 0: F1 ½ and ½. After says 0 0 1 0: F1 4/5
        // and 2/3.
        let answers = [(0, 0, 0), (0, 1, 0), (1, 1, 1), (1, 0, 0)];
        let pairs = answers.map(|(label, before, after)| {
            vec![PairedPrediction { output: 0, label, before, after }]
        });
        let found = PairedDifference::new(&pairs, &[(0, 2, 0..2)]);
        assert!(
            (found.before.value - 0.5).abs() < 1e-12
                && (found.after.value - 11.0 / 15.0).abs() < 1e-12
        );
        assert!((found.difference.value - (11.0 / 15.0 - 0.5)).abs() < 1e-12);
        assert!(
            found.difference.interval.0 <= 0.0 && found.difference.interval.1 > 0.2,
            "one article says little"
        );
        let same = pairs.map(|pair| {
            pair.into_iter()
                .map(|pair| PairedPrediction { before: pair.after, ..pair })
                .collect::<Vec<_>>()
        });
        assert_eq!(
            PairedDifference::new(&same, &[(0, 2, 0..2)]).difference,
            BootstrapEstimate { value: 0.0, interval: (0.0, 0.0) }
        );
    }

    #[test]
    fn outputs_count_alike_however_many_articles_they_have() {
        let pair = |output, label, after| PairedPrediction { output, label, before: label, after };
        let clusters = vec![vec![pair(0, 0, 0), pair(0, 1, 1), pair(1, 0, 1)], vec![pair(0, 0, 0)]];
        let found = PairedDifference::new(&clusters, &[(0, 2, 0..2), (1, 2, 0..2)]);
        // Output 0 is all right: 1. Output 1 is all wrong: 0.
        assert!((found.after.value - 0.5).abs() < 1e-12, "{found:?}");
    }
}
