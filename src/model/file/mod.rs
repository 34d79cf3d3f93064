//! The model file: [safetensors](https://github.com/huggingface/safetensors), which Python reads
//! too.
//!
//! Its metadata has one key, `mizan`: a JSON object (`Card`) with everything that is not a tensor.
//! Its tensors:
//!
//! | name | type, shape | |
//! |---|---|---|
//! | `blocks.I.vocabulary` | U8 `(n_bytes)` | terms of block I, ascending, a line feed after each |
//! | `blocks.I.idf` | F64 `(n_terms)` | |
//! | `heads.I.weights` | F32 `(n_features, n_classes)` | all `n_terms`, then the supports |
//! | `heads.I.intercepts` | F32 `(n_classes)` | |
//! | `sentences.blocks.I.…` | as above | where sides are told from sentences: their features |
//! | `sentences.weights` | F32 `(n_features, n_supports)` | two supports a camp: favor, against |
//! | `sentences.intercepts` | F32 `(n_supports)` | |
//!
//! The card begins with the BLAKE3 hash of everything after it: the rest of the card, and of each
//! tensor, by name, its name, type, shape and bytes. Nothing in the file is ever executed.
//!
//! ```python
//! import json, safetensors
//! with safetensors.safe_open("models/libya.safetensors", "np") as model:
//!     card = json.loads(model.metadata()["mizan"])
//!     terms = model.get_tensor("blocks.0.vocabulary").tobytes().decode().splitlines()
//!     weights = model.get_tensor("heads.1.weights")          # (n_features, n_classes)
//! ```

mod tensors;

use std::sync::Arc;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

use super::{
    Checksum, Decision, Head, MAX_BLOCKS, Model, ModelError, ModelParts, Provenance, Reference,
    Scaling, Task, Unit,
};
use crate::features::{BlockSettings, Extractor};
use crate::text::TextSettings;

/// Version of the format that is written.
pub(super) const FORMAT: u32 = 6;

/// The oldest format that is read; it has no reference. Formats before 4 have no classifier of
/// sentences, those before 5 no stems beside one camp, those before 6 no names that are only likely
/// to tie a text to the conflict. A file of any other format is refused.
pub(super) const OLDEST_FORMAT: u32 = 2;

/// The metadata key of the card.
const CARD: &str = "mizan";

/// How a card begins; 64 hexadecimal digits and a quotation mark follow.
const CHECKSUM: &str = "{\"checksum\":\"";

/// Everything in a model file that is not a tensor.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    checksum: String,
    format: u32,
    #[serde(default, skip_serializing_if = "Unit::is_article")]
    unit: Unit,
    task: Task,
    text: TextSettings,
    blocks: Vec<BlockSettings>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<BlockSettings>>,
    scalings: Vec<Scaling>,
    decisions: Vec<Decision>,
    provenance: Provenance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<Reference>,
}

