//! The articles of one file.

use std::fmt;
use std::io::Read;
#[cfg(feature = "archives")]
use std::io::Seek;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use encoding_rs::UTF_8;

use super::bytes::{Bytes, Transcoded, decompressed, transcoded};
#[cfg(feature = "archives")]
use super::collections::{self, Articles, Place};
use super::date::DateOrder;
use super::encoding;
use super::intake_article::{IntakeArticle, UnreadableArticle};
use super::kind::{self, Kind};
use super::passed_over::PassedOver;
use super::raw_article::{Item, RawArticle, RawContent, SourceInfo, read_file};
#[cfg(feature = "parquet")]
use super::records::parquet::{ChunkReader, ParquetReader};
#[cfg(feature = "office")]
use super::records::workbook::{self, WorkbookReader};
use super::records::{JsonLinesReader, TableReader, is_table};
use super::several::{FileOptions, Several, several};
use super::{Format, GuessedField, IntakeError, IntakeOptions, SourceNotice};

/// Reads the articles of one file: a text, a web page, JSON lines, a table, a feed, a crawl,
/// messages, an archive, or a Word file.
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
    passed_over: PassedOver,
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
    File(Bytes<'a>, Box<FileOptions>),
    /// The articles of a press database's export, and how many they are.
    Items(std::vec::IntoIter<Item>, usize),
    #[cfg(feature = "archives")]
    Many(Articles<'a>),
    Json(Box<JsonLinesReader<Bytes<'a>>>),
    Table(Box<TableReader<Bytes<'a>>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetReader>),
    #[cfg(feature = "office")]
    Workbook(Box<WorkbookReader>),
    End,
}

impl<'a> ArticleReader<'a> {
    /// Opens a stream of bytes, compressed with gzip or zstd or not. Its first bytes give the
    /// format where they are certain, else the extension of `name` does; `name` is also the id of
    /// an article that has none of its own.
    ///
    /// # Errors
    /// If nothing of the file can be read: a reader error, a table without a text column, or a
    /// format that this build does not support. An error of one article comes in its place.
    pub fn new(
        name: &str,
        reader: impl Read + Send + 'a,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        Self::at_depth(name, reader, options, 0)
    }

    /// The same for what is in `depth` archives.
    pub(super) fn at_depth(
        name: &str,
        reader: impl Read + Send + 'a,
        options: &IntakeOptions,
        depth: usize,
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
        let format = if let (Some(_), Some(format)) = (options.format, named) {
            format
        } else {
            let kind = match Kind::from_start(reader.fill_buf()?) {
                Kind::Ole => kind::ole(&read_file(&mut reader, Format::Text)?),
                kind => kind,
            };
            kind.format(named)?
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
                declared: None,
                strict: options.strict,
                date_order: options.date_order,
            };
            Self {
                source: Arc::new(source),
                records,
                notice: None,
                passed_over: PassedOver::default(),
            }
        };
        match format {
            Format::Parquet => return Err(IntakeError::ParquetStream),
            Format::Text | Format::Html => {
                let is_whole = options.format.is_some();
                let records = Records::File(
                    reader,
                    Box::new(FileOptions { is_whole, options: options.clone(), depth }),
                );
                return Ok(with_records(format, options.encoding, None, records));
            }
            Format::Jsonl | Format::Csv | Format::Tsv | Format::Workbook => {}
            #[cfg(feature = "archives")]
            _ => {
                let place = Place { name: name.to_owned(), options: options.clone(), depth };
                let articles = collections::open(format, reader, place)?;
                return Ok(with_records(format, options.encoding, None, Records::Many(articles)));
            }
            #[cfg(not(feature = "archives"))]
            _ => return Err(IntakeError::Unsupported { format, feature: "archives" }),
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
            declared: None,
            strict: options.strict,
            date_order: options.date_order,
        };
        let (source, passed_over) = (Arc::new(source), PassedOver::default());
        Ok(Self { source, records: Records::Parquet(Box::new(rows)), notice: None, passed_over })
    }

    #[cfg(feature = "office")]
    fn of_workbook(name: &str, rows: WorkbookReader, options: &IntakeOptions) -> Self {
        let source = SourceInfo {
            name: name.to_owned(),
            format: Format::Workbook,
            encoding: None,
            of_records: None,
            declared: None,
            strict: false,
            date_order: options.date_order,
        };
        let (source, passed_over) = (Arc::new(source), PassedOver::default());
        Self { source, records: Records::Workbook(Box::new(rows)), notice: None, passed_over }
    }

    /// Opens a ZIP archive of articles, or a Word file, which is one. Its directory is at its end,
    /// so it needs random access.
    ///
    /// # Errors
    /// As [`Self::new`].
    #[cfg(feature = "archives")]
    pub fn from_zip(
        name: &str,
        mut file: impl Read + Seek + Send + 'a,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let is_workbook = collections::is_workbook(&mut file);
        file.rewind()?;
        if is_workbook {
            return Self::new(name, file, options);
        }
        let place = Place { name: name.to_owned(), options: options.clone(), depth: 0 };
        let source = SourceInfo {
            name: name.to_owned(),
            format: Format::Zip,
            encoding: options.encoding,
            of_records: None,
            declared: None,
            strict: options.strict,
            date_order: options.date_order,
        };
        let records = Records::Many(collections::open_zip(Box::new(file), place)?);
        let (source, passed_over) = (Arc::new(source), PassedOver::default());
        Ok(Self { source, records, notice: None, passed_over })
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        self.source.format
    }

    /// Whether it is of records that say their dates.
    pub(crate) fn has_records(&self) -> bool {
        !matches!(self.records, Records::File(..) | Records::Items(..) | Records::End)
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
            #[cfg(feature = "archives")]
            Records::Many(_) => &[],
            Records::File(..) | Records::Items(..) | Records::End => &[],
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

    /// How many articles a text holds that is the export of a press database; `None` before its
    /// first article, and for any other file.
    pub fn n_documents(&self) -> Option<usize> {
        if let Records::Items(_, n_items) = &self.records { Some(*n_items) } else { None }
    }

    /// What of the file was passed over so far, such as the pictures in an archive.
    pub fn passed_over(&self) -> &PassedOver {
        match &self.records {
            #[cfg(feature = "archives")]
            Records::Many(articles) => articles.passed_over(),
            _ => &self.passed_over,
        }
    }

    /// The next article, undecoded; `None` at the end. [`RawArticle::finish`] reports its errors.
    pub fn next_raw(&mut self) -> Option<RawArticle> {
        let record = match &mut self.records {
            Records::End => return None,
            Records::File(..) => {
                let Records::File(reader, how) = std::mem::replace(&mut self.records, Records::End)
                else {
                    return None;
                };
                return self.next_file(reader, &how);
            }
            Records::Items(items, _) => {
                let content = RawContent::Item(Box::new(items.next()?));
                return Some(RawArticle { content, source: Arc::clone(&self.source) });
            }
            #[cfg(feature = "archives")]
            Records::Many(articles) => return articles.next(),
            Records::Json(records) => records.next_record(),
            Records::Table(records) => records.next_record(),
            #[cfg(feature = "parquet")]
            Records::Parquet(records) => records.next_record(),
            #[cfg(feature = "office")]
            Records::Workbook(records) => Ok(records.next_record()),
        };
        let content = match record {
            Ok(Some(record)) => RawContent::Record(record),
            // The records are at their end; they keep what is known of their fields.
            Ok(None) => return None,
            Err(error) => {
                self.records = Records::End;
                RawContent::Failed(error.into())
            }
        };
        Some(RawArticle { content, source: Arc::clone(&self.source) })
    }

    /// The first article of a file that is read whole.
    fn next_file(&mut self, reader: Bytes<'_>, how: &FileOptions) -> Option<RawArticle> {
        let content = match read_file(reader, self.source.format) {
            Ok(bytes) => match several(&bytes, &self.source, how) {
                Ok(None) => RawContent::File(bytes),
                Ok(Some(found)) => {
                    self.records = match found {
                        Several::Items(items) => {
                            let n_items = items.len();
                            Records::Items(items.into_iter(), n_items)
                        }
                        #[cfg(feature = "archives")]
                        Several::Many(articles) => Records::Many(articles),
                    };
                    return self.next_raw();
                }
                Err(error) => RawContent::Failed(error),
            },
            Err(error) => RawContent::Failed(error),
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
