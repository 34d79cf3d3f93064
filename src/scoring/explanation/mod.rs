//! Verdict → what it is made of: for each head and class, what every feature added, and where in
//! the text the feature stands.
//!
//! A head's logit of class `k` is `intercept(k) + Σ value · weight(k)` over the features of the
//! article's row; the summands are the *contributions* ([`Explanation::contribution`]). Vector
//! scaling ([`crate::model::scaling`]) makes of it the *calibrated* logit
//! `scale(k) · logit(k) + shift(k)`, whose softmax are the probabilities; so
//! `scale(k) · contribution` are the *calibrated contributions* ([`Explanation::calibrated`]),
//! which add up to it together with `scale(k) · intercept(k) + shift(k)`.
//!
//! # The number that people are shown
//!
//! It is the calibrated one: the probabilities that stand beside it are made of it, and of nothing
//! else. A logit by itself says nothing, because adding the same to the logits of all classes
//! changes no probability. What a feature did for the class given is told by how much more it added
//! there than elsewhere, its *push* ([`push`]) toward class `s` of `K`:
//!
//! `push(s) = c(s) − 1/(K−1) · Σ c(k) over k ≠ s`, with `c` its calibrated contributions.
//!
//! The pushes of all features and that of the intercept add up to
//! `ln q(s) − mean of ln q(k) over k ≠ s`, where `q` are the head's probabilities: the log-odds of
//! the class against the geometric mean of the others. For a head of two classes those are the
//! usual log-odds. For a camp's head, `q` is the side taken *if* the article is about the conflict;
//! the verdict's probabilities are `q · (1 − unrelated)`, and `unrelated` for neutral besides
//! ([`crate::model::task`]).
//!
//! The class given is not always the one with the largest `q`: the offsets of
//! [`crate::model::decision`] come after the logits.

mod terms;

use crate::article::Article;
use crate::camp::Camps;
use crate::features::{Block, Place, meaning};
use crate::model::{Model, Question, Scaling};
use crate::scoring::{NotStances, Scorer, UNRELATED, Unscorable, Verdict};
use crate::text::{AnalyzedText, TextReader};
pub use terms::{Term, Wording, Wordings};

/// Explains verdicts by one model.
#[derive(Debug)]
pub struct Explainer {
    scorer: Scorer,
    reader: TextReader,
}

/// Why an article was scored as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The verdict.
    pub verdict: Verdict,
    /// What was weighed: the article's full text, its words, and what of them is the own voice.
    pub read: AnalyzedText,
    /// The features that it has, in the order of their columns.
    pub features: Vec<Feature>,
    /// The heads, in the order of [`crate::model::Task::heads`]: relevance, then the side toward
    /// each camp.
    pub heads: Vec<ExplainedHead>,
}

/// A feature that an article has.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// The block that counts it.
    pub block: Block,
    /// Its term in the block's vocabulary.
    pub term: String,
    /// What the term means, in words.
    pub meaning: String,
    /// Its value in the row.
    pub value: f64,
    /// Where it stands in the text, every time; nowhere, if it is said of the text as a whole.
    pub places: Vec<Place>,
}

/// What one head makes of the features.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedHead {
    /// What it answers, and its classes.
    pub question: Question,
    /// The intercepts, by class.
    pub intercepts: Vec<f64>,
    /// The weights, by feature of the article and class; zero where the head does not look at the
    /// feature.
    pub weights: Vec<Vec<f64>>,
    /// How its logits become probabilities.
    pub scaling: Scaling,
    /// Its logits, by class: those that the verdict was made of.
    pub logits: Vec<f64>,
    /// Its probabilities, by class; they sum to 1.
    pub probabilities: Vec<f64>,
}

impl ExplainedHead {
    /// `scale · intercept + shift`, by class: what the calibrated logits begin with.
    pub fn calibrated_intercepts(&self) -> Vec<f64> {
        self.calibrated(&self.intercepts)
    }

    /// `scale · logit + shift`, by class: their softmax are the probabilities.
    pub fn calibrated_logits(&self) -> Vec<f64> {
        self.calibrated(&self.logits)
    }

    fn calibrated(&self, numbers: &[f64]) -> Vec<f64> {
        let Scaling { scale, shift } = &self.scaling;
        numbers
            .iter()
            .zip(scale)
            .zip(shift)
            .map(|((number, scale), shift)| scale * number + shift)
            .collect()
    }
}

