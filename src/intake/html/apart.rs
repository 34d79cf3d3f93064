//! Elements of a page whose dates are not the article's.

use dom_query::NodeRef;

/// Elements whose dates are not the article's, by name and by what their class or id contains.
const APART: [&str; 11] = [
    "aside", "nav", "footer", "form", "script", "style", "noscript", "template", "figure",
    "select", "head",
];
const APART_WORDS: [&str; 19] = [
    "related",
    "sidebar",
    "widget-area",
    "comment",
    "footer",
    "masthead",
    "topbar",
    "top-bar",
    "latest",
    "popular",
    "most-read",
    "mostread",
    "ticker",
    "breaking",
    "recommend",
    "more-",
    "navbar",
    "weather",
    "today",
];

/// What the class or id of an element contains that stands below an article and is of it.
const OWN_WORDS: [&str; 3] = ["post-footer", "entry-footer", "article-footer"];

/// Whether the dates of an element are not the article's.
pub(super) fn is_apart(node: &NodeRef) -> bool {
    let names = || {
        let attribute = |name: &str| node.attr(name).unwrap_or_default().to_lowercase();
        attribute("class") + " " + &attribute("id")
    };
    let is_page = ["body", "html", "main", "article"].iter().any(|name| node.has_name(name));
    APART.iter().any(|name| node.has_name(name))
        || !is_page && {
            let names = names();
            names.len() > 1
                && APART_WORDS.iter().any(|word| names.contains(word))
                && !OWN_WORDS.iter().any(|word| names.contains(word))
        }
}
