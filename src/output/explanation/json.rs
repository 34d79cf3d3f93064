//! Explanations as JSON, one object for each article.
//!
//! The fields of [`crate::record::json_lines`], and:
//!
//! - `text`: the text that was scored;
//! - `reported`: the ranges of reported speech in it;
//! - `heads`: by name, `classes`, and by class `intercept`, `logit`, `scale`, `shift`, `calibrated`
//!   (scale · logit + shift) and `probability`;
//! - `answers`: the predicted class of each head;
//! - `off_topic`: why the article is unrelated whatever the heads say, in words; `null` otherwise;
//! - `features`: each with `block`, `term`, `meaning`, `value`, `places`, and by head, for each
//!   class, `weight`, `contribution` (value · weight) and `calibrated` (scale · contribution).
//!   Heads that do not use the feature are left out.
//!
//! So `intercept + Σ contribution = logit`. A range is `[start, end]` in bytes of the text as
//! UTF-8; a place is a list of them, more than one where words are passed over. Numbers are not
//! rounded. Control characters and marks of direction are written as `\uXXXX`.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::ExplainedArticle;
use crate::record::json;
use crate::scoring::OFF_TOPIC;
use crate::scoring::explanation::{ExplainedClass, ExplainedHead, Explanation, Feature};

/// Writes one article and a line feed.
///
/// # Errors
/// Errors of the writer.
pub fn write(out: impl Write, explained: &ExplainedArticle) -> io::Result<()> {
    let mut object = match serde_json::to_value(&explained.record)? {
        Value::Object(object) => object,
        other => return json::line(out, &other),
    };
    if let Some(explanation) = &explained.explanation {
        fill(&mut object, explanation);
    }
    json::line(out, &object)
}

fn fill(object: &mut Map<String, Value>, explanation: &Explanation) {
    let Explanation { read, features, heads, .. } = explanation;
    object.insert("text".to_owned(), json!(read.text));
    object.insert("reported".to_owned(), json!(reported(explanation)));
    let of_head = |head: &ExplainedHead| {
        let value = json!({
            "classes": head.question.classes,
            "intercept": head.intercepts,
            "logit": head.logits,
            "scale": head.scaling.scale,
            "shift": head.scaling.shift,
            "calibrated": head.calibrated_logits(),
            "probability": head.probabilities,
        });
        (head.question.name.clone(), value)
    };
    object.insert("heads".to_owned(), heads.iter().map(of_head).collect::<Map<_, _>>().into());
    let answers = explanation.answers().into_iter().map(|ExplainedClass { head, class }| {
        let question = &explanation.head(head).question;
        (question.name.clone(), json!(question.classes[class]))
    });
    object.insert("answers".to_owned(), answers.collect::<Map<_, _>>().into());
    let off_topic = explanation.verdict.is_off_topic.then_some(OFF_TOPIC);
    object.insert("off_topic".to_owned(), json!(off_topic));
    let features: Vec<Value> =
        (0..features.len()).map(|number| feature(explanation, number)).collect();
    object.insert("features".to_owned(), features.into());
}

fn feature(explanation: &Explanation, number: usize) -> Value {
    let Feature { block, term, meaning, value, places } = &explanation.features[number];
    let places: Vec<Vec<[usize; 2]>> = places
        .iter()
        .map(|place| place.parts.iter().map(|part| [part.start, part.end]).collect())
        .collect();
    let mut object = Map::new();
    for (field, value) in [
        ("block", json!(block.name())),
        ("term", json!(term)),
        ("meaning", json!(meaning)),
        ("value", json!(value)),
        ("places", json!(places)),
    ] {
        object.insert(field.to_owned(), value);
    }
    for explained in &explanation.heads {
        let head = explained.id;
        let weights = &explained.weights[number];
        if weights.iter().any(|&weight| weight != 0.0) {
            let contributions: Vec<f64> = (0..weights.len())
                .map(|class| explanation.contribution(head, number, class))
                .collect();
            let calibrated = explanation.calibrated(head, number);
            let by_class =
                json!({"weight": weights, "contribution": contributions, "calibrated": calibrated});
            object.insert(explained.question.name.clone(), by_class);
        }
    }
    object.into()
}

/// The byte ranges of reported speech.
fn reported(explanation: &Explanation) -> Vec<[usize; 2]> {
    let mut ranges: Vec<[usize; 2]> = Vec::new();
    let mut before = true;
    for (token, &own) in explanation.read.tokens.iter().zip(&explanation.read.findings.voices.own) {
        match ranges.last_mut() {
            Some(last) if !own && !before => last[1] = token.span.end,
            _ if !own => ranges.push([token.span.start, token.span.end]),
            _ => {}
        }
        before = own;
    }
    ranges
}
