//! The elements of a feed that are open, and their names.

use quick_xml::events::BytesStart;

/// An element that is open.
pub(super) struct Open<T> {
    pub(super) what: T,
    /// Its name in lower case, without a prefix: it ends where an end tag has it, whatever is left
    /// open within it.
    pub(super) name: String,
    pub(super) depth: usize,
    /// Elements of that name within it.
    pub(super) n_within: usize,
}

impl<T> Open<T> {
    pub(super) fn new(what: T, name: &str, depth: usize) -> Self {
        Self { what, name: name.to_owned(), depth, n_within: 0 }
    }
}

/// Elements of an item that no page has.
pub(super) const OF_ITEMS: [&str; 6] =
    ["description", "pubDate", "guid", "content:encoded", "dc:date", "dc:creator"];

/// The name of an element in lower case, without a prefix.
pub(super) fn local(start: &BytesStart) -> String {
    let name = start.name();
    let name = String::from(name.as_ref());
    name.rsplit(':').next().unwrap_or("").to_ascii_lowercase()
}

/// Whether an element can have this name; `1 < 2` makes none.
pub(super) fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_';
    name.starts_with(is_start) && !name.contains('<')
}
