//! Two sets of answers to the same questions about the same articles.

use std::ops::Range;

use super::Confusion;
use super::bootstrap::BootstrapEstimate;

/// Two answers to one question about one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Number of the output.
    pub output: usize,
    /// The class that is right.
    pub label: usize,
    /// The class that is given by the one that is compared with.
    pub before: usize,
    /// The class that is given by the one that is compared.
    pub after: usize,
}

/// Macro-F1, mean over outputs, of two sets of answers. Both are measured on the same draws of
/// clusters, so what is hard for both cancels (paired bootstrap; Efron and Tibshirani 1993, section
/// 16.2; for language models Koehn 2004).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Of the one that is compared with.
    pub before: BootstrapEstimate,
    /// Of the one that is compared.
    pub after: BootstrapEstimate,
    /// after − before.
    pub difference: BootstrapEstimate,
}

impl Difference {
    /// Over `outputs`: the number of each, how many classes it has, and those whose F1 are
    /// averaged.
    pub fn of(clusters: &[Vec<Paired>], outputs: &[(usize, usize, Range<usize>)]) -> Self {
        let macro_f1 = |sample: &[Paired], given: fn(&Paired) -> usize| {
            let of_output = |(output, n_classes, averaged): &(usize, usize, Range<usize>)| {
                let own = sample.iter().filter(|pair| pair.output == *output);
                Confusion::of(*n_classes, own.map(|pair| (pair.label, given(pair))))
                    .macro_f1(averaged.clone())
            };
            outputs.iter().map(of_output).sum::<f64>() / outputs.len().max(1) as f64
        };
        let figures = BootstrapEstimate::all(clusters, |sample| {
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
    fn a_difference_is_as_worked_out_by_hand_and_the_same_answers_differ_by_nothing_in_any_draw() {
        // Two classes. Labels 0 0 1 1; before says 0 1 1 0: F1 ½ and ½. After says 0 0 1 0: F1 4/5
        // and 2/3.
        let answers = [(0, 0, 0), (0, 1, 0), (1, 1, 1), (1, 0, 0)];
        let pairs =
            answers.map(|(label, before, after)| vec![Paired { output: 0, label, before, after }]);
        let found = Difference::of(&pairs, &[(0, 2, 0..2)]);
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
            pair.into_iter().map(|pair| Paired { before: pair.after, ..pair }).collect::<Vec<_>>()
        });
        assert_eq!(
            Difference::of(&same, &[(0, 2, 0..2)]).difference,
            BootstrapEstimate { value: 0.0, interval: (0.0, 0.0) }
        );
    }

    #[test]
    fn outputs_count_alike_however_many_articles_they_have() {
        let pair = |output, label, after| Paired { output, label, before: label, after };
        let clusters = vec![vec![pair(0, 0, 0), pair(0, 1, 1), pair(1, 0, 1)], vec![pair(0, 0, 0)]];
        let found = Difference::of(&clusters, &[(0, 2, 0..2), (1, 2, 0..2)]);
        // Output 0 is all right: 1. Output 1 is all wrong: 0.
        assert!((found.after.value - 0.5).abs() < 1e-12, "{found:?}");
    }
}
