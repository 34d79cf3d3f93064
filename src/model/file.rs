//! The model file: [safetensors](https://github.com/huggingface/safetensors), which Python reads
//! too.
//!
//! Its metadata hold one key, `mizan`: a JSON object (`Card`) with all that is no tensor. Its
//! tensors:
//!
//! | name | type, shape | |
//! |---|---|---|
//! | `blocks.I.vocabulary` | U8 `(n_bytes)` | the terms of the Ith block in UTF-8, ascending, each ended by a line feed |
//! | `blocks.I.idf` | F64 `(n_terms)` | |
//! | `heads.I.weights` | F32 `(n_features, n_classes)` | `n_features` is the sum of the blocks' `n_terms` |
//! | `heads.I.intercepts` | F32 `(n_classes)` | |
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

use std::sync::Arc;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

use super::{Checksum, Decision, Head, Model, Provenance, Reference, Scaling, Task};
use crate::features::{BlockSettings, Extractor, Tfidf};
use crate::text::TextSettings;

/// Version of the form of the file that is written.
const FORMAT: u32 = 3;

/// The oldest version that is read; it has no reference. A file of any other version is refused.
const OLDEST: u32 = 2;

/// The metadata key under which the card stands.
const CARD: &str = "mizan";

/// How a card begins; 64 hexadecimal digits and a quotation mark follow.
const CHECKSUM: &str = "{\"checksum\":\"";

/// Most blocks that a model may have.
const MAX_BLOCKS: usize = 16;

/// What a model file says beside its numbers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    checksum: String,
    format: u32,
    task: Task,
    text: TextSettings,
    blocks: Vec<BlockSettings>,
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

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelFileError {
    /// Not safetensors, or its header contradicts its length.
    #[error("it is no model file: {0}")]
    Container(#[from] safetensors::SafeTensorError),
    /// Made for other programs, or damaged.
    #[error("it is no model of mizan: {0}")]
    Content(String),
    /// Changed since it was written.
    #[error(
        "its content does not have its checksum: the file is damaged; get it again, or train it again"
    )]
    Checksum,
    /// Made by another version.
    #[error(
        "its format is {0} and this program reads formats {OLDEST} to {FORMAT}: use the version of mizan that trained it, or train it again"
    )]
    Format(u32),
    /// Its text steps are others than this program's.
    #[error("it reads text by steps {0} and this program by steps {steps}: train it again", steps = TextSettings::STEPS)]
    Steps(u32),
}

fn content(message: impl Into<String>) -> ModelFileError {
    ModelFileError::Content(message.into())
}

