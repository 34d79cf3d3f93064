//! Label Studio: a list of tasks with annotations, in which each camp is a question (`Choices`),
//! what decides is marked by `Labels`, and notes are written into a `TextArea`. Its places are code
//! points since version 1.5 (label-studio-frontend pull request 308), UTF-16 units before; what is
//! quoted beside them tells which.

use serde_json::{Value, json};

use super::json::{self, Record, Shown};
use super::label_names as names;
use super::offsets::Count;
use super::reading::{Names, Reading};
use super::spans::spans;
use super::{Exchanged, GivenLabel, Remark};
use crate::camp::{Camps, Stance};

const COUNT: Count = Count::CodePoints;

/// The names of the controls besides those of the camps.
const MARKS: &str = "decides";
const NOTE: &str = "note";
const ANNOTATOR: &str = "annotator";

/// The tasks of all articles.
pub fn write(camps: &Camps, articles: &[Exchanged]) -> String {
    let tasks = articles.iter().map(|Exchanged { article, labels, .. }| {
        let text = article.full_text();
        let annotations = labels.iter().map(|label| annotation(camps, &text, label));
        json!({ "data": json::fields(article), "annotations": annotations.collect::<Value>() })
    });
    format!("{:#}\n", tasks.collect::<Value>())
}

fn annotation(camps: &Camps, text: &str, label: &GivenLabel) -> Value {
    let mut result = Vec::new();
    let mut add = |from_name: &str, kind: &str, value: Value| {
        // Ids are those of regions; the parts of one answer are told apart by them.
        let id = format!("mizan-{}", result.len() + 1);
        result.push(json!({
            "id": id, "from_name": from_name, "to_name": "text", "type": kind, "value": value,
        }));
    };
    for (camp, stance) in camps.ids().into_iter().zip(label.stances) {
        if let Some(stance) = stance {
            add(camp, "choices", json!({ "choices": [stance.as_str()] }));
        }
    }
    for span in spans(text, &label.marks) {
        let name = names::span_name(camps, span.camp, span.stance, span.is_words);
        let place = |byte| COUNT.place(text, byte);
        let (start, end) = (place(span.bytes.start), place(span.bytes.end));
        let quoted = &text[span.bytes];
        let value = json!({ "start": start, "end": end, "text": quoted, "labels": [name] });
        add(MARKS, "labels", value);
    }
    // An importing user's name would be another's: Label Studio takes only accounts that it has.
    let annotator = label.annotator.as_deref().unwrap_or_default();
    for (name, text) in [(NOTE, label.note.as_str()), (ANNOTATOR, annotator)] {
        if !text.is_empty() {
            add(name, "textarea", json!({ "text": [text] }));
        }
    }
    let mut annotation = json!({ "result": result, "was_cancelled": false });
    if !label.date.is_empty() {
        annotation["created_at"] = format!("{}T00:00:00Z", label.date).into();
    }
    annotation
}

