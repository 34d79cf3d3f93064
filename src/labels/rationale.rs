//! Rationales (`rationales.csv`): the sentences that decide a label, and the expressions in them.

use std::collections::BTreeMap;

use super::SourceText;
use super::csv_rows::csv_rows;
use super::problem::{ProblemKind, Problems};
use crate::camp::{Camps, Stance};

/// What parts the expressions of a row.
const BETWEEN_EXPRESSIONS: char = '|';

/// A sentence that decides the stance toward a camp, marked by one annotator: a row of
/// `rationales.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rationale {
    /// Id of the article.
    pub article: String,
    /// Name of the annotator.
    pub annotator: String,
    /// Number of the camp.
    pub camp: usize,
    /// The side that the sentence takes: favor or against.
    pub stance: Stance,
    /// The sentence, a part of the title or the text.
    pub sentence: String,
    /// The shortest expressions that take it, each a part of the sentence.
    pub expressions: Vec<String>,
    /// Line in the file, from 1.
    pub line: usize,
}

/// Reads `rationales.csv`; invalid rows are skipped and added to `problems`.
pub(super) fn read(file: &SourceText, camps: &Camps, problems: &mut Problems) -> Vec<Rationale> {
    let expected = ["article", "annotator", "camp", "stance", "sentence", "expressions"];
    let mut rationales = Vec::new();
    for (line, record) in csv_rows(file, expected, problems) {
        match row(&record, camps, line) {
            Ok(rationale) => rationales.push(rationale),
            Err(kind) => problems.add(file, line, kind),
        }
    }
    rationales
}

fn row(record: &csv::StringRecord, camps: &Camps, line: usize) -> Result<Rationale, ProblemKind> {
    for (column, name) in [(0, "article"), (1, "annotator"), (4, "sentence")] {
        if record[column].is_empty() {
            return Err(ProblemKind::EmptyCell(name.to_owned()));
        }
    }
    let camp = camps
        .ids()
        .iter()
        .position(|id| *id == &record[2])
        .ok_or_else(|| ProblemKind::UnknownCamp(record[2].to_owned()))?;
    let stance = Stance::from_word(&record[3])
        .filter(|stance| matches!(stance, Stance::Favor | Stance::Against))
        .ok_or_else(|| ProblemKind::NoSide(record[3].to_owned()))?;
    let expressions = record[5].split(BETWEEN_EXPRESSIONS).map(str::trim);
    Ok(Rationale {
        article: record[0].to_owned(),
        annotator: record[1].to_owned(),
        camp,
        stance,
        sentence: record[4].to_owned(),
        expressions: expressions.filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        line,
    })
}

/// Adds to `problems` what no longer stands in the texts, which are given by their ids.
pub(super) fn check(
    rationales: &[Rationale],
    texts: &BTreeMap<&str, String>,
    file: &SourceText,
    problems: &mut Problems,
) {
    for rationale in rationales {
        let Rationale { article, sentence, expressions, line, .. } = rationale;
        let Some(text) = texts.get(article.as_str()) else {
            problems.add(file, *line, ProblemKind::UnknownArticle(article.clone()));
            continue;
        };
        let mut missing = |part: &str, whole: &'static str| {
            let (part, article) = (part.to_owned(), article.clone());
            problems.add(file, *line, ProblemKind::NotInText { part, article, whole });
        };
        if !text.contains(sentence.as_str()) {
            missing(sentence, "text");
        }
        for expression in expressions.iter().filter(|part| !sentence.contains(part.as_str())) {
            missing(expression, "sentence");
        }
    }
}
