//! `mizan schema`, held against what `mizan score` writes.

use serde_json::Value;

use crate::common::{Workspace, json_lines, repository};

/// Why a value is not of the schema, as far as the schema of records goes.
fn fault(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let is_of_type = match schema["type"].as_str() {
        None => true,
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some(other) => panic!("{other} is not checked here"),
    };
    if !is_of_type {
        return Some(format!("{at}: {value} is no {}", schema["type"]));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        return Some(format!("{at}: {value} is not one of {allowed:?}"));
    }
    let bounds = [("minimum", false), ("maximum", true)];
    for (bound, is_most) in bounds {
        if let (Some(bound), Some(number)) = (schema[bound].as_f64(), value.as_f64())
            && (if is_most { number > bound } else { number < bound })
        {
            return Some(format!("{at}: {number} is beyond {bound}"));
        }
    }
    let lacks = |required: &Value| {
        let mut names = required.as_array().into_iter().flatten().filter_map(Value::as_str);
        names.find(|name| value.get(name).is_none()).map(str::to_owned)
    };
    if let Some(name) = lacks(&schema["required"]) {
        return Some(format!("{at} lacks {name}"));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let n = choices.iter().filter(|choice| lacks(&choice["required"]).is_none()).count();
        if n != 1 {
            return Some(format!("{at}: {n} of the choices fit"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(of) => {
                if let Some(fault) = fault(of, inner, &format!("{at}.{name}")) {
                    return Some(fault);
                }
            }
            None if schema["additionalProperties"] == Value::Bool(false) => {
                return Some(format!("{at} has {name}, which the schema has not"));
            }
            None => {}
        }
    }
    let items = value.as_array().into_iter().flatten().enumerate();
    items.map(|(n, item)| fault(&schema["items"], item, &format!("{at}[{n}]"))).find_map(|of| of)
}

#[test]
fn every_record_is_of_the_schema() {
    let workspace = Workspace::new();
    let (code, stdout, _) = workspace.run(&["schema"]);
    assert_eq!(code, 0);
    let schema: Value = serde_json::from_str(&stdout).unwrap();
    workspace.write("short.txt", "قصير");
    workspace.write(
        "d.jsonl",
        "{\"id\": \"1\", \"text\": \"خبر في ليبيا عن حفتر والسراج لا يعرف أحد ماذا جرى هناك\", \
         \"outlet\": \"x\", \"date\": \"2019-04-05\", \"event\": \"e\", \"u\": 5}\n",
    );
    let articles = repository("labeled/articles/tripoli-2019");
    let articles = articles.to_str().unwrap();
    let mut n_records = 0;
    for arguments in [
        &["score", articles, "short.txt", "--sentences"][..],
        &["score", articles, "--max-error", "0.05"],
        &["score", "d.jsonl", "--keep", "u"],
    ] {
        for record in json_lines(&workspace.run(arguments).1) {
            assert_eq!(fault(&schema, &record, "record"), None, "{record}");
            n_records += 1;
        }
    }
    assert!(n_records > 50);
    // The check sees what is wrong.
    let mut record = json_lines(&workspace.run(&["score", "d.jsonl"]).1).remove(0);
    record["lna"]["favor"] = Value::from(2);
    assert!(fault(&schema, &record, "record").unwrap().contains("is beyond 1"));
    record["lna"]["favour"] = Value::from(0);
    record["lna"]["favor"] = Value::from(0);
    assert!(fault(&schema, &record, "record").unwrap().contains("lna has favour"));
}
