//! A scored record as a JSON object: the one list of its fields.

use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{
    CampScores, JudgedSentence, RecordProblem, ScoreRecord, ScoredSentence, ScoredWord, Scores,
    UNCERTAIN, stance_from_word,
};
use crate::camp::{Stance, StanceProbabilities};

/// Fields that hold objects and are not camps. A kept field may be called `score`.
const NOT_CAMPS: [&str; 2] = ["kept", "reading"];

impl Serialize for ScoreRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, outlet, date, event, kept, model, version, reading, scores } = self;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("id", id)?;
        for (field, value) in [("outlet", outlet), ("date", date), ("event", event)] {
            if let Some(value) = value {
                object.serialize_entry(field, value)?;
            }
        }
        if !kept.is_empty() {
            object.serialize_entry("kept", &Kept(kept))?;
        }
        match scores {
            Ok(Scores { camps, lean, unrelated, known, sentences }) => {
                for camp in camps {
                    object.serialize_entry(&*camp.camp, camp)?;
                }
                object.serialize_entry("lean", lean)?;
                object.serialize_entry("unrelated", unrelated)?;
                if let Some(known) = known {
                    object.serialize_entry("known", known)?;
                }
                if !sentences.is_empty() {
                    object.serialize_entry("sentences", sentences)?;
                }
            }
            Err(message) => object.serialize_entry("error", message)?,
        }
        for (field, value) in [("model", model), ("version", version)] {
            if let Some(value) = value {
                object.serialize_entry(field, &**value)?;
            }
        }
        if let Some(reading) = reading {
            object.serialize_entry("reading", reading)?;
        }
        object.end()
    }
}

struct Kept<'a>(&'a [(String, Option<String>)]);

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for CampScores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { stance, score, probabilities, words, evidence, guess, abstention, .. } = self;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("stance", stance.map_or(UNCERTAIN, Stance::as_str))?;
        object.serialize_entry("score", score)?;
        if let Some(StanceProbabilities { favor, neutral, against }) = probabilities {
            object.serialize_entry("favor", favor)?;
            object.serialize_entry("neutral", neutral)?;
            object.serialize_entry("against", against)?;
        }
        object.serialize_entry("words", words)?;
        if !evidence.is_empty() {
            object.serialize_entry("evidence", evidence)?;
        }
        if let Some(guess) = guess {
            object.serialize_entry("guess", guess.as_str())?;
        }
        if let Some(abstention) = abstention {
            object.serialize_entry("doubt", abstention)?;
        }
        object.end()
    }
}

impl Serialize for ScoredWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("word", &self.word)?;
        if let Some(weight) = self.weight {
            object.serialize_entry("weight", &weight)?;
        }
        object.end()
    }
}

impl Serialize for ScoredSentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { text, span, stance, probability } = self;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("text", text)?;
        if let Some(span) = span {
            object.serialize_entry("span", span)?;
        }
        if let Some(stance) = stance {
            object.serialize_entry("stance", stance.as_str())?;
        }
        if let Some(probability) = probability {
            object.serialize_entry("probability", probability)?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for ScoreRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Map::<String, Value>::deserialize(deserializer)?;
        Self::from_object(&object).map_err(D::Error::custom)
    }
}

impl ScoreRecord {
    /// The record that a JSON object holds. Fields that it does not know are passed over.
    ///
    /// # Errors
    /// [`RecordProblem`] when the object is no record, or a number is out of its range.
    pub(super) fn from_object(object: &Map<String, Value>) -> Result<Self, RecordProblem> {
        // Other programs write an id or an outlet's number without quotation marks.
        let text = |field: &str| match object.get(field)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let filled = |field: &str| text(field).filter(|value| !value.trim().is_empty());
        let id = text("id").ok_or_else(|| RecordProblem::NotScores(String::new()))?;
        let scores = match object.get("error").filter(|error| !error.is_null()) {
            Some(message) => {
                Err(message.as_str().unwrap_or("an error without a message").to_owned())
            }
            None => Ok(scores(object)?),
        };
        let kept = object.get("kept").and_then(Value::as_object).map(|kept| {
            let value = |value: &Value| value.as_str().map(str::to_owned);
            kept.iter().map(|(name, kept)| (name.clone(), value(kept))).collect()
        });
        Ok(Self {
            id,
            outlet: filled("outlet"),
            date: filled("date"),
            event: filled("event"),
            kept: kept.unwrap_or_default(),
            model: filled("model").map(Arc::from),
            version: filled("version").map(Arc::from),
            reading: object
                .get("reading")
                .and_then(|reading| serde_json::from_value(reading.clone()).ok()),
            scores,
        })
    }
}

