//! Reader of Parquet tables. Only the named columns are read, page by page.
//!
//! Strings are read as bytes: invalid UTF-8 is counted and replaced in its record, as in every
//! other format. Arrow's own strings would refuse the whole batch of rows.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_json::LineDelimitedWriter;
use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::basic::{ConvertedType, LogicalType, Type as PhysicalType};
use parquet::errors::ParquetError;
pub use parquet::errors::Result;
pub use parquet::file::reader::{ChunkReader, Length};
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};
use percent_encoding::percent_decode_str;

use super::RawRecord;
use super::tables::TableSchema;
use crate::intake::IntakeError;
use crate::intake::fields::{FieldNotes, Fields};

/// Bytes of the rows of a batch, if rows have similar lengths.
const BATCH_BYTES: usize = 1 << 20;

/// Most rows of a batch.
const MAX_BATCH: usize = 1_024;

/// How a partitioned table writes a missing value (Hive's
/// `hive.exec.default.partition.name`).
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// Reads one record per row.
pub(in crate::intake) struct ParquetReader {
    name: String,
    table: Arc<TableSchema>,
    /// The source of the values of each column of the header.
    columns: Vec<Column>,
    batches: Batches,
    /// The current batch, and how many of its rows were returned.
    batch: Option<RecordBatch>,
    returned: usize,
    row: usize,
}

enum Column {
    /// Position among the columns that are read.
    Read(usize),
    /// One value for all rows, from the name of a folder.
    Partition(Option<Vec<u8>>),
    /// Not read.
    Pruned,
}

impl ParquetReader {
    pub(in crate::intake) fn new(
        name: &str,
        file: impl ChunkReader + 'static,
        fields: Fields,
    ) -> std::result::Result<Self, IntakeError> {
        let metadata = guarded(|| bytes_for_strings(&file))?;
        let schema = metadata.parquet_schema();
        let columns: Vec<String> =
            schema.root_schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
        let partitions: Vec<(String, Option<String>)> = partitions(name)
            .filter(|(column, _)| !columns.iter().any(|other| other == column))
            .collect();
        let header =
            columns.iter().chain(partitions.iter().map(|(column, _)| column)).cloned().collect();
        let table = TableSchema::with_usual(fields, header)?;

        let named = table.fields.named();
        let is_wanted = |column: &String| named.contains(&column.as_str());
        let wanted: Vec<usize> = (0..columns.len()).filter(|&at| is_wanted(&columns[at])).collect();
        let read =
            |at| wanted.iter().position(|&other| other == at).map_or(Column::Pruned, Column::Read);
        let of_partition =
            |(_, value): (String, Option<String>)| Column::Partition(value.map(String::into_bytes));
        let of_header =
            (0..columns.len()).map(read).chain(partitions.into_iter().map(of_partition)).collect();

        let mask = ProjectionMask::roots(schema, wanted.iter().copied());
        let together = (BATCH_BYTES / row_bytes(&metadata, &mask).max(1)).clamp(1, MAX_BATCH);
        let rows = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
            .with_projection(mask)
            .with_batch_size(together);
        let batches = Batches(Some(guarded(|| rows.build())?));
        Ok(Self {
            name: name.to_owned(),
            table: Arc::new(table),
            columns: of_header,
            batches,
            batch: None,
            returned: 0,
            row: 0,
        })
    }

    /// What there is to tell of the columns.
    pub(in crate::intake) fn notes(&self) -> &FieldNotes {
        &self.table.notes
    }

    /// The next row.
    pub(in crate::intake) fn next_record(&mut self) -> io::Result<Option<RawRecord>> {
        loop {
            if let Some(batch) =
                self.batch.as_ref().filter(|batch| self.returned < batch.num_rows())
            {
                let values = self.columns.iter().map(|column| match column {
                    Column::Read(at) => value(batch.column(*at), self.returned),
                    Column::Partition(value) => Ok(value.clone()),
                    Column::Pruned => Ok(None),
                });
                let values = values.collect::<io::Result<_>>()?;
                self.returned += 1;
                self.row += 1;
                return Ok(Some(RawRecord::from_values(
                    format!("{}:{}", self.name, self.row),
                    values,
                    Arc::clone(&self.table),
                )));
            }
            self.returned = 0;
            self.batch = self.batches.next().transpose()?;
            if self.batch.is_none() {
                return Ok(None);
            }
        }
    }
}

/// The batches of a file, up to the first error.
struct Batches(Option<ParquetRecordBatchReader>);

impl Iterator for Batches {
    type Item = io::Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batches = self.0.as_mut()?;
        let batch = guarded(|| batches.next().transpose().map_err(ParquetError::from)).transpose();
        if !matches!(batch, Some(Ok(_))) {
            self.0 = None;
        }
        batch
    }
}

/// The result of `read`. The parquet library is known to panic at damaged files; that is an error,
/// too.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> io::Result<T> {
    let damaged = |error: String| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("it is no Parquet file, or damaged: {error}"),
        )
    };
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| damaged("nothing can be made of it".to_owned()))?
        .map_err(|error| match error {
            ParquetError::External(error) => io::Error::other(error),
            error => damaged(error.to_string()),
        })
}

