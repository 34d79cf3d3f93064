//! Dates that stand near the heading of a page: those of other stories, and today's date in the
//! head of the site, do not.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeId, NodeRef};

use super::apart::is_apart;
use super::heading::rank_of;
use super::page::{matcher, spaced};
use crate::intake::date::line::{DateLine, day, is_label};

static ARTICLES: LazyLock<Matcher> = LazyLock::new(|| matcher("article"));

/// Letters from which on a line is a paragraph of the text.
const MIN_PARAGRAPH: usize = 80;

/// Most letters beside the heading in the element that is its own, and most elements around it.
const MAX_BESIDE: usize = 200;
const MAX_AROUND: usize = 4;

/// Most elements that are looked at behind the beginning.
const MAX_ELEMENTS: usize = 2_000;

/// Most elements and texts of an element that is small: it is looked through often.
const MAX_NODES: usize = 100;

/// Most letters of an element that shows a date, and of a teaser of another story.
const MAX_DATE: usize = 150;
const MAX_TEASER: usize = 300;

/// Most letters of what a page shows for a date that it does not show.
const MAX_STAND_IN: usize = 40;

/// Words of a link from which on it is a headline.
const MIN_HEADLINE: usize = 5;

/// What class or id of an element that holds the date contains, and of one that holds the change.
const DATE_WORDS: [&str; 6] = ["date", "time", "publish", "posted", "تاريخ", "نشر"];
const UPDATE_WORDS: [&str; 3] = ["updat", "modif", "تحديث"];

/// Elements within a line.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "bdi", "bdo", "em", "font", "i", "label", "mark", "small", "span", "strong",
    "sub", "time", "u",
];

/// A date near the heading.
pub(super) struct Dated {
    /// The day.
    pub(super) day: String,
    /// Whether visitors read it; else an attribute tells it.
    pub(super) is_shown: bool,
    /// Whether it is that of a change.
    pub(super) is_update: bool,
    /// Whether the page says that it is the day of publication.
    is_sure: bool,
}

/// The dates near the heading, those behind it first, and the elements that only show one.
#[derive(Default)]
pub(super) struct Near<'a> {
    pub(super) dated: Vec<Dated>,
    shown: Vec<NodeRef<'a>>,
}

impl Near<'_> {
    /// Takes out of the page what only shows a date, and what only labels it.
    pub(super) fn remove_shown(&self) {
        for node in &self.shown {
            let around = node.ancestors(Some(MAX_AROUND));
            node.remove_from_parent();
            let is_label =
                |around: &&NodeRef| is_short(around, MAX_STAND_IN) && is_label(&around.text());
            for around in around.iter().take_while(is_label) {
                around.remove_from_parent();
            }
        }
    }
}

/// Where a walk through the page is.
enum Step<'a> {
    Open(NodeRef<'a>),
    Close(NodeRef<'a>),
}

/// A walk through the page.
struct Walk<'a> {
    heading: Option<NodeId>,
    /// The elements around the heading.
    around: HashSet<NodeId>,
    /// The largest element around the heading that is its own.
    own: Option<NodeId>,
    is_in_own: bool,
    is_after: bool,
    is_in_text: bool,
    line: String,
    /// Dates before the heading, in its own element.
    before: Vec<Dated>,
    found: Near<'a>,
}

/// The dates near the heading; without a heading, those of the only article of the page.
pub(super) fn near<'a>(document: &'a Document, heading: Option<&NodeRef<'a>>) -> Near<'a> {
    let root = if let Some(heading) = heading {
        let article = heading.ancestors_it(None).find(|around| around.has_name("article"));
        article.or_else(|| document.body())
    } else {
        match document.select_matcher(&ARTICLES).nodes() {
            [only] => Some(*only),
            _ => None,
        }
    };
    let Some(root) = root else { return Near::default() };
    let around = heading.map(|heading| heading.ancestors_it(None).map(|node| node.id).collect());
    let mut walk = Walk {
        heading: heading.map(|heading| heading.id),
        around: around.unwrap_or_default(),
        own: heading.and_then(own_element),
        is_in_own: false,
        is_after: heading.is_none(),
        is_in_text: false,
        line: String::new(),
        before: Vec::new(),
        found: Near::default(),
    };
    walk.run(root);
    let Walk { before, mut found, .. } = walk;
    found.dated.extend(before);
    found.dated.sort_by_key(|dated| !dated.is_sure);
    found
}

/// The largest element around a heading that holds little else.
fn own_element(heading: &NodeRef) -> Option<NodeId> {
    let limit = heading.text().trim().chars().count() + MAX_BESIDE;
    let is_own = |around: &NodeRef| {
        let is_page = ["body", "html", "main", "article"].iter().any(|name| around.has_name(name));
        let is_of_site = around.has_name("header")
            && around.parent().is_some_and(|parent| parent.has_name("body"));
        !is_page && !is_of_site && !is_apart(around) && is_short(around, limit)
    };
    let around = heading.ancestors_it(Some(MAX_AROUND)).take_while(is_own);
    around.last().map(|around| around.id)
}

