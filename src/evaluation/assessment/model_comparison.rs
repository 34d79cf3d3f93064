//! Comparison of two models on the same articles.

use super::N_CAMPS;
use super::baselines::differences;
use super::predictions::{Predictions, Resampling, class};
use crate::camp::Stance;
use crate::evaluation::mcnemar;
use crate::evaluation::paired::PairedDifference;

/// A model compared with another: `before` is the other one, `after` the model.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelComparison {
    /// Toward each camp.
    pub camps: [CampComparison; N_CAMPS],
    /// Macro-F1, mean over the camps.
    pub mean: PairedDifference,
    /// The predictions that differ, by article and camp.
    pub changed: Vec<ChangedStance>,
}

/// Two models' stances toward one camp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CampComparison {
    /// Macro-F1.
    pub difference: PairedDifference,
    /// How many articles only the model predicts correctly.
    pub only_model_correct: usize,
    /// How many articles only the other model predicts correctly.
    pub only_other_correct: usize,
    /// p-value of the exact two-sided test of these two ([`crate::evaluation::mcnemar`]).
    pub p_value: f64,
}

/// A stance that two models predict differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedStance {
    /// Id of the article.
    pub id: String,
    /// Number of the camp.
    pub camp: usize,
    /// The label.
    pub label: Stance,
    /// The other model's prediction.
    pub other: Stance,
    /// The model's prediction.
    pub model: Stance,
}

impl ModelComparison {
    /// Compares the model's `predictions` with those of another model in `others`, shape
    /// `(n_articles)`: unrelated for an article that it cannot score.
    pub fn new(predictions: &[Predictions], others: &[[Stance; N_CAMPS]]) -> Self {
        let all: Vec<&Predictions> = predictions.iter().collect();
        let other = |position: usize, _: &Predictions| others[position].map(class);
        let (differences, mean) = differences(&all, Resampling::by_event(&all), &other);
        let camps = [0, 1].map(|camp: usize| {
            let correct = |stances: [Stance; N_CAMPS], article: &Predictions| {
                stances[camp] == article.labels[camp]
            };
            let both = || predictions.iter().zip(others);
            let only_model = both()
                .filter(|(article, other)| {
                    correct(article.predicted(), article) && !correct(**other, article)
                })
                .count();
            let only_other = both()
                .filter(|(article, other)| {
                    !correct(article.predicted(), article) && correct(**other, article)
                })
                .count();
            CampComparison {
                difference: differences[camp],
                only_model_correct: only_model,
                only_other_correct: only_other,
                p_value: mcnemar::exact(only_model, only_other),
            }
        });
        let changed = |(article, other): (&Predictions, &[Stance; N_CAMPS])| {
            let (label, predicted, other) = (article.labels, article.predicted(), *other);
            let differs = move |camp: &usize| predicted[*camp] != other[*camp];
            let id = article.id.clone();
            let of = move |camp: usize| ChangedStance {
                id: id.clone(),
                camp,
                label: label[camp],
                other: other[camp],
                model: predicted[camp],
            };
            (0..N_CAMPS).filter(differs).map(of).collect::<Vec<_>>()
        };
        Self { camps, mean, changed: predictions.iter().zip(others).flat_map(changed).collect() }
    }
}
