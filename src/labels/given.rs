//! Labels that somebody gives for articles that are not of the labelled set: a column or field per
//! camp.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::camp::{Camps, Stance};

/// Reads labels by article: JSON lines with `id` (or `article`) and a field per camp, or CSV with
/// such columns. Other fields do not matter.
///
/// # Errors
/// A message with the line, the offending value and what would be right, on the first line that is
/// not of the form.
pub fn read(text: &str, camps: &Camps) -> Result<BTreeMap<String, [Stance; 2]>, String> {
    let mut labels = BTreeMap::new();
    let mut add = |line: usize, get: &dyn Fn(&str) -> Option<String>| {
        let id = get("id")
            .or_else(|| get("article"))
            .ok_or_else(|| format!("line {line}: there is no `id` or `article`"))?;
        let stance = |camp: &str| {
            let word = get(camp).ok_or_else(|| format!("line {line}: there is no `{camp}`"))?;
            let known = Stance::ALL.map(Stance::as_str).join(", ");
            Stance::from_word(word.trim()).ok_or_else(|| {
                format!("line {line}: {camp}: unknown label {word:?}; the labels are {known}")
            })
        };
        let [first, second] = camps.ids();
        labels.insert(id, [stance(first)?, stance(second)?]);
        Ok::<(), String>(())
    };
    if text.trim_start().starts_with('{') {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let object: Map<String, Value> = serde_json::from_str(line)
                .map_err(|error| format!("line {}: {error}", number + 1))?;
            add(number + 1, &|name| match object.get(name)? {
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            })?;
        }
    } else {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        for (number, row) in reader.records().enumerate() {
            let row = row.map_err(|error| error.to_string())?;
            add(number + 2, &|name| {
                row.get(header.iter().position(|column| column == name)?).map(str::to_owned)
            })?;
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_a_mistake_has_its_line() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let json = "{\"id\": \"a\", \"lna\": \"favor\", \"gna\": \"neutral\", \"text\": \"x\"}\n";
        let csv = "article,lna,gna\na,favor,neutral\n";
        let expected = BTreeMap::from([("a".to_owned(), [Stance::Favor, Stance::Neutral])]);
        assert_eq!(read(json, &camps), Ok(expected.clone()));
        assert_eq!(read(csv, &camps), Ok(expected));
        assert!(
            read("article,lna,gna\na,pro,neutral\n", &camps)
                .unwrap_err()
                .starts_with("line 2: lna: unknown label \"pro\"")
        );
        assert!(read("article,lna\na,favor\n", &camps).unwrap_err().contains("no `gna`"));
    }
}
