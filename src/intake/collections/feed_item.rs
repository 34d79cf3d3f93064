//! An item of a feed, and the forms of what it says.

use mail_parser::MessageParser;

use crate::intake::html;

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
        }
    }
}

/// The words of a short text that may hold markup.
pub(super) fn words(text: &str) -> String {
    if text.contains(['<', '&'])
        && let Ok(plain) = html::fragment(text)
    {
        return plain.replace("\n\n", " ");
    }
    text.to_owned()
}

/// The time of a date as messages and feeds write it, in the form of ISO 8601.
pub(super) fn day(date: &str) -> Option<String> {
    if date.contains(['\r', '\n']) || !date.contains(' ') {
        return None;
    }
    let message = format!("Date: {date}\r\n\r\n");
    let parsed = MessageParser::new().parse_headers(&message)?;
    let date = parsed.date().filter(|date| date.is_valid() && date.year >= 1900)?;
    Some(date.to_rfc3339())
}
