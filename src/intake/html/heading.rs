//! The block of text under the heading that is the page's title.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeId, NodeRef};
use html5ever::tendril::StrTendril;

use super::page::{beginning, matcher, spaced};

/// Least letters of the text of a block, and of a paragraph that is looked for.
const MIN_BLOCK: usize = 80;
const MIN_PARAGRAPH: usize = 40;

/// Most elements that are looked at after a heading, and most elements around it.
const MAX_ELEMENTS: usize = 1_000;
const MAX_AROUND: usize = 12;

static TITLE: LazyLock<Matcher> = LazyLock::new(|| matcher("title"));
static SHARED_TITLE: LazyLock<Matcher> = LazyLock::new(|| matcher("meta[property='og:title']"));
static HEADINGS: LazyLock<Matcher> = LazyLock::new(|| matcher("h1, h2, h3, h4"));
static FIRST: LazyLock<Matcher> = LazyLock::new(|| matcher("h1"));

/// Elements whose text is not the article's.
const APART: [&str; 7] = ["aside", "nav", "footer", "form", "figure", "script", "style"];

/// A heading and the elements that it stands in.
pub(super) fn around(heading: Option<&NodeRef>) -> HashSet<NodeId> {
    let Some(heading) = heading else { return HashSet::new() };
    heading.ancestors_it(None).map(|node| node.id).chain([heading.id]).collect()
}

/// The text under the heading of a page.
pub(super) struct HeadedBlock {
    /// Its paragraphs.
    own: Vec<String>,
    /// The paragraphs after it that no other heading takes.
    after: Vec<String>,
}

impl HeadedBlock {
    /// Whether one of its paragraphs is in a text, which then is the right one.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let long = |part: &&String| part.chars().count() >= MIN_PARAGRAPH;
        let mut parts = self.own.iter().chain(&self.after).filter(long).map(|part| beginning(part));
        // Most texts have the spaces of the page; only others are worth a copy.
        parts.clone().any(|part| text.contains(part)) || {
            let text = spaced(text);
            parts.any(|part| text.contains(part))
        }
    }

    /// Its paragraphs, separated by empty lines.
    pub(super) fn text(self) -> String {
        self.own.join("\n\n")
    }
}

/// The block under the heading of the page, if that is certain.
pub(super) fn block(document: &Document) -> Option<HeadedBlock> {
    let heading = heading(document)?;
    let body = document.body()?;
    // The smallest element around the heading that has text under it.
    let (around, own) = heading.ancestors_it(Some(MAX_AROUND)).find_map(|around| {
        let found = under(&around, &heading, None);
        let n_letters: usize = found.iter().map(|part| part.chars().count()).sum();
        (n_letters >= MIN_BLOCK).then_some((around, found))
    })?;
    let mut after = under(&body, &heading, Some(&around));
    after.retain(|part| !own.contains(part));
    own.iter()
        .any(|part| part.chars().count() >= MIN_PARAGRAPH)
        .then_some(HeadedBlock { own, after })
}

/// The heading that is the page's title, or the only one of the first rank.
pub(super) fn heading(document: &Document) -> Option<NodeRef<'_>> {
    if let Some(node) = titled(document) {
        return Some(node);
    }
    let first = document.select_matcher(&FIRST);
    let is_of_site = |node: &NodeRef| {
        node.ancestors_it(None).any(|around| around.has_name("header") || around.has_name("nav"))
    };
    match first.nodes() {
        [only] if !is_of_site(only) => Some(*only),
        _ => None,
    }
}

/// The heading that is the page's title.
pub(super) fn titled(document: &Document) -> Option<NodeRef<'_>> {
    let titles: Vec<String> = [
        document.select_matcher(&SHARED_TITLE).attr("content"),
        Some(document.select_single_matcher(&TITLE).text()),
    ]
    .into_iter()
    .flatten()
    .map(|title| spaced(&title))
    .filter(|title| !title.is_empty())
    .collect();
    // The title has the site's name before or after it; the longest heading in it is not that name.
    let headings = document.select_matcher(&HEADINGS);
    let length = |node: &NodeRef| {
        let text = spaced(&node.text());
        let is_in = |title: &String| title.starts_with(&text) || title.ends_with(&text);
        let length = text.chars().count();
        (length >= 3 && titles.iter().any(is_in)).then_some(length)
    };
    let mut best: Option<(usize, NodeRef)> = None;
    for node in headings.nodes().iter().take(MAX_ELEMENTS) {
        if let Some(length) = length(node)
            && best.as_ref().is_none_or(|(longest, _)| length > *longest)
        {
            best = Some((length, *node));
        }
    }
    best.map(|(_, node)| node)
}

/// The paragraphs after the heading in `around`, up to the next heading of its rank; or only those
/// outside of `home`, up to the next heading of any rank.
fn under(around: &NodeRef, heading: &NodeRef, home: Option<&NodeRef>) -> Vec<String> {
    let rank = rank_of(heading).unwrap_or(1);
    let (mut is_after, mut n_elements, mut found) = (false, 0_usize, Vec::new());
    let mut skipped: Option<NodeRef> = None;
    for node in around.descendants_it() {
        if node.id == heading.id {
            is_after = true;
            continue;
        }
        if !is_after || !node.is_element() || is_within(&node, heading) {
            continue;
        }
        n_elements += 1;
        if n_elements > MAX_ELEMENTS {
            break;
        }
        if let Some(apart) = &skipped {
            if is_within(&node, apart) {
                continue;
            }
            skipped = None;
        }
        let is_inside = home.is_none_or(|home| is_within(&node, home));
        if rank_of(&node).is_some_and(|other| other <= rank || !is_inside)
            || node.has_name("article")
        {
            break;
        }
        if APART.iter().any(|name| node.has_name(name)) {
            skipped = Some(node);
            continue;
        }
        let is_paragraph = node.has_name("p");
        if home.is_some() && is_inside {
            continue;
        }
        let lines = lines(&if is_paragraph { node.formatted_text() } else { own_text(&node) });
        let n_letters: usize = lines.iter().map(|line| line.chars().count()).sum();
        if !lines.is_empty() && (is_paragraph || n_letters >= MIN_PARAGRAPH) {
            found.extend(lines);
            skipped = is_paragraph.then_some(node);
        }
    }
    found
}

/// The text that stands in an element itself.
fn own_text(node: &NodeRef) -> StrTendril {
    let mut text = StrTendril::new();
    for child in node.children_it(false) {
        if child.has_name("br") {
            text.push_char('\n');
        } else if child.is_text() {
            text.push_tendril(&child.text().replace('\n', " ").into());
        }
    }
    text
}

/// The lines that are not empty.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(spaced).filter(|line| !line.is_empty()).collect()
}

fn is_within(node: &NodeRef, around: &NodeRef) -> bool {
    node.ancestors_it(None).any(|other| other.id == around.id)
}

pub(super) fn rank_of(node: &NodeRef) -> Option<usize> {
    ["h1", "h2", "h3", "h4"].iter().position(|name| node.has_name(name)).map(|at| at + 1)
}
