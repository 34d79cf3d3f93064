//! An article: its text and what its header says of it.
//!
//! The form on disk is a header of `key: value` lines that begins with `id:`, an empty line, then
//! the text. A file without such a header is all text.

/// One article.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Article {
    /// Name of the article in output and in label files.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Id of the public event that it tells.
    pub event: Option<String>,
    /// Id of the outlet, or of the invented outlet profile, that it comes from.
    pub outlet: Option<String>,
    /// Wire, brief, report, feature, op-ed, statement, post, …
    pub genre: Option<String>,
    /// The text without the headline; paragraphs are separated by empty lines.
    pub text: String,
}

/// A header line that is not of the form: its number (from 1) and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct HeaderError {
    /// Number of the line, from 1.
    pub line: usize,
    /// The offending value and what would be right.
    pub message: String,
}

impl Article {
    /// The keys of a header, in the order in which they are written.
    pub const KEYS: [&str; 6] = ["id", "title", "date", "event", "outlet", "genre"];

    /// Reads a saved article. Text whose header is missing or is not of the form is taken whole,
    /// under the id `fallback_id`: what a person saved is never refused for its first lines.
    pub fn from_saved(fallback_id: &str, content: &str) -> Self {
        let plain = || Self {
            id: fallback_id.to_owned(),
            text: content.trim().to_owned(),
            ..Self::default()
        };
        if content.starts_with("id:") {
            Self::from_labelled(content).unwrap_or_else(|_| plain())
        } else {
            plain()
        }
    }

    /// Reads an article of a labelled set, whose header must be right.
    ///
    /// # Errors
    /// On the first line that is not `key: value`, has an unknown, repeated or empty key, or is
    /// missing.
    pub fn from_labelled(content: &str) -> Result<Self, HeaderError> {
        let mut article = Self::default();
        let mut rest = content;
        let mut number = 0;
        loop {
            number += 1;
            let at = |message: String| HeaderError { line: number, message };
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            let (key, value) =
                line.split_once(':').map(|(key, value)| (key.trim(), value.trim())).ok_or_else(
                    || at(format!("{line:?} is no `key: value`; an empty line ends the header")),
                )?;
            if value.is_empty() {
                return Err(at(format!("`{key}` has no value")));
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
                "id" => return Err(at("`id` stands twice".to_owned())),
                _ => {
                    return Err(at(format!(
                        "unknown key {key:?}; the keys are {}",
                        Self::KEYS.join(", ")
                    )));
                }
            };
            if slot.replace(value.to_owned()).is_some() {
                return Err(at(format!("`{key}` stands twice")));
            }
        }
        if article.id.is_empty() {
            return Err(HeaderError { line: 1, message: "the header has no `id: …`".to_owned() });
        }
        rest.trim().clone_into(&mut article.text);
        Ok(article)
    }

    /// Headline and text as one string, the headline first: what is weighed.
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
            assert!(error.line == line && error.message.contains(says), "{content:?}: {error}");
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
