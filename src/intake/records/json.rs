//! Parser of selected fields of a JSON object. Other values are validated as strictly as [`Value`]
//! is, but not stored.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::intake::fields::inside;

/// The selected fields and their values; the last value of a repeated name.
#[derive(Debug)]
pub(super) struct SelectedFields<'a> {
    names: &'a [&'a str],
    found: Vec<(&'a str, Value)>,
    /// Whether some value is an object or a list.
    is_nested: bool,
}

impl<'a> SelectedFields<'a> {
    /// The fields `names` of the object in `line`; `None` if it is not a JSON object.
    pub(super) fn parse(line: &str, names: &'a [&'a str]) -> Option<Self> {
        let mut json = serde_json::Deserializer::from_str(line);
        let selected = Self { names, found: Vec::with_capacity(8), is_nested: false };
        let found = json.deserialize_map(selected).ok()?;
        json.end().ok().map(|()| found)
    }

    /// The value of a selected field, or at a path from one, if it has one.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        if let Some(value) = self.field(name) {
            return Some(value);
        }
        if !self.is_nested {
            return None;
        }
        let (first, rest) = name.split_once('.')?;
        inside(self.field(first)?, rest)
    }

    fn field(&self, name: &str) -> Option<&Value> {
        self.found.iter().find(|(found, _)| *found == name).map(|(_, value)| value)
    }
}

impl<'de> Visitor<'de> for SelectedFields<'_> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some(at) = map.next_key_seed(Name(self.names))? {
            match at {
                Some(at) => {
                    let (name, value) = (self.names[at], map.next_value()?);
                    self.is_nested |= matches!(value, Value::Object(_) | Value::Array(_));
                    match self.found.iter_mut().find(|(found, _)| *found == name) {
                        Some((_, found)) => *found = value,
                        None => self.found.push((name, value)),
                    }
                }
                None => map.next_value::<Checked>().map(|Checked| ())?,
            }
        }
        Ok(self)
    }
}

/// The name of a field → its position among the selected fields.
struct Name<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|selected| *selected == name))
    }
}

/// A value that is validated and not stored. (`IgnoredAny` accepts what [`Value`] does not: numbers
/// that are too large, lone surrogates.)
struct Checked;

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Checked {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self, A::Error> {
        while let Some(Self) = seq.next_element()? {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        while let Some((Self, Self)) = map.next_entry()? {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Map;

    #[test]
    fn what_is_no_json_object_is_told_as_strictly_as_when_all_is_kept() {
        let deep = |depth: usize| {
            format!("{{\"a\": 1, \"b\": {}{}}}", "[".repeat(depth), "]".repeat(depth))
        };
        for (line, good) in [
            (r#"{"a": 1, "b": [true, null, {"c": -1.5e3}], "a": "\u0646"}"#.to_owned(), true),
            (r#"{"b": "\ud800"}"#.to_owned(), false),
            (r#"{"b": 1e999}"#.to_owned(), false),
            (r#"{"b": {"\ud800": 1}}"#.to_owned(), false),
            (r#"{"a": 1} x"#.to_owned(), false),
            ("[1]".to_owned(), false),
            (deep(126), true),
            (deep(127), false),
        ] {
            let all = serde_json::from_str::<Map<String, Value>>(&line);
            let found = SelectedFields::parse(&line, &["a"]);
            assert_eq!((found.is_some(), all.is_ok()), (good, good), "{line}");
            if let (Some(found), Ok(all)) = (found, all) {
                assert_eq!(found.value("a"), all.get("a"));
            }
        }
    }
}
