//! A record after parsing, and how it is made of the values of its fields.

use std::borrow::Cow;

use serde_json::Value;

use super::names::WHOLE_TEXTS;
use super::outlet::Outlet;
use super::usual::USUAL;
use super::{Fields, values};
use crate::article::Article;
use crate::intake::intake_article::ArticleMetadata;
use crate::intake::{IntakeError, markup};
use crate::text::listed::listed;

/// A record after parsing: its article, or why it has none.
#[derive(Debug)]
pub(in crate::intake) struct ParsedRecord {
    /// Name of the file and line (`name:line`).
    pub(in crate::intake) place: String,
    pub(in crate::intake) metadata: ArticleMetadata,
    pub(in crate::intake) article: Result<Article, IntakeError>,
    /// The values of the fields to keep.
    pub(in crate::intake) kept: Vec<Option<String>>,
    /// Number of byte sequences that are not UTF-8.
    pub(in crate::intake) replaced: usize,
}

impl ParsedRecord {
    /// A record that cannot be parsed.
    pub(in crate::intake) fn failed(place: String, error: IntakeError) -> Self {
        Self {
            place,
            metadata: ArticleMetadata::default(),
            article: Err(error),
            kept: Vec::new(),
            replaced: 0,
        }
    }
}

impl Fields {
    /// The record whose field values `value` looks up, by name or path. A field without a name, as
    /// the first record had none of its usual names, is guessed anew in each record.
    pub(in crate::intake) fn record<'v>(
        &self,
        place: String,
        present: &[String],
        value: impl Fn(&str) -> Option<Cow<'v, Value>>,
    ) -> ParsedRecord {
        let slots = self.named_slots();
        let field = |at: usize, read: fn(&Value) -> Option<String>| {
            let read = |name: &str| {
                value(name).and_then(|value| read(&value)).filter(|text| !text.trim().is_empty())
            };
            match slots[at] {
                Some(name) => read(name),
                None => USUAL[at].1.iter().find_map(|name| read(name)),
            }
        };
        let ids = || match slots[2] {
            Some(name) => value(name),
            None => USUAL[2].1.iter().find_map(|name| value(name)),
        };
        // A table by columns: one article would be made of all.
        let is_column = |texts: &Value| {
            n_items(texts) > 1 && ids().is_some_and(|ids| n_items(&ids) == n_items(texts))
        };
        let prose = |name: &str| match value(name) {
            Some(value) if is_column(&value) => {
                let found = format!(
                    "a column of {} articles, as their ids are; write one object an article (in \
                     pandas orient=\"records\")",
                    n_items(&value)
                );
                Err(IntakeError::NoText { name: name.to_owned(), found })
            }
            Some(value) => values::prose(&value)
                .map_err(|found| IntakeError::NoText { name: name.to_owned(), found }),
            None => Ok(None),
        };
        let text = match slots[0] {
            Some(name) => prose(name).and_then(|text| {
                text.ok_or_else(|| IntakeError::MissingField {
                    name: name.to_owned(),
                    present: listed(present),
                })
            }),
            None => USUAL[0]
                .1
                .iter()
                .find_map(|name| match prose(name) {
                    Ok(text) => text.filter(|text| !text.trim().is_empty()).map(Ok),
                    Err(error) => Some(Err(error)),
                })
                .unwrap_or_else(|| Err(IntakeError::NoTextField { present: listed(present) })),
        };
        let whole = || WHOLE_TEXTS.iter().find_map(|name| prose(name).ok().flatten());
        let text = match text {
            Ok(text) if self.is_text_guessed => {
                Ok(whole().filter(|whole| whole.len() > text.len()).unwrap_or(text))
            }
            text => text,
        };
        let metadata = ArticleMetadata {
            id: field(2, values::scalar),
            outlet: field(3, |value| Outlet::from_value(value).name()),
            date: field(4, values::date),
            event: field(5, values::scalar),
        };
        let title = field(1, |value| values::prose(value).ok().flatten());
        let article = text.and_then(|text| {
            let ArticleMetadata { id, outlet, date, event } = metadata.clone();
            let id = id.unwrap_or_else(|| place.clone());
            let title = title.map(markup::read).transpose()?;
            let text = markup::read(text)?.trim().to_owned();
            Ok(Article { id, title, date, event, outlet, text, ..Article::default() })
        });
        let kept = self.kept.iter().map(|name| as_text(value(name)?.as_ref())).collect();
        ParsedRecord { place, metadata, article, kept, replaced: 0 }
    }
}

/// Number of items of a list; 0 for anything else.
fn n_items(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

/// A value as text: a string as it is, `null` as `None`, anything else as JSON.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}
