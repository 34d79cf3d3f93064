//! A validator of the part of JSON Schema (draft 2020-12) that the program's schemas use. A keyword
//! that it does not know ends the test: nothing is passed over.

use serde_json::Value;

/// Keywords that say nothing of a value.
const NOTES: [&str; 4] = ["$schema", "$defs", "title", "description"];

/// Why `value` is not of the schema `root`; `None` if it is.
pub fn fault(root: &Value, value: &Value) -> Option<String> {
    fault_of(root, root, value, "")
}

fn fault_of(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let keywords = schema.as_object().unwrap_or_else(|| panic!("{schema} is no schema"));
    keywords.iter().find_map(|(keyword, limit)| {
        let wrong = |says: String| Some(format!("{at}: {value} {says}"));
        let n_items = value.as_array().map(Vec::len);
        match keyword.as_str() {
            note if NOTES.contains(&note) => None,
            "$ref" => {
                let name = limit.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                fault_of(root, &root["$defs"][name], value, at)
            }
            "type" => {
                let is = |name: &Value| is_of_type(name.as_str().unwrap(), value);
                let fits = limit.as_array().map_or_else(|| is(limit), |names| names.iter().any(is));
                if fits { None } else { wrong(format!("is no {limit}")) }
            }
            "enum" if limit.as_array().unwrap().contains(value) => None,
            "enum" => wrong(format!("is not one of {limit}")),
            "minimum" if value.as_f64().is_some_and(|number| number < limit.as_f64().unwrap()) => {
                wrong(format!("is below {limit}"))
            }
            "maximum" if value.as_f64().is_some_and(|number| number > limit.as_f64().unwrap()) => {
                wrong(format!("is above {limit}"))
            }
            "minItems" if n_items.is_some_and(|n| (n as u64) < limit.as_u64().unwrap()) => {
                wrong(format!("has fewer than {limit} items"))
            }
            "maxItems" if n_items.is_some_and(|n| n as u64 > limit.as_u64().unwrap()) => {
                wrong(format!("has more than {limit} items"))
            }
            "minimum" | "maximum" | "minItems" | "maxItems" => None,
            "required" => {
                let object = value.as_object()?;
                let mut names = limit.as_array().unwrap().iter().filter_map(Value::as_str);
                let missing = names.find(|name| !object.contains_key(*name))?;
                Some(format!("{at} lacks {missing}"))
            }
            "properties" => limit.as_object().unwrap().iter().find_map(|(name, of)| {
                fault_of(root, of, value.get(name)?, &format!("{at}.{name}"))
            }),
            "additionalProperties" => value.as_object()?.iter().find_map(|(name, inner)| {
                match (schema["properties"].get(name), limit) {
                    (Some(_), _) => None,
                    (None, Value::Bool(false)) => {
                        Some(format!("{at} has {name}, which the schema has not"))
                    }
                    (None, of) => fault_of(root, of, inner, &format!("{at}.{name}")),
                }
            }),
            "items" => {
                value.as_array()?.iter().enumerate().find_map(|(number, item)| {
                    fault_of(root, limit, item, &format!("{at}[{number}]"))
                })
            }
            "oneOf" => {
                let choices = limit.as_array().unwrap().iter();
                let faults: Vec<Option<String>> =
                    choices.map(|choice| fault_of(root, choice, value, at)).collect();
                let n_fitting = faults.iter().filter(|fault| fault.is_none()).count();
                (n_fitting != 1).then(|| format!("{at}: {n_fitting} choices fit: {faults:?}"))
            }
            other => panic!("the keyword {other} is not checked here"),
        }
    })
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("the type {other} is not checked here"),
    }
}
