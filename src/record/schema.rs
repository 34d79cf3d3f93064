//! The JSON Schema of scored records, for programs that read them.

use serde_json::{Map, Value, json};

use crate::camp::{Camps, Stance};
use crate::scoring::UNCERTAIN;

/// The schema (draft 2020-12, <https://json-schema.org>) of the JSON lines of `mizan score`, toward
/// these camps. The lines are written by hand in `record::object`; a test holds the two together.
pub fn schema(camps: &Camps) -> Value {
    let stances: Vec<&str> = Stance::ALL.iter().map(|stance| stance.as_str()).collect();
    let or_uncertain: Vec<&str> = stances.iter().copied().chain([UNCERTAIN]).collect();
    let side = json!({"enum": ["favor", "against"]});
    let share = json!({"type": "number", "minimum": 0, "maximum": 1});
    let text = json!({"type": "string"});
    let count = json!({"type": "integer", "minimum": 0});
    let span = json!({
        "type": "array", "items": count, "minItems": 2, "maxItems": 2,
        "description": "first byte, and the byte after the last, in title and text",
    });
    let list = |items: &Value| json!({"type": "array", "items": items});
    let object = |required: &[&str], properties: Value| {
        json!({
            "type": "object", "additionalProperties": false,
            "required": required, "properties": properties,
        })
    };
    let word = object(&["word"], json!({"word": text, "weight": {"type": "number"}}));
    let evidence = object(
        &["text"],
        json!({"text": text, "span": span, "stance": side, "probability": share}),
    );
    let camp = object(
        &["stance", "score", "words"],
        json!({
            "stance": {"enum": or_uncertain},
            "score": {"type": "number", "minimum": -1, "maximum": 1},
            "favor": share, "neutral": share, "against": share,
            "words": list(&word),
            "evidence": list(&evidence),
            "guess": {"enum": stances},
            "doubt": text,
        }),
    );
    let judged = object(
        &["stance", "favor", "neutral", "against", "pull"],
        json!({
            "stance": {"enum": stances}, "favor": share, "neutral": share, "against": share,
            "pull": {"type": "number"},
        }),
    );
    let by_camp = |of: &Value| camps.ids().map(|id| (id.to_owned(), of.clone()));
    let mut of_sentence: Map<String, Value> = by_camp(&judged).into_iter().collect();
    of_sentence.extend([
        ("text".to_owned(), text.clone()),
        ("span".to_owned(), span),
        ("reported".to_owned(), share.clone()),
    ]);
    let sentence = object(&["text", "span", "reported"], Value::Object(of_sentence));
    let reading = json!({
        "type": "object", "required": ["format", "encoding", "replaced", "removed"],
        "properties": {
            "format": text, "encoding": text, "replaced": count, "removed": count,
            "mended": text,
        },
    });
    let mut properties: Map<String, Value> = by_camp(&camp).into_iter().collect();
    properties.extend([
        ("id".to_owned(), text.clone()),
        ("outlet".to_owned(), text.clone()),
        ("date".to_owned(), text.clone()),
        ("event".to_owned(), text.clone()),
        ("kept".to_owned(), json!({"type": "object"})),
        ("lean".to_owned(), json!({"type": "number", "minimum": -1, "maximum": 1})),
        ("unrelated".to_owned(), share.clone()),
        ("known".to_owned(), share),
        ("sentences".to_owned(), list(&sentence)),
        ("error".to_owned(), text.clone()),
        ("model".to_owned(), text.clone()),
        ("version".to_owned(), text),
        ("reading".to_owned(), reading),
    ]);
    let [first, second] = camps.ids();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of mizan score",
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "model", "version"],
        // Scores, or why there are none.
        "oneOf": [
            {"required": [first, second, "lean", "unrelated"]},
            {"required": ["error"]},
        ],
        "properties": properties,
    })
}
