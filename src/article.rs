//! A news article: its text and metadata.
//!
//! A file of an article has a header of `key: value` lines, the first of which is `id:`, an empty
//! line, and the text. A file without such a header is all text.

pub(crate) mod quoted;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use quoted::quoted;

/// A news article: its text and metadata.
///
/// ```
/// use mizan::Article;
///
/// let article = Article::new("a-1", "عقد المجلس جلسة في سرت").with_outlet("example.ly");
/// assert_eq!(article.outlet.as_deref(), Some("example.ly"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Article {
    /// Id of the article in output and in label files.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Id of the event that the article covers.
    pub event: Option<String>,
    /// Id of the outlet, or of a synthetic outlet profile.
    pub outlet: Option<String>,
    /// Genre: wire, brief, report, feature, op-ed, statement, post …
    pub genre: Option<String>,
    /// The text without the headline; paragraphs are separated by empty lines.
    pub text: String,
}

/// An invalid header line of an article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
#[non_exhaustive]
pub struct HeaderError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: HeaderErrorKind,
}

/// What is wrong with a header line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderErrorKind {
    /// The line is not `key: value`.
    #[error("{} is no `key: value`; an empty line ends the header", quoted(.0))]
    NoKeyValue(String),
    /// The key has no value.
    #[error("`{0}` has no value")]
    NoValue(String),
    /// The key is unknown.
    #[error("unknown key {}; the keys are {}", quoted(.0), Article::KEYS.join(", "))]
    UnknownKey(String),
    /// The key occurs twice.
    #[error("`{0}` stands twice")]
    RepeatedKey(String),
    /// The header has no id.
    #[error("the header has no `id: …`")]
    NoId,
}

impl Article {
    /// The keys of a header.
    pub const KEYS: [&str; 6] = ["id", "title", "date", "event", "outlet", "genre"];

    /// An article with an id and a text, without metadata.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// Its day of publication, if the date begins with one. A year such as 1440 is of another
    /// calendar.
    pub(crate) fn day(&self) -> Option<Date> {
        let day: Date = self.date.as_deref()?.get(..10)?.parse().ok()?;
        (1900..=2100).contains(&day.year()).then_some(day)
    }

    /// Sets the headline.
    #[must_use]
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// Sets the day of publication.
    #[must_use]
    pub fn with_date(self, date: impl Into<String>) -> Self {
        Self { date: Some(date.into()), ..self }
    }

    /// Sets the outlet.
    #[must_use]
    pub fn with_outlet(self, outlet: impl Into<String>) -> Self {
        Self { outlet: Some(outlet.into()), ..self }
    }

    /// Reads a saved article. If the header is missing or invalid, the whole content is the text
    /// and `fallback_id` the id: a saved file is never refused for its first lines.
    pub fn from_saved(fallback_id: &str, content: &str) -> Self {
        let plain = || Self::new(fallback_id, content.trim());
        if content.starts_with("id:") {
            Self::from_labelled(content).unwrap_or_else(|_| plain())
        } else {
            plain()
        }
    }

    /// Reads an article of a labelled set, whose header must be valid.
    ///
    /// # Errors
    /// For the first line that is not `key: value` or has an unknown or repeated key or no value,
    /// and for a header without an id.
    pub fn from_labelled(content: &str) -> Result<Self, HeaderError> {
        let mut article = Self::default();
        let mut rest = content;
        let mut number = 0;
        loop {
            number += 1;
            let at = |kind| HeaderError { line: number, kind };
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            let (key, value) = line
                .split_once(':')
                .map(|(key, value)| (key.trim(), value.trim()))
                .ok_or_else(|| at(HeaderErrorKind::NoKeyValue(line.to_owned())))?;
            if value.is_empty() {
                return Err(at(HeaderErrorKind::NoValue(key.to_owned())));
            }
            let slot = match key {
                "id" if article.id.is_empty() => {
                    value.clone_into(&mut article.id);
                    continue;
                }
                "title" => &mut article.title,
                "date" => &mut article.date,
                "event" => &mut article.event,
                "outlet" => &mut article.outlet,
                "genre" => &mut article.genre,
                "id" => return Err(at(HeaderErrorKind::RepeatedKey(key.to_owned()))),
                _ => return Err(at(HeaderErrorKind::UnknownKey(key.to_owned()))),
            };
            if slot.replace(value.to_owned()).is_some() {
                return Err(at(HeaderErrorKind::RepeatedKey(key.to_owned())));
            }
        }
        if article.id.is_empty() {
            return Err(HeaderError { line: 1, kind: HeaderErrorKind::NoId });
        }
        rest.trim().clone_into(&mut article.text);
        Ok(article)
    }

    /// The headline, an empty line, and the text: what is scored.
    pub fn full_text(&self) -> String {
        match &self.title {
            Some(title) => format!("{title}\n\n{}", self.text),
            None => self.text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str =
        "id: e-1\ntitle: عنوان: فرعي\ndate: 2019-04-06\n\nفقرة أولى\n\nفقرة ثانية\n";

    #[test]
    fn a_header_is_read_and_a_value_may_hold_a_colon() {
        let article = Article::from_labelled(SAVED).unwrap();
        assert_eq!((article.id.as_str(), article.title.as_deref()), ("e-1", Some("عنوان: فرعي")));
        assert_eq!(article.text, "فقرة أولى\n\nفقرة ثانية");
        assert_eq!(article.full_text(), "عنوان: فرعي\n\nفقرة أولى\n\nفقرة ثانية");
    }

    #[test]
    fn a_header_that_is_wrong_names_its_line() {
        for (content, line, says) in [
            ("id: a\ntitel: x\n\nنص", 2, "titel"),
            ("id: a\nid: b\n\nنص", 2, "twice"),
            ("id: a\ndate: 1\ndate: 2\n\nنص", 3, "twice"),
            ("id: a\nبدون نقطتين\n\nنص", 2, "key: value"),
            ("title:\n\nنص", 1, "no value"),
            ("title: x\n\nنص", 1, "no `id"),
        ] {
            let error = Article::from_labelled(content).unwrap_err();
            assert!(error.line == line && error.to_string().contains(says), "{content:?}: {error}");
        }
    }

    #[test]
    fn plain_text_is_taken_whole() {
        let article = Article::from_saved("a.txt", "\nعاجل: خبر\nسطر\n");
        assert_eq!((article.id.as_str(), article.text.as_str()), ("a.txt", "عاجل: خبر\nسطر"));
        let odd = Article::from_saved("b.txt", "id: ليس رأسا\nبل نص عادي");
        assert_eq!((odd.id.as_str(), odd.text.as_str()), ("b.txt", "id: ليس رأسا\nبل نص عادي"));
    }
}
