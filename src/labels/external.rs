//! External labels: labels of articles outside the labelled set, with a column or field per camp.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value};

use super::annotation::{self, Annotation, LabelAggregation};
use super::spelling::{self, CellLabel};
use super::stance_words::{self, ACCEPTED};
use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};
use crate::intake::records::column_name;
use crate::intake::records::dialect::{self, Dialect};
use crate::intake::records::rows::{Row, Rows};
use crate::text::listed::listed;

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
    /// There is no column or field of ids.
    #[error(
        "line {line}: there is no `id` or `article`; there {}. Name the column of the ids by \
         --id-field",
        are(columns)
    )]
    NoId {
        /// The line, from 1.
        line: usize,
        /// The columns or fields that there are.
        columns: Vec<String>,
    },
    /// There is no column or field of the labels toward a camp.
    #[error(
        "line {line}: there is no `{column}`; there {}. Labels toward both camps are needed: name \
         the column of {camp} by --{camp}-field, or add one with favor, neutral, against or \
         unrelated as each article is toward {camp}",
        are(columns)
    )]
    NoLabel {
        /// The line, from 1.
        line: usize,
        /// The name that the column should have.
        column: String,
        /// Id of the camp.
        camp: String,
        /// The columns or fields that there are.
        columns: Vec<String>,
    },
    /// An article is about neither camp, and yet has a stance toward one.
    #[error(
        "line {line}: {} is unrelated toward one camp and not toward the other: an article about \
         the conflict is neutral toward a camp that it is not about",
        quoted(id)
    )]
    HalfUnrelated {
        /// The line, from 1.
        line: usize,
        /// Id of the article.
        id: String,
    },
    /// An article has other labels in a line before, and nobody says of whom they are.
    #[error(
        "line {line}: {} has other labels in a line before: leave one of them, or name who gave \
         each in a column `annotator`",
        quoted(id)
    )]
    SeveralLabels {
        /// The line, from 1.
        line: usize,
        /// Id of the article.
        id: String,
    },
    /// A label is not a stance.
    #[error("line {line}: {camp}: unknown label {}; the labels are {ACCEPTED}", quoted(label))]
    UnknownLabel {
        /// The line, from 1.
        line: usize,
        /// Id of the camp.
        camp: String,
        /// The label.
        label: String,
    },
}

/// The columns or fields that there are, in a sentence.
fn are(columns: &[String]) -> String {
    match columns {
        [] => "are none".to_owned(),
        [one] => format!("is {}", quoted(one)),
        more => {
            let named: Vec<String> = more.iter().map(|name| quoted(name)).collect();
            format!("are {}", listed(&named))
        }
    }
}

/// The columns or fields of a table of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelColumns {
    /// That of the ids, before `id` and `article`.
    pub id: Option<String>,
    /// Those of the stances, in the camps' order.
    pub camps: [String; 2],
}

impl LabelColumns {
    /// The usual columns: those of the stances are called as the camps.
    pub fn new(camps: &Camps) -> Self {
        Self { id: None, camps: camps.ids().map(str::to_owned) }
    }
}

/// The position of a name, letter by letter or in other case, as tables are read elsewhere.
fn position(names: &[String], name: &str) -> Option<usize> {
    let is_alike = |other: &String| other.to_lowercase() == name.to_lowercase();
    names.iter().position(|other| other == name).or_else(|| names.iter().position(is_alike))
}

/// Reads the labels of each article, by id: JSON lines with `id` (or `article`) and a field per
/// camp, or CSV with such columns and any separator. Where rows of an article differ by
/// `annotator`, they become one label as those of a labelled set do. Other fields are ignored.
///
/// # Errors
/// For the first invalid line.
#[cfg(any(test, feature = "internals"))]
pub fn read(
    text: &str,
    camps: &Camps,
) -> Result<BTreeMap<String, [Stance; 2]>, ExternalLabelsError> {
    read_columns(text, camps, &LabelColumns::new(camps))
}

