//! The articles of one file.

use std::fmt;
use std::io::Read;
#[cfg(feature = "archives")]
use std::io::Seek;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use encoding_rs::UTF_8;

use super::bytes::{Bytes, decompressed, transcoded};
#[cfg(feature = "archives")]
use super::collections::{self, Articles, Place};
use super::intake_article::{IntakeArticle, UnreadableArticle};
use super::kind::{self, Kind};
use super::passed_over::PassedOver;
use super::raw_article::{Item, RawArticle, RawContent, SourceInfo, read_file};
#[cfg(feature = "parquet")]
use super::records::parquet::{ChunkReader, ParquetReader};
use super::records::{JsonLinesReader, TableReader};
use super::several::{FileOptions, Several, several};
use super::{Format, GuessedField, IntakeError, IntakeOptions};

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
        let mut reader = decompressed(reader)?;
        let format = if let Some(format) = options.format {
            format
        } else {
            let kind = match Kind::from_start(reader.fill_buf()?) {
                Kind::Ole => kind::ole(&read_file(&mut reader, Format::Text)?),
                kind => kind,
            };
            kind.format(Format::from_name(name))?
        };
        format.check_supported()?;
        let with_records = |encoding, records| {
            let (name, strict) = (name.to_owned(), options.strict);
            let source = SourceInfo { name, format, encoding, declared: None, strict };
            Self { source: Arc::new(source), records, passed_over: PassedOver::default() }
        };
        match format {
            Format::Parquet => return Err(IntakeError::ParquetStream),
            Format::Text | Format::Html => {
                let is_whole = options.format.is_some();
                let records = Records::File(
                    reader,
                    Box::new(FileOptions { is_whole, options: options.clone(), depth }),
                );
                return Ok(with_records(options.encoding, records));
            }
            Format::Jsonl | Format::Csv | Format::Tsv => {}
            #[cfg(feature = "archives")]
            _ => {
                let place = Place { name: name.to_owned(), options: options.clone(), depth };
                let articles = collections::open(format, reader, place)?;
                return Ok(with_records(options.encoding, Records::Many(articles)));
            }
            #[cfg(not(feature = "archives"))]
            _ => return Err(IntakeError::Unsupported { format, feature: "archives" }),
        }
        let (encoding, reader) = transcoded(reader, options.encoding)?;
        let fields = options.fields.clone();
        let records = if format == Format::Jsonl {
            Records::Json(Box::new(JsonLinesReader::new(name, reader, fields)))
        } else {
            let delimiter = (format == Format::Tsv).then_some(b'\t');
            Records::Table(Box::new(TableReader::new(name, reader, delimiter, fields)?))
        };
        Ok(with_records(Some(encoding), records))
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
            declared: None,
            strict: options.strict,
        };
        let (source, passed_over) = (Arc::new(source), PassedOver::default());
        Ok(Self { source, records: Records::Parquet(Box::new(rows)), passed_over })
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
            declared: None,
            strict: options.strict,
        };
        let records = Records::Many(collections::open_zip(Box::new(file), place)?);
        Ok(Self { source: Arc::new(source), records, passed_over: PassedOver::default() })
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        self.source.format
    }

    /// The fields that were guessed. For JSON lines they are known after the first record.
    pub fn guessed(&self) -> &[GuessedField] {
        match &self.records {
            Records::Json(records) => records.guessed(),
            Records::Table(records) => records.guessed(),
            #[cfg(feature = "parquet")]
            Records::Parquet(records) => records.guessed(),
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

impl Iterator for ArticleReader<'_> {
    type Item = Result<IntakeArticle, UnreadableArticle>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_raw().map(RawArticle::finish)
    }
}