impl<'a> Walk<'a> {
    fn run(&mut self, root: NodeRef<'a>) {
        let mut steps = vec![Step::Open(root)];
        let (mut n_elements, mut n_headings) = (0_usize, 0_usize);
        while let Some(step) = steps.pop() {
            let node = match step {
                Step::Open(node) => node,
                Step::Close(node) => {
                    if !INLINE.iter().any(|name| node.has_name(name)) {
                        self.end_line();
                    }
                    if self.heading == Some(node.id) {
                        self.line.clear();
                        self.is_after = true;
                    }
                    if self.own == Some(node.id) {
                        self.is_in_own = false;
                    }
                    continue;
                }
            };
            if node.is_text() {
                self.line.push_str(&node.text());
                continue;
            }
            if !node.is_element() {
                continue;
            }
            let is_around = self.around.contains(&node.id);
            if !is_around && self.heading != Some(node.id) {
                if is_apart(&node) {
                    continue;
                }
                if self.is_after {
                    n_elements += 1;
                    let is_heading = rank_of(&node).is_some();
                    n_headings += usize::from(is_heading);
                    if n_elements > MAX_ELEMENTS
                        || is_heading && (self.is_in_text || n_headings > 1)
                    {
                        break;
                    }
                }
            }
            if self.own == Some(node.id) {
                self.is_in_own = true;
            }
            if self.is_after || self.is_in_own && !is_around {
                self.element(&node);
            }
            if !INLINE.iter().any(|name| node.has_name(name)) {
                self.end_line();
            }
            steps.push(Step::Close(node));
            steps.extend(node.children_it(true).map(Step::Open));
        }
        self.end_line();
    }

    /// Looks at the line that ends.
    fn end_line(&mut self) {
        let line = spaced(&std::mem::take(&mut self.line));
        if !self.is_after || line.is_empty() || self.is_in_text {
            return;
        }
        self.is_in_text = line.chars().count() >= MIN_PARAGRAPH;
        if let Some(DateLine { date, is_update }) = DateLine::from_text(&line) {
            self.found.dated.push(Dated { day: date, is_shown: true, is_update, is_sure: false });
        }
    }

    /// Looks at an element that may hold a date.
    fn element(&mut self, node: &NodeRef<'a>) {
        let attribute = |name: &str| node.attr(name).unwrap_or_default().to_lowercase();
        let (item, names) = (attribute("itemprop"), attribute("class") + " " + &attribute("id"));
        let is_time = node.has_name("time");
        let has = |words: &[&str]| words.iter().any(|word| names.contains(word));
        let is_item = item.contains("datepublished") || item.contains("datecreated");
        let is_change = item.contains("datemodified") || has(&UPDATE_WORDS);
        if !(is_time || is_item || is_change || has(&DATE_WORDS))
            || !is_short(node, MAX_DATE)
            || self.is_of_another(node)
        {
            return;
        }
        let is_update = is_change && !is_item && !has(&["publish"]);
        let shown = DateLine::from_text(&spaced(&node.text()));
        let names = ["datetime", "content", "title"];
        let hidden = names.iter().find_map(|name| day(&node.attr(name)?));
        // What stands for the date may be "yesterday", or lack the year.
        let stands_in = || hidden.is_some() && (is_time || is_item) && is_short(node, MAX_STAND_IN);
        if !self.is_in_text && (shown.is_some() || stands_in()) {
            self.found.shown.push(*node);
        }
        let to = if self.is_after { &mut self.found.dated } else { &mut self.before };
        if let Some(hidden) = hidden {
            let is_sure = is_item || node.has_attr("pubdate") || has(&["publish"]);
            to.push(Dated { day: hidden, is_shown: false, is_update, is_sure });
        }
        if let Some(DateLine { date, is_update: is_labelled }) = shown {
            let is_update = is_update || is_labelled;
            to.push(Dated { day: date, is_shown: true, is_update, is_sure: false });
        }
    }

    /// Whether an element is part of a sentence, or of the teaser of another story.
    fn is_of_another(&self, node: &NodeRef) -> bool {
        let is_inline = |node: &NodeRef| INLINE.iter().any(|name| node.has_name(name));
        let block = node.ancestors_it(Some(MAX_AROUND)).find(|around| !is_inline(around));
        let Some(block) = block else { return false };
        let is_prose = ["p", "li", "blockquote"].iter().any(|name| block.has_name(name))
            && !is_short(&block, MAX_DATE);
        is_prose
            || node.ancestors_it(Some(MAX_AROUND)).any(|around| {
                let is_other = !self.around.contains(&around.id) || self.is_in_text;
                is_other && is_short(&around, MAX_TEASER) && has_headline(&around)
            })
    }
}

/// Whether an element is small and has at most so many letters.
fn is_short(node: &NodeRef, limit: usize) -> bool {
    let mut n_letters = 0;
    let mut nodes = node.descendants_it();
    let is_short = nodes.by_ref().take(MAX_NODES).all(|node| {
        if node.is_text() {
            n_letters += node.text().trim().chars().count();
        }
        n_letters <= limit
    });
    is_short && nodes.next().is_none()
}

/// Whether an element has a link that is a headline.
fn has_headline(around: &NodeRef) -> bool {
    let is_headline = |node: &NodeRef| {
        // Two dates in one link have many numbers.
        let is_word = |word: &&str| word.starts_with(char::is_alphabetic);
        node.has_name("a") && node.text().split_whitespace().filter(is_word).count() >= MIN_HEADLINE
    };
    is_headline(around) || around.descendants_it().any(|node| is_headline(&node))
}
