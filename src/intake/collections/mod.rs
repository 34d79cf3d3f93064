//! Files that hold many articles, or an article among other things: feeds, crawls, messages,
//! archives, office documents.
//!
//! Each is read as a stream, one article at a time; nothing is written, and names within a file are
//! ids only. Whatever is read at once has a limit.

mod archive;
mod entities;
mod feed;
mod feed_element;
mod feed_item;
mod http;
mod limited;
mod mail;
mod mbox;
mod office;
mod pages;
mod tar;
mod telegram;
mod warc;
mod warc_header;
mod zip;

use std::io::{BufReader, Cursor, Read, Seek};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::bytes::{Bytes, Transcoded, transcoded};
use super::raw_article::{Item, RawArticle, RawContent, SourceInfo};
use super::{Format, IntakeError, IntakeOptions, PassedOver, SourceNotice};
pub(super) use pages::pages;
pub(super) use telegram::messages as telegram_messages;
pub(super) use zip::is_workbook;

/// Most bytes of what is read at once: a member of an archive, a page of a crawl, a message.
const MAX_PART: u64 = 64 << 20;

/// The articles of a file that holds many.
pub(super) trait Collection: Iterator<Item = RawArticle> + Send {
    /// The parts of the file that were passed over so far.
    fn passed_over(&self) -> &PassedOver;

    /// What there is to tell of the articles at their end, since it was asked last.
    fn take_notice(&mut self) -> Option<SourceNotice> {
        None
    }
}

/// A collection of any kind.
pub(super) type Articles<'a> = Box<dyn Collection + 'a>;

/// Something that ZIP archives are read from.
pub(super) trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// Where a collection stands: its name, how it is read, and how many archives it is in.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) options: IntakeOptions,
    pub(super) depth: usize,
}

impl Place {
    /// An article whose bytes are in a format of their own, with the encoding that what is around
    /// it declares.
    fn file(
        &self,
        name: String,
        format: Format,
        bytes: Vec<u8>,
        declared: Option<&'static Encoding>,
    ) -> RawArticle {
        let source = SourceInfo { declared, ..SourceInfo::new(name, format, &self.options) };
        RawArticle { content: RawContent::File(bytes), source: Arc::new(source) }
    }

    /// An article whose parts are known.
    fn item(&self, item: Item, format: Format) -> RawArticle {
        let source = SourceInfo::new(item.article.id.clone(), format, &self.options);
        RawArticle { content: RawContent::Item(Box::new(item)), source: Arc::new(source) }
    }

    /// An article that cannot be read.
    fn failed(&self, name: String, format: Format, error: IntakeError) -> RawArticle {
        let source = SourceInfo::new(name, format, &self.options);
        RawArticle { content: RawContent::Failed(error), source: Arc::new(source) }
    }

    /// The name of the part with this number, from 1.
    fn part(&self, number: usize) -> String {
        format!("{}:{number}", self.name)
    }
}

/// Opens a collection that is read from its first byte to its last.
///
/// # Errors
/// If nothing of it can be read.
pub(super) fn open(
    format: Format,
    mut reader: Bytes<'_>,
    place: Place,
) -> Result<Articles<'_>, IntakeError> {
    Ok(match format {
        Format::Feed => {
            let Transcoded { bytes, encoding, of_records } =
                transcoded(reader, place.options.encoding)?;
            // The parser reads UTF-8 only, so a feed is not decoded item by item.
            let bytes: Bytes = if of_records.is_some_and(|of| of != UTF_8) {
                let decoder = DecodeReaderBytesBuilder::new().encoding(of_records).build(bytes);
                Box::new(BufReader::new(decoder))
            } else {
                bytes
            };
            Box::new(feed::FeedReader::new(bytes, encoding.name(), place))
        }
        Format::Warc => Box::new(warc::WarcReader::new(reader, place)),
        Format::Mail => mail::open(reader, place)?,
        Format::Tar => Box::new(tar::TarReader::new(reader, place)?),
        _ => {
            // The directory of a ZIP archive is at its end.
            let mut bytes = Vec::new();
            (&mut reader).take(MAX_PART + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > MAX_PART {
                return Err(IntakeError::Damaged(
                    format!(
                        "a ZIP file is read from its end, so only {} MB can come through a pipe; \
                         name the file",
                        MAX_PART >> 20
                    )
                    .into(),
                ));
            }
            zip::open(Box::new(Cursor::new(bytes)), place)?
        }
    })
}

/// Opens a ZIP archive, or an office document, which is one.
///
/// # Errors
/// If nothing of it can be read.
pub(super) fn open_zip<'a>(
    file: Box<dyn ReadSeek + 'a>,
    place: Place,
) -> Result<Articles<'a>, IntakeError> {
    zip::open(file, place)
}

/// Articles that are all in memory.
pub(super) struct Held {
    articles: std::vec::IntoIter<RawArticle>,
    passed_over: PassedOver,
    notice: Option<SourceNotice>,
}

impl Held {
    pub(super) fn new(articles: Vec<RawArticle>) -> Self {
        Self { articles: articles.into_iter(), passed_over: PassedOver::default(), notice: None }
    }
}

impl Iterator for Held {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        self.articles.next()
    }
}

impl Collection for Held {
    fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }

    fn take_notice(&mut self) -> Option<SourceNotice> {
        if self.articles.len() == 0 { self.notice.take() } else { None }
    }
}
