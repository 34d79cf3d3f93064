//! The block of text under the heading that is the page's title.

use dom_query::{Document, NodeRef};

use super::page::{beginning, spaced};

/// Least letters of the text of a block, and of a paragraph that is looked for.
const MIN_BLOCK: usize = 80;
const MIN_PARAGRAPH: usize = 40;

/// Most elements that are looked at after a heading, and most elements around it.
const MAX_ELEMENTS: usize = 1_000;
const MAX_AROUND: usize = 12;

/// Elements whose text is not the article's.
const APART: [&str; 7] = ["aside", "nav", "footer", "form", "figure", "script", "style"];

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
        let text = spaced(text);
        let long = |part: &&String| part.chars().count() >= MIN_PARAGRAPH;
        self.own.iter().chain(&self.after).filter(long).any(|part| text.contains(beginning(part)))
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
    let around = heading.ancestors_it(Some(MAX_AROUND)).find(|around| {
        let found = under(around, &heading, None);
        found.iter().map(|part| part.chars().count()).sum::<usize>() >= MIN_BLOCK
    })?;
    let own = under(&around, &heading, None);
    let mut after = under(&body, &heading, Some(&around));
    after.retain(|part| !own.contains(part));
    own.iter()
        .any(|part| part.chars().count() >= MIN_PARAGRAPH)
        .then_some(HeadedBlock { own, after })
}

/// The heading that is the page's title, or the only one of the first rank.
fn heading(document: &Document) -> Option<NodeRef<'_>> {
    let titles: Vec<String> = [
        document.select("meta[property='og:title']").attr("content"),
        Some(document.select_single("title").text()),
    ]
    .into_iter()
    .flatten()
    .map(|title| spaced(&title))
    .filter(|title| !title.is_empty())
    .collect();
    // The title has the site's name before or after it; the longest heading in it is not that name.
    let headings = document.select("h1, h2, h3, h4");
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
    if let Some((_, node)) = best {
        return Some(node);
    }
    let first = document.select("h1");
    let is_of_site = |node: &NodeRef| {
        node.ancestors_it(None).any(|around| around.has_name("header") || around.has_name("nav"))
    };
    match first.nodes() {
        [only] if !is_of_site(only) => Some(*only),
        _ => None,
    }
}

/// The paragraphs after the heading in `around`, up to the next heading of its rank or, outside of
/// `home`, of any rank.
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
        let text = spaced(&if node.has_name("p") { node.text() } else { node.immediate_text() });
        if !text.is_empty() && (node.has_name("p") || text.chars().count() >= MIN_PARAGRAPH) {
            found.push(text);
            skipped = node.has_name("p").then_some(node);
        }
    }
    found
}

fn is_within(node: &NodeRef, around: &NodeRef) -> bool {
    node.ancestors_it(None).any(|other| other.id == around.id)
}

fn rank_of(node: &NodeRef) -> Option<usize> {
    ["h1", "h2", "h3", "h4"].iter().position(|name| node.has_name(name)).map(|at| at + 1)
}
