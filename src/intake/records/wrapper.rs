//! Objects around records: a response or an export that holds a list of them, and an envelope
//! around one.

use serde_json::{Map, Value};

use super::lenient;
use crate::intake::fields::Fields;

/// Names under which databases and interfaces put the fields of a record: Elasticsearch
/// (`_source`), Django (`fields`), `CouchDB` (`doc`), Reddit (`data`), `GraphQL` (`node`), JSON:API
/// (`attributes`), Twitter's archive (`tweet`).
const ENVELOPES: [&str; 10] =
    ["_source", "fields", "doc", "data", "node", "attributes", "tweet", "article", "post", "item"];

/// Lists inside a record or beside records, whose items are no articles.
const INSIDE: [&str; 17] = [
    "comments",
    "replies",
    "reactions",
    "images",
    "photos",
    "media",
    "attachments",
    "entities",
    "text_entities",
    "tags",
    "links",
    "related",
    "related_articles",
    "includes",
    "users",
    "authors",
    "quotes",
];

/// Most levels of objects above a list of records.
const MAX_DEPTH: usize = 6;

/// An object as it is written, strictly or leniently, out of its envelope; and the number of lone
/// surrogates that were replaced.
///
/// # Errors
/// If it is no object.
pub(super) fn object(
    text: &str,
    fields: &Fields,
) -> Result<(Map<String, Value>, usize), serde_json::Error> {
    let (object, replaced) = match serde_json::from_str(text) {
        Ok(object) => (object, 0),
        Err(error) => {
            let (json, replaced) = lenient::repaired(text);
            (serde_json::from_str(&json).map_err(|_| error)?, replaced)
        }
    };
    Ok((unwrapped(object, fields), replaced))
}

/// The object in an envelope, with the other fields of the envelope.
fn unwrapped(mut object: Map<String, Value>, fields: &Fields) -> Map<String, Value> {
    if fields.has_text(&object) {
        return object;
    }
    let is_record = |value: &Value| value.as_object().is_some_and(|inner| fields.has_text(inner));
    let name = ENVELOPES.iter().find(|name| object.get(**name).is_some_and(is_record));
    if let Some(Value::Object(mut inner)) = name.and_then(|name| object.shift_remove(*name)) {
        for (name, value) in object {
            inner.entry(name).or_insert(value);
        }
        return inner;
    }
    object
}

/// The same as [`records`]; where none has the named field of the text, those with a usual one.
pub(super) fn records_of(object: Map<String, Value>, fields: &Fields) -> Vec<Map<String, Value>> {
    if fields.text.is_none() {
        return records(object, fields);
    }
    let found = records(object.clone(), fields);
    if found.is_empty() {
        return records(object, &Fields { text: None, ..fields.clone() });
    }
    found
}

/// The lists of records in an object that is no record itself, one after the other.
pub(super) fn records(object: Map<String, Value>, fields: &Fields) -> Vec<Map<String, Value>> {
    let mut found = Vec::new();
    if fields.has_text(&object) {
        return found;
    }
    let longest = longest_prose(&object);
    match columns(object) {
        Ok(rows) => found = rows,
        Err(object) => collect(object, fields, 0, &mut found),
    }
    let mut records = found.iter().filter(|row| fields.has_text(row)).peekable();
    let n_bytes = |row| serde_json::to_string(row).map_or(0, |json| json.len());
    // Beside a longer text, they are parts of the article, such as its sentences.
    if records.peek().is_none() || longest > 0 && !records.any(|row| n_bytes(row) >= longest) {
        found.clear();
    }
    found
}

/// Names of texts beside a list of records that tell what the list is.
const ABOUT: [&str; 16] = [
    "description",
    "subtitle",
    "summary",
    "message",
    "note",
    "notes",
    "notice",
    "copyright",
    "disclaimer",
    "license",
    "terms",
    "info",
    "about",
    "query",
    "title",
    "name",
];

/// Least words of a text that may be an article.
const MIN_WORDS: usize = 8;

/// The bytes of the longest text of an object itself that may be an article; 0 without one.
fn longest_prose(object: &Map<String, Value>) -> usize {
    let is_prose = |text: &&str| text.split_whitespace().nth(MIN_WORDS - 1).is_some();
    let texts = object.iter().filter(|(name, _)| !ABOUT.contains(&name.to_lowercase().as_str()));
    texts.filter_map(|(_, value)| value.as_str()).filter(is_prose).map(str::len).max().unwrap_or(0)
}

