//! What there is to tell of a file, beside its articles.

use std::fmt;

use crate::article::quoted::quoted;
use crate::text::listed::listed;

/// Something that was found in a file and decided without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceNotice {
    /// The header of a table comes again, as where files were appended; it is no article.
    RepeatedHeader {
        /// Its line, from 1.
        line: u64,
    },
    /// Several columns have one name; the first is read.
    RepeatedColumn {
        /// The name.
        name: String,
    },
    /// A file whose name tells no table begins as one and is read as one.
    Table {
        /// The word for what separates its columns.
        delimiter: String,
    },
    /// Messages are forwarded from other channels.
    Forwarded {
        /// How many.
        n: usize,
        /// Whether they are marked as quotations.
        are_quoted: bool,
    },
    /// Posts only repeat those of other accounts.
    Repeated {
        /// How many.
        n: usize,
    },
    /// One sheet of several in a workbook is read.
    Sheet {
        /// The sheet.
        name: String,
        /// The others.
        others: Vec<String>,
    },
}

impl fmt::Display for SourceNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RepeatedHeader { line } => {
                write!(f, "line {line} is the header again, and no article")
            }
            Self::RepeatedColumn { name } => {
                let name = quoted(name);
                write!(f, "several columns are called {name}; the first of them is read")
            }
            Self::Table { delimiter } => write!(
                f,
                "its first line is the header of a table with {delimiter} between columns, so each \
                 row is an article (--input-format text reads it as one)"
            ),
            Self::Forwarded { n, are_quoted } => {
                let of = if *n == 1 { "message is" } else { "messages are" };
                write!(f, "{n} {of} forwarded from other channels and ")?;
                f.write_str(if *are_quoted {
                    "read as quoted by this one"
                } else {
                    "counted as this channel's"
                })
            }
            Self::Repeated { n } => {
                let of = if *n == 1 { "post repeats one" } else { "posts repeat those" };
                write!(f, "{n} {of} of other accounts (retweets) and counted as this account's")
            }
            Self::Sheet { name, others } => {
                let others: Vec<String> = others.iter().map(|other| quoted(other)).collect();
                let (name, others) = (quoted(name), listed(&others));
                write!(f, "sheet {name} is read, and not {others} (--sheet says otherwise)")
            }
        }
    }
}