/// The labelling interface of a project, to paste under Settings, Labeling Interface, Code.
pub fn interface(camps: &Camps) -> String {
    let text = "  <Text name=\"text\" value=\"$text\" granularity=\"word\"/>";
    let mut lines = vec!["<View>".to_owned(), text.to_owned()];
    for (camp, id) in camps.camps.iter().zip(camps.ids()) {
        let id = escaped(id);
        lines.push(format!("  <Header value=\"{id} {}\"/>", escaped(&camp.name_ar)));
        lines.push(format!(
            "  <Choices name=\"{id}\" toName=\"text\" choice=\"single\" showInLine=\"true\" \
             required=\"true\">"
        ));
        lines.extend(Stance::ALL.map(|stance| format!("    <Choice value=\"{stance}\"/>")));
        lines.push("  </Choices>".to_owned());
    }
    lines.push(format!("  <Labels name=\"{MARKS}\" toName=\"text\">"));
    let label = |name: &String| format!("    <Label value=\"{}\"/>", escaped(name));
    lines.extend(names::all_spans(camps).iter().map(label));
    lines.push("  </Labels>".to_owned());
    lines.extend([NOTE, ANNOTATOR].map(|name| {
        format!(
            "  <TextArea name=\"{name}\" toName=\"text\" placeholder=\"{name}\" \
             maxSubmissions=\"1\" editable=\"true\"/>"
        )
    }));
    lines.push("</View>\n".to_owned());
    lines.join("\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Whether a record is a task.
pub fn is_task(record: &Record) -> bool {
    record.fields.get("data").is_some_and(Value::is_object)
}

/// Reads a task.
pub fn read(record: &Record, reading: &Reading, remarks: &mut Vec<Remark>) -> Option<Exchanged> {
    let Record { place, fields } = record;
    let data = fields.get("data").and_then(Value::as_object)?;
    let Some(Shown { mut article, is_own_id, text }) = json::shown(data) else {
        remarks.push(Remark::new(place, "its data have no \"text\": left out"));
        return None;
    };
    if article.id.is_empty() {
        article.id = json::text(fields, &["id"]).unwrap_or_default();
    }
    let listed =
        |key: &str| fields.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let annotations = [listed("annotations"), listed("completions")].concat();
    if annotations.is_empty() && !listed("predictions").is_empty() {
        remarks.push(Remark::new(place, "it has predictions only, which are no labels"));
    }
    let read = |(at, given): (usize, &Value)| {
        let place = match annotations.len() {
            1 => place.clone(),
            _ => format!("{place}, annotation {}", at + 1),
        };
        label(&place, &text, given, reading, remarks)
    };
    let labels = annotations.iter().enumerate().filter_map(read).collect();
    Some(Exchanged { place: place.clone(), article, is_own_id, labels })
}

/// The label that an annotation is.
fn label(
    place: &str,
    text: &str,
    annotation: &Value,
    reading: &Reading,
    remarks: &mut Vec<Remark>,
) -> Option<GivenLabel> {
    let mut left_out = |why: &str| {
        remarks.push(Remark::new(place, format!("{why}: the label is left out")));
        None
    };
    if annotation["was_cancelled"] == true || annotation["skipped"] == true {
        return left_out("it was skipped");
    }
    let results = annotation["result"].as_array().map_or(&[][..], Vec::as_slice);
    let mut label = GivenLabel {
        annotator: annotator(&annotation["completed_by"]),
        date: annotation["created_at"]
            .as_str()
            .and_then(|at| at.get(..10))
            .unwrap_or("")
            .to_owned(),
        ..GivenLabel::default()
    };
    let mut found = Vec::new();
    for result in results {
        let (from, value) = (result["from_name"].as_str().unwrap_or_default(), &result["value"]);
        for choice in json::strings(value.get("choices").or(value.get("taxonomy"))) {
            let meaning = reading.names(&choice, Names::Answering(from));
            if let Err(problem) = meaning.and_then(|says| says.add_to(&mut label.stances)) {
                return left_out(&problem);
            }
        }
        if let Some(names) = value.get("labels") {
            let places = json::place(value.get("start")).zip(json::place(value.get("end")));
            let quoted = value["text"].as_str();
            let names = names.as_array().map_or(&[][..], Vec::as_slice);
            found.extend(names.iter().map(|name| {
                let (start, end) = places?;
                Some((start..end, quoted, name.as_str()?))
            }));
        }
        let written = || json::strings(value.get("text")).join(" ");
        match from {
            NOTE => label.note = written(),
            ANNOTATOR if !written().trim().is_empty() => label.annotator = Some(written()),
            _ => {}
        }
    }
    label.marks = reading.marks(place, text, found, COUNT, remarks);
    if label.stances == [None; 2] && label.marks.is_empty() {
        remarks.push(Remark::new(place, "an annotation that says nothing: left out"));
        return None;
    }
    Some(label)
}

/// The name of an account: its address, its name, or its number.
fn annotator(account: &Value) -> Option<String> {
    let Value::Object(fields) = account else {
        return account
            .as_u64()
            .map(|number| format!("user-{number}"))
            .or_else(|| account.as_str().filter(|name| !name.is_empty()).map(str::to_owned));
    };
    let named = json::text(fields, &["email", "username", "first_name"]);
    named.or_else(|| json::text(fields, &["id"]).map(|number| format!("user-{number}")))
}