/// Which class of which head an explanation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainedClass {
    /// Number of the head.
    pub head: usize,
    /// The class that was given.
    pub class: usize,
}

/// How much more is in `class` than in the others on average: the push of the module's
/// documentation.
pub fn push(by_class: &[f64], class: usize) -> f64 {
    let others: f64 = by_class
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != class)
        .map(|(_, number)| number)
        .sum();
    by_class[class] - others / (by_class.len().max(2) - 1) as f64
}

impl Explainer {
    /// An explainer by `model`.
    ///
    /// # Errors
    /// When it is no model of stances.
    pub fn new(model: Model) -> Result<Self, NotStances> {
        Ok(Self { reader: model.reader(), scorer: Scorer::new(model)? })
    }

    /// The scorer whose verdicts are explained.
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// The camps that verdicts speak of.
    pub fn camps(&self) -> &Camps {
        self.scorer.camps()
    }

    /// Weighs one article, and keeps what it was weighed by. The verdict is that of
    /// [`Scorer::score`].
    ///
    /// # Errors
    /// As [`Scorer::score`].
    pub fn explain(&self, article: &Article) -> Result<Explanation, Unscorable> {
        let verdict = self.scorer.score(article)?;
        let model = self.scorer.model();
        let read = self.reader.read_text(article.full_text());
        let row = model.extractor.row(&read);
        let places = model.extractor.places(&read, &row);
        let features = row.iter().zip(places).filter_map(|((column, value), places)| {
            let (block, term) = model.extractor.feature(column)?;
            Some(Feature {
                block,
                term: term.to_owned(),
                meaning: meaning(block, term, &read.camps),
                value,
                places,
            })
        });
        let features = features.collect();
        let heads = model.task.heads().into_iter().zip(&model.heads).zip(&model.scalings).map(
            |((question, head), scaling)| {
                let weights = |(column, _)| {
                    (0..head.n_classes()).map(|class| head.weight(column, class)).collect()
                };
                let logits = head.logits(&row);
                ExplainedHead {
                    question,
                    intercepts: head
                        .intercepts()
                        .iter()
                        .map(|&intercept| f64::from(intercept))
                        .collect(),
                    weights: row.iter().map(weights).collect(),
                    probabilities: scaling.probabilities(&logits),
                    scaling: scaling.clone(),
                    logits,
                }
            },
        );
        let heads = heads.collect();
        Ok(Explanation { verdict, read, features, heads })
    }
}

impl Explanation {
    /// What a feature added to the logit of a head's class: its value times its weight.
    pub fn contribution(&self, head: usize, feature: usize, class: usize) -> f64 {
        self.features[feature].value * self.heads[head].weights[feature][class]
    }

    /// What a feature added to the calibrated logits of a head, by class: scale times contribution.
    pub fn calibrated(&self, head: usize, feature: usize) -> Vec<f64> {
        let scale = self.heads[head].scaling.scale.iter().enumerate();
        scale.map(|(class, scale)| scale * self.contribution(head, feature, class)).collect()
    }

    /// What was answered: that the article is not about the conflict, or that it is and the side
    /// toward each camp.
    pub fn answers(&self) -> Vec<ExplainedClass> {
        let sides = self.verdict.camps.iter().enumerate();
        let sides = sides.filter_map(|(camp, verdict)| {
            verdict.stance.side().map(|class| ExplainedClass { head: 1 + camp, class })
        });
        let sides: Vec<ExplainedClass> = sides.collect();
        let relevance = ExplainedClass {
            head: 0,
            class: if sides.is_empty() { UNRELATED } else { 1 - UNRELATED },
        };
        std::iter::once(relevance).chain(sides).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_is_as_worked_out_by_hand() {
        // 3 − (1 + 0) / 2, 1 − (3 + 0) / 2, 0 − (3 + 1) / 2.
        for (class, is) in [2.5, -0.5, -2.0].into_iter().enumerate() {
            assert!((push(&[3.0, 1.0, 0.0], class) - is).abs() < 1e-12);
        }
        // Of two classes it is the difference.
        assert!(
            (push(&[3.0, 1.0], 0) - 2.0).abs() < 1e-12
                && (push(&[3.0, 1.0], 1) + 2.0).abs() < 1e-12
        );
    }
}
