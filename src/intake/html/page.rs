//! A page → its article: by Readability, by the heading, or by what the page says of itself.

use dom_query::Matcher;
use dom_smoothie::{Article, Config, ParsePolicy, Readability, TextMode};

use super::structured::{Linked, LinkedArticle};
use super::title::{Titles, without_headline};
use super::{
    ExtractedPage, comments, heading, notices, parse, published, quotes, structured, tickers,
};
use crate::intake::IntakeError;
use crate::intake::boilerplate::Removal;
use crate::intake::date::line::day;

/// Letters of the beginning of a paragraph by which it is found in a text.
const BEGINNING: usize = 40;

/// The article of a page that is within the limits.
pub(super) fn extract(html: &str) -> Result<ExtractedPage, IntakeError> {
    let config =
        Config { text_mode: TextMode::Formatted, char_threshold: 200, ..Config::default() };
    let document = parse::page(html)?;
    let mut page = Readability::with_document(document, None, Some(config))
        .map_err(|_| IntakeError::NoArticle)?;
    let Linked { article: linked, date: linked_date, outlet: linked_outlet, titles: named } =
        structured::linked(&page.doc);
    let metadata = linked.as_ref().map(|_| page.get_article_metadata(page.parse_json_ld()));
    let titles = Titles::new(&page.doc, &page.get_article_title(), named);
    let heading = heading::heading(&page.doc);
    let url = published::address(&page.doc);
    let published = published::take(&page.doc, heading.as_ref());
    let comments = comments::remove(&page.doc, heading.as_ref());
    let strips = tickers::remove(&page.doc, heading.as_ref());
    notices::remove(&page.doc);
    quotes::mark(&page.doc);
    let headed = heading::block(&page.doc);
    let read = parse(&mut page);
    let text = read.as_ref().map(|article| paragraphs(&article.text_content)).unwrap_or_default();
    let text = match headed {
        Some(block) if !block.is_in(&text) => block.text(),
        _ => text,
    };
    let text = best(notices::without(&text), linked.as_ref())?;
    let some = |text: Option<String>| {
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let (title, outlet, date, author) = match (read, metadata) {
        (Some(read), _) => (Some(read.title), read.site_name, read.published_time, read.byline),
        (None, Some(read)) => (Some(read.title), read.site_name, read.published_time, read.byline),
        (None, None) => (None, None, None, None),
    };
    let linked = linked.unwrap_or_default();
    let outlet = some(outlet).or(linked.outlet).or(linked_outlet);
    let title = titles.headline(some(title).or(linked.title), outlet.as_deref());
    let text = without_headline(text, title.as_deref());
    // A date that says no day, such as "yesterday", is the last choice.
    let mut dates = [date, linked.date, linked_date, published].into_iter().filter_map(some);
    let date = dates.clone().find(|date| day(date).is_some()).or_else(|| dates.next());
    let removals = removals(&text, comments, strips);
    Ok(ExtractedPage { title, outlet, date, url, author: some(author), text, removals })
}

/// What was taken out of the page of a text, as if it stood behind the text.
fn removals(text: &str, comments: Vec<String>, strips: Vec<String>) -> Vec<Removal> {
    let strips = strips.into_iter().map(|text| (text, "ticker", "strip of news"));
    let comments = comments.into_iter().map(|text| (text, "comments", "readers' comments"));
    let lines = text.lines().count() + 1..;
    let removal = |(line, (text, rule, reason))| Removal { line, text, rule, reason };
    lines.zip(strips.chain(comments)).map(removal).collect()
}

/// What Readability takes for the article.
fn parse(page: &mut Readability) -> Option<Article> {
    if let Ok(article) = page.parse() {
        return Some(article);
    }
    // Short articles do not reach the threshold; without its heuristics the body is taken as it is.
    page.parse_with_policy(ParsePolicy::Clean).ok()
}

/// The text that was found, or the one that the page's metadata hold if the found one is thin or
/// another.
fn best(text: String, linked: Option<&LinkedArticle>) -> Result<String, IntakeError> {
    let body = linked.map(|linked| linked.text.as_str()).filter(|body| !body.is_empty());
    if let Some(body) = body
        && (text.chars().count() * 2 < body.chars().count() || shared_words(body, &text) < 0.6)
    {
        return Ok(body.to_owned());
    }
    if notices::is_article(&text) { Ok(text) } else { Err(IntakeError::NoArticle) }
}

/// The share of the words of `body` that are in `text`.
fn shared_words(body: &str, text: &str) -> f64 {
    let there: std::collections::HashSet<&str> = text.split_whitespace().collect();
    let (mut n_words, mut n_shared) = (0_usize, 0_usize);
    for word in body.split_whitespace() {
        n_words += 1;
        n_shared += usize::from(there.contains(word));
    }
    n_shared as f64 / n_words.max(1) as f64
}

/// The text of markup that is all of an article.
pub(super) fn plain(html: &str) -> Result<String, IntakeError> {
    let document = parse::page(html)?;
    document.select("script, style, noscript, template, iframe").remove();
    quotes::mark(&document);
    let Some(body) = document.body() else { return Err(IntakeError::NoArticle) };
    Ok(paragraphs(&body.formatted_text()))
}

/// The lines that are not empty, as paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Text with one space between words.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// A selector that is read once and not for each page.
pub(in crate::intake) fn matcher(selector: &str) -> Matcher {
    Matcher::new(selector).expect("a CSS selector")
}

/// The beginning of a paragraph, by which it is found in a text.
pub(super) fn beginning(paragraph: &str) -> &str {
    paragraph.char_indices().nth(BEGINNING).map_or(paragraph, |(at, _)| &paragraph[..at])
}
