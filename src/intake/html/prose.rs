//! How much prose of an article is in an element.

use std::collections::HashMap;
use std::ops::ControlFlow;

use dom_query::{NodeId, NodeRef};

use super::heading::rank_of;

/// Elements within a line.
const INLINE: [&str; 12] =
    ["abbr", "b", "bdi", "em", "font", "i", "mark", "small", "span", "strong", "sub", "u"];

/// Elements that hold no prose of an article, and what the class or id of such contains.
const NO_PROSE: [&str; 12] = [
    "a", "nav", "footer", "aside", "form", "script", "style", "noscript", "template", "select",
    "button", "head",
];
const NO_PROSE_WORDS: [&str; 5] = ["related", "sidebar", "widget", "footer", "recommend"];

/// Words outside of links and headings: all, and those of the longest paragraph.
pub(super) struct Prose {
    pub(super) words: usize,
    pub(super) longest: usize,
}

impl Prose {
    /// The prose in an element that is in none of `without`.
    pub(super) fn from_element(root: NodeRef, without: &[NodeId]) -> Self {
        let mut paragraphs: HashMap<NodeId, usize> = HashMap::new();
        walk(root, |node| {
            if node.is_text() {
                let n_words = node.text().split_whitespace().count();
                if n_words > 0
                    && let Some(around) = node.ancestors_it(None).find(|node| !is_inline(node))
                {
                    *paragraphs.entry(around.id).or_default() += n_words;
                }
            }
            let is_apart = without.contains(&node.id)
                || rank_of(node).is_some()
                || NO_PROSE.iter().any(|name| node.has_name(name))
                || has_no_prose(node);
            if is_apart { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let words = paragraphs.values().sum();
        Self { words, longest: paragraphs.into_values().max().unwrap_or(0) }
    }
}

fn is_inline(node: &NodeRef) -> bool {
    INLINE.iter().any(|name| node.has_name(name))
}

fn has_no_prose(node: &NodeRef) -> bool {
    let has = |name: &str| {
        let names = node.attr(name).unwrap_or_default();
        NO_PROSE_WORDS.iter().any(|word| names.contains(word))
    };
    let is_page = ["main", "article"].iter().any(|name| node.has_name(name));
    !is_page && (has("class") || has("id"))
}

/// Goes through what is below a node in the order of the page, and not into what breaks.
pub(super) fn walk<'a>(root: NodeRef<'a>, mut enter: impl FnMut(&NodeRef<'a>) -> ControlFlow<()>) {
    let mut open: Vec<NodeRef> = root.children_it(true).collect();
    while let Some(node) = open.pop() {
        if enter(&node).is_continue() {
            open.extend(node.children_it(true));
        }
    }
}
