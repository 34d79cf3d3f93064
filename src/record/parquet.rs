//! Parquet, for engines that query tables: the fields of the JSON lines ([`super::jsonl`]) under
//! the same names, with their types. What a line leaves out is null. The column `sentences` is
//! there where it was asked for.

use std::io::Write;
use std::sync::Arc;

use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
pub use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::ScoreRecord;

use crate::camp::Camps;

/// Records that are brought into columns together.
const BATCH: usize = 256;

/// Bytes of memory that columns may take before they are written as a row group.
const ROW_GROUP: usize = 16 << 20;

/// Writes records as the rows of a table.
pub struct RecordWriter<W: Write + Send> {
    columns: Decoder,
    table: ArrowWriter<W>,
}

impl<W: Write + Send> RecordWriter<W> {
    /// A table of verdicts on `camps`; `kept` are the names of the other fields that records keep,
    /// and `sentences` says whether they have all sentences.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(
        out: W,
        camps: &Camps,
        kept: &[String],
        sentences: bool,
    ) -> Result<Self, ParquetError> {
        let schema = Arc::new(schema(camps, kept, sentences));
        let columns = ReaderBuilder::new(Arc::clone(&schema))
            .with_batch_size(BATCH)
            .with_strict_mode(true)
            .build_decoder()?;
        let compression = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(compression).build();
        Ok(Self { columns, table: ArrowWriter::try_new(out, schema, Some(properties))? })
    }

    /// Adds one record.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, record: &ScoreRecord) -> Result<(), ParquetError> {
        self.columns.serialize(&[record])?;
        if self.columns.len() < BATCH {
            return Ok(());
        }
        self.write_batch()?;
        if self.table.memory_size() > ROW_GROUP {
            self.table.flush()?;
        }
        Ok(())
    }

    fn write_batch(&mut self) -> Result<(), ParquetError> {
        match self.columns.flush()? {
            Some(batch) => self.table.write(&batch),
            None => Ok(()),
        }
    }

    /// Writes what is left and the end of the file, without which nothing of it can be read; gives
    /// back what was written to.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> Result<W, ParquetError> {
        self.write_batch()?;
        self.table.into_inner()
    }
}

/// The columns of some records.
///
/// # Errors
/// When `schema` is not that of the records.
#[cfg(feature = "python")]
pub(crate) fn batch(
    schema: Schema,
    records: &[ScoreRecord],
) -> Result<arrow_array::RecordBatch, arrow_schema::ArrowError> {
    let schema = Arc::new(schema);
    let mut columns = ReaderBuilder::new(Arc::clone(&schema))
        .with_batch_size(records.len())
        .with_strict_mode(true)
        .build_decoder()?;
    columns.serialize(records)?;
    Ok(columns.flush()?.unwrap_or_else(|| arrow_array::RecordBatch::new_empty(schema)))
}

/// The fields of a line.
pub(crate) fn schema(camps: &Camps, kept: &[String], sentences: bool) -> Schema {
    let of_type = |data_type: DataType| move |name: &str| Field::new(name, data_type.clone(), true);
    let (text, number, count) =
        (of_type(DataType::Utf8), of_type(DataType::Float64), of_type(DataType::Int64));
    let group = |name: &str, fields: Vec<Field>| {
        Field::new(name, DataType::Struct(Fields::from(fields)), true)
    };

    let word = group("item", vec![text("word"), number("weight")]);
    let list =
        |name: &str, item: &Field| Field::new(name, DataType::List(Arc::new(item.clone())), true);
    let span = list("span", &Field::new("item", DataType::Int64, true));
    let sentence =
        group("item", vec![text("text"), span.clone(), text("stance"), number("probability")]);
    let camp = |id: &str| {
        let (evidence, words) = (list("evidence", &sentence), list("words", &word));
        let numbers = ["score", "favor", "neutral", "against"].map(&number);
        let fields = [text("stance")].into_iter().chain(numbers).chain([
            words,
            evidence,
            text("guess"),
            text("doubt"),
        ]);
        group(id, fields.collect())
    };
    let mut fields = ["id", "outlet", "date", "event"].map(&text).to_vec();
    if !kept.is_empty() {
        fields.push(group("kept", kept.iter().map(|name| text(name)).collect()));
    }
    fields.extend(camps.ids().map(camp));
    fields.extend(["lean", "unrelated", "known"].map(&number));
    if sentences {
        let judged = camps.ids().map(|camp| {
            let numbers = ["favor", "neutral", "against", "pull"].map(&number);
            group(camp, [text("stance")].into_iter().chain(numbers).collect())
        });
        let judged = [text("text"), span, number("reported")].into_iter().chain(judged);
        fields.push(list("sentences", &group("item", judged.collect())));
    }
    fields.push(text("error"));
    fields.extend(["model", "version"].map(&text));
    fields.push(group(
        "reading",
        vec![text("format"), text("encoding"), count("replaced"), count("removed"), text("mended")],
    ));
    Schema::new(fields)
}
