//! The rows of a batch of Arrow columns. They are read as those of a Parquet table are.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_schema::{ArrowError, DataType};
use encoding_rs::UTF_8;

use super::RawRecord;
use super::parquet::value;
use super::tables::TableSchema;
use crate::article::quoted::quoted;
use crate::intake::raw_article::{RawContent, SourceInfo};
use crate::intake::{Fields, Format, IntakeError, IntakeOptions, RawArticle};

/// One article per row, and what is wrong with the cell of its text if that is no text; `first` is
/// the number of the first row, from 0. Without a column of ids, rows are called by their numbers;
/// a row without an id in one is called `row N`, which is no id of another.
///
/// # Errors
/// If no column holds the text, or a named column is missing.
pub(crate) fn articles(
    batch: &RecordBatch,
    first: usize,
    fields: Fields,
) -> Result<(Vec<RawArticle>, Vec<Option<String>>), IntakeError> {
    let schema = batch.schema();
    let header = schema.fields().iter().map(|field| field.name().clone()).collect();
    let table = TableSchema::new(fields, header)?;
    let named = table.fields.named();
    let is_wanted: Vec<bool> =
        table.header.iter().map(|column| named.contains(&column.as_str())).collect();
    let text = table.fields.text.as_ref().and_then(|name| batch.column_by_name(name));
    // A column of nothing else, and one of runs, have no nulls of their own.
    let nulls = text.and_then(Array::logical_nulls);
    let complaint = |row: usize| {
        let (column, name) = (text?, table.fields.text.as_ref()?);
        let place = first + row;
        if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            let cure = "leave it out, or give its text";
            return Some(format!("row {place} of {} is missing (null): {cure}", quoted(name)));
        }
        let data_type = column.data_type();
        (!is_text(data_type)).then(|| {
            let name = quoted(name);
            format!("row {place} of {name} is no text but of type {data_type}: give strings")
        })
    };
    let complaints = (0..batch.num_rows()).map(complaint).collect();
    let has_ids = table.fields.id.is_some();
    let table = Arc::new(table);
    let source = Arc::new(SourceInfo {
        encoding: Some(UTF_8),
        ..SourceInfo::new("", Format::Arrow, &IntakeOptions::new())
    });
    let columns = batch.columns().iter().map(as_in_parquet);
    let columns: Vec<ArrayRef> = columns
        .collect::<Result<_, _>>()
        .map_err(|error| IntakeError::Damaged(error.to_string().into()))?;
    let article = |row: usize| {
        let cells = columns
            .iter()
            .zip(&is_wanted)
            .map(|(column, is_wanted)| if *is_wanted { value(column, row) } else { Ok(None) });
        let values = cells.collect::<Result<_, _>>().map_err(IntakeError::from)?;
        let number = first + row;
        let place = if has_ids { format!("row {number}") } else { number.to_string() };
        let record = RawRecord::from_values(place, values, Arc::clone(&table));
        Ok(RawArticle { content: RawContent::Record(record), source: Arc::clone(&source) })
    };
    let articles = (0..batch.num_rows()).map(article).collect::<Result<_, IntakeError>>()?;
    Ok((articles, complaints))
}

/// A column as those of Parquet tables are: times in UTC, as names of zones would take a database,
/// and bytes in views; any other as it is.
fn as_in_parquet(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match column.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            let utc = DataType::Timestamp(*unit, Some("+00:00".into()));
            Ok(make_array(column.to_data().into_builder().data_type(utc).build()?))
        }
        DataType::Binary | DataType::LargeBinary => arrow_cast::cast(column, &DataType::BinaryView),
        _ => Ok(Arc::clone(column)),
    }
}

/// Whether values of a type are texts.
fn is_text(data_type: &DataType) -> bool {
    match data_type {
        // Bytes in them would be written as hexadecimal numbers.
        DataType::Dictionary(_, values) => values.is_string(),
        DataType::RunEndEncoded(_, values) => values.data_type().is_string(),
        other => other.is_string() || other.is_binary(),
    }
}
