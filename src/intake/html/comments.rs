//! Readers' comments in a page. They are known by the names that programs give to their elements,
//! and are taken out before the article is looked for: beside a short article, they would be it.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dom_query::{Document, NodeId, NodeRef};

use super::heading::around;
use super::page::spaced;
use super::prose::{Prose, walk};

/// What a name of comments contains.
static STEMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let stems = ["comment", "disqus", "dsq", "wpdiscuz", "wpdcom", "respond", "تعليق"];
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).build(stems);
    builder.expect("a few short words")
});

/// Words that are said of comments only: several of them, and the services that hold them.
const SURE: [&str; 26] = [
    "comments",
    "commentlist",
    "commentslist",
    "commentform",
    "commentsform",
    "commentarea",
    "commentsarea",
    "commentbox",
    "commentsbox",
    "commentsection",
    "commentssection",
    "commentswrap",
    "commentswrapper",
    "commentsblock",
    "commentscontainer",
    "fbcomments",
    "hypercomments",
    "jcomments",
    "commentaires",
    "disqus",
    "dsq",
    "wpdiscuz",
    "wpdcom",
    "respond",
    "تعليقات",
    "التعليقات",
];

/// Words that may also be said of a section of opinions, and of an article in it.
const PERHAPS: [&str; 4] = ["comment", "commentaire", "تعليق", "التعليق"];

/// Words by which a [`PERHAPS`] is a part of readers' comments.
const OF_ONE: [&str; 14] = [
    "list", "form", "respond", "reply", "replies", "thread", "threads", "tree", "author", "meta",
    "avatar", "reader", "readers", "user",
];

/// Other words beside these. A name with any other word, such as `comments-open`,
/// `category-comment` or `commentisfree`, is none.
const BESIDE: [&str; 42] = [
    "area",
    "section",
    "sec",
    "wrap",
    "wrapper",
    "container",
    "holder",
    "box",
    "block",
    "module",
    "panel",
    "widget",
    "region",
    "content",
    "text",
    "body",
    "inner",
    "main",
    "all",
    "item",
    "items",
    "div",
    "row",
    "li",
    "ol",
    "ul",
    "page",
    "single",
    "singular",
    "article",
    "post",
    "entry",
    "news",
    "story",
    "blog",
    "users",
    "wp",
    "fb",
    "facebook",
    "plugin",
    "vk",
    "template",
];

/// Least words of the longest paragraph of a page that has an article beside its comments.
const MIN_PARAGRAPH: usize = 6;

/// How much longer than the longest paragraph elsewhere an element with a name that is not sure is,
/// if it is the article; and how many of its words are elsewhere, in teasers of other stories.
const MIN_TIMES: usize = 2;
const MAX_ELSEWHERE: usize = 4;

/// Most comments that are looked at which stand in no common element.
const MAX_ELEMENTS: usize = 1_000;

/// How sure it is that an element holds comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Perhaps,
    Sure,
}

/// Takes the readers' comments out of a page, and gives their lines. What holds the heading of the
/// page, or all of its prose, is no comment, whatever its name.
pub(super) fn remove(document: &Document, heading: Option<&NodeRef>) -> Vec<String> {
    let Some(body) = document.body() else { return Vec::new() };
    let around = around(heading);
    let (mut removed, mut is_named) = (Vec::new(), true);
    for wanted in [Name::Sure, Name::Perhaps] {
        let mut found = Vec::new();
        if !std::mem::take(&mut is_named) {
            break;
        }
        walk(body, |node| {
            let name = name(node);
            is_named |= name.is_some();
            let is_one = name >= Some(wanted)
                && !node.has_name("main")
                && !around.contains(&node.id)
                && found.len() < MAX_ELEMENTS;
            if is_one {
                found.push(*node);
            }
            if is_one { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if found.is_empty() {
            continue;
        }
        let without: Vec<NodeId> = found.iter().map(|node| node.id).collect();
        let left = Prose::from_element(body, &without);
        let is_article = |node: &NodeRef| {
            let words = || Prose::from_element(*node, &[]).words;
            let is_long =
                |n: usize| n >= MIN_TIMES * left.longest && n * MAX_ELSEWHERE >= left.words;
            wanted == Name::Perhaps && !has_signs(node) && is_long(words())
        };
        if left.longest < MIN_PARAGRAPH {
            continue;
        }
        if let [only] = &found[..]
            && is_article(only)
        {
            // Readability passes over what is called so.
            for name in ["class", "id"] {
                only.remove_attr(name);
            }
            continue;
        }
        for node in found {
            removed.extend(node.formatted_text().lines().map(spaced));
            node.remove_from_parent();
        }
    }
    removed.retain(|line| !line.is_empty());
    removed
}

/// Whether an element has what readers' comments have: others in it, or a form.
fn has_signs(node: &NodeRef) -> bool {
    node.descendants_it()
        .any(|node| name(&node).is_some() || node.has_name("form") || node.has_name("textarea"))
}

/// What an element is by its names.
fn name(node: &NodeRef) -> Option<Name> {
    let element = node.qual_name_ref()?;
    let attribute = |name: &str| node.attr(name).unwrap_or_default();
    let is_marked = attribute("itemprop").eq_ignore_ascii_case("comment") || {
        let of = attribute("itemtype");
        let of = of.rsplit('/').next().unwrap_or_default();
        ["comment", "usercomments"].iter().any(|name| of.eq_ignore_ascii_case(name))
    };
    if is_marked {
        return Some(Name::Sure);
    }
    // Elements of a page's own have such names, too: `fb:comments`, `app-comments`.
    if element.local.split(['-', ':']).any(|word| SURE.contains(&word)) {
        return Some(Name::Sure);
    }
    let (id, class) = (attribute("id"), attribute("class"));
    let names = class.split_whitespace().chain([&*id]);
    names.filter(|name| STEMS.is_match(*name)).filter_map(of_name).max()
}

/// What an id, or a name among the classes, tells.
fn of_name(name: &str) -> Option<Name> {
    let (mut is_sure, mut is_perhaps) = (false, false);
    for word in words(name) {
        if SURE.contains(&word.as_str()) {
            is_sure = true;
        } else if PERHAPS.contains(&word.as_str()) {
            is_perhaps = true;
        } else if !OF_ONE.contains(&word.as_str()) && !BESIDE.contains(&word.as_str()) {
            return None;
        }
    }
    let is_of_one = || words(name).iter().any(|word| OF_ONE.contains(&word.as_str()));
    match (is_sure, is_perhaps) {
        (true, _) => Some(Name::Sure),
        (false, true) if is_of_one() => Some(Name::Sure),
        (false, true) => Some(Name::Perhaps),
        (false, false) => None,
    }
}

/// The words of a name in lower case, without numbers: of `div-comment-12` and `commentList`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        let is_large = c.is_uppercase();
        if !c.is_alphabetic() || is_large && was_small {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests;
