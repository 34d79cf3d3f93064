//! The model: everything that is needed to read an article and to weigh it, and nothing that is not.

pub mod file;
pub mod head;

use serde::{Deserialize, Serialize};

use crate::camp::Camps;
use crate::features::Tfidf;
use crate::text::TextSettings;
pub use file::ModelFileError;
pub use head::Head;

/// What a model was made of and with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Version of the program that trained it.
    pub mizan: String,
    /// How many articles it was trained on.
    pub articles: usize,
    /// BLAKE3 hash of the camps, the articles and their labels.
    pub labelled_set: String,
    /// Strength of the L2 penalty: `alpha / 2 · |weights|²` beside the summed loss (scikit-learn's `1 / C`).
    pub alpha: f64,
}

/// A trained model of the stances toward two camps.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceModel {
    /// The camps that it knows.
    pub camps: Camps,
    /// How it reads text.
    pub text: TextSettings,
    /// How it turns terms into features.
    pub tfidf: Tfidf,
    /// Whether an article is about the conflict: classes related, unrelated.
    pub relevance: Head,
    /// The stance toward each camp, in the camps' order, of an article that is about the conflict: classes
    /// [`SIDES`](crate::camp::Stance::SIDES).
    pub stances: [Head; 2],
    /// What it was made of.
    pub provenance: Provenance,
}

impl StanceModel {
    /// Number of classes of [`Self::relevance`]: related, unrelated.
    pub const RELEVANCE_CLASSES: usize = 2;

    /// The model that ships inside the program: trained on `labeled/`, the same bytes as `models/libya.safetensors`.
    ///
    /// # Errors
    /// Only when the file was damaged before the program was built.
    pub fn embedded() -> Result<Self, ModelFileError> {
        Self::from_bytes(include_bytes!("../../models/libya.safetensors"))
    }
}
