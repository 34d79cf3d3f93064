//! Prodigy: JSON lines of tasks for its `choice` interface (`options`, `accept`, `answer`), with
//! marks as `spans`. Tasks of `textcat` (a `label`, and an `answer` to it) are read as well. Its
//! places are code points, those of Python.

use serde_json::{Map, Value, json};

use super::json::{self, Record, Shown};
use super::label_names as names;
use super::offsets::Count;
use super::reading::{Names, Reading};
use super::spans::spans;
use super::{Exchanged, GivenLabel, Remark};
use crate::article::quoted::quoted;
use crate::camp::Camps;
use crate::labels::annotation::day_of;

const COUNT: Count = Count::CodePoints;

/// One task a line: of each label one that is answered, and one of an article without any.
pub fn write(camps: &Camps, articles: &[Exchanged]) -> String {
    let options: Value =
        names::all(camps).iter().map(|name| json!({ "id": name, "text": name })).collect();
    let mut lines = String::new();
    for Exchanged { article, labels, .. } in articles {
        let mut add = |mut fields: Map<String, Value>, label: Option<&GivenLabel>| {
            fields.insert("options".to_owned(), options.clone());
            if let Some(label) = label {
                fields.extend(answered(camps, &article.full_text(), label));
            }
            lines.push_str(&Value::Object(fields).to_string());
            lines.push('\n');
        };
        if labels.is_empty() {
            add(json::fields(article), None);
        }
        for label in labels {
            add(json::fields(article), Some(label));
        }
    }
    lines
}

/// What Prodigy adds when a task is answered.
fn answered(camps: &Camps, text: &str, label: &GivenLabel) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut add = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    add("accept", names::names(camps, label.stances).into());
    let spans = spans(text, &label.marks).into_iter().map(|span| {
        let place = |byte| COUNT.place(text, byte);
        let name = names::span_name(camps, span.camp, span.stance, span.is_words);
        let (start, end) = (place(span.bytes.start), place(span.bytes.end));
        json!({ "start": start, "end": end, "text": &text[span.bytes], "label": name })
    });
    add("spans", spans.collect());
    add("answer", "accept".into());
    for (key, value) in [
        ("_annotator_id", label.annotator.as_deref().unwrap_or_default()),
        ("labelled", &label.date),
        ("note", &label.note),
    ] {
        if !value.is_empty() {
            add(key, value.into());
        }
    }
    fields
}

/// Whether a record is a task.
pub fn is_task(record: &Record) -> bool {
    ["_task_hash", "_input_hash", "answer", "accept", "options"]
        .iter()
        .any(|key| record.fields.contains_key(*key))
}

/// Reads a task.
pub fn read(record: &Record, reading: &Reading, remarks: &mut Vec<Remark>) -> Option<Exchanged> {
    let Record { place, fields } = record;
    let Some(Shown { mut article, is_own_id, text }) = json::shown(fields) else {
        remarks.push(Remark::new(place, "it has no text: left out"));
        return None;
    };
    if let Some(meta) = fields.get("meta").and_then(Value::as_object)
        && article.id.is_empty()
    {
        article.id = json::text(meta, &["id", "article"]).unwrap_or_default();
    }
    let label = label(place, &text, fields, reading, remarks);
    Some(Exchanged {
        place: place.clone(),
        article,
        is_own_id,
        labels: label.into_iter().collect(),
    })
}

fn label(
    place: &str,
    text: &str,
    fields: &Map<String, Value>,
    reading: &Reading,
    remarks: &mut Vec<Remark>,
) -> Option<GivenLabel> {
    let mut left_out = |why: &str| {
        remarks.push(Remark::new(place, format!("{why}: the label is left out")));
        None
    };
    let accepted = json::strings(fields.get("accept"));
    let has_label = !accepted.is_empty() || fields.contains_key("label");
    match fields.get("answer").and_then(Value::as_str) {
        Some("accept") => {}
        Some("reject") => return left_out("its answer is reject, which does not say what holds"),
        Some("ignore") => return left_out("its answer is ignore"),
        Some(other) => return left_out(&format!("unknown answer {}", quoted(other))),
        None if has_label => return left_out("it has no answer"),
        None => return None,
    }
    let mut label = GivenLabel {
        annotator: json::text(fields, &["_annotator_id", "_session_id"])
            .filter(|name| !is_session(name)),
        date: json::text(fields, &["labelled"])
            .or_else(|| day_of(fields.get("_timestamp")?.as_i64()?))
            .unwrap_or_default(),
        note: json::text(fields, &["note"]).unwrap_or_default(),
        ..GivenLabel::default()
    };
    for name in accepted.into_iter().chain(json::strings(fields.get("label"))) {
        // An option may have a number for its id.
        let text_of = fields.get("options").and_then(Value::as_array).and_then(|options| {
            let of = |option: &&Value| json::strings(option.get("id")) == [name.clone()];
            options.iter().find(of)?["text"].as_str().map(str::to_owned)
        });
        let meaning = reading.names(&name, Names::OfArticles).or_else(|problem| match &text_of {
            Some(text) => reading.names(text, Names::OfArticles),
            None => Err(problem),
        });
        if let Err(problem) = meaning.and_then(|says| says.add_to(&mut label.stances)) {
            return left_out(&problem);
        }
    }
    let spans = fields.get("spans").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let found = spans.iter().map(|span| {
        let places = json::place(span.get("start"))?..json::place(span.get("end"))?;
        Some((places, span["text"].as_str(), span["label"].as_str()?))
    });
    label.marks = reading.marks(place, text, found, COUNT, remarks);
    if label.stances == [None; 2] && label.marks.is_empty() {
        remarks.push(Remark::new(place, "nothing is accepted: it stays without a label"));
        return None;
    }
    Some(label)
}

/// Whether a name is only the time at which a session began, as Prodigy gives it to whoever did not
/// say a name.
fn is_session(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let signs = name.bytes().filter(|byte| b"-_:".contains(byte)).count();
    digits == 14 && digits + signs == name.len()
}
