//! Labels of any kind: a table of texts with a label each, and perhaps a target and a group.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Question;

/// One text as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenRow {
    /// Its id, or its place in the file.
    pub id: String,
    /// The text.
    pub text: String,
    /// Its label.
    pub label: String,
    /// What the label is about, where a table has several targets.
    pub target: Option<String>,
    /// Rows of one group are kept in one fold.
    pub group: Option<String>,
}

/// One text and its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledRow {
    /// Its id.
    pub id: String,
    /// The text.
    pub text: String,
    /// The question that is answered.
    pub question: usize,
    /// The class.
    pub class: usize,
    /// Its group; its own id if it has none.
    pub group: String,
}

/// Labelled texts of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledTable {
    /// The questions: one for each target, or one called `label`; classes in alphabetical order.
    pub questions: Vec<Question>,
    /// The texts, in the order of the files.
    pub rows: Vec<LabelledRow>,
    /// What folds hold out, in the plural.
    pub grouping: String,
    /// BLAKE3 hash of texts, labels, targets and groups.
    pub hash: String,
}

impl LabelledTable {
    /// Puts rows together. All targets share the classes that occur anywhere.
    ///
    /// # Errors
    /// When there is no row, some rows have a target or a group and some do not, or an id stands
    /// twice.
    pub fn new(rows: &[GivenRow]) -> Result<Self, String> {
        let some = |has: fn(&GivenRow) -> bool| rows.iter().filter(|row| has(row)).count();
        for (what, found) in [
            ("target", some(|row| row.target.is_some())),
            ("group", some(|row| row.group.is_some())),
        ] {
            if found != 0 && found != rows.len() {
                return Err(format!(
                    "{found} of {} rows have a {what}: all must have one, or none",
                    rows.len()
                ));
            }
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = rows.iter().find(|row| !seen.insert(row.id.as_str())) {
            return Err(format!("the id {:?} stands twice", twice.id));
        }
        let distinct = |of: fn(&GivenRow) -> &str| rows.iter().map(of).collect::<BTreeSet<_>>();
        let classes: Vec<String> =
            distinct(|row| &row.label).into_iter().map(str::to_owned).collect();
        if classes.is_empty() {
            return Err("there is no text with a label".to_owned());
        }
        let targets: Vec<&str> =
            distinct(|row| row.target.as_deref().unwrap_or("label")).into_iter().collect();
        let questions: Vec<Question> = targets
            .iter()
            .map(|&target| Question { name: target.to_owned(), classes: classes.clone() })
            .collect();
        let position: BTreeMap<&str, usize> =
            targets.iter().enumerate().map(|(at, &target)| (target, at)).collect();
        let labelled = rows.iter().map(|row| LabelledRow {
            id: row.id.clone(),
            text: row.text.clone(),
            question: position[row.target.as_deref().unwrap_or("label")],
            class: classes.binary_search(&row.label).unwrap_or_default(),
            group: row.group.clone().unwrap_or_else(|| row.id.clone()),
        });
        let grouping = if some(|row| row.group.is_some()) > 0 { "groups" } else { "texts" };
        Ok(Self {
            rows: labelled.collect(),
            hash: hash(rows),
            questions,
            grouping: grouping.to_owned(),
        })
    }
}

fn hash(rows: &[GivenRow]) -> String {
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

    fn row(id: &str, label: &str, target: Option<&str>) -> GivenRow {
        let target = target.map(str::to_owned);
        GivenRow {
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
            LabelledTable::new(&[row("1", "no", Some("b")), row("2", "yes", Some("a"))]).unwrap();
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
    fn tables_that_say_nothing_or_two_things_are_refused() {
        let refuse = |rows: Vec<GivenRow>| LabelledTable::new(&rows).unwrap_err();
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
