//! Tables of texts with labels of any kind, and optionally a target and a group per text.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::quoted::quoted;
use crate::model::Question;

/// One row of a table: a text and its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Id of the text, or its place in the file.
    pub id: String,
    /// The text.
    pub text: String,
    /// Its label.
    pub label: String,
    /// What the label is about, if the table has several targets.
    pub target: Option<String>,
    /// The group (outlet, author, thread); rows of a group are kept in one fold.
    pub group: Option<String>,
}

/// A text with the question that its label answers and the class of the label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledText {
    /// Id of the text.
    pub id: String,
    /// The text.
    pub text: String,
    /// Position of the question in [`LabelledTable::questions`].
    pub question: usize,
    /// Position of the class in the classes of the question.
    pub class: usize,
    /// Its group; its id if it has none.
    pub group: String,
}

/// Texts with labels of any kind, encoded for training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledTable {
    /// One question per target, or one named `label`. The classes are in alphabetical order.
    pub questions: Vec<Question>,
    /// The texts, in the order of the files.
    pub rows: Vec<LabelledText>,
    /// What a spreadsheet calls the rows of texts that are known by their line, by id.
    pub(crate) places: BTreeMap<String, String>,
    /// What folds hold out: `groups` or `texts`.
    pub grouping: String,
    /// BLAKE3 hash of texts, labels, targets and groups.
    pub hash: String,
}

/// Why rows are not a labelled table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// There is no row.
    #[error("there is no text with a label")]
    Empty,
    /// Only some rows have a target or a group.
    #[error("{found} of {n_rows} rows have a {what}: all must have one, or none")]
    Partial {
        /// `target` or `group`.
        what: &'static str,
        /// Number of rows that have one.
        found: usize,
        /// Number of all rows.
        n_rows: usize,
    },
    /// Two rows have the same id, and the same target.
    #[error("the id {id} stands twice", id = quoted(id))]
    RepeatedId {
        /// The id.
        id: String,
    },
}

impl LabelledTable {
    /// Encodes rows. All targets have the same classes.
    ///
    /// # Errors
    /// If there is no row, only some rows have a target or a group, or an id is repeated for one
    /// target.
    pub fn from_rows(rows: &[TableRow]) -> Result<Self, TableError> {
        let some = |has: fn(&TableRow) -> bool| rows.iter().filter(|row| has(row)).count();
        for (what, found) in [
            ("target", some(|row| row.target.is_some())),
            ("group", some(|row| row.group.is_some())),
        ] {
            if found != 0 && found != rows.len() {
                return Err(TableError::Partial { what, found, n_rows: rows.len() });
            }
        }
        let mut seen = BTreeSet::new();
        // An article has a row for each of its targets.
        if let Some(twice) = rows.iter().find(|row| !seen.insert((&row.id, &row.target))) {
            return Err(TableError::RepeatedId { id: twice.id.clone() });
        }
        let distinct = |of: fn(&TableRow) -> &str| rows.iter().map(of).collect::<BTreeSet<_>>();
        let classes: Vec<String> =
            distinct(|row| &row.label).into_iter().map(str::to_owned).collect();
        if classes.is_empty() {
            return Err(TableError::Empty);
        }
        let targets: Vec<&str> =
            distinct(|row| row.target.as_deref().unwrap_or("label")).into_iter().collect();
        let questions: Vec<Question> = targets
            .iter()
            .map(|&target| Question { name: target.to_owned(), classes: classes.clone() })
            .collect();
        let position: BTreeMap<&str, usize> =
            targets.iter().enumerate().map(|(at, &target)| (target, at)).collect();
        let labelled = rows.iter().map(|row| LabelledText {
            id: row.id.clone(),
            text: row.text.clone(),
            question: position[row.target.as_deref().unwrap_or("label")],
            class: classes.binary_search(&row.label).unwrap_or_default(),
            group: row.group.clone().unwrap_or_else(|| row.id.clone()),
        });
        let grouping = if some(|row| row.group.is_some()) > 0 { "groups" } else { "texts" };
        Ok(Self {
            rows: labelled.collect(),
            places: BTreeMap::new(),
            hash: hash(rows),
            questions,
            grouping: grouping.to_owned(),
        })
    }
}

fn hash(rows: &[TableRow]) -> String {
    let mut hasher = blake3::Hasher::new();
    for row in rows {
        for part in
            [&row.id, &row.text, &row.label].into_iter().chain(&row.target).chain(&row.group)
        {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, label: &str, target: Option<&str>) -> TableRow {
        let target = target.map(str::to_owned);
        TableRow {
            id: id.to_owned(),
            text: format!("نص {id}"),
            label: label.to_owned(),
            target,
            group: None,
        }
    }

    #[test]
    fn targets_become_questions_with_the_same_classes() {
        let table =
            LabelledTable::from_rows(&[row("1", "no", Some("b")), row("2", "yes", Some("a"))])
                .unwrap();
        let names: Vec<&str> =
            table.questions.iter().map(|question| question.name.as_str()).collect();
        assert_eq!(
            (names, &table.questions[0].classes[..]),
            (vec!["a", "b"], &["no".to_owned(), "yes".to_owned()][..])
        );
        assert_eq!(
            (
                table.rows[0].question,
                table.rows[0].class,
                table.rows[1].question,
                table.rows[1].class
            ),
            (1, 0, 0, 1)
        );
    }

    #[test]
    fn empty_and_inconsistent_tables_are_refused() {
        let refuse = |rows: Vec<TableRow>| LabelledTable::from_rows(&rows).unwrap_err().to_string();
        assert!(
            refuse(vec![row("1", "no", Some("a")), row("2", "yes", None)])
                .contains("1 of 2 rows have a target")
        );
        assert!(
            refuse(vec![row("1", "no", None), row("1", "yes", None)])
                .contains("\"1\" stands twice")
        );
        assert!(refuse(Vec::new()).contains("no text with a label"));
    }
}
