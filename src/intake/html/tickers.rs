//! Strips of news above or beside an article, which are no part of it.

use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};

use super::heading::{around, rank_of};
use super::page::{matcher, spaced};

/// Elements that may be such strips by their class or id.
static NAMED: LazyLock<Matcher> = LazyLock::new(|| {
    matcher(
        "marquee, [class*='ticker' i], [id*='ticker' i], [class*='breaking' i], \
         [id*='breaking' i], [class*='marquee' i], [id*='marquee' i], [class*='urgent' i], \
         [id*='urgent' i], [class*='عاجل'], [id*='عاجل']",
    )
});

/// Words of the class or id of such strips.
const WORDS: [&str; 10] = [
    "ticker",
    "newsticker",
    "tickers",
    "breaking",
    "breakingnews",
    "marquee",
    "urgent",
    "urgentnews",
    "عاجل",
    "العاجل",
];

/// Most elements that are looked at, and most elements and texts in one.
const MAX_ELEMENTS: usize = 200;
const MAX_NODES: usize = 1_000;

/// Most letters of a strip, and of a paragraph of one.
const MAX_STRIP: usize = 1_500;
const MAX_PARAGRAPH: usize = 150;

/// Removes the strips of a page: small, without its heading, and less than what else it says. Gives
/// what each says.
pub(super) fn remove(document: &Document, heading: Option<&NodeRef>) -> Vec<String> {
    let found = document.select_matcher(&NAMED);
    let mut removed = Vec::new();
    let Some(body) = document.body().filter(|_| !found.is_empty()) else { return removed };
    let around = around(heading);
    let n_letters = letters(&body, usize::MAX, usize::MAX).unwrap_or(0);
    for node in found.nodes().iter().take(MAX_ELEMENTS) {
        let is_page = ["html", "body", "main", "article"].iter().any(|name| node.has_name(name));
        let is_heading = rank_of(node).is_some()
            || node.ancestors_it(None).any(|around| rank_of(&around).is_some());
        if is_page || is_heading || around.contains(&node.id) || !is_named(node) {
            continue;
        }
        let n_own = letters(node, MAX_STRIP, MAX_NODES);
        let is_small = n_own.is_some_and(|n_own| 2 * n_own < n_letters);
        if is_small && !has_prose(node) {
            let text = spaced(&node.formatted_text());
            // One may stand in another.
            if !text.is_empty() && !removed.iter().any(|outer: &String| outer.contains(&text)) {
                removed.push(text);
            }
            node.remove_from_parent();
        }
    }
    removed
}

/// Whether a word of the class or id is that of a strip.
fn is_named(node: &NodeRef) -> bool {
    let has_word = |name: &str| {
        node.attr(name).is_some_and(|names| {
            let names = names.to_lowercase();
            names.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
        })
    };
    node.has_name("marquee") || has_word("class") || has_word("id")
}

/// The letters of an element; `None` if there are more, or too many elements.
fn letters(node: &NodeRef, limit: usize, max_nodes: usize) -> Option<usize> {
    let (mut n_letters, mut n_nodes) = (0_usize, 0_usize);
    for node in node.descendants_it() {
        n_nodes += 1;
        if node.is_text() {
            n_letters += node.text().trim().chars().count();
        }
        if n_letters > limit || n_nodes > max_nodes {
            return None;
        }
    }
    Some(n_letters)
}

/// Whether a small element has a paragraph of an article, or a heading of the first rank.
fn has_prose(node: &NodeRef) -> bool {
    let is_long = |node: &NodeRef| node.text().trim().chars().count() > MAX_PARAGRAPH;
    node.descendants_it().any(|node| node.has_name("h1") || node.has_name("p") && is_long(&node))
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const TEXT: &str = "<p>بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة، \
        بحضور أكثر من مئة نائب وصلوا على متن رحلات خاصة من عدة مدن.</p><p>وقال عضو في اللجنة إن \
        الجلسة ستستمر يومين، وإن التصويت سيجري بعد ذلك في القاعة الكبرى.</p>";

    fn text(before: &str, after: &str) -> String {
        let html = format!(
            "<title>اجتماع في سرت</title><body>{before}<article><h1>اجتماع في سرت</h1>{TEXT}\
             </article>{after}"
        );
        read(&html).unwrap().text
    }

    #[test]
    fn a_strip_of_news_is_no_part_of_the_article() {
        let news = "العاصفة تضرب الساحل وتقطع الطريق بين المدينتين منذ الفجر";
        for strip in [
            format!("<div class=breaking>عاجل: {news}</div>"),
            format!("<div id=news-ticker><ul><li>{news}</li><li>خبر قصير</li></ul></div>"),
            format!("<marquee>{news}</marquee>"),
            format!("<section class='شريط عاجل'><p>{news}</p></section>"),
            format!("<div class='Breaking-News'><h3>{news}</h3></div>"),
        ] {
            assert!(!text(&strip, "").contains(news), "{strip}");
            assert!(!text("", &strip).contains(news), "{strip}");
        }
    }

    #[test]
    fn an_article_and_a_heading_with_such_a_name_stay() {
        for html in [
            format!("<div class=breaking><h1>اجتماع في سرت</h1>{TEXT}</div>"),
            format!("<h1 class=urgent>اجتماع في سرت</h1><div class=breaking>{TEXT}</div>"),
            format!("<h1>اجتماع <span class=breaking>في</span> سرت</h1>{TEXT}"),
            format!("<h1>اجتماع في سرت</h1><div class='article sticker'>{TEXT}</div>"),
        ] {
            let page = read(&format!("<title>اجتماع في سرت</title><body>{html}")).unwrap();
            assert_eq!(page.title.as_deref(), Some("اجتماع في سرت"), "{html}");
            assert!(page.text.contains("بدأت في مدينة سرت"), "{html}: {}", page.text);
        }
    }
}
