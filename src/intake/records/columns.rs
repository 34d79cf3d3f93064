//! The rows of a batch of Arrow columns. They are read as those of a Parquet table are.

use std::sync::Arc;

use arrow_array::RecordBatch;
use encoding_rs::UTF_8;

use super::RawRecord;
use super::parquet::value;
use super::tables::TableSchema;
use crate::intake::raw_article::{RawContent, SourceInfo};
use crate::intake::{Fields, Format, IntakeError, RawArticle};

/// One article per row; `first` is the number of the first row, from 0. A row without an id is
/// called by its number.
///
/// # Errors
/// If no column holds the text, or a named column is missing.
pub(crate) fn articles(
    batch: &RecordBatch,
    first: usize,
    fields: Fields,
) -> Result<Vec<RawArticle>, IntakeError> {
    let schema = batch.schema();
    let header = schema.fields().iter().map(|field| field.name().clone()).collect();
    let (table, _) = TableSchema::new(fields, header)?;
    let named = table.fields.named();
    let is_wanted: Vec<bool> =
        table.header.iter().map(|column| named.contains(&column.as_str())).collect();
    let table = Arc::new(table);
    let source = Arc::new(SourceInfo {
        name: String::new(),
        format: Format::Arrow,
        encoding: Some(UTF_8),
        of_records: None,
        declared: None,
        strict: false,
        date_order: None,
    });
    let article = |row: usize| {
        let cells = batch
            .columns()
            .iter()
            .zip(&is_wanted)
            .map(|(column, is_wanted)| if *is_wanted { value(column, row) } else { Ok(None) });
        let values = cells.collect::<Result<_, _>>().map_err(IntakeError::from)?;
        let place = (first + row).to_string();
        let record = RawRecord::from_values(place, values, Arc::clone(&table));
        Ok(RawArticle { content: RawContent::Record(record), source: Arc::clone(&source) })
    };
    (0..batch.num_rows()).map(article).collect()
}
