//! One JSON object a line, for programs.
//!
//! `{"id", "<camp>": {"stance", "score", "favor", "neutral", "against", "words": [{"word", "weight"}]} for each camp,
//! "lean", "unrelated", "known"}`, or `{"id", "error"}`; `known` is the share of the content words that the model knows; with `"outlet"` and `"date"` where the article names them, and, where it was
//! read at all, `"reading": {"format", "encoding", "replaced", "removed"}`: how many byte sequences were replaced and how
//! many leftovers taken out. Where there is a doubt, `stance` is `uncertain`, `doubt` says why and `guess` is the stance that fits
//! best. Fields may be added; none is renamed. Numbers have six decimals.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::table::OneVsRest;
use super::{Record, UNCERTAIN};
use crate::camp::Camps;
use crate::evaluation::Figure;
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
    for (id, CampVerdict { stance, doubt, sides, words }) in camps.ids().into_iter().zip(&verdict.camps) {
        let words: Vec<Value> = words.iter().map(|Word { word, weight }| json!({"word": word, "weight": six(*weight)})).collect();
        let mut camp = json!({
            "stance": if doubt.is_some() { UNCERTAIN } else { stance.as_str() },
            "score": six(sides.score()),
            "favor": six(sides.favor),
            "neutral": six(sides.neutral),
            "against": six(sides.against),
            "words": words,
        });
        if let (Some(doubt), Some(camp)) = (doubt, camp.as_object_mut()) {
            camp.insert("guess".to_owned(), json!(stance.as_str()));
            camp.insert("doubt".to_owned(), json!(doubt.to_string()));
        }
        object.insert(id.to_owned(), camp);
    }
    object.insert("lean".to_owned(), json!(six(verdict.lean())));
    object.insert("unrelated".to_owned(), json!(six(verdict.unrelated)));
    object.insert("known".to_owned(), json!(six(verdict.share_known())));
}

/// A number rounded to six decimals, never −0.
pub(super) fn six(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}

/// Figures as one JSON object: for each output accuracy, macro-F1 with its interval, F1 by class and the confusion matrix (rows
/// are labels), and one stance against the rest where given.
pub fn figures(figures: &[Figure], classes: &[String], sides: &[OneVsRest]) -> Value {
    let of = |figure: &Figure| {
        let confusion = &figure.confusion;
        let f1: Map<String, Value> =
            classes.iter().enumerate().map(|(class, name)| (name.clone(), json!(six(confusion.f1(class))))).collect();
        let rows: Vec<Vec<usize>> =
            (0..classes.len()).map(|label| (0..classes.len()).map(|given| confusion.count(label, given)).collect()).collect();
        json!({
            "toward": figure.name,
            "articles": confusion.total(),
            "accuracy": six(confusion.accuracy()),
            "macro_f1": six(figure.macro_f1()),
            "macro_f1_95": [six(figure.interval.0), six(figure.interval.1)],
            "f1": f1,
            "confusion": rows,
        })
    };
    let side = |side: &OneVsRest| {
        json!({
            "toward": side.camp,
            "stance": side.stance.as_str(),
            "labelled": side.labelled,
            "macro_f1": six(side.macro_f1),
            "auc": six(side.auc),
        })
    };
    json!({
        "classes": classes,
        "figures": figures.iter().map(of).collect::<Vec<_>>(),
        "one_vs_rest": sides.iter().map(side).collect::<Vec<_>>(),
    })
}
