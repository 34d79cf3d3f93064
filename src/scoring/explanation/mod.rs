//! The explanation of a verdict: for each head and class, the contribution of every feature, and
//! the places of the feature in the text.
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
//! # Sides that are told from sentences
//!
//! Such a model has no weights for the words of the article as a whole, but two *supports* for each
//! camp, each the mean of the article's strongest sentences
//! ([`crate::features::sentences`]). The mean is linear in the features of these sentences, so they
//! are what is listed, each sentence by itself: a feature's weight for class `k` is
//! `Σ W(s, k) · w(s) / n(s)` over the supports `s` whose mean its sentence is in, with `W` the
//! head's weight, `w` the classifier's and `n` the number of sentences in the mean. The
//! classifier's intercepts, weighted alike, belong to the head's intercept. So the sums above hold
//! as they are.
//!
//! The class given is not always the one with the largest `q`: that the article may not be about
//! the conflict speaks for neutral ([`crate::model::Task::decide`]), and an article that is off
//! topic ([`Verdict::is_off_topic`]) is unrelated whatever the head of relevance says, whose
//! probabilities stay what they are.

mod sentences;
mod terms;

use crate::article::Article;
use crate::camp::Camps;
use crate::features::{Block, Evidence, Place, meaning};
use crate::model::{HeadId, Model, Question, Scaling};
pub use crate::scoring::push;
use crate::scoring::{NotStances, Scorer, Unscorable, Verdict};
use crate::text::AnalyzedText;
pub use terms::{Term, Wording, Wordings};

/// Explains the verdicts of one model.
#[derive(Debug)]
pub struct Explainer {
    scorer: Scorer,
}

/// Why an article was scored as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The verdict.
    pub verdict: Verdict,
    /// The text that was scored: headline and text, its tokens, and what was found in it.
    pub read: AnalyzedText,
    /// The features that it has, in the order of their columns.
    pub features: Vec<Feature>,
    /// The heads: relevance, then each camp.
    pub heads: Vec<ExplainedHead>,
    /// Whether the sides are told from single sentences.
    pub by_sentence: bool,
}

/// A feature that an article has.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// The block that counts it.
    pub block: Block,
    /// Its term in the block's vocabulary.
    pub term: String,
    /// The meaning of the term, in words.
    pub meaning: String,
    /// Its value in the row.
    pub value: f64,
    /// Its places in the text; none if the feature is of the text as a whole.
    pub places: Vec<Place>,
}

/// One head, with its weights for the features of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedHead {
    /// Which head of the model it is.
    pub id: HeadId,
    /// The question that it answers, with its classes.
    pub question: Question,
    /// The intercepts, by class.
    pub intercepts: Vec<f64>,
    /// The weights, by feature of the article and class; zero where the head does not use the
    /// feature.
    pub weights: Vec<Vec<f64>>,
    /// How its logits become probabilities.
    pub scaling: Scaling,
    /// Its logits, by class: those that the verdict was computed from.
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
    /// The head.
    pub head: HeadId,
    /// The class that was given.
    pub class: usize,
}

impl Explainer {
    /// An explainer by `model`.
    ///
    /// # Errors
    /// [`NotStances`] when the model predicts other labels.
    pub fn new(model: Model) -> Result<Self, NotStances> {
        Ok(Self { scorer: Scorer::new(model)? })
    }

    /// An explainer of what `scorer` says.
    pub fn from_scorer(scorer: Scorer) -> Self {
        Self { scorer }
    }

    /// The scorer whose verdicts are explained.
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// The camps of its verdicts.
    pub fn camps(&self) -> &Camps {
        self.scorer.camps()
    }

