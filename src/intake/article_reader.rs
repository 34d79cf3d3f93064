//! The articles of one file.

use std::fmt;
use std::io::Read;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use encoding_rs::UTF_8;

use super::bytes::{Bytes, Transcoded, decompressed, transcoded};
use super::date::DateOrder;
use super::encoding;
use super::intake_article::{IntakeArticle, UnreadableArticle};
use super::raw_article::{RawArticle, RawContent, SourceInfo, read_file};
#[cfg(feature = "parquet")]
use super::records::parquet::{ChunkReader, ParquetReader};
#[cfg(feature = "office")]
use super::records::workbook::{self, WorkbookReader};
use super::records::{JsonLinesReader, TableReader, is_table};
use super::{Format, GuessedField, IntakeError, IntakeOptions, SourceNotice};

/// Reads the articles of one file: a text, a web page, JSON lines, or a table.
///
/// It is an iterator of [`IntakeArticle`]s. An article that cannot be read is an error in its
/// place; the next one follows.
///
/// To decode on several threads, take each article undecoded ([`Self::next_raw`]) and call
/// [`RawArticle::finish`] on any thread.
///
/// ```
/// use mizan::{ArticleReader, IntakeOptions};
///
/// let dump = "{\"id\": \"a-1\", \"body\": \"عقد المجلس جلسة في سرت\"}\n";
/// let mut reader = ArticleReader::new("dump.jsonl", dump.as_bytes(), &IntakeOptions::new())?;
/// let read = reader.next().expect("one line")?;
/// assert_eq!((read.article.id.as_str(), read.notes.encoding), ("a-1", "UTF-8"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ArticleReader<'a> {
    source: Arc<SourceInfo>,
    records: Records<'a>,
    notice: Option<SourceNotice>,
}

impl fmt::Debug for ArticleReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArticleReader")
            .field("name", &self.source.name)
            .field("format", &self.source.format)
            .finish_non_exhaustive()
    }
}

