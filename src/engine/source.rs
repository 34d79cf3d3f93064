//! One input: a name, a size, and a way to open it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use super::counted::Counted;
#[cfg(feature = "archives")]
use super::counted::CountedSeek;
use super::date_order;
use crate::intake::bytes::{Bytes, decompressed};
use crate::intake::{
    ArticleMetadata, ArticleReader, Format, IntakeArticle, IntakeError, IntakeOptions,
    UnreadableArticle,
};

/// One input of articles or of score records: a name, a size hint, and a way to open it.
pub struct Source {
    name: String,
    n_bytes: Option<u64>,
    is_one_time: bool,
    open: Box<dyn Fn() -> io::Result<SourceReader> + Send + Sync>,
}

/// An opened [`Source`].
#[non_exhaustive]
pub enum SourceReader {
    /// Bytes that are read from the first to the last.
    Stream(Box<dyn Read + Send>),
    /// A file, in which Parquet needs to seek. Other formats read it as a stream.
    File(File),
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .field("n_bytes", &self.n_bytes)
            .field("is_one_time", &self.is_one_time)
            .finish_non_exhaustive()
    }
}

impl Source {
    /// A source that `open` opens, each time from its beginning. The extension of `name` tells the
    /// format, and `name` is the id of an article that has no other.
    pub fn new(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<SourceReader> + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), n_bytes: None, is_one_time: false, open: Box::new(open) }
    }

    /// A source that `reader` gives. It can be opened once.
    pub fn from_reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        let reader = Mutex::new(Some(Box::new(reader) as Box<dyn Read + Send>));
        let open = move || {
            let reader = reader.lock().unwrap_or_else(PoisonError::into_inner).take();
            reader
                .map(SourceReader::Stream)
                .ok_or_else(|| io::Error::other("it was read already and cannot be opened again"))
        };
        Self { is_one_time: true, ..Self::new(name, open) }
    }

    /// Sets how many bytes the source has, if that is known: it is a file then, which can be read
    /// twice.
    #[must_use]
    pub fn with_n_bytes(mut self, n_bytes: Option<u64>) -> Self {
        self.n_bytes = n_bytes;
        self
    }

    /// The name that records and diagnostics use.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it has, packed as they are; `None` where that is not known.
    pub fn n_bytes(&self) -> Option<u64> {
        self.n_bytes
    }

    /// Whether it can be opened only once.
    pub fn is_one_time(&self) -> bool {
        self.is_one_time
    }

    /// Opens it as a stream of bytes.
    ///
    /// # Errors
    /// Those of opening it.
    pub fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match (self.open)()? {
            SourceReader::Stream(reader) => reader,
            SourceReader::File(file) => Box::new(file),
        })
    }

    /// Opens it and finds out format, encoding and fields; in a file (see [`Self::with_n_bytes`]),
    /// the order of day and month, too, unless the options say it.
    ///
    /// # Errors
    /// When it cannot be opened, or nothing of it can be read.
    pub fn articles(&self, options: &IntakeOptions) -> Result<ArticleReader<'static>, IntakeError> {
        self.articles_counted(options, &Arc::default())
    }

    /// The same as [`Self::articles`]; `n_bytes` grows by the bytes that are read.
    pub(super) fn articles_counted(
        &self,
        options: &IntakeOptions,
        n_bytes: &Arc<AtomicU64>,
    ) -> Result<ArticleReader<'static>, IntakeError> {
        let mut articles = self.opened(options, n_bytes)?;
        // What is read twice must be a file: all others may be gone after the first time.
        let is_file = !self.is_one_time && self.n_bytes.is_some_and(|n_bytes| n_bytes > 0);
        if options.date_order.is_none() && is_file && articles.has_records() {
            articles.set_date_order(date_order::told_by(self.opened(options, &Arc::default())?));
        }
        Ok(articles)
    }

    fn opened(
        &self,
        options: &IntakeOptions,
        n_bytes: &Arc<AtomicU64>,
    ) -> Result<ArticleReader<'static>, IntakeError> {
        let n_bytes = Arc::clone(n_bytes);
        let reader: Box<dyn Read + Send> = match (self.open)()? {
            SourceReader::File(mut file) => match self.random_access(&mut file, options)? {
                #[cfg(feature = "parquet")]
                Some(Format::Parquet) => {
                    let file = super::parquet::CountedFile { file, n_bytes };
                    return ArticleReader::from_parquet(&self.name, file, options);
                }
                #[cfg(feature = "archives")]
                Some(Format::Zip) => {
                    let file = CountedSeek { file, n_bytes };
                    return ArticleReader::from_zip(&self.name, file, options);
                }
                _ => Box::new(file),
            },
            SourceReader::Stream(reader) => reader,
        };
        ArticleReader::new(&self.name, Counted { reader, n_bytes }, options)
    }

    /// The format of a file if it takes random access to read it.
    fn random_access(
        &self,
        file: &mut File,
        options: &IntakeOptions,
    ) -> io::Result<Option<Format>> {
        let format = match options.format {
            Some(format) => Some(format),
            // A pipe has no beginning to return to.
            None if file.seek(SeekFrom::Start(0)).is_ok() => {
                let mut start = [0; 4];
                let mut there = file.take(4);
                let n_bytes = there.read(&mut start)?;
                file.seek(SeekFrom::Start(0))?;
                match &start[..n_bytes] {
                    b"PAR1" => Some(Format::Parquet),
                    b"PK\x03\x04" | b"PK\x05\x06" => Some(Format::Zip),
                    _ => Format::from_name(&self.name),
                }
            }
            None => Format::from_name(&self.name),
        };
        Ok(match format {
            Some(Format::Zip | Format::Docx | Format::Odt) => Some(Format::Zip),
            format => format.filter(|format| *format == Format::Parquet),
        })
    }

    /// Opens it as unpacked lines of text. Rows of a Parquet file come as lines of JSON, those of a
    /// workbook as lines of CSV.
    ///
    /// # Errors
    /// When it cannot be opened or unpacked.
    pub fn lines(&self) -> Result<Bytes<'static>, IntakeError> {
        match (self.open)()? {
            SourceReader::File(file) if Format::from_name(&self.name) == Some(Format::Parquet) => {
                parquet_lines(file)
            }
            SourceReader::File(file) => self.text_lines(decompressed(file)?),
            SourceReader::Stream(reader) => self.text_lines(decompressed(reader)?),
        }
    }

    #[cfg(feature = "office")]
    fn text_lines(&self, bytes: Bytes<'static>) -> Result<Bytes<'static>, IntakeError> {
        super::workbook::lines(&self.name, bytes)
    }

    #[cfg(not(feature = "office"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as with the feature")]
    fn text_lines(&self, bytes: Bytes<'static>) -> Result<Bytes<'static>, IntakeError> {
        Ok(bytes)
    }
}

#[cfg(feature = "parquet")]
fn parquet_lines(file: File) -> Result<Bytes<'static>, IntakeError> {
    super::parquet::lines(file)
}

