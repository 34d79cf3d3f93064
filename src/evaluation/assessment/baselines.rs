//! Baselines that need no model, on the same articles.
//!
//! - *commonest*: always the most frequent label of these very articles, which is optimistic.
//! - *keywords* and *names*: [`super::baseline_predictions`].

use super::predictions::{Predictions, Resampling, class};
use super::{AVERAGED, N_CAMPS, N_CLASSES};
use crate::evaluation::metrics::ConfusionMatrix;
use crate::evaluation::paired::{PairedDifference, PairedPrediction};

/// A baseline compared with the model: `before` is the baseline, `after` the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Its name.
    pub name: &'static str,
    /// Macro-F1 toward each camp.
    pub camps: [PairedDifference; N_CAMPS],
    /// Macro-F1, mean over the camps.
    pub mean: PairedDifference,
}

impl Baseline {
    /// Every baseline on these articles.
    pub(super) fn all(predictions: &[&Predictions], resampling: Resampling) -> Vec<Self> {
        let commonest = [0, 1].map(|camp| {
            let confusion = ConfusionMatrix::from_pairs(
                N_CLASSES,
                predictions.iter().map(|article| article.pair(camp)),
            );
            (0..N_CLASSES).rev().max_by_key(|&label| confusion.support(label)).unwrap_or_default()
        });
        let compare = |name, predict: &dyn Fn(&Predictions) -> [usize; N_CAMPS]| {
            let (camps, mean) =
                differences(predictions, resampling, &|_, article| predict(article));
            Self { name, camps, mean }
        };
        vec![
            compare("commonest", &|_| commonest),
            compare("keywords", &|article| article.baselines.keywords.map(class)),
            compare("names", &|article| article.baselines.names.map(class)),
        ]
    }
}

/// Compares the model with a reference in macro-F1, toward each camp and on average. `before` gives
/// the reference's prediction for each article and its position.
pub(super) fn differences(
    predictions: &[&Predictions],
    resampling: Resampling,
    before: &dyn Fn(usize, &Predictions) -> [usize; N_CAMPS],
) -> ([PairedDifference; N_CAMPS], PairedDifference) {
    let pairs = |position: usize, article: &Predictions| {
        let before = before(position, article);
        [0, 1].map(|camp: usize| {
            let (label, after) = article.pair(camp);
            PairedPrediction { output: camp, label, before: before[camp], after }
        })
    };
    let clusters: Vec<Vec<PairedPrediction>> = resampling
        .clusters(predictions, pairs)
        .into_iter()
        .map(|cluster| cluster.concat())
        .collect();
    let outputs = [0, 1].map(|camp| (camp, N_CLASSES, AVERAGED));
    let camps = [0, 1].map(|camp: usize| PairedDifference::new(&clusters, &outputs[camp..=camp]));
    (camps, PairedDifference::new(&clusters, &outputs))
}

#[cfg(test)]
mod tests {
    use super::super::predictions::tests::example;
    use super::*;
    use crate::camp::Stance::{Favor, Neutral};

    #[test]
    fn the_commonest_label_is_of_the_same_articles_and_the_difference_is_the_gain_of_the_model() {
        let labels = [Favor, Neutral, Neutral, Neutral];
        let articles: Vec<Predictions> = labels
            .iter()
            .enumerate()
            .map(|(at, &label)| example(&at.to_string(), [label; 2], Some([label; 2])))
            .collect();
        let all: Vec<&Predictions> = articles.iter().collect();
        let found = Baseline::all(&all, Resampling::by_event(&all));
        assert_eq!(
            found.iter().map(|baseline| baseline.name).collect::<Vec<_>>(),
            ["commonest", "keywords", "names"]
        );
        // Always neutral: F1 2 · 3 / 7, the others 0. The model is always right, but only two of
        // three classes occur: 2/3.
        let mean = found[0].mean;
        assert!(
            (mean.before.value - 2.0 / 7.0).abs() < 1e-12
                && (mean.after.value - 2.0 / 3.0).abs() < 1e-12
        );
        assert!(
            (mean.difference.value - (2.0 / 3.0 - 2.0 / 7.0)).abs() < 1e-12
                && mean.difference.interval.0 >= 0.0
        );
    }
}