/// The metadata of a file, with bytes in place of strings.
fn bytes_for_strings(file: &impl ChunkReader) -> Result<ArrowReaderMetadata> {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let found = ArrowReaderMetadata::load(file, options.clone())?;
    let root = found.parquet_schema().root_schema();
    let fields = root.get_fields().iter().map(without_text).collect::<Result<_>>()?;
    let root = Type::group_type_builder(root.name()).with_fields(fields).build()?;
    let options = options.with_parquet_schema(Arc::new(SchemaDescriptor::new(Arc::new(root))));
    let found = ArrowReaderMetadata::load(file, options.clone())?;
    let fields = found.schema().fields().iter().map(|field| {
        let data_type = match field.data_type() {
            // Views share the bytes of a page: a value of many rows is not copied for each.
            DataType::Binary => DataType::BinaryView,
            // Parquet has only UTC; in this form it is written without a time zone database.
            DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some("+00:00".into())),
            other => other.clone(),
        };
        field.as_ref().clone().with_data_type(data_type)
    });
    let schema = Schema::new(fields.collect::<Vec<_>>());
    ArrowReaderMetadata::try_new(
        Arc::clone(found.metadata()),
        options.with_schema(Arc::new(schema)),
    )
}

/// A column of strings as a column of bytes; any other as it is.
fn without_text(column: &TypePtr) -> Result<TypePtr> {
    let info = column.get_basic_info();
    let is_text = column.is_primitive()
        && column.get_physical_type() == PhysicalType::BYTE_ARRAY
        && matches!(
            info.logical_type_ref(),
            None | Some(LogicalType::String | LogicalType::Json | LogicalType::Enum)
        )
        && matches!(
            info.converted_type(),
            ConvertedType::NONE | ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM
        );
    if !is_text {
        return Ok(Arc::clone(column));
    }
    let bytes = Type::primitive_type_builder(column.name(), PhysicalType::BYTE_ARRAY)
        .with_repetition(info.repetition());
    Ok(Arc::new(bytes.with_id(info.has_id().then(|| info.id())).build()?))
}

/// Average bytes of a row, in the row group where it is largest.
fn row_bytes(metadata: &ArrowReaderMetadata, mask: &ProjectionMask) -> usize {
    let groups = metadata.metadata().row_groups().iter().map(|group| {
        let columns =
            group.columns().iter().enumerate().filter(|(leaf, _)| mask.leaf_included(*leaf));
        let bytes: i64 = columns
            .map(|(_, column)| column.uncompressed_size().max(0))
            .fold(0, i64::saturating_add);
        usize::try_from(bytes / group.num_rows().max(1)).unwrap_or(usize::MAX)
    });
    groups.max().unwrap_or(0)
}

/// The columns in the folder names of a partitioned table: `outlet=x/part-0.parquet`. They are
/// percent-encoded.
fn partitions(name: &str) -> impl Iterator<Item = (String, Option<String>)> {
    let folders = name.rsplit_once('/').map_or("", |(folders, _)| folders);
    let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
    folders.split('/').filter_map(move |folder| {
        let (column, value) = folder.split_once('=')?;
        (!column.is_empty()).then(|| (decoded(column), (value != NO_VALUE).then(|| decoded(value))))
    })
}

/// The value in one row: bytes and strings as they are, anything else as text.
pub(super) fn value(column: &ArrayRef, row: usize) -> io::Result<Option<Vec<u8>>> {
    if column.is_null(row) {
        return Ok(None);
    }
    if let Some(bytes) = column.as_binary_view_opt() {
        return Ok(Some(bytes.value(row).to_vec()));
    }
    if let Some(text) = column.as_string_view_opt() {
        return Ok(Some(text.value(row).as_bytes().to_vec()));
    }
    if let Some(text) = column.as_string_opt::<i64>() {
        return Ok(Some(text.value(row).as_bytes().to_vec()));
    }
    if let Some(text) = column.as_string_opt::<i32>() {
        return Ok(Some(text.value(row).as_bytes().to_vec()));
    }
    let options = FormatOptions::default().with_display_error(true);
    let written = ArrayFormatter::try_new(column, &options)
        .and_then(|format| format.value(row).try_to_string());
    written.map(|text| Some(text.into_bytes())).map_err(io::Error::other)
}

/// The rows of a Parquet file as JSON lines; null values are left out.
///
/// # Errors
/// If it is not a Parquet file. Errors in its pages come as they are read.
pub fn json_lines(file: impl ChunkReader + 'static) -> io::Result<impl BufRead + Send> {
    let reader = guarded(|| {
        ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(MAX_BATCH).build()
    })?;
    Ok(BufReader::new(JsonLines { batches: Batches(Some(reader)), lines: Vec::new(), position: 0 }))
}

struct JsonLines {
    batches: Batches,
    lines: Vec<u8>,
    position: usize,
}

impl Read for JsonLines {
    fn read(&mut self, mut room: &mut [u8]) -> io::Result<usize> {
        while self.position == self.lines.len() {
            let Some(batch) = self.batches.next().transpose()? else { return Ok(0) };
            self.lines.clear();
            self.position = 0;
            LineDelimitedWriter::new(&mut self.lines).write(&batch).map_err(io::Error::other)?;
        }
        let n_bytes = room.write(&self.lines[self.position..])?;
        self.position += n_bytes;
        Ok(n_bytes)
    }
}
