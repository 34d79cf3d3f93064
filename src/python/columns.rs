//! Columns of Arrow → articles, and scores → columns.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};

use crate::camp::Camps;
use crate::intake::records::columns;
use crate::intake::{Fields, IntakeError, RawArticle};
use crate::record::{ScoreRecord, parquet};

/// The articles in the rows of a batch.
pub(super) fn articles(
    batch: &RecordBatch,
    first: usize,
    fields: Fields,
) -> Result<Vec<RawArticle>, IntakeError> {
    columns::articles(batch, first, fields)
}

/// The columns of scores: those of the program's Parquet tables.
pub(super) fn schema(camps: &Camps, kept: &[String], sentences: bool) -> Schema {
    parquet::schema(camps, kept, sentences)
}

/// The scores as columns.
pub(super) fn batch(schema: Schema, records: &[ScoreRecord]) -> Result<RecordBatch, ArrowError> {
    parquet::batch(schema, records)
}
