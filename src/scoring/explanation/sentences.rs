//! What the deciding sentences of an article contribute to the heads of the camps.

use std::ops::Range;

use super::Feature;
use crate::features::sentences::{SUPPORTED, strongest};
use crate::features::{Evidence, Place, SentenceClassifier, meaning};
use crate::model::{HeadId, Model};
use crate::text::AnalyzedText;

/// A feature of a sentence that some support of the article is a mean of.
pub(super) struct Told {
    pub(super) feature: Feature,
    /// By camp: the weights, by class.
    by_camp: Vec<Vec<f64>>,
}

impl Told {
    /// Its weights for the classes of a head.
    pub(super) fn weights(&self, head: HeadId, n_classes: usize) -> Vec<f64> {
        let own = head.camp().and_then(|camp| self.by_camp.get(camp));
        own.map_or_else(|| vec![0.0; n_classes], Clone::clone)
    }
}

/// A support that a sentence is in the mean of: its number, and the sentence's share in the mean.
type Share = (usize, f64);

/// The features of the sentences that the supports of an article are means of.
pub(super) fn told(
    model: &Model,
    classifier: &SentenceClassifier,
    evidence: &Evidence,
    read: &AnalyzedText,
) -> Vec<Told> {
    let mut shares: Vec<Vec<Share>> = vec![Vec::new(); evidence.sentences.len()];
    for support in 0..classifier.n_supports() {
        let chosen = strongest(&evidence.sentences, support);
        for &number in &chosen {
            shares[number].push((support, 1.0 / chosen.len() as f64));
        }
    }
    let places = places_of_sentences(classifier, evidence, read);
    let mut all = Vec::new();
    let sentences = evidence.sentences.iter().zip(shares).zip(places);
    for ((sentence, shares), places) in sentences.filter(|((_, shares), _)| !shares.is_empty()) {
        for ((column, value), places) in sentence.row.iter().zip(places) {
            let Some((block, term)) = classifier.extractor().feature(column) else { continue };
            let weights = |camp: usize| by_class(model, classifier, camp, column, &shares);
            all.push(Told {
                by_camp: (0..classifier.n_supports() / SUPPORTED.len()).map(weights).collect(),
                feature: Feature {
                    block,
                    term: term.to_owned(),
                    meaning: meaning(block, term, &read.camps),
                    value,
                    places,
                },
            });
        }
    }
    all
}

/// The weights of a sentence's feature for the classes of a camp's head.
fn by_class(
    model: &Model,
    classifier: &SentenceClassifier,
    camp: usize,
    column: usize,
    shares: &[Share],
) -> Vec<f64> {
    let head = &model.heads()[HeadId::Camp(camp).index()];
    let first = model.extractor().n_counted();
    let mut weights = vec![0.0; head.n_classes()];
    let own = SentenceClassifier::support(camp, 0)..SentenceClassifier::support(camp + 1, 0);
    for &(support, share) in shares.iter().filter(|(support, _)| own.contains(support)) {
        let weight = share * classifier.weight(column, support);
        for (class, sum) in weights.iter_mut().enumerate() {
            *sum += head.weight(first + support, class) * weight;
        }
    }
    weights
}

/// The intercepts of a head, by class, with those of the supports that it weighs.
pub(super) fn intercepts(model: &Model, id: HeadId, evidence: &Evidence) -> Vec<f64> {
    let head = &model.heads()[id.index()];
    let mut intercepts: Vec<f64> = head.intercepts().iter().copied().map(f64::from).collect();
    let classifier = model.extractor().sentences().filter(|_| !evidence.sentences.is_empty());
    if let (Some(classifier), Some(camp)) = (classifier, id.camp()) {
        let first = model.extractor().n_counted();
        for side in 0..SUPPORTED.len() {
            let support = SentenceClassifier::support(camp, side);
            let of_support = f64::from(classifier.intercepts()[support]);
            for (class, sum) in intercepts.iter_mut().enumerate() {
                *sum += head.weight(first + support, class) * of_support;
            }
        }
    }
    intercepts
}

/// By sentence and entry of its row: every place of the feature.
fn places_of_sentences(
    classifier: &SentenceClassifier,
    evidence: &Evidence,
    read: &AnalyzedText,
) -> Vec<Vec<Vec<Place>>> {
    let (whole, places) = classifier.extractor().evidence_with_places(read);
    // The first word of each place with its number, in order: sentences and places may be
    // thousands.
    let first_words = |places: &Vec<Place>| {
        let numbered = places.iter().enumerate();
        let first = |(number, place): (usize, &Place)| Some((place.tokens(read).next()?, number));
        let mut first_words: Vec<(usize, usize)> = numbered.filter_map(first).collect();
        first_words.sort_unstable();
        first_words
    };
    let first_words: Vec<Vec<(usize, usize)>> = places.iter().map(first_words).collect();
    let of_sentence = |(words, columns): (&Range<usize>, &[u32])| {
        let of_column = |column: &u32| match whole.row.columns.binary_search(column) {
            Ok(entry) => {
                let all = &first_words[entry];
                let begin = all.partition_point(|(word, _)| *word < words.start);
                let end = all.partition_point(|(word, _)| *word < words.end).max(begin);
                let mut here: Vec<usize> =
                    all[begin..end].iter().map(|(_, number)| *number).collect();
                here.sort_unstable();
                here.into_iter().map(|number| places[entry][number].clone()).collect()
            }
            Err(_) => Vec::new(),
        };
        columns.iter().map(of_column).collect()
    };
    let sentences = evidence.sentences.iter();
    sentences.map(|sentence| of_sentence((&sentence.words, &sentence.row.columns))).collect()
}
