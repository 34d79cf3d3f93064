//! One JSON object a line, for programs.
//!
//! `{"id", "<camp>": {"stance", "score", "favor", "neutral", "against", "words": [{"word", "weight"}]} for each camp,
//! "lean", "unrelated"}`, or `{"id", "error"}`; with `"outlet"` and `"date"` where the article names them, and, where it was
//! read at all, `"reading": {"format", "encoding", "replaced", "removed"}`: how many byte sequences were replaced and how
//! many leftovers taken out. Fields may be added; none is renamed. Numbers have six decimals.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Record;
use crate::camp::Camps;
use crate::verdict::{CampVerdict, Verdict, Word};

/// Writes one record and a line feed.
///
/// # Errors
/// Those of the writer.
pub fn write(mut out: impl Write, camps: &Camps, record: &Record) -> io::Result<()> {
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(record.id));
    for (field, value) in [("outlet", &record.outlet), ("date", &record.date)] {
        if let Some(value) = value {
            object.insert(field.to_owned(), json!(value));
        }
    }
    match &record.verdict {
        Ok(verdict) => fill(&mut object, camps, verdict),
        Err(message) => {
            object.insert("error".to_owned(), json!(message));
        }
    }
    if let Some(reading) = &record.reading {
        let (format, removed) = (reading.format.to_string(), reading.removals.len());
        let reading = json!({"format": format, "encoding": reading.encoding, "replaced": reading.replaced, "removed": removed});
        object.insert("reading".to_owned(), reading);
    }
    serde_json::to_writer(&mut out, &object)?;
    out.write_all(b"\n")
}

fn fill(object: &mut Map<String, Value>, camps: &Camps, verdict: &Verdict) {
    for (id, CampVerdict { stance, sides, words }) in camps.ids().into_iter().zip(&verdict.camps) {
        let words: Vec<Value> = words.iter().map(|Word { word, weight }| json!({"word": word, "weight": six(*weight)})).collect();
        let camp = json!({
            "stance": stance.as_str(),
            "score": six(sides.score()),
            "favor": six(sides.favor),
            "neutral": six(sides.neutral),
            "against": six(sides.against),
            "words": words,
        });
        object.insert(id.to_owned(), camp);
    }
    object.insert("lean".to_owned(), json!(six(verdict.lean())));
    object.insert("unrelated".to_owned(), json!(six(verdict.unrelated)));
}

/// A number rounded to six decimals, never −0.
pub(super) fn six(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}
