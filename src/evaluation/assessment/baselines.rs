//! What needs no model, on the same articles.
//!
//! - *commonest*: always the label that is commonest among these very articles, which flatters it.
//! - *keywords* and *names*: [`super::said`].

use super::tested::{Drawn, Predictions, class};
use super::{AVERAGED, CAMPS, CLASSES};
use crate::evaluation::metrics::Confusion;
use crate::evaluation::paired::{Difference, Paired};

/// A baseline and how much better the model is: `before` is the baseline, `after` the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Its name.
    pub name: &'static str,
    /// Macro-F1 toward each camp.
    pub camps: [Difference; CAMPS],
    /// The mean over the camps.
    pub mean: Difference,
}

impl Baseline {
    /// Every baseline on these articles.
    pub(super) fn all(tested: &[&Predictions], drawn: Drawn) -> Vec<Self> {
        let commonest = [0, 1].map(|camp| {
            let confusion = Confusion::of(CLASSES, tested.iter().map(|article| article.pair(camp)));
            (0..CLASSES).rev().max_by_key(|&label| confusion.labelled(label)).unwrap_or_default()
        });
        let of = |name, says: &dyn Fn(&Predictions) -> [usize; CAMPS]| {
            let (camps, mean) = differences(tested, drawn, &|_, article| says(article));
            Self { name, camps, mean }
        };
        vec![
            of("commonest", &|_| commonest),
            of("keywords", &|article| article.said.keywords.map(class)),
            of("names", &|article| article.said.names.map(class)),
        ]
    }
}

/// Macro-F1 of what `before` says of each article, given its position too, and of the model's
/// answers: toward each camp, and on average.
pub(super) fn differences(
    tested: &[&Predictions],
    drawn: Drawn,
    before: &dyn Fn(usize, &Predictions) -> [usize; CAMPS],
) -> ([Difference; CAMPS], Difference) {
    let pairs = |position: usize, article: &Predictions| {
        let before = before(position, article);
        [0, 1].map(|camp: usize| {
            let (label, after) = article.pair(camp);
            Paired { output: camp, label, before: before[camp], after }
        })
    };
    let clusters: Vec<Vec<Paired>> =
        drawn.clusters(tested, pairs).into_iter().map(|cluster| cluster.concat()).collect();
    let outputs = [0, 1].map(|camp| (camp, CLASSES, AVERAGED));
    let camps = [0, 1].map(|camp: usize| Difference::of(&clusters, &outputs[camp..=camp]));
    (camps, Difference::of(&clusters, &outputs))
}

#[cfg(test)]
mod tests {
    use super::super::tested::tests::tested;
    use super::*;
    use crate::camp::Stance::{Favor, Neutral};

    #[test]
    fn the_commonest_label_is_of_the_same_articles_and_the_difference_is_the_model_s_gain() {
        let labels = [Favor, Neutral, Neutral, Neutral];
        let articles: Vec<Predictions> = labels
            .iter()
            .enumerate()
            .map(|(at, &label)| tested(&at.to_string(), [label; 2], Some([label; 2])))
            .collect();
        let all: Vec<&Predictions> = articles.iter().collect();
        let found = Baseline::all(&all, Drawn::of(&all));
        assert_eq!(
            found.iter().map(|baseline| baseline.name).collect::<Vec<_>>(),
            ["commonest", "keywords", "names"]
        );
        // Always neutral: F1 2 · 3 / 7, the others 0. The model is always right where two classes
        // occur: 2/3.
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
