//! External labels: labels of articles outside the labelled set, with a column or field per camp.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value};

use super::spelling::{self, CellLabel};
use super::stance_words::{self, ACCEPTED};
use crate::camp::{Camps, Stance};
use crate::intake::records::column_name;
use crate::intake::records::dialect::{self, Dialect};
use crate::intake::records::rows::{Row, Rows};

/// Why a file of external labels is invalid.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExternalLabelsError {
    /// The table cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A row of the table cannot be told from the next.
    #[error(
        "line {line}: a quotation mark is not closed, or the line is too long (the columns are \
         read with {delimiter} between them)"
    )]
    Row {
        /// The line, from 1.
        line: u64,
        /// The word for what separates columns.
        delimiter: String,
    },
    /// A line is not a JSON object.
    #[error("line {line}: {error}")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The error of the parser.
        error: serde_json::Error,
    },
    /// A line has no id.
    #[error("line {line}: there is no `id` or `article`")]
    NoId {
        /// The line, from 1.
        line: usize,
    },
    /// A line has no label toward a camp.
    #[error("line {line}: there is no `{camp}`")]
    NoLabel {
        /// The line, from 1.
        line: usize,
        /// Id of the camp.
        camp: String,
    },
    /// An article has other labels in a line before.
    #[error("line {line}: {id:?} has other labels in a line before: leave one of them")]
    SeveralLabels {
        /// The line, from 1.
        line: usize,
        /// Id of the article.
        id: String,
    },
    /// A label is not a stance.
    #[error("line {line}: {camp}: unknown label {label:?}; the labels are {ACCEPTED}")]
    UnknownLabel {
        /// The line, from 1.
        line: usize,
        /// Id of the camp.
        camp: String,
        /// The label.
        label: String,
    },
}

/// Reads the labels of each article, by id: JSON lines with `id` (or `article`) and a field per
/// camp, or CSV with such columns and any separator. Other fields are ignored.
///
/// # Errors
/// For the first invalid line.
pub fn read(
    text: &str,
    camps: &Camps,
) -> Result<BTreeMap<String, [Stance; 2]>, ExternalLabelsError> {
    let mut labels = BTreeMap::new();
    let mut add = |line: usize, get: &dyn Fn(&str) -> Option<String>| {
        let id = get("id").or_else(|| get("article")).ok_or(ExternalLabelsError::NoId { line })?;
        let stance = |camp: &str| {
            let camp = camp.to_owned();
            let Some(label) = get(&camp) else {
                return Err(ExternalLabelsError::NoLabel { line, camp });
            };
            let stance = match spelling::label(&label) {
                CellLabel::One(word) => stance_words::stance(&word),
                CellLabel::None | CellLabel::Several(_) => None,
            };
            stance.ok_or(ExternalLabelsError::UnknownLabel { line, camp, label })
        };
        let [first, second] = camps.ids();
        let stances = [stance(first)?, stance(second)?];
        let before = labels.insert(id.clone(), stances);
        if before.is_some_and(|before| before != stances) {
            return Err(ExternalLabelsError::SeveralLabels { line, id });
        }
        Ok(())
    };
    if text.trim_start().starts_with('{') {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let object: Map<String, Value> = serde_json::from_str(line)
                .map_err(|error| ExternalLabelsError::Json { line: number + 1, error })?;
            add(number + 1, &|name| match object.get(name)? {
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            })?;
        }
    } else {
        let known = [["id", "article"], camps.ids()].concat();
        let n_known =
            |names: &[String]| names.iter().filter(|name| known.contains(&name.as_str())).count();
        let mut rows = Rows::new(text.as_bytes(), |start| Dialect::detect(start, n_known))?;
        let mut header: Option<Vec<String>> = None;
        while let Some((line, row)) = rows.next()? {
            let cells: Vec<String> = match row {
                Row::Cells(cells) => {
                    cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
                }
                Row::Damaged { .. } | Row::TooLong => {
                    return Err(ExternalLabelsError::Row {
                        line,
                        delimiter: dialect::name(rows.delimiter()),
                    });
                }
            };
            let names = || cells.iter().map(|name| column_name(name)).collect();
            match &header {
                None => header = Some(names()),
                // The header comes again where files were appended.
                Some(header) if *header == names() => {}
                Some(header) => add(usize::try_from(line).unwrap_or(usize::MAX), &|name| {
                    cells.get(header.iter().position(|column| column == name)?).cloned()
                })?,
            }
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_a_mistake_has_its_line() {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let json = "{\"id\": \"a\", \"lna\": \"favor\", \"gna\": \"neutral\", \"text\": \"x\"}\n";
        let csv = "article,lna,gna\na,مؤيد \u{200F},\"[\"\"Neutral\"\"]\"\n";
        let expected = BTreeMap::from([("a".to_owned(), [Stance::Favor, Stance::Neutral])]);
        assert_eq!(read(json, &camps).unwrap(), expected);
        assert_eq!(read(csv, &camps).unwrap(), expected);
        assert!(
            read("article,lna,gna\na,maybe,neutral\n", &camps)
                .unwrap_err()
                .to_string()
                .starts_with("line 2: lna: unknown label \"maybe\"")
        );
        let twice = "article,lna,gna\na,favor,neutral\na,favor,neutral\n";
        assert_eq!(read(twice, &camps).unwrap(), expected);
        let other = read(&format!("{twice}a,against,neutral\n"), &camps).unwrap_err();
        assert!(other.to_string().starts_with("line 4: \"a\" has other labels"), "{other}");
        assert!(
            read("article,lna\na,favor\n", &camps).unwrap_err().to_string().contains("no `gna`")
        );
    }
}
