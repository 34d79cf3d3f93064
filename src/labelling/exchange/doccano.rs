//! doccano: JSON lines of a project of the kind «Intent Detection and Slot Filling», whose texts
//! have labels (`cats`) and spans (`entities`), one line for each annotator. Read are exports of
//! text classification (`label` of names) and sequence labelling (`label` of spans, or `entities`
//! of objects) as well. Its page counts UTF-16 units (doccano issue 2290).

use serde_json::{Map, Value, json};

use super::json::{self, Record, Shown};
use super::label_names as names;
use super::offsets::Count;
use super::reading::{Names, Reading};
use super::spans::spans;
use super::{Exchanged, GivenLabel, Remark};
use crate::camp::Camps;

const COUNT: Count = Count::Utf16;

/// One record a line: of each label one, and one of an article without any.
pub fn write(camps: &Camps, articles: &[Exchanged]) -> String {
    let mut lines = String::new();
    for Exchanged { article, labels, .. } in articles {
        let mut add = |fields: Map<String, Value>| {
            lines.push_str(&Value::Object(fields).to_string());
            lines.push('\n');
        };
        if labels.is_empty() {
            let mut fields = json::fields(article);
            fields.insert("cats".to_owned(), json!([]));
            fields.insert("entities".to_owned(), json!([]));
            add(fields);
        }
        for label in labels {
            let mut fields = json::fields(article);
            let text = article.full_text();
            let entities = spans(&text, &label.marks).into_iter().map(|span| {
                let place = |byte| COUNT.place(&text, byte);
                let name = names::span_name(camps, span.camp, span.stance, span.is_words);
                json!([place(span.bytes.start), place(span.bytes.end), name])
            });
            fields.insert("cats".to_owned(), names::names(camps, label.stances).into());
            fields.insert("entities".to_owned(), entities.collect());
            for (key, value) in [
                ("annotator", label.annotator.as_deref().unwrap_or_default()),
                ("labelled", &label.date),
                ("note", &label.note),
            ] {
                if !value.is_empty() {
                    fields.insert(key.to_owned(), value.into());
                }
            }
            add(fields);
        }
    }
    lines
}

/// The labels that a project needs, as doccano imports them: those of texts, or of spans.
pub fn label_config(names: &[String]) -> String {
    const COLOURS: [&str; 8] =
        ["#1a64a5", "#7cbdf5", "#173450", "#a3470f", "#f5a670", "#4a2a14", "#5d5b66", "#2f5d50"];
    let label = |(name, colour): (&String, &&str)| {
        let (colour, white) = (*colour, "#ffffff");
        json!({ "text": name, "background_color": colour, "text_color": white })
    };
    let labels: Vec<Value> = names.iter().zip(COLOURS.iter().cycle()).map(label).collect();
    format!("{:#}\n", Value::Array(labels))
}

/// Reads a record.
pub fn read(record: &Record, reading: &Reading, remarks: &mut Vec<Remark>) -> Option<Exchanged> {
    let Record { place, fields } = record;
    let Some(Shown { article, is_own_id, text }) = json::shown(fields) else {
        remarks.push(Remark::new(place, "it has no text: left out"));
        return None;
    };
    let mut exchanged = Exchanged { place: place.clone(), article, is_own_id, labels: vec![] };
    let listed = |key: &str| match fields.get(key) {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![value],
    };
    let given: Vec<&Value> = ["label", "labels", "cats", "categories", "entities"]
        .into_iter()
        .flat_map(listed)
        .collect();
    let (marked, named): (Vec<&Value>, Vec<&Value>) =
        given.into_iter().partition(|value| value.is_array() || value.is_object());

    let mut label = GivenLabel {
        annotator: json::text(fields, &["annotator"]),
        date: json::text(fields, &["labelled"]).unwrap_or_default(),
        note: json::text(fields, &["note"]).unwrap_or_else(|| {
            json::strings(fields.get("Comments").or(fields.get("comments"))).join(" ")
        }),
        ..GivenLabel::default()
    };
    let result = named.into_iter().try_for_each(|value| {
        let name = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        reading.names(&name, Names::OfArticles)?.add_to(&mut label.stances)
    });
    if let Err(problem) = result {
        remarks.push(Remark::new(place, format!("{problem}: the label is left out")));
        return Some(exchanged);
    }
    let found = marked.into_iter().map(|value| {
        let place_of = |at: usize, key: &str| json::place(value.get(at).or_else(|| value.get(key)));
        let name = value.get(2).or_else(|| value.get("label"))?.as_str()?;
        Some((place_of(0, "start_offset")?..place_of(1, "end_offset")?, None, name))
    });
    label.marks = reading.marks(place, &text, found, COUNT, remarks);
    if label.stances != [None; 2] || !label.marks.is_empty() {
        exchanged.labels.push(label);
    }
    Some(exchanged)
}
