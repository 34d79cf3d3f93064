//! The usual names of the fields of a record, and how a file's own names are compared with them.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::usual::{BESIDE, USUAL};
use crate::text::script::{fold_letters, is_invisible};

/// Paths to the whole of a text that a guessed field may hold cut, as Twitter's records do.
pub(super) const WHOLE_TEXTS: [&str; 5] = [
    "extended_tweet.full_text",
    "retweeted_status.extended_tweet.full_text",
    "retweeted_status.full_text",
    "note_tweet.text",
    "full_text",
];

/// The usual names of each field, and the first names of those that are paths.
pub(super) fn candidates() -> &'static [Vec<&'static str>; 6] {
    static NAMES: LazyLock<[Vec<&str>; 6]> = LazyLock::new(|| {
        USUAL.map(|(_, usual)| {
            let firsts = usual.iter().filter_map(|name| name.split_once('.'));
            firsts.map(|(first, _)| first).chain(usual.iter().copied()).collect()
        })
    });
    &NAMES
}

/// Whether two names are one but for case, invisible marks, the signs between words, the article
/// ال, and letters that are often confused.
#[cfg(test)]
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one == other || folded(one) == folded(other)
}

/// The names of a record or table, folded once for all comparisons.
pub(super) struct Names<'a> {
    names: &'a [String],
    /// The first name of each folded one. Keys come from files, so their hashes are seeded.
    firsts: HashMap<String, &'a String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(names: &'a [String]) -> Self {
        let mut firsts = HashMap::new();
        for name in names {
            firsts.entry(folded(name)).or_insert(name);
        }
        Self { names, firsts }
    }

    /// Whether one of them is spelled so.
    pub(super) fn has(&self, name: &String) -> bool {
        self.names.contains(name)
    }

    /// The first of them that is the same name.
    pub(super) fn find(&self, name: &str) -> Option<&'a String> {
        static USUAL_FOLDED: LazyLock<FxHashMap<&str, String>> = LazyLock::new(|| {
            let names = USUAL.iter().flat_map(|(_, usual)| usual.iter());
            names.map(|name| (*name, folded(name))).collect()
        });
        let found = match USUAL_FOLDED.get(name) {
            Some(wanted) => self.firsts.get(wanted),
            None => self.firsts.get(&folded(name)),
        };
        found.copied()
    }
}

/// What a line of a header says of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum HeaderKey {
    Text,
    Title,
    Outlet,
    Date,
    Event,
    /// Something that no part of an article is.
    Other,
}

/// What the key of a header line means, if it is a usual name of a field.
pub(in crate::intake) fn header_key(name: &str) -> Option<HeaderKey> {
    static KEYS: LazyLock<FxHashMap<String, HeaderKey>> = LazyLock::new(|| {
        let key = |part: &str| match part {
            "text" => HeaderKey::Text,
            "title" => HeaderKey::Title,
            "outlet" => HeaderKey::Outlet,
            "date" => HeaderKey::Date,
            "event" => HeaderKey::Event,
            _ => HeaderKey::Other,
        };
        let mut keys = FxHashMap::default();
        let beside = BESIDE.iter().map(|name| (*name, HeaderKey::Other));
        let usual =
            USUAL.iter().flat_map(|(part, names)| names.iter().map(|name| (*name, key(part))));
        for (name, key) in usual.chain(beside) {
            keys.entry(folded(name)).or_insert(key);
        }
        keys
    });
    KEYS.get(&folded(name)).copied()
}

/// Whether a name is a usual one of the text.
pub(super) fn is_of_text(name: &str) -> bool {
    static FOLDED: LazyLock<FxHashSet<String>> =
        LazyLock::new(|| USUAL[0].1.iter().map(|usual| folded(usual)).collect());
    FOLDED.contains(&folded(name))
}

/// Whether a name may be one of a headline: it says so, and is not that of something beside it.
pub(super) fn may_be_of_title(name: &str) -> bool {
    static BESIDE_FOLDED: LazyLock<FxHashSet<String>> =
        LazyLock::new(|| BESIDE.iter().map(|beside| folded(beside)).collect());
    let name = folded(name);
    ["title", "headline", "titre", "عنوان", "عناوين"].iter().any(|word| name.contains(word))
        && !BESIDE_FOLDED.contains(&name)
}

fn folded(name: &str) -> String {
    let seen: String = name.trim().chars().filter(|&c| !is_invisible(c)).collect();
    let words = seen.split(|c: char| c.is_whitespace() || "_-.()[]:/".contains(c));
    let bare = words.map(|word| {
        let bare = word.strip_prefix("ال").filter(|bare| bare.chars().nth(1).is_some());
        bare.unwrap_or(word)
    });
    fold_letters(&bare.collect::<String>()).to_lowercase()
}

/// The value at a name, or at a path of names and numbers of list items, joined by dots.
pub(in crate::intake) fn at_path<'a>(
    object: &'a Map<String, Value>,
    path: &str,
) -> Option<&'a Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    let (name, rest) = path.split_once('.')?;
    inside(object.get(name)?, rest)
}

/// The value at a path inside a value.
pub(in crate::intake) fn inside<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    match value {
        Value::Object(object) => at_path(object, path),
        Value::Array(items) => {
            let (number, rest) = path.split_once('.').map_or((path, None), |(n, r)| (n, Some(r)));
            let item = items.get(number.parse::<usize>().ok()?)?;
            rest.map_or(Some(item), |rest| inside(item, rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_every_spelling() {
        for (one, other) in [
            ("\u{200F}النص", "نص"),
            ("نص المقالة", "نص مقالة"),
            ("PublishedAt", "published_at"),
            ("site-name", "Site Name"),
            ("إسم المصدر", "اسم مصدر"),
            ("\u{FEFF}id", "id"),
            ("Headline (AR)", "headline_ar"),
            ("ر.م", "ر. م."),
        ] {
            assert!(is_same(one, other), "{one} {other}");
        }
        assert!(!is_same("text", "title") && !is_same("ال", ""));
    }

    #[test]
    fn a_path_leads_into_objects_and_lists() {
        let object = serde_json::json!({"a.b": 1, "a": {"b": 2, "c": [{"d": 3}]}});
        let Value::Object(object) = object else { panic!("{object}") };
        let found = |path| at_path(&object, path).and_then(Value::as_u64);
        assert_eq!(
            (found("a.b"), found("a.c.0.d"), found("a.x"), found("x.b")),
            (Some(1), Some(3), None, None)
        );
    }
}
