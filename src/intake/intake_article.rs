//! What the intake yields: articles with notes on how they were read, or errors with their place.

use serde::{Deserialize, Serialize};

use super::boilerplate::Removal;
use super::pdf_text::Mending;
use super::{Format, IntakeError};
use crate::article::Article;

/// An article, cleaned of boilerplate, with notes on how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IntakeArticle {
    /// The article.
    pub article: Article,
    /// How it was read.
    pub notes: IntakeNotes,
    /// The values of the fields to keep ([`Fields::kept`]), in their order. A page, a text or an
    /// item of a feed has some of `title`, `url`, `date`, `outlet` and `author`.
    ///
    /// [`Fields::kept`]: super::Fields::kept
    pub kept: Vec<Option<String>>,
}

/// How one article was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IntakeNotes {
    /// The format of the file.
    pub format: Format,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether that is not the encoding of the file: a record of another among the others.
    pub is_own_encoding: bool,
    /// Number of invalid byte sequences, each replaced with U+FFFD.
    pub replaced: usize,
    /// What was mended in the text, which a PDF file had damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mended: Option<Mending>,
    /// The boilerplate that was removed, in the order of the text.
    pub removals: Vec<Removal>,
}

impl IntakeNotes {
    /// Notes on a text without invalid bytes and boilerplate.
    pub fn new(format: Format, encoding: &'static str) -> Self {
        Self {
            format,
            encoding,
            is_own_encoding: false,
            replaced: 0,
            mended: None,
            removals: Vec::new(),
        }
    }
}

/// An article that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {error}")]
#[non_exhaustive]
pub struct UnreadableArticle {
    /// Name of the file, with the line (`name:line`) if it holds many articles.
    pub place: String,
    /// The metadata of the record, as far as it was read.
    pub metadata: Box<ArticleMetadata>,
    /// The values of the fields to keep, as in [`IntakeArticle::kept`].
    pub kept: Vec<Option<String>>,
    /// What is wrong.
    #[source]
    pub error: IntakeError,
}

/// What a record says about itself, whether or not it has a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ArticleMetadata {
    /// Id of the article.
    pub id: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub date: Option<String>,
    /// The event that the article covers.
    pub event: Option<String>,
}
