//! Predictions of one or two models for labelled articles.

use super::Predictions;
use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::model::Model;
use crate::scoring::{NotStances, Scorer, Unscorable};
use crate::text::TextReader;

/// Why a model cannot be assessed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssessorError {
    /// The model does not predict stances.
    #[error(transparent)]
    Model(#[from] NotStances),
    /// The other model does not predict stances.
    #[error("the model to compare with: {0}")]
    Other(NotStances),
    /// The models predict stances toward different camps.
    #[error("the models score different camps: {} and {}", .0.join(", "), .1.join(", "))]
    Camps(Vec<String>, Vec<String>),
}

/// Scores labelled articles by a model and its baselines, and optionally by another model.
#[derive(Debug)]
pub struct Assessor {
    scorer: Scorer,
    other: Option<Scorer>,
    reader: TextReader,
}

impl Assessor {
    /// An assessor of `model`, compared with `other` if there is one.
    ///
    /// # Errors
    /// [`AssessorError`] if a model does not predict stances, or their camps differ.
    pub fn new(model: Model, other: Option<Model>) -> Result<Self, AssessorError> {
        let scorer = Scorer::new(model)?;
        let other = other.map(Scorer::new).transpose().map_err(AssessorError::Other)?;
        if let Some(other) = &other
            && other.camps().ids() != scorer.camps().ids()
        {
            let [own, others] = [&scorer, other].map(|scorer| scorer.camps().ids());
            return Err(AssessorError::Camps(
                own.map(str::to_owned).to_vec(),
                others.map(str::to_owned).to_vec(),
            ));
        }
        let reader = scorer.model().reader();
        Ok(Self { scorer, other, reader })
    }

    /// The camps of both models.
    pub fn camps(&self) -> &Camps {
        self.scorer.camps()
    }

    /// The model.
    pub fn model(&self) -> &Model {
        self.scorer.model()
    }

    /// The predictions for an article, and why the model cannot score it, if so. The second part of
    /// the pair is the other model's prediction: unrelated toward both camps if there is no other
    /// model, or if it cannot score the article.
    pub fn predict(
        &self,
        article: Article,
        labels: [Stance; 2],
    ) -> (Predictions, [Stance; 2], Option<Unscorable>) {
        let (verdict, unscorable) = match self.scorer.score(&article) {
            Ok(verdict) => (Some(verdict), None),
            Err(unscorable) => (None, Some(unscorable)),
        };
        let other = self
            .other
            .as_ref()
            .and_then(|other| other.score(&article).ok())
            .map_or([Stance::Unrelated; 2], |verdict| verdict.camps.map(|camp| camp.stance));
        (Predictions::new(article, labels, verdict, &self.reader), other, unscorable)
    }
}
