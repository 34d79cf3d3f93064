//! Columns of Arrow → articles, and scores → columns.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use pyo3::prelude::*;

use crate::camp::Camps;
use crate::intake::records::columns;
use crate::intake::{Fields, IntakeError, RawArticle};
use crate::record::{ScoreRecord, parquet};

/// The articles in the rows of a batch, and what is wrong with a text that is none.
pub(super) fn articles(
    batch: &RecordBatch,
    first: usize,
    fields: Fields,
) -> Result<(Vec<RawArticle>, Vec<Option<String>>), IntakeError> {
    columns::articles(batch, first, fields)
}

/// The columns of the text and the id, where they are named, and those that are kept.
pub(super) fn fields(text: Option<String>, id: Option<String>, kept: &[String]) -> Fields {
    let mut fields = Fields::new().with_kept(kept.iter().map(String::as_str));
    (fields.text, fields.id) = (text, id);
    fields
}

/// The columns of scores: those of the program's Parquet tables.
pub(super) fn schema(camps: &Camps, kept: &[String], sentences: bool) -> Schema {
    parquet::schema(camps, kept, sentences)
}

/// The scores as columns.
pub(super) fn batch(schema: Schema, records: &[ScoreRecord]) -> Result<RecordBatch, ArrowError> {
    parquet::batch(schema, records)
}

/// The columns that hold the parts of an article, by part; the texts and ids that are named are
/// among them.
#[pyfunction]
pub(super) fn article_columns(
    columns: Vec<String>,
    text: Option<String>,
    id: Option<String>,
) -> BTreeMap<&'static str, String> {
    let named = [("text", text.clone()), ("id", id.clone())];
    let mut fields = fields(text, id, &[]);
    let guessed = fields.guess(&columns).into_iter().map(|guess| (guess.field, guess.name));
    named.into_iter().filter_map(|(part, name)| Some((part, name?))).chain(guessed).collect()
}