enum Records<'a> {
    File(Bytes<'a>),
    Json(Box<JsonLinesReader<Bytes<'a>>>),
    Table(Box<TableReader<Bytes<'a>>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetReader>),
    #[cfg(feature = "office")]
    Workbook(Box<WorkbookReader>),
    End,
}

impl<'a> ArticleReader<'a> {
    /// Opens a stream of bytes, compressed with gzip or zstd or not. The extension of `name` gives
    /// the format; `name` is also the id of an article that has none of its own.
    ///
    /// # Errors
    /// If nothing of the file can be read: a reader error, a table without a text column, or a
    /// format that this build does not support. An error of one article comes in its place.
    pub fn new(
        name: &str,
        reader: impl Read + Send + 'a,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        #[cfg_attr(not(feature = "office"), expect(unused_mut))]
        let mut named = options.format.or_else(|| Format::from_name(name));
        let mut reader = decompressed(reader)?;
        #[cfg(feature = "office")]
        if workbook::may_be(reader.fill_buf()?, named) {
            match workbook::open(name, reader, named, options)? {
                workbook::Opened::Workbook(rows) => {
                    return Ok(Self::of_workbook(name, rows, options));
                }
                workbook::Opened::Other(bytes) => reader = bytes,
            }
            // What is called a workbook and is text, is a table of text.
            named = named.map(|named| if named == Format::Workbook { Format::Csv } else { named });
        }
        let format = match named {
            Some(format) => format,
            None => Format::sniff(reader.fill_buf()?),
        };
        format.check_supported()?;
        let is_table = format == Format::Text
            && options.format.is_none()
            && begins_as_table(reader.fill_buf()?, options);
        let format = if is_table { Format::Csv } else { format };
        let with_records = |format, encoding, of_records, records| {
            let source = SourceInfo {
                name: name.to_owned(),
                format,
                encoding,
                of_records,
                strict: options.strict,
                date_order: options.date_order,
            };
            Self { source: Arc::new(source), records, notice: None }
        };
        match format {
            Format::Parquet => return Err(IntakeError::ParquetStream),
            Format::Text | Format::Html => {
                return Ok(with_records(format, options.encoding, None, Records::File(reader)));
            }
            Format::Jsonl | Format::Csv | Format::Tsv | Format::Workbook => {}
        }
        let Transcoded { bytes, encoding, of_records } = transcoded(reader, options.encoding)?;
        let fields = options.fields.clone();
        if format == Format::Jsonl {
            let records = Records::Json(Box::new(JsonLinesReader::new(name, bytes, fields)));
            return Ok(with_records(format, Some(encoding), of_records, records));
        }
        let delimiter = (format == Format::Tsv).then_some(b'\t');
        let table = TableReader::new(name, bytes, delimiter, of_records, fields)?;
        let notice = is_table.then(|| SourceNotice::Table { delimiter: table.delimiter() });
        let records = Records::Table(Box::new(table));
        Ok(Self { notice, ..with_records(format, Some(encoding), of_records, records) })
    }

    /// Opens a Parquet file, which needs random access. Only the columns of [`IntakeOptions`] are
    /// read. `key=value` folders in `name`, as partitioned tables have them, are columns too.
    ///
    /// # Errors
    /// As [`Self::new`].
    #[cfg(feature = "parquet")]
    pub fn from_parquet(
        name: &str,
        file: impl ChunkReader + 'static,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let rows = ParquetReader::new(name, file, options.fields.clone())?;
        let source = SourceInfo {
            name: name.to_owned(),
            format: Format::Parquet,
            encoding: Some(UTF_8),
            of_records: None,
            strict: options.strict,
            date_order: options.date_order,
        };
        let records = Records::Parquet(Box::new(rows));
        Ok(Self { source: Arc::new(source), records, notice: None })
    }

    #[cfg(feature = "office")]
    fn of_workbook(name: &str, rows: WorkbookReader, options: &IntakeOptions) -> Self {
        let source = SourceInfo {
            name: name.to_owned(),
            format: Format::Workbook,
            encoding: None,
            of_records: None,
            strict: false,
            date_order: options.date_order,
        };
        let records = Records::Workbook(Box::new(rows));
        Self { source: Arc::new(source), records, notice: None }
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        self.source.format
    }

    /// Whether it is of records that say their dates.
    pub(crate) fn has_records(&self) -> bool {
        !matches!(self.records, Records::File(_) | Records::End)
    }

    /// Sets how dates such as 6/4/2019 are read.
    pub(crate) fn set_date_order(&mut self, order: Option<DateOrder>) {
        Arc::make_mut(&mut self.source).date_order = order;
    }

    /// The fields that were guessed. For JSON lines they are known after the first record.
    pub fn guessed(&self) -> &[GuessedField] {
        match &self.records {
            Records::Json(records) => records.guessed(),
            Records::Table(records) => records.guessed(),
            #[cfg(feature = "parquet")]
            Records::Parquet(records) => records.guessed(),
            #[cfg(feature = "office")]
            Records::Workbook(records) => records.guessed(),
            Records::File(_) | Records::End => &[],
        }
    }

    /// Fields of the options that the first record of a JSONL file lacks; a later record may have
    /// them.
    pub fn absent(&self) -> &[String] {
        if let Records::Json(records) = &self.records { records.absent() } else { &[] }
    }

    /// What was found in the file and decided without asking, since it was asked last.
    pub fn take_notice(&mut self) -> Option<SourceNotice> {
        let own = self.notice.take();
        own.or_else(|| match &mut self.records {
            Records::Table(records) => records.take_notice(),
            #[cfg(feature = "office")]
            Records::Workbook(records) => records.take_notice(),
            _ => None,
        })
    }

    /// The next article, undecoded; `None` at the end. [`RawArticle::finish`] reports its errors.
    pub fn next_raw(&mut self) -> Option<RawArticle> {
        let record = match &mut self.records {
            Records::End => return None,
            Records::File(_) => Ok(None),
            Records::Json(records) => records.next_record(),
            Records::Table(records) => records.next_record(),
            #[cfg(feature = "parquet")]
            Records::Parquet(records) => records.next_record(),
            #[cfg(feature = "office")]
            Records::Workbook(records) => Ok(records.next_record()),
        };
        let content = match record {
            Ok(Some(record)) => RawContent::Record(record),
            Ok(None) => match std::mem::replace(&mut self.records, Records::End) {
                Records::File(reader) => match read_file(reader, self.source.format) {
                    Ok(bytes) => RawContent::File(bytes),
                    Err(error) => RawContent::Failed(error),
                },
                // The records are at their end; they keep what is known of their fields.
                records => {
                    self.records = records;
                    return None;
                }
            },
            Err(error) => {
                self.records = Records::End;
                RawContent::Failed(error.into())
            }
        };
        Some(RawArticle { content, source: Arc::clone(&self.source) })
    }
}

/// Whether a text begins with the header of a table whose columns are known. Excel calls such a
/// table "Unicode Text" and names it `.txt`.
fn begins_as_table(start: &[u8], options: &IntakeOptions) -> bool {
    let encoding = options.encoding.unwrap_or_else(|| encoding::detect(start, None));
    is_table(encoding.decode(start).0.as_bytes(), &options.fields)
}

impl Iterator for ArticleReader<'_> {
    type Item = Result<IntakeArticle, UnreadableArticle>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_raw().map(RawArticle::finish)
    }
}
