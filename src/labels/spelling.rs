//! Labels as tables write them → classes: lists are opened, invisible marks dropped, spellings of
//! one label joined.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::text::script::{fold_letters, is_invisible};

/// What a cell says of the label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellLabel {
    /// Nothing.
    None,
    /// One label.
    One(String),
    /// Several, of which none can be told to be the label.
    Several(Vec<String>),
}

/// The label in a cell: without marks that nobody sees and space at its ends. A list in JSON or of
/// Python (`["favor"]`), or an object with one (`{"choices": ["favor"]}`, as Label Studio writes),
/// is opened.
pub fn label(cell: &str) -> CellLabel {
    // What steers a terminal, or begins a line of a card, is no part of a label.
    let seen = cell.chars().filter(|&c| !is_invisible(c));
    let seen: String = seen.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let seen = seen.trim();
    if seen.starts_with(['[', '{']) {
        let json = serde_json::from_str::<Value>(seen)
            .or_else(|_| serde_json::from_str(&seen.replace('\'', "\"").replace("None", "null")));
        if let Ok(value) = json {
            let mut labels = Vec::new();
            if collect(&value, &mut labels) {
                return match labels.len() {
                    0 => CellLabel::None,
                    1 => CellLabel::One(labels.remove(0)),
                    _ => CellLabel::Several(labels),
                };
            }
        }
    }
    match seen {
        "" | "null" | "NaN" | "nan" => CellLabel::None,
        _ => CellLabel::One(seen.to_owned()),
    }
}

/// Collects the labels in a value; false if it is something else.
fn collect(value: &Value, labels: &mut Vec<String>) -> bool {
    /// Fields that hold the label, as Label Studio and doccano name them.
    const FIELDS: [&str; 7] = ["choices", "choice", "labels", "label", "value", "name", "result"];
    match value {
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) => {
            labels.push(value.to_string());
            true
        }
        Value::String(text) => {
            match label(text) {
                CellLabel::None => {}
                CellLabel::One(label) => labels.push(label),
                CellLabel::Several(several) => labels.extend(several),
            }
            true
        }
        Value::Array(items) => items.iter().all(|item| collect(item, labels)),
        Value::Object(object) => {
            let field = FIELDS.iter().find_map(|name| object.get(*name));
            object.is_empty() || field.is_some_and(|inner| collect(inner, labels))
        }
    }
}

/// Whether two labels are one but for case and the number of spaces.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Two spellings: the one that is used and another.
pub type Spellings = (String, String);

/// Gives all spellings of a label the one that is most frequent, or comes last in the alphabet,
/// where small letters follow capitals; returns those that were replaced.
pub fn join<'a>(labels: impl Iterator<Item = &'a mut String>) -> Vec<Spellings> {
    let mut labels: Vec<&mut String> = labels.collect();
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for label in &labels {
        *counts.entry(key(label)).or_default().entry((*label).clone()).or_default() += 1;
    }
    let (mut used_of, mut replaced) = (BTreeMap::new(), Vec::new());
    for (key_of, spellings) in counts.into_iter().filter(|(_, spellings)| spellings.len() > 1) {
        let most = spellings.iter().max_by_key(|(spelling, count)| (**count, (*spelling).clone()));
        let Some(used) = most.map(|(spelling, _)| spelling.clone()) else { continue };
        let others = spellings.into_keys().filter(|spelling| *spelling != used);
        replaced.extend(others.map(|other| (used.clone(), other)));
        used_of.insert(key_of, used);
    }
    for label in &mut labels {
        if let Some(used) = used_of.get(&key(label)) {
            (**label).clone_from(used);
        }
    }
    replaced
}

/// Most classes of which each is compared with each. A column with more holds no labels.
const MAX_COMPARED: usize = 500;

/// Pairs of classes that are so near in spelling that they may be meant as one: they differ only in
/// the signs between words, in letters that are often confused, or in one letter of at least four.
/// None where there are more than [`MAX_COMPARED`] classes.
pub fn near(classes: &[String]) -> Vec<Spellings> {
    if classes.len() > MAX_COMPARED {
        return Vec::new();
    }
    let bare = |label: &str| -> String {
        let letters: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
        fold_letters(&letters).to_lowercase()
    };
    let bare: Vec<String> = classes.iter().map(|class| bare(class)).collect();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut pairs = Vec::new();
    for (at, one) in bare.iter().enumerate() {
        for (other_at, other) in bare.iter().enumerate().skip(at + 1) {
            let is_long = one.chars().count().min(other.chars().count()) >= 4;
            let is_near = one == other
                || (is_long
                    && digits(one) == digits(other)
                    && strsim::osa_distance(one, other) == 1);
            if is_near && !one.is_empty() {
                pairs.push((classes[at].clone(), classes[other_at].clone()));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_one_label_or_none_or_several() {
        let one = |text: &str| CellLabel::One(text.to_owned());
        for (cell, found) in [
            (" favor\u{200F} ", one("favor")),
            ("\u{FEFF}fa\u{AD}vor", one("favor")),
            ("[\"favor\"]", one("favor")),
            ("['favor ']", one("favor")),
            ("{\"choices\": [\"favor\"]}", one("favor")),
            ("[{\"value\": {\"choices\": [\"favor\"]}, \"type\": \"choices\"}]", one("favor")),
            ("[1]", one("1")),
            ("[]", CellLabel::None),
            ("{}", CellLabel::None),
            ("{\"choices\": []}", CellLabel::None),
            ("null", CellLabel::None),
            (" \u{200E}", CellLabel::None),
            ("[\"a\", \"b\"]", CellLabel::Several(vec!["a".to_owned(), "b".to_owned()])),
            ("[غير واضح]", one("[غير واضح]")),
            ("{\"x\": 1}", one("{\"x\": 1}")),
        ] {
            assert_eq!(label(cell), found, "{cell}");
        }
    }

    #[test]
    fn spellings_of_a_label_are_joined_and_near_ones_told() {
        let mut labels = ["Favor", "favor", "favor", "NOT", "not  x", "Not x"].map(str::to_owned);
        let replaced = join(labels.iter_mut());
        assert_eq!(labels, ["favor", "favor", "favor", "NOT", "not  x", "not  x"]);
        assert_eq!(replaced.len(), 2);
        // As many as a column of ids has: what each pair costs would be felt.
        let mut ids: Vec<String> = (0..50_000).map(|id| format!("Id {}", id / 2)).collect();
        ids.iter_mut().step_by(2).for_each(|id| id.make_ascii_uppercase());
        assert_eq!(join(ids.iter_mut()).len(), 25_000);
        assert!(ids.chunks(2).all(|pair| pair[0] == pair[1]));
        assert!(near(&ids).is_empty());
        let classes = [
            "pro-lna",
            "pro lna",
            "favor",
            "favour",
            "class1",
            "class2",
            "no",
            "on",
            "محايد",
            "محايدة",
        ];
        let pairs = near(&classes.map(str::to_owned));
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(pairs, [("pro-lna", "pro lna"), ("favor", "favour"), ("محايد", "محايدة")]);
    }
}
