//! Articles as they were read, before decoding and cleaning.

use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use super::date::{DateOrder, as_iso};
use super::fields::ParsedRecord;
use super::html::{self, PageLimit};
use super::intake_article::{IntakeArticle, IntakeNotes, UnreadableArticle};
use super::markup;
use super::mojibake::Mojibake;
use super::records::RawRecord;
use super::{
    Format, IntakeError, IntakeOptions, boilerplate, encoding, header, kept, mail_text, names,
    pdf_text, wrapped,
};
use crate::article::Article;
use crate::intake::outlet_name::one_name;

/// Most bytes of a text file that holds one article, and of any article's text: as many as of a
/// line.
pub(super) const MAX_TEXT: u64 = 16 << 20;

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
#[derive(Clone, Debug)]
pub(super) struct SourceInfo {
    pub(super) name: String,
    pub(super) format: Format,
    /// The encoding of the file; `None` if it is detected when the article is decoded.
    pub(super) encoding: Option<&'static Encoding>,
    /// The same, where each record may have another ([`encoding::decode_record`]).
    pub(super) of_records: Option<&'static Encoding>,
    /// The encoding that what is around the article declares, such as the header of a response.
    pub(super) declared: Option<&'static Encoding>,
    pub(super) strict: bool,
    pub(super) date_order: Option<DateOrder>,
    pub(super) outlet_from_folder: bool,
    /// The names of fields to keep of what is no record.
    pub(super) kept: Vec<String>,
}

impl SourceInfo {
    /// What the articles of a file have in common that is read with `options`.
    pub(super) fn new(name: impl Into<String>, format: Format, options: &IntakeOptions) -> Self {
        Self {
            name: name.into(),
            format,
            encoding: options.encoding,
            of_records: None,
            declared: None,
            strict: options.strict,
            date_order: options.date_order,
            outlet_from_folder: options.outlet_from_folder,
            kept: options.fields.kept.clone(),
        }
    }
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

    /// Where it stands: the name of its file, with the line if that holds many, and the row where a
    /// spreadsheet counts otherwise.
    pub(crate) fn place(&self) -> String {
        match &self.content {
            RawContent::Record(record) => record.place(),
            RawContent::File(_) | RawContent::Item(_) | RawContent::Failed(_) => {
                self.source.name.clone()
            }
        }
    }

    /// The date of a record, as it is written; `None` if there is none.
    pub(crate) fn written_date(self) -> Option<String> {
        match self.content {
            RawContent::Record(record) => record.parse(self.source.of_records).0.metadata.date,
            RawContent::File(_) | RawContent::Item(_) | RawContent::Failed(_) => None,
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
            RawContent::Item(item) => from_item(*item, source).map_err(unreadable),
        }
    }
}

/// The article whose text is given and decoded; nothing of it is a header. It is read as the text
/// of a record is, so that it has the same score in a list and in a column.
///
/// # Errors
/// If it cannot be read; the place is its id.
#[cfg(feature = "python")]
pub(crate) fn from_text(id: String, text: String) -> Result<IntakeArticle, UnreadableArticle> {
    let source = SourceInfo::new(id, Format::Text, &IntakeOptions::new());
    let read = markup::read(text).and_then(|text| {
        cleaned(Article::new(&*source.name, text.trim()), &source, UTF_8.name(), 0)
    });
    read.map_err(|error| UnreadableArticle {
        place: source.name,
        metadata: Box::default(),
        kept: Vec::new(),
        error,
    })
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
    let (mut url, mut author, mut removals) = (None, None, Vec::new());
    let article = if source.format == Format::Html {
        let mut page = html::read(&decoded.text)?;
        (url, author, removals) = (page.url.take(), page.author.take(), page.removals);
        let html::ExtractedPage { title, outlet, date, text, .. } = page;
        Article { id: source.name.clone(), title, date, outlet, text, ..Article::default() }
    } else {
        let mut article = Article::from_saved(&source.name, &decoded.text);
        header::take(&mut article);
        article
    };
    let mut read = cleaned(article, source, decoded.encoding, decoded.replaced)?;
    read.notes.removals.append(&mut removals);
    // Of "Agency: headline", the name of the newsroom was taken out.
    if source.format == Format::Html
        && let Some(title) = &mut read.article.title
    {
        *title = title.trim_start_matches([' ', ':', '،']).to_owned();
    }
    Ok(kept::with_kept(read, &source.kept, url, author.as_deref()))
}

