//! Reads score records from comma-separated values.

use std::sync::Arc;

use super::WORD_SEPARATOR;
use super::columns::{CampColumn, Column, KEPT_PREFIX};
use super::formula::without_guard;
use crate::camp::StanceProbabilities;
use crate::record::object::missing;
use crate::record::{
    CampScores, RecordProblem, ScoreRecord, ScoredSentence, ScoredWord, Scores, stance_from_word,
};

/// Where the columns of a table stand, which may have others and another order.
#[derive(Debug)]
pub(in crate::record) struct TableColumns {
    camps: [Arc<str>; 2],
    kept: Vec<String>,
    columns: Vec<(Column, usize)>,
}

impl TableColumns {
    /// The positions in the header of a table; `None` if it is not one of score records.
    pub(in crate::record) fn from_header(header: &csv::StringRecord) -> Option<Self> {
        let is_kept = |name: &&str| name.starts_with(KEPT_PREFIX);
        let camps: Vec<Arc<str>> = header
            .iter()
            .filter(|name| !is_kept(name))
            .filter_map(|name| name.strip_suffix("_score").map(Arc::from))
            .collect();
        let camps: [Arc<str>; 2] = camps.try_into().ok()?;
        let kept: Vec<String> = header
            .iter()
            .filter_map(|name| Some(name.strip_prefix(KEPT_PREFIX)?.to_owned()))
            .collect();
        let ids = camps.each_ref().map(|id| &**id);
        let position = |column: Column| {
            let name = column.name(ids, &kept);
            Some((column, header.iter().position(|found| found == name)?))
        };
        let columns: Vec<_> = Column::all(kept.len()).filter_map(position).collect();
        let has = |column| columns.iter().any(|(found, _)| *found == column);
        (has(Column::Id) && has(Column::Lean) && has(Column::Unrelated)).then_some(Self {
            camps,
            kept,
            columns,
        })
    }

    /// The text in a column of a row, if the cell holds any.
    fn cell(&self, row: &csv::StringRecord, column: Column) -> Option<String> {
        let (_, at) = self.columns.iter().find(|(found, _)| *found == column)?;
        row.get(*at).filter(|cell| !cell.trim().is_empty()).map(without_guard)
    }

    fn number(&self, row: &csv::StringRecord, column: Column) -> Option<f64> {
        let cell = self.cell(row, column)?;
        // Spreadsheets of some countries write 0,5 for 0.5.
        let cell = cell.trim();
        cell.parse().ok().or_else(|| cell.replace(',', ".").parse().ok())
    }

    fn required(&self, row: &csv::StringRecord, column: Column) -> Result<f64, RecordProblem> {
        self.number(row, column).ok_or_else(|| {
            let ids = self.camps.each_ref().map(|id| &**id);
            missing(&column.name(ids, &self.kept))
        })
    }

    /// The record of a row, checked.
    pub(in crate::record) fn record(
        &self,
        row: &csv::StringRecord,
    ) -> Result<ScoreRecord, RecordProblem> {
        let cell = |column| self.cell(row, column);
        let id = cell(Column::Id).ok_or(RecordProblem::NotScores(String::new()))?;
        let scores = match cell(Column::Error) {
            Some(message) => Err(message),
            None => Ok(self.scores(row)?),
        };
        let kept = self.kept.iter().enumerate();
        Ok(ScoreRecord {
            id,
            outlet: cell(Column::Outlet),
            date: cell(Column::Date),
            event: cell(Column::Event),
            kept: kept.map(|(at, name)| (name.clone(), cell(Column::Kept(at)))).collect(),
            scores,
            model: cell(Column::Model).map(Arc::from),
            version: cell(Column::Version).map(Arc::from),
            reading: None,
        })
    }

    fn scores(&self, row: &csv::StringRecord) -> Result<Scores, RecordProblem> {
        Scores {
            camps: [self.camp(row, 0)?, self.camp(row, 1)?],
            lean: self.required(row, Column::Lean)?,
            unrelated: self.required(row, Column::Unrelated)?,
            known: None,
            sentences: Vec::new(),
        }
        .check()
    }

    fn camp(&self, row: &csv::StringRecord, camp: usize) -> Result<CampScores, RecordProblem> {
        let of_camp = |column| Column::Camp(camp, column);
        let cell = |column| self.cell(row, of_camp(column));
        let probability = |column| self.number(row, of_camp(column));
        let id = &self.camps[camp];
        let stance = cell(CampColumn::Stance).unwrap_or_default();
        let probabilities = [CampColumn::Favor, CampColumn::Neutral, CampColumn::Against];
        let probabilities = match probabilities.map(probability) {
            [Some(favor), Some(neutral), Some(against)] => {
                Some(StanceProbabilities { favor, neutral, against })
            }
            _ => None,
        };
        let words = cell(CampColumn::Words).unwrap_or_default();
        let words = words.split(WORD_SEPARATOR).filter(|word| !word.is_empty());
        Ok(CampScores {
            camp: Arc::clone(id),
            stance: stance_from_word(id, &stance)?,
            score: self.required(row, of_camp(CampColumn::Score))?,
            probabilities,
            words: words.map(|word| ScoredWord { word: word.to_owned(), weight: None }).collect(),
            evidence: self.cell(row, Column::Evidence(camp)).into_iter().map(sentence).collect(),
            guess: None,
            abstention: cell(CampColumn::Doubt),
        })
    }
}

/// A sentence of which a table tells no more than its words.
fn sentence(text: String) -> ScoredSentence {
    ScoredSentence { text, span: None, stance: None, probability: None }
}