/// The one key of the card that every version has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Model {
    /// The bytes of the model's file. Equal models give equal bytes.
    ///
    /// # Errors
    /// [`ModelError::Container`] when the container cannot hold them.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        let settings = |extractor: &Extractor| {
            extractor.blocks().iter().map(|(settings, _)| settings.clone()).collect()
        };
        let sentences = self.extractor.sentences();
        let card = Card {
            checksum: String::new(),
            format: FORMAT,
            unit: self.unit,
            task: self.task.clone(),
            text: self.text.clone(),
            blocks: settings(&self.extractor),
            sentences: sentences.map(|classifier| settings(classifier.extractor())),
            scalings: self.scalings.clone(),
            decisions: self.decisions.clone(),
            provenance: self.provenance.clone(),
            reference: self.reference.clone(),
        };
        let card = serde_json::to_string(&card)?;
        let rest = card.strip_prefix(CHECKSUM).ok_or(ModelError::Checksum)?;
        let tensors = tensors::of_model(self);
        let views = tensors
            .iter()
            .map(|tensor| {
                Ok((
                    tensor.name.as_str(),
                    TensorView::new(tensor.dtype, tensor.shape.clone(), &tensor.bytes)?,
                ))
            })
            .collect::<Result<Vec<_>, ModelError>>()?;
        let checksum = checksum(rest, views.clone());
        Ok(safetensors::serialize(
            views,
            Some([(CARD.to_owned(), format!("{CHECKSUM}{checksum}{rest}"))].into_iter().collect()),
        )?)
    }

    /// The model in the bytes of a file. The checksum, then lengths, shapes and numbers are checked
    /// before they are used.
    ///
    /// # Errors
    /// [`ModelError`] says what is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (_, header) = SafeTensors::read_metadata(bytes)?;
        let tensors = SafeTensors::deserialize(bytes)?;
        let card = header
            .metadata()
            .as_ref()
            .and_then(|metadata| metadata.get(CARD))
            .ok_or(ModelError::NoCard)?;
        let version: Version = serde_json::from_str(card)?;
        if !(OLDEST_FORMAT..=FORMAT).contains(&version.format) {
            return Err(ModelError::Format(version.format));
        }
        let (stated, rest) = card
            .strip_prefix(CHECKSUM)
            .and_then(|rest| rest.split_at_checked(64))
            .ok_or(ModelError::Checksum)?;
        if checksum(rest, tensors.iter()) != stated {
            return Err(ModelError::Checksum);
        }
        let card: Card = serde_json::from_str(card)?;
        // Before any tensor is read, so that a forged card costs no memory.
        let of_sentences = card.sentences.as_ref().map_or(1, Vec::len);
        for n_blocks in [card.blocks.len(), of_sentences] {
            if !(1..=MAX_BLOCKS).contains(&n_blocks) {
                return Err(ModelError::BlockCount(n_blocks));
            }
        }
        card.task.check().map_err(ModelError::Task)?;
        let mut extractor = tensors::extractor(&tensors, "", card.blocks)?;
        if let Some(settings) = card.sentences {
            let camps = card
                .task
                .camps()
                .map_or_else(Vec::new, |camps| camps.ids().map(str::to_owned).to_vec());
            let classifier = tensors::sentences(&tensors, settings, &camps)?;
            extractor = extractor.with_sentences(Arc::new(classifier));
        }
        let heads = card.task.heads().into_iter().enumerate().map(|(number, question)| {
            let tensor = |name: &str| {
                let name = format!("heads.{number}.{name}");
                tensors::numbers(&tensors, &name, Dtype::F32, f32::from_le_bytes)
            };
            Head::new(tensor("weights")?, tensor("intercepts")?).ok_or(ModelError::Head {
                head: number,
                n_features: extractor.n_features(),
                n_classes: question.classes.len(),
            })
        });
        let model = Self::new(ModelParts {
            heads: heads.collect::<Result<_, _>>()?,
            extractor,
            unit: card.unit,
            task: card.task,
            text: card.text,
            scalings: card.scalings,
            decisions: card.decisions,
            provenance: card.provenance,
            reference: card.reference,
        })?;
        Ok(Self { checksum: Checksum::known(stated), ..model })
    }

    /// The checksum that the content of a file should have; `None` if the bytes are not of the form
    /// of a model file.
    pub fn checksum_of(bytes: &[u8]) -> Option<String> {
        let (_, header) = SafeTensors::read_metadata(bytes).ok()?;
        let tensors = SafeTensors::deserialize(bytes).ok()?;
        let card = header.metadata().as_ref()?.get(CARD)?;
        let (_, rest) = card.strip_prefix(CHECKSUM)?.split_at_checked(64)?;
        Some(checksum(rest, tensors.iter()))
    }
}

/// BLAKE3 of the card without its beginning and of the tensors by name.
fn checksum<'a, S: AsRef<str>>(
    card: &str,
    tensors: impl IntoIterator<Item = (S, TensorView<'a>)>,
) -> String {
    let mut tensors: Vec<(S, TensorView<'a>)> = tensors.into_iter().collect();
    tensors.sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
    let mut hasher = blake3::Hasher::new();
    hasher.update(card.as_bytes());
    for (name, tensor) in tensors {
        hasher.update(
            format!("\n{} {:?} {:?}\n", name.as_ref(), tensor.dtype(), tensor.shape()).as_bytes(),
        );
        hasher.update(tensor.data());
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests;
