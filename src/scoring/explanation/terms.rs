//! Features → terms and words as they stand in the text.
//!
//! Several features stand for the same words: a stem, a pair, and a hit of the lexicon with its
//! camp and role, under its class and under its sense. What is written alike where a feature stands
//! first is one *term*, which has all of the feature's contribution and all of its places: these
//! are the words, and the weights, that [`crate::Scorer::score`] names. In the text, a feature's
//! contribution is parted evenly among its places, and a place's part evenly among its words.
//! Nothing is lost by either: the terms' contributions add up to the features', and so do the
//! words', but for what is said of the text as a whole.

use super::{Explanation, Feature, push};
use crate::features::Place;
use crate::model::HeadId;
use std::collections::HashMap;

/// How a term stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wording {
    /// The words from the first to the last of the first place, normalised.
    Written(String),
    /// A statement about the text as a whole.
    Whole(String),
}

/// A wording in an article, with its contributions to one head.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The words.
    pub wording: Wording,
    /// What else is written in its places, each once, in the order of the text: one feature, such
    /// as blame of a camp, may stand in several words.
    pub others: Vec<String>,
    /// The places, each once; none for a statement about the text as a whole.
    pub places: Vec<Place>,
    /// The contributions to the calibrated logits, by class.
    pub calibrated: Vec<f64>,
    /// The meanings of its features, each with its contributions by class; strongest first.
    pub meanings: Vec<(String, Vec<f64>)>,
}

impl Term {
    /// Most wordings of a term that a person is shown.
    pub const MAX_SHOWN: usize = 3;

    /// The wordings that a person is shown: the first [`Self::MAX_SHOWN`], and whether there are
    /// more. None for a statement about the text as a whole.
    pub fn shown(&self) -> (Vec<&str>, bool) {
        let Wording::Written(first) = &self.wording else { return (Vec::new(), false) };
        let all = std::iter::once(first).chain(&self.others).map(String::as_str);
        (all.take(Self::MAX_SHOWN).collect(), self.others.len() >= Self::MAX_SHOWN)
    }
}

/// The features of an article, grouped by wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Wordings(Vec<Worded>);

/// A wording, its places, and the features that it carries.
#[derive(Clone, Debug, PartialEq)]
struct Worded {
    wording: Wording,
    places: Vec<Place>,
    shares: Vec<Share>,
}

/// A feature that a wording carries.
#[derive(Clone, Debug, PartialEq)]
struct Share {
    feature: usize,
    /// The numbers of the wording's places where the feature stands: not all features of a wording
    /// stand in all of its places, for instance not in quotations.
    places: Vec<usize>,
}

impl Explanation {
    /// The features grouped by wording: the same for all heads.
    pub fn wordings(&self) -> Wordings {
        let mut by_wording: HashMap<Wording, usize> = HashMap::default();
        let mut by_place: HashMap<(usize, &Place), usize> = HashMap::default();
        let mut all: Vec<Worded> = Vec::new();
        for (feature, Feature { meaning, places, .. }) in self.features.iter().enumerate() {
            let wording = match places.first() {
                Some(first) => Wording::Written(self.written(first)),
                None => Wording::Whole(meaning.clone()),
            };
            let number = *by_wording.entry(wording).or_insert_with_key(|wording| {
                let wording = wording.clone();
                all.push(Worded { wording, places: Vec::new(), shares: Vec::new() });
                all.len() - 1
            });
            let known = &mut all[number].places;
            let place = |place| {
                *by_place.entry((number, place)).or_insert_with(|| {
                    known.push(place.clone());
                    known.len() - 1
                })
            };
            let places = places.iter().map(place).collect();
            all[number].shares.push(Share { feature, places });
        }
        Wordings(all)
    }

    /// The words from the first to the last of a place, normalised.
    fn written(&self, place: &Place) -> String {
        let ends = place.parts.first().zip(place.parts.last());
        let bytes = ends.map_or(0..0, |(first, last)| first.start..last.end);
        self.read.words(&self.read.tokens_in(&bytes))
    }

    /// What is written in `places` but `wording`, each once.
    fn others(&self, wording: &Wording, places: &[Place]) -> Vec<String> {
        let Wording::Written(first) = wording else { return Vec::new() };
        let mut others: Vec<String> = Vec::new();
        for written in places.iter().map(|place| self.written(place)) {
            if written != *first && !others.contains(&written) {
                others.push(written);
            }
        }
        others
    }

    /// The terms that a head uses, those with the largest push toward or away from `class` first.
    pub fn terms(&self, wordings: &Wordings, head: HeadId, class: usize) -> Vec<Term> {
        let calibrated: Vec<Vec<f64>> =
            (0..self.features.len()).map(|feature| self.calibrated(head, feature)).collect();
        let strength = |by_class: &[f64]| push(by_class, class).abs();
        let term = |Worded { wording, places, shares }: &Worded| {
            let mut meanings: Vec<(String, Vec<f64>)> = Vec::new();
            let mut sums = vec![0.0; self.head(head).logits.len()];
            let mut seen = vec![false; places.len()];
            for Share { feature, places } in shares
                .iter()
                .filter(|share| calibrated[share.feature].iter().any(|&number| number != 0.0))
            {
                for &place in places {
                    seen[place] = true;
                }
                let part = &calibrated[*feature];
                add_up(&mut sums, part);
                let meaning = &self.features[*feature].meaning;
                match meanings.iter_mut().find(|(known, _)| known == meaning) {
                    Some((_, sum)) => add_up(sum, part),
                    None => meanings.push((meaning.clone(), part.clone())),
                }
            }
            meanings.sort_by(|a, b| {
                strength(&b.1).total_cmp(&strength(&a.1)).then_with(|| a.0.cmp(&b.0))
            });
            let mut places: Vec<Place> = places
                .iter()
                .zip(seen)
                .filter(|(_, seen)| *seen)
                .map(|(place, _)| place.clone())
                .collect();
            places.sort_by_key(|place| {
                (place.parts[0].start, place.parts[place.parts.len() - 1].end)
            });
            (!meanings.is_empty()).then(|| Term {
                wording: wording.clone(),
                others: self.others(wording, &places),
                places,
                calibrated: sums,
                meanings,
            })
        };
        let mut terms: Vec<Term> = wordings.0.iter().filter_map(term).collect();
        terms.sort_by(|a, b| {
            strength(&b.calibrated)
                .total_cmp(&strength(&a.calibrated))
                .then_with(|| a.wording.cmp(&b.wording))
        });
        terms
    }

    /// The contributions of each word of the text to the calibrated logits of a head, by word and
    /// class.
    pub fn words(&self, head: HeadId) -> Vec<Vec<f64>> {
        let n_classes = self.head(head).logits.len();
        let mut words = vec![vec![0.0; n_classes]; self.read.tokens.len()];
        for (number, feature) in self.features.iter().enumerate() {
            let calibrated = self.calibrated(head, number);
            if calibrated.iter().all(|&number| number == 0.0) {
                continue;
            }
            for place in &feature.places {
                let tokens: Vec<usize> = place.tokens(&self.read).collect();
                let parts = (feature.places.len() * tokens.len()) as f64;
                let part: Vec<f64> = calibrated.iter().map(|number| number / parts).collect();
                for token in tokens {
                    add_up(&mut words[token], &part);
                }
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