#[cfg(not(feature = "parquet"))]
fn parquet_lines(_: File) -> Result<Bytes<'static>, IntakeError> {
    Err(IntakeError::Unsupported { format: Format::Parquet, feature: "parquet" })
}

/// Iterates over the articles of all sources, in order. A source that cannot be read gives one
/// error, under its name.
pub fn articles<'a>(
    sources: impl IntoIterator<Item = Source> + 'a,
    options: &'a IntakeOptions,
) -> impl Iterator<Item = Result<IntakeArticle, UnreadableArticle>> + 'a {
    sources.into_iter().flat_map(|source| {
        let (articles, failed) = match source.articles(options) {
            Ok(articles) => (Some(articles), None),
            Err(error) => {
                let (metadata, kept) = (Box::<ArticleMetadata>::default(), Vec::new());
                (None, Some(Err(UnreadableArticle { place: source.name, metadata, kept, error })))
            }
        };
        failed.into_iter().chain(articles.into_iter().flatten())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_opened_once() {
        let source = Source::from_reader("a.txt", "نص".as_bytes());
        assert!(source.is_one_time() && source.n_bytes().is_none());
        assert_eq!(source.articles(&IntakeOptions::default()).unwrap().count(), 1);
        let error = source.articles(&IntakeOptions::default()).unwrap_err();
        assert!(error.to_string().contains("read already"), "{error}");
    }

    #[test]
    fn articles_of_all_sources_come_in_order_and_a_bad_source_gives_one_error() {
        let lines = "{\"id\": \"1\", \"text\": \"نص\"}\n{\"id\": \"2\", \"text\": \"نص\"}\n";
        let sources = vec![
            Source::from_reader("a.jsonl", lines.as_bytes()),
            Source::new("b.txt", || Err(io::Error::other("it is gone"))),
            Source::from_reader("c.txt", "نص".as_bytes()),
        ];
        let options = IntakeOptions::default();
        let found: Vec<String> = articles(sources, &options)
            .map(|saved| match saved {
                Ok(saved) => saved.article.id,
                Err(UnreadableArticle { place, error, .. }) => format!("{place}: {error}"),
            })
            .collect();
        assert_eq!(found, ["1", "2", "b.txt: it is gone", "c.txt"]);
    }
}
