//! Intake errors.

use std::borrow::Cow;
use std::io;

use super::Format;
use super::html::PageLimit;

/// Why an article cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The article has no text.
    #[error("it is empty: there is nothing to weigh")]
    Empty,
    /// The bytes are invalid in their encoding, and the options are strict.
    #[error("line {line}: bytes that are not {encoding}")]
    BadBytes {
        /// Line of the first invalid bytes, from 1.
        line: usize,
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// The web page exceeds a limit that keeps parsing fast.
    #[error("refused before parsing: {0}; save the article itself as text")]
    Hostile(PageLimit),
    /// The web page contains no article.
    #[error("no article was found in the page; save the article itself as text")]
    NoArticle,
    /// The line is not a JSON object; the message is that of the JSON parser.
    #[error("it is no JSON object: {0}")]
    NotJson(String),
    /// The line of a JSONL file is longer than the limit.
    #[error("the line is longer than {} MB", super::records::MAX_LINE >> 20)]
    LineTooLong,
    /// The text file is longer than the limit for one article.
    #[error(
        "it is longer than {} MB and so no single article; is it a table or dump?",
        super::raw_article::MAX_TEXT >> 20
    )]
    TooLong,
    /// No field has a name that is usual for the text.
    #[error("no field is known as the text; there are: {present}")]
    NoTextField {
        /// The fields that exist, separated by commas.
        present: String,
    },
    /// The record lacks a field, or the field has no value.
    #[error("there is no field {name:?}, or it has no value; there are: {present}")]
    MissingField {
        /// The field.
        name: String,
        /// The fields that exist, separated by commas.
        present: String,
    },
    /// The file is of a kind that is not read.
    #[error("it is {kind}, which is not read; {cure}")]
    OtherKind {
        /// What the file is, such as `a PDF file`.
        kind: Cow<'static, str>,
        /// How to make it readable.
        cure: Cow<'static, str>,
    },
    /// A file or part of one that holds articles is damaged, or exceeds a limit.
    #[error("{0}")]
    Damaged(Cow<'static, str>),
    /// Parquet is read from the end of a file, and the input is a stream.
    #[error("a Parquet file is read from its end, so it cannot come through a pipe")]
    ParquetStream,
    /// The library was built without the feature that the format needs.
    #[error("{format} is not supported: this build lacks the feature `{feature}`")]
    Unsupported {
        /// The format.
        format: Format,
        /// The cargo feature that supports it.
        feature: &'static str,
    },
    /// Reading failed; the message is that of the reader.
    #[error("{0}")]
    Io(String),
}

impl From<io::Error> for IntakeError {
    fn from(error: io::Error) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<csv::Error> for IntakeError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.to_string())
    }
}
