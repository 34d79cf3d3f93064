//! The articles of one file.

mod opening;

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use super::bytes::Bytes;
#[cfg(feature = "archives")]
use super::collections::Articles;
use super::date::DateOrder;
use super::fields::{FieldNotes, UnusedFields};
use super::intake_article::{IntakeArticle, UnreadableArticle};
use super::passed_over::PassedOver;
use super::raw_article::{Item, RawArticle, RawContent, SourceInfo, read_file};
#[cfg(feature = "parquet")]
use super::records::parquet::ParquetReader;
#[cfg(feature = "office")]
use super::records::workbook::WorkbookReader;
use super::records::{JsonLinesReader, TableReader};
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
    /// What there is to tell of fields, where it is of no records.
    notes: FieldNotes,
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

    /// The format of the file.
    pub fn format(&self) -> Format {
        self.source.format
    }

    /// Whether it is of records that say their dates.
    pub(crate) fn has_records(&self) -> bool {
        !matches!(self.records, Records::File(..) | Records::Items(..) | Records::End)
    }

    /// Whether it has given records with fields.
    pub(crate) fn has_fields(&self) -> bool {
        self.has_records() && self.field_notes().is_some()
    }

    /// Sets how dates such as 6/4/2019 are read.
    pub(crate) fn set_date_order(&mut self, order: Option<DateOrder>) {
        Arc::make_mut(&mut self.source).date_order = order;
    }

    /// The fields that were guessed. For JSON lines they are known after the first record.
    pub fn guessed(&self) -> &[GuessedField] {
        self.field_notes().map_or(&[], |notes| &notes.guessed)
    }

    /// Fields of the options that the first record of a JSONL file lacks, and a later one may have;
    /// or those that no page, text or feed has.
    pub fn absent(&self) -> &[String] {
        self.field_notes().map_or(&[], |notes| &notes.absent)
    }

    /// The fields that are not used, where the outlet or the date was not found.
    pub fn unused(&self) -> Option<&UnusedFields> {
        self.field_notes()?.unused.as_ref()
    }

    /// Whether what is told of the fields will not change with further records.
    pub(crate) fn are_fields_settled(&self) -> bool {
        if let Records::Json(records) = &self.records { records.are_notes_settled() } else { true }
    }

    fn field_notes(&self) -> Option<&FieldNotes> {
        match &self.records {
            Records::Json(records) => records.notes(),
            Records::Table(records) => Some(records.notes()),
            #[cfg(feature = "parquet")]
            Records::Parquet(records) => Some(records.notes()),
            #[cfg(feature = "office")]
            Records::Workbook(records) => Some(records.notes()),
            #[cfg(feature = "archives")]
            Records::Many(_) => Some(&self.notes),
            Records::File(..) | Records::Items(..) | Records::End => Some(&self.notes),
        }
    }

    /// What was found in the file and decided without asking, since it was asked last.
    pub fn take_notice(&mut self) -> Option<SourceNotice> {
        let own = self.notice.take();
        own.or_else(|| match &mut self.records {
            Records::Json(records) => records.take_notice(),
            Records::Table(records) => records.take_notice(),
            #[cfg(feature = "archives")]
            Records::Many(articles) => articles.take_notice(),
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
            Records::Json(records) => records.passed_over(),
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
                RawContent::Failed(IntakeError::from(error).while_reading())
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
            Err(error) => RawContent::Failed(error.while_reading()),
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
