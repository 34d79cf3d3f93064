//! A channel as Telegram exports it to a page: `messages.html`.

use super::{Articles, Held, Place};
use crate::article::Article;
use crate::intake::raw_article::Item;
use crate::intake::{Format, IntakeError, PassedOver, SourceNotice, encoding, html};

/// The messages of a page, if it is such an export.
///
/// # Errors
/// If the page exceeds a limit.
pub(in crate::intake) fn messages(
    bytes: &[u8],
    place: &Place,
) -> Result<Option<Articles<'static>>, IntakeError> {
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if !has(b"class=\"page_wrap\"") || !has(b"class=\"message default") {
        return Ok(None);
    }
    let encoding = place.options.encoding.unwrap_or_else(|| encoding::detect(bytes, None));
    let decoded = encoding::decode(bytes, encoding, place.options.strict)?;
    let document = html::parse::page(&decoded.text)?;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let channel = words(&document.select_single(".page_header .text").text());
    let (mut articles, mut passed_over, mut n_forwarded) =
        (Vec::new(), PassedOver::default(), 0_usize);
    for message in document.select("div.message.default").nodes() {
        // A message that forwards another has that one's text in `.forwarded`.
        let id = message.id_attr().map_or_else(String::new, |id| id.to_string());
        let id = id.strip_prefix("message").unwrap_or(&id).to_owned();
        let Some((text, is_forwarded)) = message.find_text() else {
            passed_over.add("messages without a text", &id);
            continue;
        };
        n_forwarded += usize::from(is_forwarded);
        let number = articles.len() + 1;
        let article = Article {
            id: if id.is_empty() { place.part(number) } else { id },
            outlet: Some(channel.clone()).filter(|name| !name.is_empty()),
            date: message.date(),
            text,
            ..Article::default()
        };
        let item = Item { article, is_markup: true, encoding: decoded.encoding };
        articles.push(place.item(item, Format::Html));
    }
    let notice = SourceNotice::Forwarded { n: n_forwarded, are_quoted: true };
    let notice = Some(notice).filter(|_| n_forwarded > 0);
    Ok(Some(Box::new(Held { passed_over, notice, ..Held::new(articles) })))
}

/// The parts of a message.
trait Parts {
    /// The text, and whether it is forwarded from another channel.
    fn find_text(&self) -> Option<(String, bool)>;
    fn date(&self) -> Option<String>;
}

impl Parts for dom_query::NodeRef<'_> {
    fn find_text(&self) -> Option<(String, bool)> {
        let selection = dom_query::Selection::from(*self);
        let text = selection.select_single(".text");
        let markup = text.inner_html().to_string();
        if markup.trim().is_empty() {
            return None;
        }
        let is_forwarded = !selection.select(".forwarded .text").is_empty();
        let quoted = || format!("<blockquote>{markup}</blockquote>");
        Some(if is_forwarded { (quoted(), true) } else { (markup, false) })
    }

    /// The day, of `14.04.2019 10:30:00 UTC+02:00`.
    fn date(&self) -> Option<String> {
        let selection = dom_query::Selection::from(*self);
        let title = selection.select_single(".date").attr("title")?;
        let day = title.split_whitespace().next()?;
        match day.split('.').collect::<Vec<_>>()[..] {
            [day, month, year] => Some(format!("{year}-{month}-{day}")),
            _ => None,
        }
    }
}
