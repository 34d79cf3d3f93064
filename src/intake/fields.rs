//! Which fields of a record an article is made of, and what they are called.

use std::array;

use super::IntakeError;
use crate::article::Article;

/// The fields of a record that an article is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The text of the article.
    pub text: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its name.
    pub id: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// The event that the article tells.
    pub event: Option<String>,
    /// Other fields that are wanted as they stand.
    pub kept: Vec<String>,
    /// Whether a table has no header: then its columns are called 1, 2, 3 …
    pub headerless: bool,
}

/// Names under which dumps keep a field, the likelier first; compared without case.
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

    /// The names of all fields that are wanted, those that are kept first.
    pub(super) fn named(&self) -> Vec<&str> {
        self.kept
            .iter()
            .map(String::as_str)
            .chain(self.named_slots().into_iter().flatten())
            .collect()
    }

    /// The names of all fields that [`Self::row`] may ask for.
    pub(super) fn asked(&self) -> Vec<&str> {
        let open = self.named_slots().into_iter().zip(USUAL).filter(|(name, _)| name.is_none());
        let mut asked = self.named();
        asked.extend(open.flat_map(|(_, (_, usual))| usual));
        asked
    }

    /// Fills what the user left open with the usual names that `present` has; what was guessed is
    /// told as `field from name`.
    pub(super) fn guess(&mut self, present: &[String]) -> Vec<String> {
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
                guessed.push(format!("{field} from {name:?}"));
                *slot = Some(name.clone());
            }
        }
        guessed
    }

    /// The record that `value` gives field by field. Where a field has no name yet, as the first
    /// record had none like it, the usual ones are tried in each record by itself.
    pub(super) fn row(
        &self,
        place: String,
        present: &[String],
        value: impl Fn(&str) -> Option<String>,
    ) -> Row {
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
        let origin = Origin { id, outlet, date, event };
        let article = text.map(|text| {
            let Origin { id, outlet, date, event } = origin.clone();
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
        Row { place, origin, article, kept, replaced: 0 }
    }
}

/// What a record says of itself, whether or not there is an article in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its name.
    pub id: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// The event that the article tells.
    pub event: Option<String>,
}

/// One record: its place in the file (`name:line`), its article or why it is none, and how many
/// bytes were replaced.
#[derive(Debug)]
pub struct Row {
    /// Name of the file and line.
    pub place: String,
    /// What the record says of itself.
    pub origin: Origin,
    /// The article.
    pub article: Result<Article, IntakeError>,
    /// The other fields that were wanted.
    pub kept: Vec<Option<String>>,
    /// How many byte sequences were no UTF-8.
    pub replaced: usize,
}

impl Row {
    /// A record of which nothing can be read.
    pub(super) fn failed(place: String, error: IntakeError) -> Self {
        Self {
            place,
            origin: Origin::default(),
            article: Err(error),
            kept: Vec::new(),
            replaced: 0,
        }
    }
}

/// The value of a field that holds something.
fn filled(name: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    value(name).filter(|value| !value.trim().is_empty())
}
