//! Articles as they were read, before decoding and cleaning.

use std::io::Read;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use super::fields::ParsedRecord;
use super::html::{self, PageLimit};
use super::intake_article::{IntakeArticle, IntakeNotes, UnreadableArticle};
use super::records::RawRecord;
use super::{Format, IntakeError, boilerplate, encoding, pdf_text};
use crate::article::Article;

/// Most bytes of a text file that holds one article.
pub(super) const MAX_TEXT: u64 = 64 << 20;

/// An article as it was read: not decoded, not cleaned. [`RawArticle::finish`] does the rest, on
/// any thread.
#[derive(Debug)]
pub struct RawArticle {
    pub(super) content: RawContent,
    pub(super) source: Arc<SourceInfo>,
}

#[derive(Debug)]
pub(super) enum RawContent {
    /// A file that holds one article.
    File(Vec<u8>),
    /// One record of a table or dump.
    Record(RawRecord),
    /// An article whose parts are known.
    Item(Box<Item>),
    Failed(IntakeError),
}

/// An article of a file that holds several, or of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The article; its text may be markup.
    pub(super) article: Article,
    /// Whether its text is markup.
    pub(super) is_markup: bool,
    /// The name of the encoding that it had.
    pub(super) encoding: &'static str,
}

/// What all articles of one file have in common.
#[derive(Debug)]
pub(super) struct SourceInfo {
    pub(super) name: String,
    pub(super) format: Format,
    /// The encoding of the file; `None` if it is detected when the article is decoded.
    pub(super) encoding: Option<&'static Encoding>,
    /// The encoding that what is around the article declares, such as the header of a response.
    pub(super) declared: Option<&'static Encoding>,
    pub(super) strict: bool,
}

impl RawArticle {
    /// Size of the undecoded article, in bytes.
    pub fn n_bytes(&self) -> usize {
        match &self.content {
            RawContent::File(bytes) => bytes.len(),
            RawContent::Record(record) => record.n_bytes(),
            RawContent::Item(item) => item.article.text.len(),
            RawContent::Failed(_) => 0,
        }
    }

    /// Decodes the article and removes its boilerplate. This is the expensive part of reading.
    ///
    /// # Errors
    /// If the article cannot be read; the error has its place and metadata.
    pub fn finish(self) -> Result<IntakeArticle, UnreadableArticle> {
        let source = &*self.source;
        let unreadable = |error| UnreadableArticle {
            place: source.name.clone(),
            metadata: Box::default(),
            kept: Vec::new(),
            error,
        };
        match self.content {
            RawContent::Failed(error) => Err(unreadable(error)),
            RawContent::File(bytes) => from_file(&bytes, source).map_err(unreadable),
            RawContent::Record(record) => from_record(record, source),
            RawContent::Item(item) => from_item(*item, source.format).map_err(unreadable),
        }
    }
}

/// Reads the whole of a text or page.
pub(super) fn read_file(reader: impl Read, format: Format) -> Result<Vec<u8>, IntakeError> {
    let limit = if format == Format::Html { html::MAX_BYTES as u64 * 2 } else { MAX_TEXT };
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(match format {
            Format::Html => IntakeError::Hostile(PageLimit::FileSize { limit }),
            _ => IntakeError::TooLong,
        });
    }
    Ok(bytes)
}

/// The article in a text or page.
fn from_file(bytes: &[u8], source: &SourceInfo) -> Result<IntakeArticle, IntakeError> {
    let declared = source.declared.or_else(|| {
        (source.format == Format::Html).then(|| html::declared_encoding(bytes)).flatten()
    });
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
    cleaned(article, source.format, decoded.encoding, decoded.replaced)
}

/// The article of an item.
fn from_item(item: Item, format: Format) -> Result<IntakeArticle, IntakeError> {
    let Item { mut article, is_markup, encoding } = item;
    if is_markup && article.text.contains(['<', '&']) {
        article.text = html::fragment(&article.text)?;
    }
    cleaned(article, format, encoding, 0)
}

/// The article in a record.
fn from_record(record: RawRecord, source: &SourceInfo) -> Result<IntakeArticle, UnreadableArticle> {
    let ParsedRecord { place, metadata, article, kept, replaced } = record.parse();
    let encoding = source.encoding.unwrap_or(UTF_8).name();
    let article = match article {
        Ok(_) if replaced > 0 && source.strict => Err(IntakeError::BadBytes { line: 1, encoding }),
        article => article,
    };
    match article.and_then(|article| cleaned(article, source.format, encoding, replaced)) {
        Ok(article) => Ok(IntakeArticle { kept, ..article }),
        Err(error) => Err(UnreadableArticle { place, metadata: Box::new(metadata), kept, error }),
    }
}

/// Removes the boilerplate of an article and notes how it was read.
fn cleaned(
    mut article: Article,
    format: Format,
    encoding: &'static str,
    replaced: usize,
) -> Result<IntakeArticle, IntakeError> {
    if article.text.trim().is_empty()
        && article.title.as_ref().is_none_or(|title| title.trim().is_empty())
    {
        return Err(IntakeError::Empty);
    }
    let mending = pdf_text::mended(&article.text);
    let mended = mending.map(|(text, mended)| {
        article.text = text;
        if let Some((title, _)) = article.title.as_deref().and_then(pdf_text::mended) {
            article.title = Some(title);
        }
        mended
    });
    let removals = boilerplate::clean(&mut article);
    let notes = IntakeNotes { replaced, mended, removals, ..IntakeNotes::new(format, encoding) };
    Ok(IntakeArticle { article, notes, kept: Vec::new() })
}
