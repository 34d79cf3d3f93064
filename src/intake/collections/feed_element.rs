//! The elements of a feed that are open, and their names.

use quick_xml::Reader;
use quick_xml::events::BytesStart;

use super::MAX_PART;
use super::limited::Limited;
use crate::intake::bytes::Bytes;

/// An element that is open.
pub(super) struct Open<T> {
    pub(super) what: T,
    /// Its name, of a field without a prefix: it ends where an end tag has that name, whatever is
    /// left open within it.
    name: String,
    pub(super) depth: usize,
    /// Elements of that name within it.
    pub(super) n_within: usize,
}

impl<T> Open<T> {
    pub(super) fn new(what: T, name: &str, depth: usize) -> Self {
        Self { what, name: name.to_owned(), depth, n_within: 0 }
    }

    /// Whether it has this name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Elements of an item that no page has.
pub(super) const OF_ITEMS: [&str; 6] =
    ["description", "pubDate", "guid", "content:encoded", "dc:date", "dc:creator"];

/// The name of an element in lower case, without its prefix.
pub(super) fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or("").to_ascii_lowercase()
}

/// Whether an element can have this name; `1 < 2` makes none.
pub(super) fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_';
    name.starts_with(is_start) && !name.contains('<')
}

/// The usual prefixes of the namespaces of feeds.
const NAMESPACES: [(&str, &str); 4] = [
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://news.yandex.ru", "yandex"),
];

/// The prefixes that an element declares for namespaces of feeds, with the usual ones.
pub(super) fn prefixes(start: &BytesStart) -> Vec<(String, &'static str)> {
    let attributes = start.attributes().filter_map(Result::ok);
    let declared = attributes.filter_map(|attribute| {
        let key = String::from(attribute.key.as_ref());
        let prefix = key.strip_prefix("xmlns:")?.to_owned();
        let (_, usual) = NAMESPACES.iter().find(|(uri, _)| *attribute.value == **uri)?;
        Some((prefix, *usual))
    });
    declared.collect()
}

/// A reader of XML as people write it: ends that fit no beginning are no errors.
pub(super) fn lenient(reader: Bytes<'_>) -> Reader<Limited<Bytes<'_>>> {
    let mut xml = Reader::from_reader(Limited::new(reader, MAX_PART));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    xml
}
