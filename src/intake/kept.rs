//! The fields to keep of an article that is no record: of a page, a text, a message, or an item of
//! a feed.

use super::fields::{HeaderKey, header_key};
use super::intake_article::IntakeArticle;

/// Names of the address and of the author, in lower case.
const ADDRESS: [&str; 6] = ["url", "link", "canonical", "canonical_url", "الرابط", "رابط"];
const AUTHOR: [&str; 5] = ["author", "byline", "الكاتب", "كاتب", "المؤلف"];

/// What such an article may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Title,
    Outlet,
    Date,
    Event,
    Address,
    Author,
}

/// The part that a name means.
fn part(name: &str) -> Option<Part> {
    let lower = name.trim().to_lowercase();
    if ADDRESS.contains(&lower.as_str()) {
        return Some(Part::Address);
    }
    if AUTHOR.contains(&lower.as_str()) {
        return Some(Part::Author);
    }
    match header_key(name)? {
        HeaderKey::Title => Some(Part::Title),
        HeaderKey::Outlet => Some(Part::Outlet),
        HeaderKey::Date => Some(Part::Date),
        HeaderKey::Event => Some(Part::Event),
        HeaderKey::Text | HeaderKey::Other => None,
    }
}

/// The names that no such article has.
pub(super) fn unknown(names: &[String]) -> Vec<String> {
    names.iter().filter(|name| part(name).is_none()).cloned().collect()
}

/// The article with what it tells of the fields to keep.
pub(super) fn with_kept(
    read: IntakeArticle,
    names: &[String],
    url: Option<String>,
    author: Option<&str>,
) -> IntakeArticle {
    let article = &read.article;
    // Crawls and feeds name an article by its address.
    let is_address = |id: &&String| id.starts_with("http://") || id.starts_with("https://");
    let url = url.or_else(|| Some(&article.id).filter(is_address).cloned());
    let value = |name: &String| match part(name)? {
        Part::Title => article.title.clone(),
        Part::Outlet => article.outlet.clone(),
        Part::Date => article.date.clone(),
        Part::Event => article.event.clone(),
        Part::Address => url.clone(),
        Part::Author => author.map(str::to_owned),
    };
    let kept = names.iter().map(value).collect();
    IntakeArticle { kept, ..read }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, IntakeNotes};
    use super::*;
    use crate::article::Article;

    #[test]
    fn what_an_article_tells_is_kept_and_other_names_are_known_to_be_none() {
        let names = ["Title", "url", "التاريخ", "author", "likes"].map(str::to_owned);
        let article = Article::new("https://a.example/1", "نص").with_title("خبر");
        let read = IntakeArticle {
            article,
            notes: IntakeNotes::new(Format::Html, "UTF-8"),
            kept: Vec::new(),
        };
        let read = with_kept(read, &names, None, Some("سالم"));
        let kept: Vec<Option<&str>> = read.kept.iter().map(Option::as_deref).collect();
        assert_eq!(kept, [Some("خبر"), Some("https://a.example/1"), None, Some("سالم"), None]);
        assert_eq!(unknown(&names), ["likes"]);
    }
}
