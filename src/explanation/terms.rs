//! Features → terms and words as a person sees them in the text.
//!
//! Several features stand for the same words: a stem, a pair, and a hit of the lexicon with its camp and role, under its class and under
//! its sense. And one feature may stand in many places. So a feature's contribution is parted evenly among its places, and a place's
//! part evenly among its words; what is written alike is one *term*. Nothing is lost by that: the terms' contributions add up to the
//! features', and so do the words', but for what is said of the text as a whole.

use rustc_hash::FxHashMap;

use super::{Explanation, push};
use crate::features::Place;

/// What a term is in the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wording {
    /// These words, without marks; `…` where some are passed over.
    Written(String),
    /// Something that is said of the text as a whole.
    Whole(String),
}

/// Words of an article, wherever they are written so, with all that a head's features make of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The words.
    pub wording: Wording,
    /// Where they stand, each place once; nowhere, if it is said of the text as a whole.
    pub places: Vec<Place>,
    /// What they add to the calibrated logits, by class.
    pub calibrated: Vec<f64>,
    /// What the features mean that speak through them, each with what it adds by class; strongest first.
    pub meanings: Vec<(String, Vec<f64>)>,
}

impl Explanation {
    /// The terms that a head looks at, those with the largest push toward or away from `class` first.
    pub fn terms(&self, head: usize, class: usize) -> Vec<Term> {
        let mut numbers: FxHashMap<Wording, usize> = FxHashMap::default();
        let mut terms: Vec<Term> = Vec::new();
        let mut add = |wording: Wording, place: Option<&Place>, meaning: &str, part: &[f64]| {
            let number = *numbers.entry(wording).or_insert_with_key(|wording| {
                let calibrated = vec![0.0; part.len()];
                terms.push(Term { wording: wording.clone(), places: Vec::new(), calibrated, meanings: Vec::new() });
                terms.len() - 1
            });
            let term = &mut terms[number];
            term.places.extend(place.cloned());
            add_up(&mut term.calibrated, part);
            match term.meanings.iter_mut().find(|(known, _)| known == meaning) {
                Some((_, sum)) => add_up(sum, part),
                None => term.meanings.push((meaning.to_owned(), part.to_vec())),
            }
        };
        for (number, feature) in self.features.iter().enumerate() {
            let calibrated = self.calibrated(head, number);
            if calibrated.iter().all(|&number| number == 0.0) {
                continue;
            }
            if feature.places.is_empty() {
                add(Wording::Whole(feature.meaning.clone()), None, &feature.meaning, &calibrated);
            }
            let part: Vec<f64> = calibrated.iter().map(|number| number / feature.places.len() as f64).collect();
            for place in &feature.places {
                add(Wording::Written(place.written(&self.read)), Some(place), &feature.meaning, &part);
            }
        }
        let strength = |by_class: &[f64]| push(by_class, class).abs();
        for term in &mut terms {
            term.places
                .sort_by(|a, b| a.parts.iter().map(|part| (part.start, part.end)).cmp(b.parts.iter().map(|part| (part.start, part.end))));
            term.places.dedup();
            term.meanings.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then_with(|| a.0.cmp(&b.0)));
        }
        terms.sort_by(|a, b| strength(&b.calibrated).total_cmp(&strength(&a.calibrated)).then_with(|| a.wording.cmp(&b.wording)));
        terms
    }

    /// What each word of the text adds to the calibrated logits of a head, by word and class.
    pub fn words(&self, head: usize) -> Vec<Vec<f64>> {
        let n_classes = self.heads[head].logits.len();
        let mut words = vec![vec![0.0; n_classes]; self.read.tokens.len()];
        for (number, feature) in self.features.iter().enumerate() {
            let calibrated = self.calibrated(head, number);
            for place in &feature.places {
                let tokens: Vec<usize> = place.tokens(&self.read).collect();
                let parts = (feature.places.len() * tokens.len()) as f64;
                let part: Vec<f64> = calibrated.iter().map(|number| number / parts).collect();
                tokens.into_iter().for_each(|token| add_up(&mut words[token], &part));
            }
        }
        words
    }
}

fn add_up(sums: &mut [f64], parts: &[f64]) {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += part;
    }
}
