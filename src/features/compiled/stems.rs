//! The numbers of stems.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::NO_COLUMN;
use crate::features::block::Block;
use crate::features::extractor::Extractor;
use crate::features::framing::without_camp;
use crate::features::tfidf::Tfidf;
use crate::text::script::spaced;

/// A number for each stem of the vocabularies; `None` if there are too many.
pub(super) fn numbers(extractor: &Extractor) -> Option<FxHashMap<String, u32>> {
    let of_sentences = extractor.sentences().map(|classifier| classifier.extractor());
    let vocabularies: Vec<&Tfidf> = [Some(extractor), of_sentences]
        .into_iter()
        .flatten()
        .flat_map(Extractor::blocks)
        .filter(|(settings, _)| {
            matches!(settings.block, Block::Stems | Block::OwnStems | Block::CampStems)
        })
        .map(|(_, tfidf)| &**tfidf)
        .collect();
    let n_terms = vocabularies.iter().map(|tfidf| tfidf.n_features()).sum();
    let mut stems: FxHashMap<String, u32> =
        FxHashMap::with_capacity_and_hasher(n_terms, FxBuildHasher);
    for tfidf in vocabularies {
        for word in tfidf.terms().iter().flat_map(|term| spaced(term)).map(without_camp) {
            let number = u32::try_from(stems.len()).ok().filter(|&number| number < NO_COLUMN)?;
            if !stems.contains_key(word) {
                stems.insert(word.to_owned(), number);
            }
        }
    }
    Some(stems)
}
