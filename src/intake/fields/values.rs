//! What the value of a field means: prose, an id, a date, an outlet.

use serde_json::{Map, Value};

use crate::text::script::is_invisible;

/// Fields of an object that hold the text which the object stands for, as `WordPress`
/// (`content.rendered`), XML turned into JSON (`#text`) and rich text (`content`) have them.
const TEXTS: [&str; 12] = [
    "rendered",
    "text",
    "plain_text",
    "value",
    "content",
    "full_text",
    "body",
    "#text",
    "$t",
    "_text",
    "@value",
    "ar",
];

/// Kinds of parts inside a line of text, as Telegram and editors of rich text name them.
const INLINE: [&str; 20] = [
    "plain",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "link",
    "text_link",
    "mention",
    "mention_name",
    "hashtag",
    "cashtag",
    "bot_command",
    "email",
    "phone",
    "custom_emoji",
    "text",
    "blockquote",
];

/// Fields by which an object is a record of its own and no part of a text.
const OF_RECORDS: [&str; 5] = ["id", "_id", "title", "headline", "url"];

/// Most levels of objects and lists that are opened.
const MAX_DEPTH: usize = 16;

/// The text in a value: a string as it is; a list of strings and parts that have a `text`, joined;
/// an object that stands for a text, opened. `None` without a value.
///
/// # Errors
/// For any other object or list: what it is.
pub(in crate::intake) fn prose(value: &Value) -> Result<Option<String>, String> {
    opened(value, 0)
}

fn opened(value: &Value, depth: usize) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Bool(_) | Value::Number(_) => Ok(Some(value.to_string())),
        _ if depth > MAX_DEPTH => Err("too deeply nested".to_owned()),
        Value::Array(items) => joined(items, depth).map(Some),
        Value::Object(object) if OF_RECORDS.iter().any(|name| object.contains_key(*name)) => {
            Err(described(value))
        }
        Value::Object(object) => {
            for name in TEXTS {
                if let Some(inner) = object.get(name).filter(|inner| !inner.is_null()) {
                    return opened(inner, depth + 1);
                }
            }
            Err(described(value))
        }
    }
}

fn joined(items: &[Value], depth: usize) -> Result<String, String> {
    let mut parts = Vec::with_capacity(items.len());
    for item in items {
        let Ok(text) = (match item {
            Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(String::new()),
            _ => opened(item, depth + 1),
        }) else {
            return Err(format!("a list with {}", described(item)));
        };
        let text = text.unwrap_or_default();
        let is_quoted = item.get("type").is_some_and(|kind| kind == "blockquote");
        parts.push(if is_quoted { format!("«{text}»") } else { text });
    }
    let is_inline = |item: &Value| {
        item.get("type").and_then(Value::as_str).is_some_and(|kind| INLINE.contains(&kind))
    };
    let is_spaced = |part: &String| part.starts_with(char::is_whitespace) || part.ends_with(' ');
    let is_word = |part: &String| !part.contains(char::is_whitespace);
    let between = if items.iter().any(is_inline)
        || (items.iter().any(Value::is_object) && items.iter().any(Value::is_string))
        || parts.iter().any(is_spaced)
    {
        ""
    } else if parts.len() > 3 && parts.iter().all(is_word) {
        " "
    } else {
        "\n\n"
    };
    Ok(parts.join(between))
}

/// What a value is, for messages.
fn described(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) => "true or false".to_owned(),
        Value::Number(_) => "numbers".to_owned(),
        Value::String(_) => "text".to_owned(),
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(items) => format!("a list of {}", described(&items[0])),
        Value::Object(object) if object.is_empty() => "an empty object".to_owned(),
        Value::Object(object) => {
            let names: Vec<&str> = object.keys().take(8).map(String::as_str).collect();
            format!("an object of {}", names.join(", "))
        }
    }
}

/// A value as an id or the name of an event, without invisible marks; objects of `MongoDB` and of
/// XML turned into JSON are opened, others stay JSON.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(seen(unwrapped(text))),
        Value::Object(object) => match single(object) {
            Some(inner) => scalar(inner),
            None => Some(value.to_string()),
        },
        Value::Array(items) if items.len() == 1 => scalar(&items[0]),
        other => Some(other.to_string()),
    }
}

/// A value as a date: a string or number as it is; those that objects stand for.
pub(super) fn date(value: &Value) -> Option<String> {
    const SECONDS: [&str; 3] = ["iso", "_seconds", "seconds"];
    if let Value::Object(object) = value
        && single(object).is_none()
        && let Some(inner) = SECONDS.iter().find_map(|name| object.get(*name))
    {
        return scalar(inner);
    }
    match value {
        // It is kept as it is written where it cannot be read.
        Value::String(text) if !text.contains(['(', '{']) => Some(text.clone()),
        other => scalar(other),
    }
}

/// The value that an object stands for, such as `{"$oid": "…"}`.
fn single(object: &Map<String, Value>) -> Option<&Value> {
    const NAMES: [&str; 11] = [
        "$oid",
        "$date",
        "$numberLong",
        "$numberInt",
        "$numberDouble",
        "$numberDecimal",
        "$uuid",
        "rendered",
        "#text",
        "$t",
        "_text",
    ];
    NAMES.iter().find_map(|name| object.get(*name))
}

/// The inside of `ObjectId("…")` and `ISODate("…")`, as mongoexport and the shell of `MongoDB`
/// write them in tables, and of JSON objects in cells.
fn unwrapped(text: &str) -> String {
    for name in ["ObjectId(", "ISODate(", "NumberLong("] {
        if let Some(inner) = text.trim().strip_prefix(name).and_then(|rest| rest.strip_suffix(')'))
        {
            return inner.trim_matches(['"', '\'']).to_owned();
        }
    }
    if text.starts_with("{\"$")
        && let Ok(value @ Value::Object(_)) = serde_json::from_str::<Value>(text)
        && let Some(inner) = scalar(&value)
    {
        return inner;
    }
    text.to_owned()
}

/// A text without invisible marks.
pub(super) fn seen(text: String) -> String {
    if text.is_ascii() || !text.contains(is_invisible) {
        return text;
    }
    text.chars().filter(|&c| !is_invisible(c)).collect()
}

#[cfg(test)]
mod tests;