fn scores(object: &Map<String, Value>) -> Result<Scores, RecordProblem> {
    let fields = object.iter().filter(|(name, _)| !NOT_CAMPS.contains(&name.as_str()));
    let camps = fields.filter_map(|(name, value)| {
        Some((name, value.as_object().filter(|camp| camp.contains_key("score"))?))
    });
    let camps = camps.map(|(name, camp)| camp_scores(name, camp)).collect::<Result<Vec<_>, _>>()?;
    let camps: [CampScores; 2] = camps.try_into().map_err(|camps: Vec<_>| {
        RecordProblem::NotScores(format!("; it has scores of {} camps, not of two", camps.len()))
    })?;
    let ids = camps.each_ref().map(|camp| Arc::clone(&camp.camp));
    let sentences = object.get("sentences").and_then(Value::as_array);
    let judged = |sentence| JudgedSentence::from_value(sentence, &ids);
    Scores {
        sentences: sentences.into_iter().flatten().filter_map(judged).collect(),
        camps,
        lean: number(object, "lean", "lean")?,
        unrelated: number(object, "unrelated", "unrelated")?,
        known: object.get("known").and_then(Value::as_f64),
    }
    .check()
}

fn camp_scores(name: &str, camp: &Map<String, Value>) -> Result<CampScores, RecordProblem> {
    let text = |field: &str| camp.get(field).and_then(Value::as_str);
    let word = |word: &Value| {
        let weight = word.get("weight").and_then(Value::as_f64).filter(|weight| weight.abs() < 1e6);
        Some(ScoredWord { word: word.get("word")?.as_str()?.to_owned(), weight })
    };
    let sentence = |sentence: &Value| {
        let share = sentence.get("probability").and_then(Value::as_f64);
        Some(ScoredSentence {
            text: sentence.get("text")?.as_str()?.to_owned(),
            span: span(sentence),
            stance: sentence.get("stance").and_then(Value::as_str).and_then(Stance::from_word),
            probability: share.filter(|share| (0.0..=1.0).contains(share)),
        })
    };
    let evidence = camp.get("evidence").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let words = camp.get("words").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let share = |field: &str| camp.get(field).and_then(Value::as_f64);
    let probabilities = share("favor").zip(share("neutral")).zip(share("against"));
    let guess = text("guess").map(|guess| stance_from_word(name, guess)).transpose()?.flatten();
    Ok(CampScores {
        camp: Arc::from(name),
        stance: stance_from_word(name, text("stance").unwrap_or_default())?,
        score: number(camp, "score", &format!("{name}.score"))?,
        probabilities: probabilities.map(|((favor, neutral), against)| StanceProbabilities {
            favor,
            neutral,
            against,
        }),
        words: words.iter().filter_map(word).collect(),
        evidence: evidence.iter().filter_map(sentence).collect(),
        guess,
        abstention: text("doubt").map(str::to_owned),
    })
}

/// The bytes in the field `span`.
pub(super) fn span(sentence: &Value) -> Option<[usize; 2]> {
    let bytes = |at: usize| usize::try_from(sentence.get("span")?.get(at)?.as_u64()?).ok();
    Some([bytes(0)?, bytes(1)?])
}

fn number(object: &Map<String, Value>, field: &str, name: &str) -> Result<f64, RecordProblem> {
    object.get(field).and_then(Value::as_f64).ok_or_else(|| missing(name))
}

/// What is wrong where a number is missing.
pub(super) fn missing(name: &str) -> RecordProblem {
    RecordProblem::NotScores(format!("; it has no number called {name}"))
}