/// A tensor that is to be written.
struct Tensor {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl Model {
    /// The bytes of the model's file. The same model gives the same bytes.
    ///
    /// # Errors
    /// When the container cannot hold them.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelFileError> {
        let mut tensors = Vec::new();
        let mut add =
            |name: String, dtype, shape, bytes| tensors.push(Tensor { name, dtype, shape, bytes });
        for (number, (_, tfidf)) in self.extractor.blocks().iter().enumerate() {
            let vocabulary: Vec<u8> =
                tfidf.terms().iter().flat_map(|term| term.bytes().chain([b'\n'])).collect();
            add(
                format!("blocks.{number}.vocabulary"),
                Dtype::U8,
                vec![vocabulary.len()],
                vocabulary,
            );
            let idf = tfidf.idf().iter().flat_map(|idf| idf.to_le_bytes()).collect();
            add(format!("blocks.{number}.idf"), Dtype::F64, vec![tfidf.n_features()], idf);
        }
        for (number, head) in self.heads.iter().enumerate() {
            let bytes =
                |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            add(
                format!("heads.{number}.weights"),
                Dtype::F32,
                vec![head.n_features(), head.n_classes()],
                bytes(head.weights()),
            );
            add(
                format!("heads.{number}.intercepts"),
                Dtype::F32,
                vec![head.n_classes()],
                bytes(head.intercepts()),
            );
        }
        let card = Card {
            checksum: String::new(),
            format: FORMAT,
            task: self.task.clone(),
            text: self.text.clone(),
            blocks: self.extractor.blocks().iter().map(|(settings, _)| settings.clone()).collect(),
            scalings: self.scalings.clone(),
            decisions: self.decisions.clone(),
            provenance: self.provenance.clone(),
            reference: self.reference.clone(),
        };
        let card = serde_json::to_string(&card).map_err(|error| content(error.to_string()))?;
        let rest =
            card.strip_prefix(CHECKSUM).ok_or_else(|| content("its card has no checksum"))?;
        let views = tensors
            .iter()
            .map(|tensor| {
                Ok((
                    tensor.name.as_str(),
                    TensorView::new(tensor.dtype, tensor.shape.clone(), &tensor.bytes)?,
                ))
            })
            .collect::<Result<Vec<_>, ModelFileError>>()?;
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
    /// [`ModelFileError`] says what is wrong and what to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelFileError> {
        let (_, header) = SafeTensors::read_metadata(bytes)?;
        let tensors = SafeTensors::deserialize(bytes)?;
        let card = header
            .metadata()
            .as_ref()
            .and_then(|metadata| metadata.get(CARD))
            .ok_or_else(|| content(format!("its metadata have no `{CARD}`")))?;
        let version: Version =
            serde_json::from_str(card).map_err(|error| content(format!("card: {error}")))?;
        if !(OLDEST..=FORMAT).contains(&version.format) {
            return Err(ModelFileError::Format(version.format));
        }
        let stated = card
            .strip_prefix(CHECKSUM)
            .and_then(|rest| rest.split_at_checked(64))
            .ok_or(ModelFileError::Checksum)?;
        if checksum(stated.1, tensors.iter()) != stated.0 {
            return Err(ModelFileError::Checksum);
        }
        let card: Card =
            serde_json::from_str(card).map_err(|error| content(format!("card: {error}")))?;
        if card.text.steps != TextSettings::STEPS {
            return Err(ModelFileError::Steps(card.text.steps));
        }
        card.task.check().map_err(content)?;
        if card.blocks.is_empty() || card.blocks.len() > MAX_BLOCKS {
            return Err(content(format!(
                "it has {} blocks of features: 1 to {MAX_BLOCKS} are right",
                card.blocks.len()
            )));
        }
        let blocks = card
            .blocks
            .into_iter()
            .enumerate()
            .map(|(number, settings)| block(&tensors, number, settings));
        let extractor = Extractor::new(blocks.collect::<Result<_, _>>()?);

        let heads = card.task.heads().into_iter().enumerate().map(|(number, question)| {
            let n_classes = question.classes.len();
            let fits = |head: &Head| {
                head.n_classes() == n_classes && head.n_features() == extractor.n_features()
            };
            let weights = numbers(
                &tensors,
                &format!("heads.{number}.weights"),
                Dtype::F32,
                f32::from_le_bytes,
            )?;
            let intercepts = numbers(
                &tensors,
                &format!("heads.{number}.intercepts"),
                Dtype::F32,
                f32::from_le_bytes,
            )?;
            Head::new(weights, intercepts).filter(fits).ok_or_else(|| {
                content(format!(
                    "heads.{number}: not {} × {n_classes} finite weights",
                    extractor.n_features()
                ))
            })
        });
        let heads = heads.collect::<Result<Vec<_>, _>>()?;
        let scalings_fit =
            heads.iter().zip(&card.scalings).all(|(head, scaling)| scaling.fits(head.n_classes()));
        if card.scalings.len() != heads.len() || !scalings_fit {
            return Err(content("scalings: not a scale and a shift for each class"));
        }
        let outputs = card.task.outputs();
        let fits = outputs
            .iter()
            .zip(&card.decisions)
            .all(|(output, decision)| decision.fits(output.classes.len()));
        if card.decisions.len() != outputs.len() || !fits {
            return Err(content(
                "decisions: not an offset for each class and a threshold for each risk",
            ));
        }
        card.reference
            .as_ref()
            .map_or(Ok(()), Reference::check)
            .map_err(|error| content(format!("reference: {error}")))?;
        Ok(Self {
            heads,
            extractor,
            task: card.task,
            text: card.text,
            scalings: card.scalings,
            decisions: card.decisions,
            provenance: card.provenance,
            reference: card.reference,
            checksum: Checksum::known(stated.0),
        })
    }
}

