//! `framing.csv`: the framing expressions of the set, and the articles in which they occur.

use super::LabelledSet;
use crate::camp::Stance;

/// One framing expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Id of the camp that it is about.
    pub camp: String,
    /// Favor or against.
    pub direction: Stance,
    /// The words, as they stand in the articles.
    pub text: String,
    /// Ids of the articles that bear the direction as label toward the camp and in which the words
    /// stand.
    pub articles: Vec<String>,
}

/// Columns of the file.
pub const COLUMNS: [&str; 4] = ["camp", "direction", "expression", "articles"];

/// Reads the expressions of a `framing.csv` and finds anew where they occur in `set`.
///
/// # Errors
/// A message with the line on the first row that is not of the form.
pub fn read(text: &str, set: &LabelledSet) -> Result<Vec<Expression>, String> {
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
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let [Some(camp), Some(direction), Some(text)] = [0, 1, 2].map(|column| row.get(column))
        else {
            return Err(format!("line {line}: the columns are {}", COLUMNS.join(", ")));
        };
        let number = set
            .camps
            .ids()
            .iter()
            .position(|id| *id == camp)
            .ok_or_else(|| format!("line {line}: unknown camp {camp:?}"))?;
        let direction = Stance::from_word(direction)
            .filter(|direction| matches!(direction, Stance::Favor | Stance::Against))
            .ok_or_else(|| {
                format!("line {line}: direction {direction:?}; write favor or against")
            })?;
        let bearing = texts
            .iter()
            .filter(|(_, stances, article)| stances[number] == direction && article.contains(text));
        let articles = bearing.map(|(id, _, _)| (*id).to_owned()).collect();
        expressions.push(Expression {
            camp: camp.to_owned(),
            direction,
            text: text.to_owned(),
            articles,
        });
    }
    Ok(expressions)
}

/// The expressions as a `framing.csv`.
///
/// # Errors
/// Those of the writer.
pub fn write(out: impl std::io::Write, expressions: &[Expression]) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for Expression { camp, direction, text, articles } in expressions {
        writer.write_record([camp, direction.as_str(), text, &articles.join(" ")])?;
    }
    Ok(writer.flush()?)
}
