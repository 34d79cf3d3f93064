//! What a page says to its visitor, which is no article: notices on cookies and scripts, menus.

use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};

use super::page::matcher;

/// Elements that hold notices and menus.
static APART: LazyLock<Matcher> = LazyLock::new(|| {
    matcher(
        "noscript, nav, dialog, template, [role='navigation'], [role='dialog'], \
         [role='alertdialog'], [id*='cookie' i], [class*='cookie' i], [id*='consent' i], \
         [class*='consent' i], [class*='gdpr' i]",
    )
});

/// Most letters of an element that is removed for its name alone.
const MAX_NOTICE: usize = 1_000;

/// Most elements that are removed.
const MAX_NODES: usize = 1_000;

/// What notices say.
const PHRASES: [&str; 16] = [
    "ملفات تعريف الارتباط",
    "ملفات الارتباط",
    "الكوكيز",
    "سياسة الخصوصية",
    "شروط الاستخدام",
    "تفعيل جافا",
    "تفعيل الجافا",
    "جافا سكريبت",
    "جافاسكريبت",
    "JavaScript",
    "javascript",
    "cookies",
    "جميع الحقوق محفوظة",
    "جميع الحقوق محفوظه",
    "متصفحك",
    "النشرة البريدية",
];

/// Least words of an article.
const MIN_WORDS: usize = 5;

/// Removes the elements of a page that hold notices and menus.
pub(super) fn remove(document: &Document) {
    for node in document.select_matcher(&APART).nodes().iter().take(MAX_NODES) {
        let is_page = ["html", "body", "main", "article"].iter().any(|name| node.has_name(name));
        if !is_page && !has_letters(node, MAX_NOTICE) {
            node.remove_from_parent();
        }
    }
}

/// Whether the text of an element has more letters than `limit`.
fn has_letters(node: &NodeRef, limit: usize) -> bool {
    let mut n_letters = 0;
    node.descendants_it().filter(NodeRef::is_text).any(|text| {
        n_letters += text.text().trim().chars().count();
        n_letters > limit
    })
}

/// A text without its notices, if these are its beginning or end.
pub(super) fn without(text: &str) -> String {
    let parts: Vec<&str> = text.split("\n\n").collect();
    let is_notice = |part: &&str| {
        part.chars().count() <= 400 && PHRASES.iter().any(|phrase| part.contains(phrase))
    };
    let first = parts.iter().position(|part| !is_notice(part)).unwrap_or(parts.len());
    let last = parts.iter().rposition(|part| !is_notice(part)).map_or(first, |at| at + 1);
    parts[first..last].join("\n\n")
}

/// Whether a text may be an article, and is no menu.
pub(super) fn is_article(text: &str) -> bool {
    let n_words = text.split_whitespace().count();
    let (mut lines, mut short) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        let ends = line.trim_end().ends_with(['.', '!', '؟', '…', '»', '"', ':']);
        short += usize::from(!ends && line.split_whitespace().count() <= 4);
    }
    n_words >= MIN_WORDS && !(lines >= 3 && short == lines)
}
