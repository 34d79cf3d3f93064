//! Two models on the same articles.

use super::CAMPS;
use super::baselines::differences;
use super::tested::{Drawn, Predictions, class};
use crate::camp::Stance;
use crate::evaluation::mcnemar;
use crate::evaluation::paired::Difference;

/// The model that is evaluated against another.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelComparison {
    /// Toward each camp.
    pub camps: [CampComparison; CAMPS],
    /// Macro-F1, mean over the camps; `before` is the other model.
    pub mean: Difference,
    /// The answers that differ, by article and camp.
    pub changed: Vec<Changed>,
}

/// Two models' stances toward one camp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CampComparison {
    /// Macro-F1; `before` is the other model.
    pub difference: Difference,
    /// How many articles just the model has right.
    pub only_model: usize,
    /// How many articles just the other one has right.
    pub only_other: usize,
    /// p of the exact two-sided test of these two ([`crate::evaluation::mcnemar`]).
    pub p: f64,
}

/// An answer that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Id of the article.
    pub id: String,
    /// Number of the camp.
    pub camp: usize,
    /// The label.
    pub label: Stance,
    /// What the other model says.
    pub other: Stance,
    /// What the model says.
    pub model: Stance,
}

impl ModelComparison {
    /// Compares what the model says of `tested` with what another says: `others`, one for each of
    /// them, unrelated where it could not score the article.
    pub fn of(tested: &[Predictions], others: &[[Stance; CAMPS]]) -> Self {
        let all: Vec<&Predictions> = tested.iter().collect();
        let other = |position: usize, _: &Predictions| others[position].map(class);
        let (differences, mean) = differences(&all, Drawn::of(&all), &other);
        let camps = [0, 1].map(|camp: usize| {
            let right = |stances: [Stance; CAMPS], article: &Predictions| {
                stances[camp] == article.labels[camp]
            };
            let both = || tested.iter().zip(others);
            let only_model = both()
                .filter(|(article, other)| {
                    right(article.given(), article) && !right(**other, article)
                })
                .count();
            let only_other = both()
                .filter(|(article, other)| {
                    !right(article.given(), article) && right(**other, article)
                })
                .count();
            CampComparison {
                difference: differences[camp],
                only_model,
                only_other,
                p: mcnemar::exact(only_model, only_other),
            }
        });
        let changed = |(article, other): (&Predictions, &[Stance; CAMPS])| {
            let (label, given, other) = (article.labels, article.given(), *other);
            let differs = move |camp: &usize| given[*camp] != other[*camp];
            let id = article.id.clone();
            let of = move |camp: usize| Changed {
                id: id.clone(),
                camp,
                label: label[camp],
                other: other[camp],
                model: given[camp],
            };
            (0..CAMPS).filter(differs).map(of).collect::<Vec<_>>()
        };
        Self { camps, mean, changed: tested.iter().zip(others).flat_map(changed).collect() }
    }
}
