//! Quotations that a page marks by elements and not by signs get signs, so that they are read as
//! what others say: `<q>`, `<blockquote>`, and posts of other people that the page embeds.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};

use super::page::matcher;

/// Elements that hold what others say.
static QUOTED: LazyLock<Matcher> = LazyLock::new(|| {
    matcher(
        "blockquote, .twitter-tweet, .twitter-video, .instagram-media, .fb-post, .fb-video, \
         .tiktok-embed, .telegram-post, .tgme_widget_message_text, .embedded-tweet, .tweet-text, \
         .tweetText",
    )
});
static SHORT: LazyLock<Matcher> = LazyLock::new(|| matcher("q"));
static PARAGRAPHS: LazyLock<Matcher> = LazyLock::new(|| matcher("p"));

/// Elements within a quotation that say whose it is.
const SPEAKER: [&str; 3] = ["cite", "footer", "figcaption"];
const SPEAKER_CLASSES: [&str; 2] = ["attribution", "author"];

/// Most elements between a quotation and a part of it.
const MAX_AROUND: usize = 8;

/// Most quotations of a page that get marks.
const MAX_NODES: usize = 2_000;

/// Least letters of a paragraph beside a quotation that shows that not all is quoted.
const MIN_PARAGRAPH: usize = 40;

const OPENING: [char; 9] = ['«', '»', '“', '”', '„', '"', '‹', '›', '＂'];

/// Puts quotation marks around what the elements of a page mark as quoted.
pub(in crate::intake) fn mark(document: &Document) {
    for node in document.select_matcher(&SHORT).nodes().iter().take(MAX_NODES) {
        enclose(node);
    }
    let quoted = document.select_matcher(&QUOTED);
    let quoted = &quoted.nodes()[..quoted.length().min(MAX_NODES)];
    if quoted.is_empty() {
        return;
    }
    let ids: HashSet<_> = quoted.iter().map(|node| node.id).collect();
    let paragraphs = document.select_matcher(&PARAGRAPHS);
    let outside: Vec<_> = paragraphs
        .nodes()
        .iter()
        .take(MAX_NODES)
        .filter(|part| !part.ancestors_it(None).any(|around| ids.contains(&around.id)))
        .collect();
    let is_beside = outside.iter().any(|part| part.text().trim().chars().count() >= MIN_PARAGRAPH);
    for node in quoted {
        if node.ancestors_it(None).any(|around| ids.contains(&around.id)) {
            continue;
        }
        let parts: Vec<NodeRef> = node.descendants_it().filter(|part| part.has_name("p")).collect();
        // Some pages use the element to indent all of their text.
        if parts.len() >= 3 && !is_beside {
            continue;
        }
        if parts.is_empty() {
            enclose_lines(node);
        } else {
            parts.iter().filter(|part| !is_speaker(part)).for_each(enclose);
        }
    }
}

/// Whether a part of a quotation says whose it is.
fn is_speaker(part: &NodeRef) -> bool {
    let text = part.text();
    text.trim_start().starts_with(['—', '–', '―'])
        || part.ancestors_it(Some(MAX_AROUND)).any(|around| names_speaker(&around))
}

fn names_speaker(node: &NodeRef) -> bool {
    SPEAKER.iter().any(|name| node.has_name(name))
        || SPEAKER_CLASSES.iter().any(|class| node.has_class(class))
}

/// Puts marks around the text of an element that has none.
fn enclose(node: &NodeRef) {
    let text = node.text();
    let text = text.trim();
    if text.is_empty() || text.starts_with(OPENING) {
        return;
    }
    node.prepend_child(&node.tree.new_text("«"));
    node.append_child(&node.tree.new_text("»"));
}

/// Puts marks around each line of an element that has no paragraphs.
fn enclose_lines(node: &NodeRef) {
    let is_break = |child: &NodeRef| ["br", "div", "ul", "ol"].iter().any(|n| child.has_name(n));
    let is_end = |child: &NodeRef| {
        names_speaker(child) || child.text().trim_start().starts_with(['—', '–', '―'])
    };
    let children = node.children();
    if children.iter().any(|child| child.has_name("div")) {
        children.iter().filter(|child| child.is_element() && !is_end(child)).for_each(enclose);
        return;
    }
    let mut line: Vec<&NodeRef> = Vec::new();
    let close = |line: &mut Vec<&NodeRef>| {
        let text: String = line.iter().map(|part| part.text().to_string()).collect();
        if let (Some(first), Some(last)) = (line.first(), line.last())
            && !text.trim().is_empty()
            && !text.trim_start().starts_with(OPENING)
        {
            first.insert_before(&node.tree.new_text("«"));
            last.insert_after(&node.tree.new_text("»"));
        }
        line.clear();
    };
    for child in &children {
        if is_end(child) {
            break;
        }
        if is_break(child) { close(&mut line) } else { line.push(child) }
    }
    close(&mut line);
}