/// The same of other columns.
///
/// # Errors
/// For the first invalid line.
pub fn read_columns(
    text: &str,
    camps: &Camps,
    named: &LabelColumns,
) -> Result<BTreeMap<String, [Stance; 2]>, ExternalLabelsError> {
    let mut annotations: Vec<Annotation> = Vec::new();
    let mut known: BTreeMap<(String, String), [Stance; 2]> = BTreeMap::new();
    let mut add = |line: usize, columns: &[String], get: &dyn Fn(usize) -> Option<String>| {
        let columns_are = || columns.to_vec();
        let of_ids = named.id.as_deref().into_iter().chain(["id", "article"]);
        let id = of_ids
            .filter_map(|name| position(columns, name).and_then(get))
            .find(|id| !id.is_empty())
            .ok_or_else(|| ExternalLabelsError::NoId { line, columns: columns_are() })?;
        let stance = |camp: usize| {
            let (column, camp) = (&named.camps[camp], camps.ids()[camp].to_owned());
            let Some(at) = position(columns, column) else {
                let (column, columns) = (column.clone(), columns_are());
                return Err(ExternalLabelsError::NoLabel { line, column, camp, columns });
            };
            // A row may end before its last cell.
            let label = get(at).unwrap_or_default();
            let stance = match spelling::label(&label) {
                CellLabel::One(word) => stance_words::stance(&word),
                CellLabel::None | CellLabel::Several(_) => None,
            };
            stance.ok_or(ExternalLabelsError::UnknownLabel { line, camp, label })
        };
        let stances = [stance(0)?, stance(1)?];
        if (stances[0] == Stance::Unrelated) != (stances[1] == Stance::Unrelated) {
            return Err(ExternalLabelsError::HalfUnrelated { line, id });
        }
        let annotator = position(columns, "annotator").and_then(get).unwrap_or_default();
        match known.insert((id.clone(), annotator.clone()), stances) {
            None => {}
            Some(before) if before == stances => return Ok(()),
            Some(_) => return Err(ExternalLabelsError::SeveralLabels { line, id }),
        }
        let (date, note) = (String::new(), String::new());
        annotations.push(Annotation { article: id, annotator, stances, date, note, line });
        Ok(())
    };
    if text.trim_start().starts_with('{') {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let object: Map<String, Value> = serde_json::from_str(line)
                .map_err(|error| ExternalLabelsError::Json { line: number + 1, error })?;
            let keys: Vec<String> = object.keys().cloned().collect();
            add(number + 1, &keys, &|at| match object.get(keys.get(at)?)? {
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            })?;
        }
    } else {
        let known = ["id", "article"].into_iter().chain(named.id.as_deref());
        let known: Vec<&str> = known.chain(named.camps.iter().map(String::as_str)).collect();
        let n_known =
            |names: &[String]| known.iter().filter(|name| position(names, name).is_some()).count();
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
            let columns = || cells.iter().map(|name| column_name(name)).collect();
            match &header {
                None => header = Some(columns()),
                // The header comes again where files were appended.
                Some(header) if *header == columns() => {}
                Some(header) => {
                    let line = usize::try_from(line).unwrap_or(usize::MAX);
                    add(line, header, &|at| cells.get(at).cloned())?;
                }
            }
        }
    }
    let labels = annotation::aggregate(&annotations, LabelAggregation::Majority).into_iter();
    Ok(labels.map(|(id, stances)| (id.to_owned(), stances)).collect())
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
        let table = "annotator,id,lna,gna\nx,a,neutral,favor\ny,a,neutral,favor\n\
            adjudicator,a,against,neutral\nx,b,favor,neutral\ny,b,neutral,neutral\n";
        let labels = read(table, &camps).unwrap();
        assert_eq!(labels["a"], [Stance::Against, Stance::Neutral]);
        // Among equals the last row decides.
        assert_eq!(labels["b"], [Stance::Neutral; 2]);
        for (table, says) in [
            (
                "article,lna\na,favor\n",
                "no `gna`; there are \"article\", \"lna\". Labels toward both",
            ),
            (
                "name,lna,gna\na,favor,favor\n",
                "there are \"name\", \"lna\", \"gna\". Name the column",
            ),
            ("id,lna,gna\na,unrelated,favor\n", "line 2: \"a\" is unrelated toward one camp"),
            ("id,lna,gna\na,favor\n", "line 2: gna: unknown label \"\""),
        ] {
            let told = read(table, &camps).unwrap_err().to_string();
            assert!(told.contains(says), "{told}");
        }
        let upper = "Article,LNA,GNA\na,favor,neutral\n";
        assert_eq!(read(upper, &camps).unwrap(), expected);
        let columns =
            LabelColumns { id: Some("name".to_owned()), camps: ["x", "y"].map(str::to_owned) };
        let own = "name,X,y\na,favor,neutral\n";
        assert_eq!(read_columns(own, &camps, &columns).unwrap(), expected);
    }
}