    /// Scores one article and keeps everything that the verdict was computed from. The verdict is
    /// that of [`Scorer::score`].
    ///
    /// # Errors
    /// As [`Scorer::score`].
    pub fn explain(&self, article: &Article) -> Result<Explanation, Unscorable> {
        let model = self.scorer.model();
        let read = self.scorer.read(article);
        let (evidence, places) = model.extractor().evidence_with_places(&read);
        let logits = self.scorer.logits(&evidence);
        let verdict = self.scorer.verdict_with(&read.text, &evidence, &logits)?;
        let counted = self.counted(&evidence, &places, &read);
        let told = model.extractor().sentences().map_or_else(Vec::new, |classifier| {
            sentences::told(model, classifier, &evidence, &read)
        });
        let questions = HeadId::ALL.into_iter().zip(model.task().heads());
        let parts = model.heads().iter().zip(model.scalings()).zip(logits);
        let heads = questions.zip(parts).map(|((id, question), ((head, scaling), logits))| {
            let of_columns = counted.iter().map(|(column, _)| {
                (0..head.n_classes()).map(|class| head.weight(*column, class)).collect()
            });
            let of_sentences = told.iter().map(|told| told.weights(id, head.n_classes()));
            ExplainedHead {
                id,
                question,
                intercepts: sentences::intercepts(model, id, &evidence),
                weights: of_columns.chain(of_sentences).collect(),
                probabilities: scaling.probabilities(&logits),
                scaling: scaling.clone(),
                logits,
            }
        });
        let heads = heads.collect();
        let counted = counted.into_iter().map(|(_, feature)| feature);
        let features = counted.chain(told.into_iter().map(|told| told.feature)).collect();
        let by_sentence = self.scorer.judges_sentences();
        Ok(Explanation { verdict, read, features, heads, by_sentence })
    }

    /// The features of the article as a whole, with their columns. What its sentences say is left
    /// out: it is explained by their own features.
    fn counted(
        &self,
        evidence: &Evidence,
        places: &[Vec<Place>],
        read: &AnalyzedText,
    ) -> Vec<(usize, Feature)> {
        let extractor = self.scorer.model().extractor();
        let counted = evidence.row.iter().zip(places);
        let counted = counted.filter(|((column, _), _)| *column < extractor.n_counted());
        let feature = |((column, value), places): ((usize, f64), &Vec<Place>)| {
            let (block, term) = extractor.feature(column)?;
            Some((
                column,
                Feature {
                    block,
                    term: term.to_owned(),
                    meaning: meaning(block, term, &read.camps),
                    value,
                    places: places.clone(),
                },
            ))
        };
        counted.filter_map(feature).collect()
    }
}

impl Explanation {
    /// One of the heads.
    pub fn head(&self, head: HeadId) -> &ExplainedHead {
        &self.heads[head.index()]
    }

    /// The contribution of a feature to the logit of a head's class: its value times its weight.
    pub fn contribution(&self, head: HeadId, feature: usize, class: usize) -> f64 {
        self.features[feature].value * self.head(head).weights[feature][class]
    }

    /// The contributions of a feature to the calibrated logits of a head, by class: scale times
    /// contribution.
    pub fn calibrated(&self, head: HeadId, feature: usize) -> Vec<f64> {
        let scale = self.head(head).scaling.scale.iter().enumerate();
        scale.map(|(class, scale)| scale * self.contribution(head, feature, class)).collect()
    }

    /// The classes that the verdict decided for: whether the article is about the conflict, and if
    /// so, the side toward each camp.
    pub fn answers(&self) -> Vec<ExplainedClass> {
        let sides = self.verdict.camps.iter().enumerate();
        let sides = sides.filter_map(|(camp, verdict)| {
            verdict.stance.side().map(|class| ExplainedClass { head: HeadId::Camp(camp), class })
        });
        let sides: Vec<ExplainedClass> = sides.collect();
        let relevance = ExplainedClass {
            head: HeadId::Relevance,
            class: if sides.is_empty() { HeadId::UNRELATED } else { HeadId::RELATED },
        };
        std::iter::once(relevance).chain(sides).collect()
    }
}
