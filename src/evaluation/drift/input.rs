//! The numbers of a scored article that drift compares.

use crate::article::Article;
use crate::camp::StanceProbabilities;
use crate::intake::date::PublicationDate;
use crate::intake::outlet_name::one_name;
use crate::model::Model;
use crate::record::ScoreRecord;
use crate::scoring::{MIN_KNOWN, Verdict};

/// The error rate at which an article counts as uncertain.
pub const RISK: f64 = 0.1;

/// An article's scores as drift compares them.
#[derive(Clone, Debug, PartialEq)]
pub struct DriftInput {
    /// Id of the article.
    pub id: String,
    /// The outlet, if known.
    pub outlet: Option<String>,
    /// The date, if it can be read.
    pub date: Option<PublicationDate>,
    /// Share of its content words that the model knows, if known.
    pub known: Option<f64>,
    /// P(unrelated).
    pub unrelated: f64,
    /// The scores toward the camps.
    pub scores: [f64; 2],
    /// Whether the model is uncertain toward a camp, at an error rate of [`RISK`].
    pub uncertain: bool,
    /// How close the second stance comes to the first, toward the closer of the two camps: 0 where
    /// the model is sure, 1 where two stances fit equally well.
    pub ambiguity: f64,
}

/// Why the scores of a record cannot be compared with a model's reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IncomparableRecord {
    /// The scores are toward other camps.
    #[error(
        "its scores are toward {} and {}, those of the model toward {} and {}",
        .other[0], .other[1], .camps[0], .camps[1]
    )]
    OtherCamps {
        /// The camps of the model.
        camps: [String; 2],
        /// The camps of the record.
        other: [String; 2],
    },
    /// The record has no probabilities.
    #[error("its probabilities of favor, neutral and against are missing")]
    NoProbabilities,
}

impl DriftInput {
    /// Whether the article is about the conflict, as [`crate::record::Scores::is_related`].
    pub fn is_related(&self) -> bool {
        2.0 * self.unrelated < 1.0
    }

    /// The input of a record that `model` made; `None` if it has an error instead of scores.
    ///
    /// # Errors
    /// [`IncomparableRecord`] when the scores are toward other camps, or without probabilities.
    pub fn from_record(
        model: &Model,
        record: &ScoreRecord,
    ) -> Option<Result<Self, IncomparableRecord>> {
        let scores = record.scores.as_ref().ok()?;
        let ids = scores.camps.each_ref().map(|camp| &*camp.camp);
        if let Some(camps) = model.camps()
            && camps.ids() != ids
        {
            return Some(Err(IncomparableRecord::OtherCamps {
                camps: camps.ids().map(str::to_owned),
                other: ids.map(str::to_owned),
            }));
        }
        let [Some(first), Some(second)] = scores.camps.each_ref().map(|camp| camp.probabilities)
        else {
            return Some(Err(IncomparableRecord::NoProbabilities));
        };
        let sides = [first, second];
        Some(Ok(Self {
            id: record.id.clone(),
            outlet: record.outlet.as_deref().map(|outlet| one_name(outlet).into_owned()),
            date: record.publication_date(),
            ..Self::from_probabilities(model, sides, scores.unrelated, scores.known)
        }))
    }

    /// The input of an article with its verdict.
    pub fn from_verdict(model: &Model, article: &Article, verdict: &Verdict) -> Self {
        let sides = verdict.camps.each_ref().map(|camp| camp.sides);
        let known = Some(verdict.share_known());
        Self {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            date: article.date.as_deref().and_then(PublicationDate::parse),
            ..Self::from_probabilities(model, sides, verdict.unrelated, known)
        }
    }

    /// An article without id, outlet and date, by its probabilities.
    fn from_probabilities(
        model: &Model,
        sides: [StanceProbabilities; 2],
        unrelated: f64,
        known: Option<f64>,
    ) -> Self {
        let of_camp = |sides: StanceProbabilities| {
            vec![sides.favor, (sides.neutral - unrelated).max(0.0), sides.against, unrelated]
        };
        let probabilities = sides.map(of_camp).to_vec();
        let decided = model.task().decide(model.decisions(), &probabilities);
        let camps = || model.decisions().iter().zip(&probabilities);
        let ambiguities = camps().map(|(decision, p)| {
            let mut conformity = decision.conformity(p);
            conformity.sort_by(|a, b| b.total_cmp(a));
            1.0 - (conformity[0] - conformity[1])
        });
        let at_risk =
            camps().zip(&decided).any(|((decision, p), &class)| decision.set(p, RISK) != [class]);
        Self {
            id: String::new(),
            outlet: None,
            date: None,
            known,
            unrelated,
            scores: sides.map(|sides| sides.score()),
            uncertain: at_risk || known.is_some_and(|known| known < MIN_KNOWN),
            ambiguity: ambiguities.fold(0.0, f64::max),
        }
    }
}
