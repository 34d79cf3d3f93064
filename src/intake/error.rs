//! What can be wrong with the bytes of an article.

use std::io;

/// Why bytes are no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// No text at all.
    #[error("it is empty: there is nothing to weigh")]
    Empty,
    /// Bytes that cannot be read, where the user allows none.
    #[error(
        "line {line}: bytes that are not {encoding}; name the right --encoding, or leave out --strict to have them replaced"
    )]
    BadBytes {
        /// Line of the first, from 1.
        line: usize,
        /// The encoding that they are not.
        encoding: &'static str,
    },
    /// A page made to be slow.
    #[error("refused before parsing: {0}; save the article itself as text")]
    Hostile(String),
    /// A page in which nothing reads like an article.
    #[error("no article was found in the page; save the article itself as text")]
    NoArticle,
    /// A line that is no JSON object.
    #[error("it is no JSON object: {0}")]
    NotJson(String),
    /// A line that is too long.
    #[error("the line is longer than {} MB", super::records::MAX_LINE >> 20)]
    LineTooLong,
    /// A file that is too long to be one article.
    #[error("it is longer than {} MB and so no single article; is it a table or dump? (--input-format csv, tsv or jsonl)", super::LONGEST >> 20)]
    TooLong,
    /// No field looks like the text.
    #[error("which field is the text? Name it with --text-field; there are: {present}")]
    NoTextField {
        /// The fields that there are.
        present: String,
    },
    /// A field that the record has not.
    #[error("there is no field {name:?}, or it has no value; there are: {present}")]
    MissingField {
        /// The field.
        name: String,
        /// The fields that there are.
        present: String,
    },
    /// A Parquet file that is read from its beginning.
    #[error(
        "a Parquet file is read from its end, so it cannot come through a pipe: name the file (and say --input-format parquet if its name does not)"
    )]
    ParquetPiped,
    /// A Parquet file, where the feature `parquet` is not.
    #[error("this mizan reads no Parquet; one that does: cargo build --release --features parquet")]
    NoParquet,
    /// The bytes could not be had.
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
