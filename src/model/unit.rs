//! The unit of text that a model scores.

use serde::{Deserialize, Serialize};

/// The unit of text that a model scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Unit {
    /// A whole article with its headline.
    #[default]
    Article,
    /// A single sentence.
    Sentence,
}

impl Unit {
    /// Whether it is the default, which model files leave out.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn is_article(&self) -> bool {
        *self == Self::Article
    }
}
