//! The JSON Schemas (draft 2020-12, <https://json-schema.org>) of what the commands write as JSON,
//! for programs that read it.
//!
//! Each is a file here. The writers put their objects together by hand, and camps' ids are names of
//! fields, so a schema is data and not derived from a type; tests hold it against the outputs.
//! Three things in a file are no JSON Schema:
//!
//! - `<camp>` in the name of a field, or in an element of a list, stands for both camps: the field
//!   or element comes once for each, with its id;
//! - `"$extends": "score"` takes over what that schema has; fields, definitions and keywords of the
//!   file are added to it or replace it;
//! - what `$ref` names and neither file defines is in `shared.json`.

use serde_json::{Map, Value, json};

/// The outputs by the command that writes them, each with its file.
const FILES: [(&str, &str); 13] = [
    ("score", include_str!("score.json")),
    ("explain", include_str!("explain.json")),
    ("report", include_str!("report.json")),
    ("aggregate", include_str!("aggregate.json")),
    ("inspect", include_str!("inspect.json")),
    ("evaluate", include_str!("evaluate.json")),
    ("adapt", include_str!("adapt.json")),
    ("probe", include_str!("probe.json")),
    ("drift", include_str!("drift.json")),
    ("bench", include_str!("bench.json")),
    ("model", include_str!("model.json")),
    ("words", include_str!("words.json")),
    ("version", include_str!("version.json")),
];

/// Definitions of several outputs.
const SHARED: &str = include_str!("shared.json");

/// What stands for the id of each camp.
const CAMP: &str = "<camp>";

/// The names of the outputs that have a schema.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The schema of an output of this name, toward these camps; `None` without such an output.
pub fn schema(name: &str, camps: [&str; 2]) -> Option<Value> {
    let mut schema = whole(name)?;
    define_shared(&mut schema);
    let mut whole = Map::new();
    let draft = json!("https://json-schema.org/draft/2020-12/schema");
    whole.insert("$schema".to_owned(), draft);
    whole.extend(schema);
    Some(for_camps(&Value::Object(whole), camps))
}

/// The schema in the file of this name, with what it extends.
fn whole(name: &str) -> Option<Map<String, Value>> {
    let (_, file) = FILES.iter().find(|(known, _)| *known == name)?;
    let mut own: Map<String, Value> = serde_json::from_str(file).ok()?;
    let Some(base) = own.shift_remove("$extends") else { return Some(own) };
    let mut schema = whole(base.as_str()?)?;
    for (keyword, value) in own {
        match (schema.get_mut(&keyword), value) {
            (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
            (_, value) => drop(schema.insert(keyword, value)),
        }
    }
    Some(schema)
}

/// Adds the shared definitions that are referred to, and those that these refer to.
fn define_shared(schema: &mut Map<String, Value>) {
    let shared: Map<String, Value> = serde_json::from_str(SHARED).unwrap_or_default();
    let mut own = match schema.shift_remove("$defs") {
        Some(Value::Object(own)) => own,
        _ => Map::new(),
    };
    let mut wanted = Vec::new();
    schema.values().chain(own.values()).for_each(|value| references(value, &mut wanted));
    while let Some(name) = wanted.pop() {
        if let Some(definition) = shared.get(&name).filter(|_| !own.contains_key(&name)) {
            references(definition, &mut wanted);
            own.insert(name, definition.clone());
        }
    }
    if !own.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(own));
    }
}

/// Adds the names of the definitions that `value` refers to.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let name = object.get("$ref").and_then(Value::as_str);
            found.extend(name.and_then(|name| name.strip_prefix("#/$defs/")).map(str::to_owned));
            object.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Fields and elements of lists that stand for each camp, once for each.
fn for_camps(value: &Value, camps: [&str; 2]) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.iter().flat_map(|(name, inner)| {
                let inner = for_camps(inner, camps);
                each(name, camps).into_iter().map(move |name| (name, inner.clone()))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            let items = items.iter().flat_map(|item| match item {
                Value::String(text) => each(text, camps).into_iter().map(Value::from).collect(),
                item => vec![for_camps(item, camps)],
            });
            Value::Array(items.collect())
        }
        other => other.clone(),
    }
}

/// A text, or two where it names the camp.
fn each(text: &str, camps: [&str; 2]) -> Vec<String> {
    if text.contains(CAMP) {
        camps.map(|camp| text.replace(CAMP, camp)).into()
    } else {
        vec![text.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_whole() {
        for name in names() {
            let schema = schema(name, ["lna", "gna"]).unwrap();
            let mut wanted = Vec::new();
            references(&schema, &mut wanted);
            for wanted in &wanted {
                assert!(schema["$defs"].get(wanted).is_some(), "{name}: {wanted}");
            }
            for defined in schema["$defs"].as_object().into_iter().flat_map(Map::keys) {
                assert!(wanted.contains(defined), "{name}: {defined} is defined for nothing");
            }
            let text = schema.to_string();
            assert!(!text.contains(CAMP) && !text.contains("$extends"), "{name}");
        }
        assert_eq!(schema("nothing", ["lna", "gna"]), None);
    }

    #[test]
    fn a_field_for_each_camp_comes_twice() {
        let schema = schema("score", ["saf", "rsf"]).unwrap();
        assert_eq!(schema["oneOf"][0]["required"], json!(["saf", "rsf", "lean", "unrelated"]));
        assert_eq!(schema["properties"]["saf"], schema["properties"]["rsf"]);
    }
}
