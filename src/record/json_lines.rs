//! One JSON object a line, for programs.
//!
//! `{"id", "<camp>": {"stance", "score", "favor", "neutral", "against", "words": [{"word", "weight"}]} for each camp, "lean", "unrelated", "known"}`,
//! or `{"id", "error"}`; `known` is the share of its content words that the model knows; with
//! `"outlet"`, `"date"` and `"event"` where the article names them, with `"kept"`, an object, where
//! fields were to be kept, and, where it was read at all,
//! `"reading": {"format", "encoding", "replaced", "removed"}`: how many byte sequences were
//! replaced and how many leftovers taken out. Where there is a doubt, `stance` is `uncertain`,
//! `doubt` says why and `guess` is the stance that fits best. Fields may be added; none is renamed.
//! Numbers have six decimals. What steers a terminal or its direction of text is written as
//! `\uXXXX`, which is the same to a program.

use std::io::{self, Write};

use serde::de::IgnoredAny;
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::{ScoreRecord, UNCERTAIN, json};
use crate::camp::Camps;
use crate::intake::IntakeNotes;
use crate::scoring::{CampVerdict, InfluentialWord};

/// Writes one record and a line feed.
///
/// # Errors
/// Those of the writer.
pub fn write(out: impl Write, camps: &Camps, record: &ScoreRecord) -> io::Result<()> {
    json::line(out, &Line { camps, record })
}

/// Whether a line that [`write()`] wrote says that an article could not be scored.
pub fn is_failed(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Failed {
        error: Option<IgnoredAny>,
    }
    serde_json::from_slice(line).is_ok_and(|Failed { error }| error.is_some())
}

/// The fields of a record.
pub(crate) struct Line<'a> {
    pub(crate) camps: &'a Camps,
    pub(crate) record: &'a ScoreRecord,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ScoreRecord { id, outlet, date, event, kept, reading, verdict } = self.record;
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("id", id)?;
        for (field, value) in [("outlet", outlet), ("date", date), ("event", event)] {
            if let Some(value) = value {
                line.serialize_entry(field, value)?;
            }
        }
        if !kept.is_empty() {
            line.serialize_entry("kept", &Kept(kept))?;
        }
        match verdict {
            Ok(verdict) => {
                for (id, camp) in self.camps.ids().into_iter().zip(&verdict.camps) {
                    line.serialize_entry(id, &CampLine::of(camp))?;
                }
                line.serialize_entry("lean", &six(verdict.lean()))?;
                line.serialize_entry("unrelated", &six(verdict.unrelated))?;
                line.serialize_entry("known", &six(verdict.share_known()))?;
            }
            Err(message) => line.serialize_entry("error", message)?,
        }
        if let Some(reading) = reading {
            line.serialize_entry("reading", &ReadingLine::of(reading))?;
        }
        line.end()
    }
}

struct Kept<'a>(&'a [(String, Option<String>)]);

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[derive(Serialize)]
struct CampLine<'a> {
    stance: &'a str,
    score: f64,
    favor: f64,
    neutral: f64,
    against: f64,
    words: Vec<WordLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guess: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
}

#[derive(Serialize)]
struct WordLine<'a> {
    word: &'a str,
    weight: f64,
}

impl<'a> CampLine<'a> {
    fn of(CampVerdict { stance, abstention, sides, words }: &'a CampVerdict) -> Self {
        Self {
            stance: if abstention.is_some() { UNCERTAIN } else { stance.as_str() },
            score: six(sides.score()),
            favor: six(sides.favor),
            neutral: six(sides.neutral),
            against: six(sides.against),
            words: words
                .iter()
                .map(|InfluentialWord { word, weight }| WordLine { word, weight: six(*weight) })
                .collect(),
            guess: abstention.is_some().then(|| stance.as_str()),
            doubt: abstention.as_ref().map(ToString::to_string),
        }
    }
}

#[derive(Serialize)]
struct ReadingLine<'a> {
    format: String,
    encoding: &'a str,
    replaced: usize,
    removed: usize,
}

impl<'a> ReadingLine<'a> {
    fn of(reading: &'a IntakeNotes) -> Self {
        let IntakeNotes { format, encoding, replaced, removals, .. } = reading;
        Self { format: format.to_string(), encoding, replaced: *replaced, removed: removals.len() }
    }
}

/// A number rounded to six decimals, never −0.
pub(crate) fn six(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}
