//! The scored record: what mizan says of one article, as it is written and read back.
//!
//! A [`ScoreRecord`] is the waist between scoring and everything that reads scores. Each form has
//! its writer and its reader in one file: [`json_lines`], [`csv`], and Parquet (feature `parquet`).
//! [`RecordReader`] tells the form of a file and reads any of them.
//!
//! Numbers have six decimals. They are rounded when the record is made, so that a record that is
//! written and read back is the same record.

mod article;
pub mod csv;
mod error;
pub mod json;
pub mod json_lines;
mod object;
#[cfg(feature = "parquet")]
pub mod parquet;
mod reader;
mod reading;
mod sentences;
#[cfg(feature = "office")]
pub mod workbook;

use std::sync::Arc;

use crate::article::Article;
use crate::camp::{Stance, StanceProbabilities};
use crate::intake::IntakeNotes;
use crate::intake::date::PublicationDate;
pub use crate::scoring::UNCERTAIN;
use crate::scoring::{Scorer, Unscorable, Verdict};
pub use error::{RecordError, RecordProblem};
pub use reader::RecordReader;
pub use reading::RecordReading;
pub use sentences::{JudgedSentence, SentenceScores};

/// What mizan says of one article: its scores, or why it has none.
///
/// Serialized, it is the JSON object that [`json_lines`] describes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScoreRecord {
    /// Id of the article.
    pub id: String,
    /// The outlet, if the article names one.
    pub outlet: Option<String>,
    /// The day of publication, `YYYY-MM-DD` or `YYYY-MM`; as the article writes it where that is no
    /// date that [`PublicationDate`] reads.
    pub date: Option<String>,
    /// The event that the article is about, if it names one.
    pub event: Option<String>,
    /// Fields of the input that were to be kept, by name.
    pub kept: Vec<(String, Option<String>)>,
    /// Name and short checksum of the model, as in `libya@1a2b3c4d`; `None` in older records, which
    /// do not name it.
    pub model: Option<Arc<str>>,
    /// Version of mizan that made the record; `None` in older records, which do not name it.
    pub version: Option<Arc<str>>,
    /// How the article was read, if it was.
    pub reading: Option<RecordReading>,
    /// The scores, or a message that says why there are none.
    pub scores: Result<Scores, String>,
}

/// The scores of one article.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Scores {
    /// The scores toward each camp, in the model's order of camps.
    pub camps: [CampScores; 2],
    /// Half the difference of the two scores, in [−1, 1]: positive toward the first camp.
    pub lean: f64,
    /// P(the article is not about the conflict); exactly 1 if it is off topic, that is, names no
    /// camp and no place of the conflict's country.
    pub unrelated: f64,
    /// Share of its content words that the model knows; `None` where the form lacks it (CSV).
    pub known: Option<f64>,
    /// Every sentence of the article, in order; empty unless they were asked for.
    pub sentences: Vec<JudgedSentence>,
}

/// The scores of one article toward one camp.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CampScores {
    /// Id of the camp.
    pub camp: Arc<str>,
    /// The stance; `None` for `uncertain`.
    pub stance: Option<Stance>,
    /// P(favor) − P(against), in [−1, 1].
    pub score: f64,
    /// The probabilities of the stances; `None` where a record leaves them out.
    pub probabilities: Option<StanceProbabilities>,
    /// The words that contributed most to the stance, strongest first.
    pub words: Vec<ScoredWord>,
    /// The sentences that decide the stance, strongest first; none where it takes no side.
    pub evidence: Vec<ScoredSentence>,
    /// The most fitting stance, where `stance` is uncertain.
    pub guess: Option<Stance>,
    /// Why `stance` is uncertain.
    pub abstention: Option<String>,
}

/// A word, or a run of words, that contributed to a stance.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredWord {
    /// The word as the article writes it, without marks.
    pub word: String,
    /// How much it pushes toward the stance, in log-odds; `None` where the form does not tell it
    /// (CSV).
    pub weight: Option<f64>,
}

/// A sentence that decides a stance.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredSentence {
    /// The sentence.
    pub text: String,
    /// Its bytes in title and text; `None` where the form does not tell them (CSV).
    pub span: Option<[usize; 2]>,
    /// The side that it takes; `None` where the form does not tell it (CSV).
    pub stance: Option<Stance>,
    /// The probability of that by this sentence alone, not calibrated; `None` as `stance`.
    pub probability: Option<f64>,
}

impl ScoreRecord {
    /// The record of an article that could not be read or scored, made by `scorer`'s model.
    pub fn from_failure(scorer: &Scorer, id: String, message: String) -> Self {
        Self {
            id,
            outlet: None,
            date: None,
            event: None,
            kept: Vec::new(),
            model: Some(Arc::clone(scorer.signature())),
            version: Some(Arc::clone(scorer.version())),
            reading: None,
            scores: Err(message),
        }
    }

