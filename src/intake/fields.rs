//! The fields of a record that make an article, and their names.

use std::array;
use std::fmt;

use super::IntakeError;
use super::intake_article::ArticleMetadata;
use crate::article::Article;

/// Names of the fields (JSON lines) or columns (tables) that hold the parts of an article.
///
/// A part without a name is guessed: the first field with one of its usual names is taken, such as
/// `text`, `body` or `content` for the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fields {
    /// The text of the article.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The id of the article.
    pub id: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The event that the article covers.
    pub event: Option<String>,
    /// Other fields whose values are kept with the article.
    pub kept: Vec<String>,
    /// Whether a table has no header; its columns are then named 1, 2, 3 …
    pub headerless: bool,
}

/// A part of an article and the field that was guessed to hold it; displayed as
/// `field from "name"`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuessedField {
    /// The part of the article: `text`, `title`, `id`, `outlet`, `date` or `event`.
    pub field: &'static str,
    /// Name of the field or column of the file.
    pub name: String,
}

impl fmt::Display for GuessedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {:?}", self.field, self.name)
    }
}

/// Usual names of each field in dumps, the likeliest first; compared without case.
const USUAL: [(&str, &[&str]); 6] = [
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "article",
            "article_text",
            "full_text",
            "maintext",
            "tweet",
            "النص",
            "نص",
            "المحتوى",
            "نص الخبر",
        ],
    ),
    ("title", &["title", "headline", "العنوان", "عنوان"]),
    ("id", &["id", "_id", "article_id", "uuid", "url", "link", "المعرف"]),
    (
        "outlet",
        &["outlet", "source", "publisher", "site_name", "site", "domain", "newspaper", "المصدر"],
    ),
    (
        "date",
        &[
            "date",
            "published",
            "published_at",
            "publish_date",
            "date_publish",
            "pubdate",
            "datetime",
            "created_at",
            "التاريخ",
        ],
    ),
    ("event", &["event", "event_id", "الحدث"]),
];

impl Fields {
    /// Fields that are all guessed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the field of the text.
    #[must_use]
    pub fn with_text(self, name: impl Into<String>) -> Self {
        Self { text: Some(name.into()), ..self }
    }

    /// Names the field of the headline.
    #[must_use]
    pub fn with_title(self, name: impl Into<String>) -> Self {
        Self { title: Some(name.into()), ..self }
    }

    /// Names the field of the id.
    #[must_use]
    pub fn with_id(self, name: impl Into<String>) -> Self {
        Self { id: Some(name.into()), ..self }
    }

    /// Names the field of the outlet.
    #[must_use]
    pub fn with_outlet(self, name: impl Into<String>) -> Self {
        Self { outlet: Some(name.into()), ..self }
    }

    /// Names the field of the day of publication.
    #[must_use]
    pub fn with_date(self, name: impl Into<String>) -> Self {
        Self { date: Some(name.into()), ..self }
    }

    /// Names the field of the event.
    #[must_use]
    pub fn with_event(self, name: impl Into<String>) -> Self {
        Self { event: Some(name.into()), ..self }
    }

    /// Names the other fields whose values are kept with the article.
    #[must_use]
    pub fn with_kept(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { kept: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Declares that tables have no header: their columns are named 1, 2, 3 …
    #[must_use]
    pub fn without_header(self) -> Self {
        Self { headerless: true, ..self }
    }

    fn slots(&mut self) -> [&mut Option<String>; 6] {
        [
            &mut self.text,
            &mut self.title,
            &mut self.id,
            &mut self.outlet,
            &mut self.date,
            &mut self.event,
        ]
    }

    fn named_slots(&self) -> [Option<&str>; 6] {
        [&self.text, &self.title, &self.id, &self.outlet, &self.date, &self.event]
            .map(|name| name.as_deref())
    }

    /// The names of all fields that have one, those to keep first.
    pub(super) fn named(&self) -> Vec<&str> {
        self.kept
            .iter()
            .map(String::as_str)
            .chain(self.named_slots().into_iter().flatten())
            .collect()
    }

    /// The names of all fields that [`Self::record`] may look up.
    pub(super) fn candidates(&self) -> Vec<&str> {
        let open = self.named_slots().into_iter().zip(USUAL).filter(|(name, _)| name.is_none());
        let mut candidates = self.named();
        candidates.extend(open.flat_map(|(_, (_, usual))| usual));
        candidates
    }

    /// Names the open fields by their usual names among `present`; returns the guesses.
    pub(super) fn guess(&mut self, present: &[String]) -> Vec<GuessedField> {
        let mut guessed = Vec::new();
        for (slot, (field, usual)) in self.slots().into_iter().zip(USUAL) {
            let find = || {
                usual.iter().find_map(|name| {
                    present.iter().find(|found| found.trim().to_lowercase() == *name)
                })
            };
            if slot.is_none()
                && let Some(name) = find()
            {
                guessed.push(GuessedField { field, name: name.clone() });
                *slot = Some(name.clone());
            }
        }
        guessed
    }

    /// The record whose field values `value` looks up. A field without a name, as the first record
    /// had none of its usual names, is guessed anew in each record.
    pub(super) fn record(
        &self,
        place: String,
        present: &[String],
        value: impl Fn(&str) -> Option<String>,
    ) -> ParsedRecord {
        let slots = self.named_slots();
        let field = |at: usize| match slots[at] {
            Some(name) => filled(name, &value),
            None => USUAL[at].1.iter().find_map(|name| filled(name, &value)),
        };
        let text = match slots[0] {
            Some(name) => value(name).ok_or_else(|| IntakeError::MissingField {
                name: name.to_owned(),
                present: present.join(", "),
            }),
            None => {
                field(0).ok_or_else(|| IntakeError::NoTextField { present: present.join(", ") })
            }
        };
        let [title, id, outlet, date, event] = array::from_fn(|at| field(at + 1));
        let metadata = ArticleMetadata { id, outlet, date, event };
        let article = text.map(|text| {
            let ArticleMetadata { id, outlet, date, event } = metadata.clone();
            let id = id.unwrap_or_else(|| place.clone());
            Article {
                id,
                title,
                date,
                event,
                outlet,
                text: text.trim().to_owned(),
                ..Article::default()
            }
        });
        let kept = self.kept.iter().map(|name| value(name)).collect();
        ParsedRecord { place, metadata, article, kept, replaced: 0 }
    }
}

/// A record after parsing: its article, or why it has none.
#[derive(Debug)]
pub(super) struct ParsedRecord {
    /// Name of the file and line (`name:line`).
    pub(super) place: String,
    pub(super) metadata: ArticleMetadata,
    pub(super) article: Result<Article, IntakeError>,
    /// The values of the fields to keep.
    pub(super) kept: Vec<Option<String>>,
    /// Number of byte sequences that are not UTF-8.
    pub(super) replaced: usize,
}

impl ParsedRecord {
    /// A record that cannot be parsed.
    pub(super) fn failed(place: String, error: IntakeError) -> Self {
        Self {
            place,
            metadata: ArticleMetadata::default(),
            article: Err(error),
            kept: Vec::new(),
            replaced: 0,
        }
    }
}

/// The value of a field that is not blank.
fn filled(name: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    value(name).filter(|value| !value.trim().is_empty())
}
