//! What a run has to report beside its records.

use std::fmt;

use crate::article::quoted::quoted;
use crate::intake::pdf_text::Mending;
use crate::intake::{GuessedField, PassedOver, SourceNotice, UnusedFields};
use crate::scoring::counted;
use crate::text::isolate::plain;
use crate::text::listed::listed;

/// Something to report about a source or an article. A run goes on after it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Diagnostic {
    /// Which fields of a table or dump are used was guessed, or named fields are not there.
    Fields {
        /// Name of the source.
        source: String,
        /// What was guessed, such as `text from "body"`.
        guessed: Vec<GuessedField>,
        /// Named fields that the first record does not have.
        absent: Vec<String>,
        /// Fields that are not used, where the outlet or the date was not found.
        unused: Option<UnusedFields>,
    },
    /// The field of the text was named, and a source of records has it or not. Where it does not,
    /// the usual field is read.
    NamedText {
        /// Name of the source.
        source: String,
        /// Whether its header or a record has the field.
        is_present: bool,
    },
    /// A source cannot be read.
    SourceFailed {
        /// Name of the source.
        source: String,
        /// What is wrong.
        message: String,
    },
    /// A source breaks off: what stands before that was read, and the rest is missing.
    SourceBrokenOff {
        /// Name of the source, or of the place where it breaks off.
        source: String,
        /// What is wrong.
        message: String,
    },
    /// A text is the export of a press database, which holds several articles.
    Documents {
        /// Name of the source.
        source: String,
        /// How many articles it holds.
        n_documents: usize,
    },
    /// Parts of a source are no articles and were passed over.
    PassedOver {
        /// Name of the source.
        source: String,
        /// How many, by reason.
        passed_over: PassedOver,
    },
    /// An article cannot be read or scored.
    ArticleFailed {
        /// Id of the article, or its place where it has none.
        id: String,
        /// What is wrong.
        message: String,
    },
    /// Bytes of an article do not fit its encoding and were replaced by U+FFFD.
    BytesReplaced {
        /// Id of the article.
        id: String,
        /// Name of the encoding.
        encoding: String,
        /// How many byte sequences were replaced.
        n_replaced: usize,
    },
    /// Something was found in a source and decided without asking.
    Source {
        /// Name of the source.
        source: String,
        /// What.
        notice: SourceNotice,
    },
    /// An article has another encoding than the file that it stands in, and was decoded by itself.
    OwnEncoding {
        /// Id of the article.
        id: String,
        /// Name of its encoding.
        encoding: String,
    },
    /// A text was damaged by a PDF file, and mended.
    Mended {
        /// Id of the article.
        id: String,
        /// What was mended.
        mending: Mending,
    },
    /// A row of a labelled table has no label and is skipped.
    LabelMissing {
        /// Id of the row.
        id: String,
        /// Its file and line.
        place: String,
        /// The field of the label.
        field: String,
    },
    /// A row of a labelled table has several labels and is skipped.
    SeveralLabels {
        /// Id of the row.
        id: String,
        /// Its file and line.
        place: String,
        /// The labels.
        labels: Vec<String>,
    },
    /// A row of a table of stances, or an article of several rows, is left out.
    LabelLeftOut {
        /// Id of the row.
        id: String,
        /// Its file and line.
        place: String,
        /// Why.
        reason: String,
    },
    /// Rows have an id that another row has, too, of another text: a number was added to theirs.
    IdsRepeated {
        /// How many rows.
        n_rows: usize,
        /// The first of their new ids.
        example: String,
    },
    /// Two labels are alike: they differ in case or space and are taken as one, or they are left as
    /// two classes.
    LabelsAlike {
        /// The label that stays.
        label: String,
        /// The other.
        other: String,
        /// Whether the other is taken as the first.
        is_joined: bool,
    },
}