    /// The record of an article and its verdict.
    pub fn from_verdict(
        scorer: &Scorer,
        article: Article,
        notes: &IntakeNotes,
        verdict: Result<Verdict, Unscorable>,
    ) -> Self {
        let Article { id, outlet, date, event, .. } = article;
        let result = verdict.map(|verdict| Scores::from_verdict(scorer, verdict));
        Self {
            outlet,
            date,
            event,
            reading: Some(notes.into()),
            scores: result.map_err(|error| error.to_string()),
            ..Self::from_failure(scorer, id, String::new())
        }
    }

    /// The date of publication, where it can be read.
    pub fn publication_date(&self) -> Option<PublicationDate> {
        PublicationDate::parse(self.date.as_deref()?)
    }
}

impl Scores {
    /// The scores that `scorer` gave in `verdict`, rounded to six decimals.
    pub fn from_verdict(scorer: &Scorer, verdict: Verdict) -> Self {
        let (lean, known) = (six(verdict.lean()), six(verdict.share_known()));
        let mut ids = scorer.camp_ids().iter();
        let camps = verdict.camps.map(|camp| {
            let sides = camp.sides;
            let abstention = camp.abstention.as_ref().map(ToString::to_string);
            let is_certain = abstention.is_none();
            CampScores {
                camp: ids.next().map(Arc::clone).unwrap_or_default(),
                stance: is_certain.then_some(camp.stance),
                score: six(sides.score()),
                probabilities: Some(StanceProbabilities {
                    favor: six(sides.favor),
                    neutral: six(sides.neutral),
                    against: six(sides.against),
                }),
                words: camp
                    .words
                    .into_iter()
                    .map(|word| ScoredWord { word: word.word, weight: Some(six(word.weight)) })
                    .collect(),
                evidence: camp
                    .sentences
                    .into_iter()
                    .map(|deciding| ScoredSentence {
                        text: deciding.sentence,
                        span: Some([deciding.bytes.start, deciding.bytes.end]),
                        stance: Some(deciding.stance),
                        probability: Some(six(deciding.probability)),
                    })
                    .collect(),
                guess: (!is_certain).then_some(camp.stance),
                abstention,
            }
        });
        let unrelated = six(verdict.unrelated);
        Self { camps, lean, unrelated, known: Some(known), sentences: Vec::new() }
    }

    /// Whether the article is about the conflict: whether P(unrelated) is below one half.
    pub fn is_related(&self) -> bool {
        2.0 * self.unrelated < 1.0
    }

    /// Whether the stance toward some camp is uncertain.
    pub fn is_uncertain(&self) -> bool {
        self.camps.iter().any(|camp| camp.stance.is_none())
    }

    /// Checks the ranges of all numbers, the ids of the camps, and that the lean is half of the
    /// difference of the scores.
    fn check(self) -> Result<Self, RecordProblem> {
        /// How far the lean may be off, all three numbers being rounded.
        const ROUNDING: f64 = 2.5e-6;
        for camp in &self.camps {
            let is_id_character =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            if camp.camp.is_empty() || !camp.camp.bytes().all(is_id_character) {
                return Err(RecordProblem::CampId(camp.camp.to_string()));
            }
            in_range(|| format!("{}.score", camp.camp), camp.score, -1.0)?;
            if let Some(StanceProbabilities { favor, neutral, against }) = camp.probabilities {
                for (name, share) in [("favor", favor), ("neutral", neutral), ("against", against)]
                {
                    in_range(|| format!("{}.{name}", camp.camp), share, 0.0)?;
                }
            }
        }
        in_range(|| "lean".to_owned(), self.lean, -1.0)?;
        in_range(|| "unrelated".to_owned(), self.unrelated, 0.0)?;
        if let Some(known) = self.known {
            in_range(|| "known".to_owned(), known, 0.0)?;
        }
        let [first, second] = &self.camps;
        if (self.lean - (first.score - second.score) / 2.0).abs() > ROUNDING {
            return Err(RecordProblem::Lean {
                lean: self.lean,
                scores: [first.score, second.score],
            });
        }
        Ok(self)
    }
}

fn in_range(field: impl Fn() -> String, number: f64, least: f64) -> Result<(), RecordProblem> {
    if (least..=1.0).contains(&number) {
        Ok(())
    } else {
        Err(RecordProblem::Range { field: field(), number, least })
    }
}

/// The stance that `word` names, `None` for [`UNCERTAIN`].
fn stance_from_word(camp: &str, word: &str) -> Result<Option<Stance>, RecordProblem> {
    if word == UNCERTAIN {
        return Ok(None);
    }
    Stance::from_word(word)
        .map(Some)
        .ok_or_else(|| RecordProblem::Stance { camp: camp.to_owned(), word: word.to_owned() })
}

/// A number rounded to six decimals, never −0.
pub(crate) fn six(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
