//! A model whose probabilities are calibrated anew, with the same weights.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Checksum, Decision, Model, ModelError, ModelParts, Scaling};

/// The articles that a model was calibrated on after it was trained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdaptedTo {
    /// How many they are.
    pub n_articles: usize,
    /// BLAKE3 hash of the articles and their labels.
    pub hash: String,
}

impl Model {
    /// What the heads say of a text after their scaling, before it becomes probabilities; shape
    /// `(n_heads, n_classes)`.
    pub fn scaled_logits(&self, read: &crate::text::AnalyzedText) -> Vec<Vec<f64>> {
        let row = self.extractor.row(read);
        let heads = self.heads.iter().zip(&self.scalings);
        heads.map(|(head, scaling)| scaling.logits(&head.logits(&row))).collect()
    }

    /// The model with one more scaling behind that of each head, and other decisions. `keys` are
    /// those of the articles that they were learned from.
    ///
    /// # Errors
    /// [`ModelError`] when they do not fit the model.
    pub fn adapted(
        self,
        scalings: &[Scaling],
        decisions: Vec<Decision>,
        to: AdaptedTo,
        keys: &BTreeSet<String>,
    ) -> Result<Self, ModelError> {
        let mut provenance = self.provenance;
        provenance.adapted = Some(to);
        let no_labels = vec![None; self.task.outputs().len()];
        for key in keys {
            provenance.labels.entry(key.clone()).or_insert_with(|| no_labels.clone());
        }
        let joined = self.scalings.iter().zip(scalings).map(|(first, then)| first.then(then));
        let mut model = Self::new(ModelParts {
            scalings: joined.collect(),
            decisions,
            provenance,
            task: self.task,
            unit: self.unit,
            text: self.text,
            extractor: self.extractor,
            heads: self.heads,
            reference: self.reference,
        })?;
        model.checksum = Checksum::default();
        Ok(model)
    }
}
