//! What can be wrong with a labelled set.

use std::fmt;

use super::SourceText;
use super::family::FamilyError;
use super::lexicon::LexiconError;
use crate::article::HeaderErrorKind;
use crate::article::quoted::quoted;
use crate::camp::{CampsError, Stance};
use crate::text::own_words::OwnWordError;

/// A mistake in a labelled set, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Name of the file.
    pub file: String,
    /// Line in the file, from 1; 0 if the mistake is not in one line.
    pub line: usize,
    /// What is wrong.
    pub kind: ProblemKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.kind),
            line => write!(f, "{}:{line}: {}", self.file, self.kind),
        }
    }
}

/// What is wrong with a labelled set.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The camps file is invalid.
    #[error(transparent)]
    Camps(#[from] CampsError),
    /// A TOML file is invalid.
    #[error("{}", .0.to_string().trim_end())]
    Toml(Box<toml::de::Error>),
    /// A row of a CSV file is invalid; the message is that of the CSV parser.
    #[error("{0}")]
    Csv(String),
    /// A line of the header of an article is invalid.
    #[error(transparent)]
    Header(#[from] HeaderErrorKind),
    /// A part of the set's lexicon is invalid.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A word cannot be added to the lexicon.
    #[error(transparent)]
    OwnWord(#[from] OwnWordError),
    /// A contrast family is invalid.
    #[error(transparent)]
    Family(#[from] FamilyError),
    /// The columns of a table are not those of the codebook.
    #[error("the columns are {found}; they must be {expected}")]
    Columns {
        /// The columns of the file.
        found: String,
        /// The columns of the codebook.
        expected: String,
    },
    /// A label is not a stance.
    #[error(
        "{column}: unknown label {label}; the labels are {}",
        known_labels(), label = quoted(label)
    )]
    UnknownLabel {
        /// The column.
        column: String,
        /// The label.
        label: String,
    },
    /// The article is unrelated to one camp only.
    #[error("{} and {}: an article is unrelated to both camps or to neither", .0[0], .0[1])]
    HalfUnrelated([Stance; 2]),
    /// The date of a label is no day of the calendar.
    #[error("`{column}` is {date}: write a day of the calendar as YYYY-MM-DD", date = quoted(date))]
    AnnotationDate {
        /// The column.
        column: String,
        /// What stands there.
        date: String,
    },
    /// A cell is empty that must not be.
    #[error("`{0}` is empty")]
    EmptyCell(String),
    /// The annotator has labelled the article before.
    #[error(
        "{annotator} has labelled {article} before: keep one of the rows",
        annotator = quoted(annotator), article = quoted(article)
    )]
    RepeatedAnnotation {
        /// The annotator.
        annotator: String,
        /// Id of the article.
        article: String,
    },
    /// The label is for an article that does not exist.
    #[error("no article has the id {}", quoted(.0))]
    UnknownArticle(String),
    /// The label is for a passage that does not exist.
    #[error("no passage has the id {}", quoted(.0))]
    UnknownPassage(String),
    /// A passage stands in an article: a model would know what is held out.
    #[error(
        "the passage {passage} is a part of the article {article}: leave it out, or figures of \
         held-out articles are too good", passage = quoted(passage), article = quoted(article)
    )]
    PartOfArticle {
        /// Id of the passage.
        passage: String,
        /// Id of the article.
        article: String,
    },
    /// A rationale is about a camp that the set does not have.
    #[error("camp: {} is the id of no camp in camps.toml", quoted(.0))]
    UnknownCamp(String),
    /// The stance of a rationale takes no side.
    #[error("stance: {} takes no side; write favor or against", quoted(.0))]
    NoSide(String),
    /// What a rationale quotes does not stand in its article.
    #[error(
        "{part} is not in the {whole} of {article}: quote it letter by letter, or mark it anew",
        part = quoted(part), article = quoted(article)
    )]
    NotInText {
        /// The words.
        part: String,
        /// Id of the article.
        article: String,
        /// `text` or `sentence`.
        whole: &'static str,
    },
    /// The article has no label.
    #[error("{labels} has no row for {article}", article = quoted(article))]
    NoLabel {
        /// Name of the file of labels.
        labels: String,
        /// Id of the article.
        article: String,
    },
    /// Two articles have the same id.
    #[error("the id {id} is already that of {other}", id = quoted(id))]
    RepeatedId {
        /// The id.
        id: String,
        /// Name of the other article's file.
        other: String,
    },
    /// The id of an article differs from the name of its file.
    #[error("the id {} is not the file's name", quoted(.0))]
    IdIsNotFileName(String),
    /// The article has no text.
    #[error("the article has no text")]
    NoText,
    /// The date of an article is not a calendar day of the form `YYYY-MM-DD`.
    #[error("date {}: write it as YYYY-MM-DD", quoted(.0))]
    InvalidDate(String),
    /// The header of an article lacks a key.
    #[error("the header has no `{0}`")]
    NoHeaderKey(&'static str),
    /// The header of an article other than a post lacks the title.
    #[error("the header has no `title`; only a post may be without")]
    NoTitle,
    /// The event or outlet of an article is not defined.
    #[error("unknown {key} {value}; define it in {key}s.toml", value = quoted(value))]
    Undefined {
        /// `event` or `outlet`.
        key: &'static str,
        /// The id that is not defined.
        value: String,
    },
}

/// The labels that exist, separated by commas.
pub(super) fn known_labels() -> String {
    Stance::ALL.map(Stance::as_str).join(", ")
}

/// All mistakes in a labelled set.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub struct LabelledSetError {
    /// The mistakes, file by file; at least one.
    pub problems: Vec<Problem>,
}

/// Most problems that the message lists; the others are counted.
const MAX_LISTED: usize = 20;

impl fmt::Display for LabelledSetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems.iter().take(MAX_LISTED).try_for_each(|problem| writeln!(f, "{problem}"))?;
        match self.problems.len().saturating_sub(MAX_LISTED) {
            0 => Ok(()),
            more => writeln!(f, "… and {more} more"),
        }
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Problems(pub(super) Vec<Problem>);

impl Problems {
    pub(super) fn add(&mut self, file: &SourceText, line: usize, kind: impl Into<ProblemKind>) {
        self.0.push(Problem { file: file.name.clone(), line, kind: kind.into() });
    }
}
