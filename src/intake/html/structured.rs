//! The article that a page describes for search engines, as JSON-LD of <https://schema.org>.

use std::sync::LazyLock;

use dom_query::{Document, Matcher};
use serde_json::Value;

use super::page::{matcher, paragraphs, plain, spaced};

static TITLE: LazyLock<Matcher> = LazyLock::new(|| matcher("title"));
static LINKED: LazyLock<Matcher> = LazyLock::new(|| matcher("script[type*='ld+json']"));

/// Least letters of a text that is an article.
const MIN_TEXT: usize = 60;

/// An article as the page describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedArticle {
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) date: Option<String>,
    pub(super) text: String,
}

/// What a page describes: the article with its text, and the day of an article without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    /// The article whose text the page describes: the one with the page's title, else the first.
    pub(super) article: Option<LinkedArticle>,
    /// When the article with the page's title, or the only one, was published.
    pub(super) date: Option<String>,
    /// The titles of the articles.
    pub(super) titles: Vec<String>,
}

/// What the page describes.
pub(super) fn linked(document: &Document) -> Linked {
    let title = spaced(&document.select_matcher(&TITLE).text());
    let mut found = Vec::new();
    for script in document.select_matcher(&LINKED).nodes() {
        // Newsrooms leave line ends in strings, which JSON does not allow.
        let json: String =
            script.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let json = json.trim().trim_end_matches(';');
        if let Ok(value) = serde_json::from_str(json) {
            collect(&value, &mut found);
        }
    }
    let own = |article: &LinkedArticle| {
        article.title.as_ref().is_some_and(|own| !own.is_empty() && title.contains(&spaced(own)))
    };
    let mut dated = found.iter().filter(|article| article.date.is_some());
    let date = dated.clone().find(|article| own(article)).or_else(|| {
        let only = dated.next()?;
        dated.all(|other| other.date == only.date).then_some(only)
    });
    let date = date.and_then(|article| article.date.clone());
    let titles = found.iter().filter_map(|article| article.title.clone()).collect();
    found.retain(|article| !article.text.is_empty());
    let at = found.iter().position(own).unwrap_or(0);
    Linked { article: (at < found.len()).then(|| found.swap_remove(at)), date, titles }
}

/// Adds the articles in a value, at any depth that the JSON parser lets through.
fn collect(value: &Value, found: &mut Vec<LinkedArticle>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Object(object) => {
            let is_article = is_article(object.get("@type"));
            let text = object.get("articleBody").filter(|_| is_article).and_then(text);
            if text.is_none() {
                object.values().for_each(|value| collect(value, found));
            }
            if is_article && (text.is_some() || object.contains_key("datePublished")) {
                let name = |value: &Value| value.get("name").and_then(string);
                let publisher = object.get("publisher").and_then(|publisher| match publisher {
                    Value::Array(values) => values.first().and_then(name),
                    Value::Object(_) => name(publisher),
                    _ => string(publisher),
                });
                found.push(LinkedArticle {
                    title: object.get("headline").and_then(string),
                    outlet: publisher,
                    date: object.get("datePublished").and_then(string),
                    text: text.unwrap_or_default(),
                });
            }
        }
        _ => {}
    }
}

/// Whether a type, or one of several, is that of an article.
fn is_article(of: Option<&Value>) -> bool {
    let is = |name: &str| {
        name.ends_with("Article") || name.ends_with("Posting") || name.ends_with("Report")
    };
    match of {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().any(|name| name.as_str().is_some_and(is)),
        _ => false,
    }
}

fn string(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let text = if text.contains(['<', '&']) { plain(text).ok()? } else { text.trim().to_owned() };
    (!text.is_empty()).then_some(text)
}

/// A text that is long enough; parts of it are joined, markup in it is read.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(parts) => parts.iter().filter_map(string).collect::<Vec<_>>().join("\n\n"),
        _ => paragraphs(&string(value)?),
    };
    (text.chars().count() >= MIN_TEXT).then_some(text)
}
