//! The parameters of training. They are checked when they are made, so every value of these types
//! is valid.

use crate::features::{BlockSettings, Extractor};
use crate::model::Model;

/// The penalty is out of range.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("alpha {0}: give a number above 0, such as 0.1")]
pub struct InvalidPenalty(pub f64);

/// The strength alpha of the L2 penalty: finite and above 0.
///
/// It is the factor in `alpha / 2 · |weights|²`, next to the loss summed over the articles:
/// scikit-learn's `1 / C`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Penalty(f64);

impl Penalty {
    /// Checks `alpha`.
    ///
    /// # Errors
    /// [`InvalidPenalty`] if `alpha` is not finite or not above 0.
    pub fn new(alpha: f64) -> Result<Self, InvalidPenalty> {
        if alpha.is_finite() && alpha > 0.0 { Ok(Self(alpha)) } else { Err(InvalidPenalty(alpha)) }
    }

    /// A penalty that is known when the program is built.
    pub(crate) const fn fixed(alpha: f64) -> Self {
        assert!(alpha.is_finite() && alpha > 0.0);
        Self(alpha)
    }

    /// The value.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// The parameters of one fit.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingParams {
    /// How text becomes features.
    pub blocks: Vec<BlockSettings>,
    /// How sentences are classified, where sides are told from them.
    pub sentences: Option<SentenceParams>,
    /// Strength of the L2 penalty.
    pub alpha: Penalty,
}

/// The parameters of the classifier of sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceParams {
    /// How a sentence becomes features.
    pub blocks: Vec<BlockSettings>,
    /// Strength of the L2 penalty.
    pub alpha: Penalty,
}

impl TrainingParams {
    /// The parameters that `model` was trained with.
    ///
    /// # Errors
    /// [`InvalidPenalty`] if the model file names a penalty that is out of range.
    pub fn from_model(model: &Model) -> Result<Self, InvalidPenalty> {
        let blocks = |extractor: &Extractor| {
            extractor.blocks().iter().map(|(settings, _)| settings.clone()).collect()
        };
        let sentences = match (model.extractor().sentences(), model.provenance().sentence_alpha) {
            (Some(classifier), Some(alpha)) => Some(SentenceParams {
                blocks: blocks(classifier.extractor()),
                alpha: Penalty::new(alpha)?,
            }),
            _ => None,
        };
        Ok(Self {
            blocks: blocks(model.extractor()),
            sentences,
            alpha: Penalty::new(model.provenance().alpha)?,
        })
    }
}
