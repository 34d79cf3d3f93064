//! JSON as programs write it that do not keep to the standard → JSON.
//!
//! Python writes `NaN` and `Infinity`; cut posts leave half of a surrogate pair; other writers
//! leave a comma before the end or a line end inside a string. Such a value mostly stands in a
//! field that nobody asked for and must not cost the article.

use serde_json::Value;

/// Words that stand for no value, and those that stand for true and false.
const WORDS: [(&str, &str); 10] = [
    ("NaN", "null"),
    ("nan", "null"),
    ("Infinity", "null"),
    ("inf", "null"),
    ("Inf", "null"),
    ("undefined", "null"),
    ("NA", "null"),
    ("None", "null"),
    ("True", "true"),
    ("False", "false"),
];

/// The JSON that a text is meant as, and how many lone surrogates were replaced with U+FFFD.
/// Values that no JSON has are `null` there.
pub(super) fn repaired(text: &str) -> (String, usize) {
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{1E}' || c == ',');
    let (mut json, mut replaced, mut rest) = (String::with_capacity(text.len()), 0, text);
    while let Some(first) = rest.chars().next() {
        match first {
            '"' => rest = string(rest, &mut json, &mut replaced),
            ',' => {
                rest = &rest[1..];
                let next = rest.trim_start().chars().next();
                if !matches!(next, None | Some('}' | ']')) {
                    json.push(',');
                }
            }
            '-' | '+' | '.' | '0'..='9' | 'a'..='z' | 'A'..='Z' => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
                let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                json.push_str(literal(&rest[..end]));
                rest = &rest[end..];
            }
            _ => {
                json.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    (json, replaced)
}

/// A number or word as JSON; what JSON does not know stays, so that the parser names it, unless it
/// means that there is no value.
fn literal(written: &str) -> &str {
    let word = written.trim_start_matches(['-', '+']);
    if let Some((_, json)) = WORDS.iter().find(|(name, _)| *name == word) {
        return json;
    }
    let is_number = word.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if is_number && serde_json::from_str::<Value>(written).is_err() { "null" } else { written }
}

/// Copies the string at the start of `rest` and returns what follows it.
fn string<'a>(rest: &'a str, json: &mut String, replaced: &mut usize) -> &'a str {
    json.push('"');
    let mut rest = &rest[1..];
    while let Some(at) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') {
        json.push_str(&rest[..at]);
        let special = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match special {
            b'"' => {
                json.push('"');
                return rest;
            }
            b'\\' => rest = escape(rest, json, replaced),
            control => {
                json.push_str("\\u00");
                json.push(char::from_digit(u32::from(control >> 4), 16).unwrap_or('0'));
                json.push(char::from_digit(u32::from(control & 15), 16).unwrap_or('0'));
            }
        }
    }
    json.push_str(rest);
    ""
}

/// Copies the escape after a backslash and returns what follows it.
fn escape<'a>(rest: &'a str, json: &mut String, replaced: &mut usize) -> &'a str {
    let Some(kind) = rest.chars().next() else { return rest };
    let unit = |text: &str| {
        let digits = text.strip_prefix('u')?.get(..4)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let length = match (kind, unit(rest)) {
        ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't', _) => 1,
        ('u', Some(high @ 0xD800..=0xDFFF)) => {
            let low = rest[5..].strip_prefix('\\').and_then(unit);
            if high < 0xDC00 && low.is_some_and(|low| (0xDC00..=0xDFFF).contains(&low)) {
                11
            } else {
                *replaced += 1;
                json.push('\u{FFFD}');
                return &rest[5..];
            }
        }
        ('u', Some(_)) => 5,
        // A quotation mark of JavaScript.
        ('\'', _) => {
            json.push('\'');
            return &rest[1..];
        }
        _ => {
            json.push_str("\\\\");
            return rest;
        }
    };
    json.push('\\');
    json.push_str(&rest[..length]);
    &rest[length..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_python_and_others_write_becomes_json() {
        for (text, json, n_replaced) in [
            (
                r#"{"a": NaN, "b": -Infinity, "c": [Infinity, 1e999, -2.5e3]}"#,
                r#"{"a": null, "b": null, "c": [null, null, -2.5e3]}"#,
                0,
            ),
            (
                r#"{"a": "\ud83d \ud83d\ude00 \udE00", "NaN": "NaN \u0646"}"#,
                "{\"a\": \"\u{FFFD} \\ud83d\\ude00 \u{FFFD}\", \"NaN\": \"NaN \\u0646\"}",
                2,
            ),
            (
                "\u{FEFF}{\"a\": \"b\tc\\'d\\e\", \"x\": [1, 2,],},",
                r#"{"a": "b\u0009c'd\\e", "x": [1, 2]}"#,
                0,
            ),
        ] {
            let (repaired, replaced) = repaired(text);
            assert_eq!((repaired.as_str(), replaced), (json, n_replaced));
            serde_json::from_str::<Value>(json).unwrap();
        }
        assert!(serde_json::from_str::<Value>(&repaired("{\"a\": bad}").0).is_err());
    }

    proptest! {
        #[test]
        fn nothing_panics_and_json_stays_what_it_is(text in "\\PC*|[\\\\\"u0-9dD{},:N\n]*") {
            let (repaired, _) = repaired(&text);
            if let Ok(value) = serde_json::from_str::<Value>(&text) {
                prop_assert_eq!(serde_json::from_str::<Value>(&repaired).unwrap(), value);
            }
        }
    }
}