impl Model {
    /// The checksum that the content of a file ought to have, right or wrong as it stands; `None`
    /// where it has no such content.
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

/// One block of features.
fn block(
    tensors: &SafeTensors<'_>,
    number: usize,
    settings: BlockSettings,
) -> Result<(BlockSettings, Arc<Tfidf>), ModelFileError> {
    let name = format!("blocks.{number}");
    settings.check().map_err(|error| content(format!("{name}: {error}")))?;
    let vocabulary = tensor(tensors, &format!("{name}.vocabulary"), Dtype::U8)?;
    let vocabulary = str::from_utf8(vocabulary.data())
        .map_err(|error| content(format!("{name}.vocabulary: {error}")))?;
    let idf = numbers(tensors, &format!("{name}.idf"), Dtype::F64, f64::from_le_bytes)?;
    let n_terms = vocabulary.lines().count();
    if idf.len() != n_terms || idf.iter().any(|idf| !idf.is_finite() || *idf <= 0.0) {
        return Err(content(format!(
            "{name}.idf: not {n_terms} positive numbers, one for each term"
        )));
    }
    if !vocabulary.lines().is_sorted_by(|a, b| a < b) {
        return Err(content(format!("{name}.vocabulary: its terms are not in ascending order")));
    }
    let tfidf =
        Tfidf::new(settings.tfidf.clone(), vocabulary.lines().map(str::to_owned).collect(), idf);
    Ok((settings, Arc::new(tfidf)))
}

fn tensor<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    dtype: Dtype,
) -> Result<TensorView<'a>, ModelFileError> {
    let tensor = tensors.tensor(name)?;
    if tensor.dtype() == dtype {
        Ok(tensor)
    } else {
        Err(content(format!("{name}: {:?} instead of {dtype:?}", tensor.dtype())))
    }
}

fn numbers<T, const N: usize>(
    tensors: &SafeTensors<'_>,
    name: &str,
    dtype: Dtype,
    read: fn([u8; N]) -> T,
) -> Result<Vec<T>, ModelFileError> {
    let (numbers, _) = tensor(tensors, name, dtype)?.data().as_chunks::<N>();
    Ok(numbers.iter().copied().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `bytes` with the card changed, under the right checksum.
    fn forged(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
        let at = bytes
            .windows(from.len())
            .position(|window| window == from.as_bytes())
            .expect("it stands in the card");
        let mut forged = bytes.to_vec();
        forged[at..at + from.len()].copy_from_slice(to.as_bytes());
        let (old, new) = (Model::checksum_of(bytes).unwrap(), Model::checksum_of(&forged).unwrap());
        let at = forged.windows(64).position(|window| window == old.as_bytes()).unwrap();
        forged[at..at + 64].copy_from_slice(new.as_bytes());
        forged
    }

    #[test]
    fn a_file_of_the_version_before_is_read_and_has_no_reference() {
        let model = Model { reference: None, ..Model::embedded().unwrap() };
        let of_format = |format: char| {
            forged(
                &model.to_bytes().unwrap(),
                r#"\"format\":3"#,
                &format!(r#"\"format\":{format}"#),
            )
        };
        assert_eq!(Model::from_bytes(&of_format('2')).unwrap(), model);
        let later = Model::from_bytes(&of_format('4')).unwrap_err().to_string();
        assert!(later.contains("its format is 4 and this program reads formats 2 to 3"), "{later}");
    }

    #[test]
    fn a_reference_is_small_and_must_hold_every_article() {
        let model = Model::embedded().unwrap();
        let reference = model.reference.clone().unwrap();
        assert!(serde_json::to_string(&reference).unwrap().len() < 4096);
        let bytes = Model {
            reference: Some(Reference { articles: reference.articles + 1, ..reference }),
            ..model
        }
        .to_bytes()
        .unwrap();
        let error = Model::from_bytes(&bytes).unwrap_err().to_string();
        assert!(error.contains("reference: a histogram of"), "{error}");
    }
}
