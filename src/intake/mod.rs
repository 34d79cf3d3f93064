//! Bytes → [`Article`]s: what people really have becomes articles, or a message says why it cannot.
//!
//! [`Intake::new`] takes a reader of the bytes of one file, packed by gzip or zstd or not. It finds
//! out the [`Format`] and the encoding, and gives the articles one after the other, each cleaned of
//! what a saved page leaves around it ([`leftovers`]) and with a [`IntakeNotes`] that says what was
//! done. Whoever wants several threads takes each article as it was read ([`Intake::next_raw`]) and
//! lets any of them do the rest ([`Raw::finish`]).

pub mod boilerplate;
pub mod bytes;
pub mod encoding;
mod error;
mod fields;
pub mod format;
pub mod html;
pub mod records;

use std::io::Read;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use crate::article::Article;
use boilerplate::Removal;
use bytes::{Bytes, decompressed, transcoded};
pub use error::IntakeError;
use fields::Row;
pub use fields::{Fields, Origin};
pub use format::Format;
#[cfg(feature = "parquet")]
use records::parquet::{ChunkReader, ParquetRows};
use records::{JsonRows, RawRecord, TableRows};

/// Longest text or page that is read whole, in bytes.
const LONGEST: u64 = 64 << 20;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct IntakeOptions {
    /// The format, where the name does not tell.
    pub format: Option<Format>,
    /// The encoding; detected where it is not given.
    pub encoding: Option<&'static Encoding>,
    /// Whether bytes that cannot be read are an error, not replaced.
    pub strict: bool,
    /// The fields of tables and dumps; the usual names are tried for what is not given.
    pub fields: Fields,
}

/// What was done to read one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeNotes {
    /// The format of the file.
    pub format: Format,
    /// The encoding of its bytes.
    pub encoding: &'static str,
    /// How many byte sequences could not be read and were replaced.
    pub replaced: usize,
    /// What was taken out of the text, in its order.
    pub removals: Vec<Removal>,
}

/// An article as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The article, cleaned.
    pub article: Article,
    /// How it was read.
    pub reading: IntakeNotes,
    /// The other fields that were wanted (`kept` of [`Fields`]), in their order; empty where the
    /// file is no table.
    pub kept: Vec<Option<String>>,
}

/// An article that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Name of the file, with the line where there are many articles in it.
    pub place: String,
    /// What a record says of itself, if it could be read so far.
    pub origin: Box<Origin>,
    /// The other fields that were wanted, as in [`Saved`].
    pub kept: Vec<Option<String>>,
    /// What is wrong.
    pub error: IntakeError,
}

/// An article as it was read: neither decoded nor cleaned. [`Raw::finish`] does that, on any
/// thread.
#[derive(Debug)]
pub struct Raw {
    content: Content,
    source: Arc<Source>,
}

#[derive(Debug)]
enum Content {
    Whole(Vec<u8>),
    RawRecord(RawRecord),
    Failed(IntakeError),
}

/// What all articles of one file have in common.
#[derive(Debug)]
struct Source {
    name: String,
    format: Format,
    /// What rows were decoded from, or what the user says that a whole article is in.
    encoding: Option<&'static Encoding>,
    strict: bool,
}

/// The articles of one file.
pub struct Intake<'a> {
    source: Arc<Source>,
    rows: Rows<'a>,
}

impl std::fmt::Debug for Intake<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake")
            .field("name", &self.source.name)
            .field("format", &self.source.format)
            .finish_non_exhaustive()
    }
}

