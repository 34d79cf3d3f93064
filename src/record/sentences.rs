//! The sentences of an article in its record, where they were asked for.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::object::span;
use super::six;
use crate::camp::{Stance, StanceProbabilities};
use crate::scoring::{Scorer, SentenceVerdict};

/// What a model says of one sentence of an article.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct JudgedSentence {
    /// The sentence.
    pub text: String,
    /// Its bytes in title and text.
    pub span: [usize; 2],
    /// The share of its words that are reported speech, from 0 to 1.
    pub reported: f64,
    /// What it says of each camp, in the record's order.
    pub camps: [SentenceScores; 2],
}

/// What a sentence says of one camp.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SentenceScores {
    /// Id of the camp.
    pub camp: Arc<str>,
    /// The most probable stance by the sentence alone.
    pub stance: Stance,
    /// Its probabilities, which are not calibrated
    /// ([`score_sentences`](crate::Scorer::score_sentences)).
    pub probabilities: StanceProbabilities,
    /// How much its words add to `ln P(favor) − ln P(against)` in the article; 0 if it is not among
    /// the strongest.
    pub pull: f64,
}

impl JudgedSentence {
    /// What `scorer` says of a sentence, rounded to six decimals.
    pub(super) fn from_verdict(scorer: &Scorer, verdict: SentenceVerdict) -> Self {
        let SentenceVerdict { sentence, bytes, reported, camps } = verdict;
        let ids = scorer.camp_ids();
        let of_camp = |camp: usize| {
            let StanceProbabilities { favor, neutral, against } = camps[camp].sides;
            SentenceScores {
                camp: Arc::clone(&ids[camp]),
                stance: camps[camp].stance,
                probabilities: StanceProbabilities {
                    favor: six(favor),
                    neutral: six(neutral),
                    against: six(against),
                },
                pull: six(camps[camp].pull),
            }
        };
        Self {
            text: sentence,
            span: [bytes.start, bytes.end],
            reported: six(reported),
            camps: [0, 1].map(of_camp),
        }
    }

    /// The sentence that a JSON value holds; `None` if it holds none of these camps.
    pub(super) fn from_value(value: &Value, camps: &[Arc<str>; 2]) -> Option<Self> {
        let share = |of: &Value, field: &str| {
            of.get(field)?.as_f64().filter(|share| (0.0..=1.0).contains(share))
        };
        let of_camp = |camp: &Arc<str>| {
            let scores = value.get(&**camp)?;
            Some(SentenceScores {
                camp: Arc::clone(camp),
                stance: Stance::from_word(scores.get("stance")?.as_str()?)?,
                probabilities: StanceProbabilities {
                    favor: share(scores, "favor")?,
                    neutral: share(scores, "neutral")?,
                    against: share(scores, "against")?,
                },
                pull: scores.get("pull")?.as_f64().filter(|pull| pull.abs() < 1e6)?,
            })
        };
        let [first, second] = camps;
        Some(Self {
            text: value.get("text")?.as_str()?.to_owned(),
            span: span(value)?,
            reported: share(value, "reported")?,
            camps: [of_camp(first)?, of_camp(second)?],
        })
    }
}

impl Serialize for JudgedSentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("text", &self.text)?;
        object.serialize_entry("span", &self.span)?;
        object.serialize_entry("reported", &self.reported)?;
        for camp in &self.camps {
            object.serialize_entry(&*camp.camp, camp)?;
        }
        object.end()
    }
}

impl Serialize for SentenceScores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let StanceProbabilities { favor, neutral, against } = &self.probabilities;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("stance", self.stance.as_str())?;
        let numbers =
            [("favor", favor), ("neutral", neutral), ("against", against), ("pull", &self.pull)];
        for (field, number) in numbers {
            object.serialize_entry(field, number)?;
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::model::Model;
    use crate::record::{ScoreRecord, json_lines, samples};

    #[test]
    fn sentences_come_back_as_they_were_written_and_what_is_none_is_left_out() {
        let scorer = Scorer::new(Model::embedded().unwrap()).unwrap();
        let text = "وطهرت القوات المسلحة الباسلة المدينة من فلول الإرهابيين. وقال شاهد إن «الأمر» \
         انتهى في طرابلس.";
        let verdicts = scorer.score_sentences(&Article::new("a", text)).unwrap();
        let camp = |camp| samples::camp(camp, None, 0.25, &[]);
        let mut judged = samples::scores([camp("lna"), camp("gna")]);
        judged.sentences = verdicts
            .into_iter()
            .map(|verdict| JudgedSentence::from_verdict(&scorer, verdict))
            .collect();
        assert_eq!(judged.sentences.len(), 2);
        let record: ScoreRecord = samples::record("a", Ok(judged));
        let mut line = Vec::new();
        json_lines::write(&mut line, &record).unwrap();
        assert_eq!(json_lines::read(&line).unwrap(), record);
        let line = String::from_utf8(line).unwrap().replace("\"reported\":0.0", "\"reported\":7");
        let left = json_lines::read(line.as_bytes()).unwrap().scores.unwrap();
        assert_eq!(left.sentences.len(), 1, "{line}");
    }
}