/// The rows of an object of columns, each an object with the same names, as pandas' `to_json`
/// writes a table (`{"text": {"0": …, "1": …}, …}`); the object itself if it is none.
fn columns(object: Map<String, Value>) -> Result<Vec<Map<String, Value>>, Map<String, Value>> {
    let mut columns = object.values().map(Value::as_object);
    let Some(Some(first)) = columns.next() else { return Err(object) };
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_table = !first.is_empty()
        && first.iter().all(|(name, value)| is_number(name) && !value.is_object())
        && columns.all(|column| column.is_some_and(|column| column.keys().eq(first.keys())));
    if !is_table {
        return Err(object);
    }
    let mut rows = vec![Map::new(); first.len()];
    for (name, column) in object {
        let Value::Object(column) = column else { continue };
        for (row, value) in rows.iter_mut().zip(column.into_values()) {
            row.insert(name.clone(), value);
        }
    }
    Ok(rows)
}

fn collect(
    object: Map<String, Value>,
    fields: &Fields,
    depth: usize,
    found: &mut Vec<Map<String, Value>>,
) {
    // Records by their ids, as in Firebase's exports and pandas' `to_json(orient="index")`.
    let is_record = |value: &Value| value.as_object().is_some_and(|value| fields.has_text(value));
    if object.len() > 1 && object.values().all(Value::is_object) && object.values().any(is_record) {
        found.extend(object.into_values().filter_map(|value| match value {
            Value::Object(record) => Some(record),
            _ => None,
        }));
        return;
    }
    for (name, value) in object {
        if depth > MAX_DEPTH || INSIDE.contains(&name.as_str()) {
            continue;
        }
        match value {
            Value::Object(inner) => collect(inner, fields, depth + 1, found),
            Value::Array(items) => {
                let objects: Vec<Map<String, Value>> = items
                    .into_iter()
                    .filter_map(|item| match item {
                        Value::Object(item) => Some(unwrapped(item, fields)),
                        _ => None,
                    })
                    .collect();
                if objects.iter().any(|item| fields.has_text(item)) {
                    found.extend(objects);
                } else {
                    for item in objects {
                        collect(item, fields, depth + 2, found);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(json: &Value) -> Vec<String> {
        let fields = Fields::default();
        let (object, _) = object(&json.to_string(), &fields).unwrap();
        records(object, &fields).iter().map(|record| record["id"].to_string()).collect()
    }

    #[test]
    fn parts_of_an_article_beside_a_longer_text_are_no_records() {
        let long = "كلمة ".repeat(40);
        let part = serde_json::json!([{"id": 1, "text": "جملة قصيرة من الخبر"}]);
        for json in [
            serde_json::json!({"raw": long, "meta": {"sentences": part}}),
            serde_json::json!({"raw": long, "sentences": part}),
        ] {
            assert!(ids(&json).is_empty(), "{json}");
        }
        for json in [
            serde_json::json!({"description": long, "articles": part}),
            serde_json::json!({"generator": "برنامج", "articles": part}),
            serde_json::json!({"raw": "كلمة ".repeat(9), "articles": [{"id": 1, "text": long}]}),
        ] {
            assert_eq!(ids(&json).len(), 1, "{json}");
        }
    }

    #[test]
    fn lists_are_found_where_programs_put_them() {
        let one = serde_json::json!({"id": 1, "text": "نص"});
        let two = serde_json::json!({"id": 2});
        for json in [
            serde_json::json!({"status": "ok", "articles": [one, two]}),
            serde_json::json!({"hits": {"total": 2, "hits": [{"_id": 7, "_source": one}, two]}}),
            serde_json::json!({"chats": {"list": [{"name": "x", "messages": [one, two]}]}}),
            serde_json::json!({"articles": {"-Lx": one, "-Ly": two}}),
            serde_json::json!({"id": {"0": 1, "1": 2}, "text": {"0": "نص", "1": "نص"}}),
            serde_json::json!({"data": [one, two], "includes": {"users": [{"id": 3, "text": ""}]}}),
        ] {
            assert_eq!(ids(&json), ["1", "2"], "{json}");
        }
        let record = serde_json::json!({"id": 5, "text": "نص", "items": [one]});
        assert!(ids(&record).is_empty());
        assert!(ids(&serde_json::json!({"id": 5, "comments": [one]})).is_empty());
    }

    #[test]
    fn an_envelope_is_opened_and_its_own_fields_are_kept() {
        let json = r#"{"_id": "a", "_source": {"text": "نص", "source": "x"}}"#;
        let (object, _) = object(json, &Fields::default()).unwrap();
        assert_eq!((&object["_id"], &object["text"]), (&Value::from("a"), &Value::from("نص")));
    }
}
