//! Framing expressions of the labelled set (`framing.csv`), and the articles in which they occur.

use std::io::Write;

use super::LabelledSet;
use crate::article::quoted::quoted;
use crate::camp::Stance;

/// An expression that frames a camp favorably or unfavorably.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Id of the camp.
    pub camp: String,
    /// [`Stance::Favor`] or [`Stance::Against`].
    pub direction: Stance,
    /// The words, as in the articles.
    pub text: String,
    /// Ids of the articles that contain the words and whose label toward the camp is the direction.
    pub articles: Vec<String>,
}

/// Columns of the file.
const COLUMNS: [&str; 4] = ["camp", "direction", "expression", "articles"];

/// Why a `framing.csv` is invalid.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FramingError {
    /// The CSV is invalid.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A row has too few columns.
    #[error("line {line}: the columns are {}", COLUMNS.join(", "))]
    Columns {
        /// Line of the row, from 1.
        line: u64,
    },
    /// A camp is not one of the labelled set.
    #[error("line {line}: unknown camp {camp}", camp = quoted(camp))]
    UnknownCamp {
        /// Line of the row, from 1.
        line: u64,
        /// The id.
        camp: String,
    },
    /// A direction is neither `favor` nor `against`.
    #[error(
        "line {line}: direction {direction}; write favor or against",
        direction = quoted(direction)
    )]
    UnknownDirection {
        /// Line of the row, from 1.
        line: u64,
        /// The direction.
        direction: String,
    },
}

/// Reads the expressions of a `framing.csv` and finds where they occur in `set`.
///
/// # Errors
/// If a row is invalid.
pub fn read(text: &str, set: &LabelledSet) -> Result<Vec<Expression>, FramingError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let texts: Vec<(&str, [Stance; 2], String)> = set
        .articles
        .iter()
        .map(|labelled| {
            (labelled.article.id.as_str(), labelled.stances, labelled.article.full_text())
        })
        .collect();
    let mut expressions = Vec::new();
    for row in reader.records() {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        let [Some(camp), Some(direction), Some(text)] = [0, 1, 2].map(|column| row.get(column))
        else {
            return Err(FramingError::Columns { line });
        };
        let number = set
            .camps
            .ids()
            .iter()
            .position(|id| *id == camp)
            .ok_or_else(|| FramingError::UnknownCamp { line, camp: camp.to_owned() })?;
        let direction = Stance::from_word(direction)
            .filter(|direction| matches!(direction, Stance::Favor | Stance::Against))
            .ok_or_else(|| FramingError::UnknownDirection {
                line,
                direction: direction.to_owned(),
            })?;
        let matching = texts
            .iter()
            .filter(|(_, stances, article)| stances[number] == direction && article.contains(text));
        let articles = matching.map(|(id, _, _)| (*id).to_owned()).collect();
        expressions.push(Expression {
            camp: camp.to_owned(),
            direction,
            text: text.to_owned(),
            articles,
        });
    }
    Ok(expressions)
}

/// Writes expressions as a `framing.csv`.
///
/// # Errors
/// Those of the writer.
pub fn write(out: impl Write, expressions: &[Expression]) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for Expression { camp, direction, text, articles } in expressions {
        writer.write_record([camp, direction.as_str(), text, &articles.join(" ")])?;
    }
    Ok(writer.flush()?)
}
