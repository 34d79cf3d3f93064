//! The model file: [safetensors](https://github.com/huggingface/safetensors), which Python reads too.
//!
//! Its metadata hold one key, `mizan`: a JSON object (`Card`) with what is not a number. Its tensors:
//!
//! | name | type, shape | |
//! |---|---|---|
//! | `vocabulary` | U8 `(n_bytes)` | the terms in UTF-8, ascending, each ended by a line feed |
//! | `idf` | F64 `(n_features)` | |
//! | `H.weights` | F32 `(n_features, n_classes)` | H is `relevance` or a camp's id |
//! | `H.intercepts` | F32 `(n_classes)` | |

use std::collections::HashMap;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

use super::{Head, Provenance, StanceModel};
use crate::camp::{Camps, Stance};
use crate::features::{Tfidf, TfidfVectorizer};
use crate::text::TextSettings;

/// Version of the form of the file. A file of a later version is refused.
const FORMAT: u32 = 1;

/// The metadata key under which the card stands.
const CARD: &str = "mizan";

/// What a model file says beside its numbers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    format: u32,
    camps: Camps,
    text: TextSettings,
    tfidf: TfidfVectorizer,
    provenance: Provenance,
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
    /// Made by a later version.
    #[error("its format is {0} and this program reads format {FORMAT}: use the version of mizan that trained it, or train it again")]
    Format(u32),
    /// Its text steps are others than this program's.
    #[error("it reads text by steps {0} and this program by steps {steps}: train it again", steps = TextSettings::STEPS)]
    Steps(u32),
}

fn content(message: impl Into<String>) -> ModelFileError {
    ModelFileError::Content(message.into())
}

impl StanceModel {
    /// The heads with the names of their tensors.
    fn heads(&self) -> [(&str, &Head); 3] {
        let [first, second] = self.camps.ids();
        [("relevance", &self.relevance), (first, &self.stances[0]), (second, &self.stances[1])]
    }

    /// The bytes of the model's file. The same model gives the same bytes.
    ///
    /// # Errors
    /// When the container cannot hold them.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelFileError> {
        let card = Card {
            format: FORMAT,
            camps: self.camps.clone(),
            text: self.text.clone(),
            tfidf: self.tfidf.settings().clone(),
            provenance: self.provenance.clone(),
        };
        let card = serde_json::to_string(&card).map_err(|error| content(error.to_string()))?;
        let vocabulary: Vec<u8> = self.tfidf.terms().iter().flat_map(|term| term.bytes().chain([b'\n'])).collect();
        let idf: Vec<u8> = self.tfidf.idf().iter().flat_map(|idf| idf.to_le_bytes()).collect();
        let n_features = self.tfidf.n_features();
        let mut tensors = vec![
            ("vocabulary".to_owned(), Dtype::U8, vec![vocabulary.len()], vocabulary),
            ("idf".to_owned(), Dtype::F64, vec![n_features], idf),
        ];
        for (name, head) in self.heads() {
            let bytes = |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            let shape = vec![n_features, head.n_classes()];
            tensors.push((format!("{name}.weights"), Dtype::F32, shape, bytes(head.weights())));
            tensors.push((format!("{name}.intercepts"), Dtype::F32, vec![head.n_classes()], bytes(head.intercepts())));
        }
        let views = tensors
            .iter()
            .map(|(name, dtype, shape, bytes)| Ok((name, TensorView::new(*dtype, shape.clone(), bytes)?)))
            .collect::<Result<Vec<_>, ModelFileError>>()?;
        Ok(safetensors::serialize(views, Some(HashMap::from([(CARD.to_owned(), card)])))?)
    }

    /// The model in the bytes of a file. Lengths, shapes and numbers are checked before they are used.
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
        let version: Version = serde_json::from_str(card).map_err(|error| content(format!("card: {error}")))?;
        if version.format != FORMAT {
            return Err(ModelFileError::Format(version.format));
        }
        let card: Card = serde_json::from_str(card).map_err(|error| content(format!("card: {error}")))?;
        if card.text.steps != TextSettings::STEPS {
            return Err(ModelFileError::Steps(card.text.steps));
        }
        card.camps.check().map_err(content)?;
        card.tfidf.check().map_err(|error| content(error.to_string()))?;

        let vocabulary =
            str::from_utf8(tensor(&tensors, "vocabulary", Dtype::U8)?.data()).map_err(|error| content(format!("vocabulary: {error}")))?;
        let terms: Vec<String> = vocabulary.lines().map(str::to_owned).collect();
        if !terms.is_sorted_by(|a, b| a < b) {
            return Err(content("vocabulary: its terms are not in ascending order"));
        }
        let idf = numbers(&tensors, "idf", Dtype::F64, f64::from_le_bytes)?;
        if idf.len() != terms.len() || idf.iter().any(|idf| !idf.is_finite() || *idf <= 0.0) {
            return Err(content(format!("idf: not {} positive numbers, one for each term", terms.len())));
        }
        let head = |name: &str, n_classes: usize| {
            let weights = numbers(&tensors, &format!("{name}.weights"), Dtype::F32, f32::from_le_bytes)?;
            let intercepts = numbers(&tensors, &format!("{name}.intercepts"), Dtype::F32, f32::from_le_bytes)?;
            Head::new(weights, intercepts)
                .filter(|head| head.n_classes() == n_classes && head.n_features() == terms.len())
                .ok_or_else(|| content(format!("{name}: not {} × {n_classes} finite weights", terms.len())))
        };
        let [first, second] = card.camps.ids();
        Ok(Self {
            relevance: head("relevance", Self::RELEVANCE_CLASSES)?,
            stances: [head(first, Stance::SIDES.len())?, head(second, Stance::SIDES.len())?],
            text: card.text,
            tfidf: Tfidf::new(card.tfidf, terms, idf),
            provenance: card.provenance,
            camps: card.camps,
        })
    }
}

fn tensor<'a>(tensors: &SafeTensors<'a>, name: &str, dtype: Dtype) -> Result<TensorView<'a>, ModelFileError> {
    let tensor = tensors.tensor(name)?;
    if tensor.dtype() == dtype { Ok(tensor) } else { Err(content(format!("{name}: {:?} instead of {dtype:?}", tensor.dtype()))) }
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
