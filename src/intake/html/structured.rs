//! The article that a page describes for search engines, as JSON-LD of <https://schema.org>.

use std::collections::HashMap;
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
    /// When the article with the page's title, or the only one, was published, and by whom.
    pub(super) date: Option<String>,
    pub(super) outlet: Option<String>,
    /// The titles of the articles.
    pub(super) titles: Vec<String>,
}

/// What the page describes.
pub(super) fn linked(document: &Document) -> Linked {
    let title = spaced(&document.select_matcher(&TITLE).text());
    let (mut found, mut values) = (Vec::new(), Vec::new());
    for script in document.select_matcher(&LINKED).nodes() {
        // Newsrooms leave line ends in strings, which JSON does not allow.
        let json: String =
            script.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let json = json.trim().trim_end_matches(';');
        values.extend(serde_json::from_str::<Value>(json));
    }
    let mut names = HashMap::new();
    for value in &values {
        collect_names(value, &mut names);
    }
    for value in &values {
        collect(value, &names, &mut found);
    }
    let own = |article: &LinkedArticle| {
        article.title.as_ref().is_some_and(|own| !own.is_empty() && title.contains(&spaced(own)))
    };
    let of_page = |part: fn(&LinkedArticle) -> &Option<String>| {
        let mut having = found.iter().filter(|article| part(article).is_some());
        let told = having.clone().find(|article| own(article)).or_else(|| {
            let only = having.next()?;
            having.all(|other| part(other) == part(only)).then_some(only)
        });
        told.and_then(|article| part(article).clone())
    };
    let (date, outlet) = (of_page(|article| &article.date), of_page(|article| &article.outlet));
    let titles = found.iter().filter_map(|article| article.title.clone()).collect();
    found.retain(|article| !article.text.is_empty());
    let at = found.iter().position(own).unwrap_or(0);
    Linked { article: (at < found.len()).then(|| found.swap_remove(at)), date, outlet, titles }
}

/// The names of what has an `@id`, by which articles refer to their publishers.
fn collect_names(value: &Value, names: &mut HashMap<String, String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_names(value, names)),
        Value::Object(object) => {
            object.values().for_each(|value| collect_names(value, names));
            if let (Some(id), Some(name)) =
                (object.get("@id").and_then(Value::as_str), object.get("name").and_then(string))
            {
                names.entry(id.to_owned()).or_insert(name);
            }
        }
        _ => {}
    }
}

/// Adds the articles in a value, at any depth that the JSON parser lets through.
fn collect(value: &Value, names: &HashMap<String, String>, found: &mut Vec<LinkedArticle>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, names, found)),
        Value::Object(object) => {
            let is_article = is_article(object.get("@type"));
            let text = object.get("articleBody").filter(|_| is_article).and_then(text);
            if text.is_none() {
                object.values().for_each(|value| collect(value, names, found));
            }
            let is_told = ["datePublished", "publisher"].iter().any(|it| object.contains_key(*it));
            if is_article && (text.is_some() || is_told) {
                let referred = |value: &Value| names.get(value.get("@id")?.as_str()?).cloned();
                let name =
                    |value: &Value| value.get("name").and_then(string).or_else(|| referred(value));
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