enum Rows<'a> {
    One(Bytes<'a>),
    Json(Box<JsonRows<Bytes<'a>>>),
    Table(Box<TableRows<Bytes<'a>>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetRows>),
    End,
}

impl<'a> Intake<'a> {
    /// Opens what `reader` gives; `name` tells the format and is the id of an article that has no
    /// other.
    ///
    /// # Errors
    /// When nothing of the file can be read. What is wrong with one article comes in its place.
    pub fn new(
        name: &str,
        reader: impl Read + Send + 'a,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let mut reader = decompressed(reader)?;
        let format = match options.format.or_else(|| Format::from_name(name)) {
            Some(format) => format,
            None => Format::sniff(reader.fill_buf()?),
        };
        let intake = |encoding, rows| {
            let source = Source { name: name.to_owned(), format, encoding, strict: options.strict };
            Self { source: Arc::new(source), rows }
        };
        if format == Format::Parquet {
            return Err(if cfg!(feature = "parquet") {
                IntakeError::ParquetPiped
            } else {
                IntakeError::NoParquet
            });
        }
        if matches!(format, Format::Text | Format::Html) {
            return Ok(intake(options.encoding, Rows::One(reader)));
        }
        let (encoding, reader) = transcoded(reader, options.encoding)?;
        let fields = options.fields.clone();
        let rows = match format {
            Format::Jsonl => Rows::Json(Box::new(JsonRows::new(name, reader, fields))),
            Format::Tsv => {
                Rows::Table(Box::new(TableRows::new(name, reader, Some(b'\t'), fields)?))
            }
            _ => Rows::Table(Box::new(TableRows::new(name, reader, None, fields)?)),
        };
        Ok(intake(Some(encoding), rows))
    }

    /// Opens a Parquet file, which is read from its end on. Columns that nobody wants are not read;
    /// `key=value` in the folders of its name, as partitioned tables have them, are columns too.
    ///
    /// # Errors
    /// As [`Self::new`], and when no column is, or is called, the text.
    #[cfg(feature = "parquet")]
    pub fn parquet(
        name: &str,
        file: impl ChunkReader + 'static,
        options: &IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let rows = ParquetRows::new(name, file, options.fields.clone())?;
        let source = Source {
            name: name.to_owned(),
            format: Format::Parquet,
            encoding: Some(UTF_8),
            strict: options.strict,
        };
        Ok(Self { source: Arc::new(source), rows: Rows::Parquet(Box::new(rows)) })
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        self.source.format
    }

    /// What was guessed of the fields' names; for JSONL known once the first article was read,
    /// finished or not.
    pub fn guessed(&self) -> &[String] {
        match &self.rows {
            Rows::Json(rows) => rows.guessed(),
            Rows::Table(rows) => rows.guessed(),
            #[cfg(feature = "parquet")]
            Rows::Parquet(rows) => rows.guessed(),
            Rows::One(_) | Rows::End => &[],
        }
    }

    /// Fields that were named and that the first record of a JSONL file does not have; a later one
    /// may.
    pub fn absent(&self) -> &[String] {
        if let Rows::Json(rows) = &self.rows { rows.absent() } else { &[] }
    }

    /// The next article as it is read, or `None` at the end. What is wrong with it, [`Raw::finish`]
    /// tells.
    pub fn next_raw(&mut self) -> Option<Raw> {
        let content = match std::mem::replace(&mut self.rows, Rows::End) {
            Rows::End => return None,
            Rows::One(reader) => {
                read_whole(reader, self.source.format).map(|bytes| Some(Content::Whole(bytes)))
            }
            Rows::Json(mut rows) => {
                let record = rows.next_record();
                self.rows = Rows::Json(rows);
                record.map(|record| record.map(Content::RawRecord)).map_err(IntakeError::from)
            }
            Rows::Table(mut rows) => {
                let record = rows.next_record();
                self.rows = Rows::Table(rows);
                record.map(|record| record.map(Content::RawRecord)).map_err(IntakeError::from)
            }
            #[cfg(feature = "parquet")]
            Rows::Parquet(mut rows) => {
                let record = rows.next_record();
                self.rows = Rows::Parquet(rows);
                record.map(|record| record.map(Content::RawRecord)).map_err(IntakeError::from)
            }
        };
        let content = content.unwrap_or_else(|error| {
            self.rows = Rows::End;
            Some(Content::Failed(error))
        })?;
        Some(Raw { content, source: Arc::clone(&self.source) })
    }
}

impl Iterator for Intake<'_> {
    type Item = Result<Saved, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_raw().map(Raw::finish)
    }
}

impl Raw {
    /// How many bytes it holds.
    pub fn n_bytes(&self) -> usize {
        match &self.content {
            Content::Whole(bytes) => bytes.len(),
            Content::RawRecord(record) => record.n_bytes(),
            Content::Failed(_) => 0,
        }
    }

    /// Decodes the article and cleans it: the costly part of the way.
    ///
    /// # Errors
    /// What is wrong with the article, and its place.
    pub fn finish(self) -> Result<Saved, Unreadable> {
        let source = &*self.source;
        let unreadable = |error| Unreadable {
            place: source.name.clone(),
            origin: Box::default(),
            kept: Vec::new(),
            error,
        };
        match self.content {
            Content::Failed(error) => Err(unreadable(error)),
            Content::Whole(bytes) => of_whole(&bytes, source).map_err(unreadable),
            Content::RawRecord(record) => {
                let Row { place, origin, article, kept, replaced } = record.into_row();
                let encoding = source.encoding.unwrap_or(UTF_8).name();
                let article = match article {
                    Ok(_) if replaced > 0 && source.strict => {
                        Err(IntakeError::BadBytes { line: 1, encoding })
                    }
                    article => article,
                };
                match article.and_then(|article| finish(article, source.format, encoding, replaced))
                {
                    Ok(saved) => Ok(Saved { kept, ..saved }),
                    Err(error) => Err(Unreadable { place, origin: Box::new(origin), kept, error }),
                }
            }
        }
    }
}

/// Reads the bytes of a text or a page.
fn read_whole(reader: Bytes<'_>, format: Format) -> Result<Vec<u8>, IntakeError> {
    let limit = if format == Format::Html { html::LONGEST as u64 * 2 } else { LONGEST };
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(match format {
            Format::Html => IntakeError::Hostile(format!("more than {} MB of HTML", limit >> 20)),
            _ => IntakeError::TooLong,
        });
    }
    Ok(bytes)
}

/// The article in a text or a page.
fn of_whole(bytes: &[u8], source: &Source) -> Result<Saved, IntakeError> {
    let declared =
        if source.format == Format::Html { html::declared_encoding(bytes) } else { None };
    let encoding = source.encoding.unwrap_or_else(|| encoding::detect(bytes, declared));
    let decoded = encoding::decode(bytes, encoding, source.strict)?;
    let article = match source.format {
        Format::Html => {
            let page = html::read(&decoded.text)?;
            let id = source.name.clone();
            Article {
                id,
                title: page.title,
                outlet: page.outlet,
                date: page.date,
                text: page.text,
                ..Article::default()
            }
        }
        _ => Article::from_saved(&source.name, &decoded.text),
    };
    finish(article, source.format, decoded.encoding, decoded.replaced)
}

/// Cleans an article and says what was done.
fn finish(
    mut article: Article,
    format: Format,
    encoding: &'static str,
    replaced: usize,
) -> Result<Saved, IntakeError> {
    if article.text.trim().is_empty()
        && article.title.as_ref().is_none_or(|title| title.trim().is_empty())
    {
        return Err(IntakeError::Empty);
    }
    let removals = boilerplate::clean(&mut article);
    Ok(Saved {
        article,
        reading: IntakeNotes { format, encoding, replaced, removals },
        kept: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
