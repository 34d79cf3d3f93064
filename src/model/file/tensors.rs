//! The tensors of a model file.

use std::sync::Arc;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::features::MAX_PARAMETER;
use crate::features::{BlockSettings, Extractor, SentenceClassifier, Tfidf};
use crate::model::{Model, ModelError};

/// A tensor to be written.
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) dtype: Dtype,
    pub(super) shape: Vec<usize>,
    pub(super) bytes: Vec<u8>,
}

/// How the names of the classifier of sentences begin.
const SENTENCES: &str = "sentences.";

/// The tensors of a model: blocks, then heads, then the classifier of sentences.
pub(super) fn of_model(model: &Model) -> Vec<Tensor> {
    let mut tensors = Vec::new();
    let mut add =
        |name: String, dtype, shape, bytes| tensors.push(Tensor { name, dtype, shape, bytes });
    let classifier = model.extractor.sentences();
    let of_sentences = classifier.iter().flat_map(|classifier| classifier.extractor().blocks());
    let of_sentences = of_sentences.enumerate().map(|block| (SENTENCES, block));
    let of_articles = model.extractor.blocks().iter().enumerate().map(|block| ("", block));
    for (unit, (number, (_, tfidf))) in of_articles.chain(of_sentences) {
        let vocabulary: Vec<u8> =
            tfidf.terms().iter().flat_map(|term| term.bytes().chain([b'\n'])).collect();
        add(
            format!("{unit}blocks.{number}.vocabulary"),
            Dtype::U8,
            vec![vocabulary.len()],
            vocabulary,
        );
        let idf = tfidf.idf().iter().flat_map(|idf| idf.to_le_bytes()).collect();
        add(format!("{unit}blocks.{number}.idf"), Dtype::F64, vec![tfidf.n_features()], idf);
    }
    let bytes = |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    if let Some(classifier) = classifier {
        let (weights, intercepts) = (classifier.weights(), classifier.intercepts());
        let shape = vec![classifier.extractor().n_features(), classifier.n_supports()];
        add(format!("{SENTENCES}weights"), Dtype::F32, shape, bytes(weights));
        let shape = vec![classifier.n_supports()];
        add(format!("{SENTENCES}intercepts"), Dtype::F32, shape, bytes(intercepts));
    }
    for (number, head) in model.heads.iter().enumerate() {
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
    tensors
}

/// The blocks of an extractor with these settings; the names of their tensors begin with `unit`.
pub(super) fn extractor(
    tensors: &SafeTensors<'_>,
    unit: &str,
    settings: Vec<BlockSettings>,
) -> Result<Extractor, ModelError> {
    let blocks = settings.into_iter().enumerate();
    let blocks = blocks.map(|(number, settings)| block(tensors, unit, number, settings));
    Ok(Extractor::new(blocks.collect::<Result<_, _>>()?))
}

/// The classifier of the sentences of an article, whose features have these settings.
pub(super) fn sentences(
    tensors: &SafeTensors<'_>,
    settings: Vec<BlockSettings>,
    camps: &[String],
) -> Result<SentenceClassifier, ModelError> {
    let extractor = extractor(tensors, SENTENCES, settings)?;
    let of = |name: &str| {
        numbers(tensors, &format!("{SENTENCES}{name}"), Dtype::F32, f32::from_le_bytes)
    };
    let n_features = extractor.n_features();
    SentenceClassifier::new(extractor, of("weights")?, of("intercepts")?, camps)
        .ok_or(ModelError::Sentences { n_features, n_camps: camps.len() })
}

/// One block of features.
fn block(
    tensors: &SafeTensors<'_>,
    unit: &str,
    number: usize,
    settings: BlockSettings,
) -> Result<(BlockSettings, Arc<Tfidf>), ModelError> {
    let name = format!("{unit}blocks.{number}");
    // Checked here already, because a vectoriser is made with them.
    settings.check().map_err(|source| ModelError::Block { block: number, source })?;
    let vocabulary = tensor(tensors, &format!("{name}.vocabulary"), Dtype::U8)?;
    let vocabulary = str::from_utf8(vocabulary.data())
        .map_err(|source| ModelError::VocabularyText { block: number, source })?;
    let idf = numbers(tensors, &format!("{name}.idf"), Dtype::F64, f64::from_le_bytes)?;
    let terms: Vec<&str> = terms(vocabulary).collect();
    let n_terms = terms.len();
    if idf.len() != n_terms
        || idf.iter().any(|idf| !(*idf > 0.0 && *idf <= f64::from(MAX_PARAMETER)))
    {
        return Err(ModelError::Idf { block: number, n_terms });
    }
    if !terms.is_sorted_by(|a, b| a < b) {
        return Err(ModelError::VocabularyOrder(number));
    }
    let tfidf =
        Tfidf::new(settings.tfidf.clone(), terms.into_iter().map(str::to_owned).collect(), idf);
    Ok((settings, Arc::new(tfidf)))
}

/// The terms of a vocabulary, a line each.
fn terms(vocabulary: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', vocabulary.as_bytes());
    let last = (!vocabulary.is_empty() && !vocabulary.ends_with('\n')).then_some(vocabulary.len());
    ends.chain(last).map(move |end| {
        let term = &vocabulary[start..end];
        start = end + 1;
        term
    })
}

/// A tensor of a type.
fn tensor<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    dtype: Dtype,
) -> Result<TensorView<'a>, ModelError> {
    let tensor = tensors.tensor(name)?;
    if tensor.dtype() == dtype {
        Ok(tensor)
    } else {
        Err(ModelError::TensorType {
            name: name.to_owned(),
            found: tensor.dtype(),
            expected: dtype,
        })
    }
}

/// The numbers of a tensor.
pub(super) fn numbers<T, const N: usize>(
    tensors: &SafeTensors<'_>,
    name: &str,
    dtype: Dtype,
    read: fn([u8; N]) -> T,
) -> Result<Vec<T>, ModelError> {
    let (numbers, _) = tensor(tensors, name, dtype)?.data().as_chunks::<N>();
    Ok(numbers.iter().copied().map(read).collect())
}
