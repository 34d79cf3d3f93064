//! The sentences of an article as features: what each one says for and against each camp, and the
//! article's share of the strongest.
//!
//! A [`SentenceClassifier`] is a logistic regression over single sentences that was trained on
//! which sentences decide a stance. It gives a sentence one logit for each camp and side, its
//! *support*: the log-odds of "favors the camp" against "says nothing of it", and the same of "is
//! against it". An article's support is the mean of its two strongest sentences (of one, where it
//! has one only, or where the second has fewer than five words): one clear sentence is enough to
//! take a side, and a second one makes it sure, but twenty dry ones take nothing away. These
//! numbers, [`SentenceClassifier::n_supports`] of them, are the last columns of an article's row.
//!
//! The mean is linear in the features of the sentences that it takes, so that an explanation adds
//! up exactly: word → sentence → article.

use super::MAX_PARAMETER;
use std::ops::Range;

use super::Extractor;
use super::evidence::SentenceEvidence;
use crate::text::AnalyzedText;

/// How many sentences an article's support is the mean of.
pub const POOLED: usize = 2;

/// Fewest words of a sentence that counts as the second: a signature or a headline of two words
/// would halve what a post says.
const MIN_WORDS_OF_SECOND: usize = 5;

/// The sides that a sentence can support: `favor` and `against`.
pub const SUPPORTED: [&str; 2] = ["favor", "against"];

/// A classifier of sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceClassifier {
    extractor: Extractor,
    /// Shape `(n_features, n_supports)`, row by row.
    weights: Vec<f32>,
    /// Shape `(n_supports)`.
    intercepts: Vec<f32>,
    names: Vec<String>,
}

impl SentenceClassifier {
    /// A classifier from the features of its sentences, weights of shape
    /// `(n_features, n_supports)`, row by row, and one intercept for each support. `None` when the
    /// lengths do not fit the camps, or a number is beyond [`MAX_PARAMETER`].
    pub fn new(
        extractor: Extractor,
        weights: Vec<f32>,
        intercepts: Vec<f32>,
        camps: &[String],
    ) -> Option<Self> {
        let names: Vec<String> =
            camps.iter().flat_map(|camp| SUPPORTED.map(|side| format!("{side} {camp}"))).collect();
        let fits = !names.is_empty()
            && intercepts.len() == names.len()
            && weights.len() == extractor.n_features() * names.len();
        let is_bounded = weights.iter().chain(&intercepts).all(|w| w.abs() <= MAX_PARAMETER);
        (fits && is_bounded).then_some(Self { extractor, weights, intercepts, names })
    }

    /// The number of a support among all: of the camp with this number, and its side by
    /// [`SUPPORTED`].
    pub const fn support(camp: usize, side: usize) -> usize {
        camp * SUPPORTED.len() + side
    }

    /// The columns of the supports that tell of the camp with this number.
    pub(super) const fn columns_of(camp: usize) -> Range<usize> {
        Self::support(camp, 0)..Self::support(camp + 1, 0)
    }

    /// The features of a sentence.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// The weights, shape `(n_features, n_supports)`, row by row.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The weight of a feature for a support.
    pub fn weight(&self, feature: usize, support: usize) -> f64 {
        f64::from(self.weights[feature * self.n_supports() + support])
    }

    /// The intercepts, by support.
    pub fn intercepts(&self) -> &[f32] {
        &self.intercepts
    }

    /// How many supports there are: two for each camp.
    pub fn n_supports(&self) -> usize {
        self.intercepts.len()
    }

    /// The names of the supports: `favor lna`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The sentences of an article with their features and supports. Calls `each` with the words of
    /// every occurrence of a feature.
    pub fn sentences(
        &self,
        read: &AnalyzedText,
        each: impl FnMut(&Range<usize>),
    ) -> Vec<SentenceEvidence> {
        let mut sentences = self.extractor.sentence_rows(read, each);
        for sentence in &mut sentences {
            self.add_supports(sentence);
        }
        sentences
    }

    /// Fills in the supports of a sentence from its row.
    pub(super) fn add_supports(&self, sentence: &mut SentenceEvidence) {
        let supports = &mut sentence.supports;
        supports.clear();
        supports.extend(self.intercepts.iter().map(|&intercept| f64::from(intercept)));
        for (feature, value) in sentence.row.iter() {
            let n_supports = supports.len();
            let weights = &self.weights[feature * n_supports..][..n_supports];
            for support in 0..n_supports {
                supports[support] += value * f64::from(weights[support]);
            }
        }
    }

    /// The support of an article, given its sentences; 0 without any.
    pub fn pooled(sentences: &[SentenceEvidence], support: usize) -> f64 {
        let strongest = strongest(sentences, support);
        let sum: f64 = strongest.iter().map(|&number| sentences[number].supports[support]).sum();
        sum / strongest.len().max(1) as f64
    }
}

/// The numbers of the sentences that an article's support is the mean of: the strongest, at most
/// [`POOLED`]; of two as strong, the one that stands first. One of fewer than five words is the
/// strongest or none of them.
pub fn strongest(sentences: &[SentenceEvidence], support: usize) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::with_capacity(POOLED + 1);
    let strength = |number: usize| sentences[number].supports[support];
    let is_short = |number: usize| sentences[number].words.len() < MIN_WORDS_OF_SECOND;
    for number in 0..sentences.len() {
        let at = best.partition_point(|&other| strength(other) >= strength(number));
        if at < POOLED && (at == 0 || !is_short(number)) {
            best.insert(at, number);
            let mut place = 0..;
            best.retain(|&number| place.next() == Some(0) || !is_short(number));
            best.truncate(POOLED);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(support: f64) -> SentenceEvidence {
        SentenceEvidence { words: 0..9, supports: vec![support], ..SentenceEvidence::default() }
    }

    #[test]
    fn a_signature_does_not_halve_what_a_post_says() {
        let short = |support| SentenceEvidence { words: 0..3, ..sentence(support) };
        assert_eq!(strongest(&[sentence(3.0), short(-4.0)], 0), [0]);
        assert_eq!(strongest(&[short(1.0), short(3.0)], 0), [1]);
        let article = [sentence(1.0), short(5.0), sentence(2.0), sentence(6.0)];
        assert_eq!(strongest(&article, 0), [3, 2]);
        assert_eq!(strongest(&article[..3], 0), [1, 2]);
    }

    #[test]
    fn an_article_has_the_mean_of_its_two_strongest_sentences() {
        let article = [-1.0, 2.0, 2.0, 0.5, 3.0].map(sentence);
        assert_eq!(strongest(&article, 0), [4, 1]);
        assert!((SentenceClassifier::pooled(&article, 0) - 2.5).abs() < 1e-12);
        assert!((SentenceClassifier::pooled(&article[..1], 0) + 1.0).abs() < 1e-12);
        assert!(SentenceClassifier::pooled(&[], 0).abs() < 1e-12);
    }
}
