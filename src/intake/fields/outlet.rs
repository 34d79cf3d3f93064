//! The outlet that a value names.

use serde_json::Value;

use crate::intake::markup;
use crate::intake::outlet_name::one_name;

/// How well a value names an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outlet {
    /// It does not: it is markup, or an object without a name.
    None,
    /// There is no value.
    Blank,
    /// By the host of an address.
    Host(String),
    /// By a name.
    Name(String),
}

impl Outlet {
    /// The outlet that a value names.
    pub(super) fn from_value(value: &Value) -> Self {
        const NAMES: [&str; 11] = [
            "name",
            "title",
            "label",
            "display_name",
            "screen_name",
            "rendered",
            "#text",
            "id",
            "domain",
            "url",
            "href",
        ];
        match value {
            Value::Null => Self::Blank,
            Value::Bool(_) => Self::None,
            Value::Number(number) => Self::Name(number.to_string()),
            Value::String(text) => Self::from_text(text),
            Value::Array(items) => items.first().map_or(Self::Blank, Self::from_value),
            Value::Object(object) => NAMES
                .iter()
                .filter_map(|name| object.get(*name))
                .filter(|inner| !inner.is_array())
                .map(Self::from_value)
                .find(|outlet| matches!(outlet, Self::Host(_) | Self::Name(_)))
                .unwrap_or(Self::None),
        }
    }

    fn from_text(text: &str) -> Self {
        let text = &*one_name(text);
        if ["", "null", "None", "NaN", "nan"].contains(&text) {
            return Self::Blank;
        }
        if text.starts_with('{') {
            // Objects in cells, by JSON or by Python.
            let json = serde_json::from_str::<Value>(text).or_else(|_| {
                serde_json::from_str(&text.replace('\'', "\"").replace("None", "null"))
            });
            return match json {
                Ok(value @ Value::Object(_)) => Self::from_value(&value),
                _ => Self::None,
            };
        }
        if markup::has_tags(text) {
            return Self::None;
        }
        match host(text) {
            Some("") => Self::None,
            Some(host) => Self::Host(host.to_lowercase()),
            None => Self::Name(one_name(&markup::without_entities(text)).into_owned()),
        }
    }

    /// The name or host.
    pub(super) fn name(self) -> Option<String> {
        match self {
            Self::Host(name) | Self::Name(name) => Some(name),
            Self::None | Self::Blank => None,
        }
    }
}

/// The host of an address, without `www.`; `None` of what is no address.
fn host(text: &str) -> Option<&str> {
    let text = text.split_whitespace().next().filter(|first| first.len() == text.len())?;
    let lower = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    let start = match () {
        () if lower.starts_with("http://") => 7,
        () if lower.starts_with("https://") => 8,
        () if lower.starts_with("//") => 2,
        () if lower.starts_with("www.") => 0,
        () => return None,
    };
    let host = text[start..].split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    Some(match host.get(..4) {
        Some(www) if www.eq_ignore_ascii_case("www.") => &host[4..],
        _ => host,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_outlet_is_a_name_or_a_host() {
        let named = |value: Value| Outlet::from_value(&value).name();
        for (value, name) in [
            (json!("صحيفة"), "صحيفة"),
            (json!(" \u{200F}صحيفة "), "صحيفة"),
            (json!("صحيفة\u{A0} ليبيـا "), "صحيفة ليبيا"),
            (json!({"name": "صحيفة  ليبيا"}), "صحيفة ليبيا"),
            (json!("https://WWW.Example.org:80/a?b"), "example.org"),
            (json!("www.a.b"), "a.b"),
            (json!({"id": null, "name": "صحيفة"}), "صحيفة"),
            (json!({"id": "x", "name": null}), "x"),
            (json!("{'id': None, 'name': 'صحيفة'}"), "صحيفة"),
            (json!("{\"name\": \"https://a.example/x\"}"), "a.example"),
            (json!(["صحيفة"]), "صحيفة"),
            (
                json!("أخبار &amp; آراء"),
                if cfg!(feature = "html") {
                    "أخبار & آراء"
                } else {
                    "أخبار &amp; آراء"
                },
            ),
        ] {
            assert_eq!(named(value.clone()).as_deref(), Some(name), "{value}");
        }
        for value in [
            json!("<a href=\"https://example.org\" rel=\"nofollow\">برنامج</a>"),
            json!({"a": 1}),
            json!("NaN"),
            json!("http://"),
            Value::Null,
        ] {
            assert_eq!(named(value.clone()), None, "{value}");
        }
    }
}
