//! Intake errors.

use std::borrow::Cow;
use std::io;

use super::Format;
use super::bytes::CutOff;
use super::html::PageLimit;
use super::mojibake::Mojibake;
use crate::article::quoted::quoted;

/// How the message of a source begins that breaks off.
pub(crate) const BREAKS_OFF: &str = "it breaks off";

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
    #[error("refused, as reading it would take too long: {0}; save the article itself as text")]
    Hostile(PageLimit),
    /// A tag or comment of the web page has no end, and text stands behind it.
    #[error(
        "a tag, quotation mark, comment, style or script opens near line {line} of the page and is \
         never closed, so the text after it cannot be read: close it, or save the article itself \
         as text"
    )]
    Unclosed {
        /// The line, from 1.
        line: usize,
    },
    /// The web page contains no article.
    #[error("no article was found in the page; save the article itself as text")]
    NoArticle,
    /// The line is not a JSON object; the message is that of the JSON parser.
    #[error("it is no JSON object: {0}")]
    NotJson(String),
    /// The line of a JSONL file is longer than the limit.
    #[error("the line is longer than {} MB", super::records::MAX_LINE >> 20)]
    LineTooLong,
    /// The text, or its file, is longer than the limit for one article.
    #[error(
        "it is longer than {} MB and so no single article; is it a table or dump?",
        super::raw_article::MAX_TEXT >> 20
    )]
    TooLong,
    /// A quotation mark that opens a cell of a row is not closed, or not where the cell ends.
    #[error(
        "a quotation mark opens a cell in this row and does not close it (the columns are read \
         with {delimiter} between them): close it, and double those inside a cell{}",
        left_out(*.n_left_out)
    )]
    BrokenQuote {
        /// The word for what separates columns.
        delimiter: String,
        /// How many lines after the row are no rows and are left out.
        n_left_out: u64,
    },
    /// A quotation mark of the header is never closed.
    #[error("line {line}: a quotation mark in the header is never closed")]
    BrokenHeader {
        /// The line of the header, from 1.
        line: u64,
    },
    /// A text was read in a wrong encoding before it was saved.
    #[error("{0}")]
    Mojibake(Mojibake),
    /// The file is no sound workbook; the message is that of its reader.
    #[error("it is no workbook, or damaged: {0}")]
    Workbook(String),
    /// The workbook exceeds a limit.
    #[error(
        "the workbook holds more than {} MB; save the sheet of the articles as CSV",
        .limit >> 20
    )]
    WorkbookTooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The workbook has no sheet of this name.
    #[error("there is no sheet {}; there are: {present}", quoted(name))]
    MissingSheet {
        /// The sheet.
        name: String,
        /// The sheets that exist, separated by commas.
        present: String,
    },
    /// A zstd frame needs more memory than is given to it.
    #[error(
        "it was packed by `zstd --long` with a window of {} MB, and more than {} MB are not given \
         to it",
        .requested >> 20, .max >> 20
    )]
    ZstdWindow {
        /// Size of its window, in bytes.
        requested: u64,
        /// The largest size that is read, in bytes.
        max: u64,
    },
    /// A table has more columns than any that people write.
    #[error("its first row has {n} columns; at most {limit} are read: is it a table?")]
    TooManyColumns {
        /// How many there are.
        n: usize,
        /// How many are read.
        limit: usize,
    },
    /// No field has a name that is usual for the text.
    #[error("no field is known as the text; there are: {}", or_none(present))]
    NoTextField {
        /// The fields that exist, separated by commas.
        present: String,
    },
    /// No sheet of a workbook has the column of the text.
    #[error("no sheet has {wanted}; there are: {sheets}")]
    NoTextSheet {
        /// The column.
        wanted: String,
        /// The sheets and their columns.
        sheets: String,
    },
    /// The record lacks a field, or the field has no value.
    #[error("there is no field {}, or it has no value; there are: {present}", quoted(name))]
    MissingField {
        /// The field.
        name: String,
        /// The fields that exist, separated by commas.
        present: String,
    },
    /// The field of the text holds something else.
    #[error("the field {} is no text but {found}", quoted(name))]
    NoText {
        /// The field.
        name: String,
        /// What it holds.
        found: String,
    },
    /// A row has more cells than the table has columns.
    #[error(
        "the row has {n} cells and the header has {width}: put quotation marks around cells that \
         contain the separator, and name every column"
    )]
    ExtraCells {
        /// How many cells the row has.
        n: usize,
        /// How many columns the header names.
        width: usize,
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
    /// A source that was opened breaks off: it is torn, or reading failed. What stands before that
    /// was given.
    #[error("{BREAKS_OFF}{}", .0.strip_prefix(BREAKS_OFF).unwrap_or(&format!(": {}", .0)))]
    BrokenOff(String),
}

/// What is wrong with the JSON of one line: its column, without a line, which is always the first.
pub(crate) fn of_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(what) if error.line() == 1 => format!("{what} in column {}", error.column()),
        _ => message,
    }
}

fn or_none(present: &str) -> &str {
    if present.is_empty() { "none" } else { present }
}

fn left_out(n_lines: u64) -> String {
    match n_lines {
        0 => String::new(),
        1 => "; the line after it is no row and is left out".to_owned(),
        n => format!("; the {n} lines after it are no rows and are left out"),
    }
}

impl IntakeError {
    /// The same as an error of a source that was open already.
    pub(super) fn while_reading(self) -> Self {
        match self {
            Self::Io(message) => Self::BrokenOff(message),
            other => other,
        }
    }
}

impl IntakeError {
    /// The same as an error behind which the rest of a source is not read.
    #[cfg(feature = "archives")]
    pub(super) fn of_the_rest(self) -> Self {
        match self {
            Self::BrokenOff(message) => Self::BrokenOff(message),
            other => Self::BrokenOff(other.to_string()),
        }
    }
}

impl From<io::Error> for IntakeError {
    fn from(error: io::Error) -> Self {
        // Readers of the intake hand on its own errors inside.
        let inner = error.get_ref();
        if let Some(own) = inner.and_then(|inner| inner.downcast_ref::<Self>()) {
            return own.clone();
        }
        // What is packed may break off before anything of it can be given.
        match inner.and_then(|inner| inner.downcast_ref::<CutOff>()) {
            Some(cut_off) => Self::BrokenOff(cut_off.to_string()),
            None => Self::Io(error.to_string()),
        }
    }
}

impl From<csv::Error> for IntakeError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.to_string())
    }
}
