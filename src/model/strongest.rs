//! The terms that weigh most in a model, for people.

use super::Model;
use crate::features::sentences::SUPPORTED;
use crate::features::{Extractor, SentenceClassifier, in_words};

impl Model {
    /// By head and class: the name of the head, the class, and the `n` terms with the largest
    /// weights, in words. Where sides are told from sentences, the terms are those of sentences
    /// that take a side, and neutral has none.
    pub fn strongest(&self, n: usize) -> Vec<(String, String, Vec<String>)> {
        let mut strongest = Vec::new();
        let classifier = self.extractor.sentences();
        let camps = self.camps().map(|camps| camps.ids().map(str::to_owned));
        let camps = camps.as_ref().map_or(&[][..], |ids| ids);
        let heads = self.task.heads().into_iter().zip(&self.heads).enumerate();
        for (number, (question, head)) in heads {
            for (class, name) in question.classes.into_iter().enumerate() {
                let terms = match (classifier, number.checked_sub(1)) {
                    (Some(classifier), Some(camp)) => {
                        let side = SUPPORTED.iter().position(|side| *side == name);
                        let Some(side) = side else { continue };
                        let support = SentenceClassifier::support(camp, side);
                        let weight = |feature| classifier.weight(feature, support);
                        top_terms(classifier.extractor(), camps, n, weight)
                    }
                    _ => {
                        top_terms(&self.extractor, camps, n, |feature| head.weight(feature, class))
                    }
                };
                strongest.push((question.name.clone(), name, terms));
            }
        }
        strongest
    }
}

/// The `n` terms with the largest weights, in words.
fn top_terms(
    extractor: &Extractor,
    camps: &[String],
    n: usize,
    weight: impl Fn(usize) -> f64,
) -> Vec<String> {
    let mut features: Vec<usize> = (0..extractor.n_counted()).collect();
    features.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)));
    let terms = features.into_iter().take(n).filter_map(|feature| extractor.feature(feature));
    terms.map(|(block, term)| in_words(block, term, camps)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learned_is_told_in_words() {
        let learned = Model::embedded().unwrap().strongest(30);
        let terms: Vec<&String> = learned.iter().flat_map(|(_, _, terms)| terms).collect();
        assert!(terms.iter().any(|term| term.contains("blame → ")), "{terms:?}");
        for term in terms {
            assert!(!term.contains(['@', '=', '>', '~', '?', '_']), "{term}");
        }
    }
}
