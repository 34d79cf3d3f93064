//! Which fields of a record an article is made of, and what they are called.

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
        &["text", "body", "content", "article", "article_text", "full_text", "maintext", "tweet", "النص", "نص", "المحتوى", "نص الخبر"],
    ),
    ("title", &["title", "headline", "العنوان", "عنوان"]),
    ("id", &["id", "_id", "article_id", "uuid", "url", "link", "المعرف"]),
    ("outlet", &["outlet", "source", "publisher", "site_name", "site", "domain", "newspaper", "المصدر"]),
    ("date", &["date", "published", "published_at", "publish_date", "date_publish", "pubdate", "datetime", "created_at", "التاريخ"]),
    ("event", &["event", "event_id", "الحدث"]),
];

impl Fields {
    fn slots(&mut self) -> [&mut Option<String>; 6] {
        [&mut self.text, &mut self.title, &mut self.id, &mut self.outlet, &mut self.date, &mut self.event]
    }

    /// The names of all fields that are wanted, those that are kept first.
    pub(super) fn named(&self) -> Vec<&str> {
        let slots = [&self.text, &self.title, &self.id, &self.outlet, &self.date, &self.event];
        self.kept.iter().map(String::as_str).chain(slots.into_iter().filter_map(Option::as_deref)).collect()
    }

    /// What is to be told of wanted fields that the first record does not have: a later one may.
    pub(super) fn absent(&self, present: &[String]) -> Vec<String> {
        let absent = self.named().into_iter().filter(|name| !present.iter().any(|found| found == name));
        absent.map(|name| format!("nothing from {name:?}, which the first record does not have")).collect()
    }

    /// Fills what the user left open with the usual names that `present` has; what was guessed is told as `field from name`.
    pub(super) fn guess(&mut self, present: &[String]) -> Vec<String> {
        let mut guessed = Vec::new();
        for (slot, (field, usual)) in self.slots().into_iter().zip(USUAL) {
            let find = || usual.iter().find_map(|name| present.iter().find(|found| found.trim().to_lowercase() == *name));
            if slot.is_none()
                && let Some(name) = find()
            {
                guessed.push(format!("{field} from {name:?}"));
                *slot = Some(name.clone());
            }
        }
        guessed
    }

    /// The record that `value` gives field by field.
    pub(super) fn row(&self, place: String, present: &[String], value: impl Fn(&str) -> Option<String>) -> Row {
        let article = self.article(&place, present, &value);
        let kept = self.kept.iter().map(|name| value(name)).collect();
        Row { place, id: self.id.as_deref().and_then(|name| filled(name, &value)), article, kept, replaced: 0 }
    }

    /// The article that `value` gives field by field; `place` is its id if it has none.
    fn article(&self, place: &str, present: &[String], value: impl Fn(&str) -> Option<String>) -> Result<Article, IntakeError> {
        let field = |name: &Option<String>| name.as_deref().and_then(|name| filled(name, &value));
        let name = self.text.as_deref().ok_or_else(|| IntakeError::NoTextField { present: present.join(", ") })?;
        let text = value(name).ok_or_else(|| IntakeError::MissingField { name: name.to_owned(), present: present.join(", ") })?;
        Ok(Article {
            id: field(&self.id).unwrap_or_else(|| place.to_owned()),
            title: field(&self.title),
            date: field(&self.date),
            event: field(&self.event),
            outlet: field(&self.outlet),
            text: text.trim().to_owned(),
            ..Article::default()
        })
    }
}

/// One record: its place in the file (`name:line`), its article or why it is none, and how many bytes were replaced.
#[derive(Debug)]
pub struct Row {
    /// Name of the file and line.
    pub place: String,
    /// The name that the record itself gives, if it does.
    pub id: Option<String>,
    /// The article.
    pub article: Result<Article, IntakeError>,
    /// The other fields that were wanted.
    pub kept: Vec<Option<String>>,
    /// How many byte sequences were no UTF-8.
    pub replaced: usize,
}

/// The value of a field that holds something.
fn filled(name: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    value(name).filter(|value| !value.trim().is_empty())
}