/// The article of an item.
fn from_item(item: Item, source: &SourceInfo) -> Result<IntakeArticle, IntakeError> {
    let Item { mut article, is_markup, encoding } = item;
    if is_markup && article.text.contains(['<', '&']) {
        article.text = html::fragment(&markup::with_paragraphs(&article.text))?;
    }
    let is_mail = source.format == Format::Mail;
    let answered = if is_mail { mail_text::take(&mut article) } else { Vec::new() };
    let mut read = cleaned(article, source, encoding, 0)?;
    read.notes.removals.extend(answered);
    read.notes.removals.sort_by_key(|removal| removal.line);
    Ok(kept::with_kept(read, &source.kept, None, None))
}

/// The article in a record.
fn from_record(record: RawRecord, source: &SourceInfo) -> Result<IntakeArticle, UnreadableArticle> {
    let (record, other) = record.parse(source.of_records);
    let ParsedRecord { place, mut metadata, article, kept, replaced } = record;
    let of_file = source.encoding.unwrap_or(UTF_8);
    let encoding = other.unwrap_or(of_file).name();
    let article = match article {
        Ok(_) if source.strict && (replaced > 0 || other.is_some()) => {
            Err(IntakeError::BadBytes { line: 1, encoding: of_file.name() })
        }
        article => article,
    };
    match article.and_then(|article| cleaned(article, source, encoding, replaced)) {
        Ok(mut article) => {
            article.notes.is_own_encoding = other.is_some();
            Ok(IntakeArticle { kept, ..article })
        }
        Err(error) => {
            metadata.date = metadata.date.map(|date| as_iso(date, source.date_order));
            Err(UnreadableArticle { place, metadata: Box::new(metadata), kept, error })
        }
    }
}

/// Takes the headline out of a text that begins with it: it would be weighed twice.
fn without_headline(article: &mut Article) {
    let Some((first, rest)) = article.text.split_once('\n') else { return };
    let is_headline = article.title.as_deref().is_some_and(|title| {
        title.len() <= 2 * first.len() && first.split_whitespace().eq(title.split_whitespace())
    });
    if is_headline && !first.trim().is_empty() && !rest.trim().is_empty() {
        article.text = rest.trim_start().to_owned();
    }
}

/// Removes the boilerplate of an article and notes how it was read.
fn cleaned(
    mut article: Article,
    source: &SourceInfo,
    encoding: &'static str,
    replaced: usize,
) -> Result<IntakeArticle, IntakeError> {
    if article.text.trim().is_empty()
        && article.title.as_ref().is_none_or(|title| title.trim().is_empty())
    {
        return Err(IntakeError::Empty);
    }
    if article.text.len() as u64 > MAX_TEXT {
        return Err(IntakeError::TooLong);
    }
    if let Some(mojibake) = Mojibake::detect(&article.text) {
        return Err(IntakeError::Mojibake(mojibake));
    }
    article.date = article.date.map(|date| as_iso(date, source.date_order));
    if source.outlet_from_folder && article.outlet.is_none() {
        article.outlet = names::folder(&source.name).map(str::to_owned);
    }
    article.outlet = article.outlet.map(|outlet| one_name(&outlet).into_owned());
    let mending = pdf_text::mended(&article.text);
    let mended = mending.map(|(text, mended)| {
        article.text = text;
        if let Some((title, _)) = article.title.as_deref().and_then(pdf_text::mended) {
            article.title = Some(title);
        }
        mended
    });
    if let Cow::Owned(text) = wrapped::unwrapped(&article.text) {
        article.text = text;
    }
    let removals = boilerplate::clean(&mut article);
    without_headline(&mut article);
    let new = IntakeNotes::new(source.format, encoding);
    let notes = IntakeNotes { replaced, mended, removals, ..new };
    Ok(IntakeArticle { article, notes, kept: Vec::new() })
}
