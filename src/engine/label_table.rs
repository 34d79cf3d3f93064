//! Loading labels of any kind from tables and dumps.

use std::collections::BTreeMap;

use super::data_set::{DataSetError, each_record, note_row};
use super::diagnostic::{Diagnostic, row};
use super::row_ids::RowIds;
use super::source::Source;
use crate::intake::IntakeOptions;
use crate::labels::spelling::{self, CellLabel};
use crate::labels::table::{LabelledTable, TableRow};

/// The fields of a table that hold labels of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelFields {
    /// The label.
    pub label: String,
    /// What the label is about, where there are several targets.
    pub target: Option<String>,
    /// A group (outlet, author, thread) that folds keep together.
    pub group: Option<String>,
}

/// Reads texts with a label each. Rows that cannot be read, or have no label, are reported to
/// `diagnose` and skipped; so are rows that say again what another one says. A text may have a row
/// for each of several targets; other texts of one id are told apart.
///
/// # Errors
/// When a source cannot be read, or the rows do not fit together.
pub fn read_table(
    sources: &[Source],
    fields: &LabelFields,
    mut intake: IntakeOptions,
    mut diagnose: impl FnMut(Diagnostic),
) -> Result<LabelledTable, DataSetError> {
    let LabelFields { label: label_field, target, group } = fields;
    intake.fields.kept = [Some(label_field), target.as_ref(), group.as_ref()]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    each_record(sources, &intake, &mut diagnose, |article, kept, place| {
        let mut kept = kept.into_iter();
        let label = match spelling::label(&kept.next().flatten().unwrap_or_default()) {
            CellLabel::One(label) => label,
            CellLabel::None => {
                let field = label_field.clone();
                return Some(Diagnostic::LabelMissing { id: article.id, place, field });
            }
            CellLabel::Several(labels) => {
                return Some(Diagnostic::SeveralLabels { id: article.id, place, labels });
            }
        };
        let next = |kept: &mut std::vec::IntoIter<Option<String>>| match spelling::label(
            &kept.next().flatten()?,
        ) {
            CellLabel::One(name) => Some(name),
            CellLabel::None | CellLabel::Several(_) => None,
        };
        places.push(place);
        rows.push(TableRow {
            text: article.full_text(),
            id: article.id,
            label,
            target: target.as_ref().and_then(|_| next(&mut kept)),
            group: group.as_ref().and_then(|_| kept.next().flatten()),
        });
        None
    })?;
    for (label, other) in spelling::join(rows.iter_mut().map(|row| &mut row.label)) {
        diagnose(Diagnostic::LabelsAlike { label, other, is_joined: true });
    }
    spelling::join(rows.iter_mut().filter_map(|row| row.target.as_mut()));
    let (rows, named) = one_by_one(rows, places, &mut diagnose);
    let table = LabelledTable { places: named, ..LabelledTable::from_rows(&rows)? };
    let classes = table.questions.first().map(|question| question.classes.as_slice());
    for (label, other) in spelling::near(classes.unwrap_or_default()) {
        diagnose(Diagnostic::LabelsAlike { label, other, is_joined: false });
    }
    Ok(table)
}

/// The rows without those that another one says, too, or otherwise; ids that several texts have are
/// made distinct. Rows that are known by their place only are left as they are. With the rows comes
/// what a spreadsheet calls them.
fn one_by_one(
    mut rows: Vec<TableRow>,
    places: Vec<String>,
    diagnose: &mut impl FnMut(Diagnostic),
) -> (Vec<TableRow>, BTreeMap<String, String>) {
    let mut ids = RowIds::default();
    // By id and text: the id that it has now.
    let mut articles: BTreeMap<(String, [u8; 32]), String> = BTreeMap::new();
    for row in &mut rows {
        let text = *blake3::hash(row.text.as_bytes()).as_bytes();
        let known = articles.entry((row.id.clone(), text));
        row.id.clone_from(known.or_insert_with(|| ids.distinct(&row.id)));
    }
    let mut labels: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        labels.entry((row.id.clone(), row.target.clone())).or_default().push(at);
    }
    let mut is_left_out = vec![false; rows.len()];
    for same in labels.values().filter(|same| same.len() > 1) {
        let first = same[0];
        let is_contradicted = same.iter().any(|&at| rows[at].label != rows[first].label);
        for &at in &same[usize::from(!is_contradicted)..] {
            let reason = if is_contradicted {
                "another row gives the same text another label".to_owned()
            } else {
                format!("the text and the label of {}, again", row(&rows[first].id, &places[first]))
            };
            is_left_out[at] = true;
            let (id, place) = (rows[at].id.clone(), places[at].clone());
            diagnose(Diagnostic::LabelLeftOut { id, place, reason });
        }
    }
    let mut named = BTreeMap::new();
    let mut kept = Vec::with_capacity(rows.len());
    for ((row, place), is_left_out) in rows.into_iter().zip(places).zip(is_left_out) {
        if !is_left_out {
            note_row(&mut named, &row.id, place);
            kept.push(row);
        }
    }
    ids.told().into_iter().for_each(diagnose);
    (kept, named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str, target: Option<&str>) -> (Vec<String>, Vec<String>) {
        let sources = [Source::from_reader("t.csv", std::io::Cursor::new(table.to_owned()))];
        let target = target.map(str::to_owned);
        let fields = LabelFields { label: "label".to_owned(), target, group: None };
        let mut told = Vec::new();
        let read = read_table(&sources, &fields, IntakeOptions::default(), |diagnostic| {
            told.push(diagnostic.to_string());
        });
        let table = read.unwrap();
        let of = |row: &crate::labels::table::LabelledText| {
            format!("{} {} {}", row.id, table.questions[row.question].name, row.class)
        };
        (table.rows.iter().map(of).collect(), told)
    }

    #[test]
    fn a_text_has_a_row_for_each_target_and_texts_of_one_id_are_told_apart() {
        let table = "id,text,label,about\n7,نص أول,a,x\n7,نص أول,b,Y\n7,نص ثان,a,X\n8,نص,b,y\n\
                     8,نص,b,y\n9,نص,a,y\n9,نص,b,y\n";
        let (rows, told) = read(table, Some("about"));
        assert_eq!(rows, ["7 x 0", "7 y 1", "7#2 x 0", "8 y 1"], "{told:?}");
        for (told, says) in told.iter().zip([
            "8 in t.csv:6: the text and the label of 8 in t.csv:5, again",
            "9 in t.csv:7: another row gives the same text another label",
            "9 in t.csv:8: another row gives the same text another label",
            "1 row has an id that another text has, too",
        ]) {
            assert!(told.contains(says), "{told}");
        }
    }

    #[test]
    fn rows_without_a_label_are_reported_and_skipped() {
        let table = "id,text,label,about\n1,نص,a,x\n2,نص,,x\n3,نص,b,x\n4,,b,x\n";
        let sources = [Source::from_reader("t.csv", table.as_bytes())];
        let fields = LabelFields {
            label: "label".to_owned(),
            target: Some("about".to_owned()),
            group: None,
        };
        let mut diagnostics = Vec::new();
        let read = read_table(&sources, &fields, IntakeOptions::default(), |diagnostic| {
            diagnostics.push(diagnostic);
        });
        assert_eq!(read.unwrap().rows.len(), 2);
        assert!(
            matches!(
                &diagnostics[..],
                [Diagnostic::LabelMissing { .. }, Diagnostic::ArticleFailed { .. }]
            ),
            "{diagnostics:?}"
        );
    }
}
