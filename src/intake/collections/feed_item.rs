//! An item of a feed, and the forms of what it says.

use mail_parser::MessageParser;

use crate::article::Article;
use crate::intake::html;
use crate::intake::raw_article::Item;

/// What of an item is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    Id,
    Date,
    /// The whole text.
    Content,
    /// A summary, or the whole text where there is no other.
    Summary,
    /// What an item of a `WordPress` export is, and whether it is published.
    Kind,
    Status,
}

impl Field {
    /// Whether it is the text, whose elements are markup.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Content | Self::Summary)
    }
}

/// One item, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) title: String,
    pub(super) link: String,
    pub(super) id: String,
    pub(super) date: String,
    pub(super) content: String,
    pub(super) summary: String,
    pub(super) kind: String,
    pub(super) status: String,
    /// Whether the content is plain text.
    pub(super) is_plain: bool,
    /// Elements with names that none can have.
    pub(super) n_stray: usize,
}

impl Parts {
    /// Where the text of a field goes.
    pub(super) fn slot(&mut self, field: Field) -> &mut String {
        match field {
            Field::Title => &mut self.title,
            Field::Link => &mut self.link,
            Field::Id => &mut self.id,
            Field::Date => &mut self.date,
            Field::Content => &mut self.content,
            Field::Summary => &mut self.summary,
            Field::Kind => &mut self.kind,
            Field::Status => &mut self.status,
        }
    }

    /// What an item of a `WordPress` export is that is no article.
    pub(super) fn other(&self) -> Option<&'static str> {
        if OTHERS.contains(&self.kind.trim()) {
            Some("menus, styles, attachments and older versions of a site")
        } else if ["trash", "auto-draft"].contains(&self.status.trim()) {
            Some("articles in the trash of a site")
        } else {
            None
        }
    }
}

impl Parts {
    /// The article of an item, with `name` as its id if it has none of its own.
    pub(super) fn item(
        self,
        name: String,
        outlet: &str,
        last_link: &str,
        encoding: &'static str,
    ) -> Item {
        let trimmed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let link = trimmed(&self.link).filter(|link| link != last_link);
        let id = link.or_else(|| trimmed(&self.id)).unwrap_or(name);
        let has_content = !self.content.trim().is_empty();
        let text = if has_content { self.content } else { self.summary };
        let article = Article {
            id,
            title: trimmed(&words(&self.title)),
            outlet: trimmed(&words(outlet)),
            date: trimmed(&self.date).map(|date| day(&date).unwrap_or(date)),
            text,
            ..Article::default()
        };
        Item { article, is_markup: !(has_content && self.is_plain), encoding }
    }
}

/// Kinds of items in an export of `WordPress` that are no articles
/// (<https://developer.wordpress.org/themes/basics/post-types/>).
const OTHERS: [&str; 13] = [
    "attachment",
    "revision",
    "nav_menu_item",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_face",
];

/// The words of a short text that may hold markup.
fn words(text: &str) -> String {
    if text.contains(['<', '&'])
        && let Ok(plain) = html::fragment(text)
    {
        return plain.replace("\n\n", " ");
    }
    text.to_owned()
}

/// The time of a date as messages and feeds write it, in the form of ISO 8601.
fn day(date: &str) -> Option<String> {
    if date.contains(['\r', '\n']) || !date.contains(' ') {
        return None;
    }
    let message = format!("Date: {date}\r\n\r\n");
    let parsed = MessageParser::new().parse_headers(&message)?;
    let date = parsed.date().filter(|date| date.is_valid() && date.year >= 1900)?;
    Some(date.to_rfc3339())
}