/// A row by its id and its place: a spreadsheet shows the line or the row, and other programs know
/// the id. The place may be the id, alone or after the row.
pub(crate) fn row(id: &str, place: &str) -> String {
    if id == place || place.ends_with(&format!(" ({id})")) {
        place.to_owned()
    } else {
        format!("{id} in {place}")
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields { source, guessed, absent, unused } => {
                let names: Vec<String> = guessed.iter().map(ToString::to_string).collect();
                let guessed =
                    (!names.is_empty()).then(|| format!("{} (guessed)", names.join(", ")));
                let no_field =
                    |name: &String| format!("the first record has no field {}", quoted(name));
                let absent = absent.iter().map(no_field);
                let unused = unused.iter().map(ToString::to_string);
                let told: Vec<String> = guessed.into_iter().chain(absent).chain(unused).collect();
                write!(f, "{source}: {}", told.join("; "))
            }
            Self::NamedText { source, is_present: true } => {
                write!(f, "{source}: the text is from the named field")
            }
            Self::NamedText { source, is_present: false } => {
                write!(f, "{source}: the named field of the text is not there")
            }
            Self::Documents { source, n_documents } => write!(
                f,
                "{source}: the export of a press database; each of its {n_documents} documents is \
                 an article (--input-format text reads them as one)"
            ),
            Self::PassedOver { source, passed_over } => write!(f, "{source}: {passed_over}"),
            Self::SourceFailed { source: name, message }
            | Self::SourceBrokenOff { source: name, message }
            | Self::ArticleFailed { id: name, message } => write!(f, "{name}: {message}"),
            Self::BytesReplaced { id, encoding, n_replaced } => {
                write!(f, "{id}: {encoding}, {} replaced", counted(*n_replaced, "byte"))
            }
            Self::Source { source, notice } => write!(f, "{source}: {notice}"),
            Self::OwnEncoding { id, encoding } => {
                write!(f, "{id}: it is in {encoding}, unlike its file, and was decoded by itself")
            }
            Self::Mended { id, mending } => write!(f, "{id}: {}", mending.message()),
            Self::LabelMissing { id, place, field } => {
                write!(f, "{}: no label in field {}; row skipped", row(id, place), quoted(field))
            }
            Self::SeveralLabels { id, place, labels } => {
                write!(f, "{}: several labels ({}); row skipped", row(id, place), listed(labels))
            }
            Self::LabelLeftOut { id, place, reason } => {
                write!(f, "{}: {reason}; left out", row(id, place))
            }
            Self::IdsRepeated { n_rows, example } => write!(
                f,
                "{} an id that another text has, too, and a number was added to it ({})",
                if *n_rows == 1 { "1 row has".to_owned() } else { format!("{n_rows} rows have") },
                plain(example)
            ),
            Self::LabelsAlike { label, other, is_joined: true } => {
                write!(f, "the label {} is taken as {}", quoted(other), quoted(label))
            }
            Self::LabelsAlike { label, other, is_joined: false } => {
                write!(
                    f,
                    "the labels {} and {} are alike; are they two classes?",
                    quoted(label),
                    quoted(other)
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_says_what_it_is_about() {
        let fields = |guessed: &[(&'static str, &str)], absent: &[&str]| {
            let field = |&(field, name): &(&'static str, &str)| GuessedField {
                field,
                name: name.to_owned(),
            };
            let guessed = guessed.iter().map(field).collect();
            let absent = absent.iter().map(|&name| name.to_owned()).collect();
            Diagnostic::Fields { source: "d.jsonl".to_owned(), guessed, absent, unused: None }
                .to_string()
        };
        assert_eq!(
            fields(&[("text", "body")], &["x", "y"]),
            "d.jsonl: text from \"body\" (guessed); the first record has no field \"x\"; the \
             first record has no field \"y\""
        );
        assert_eq!(fields(&[], &["x"]), "d.jsonl: the first record has no field \"x\"");
        let failed = Diagnostic::SourceFailed { source: "a".to_owned(), message: "no".to_owned() };
        assert_eq!(failed.to_string(), "a: no");
    }
}
