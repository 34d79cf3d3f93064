//! What a verdict names of an article's words.

use super::Scorer;
use crate::camp::Stance;
use crate::features::Evidence;
use crate::model::{HeadId, Scaling};
use crate::scoring::influence::{deciding_sentences, sentence_pushes, strongest_words};
use crate::scoring::push;
use crate::scoring::verdict::{DecidingSentence, InfluentialWord};

impl Scorer {
    /// The words that push most toward a class of a head.
    pub(super) fn words(
        &self,
        text: &str,
        evidence: &Evidence,
        head: HeadId,
        class: usize,
    ) -> Vec<InfluentialWord> {
        let Scaling { scale, .. } = &self.model.scalings()[head.index()];
        let push_of = |column: usize| {
            let weights = scale
                .iter()
                .enumerate()
                .map(|(class, scale)| scale * self.heads.weight(head.index(), column, class));
            push(&weights.collect::<Vec<_>>(), class)
        };
        if let (Some(classifier), Some(camp)) = (self.model.extractor().sentences(), head.camp()) {
            let first = self.model.extractor().n_counted();
            let push_of = |support| push_of(first + support);
            let pushes = sentence_pushes(evidence, classifier, camp, push_of);
            return strongest_words(text, evidence, pushes);
        }
        let features = evidence.row.iter().zip(&evidence.places);
        let pushes = features.map(|((column, value), place)| (place, value * push_of(column)));
        strongest_words(text, evidence, pushes)
    }

    /// The sentences that decide a stance toward a camp.
    pub(super) fn deciding(
        &self,
        text: &str,
        evidence: &Evidence,
        camp: usize,
        stance: Stance,
    ) -> Vec<DecidingSentence> {
        match stance {
            _ if !self.judges_sentences() => Vec::new(),
            Stance::Favor => deciding_sentences(text, evidence, camp, 0),
            Stance::Against => deciding_sentences(text, evidence, camp, 1),
            Stance::Neutral | Stance::Unrelated => Vec::new(),
        }
    }
}

/// The number of content words of an article, and how many of them are known.
pub(super) fn content_words(evidence: &Evidence) -> (usize, usize) {
    let content = evidence.words.iter().filter(|word| word.content);
    content.fold((0, 0), |(words, known), word| (words + 1, known + usize::from(word.known)))
}
