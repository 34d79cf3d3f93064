//! A labelled set → the articles and labels that files of exchange hold.

use std::collections::BTreeMap;

use super::{Exchanged, ExchangedMark, GivenLabel};
use crate::camp::Camps;
use crate::intake::boilerplate;
use crate::labels::LabelledFiles;
use crate::labels::problem::{LabelledSetError, Problem};

/// The camps of a set, and its articles, labelled or not, in the order of their ids.
///
/// # Errors
/// All that is wrong with its files: nothing of it may be lost unseen.
pub fn content(files: &LabelledFiles) -> Result<(Camps, Vec<Exchanged>), LabelledSetError> {
    let camps = Camps::from_toml(&files.camps.text).map_err(|error| LabelledSetError {
        problems: vec![Problem { file: files.camps.name.clone(), line: 0, kind: error.into() }],
    })?;
    let (there, mut problems) = files.filed_articles();
    let (annotations, wrong) = files.labels.annotations(&camps);
    problems.extend(wrong);
    let (rationales, wrong) =
        files.rationales.as_ref().map(|file| file.rationales(&camps)).unwrap_or_default();
    problems.extend(wrong);
    if !problems.is_empty() {
        return Err(LabelledSetError { problems });
    }
    let mut labels: BTreeMap<&str, Vec<GivenLabel>> = BTreeMap::new();
    for row in &annotations {
        labels.entry(&row.article).or_default().push(GivenLabel {
            annotator: Some(row.annotator.clone()),
            stances: row.stances.map(Some),
            date: row.date.clone(),
            note: row.note.clone(),
            marks: Vec::new(),
        });
    }
    for row in &rationales {
        let of = labels.entry(&row.article).or_default();
        let by = |label: &&mut GivenLabel| label.annotator.as_deref() == Some(&row.annotator);
        let mark = ExchangedMark {
            camp: row.camp,
            stance: row.stance,
            sentence: row.sentence.clone(),
            expressions: row.expressions.clone(),
        };
        match of.iter_mut().find(by) {
            Some(label) => label.marks.push(mark),
            // Marks without a label stay what they are.
            None => of.push(GivenLabel {
                annotator: Some(row.annotator.clone()),
                marks: vec![mark],
                ..GivenLabel::default()
            }),
        }
    }
    let articles = there.into_iter().map(|filed| {
        let mut article = filed.article;
        boilerplate::clean(&mut article);
        let labels = labels.remove(article.id.as_str()).unwrap_or_default();
        Exchanged { place: filed.file.name.clone(), article, is_own_id: true, labels }
    });
    let articles = articles.collect();
    Ok((camps, articles))
}
