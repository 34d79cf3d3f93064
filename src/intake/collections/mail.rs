//! Messages: `.eml`, mbox, and pages that a browser saved as a message (MHTML).

use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use encoding_rs::Encoding;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    ContentType, Encoding as Transfer, HeaderName, HeaderValue, Message, MessageParser,
    MessagePart, MimeHeaders, PartType,
};
use memchr::memmem;

use super::mbox::MboxReader;
use super::{Articles, Held, MAX_PART, Place};
use crate::article::Article;
use crate::intake::bytes::Bytes;
use crate::intake::raw_article::{Item, RawArticle};
use crate::intake::{Format, IntakeError, encoding};

/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Opens a message or several.
pub(super) fn open(mut reader: Bytes<'_>, place: Place) -> Result<Articles<'_>, IntakeError> {
    if reader.fill_buf()?.starts_with(MARK) {
        reader.consume(MARK.len());
    }
    if reader.fill_buf()?.starts_with(b"From ") {
        return Ok(Box::new(MboxReader::new(reader, place)));
    }
    let mut bytes = Vec::new();
    reader.take(MAX_PART + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_PART {
        return Err(too_long());
    }
    let name = place.name.clone();
    Ok(Box::new(Held::new(vec![message(&bytes, name, &place)])))
}

pub(super) fn too_long() -> IntakeError {
    IntakeError::Damaged(format!("a message is longer than {} MB", MAX_PART >> 20).into())
}

/// The article of a message; `name` is its id.
pub(super) fn message(bytes: &[u8], name: String, place: &Place) -> RawArticle {
    let damaged = || IntakeError::Damaged("it is a message without a text".into());
    let (parser, flat) = (MessageParser::new(), without_messages(bytes));
    let (Some(head), Some(message)) = (parser.parse_headers(bytes), parser.parse(&flat[..])) else {
        return place.failed(name, Format::Mail, damaged());
    };
    if is_cut(&head, bytes) {
        let message = "the message ends within a part".to_owned();
        return place.failed(name, Format::Mail, IntakeError::BrokenOff(message));
    }
    let parts = || message.parts.iter();
    let html = || parts().filter(|part| matches!(part.body, PartType::Html(_)));
    // The part with which a page begins need not be the first one (RFC 2387, section 3.2).
    let start = head.content_type().and_then(|of| of.attribute("start")).map(plain_id);
    let html = html()
        .find(|part| start.is_some() && part.content_id().map(plain_id) == start)
        .or_else(|| html().next());
    let text = parts().find(|part| matches!(part.body, PartType::Text(_)));
    let is_page = is_saved_page(&head);
    if let Some(part) = html
        && is_page
    {
        return match raw(bytes, part) {
            Some(page) => place.file(name, Format::Html, page, charset(part)),
            None => place.failed(name, Format::Mail, no_base64()),
        };
    }
    // Of the forms of a text, the plain one has no layout.
    let Some((part, is_markup)) = text.map(|part| (part, false)).or(html.map(|part| (part, true)))
    else {
        return place.failed(name, Format::Mail, damaged());
    };
    let Some(bytes) = raw(bytes, part) else {
        return place.failed(name, Format::Mail, no_base64());
    };
    let encoding =
        place.options.encoding.unwrap_or_else(|| encoding::detect(&bytes, charset(part)));
    let decoded = match encoding::decode(&bytes, encoding, place.options.strict) {
        Ok(decoded) => decoded,
        Err(error) => return place.failed(name, Format::Mail, error),
    };
    let sender = head.from().and_then(|from| from.first());
    let article = Article {
        id: name,
        title: head.subject().map(|subject| subject.trim().to_owned()),
        outlet: sender.and_then(|sender| sender.name().or(sender.address())).map(str::to_owned),
        date: head.date().map(mail_parser::DateTime::to_rfc3339),
        text: decoded.text,
        ..Article::default()
    };
    place.item(Item { article, is_markup, encoding: decoded.encoding }, Format::Mail)
}

/// A part's id without the brackets around it.
fn plain_id(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

/// Whether a message of parts lacks the line that ends the last of them (RFC 2046, section 5.1.1).
fn is_cut(message: &Message, bytes: &[u8]) -> bool {
    let of_parts = |of: &&ContentType| of.ctype().eq_ignore_ascii_case("multipart");
    let content_type = message.content_type().filter(of_parts);
    content_type.and_then(|of| of.attribute("boundary")).is_some_and(|boundary| {
        memmem::find(bytes, format!("--{}--", boundary.trim_end()).as_bytes()).is_none()
    })
}

fn no_base64() -> IntakeError {
    IntakeError::Damaged("its text is damaged base64: save the message anew".into())
}

/// Whether a message is a page that a browser or a word processor saved, and nobody sent.
fn is_saved_page(message: &Message) -> bool {
    let is_related = message.content_type().is_some_and(|of| {
        of.ctype().eq_ignore_ascii_case("multipart")
            && of.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("related"))
    });
    let is_sent = message.from().is_some() && message.message_id().is_some();
    let is_saved = message.header_raw("From").is_some_and(|from| from.contains("Saved by"));
    let has = |name: &'static str| message.header(name).is_some();
    is_saved
        || has("Snapshot-Content-Location")
        || has("Content-Location")
        || is_related && !is_sent
}

/// A message in which no other message is found: the parser has no limit to how deep they are
/// nested, and it drops and copies them by recursion, so that a short message can end the program.
/// What they say is not the article's. The words that make a part a message get the same length,
/// so every place is that of the message as it is.
fn without_messages(message: &[u8]) -> Cow<'_, [u8]> {
    static TYPES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let types = ["rfc822", "global", "digest"];
        let builder = AhoCorasick::builder().ascii_case_insensitive(true).build(types);
        builder.expect("three short words")
    });
    let mut flat = Cow::Borrowed(message);
    for found in TYPES.find_iter(message) {
        flat.to_mut()[found.range()].copy_from_slice(b"x-none");
    }
    flat
}

/// The bytes of a part of a message without their transfer encoding, in the encoding of their text;
/// `None` if they are damaged base64.
fn raw(message: &[u8], part: &MessagePart) -> Option<Vec<u8>> {
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let bytes = message.get(start..end).unwrap_or_default();
    match part.encoding {
        Transfer::QuotedPrintable => {
            quoted_printable_decode(bytes).or_else(|| Some(bytes.to_owned()))
        }
        Transfer::Base64 => base64_decode(bytes),
        // What the parser could not decode is no longer called encoded.
        Transfer::None if part.is_encoding_problem && is_called_base64(part) => None,
        Transfer::None => Some(bytes.to_owned()),
    }
}

fn is_called_base64(part: &MessagePart) -> bool {
    let called = part.content_transfer_encoding();
    called.is_some_and(|called| called.trim().eq_ignore_ascii_case("base64"))
}

/// The encoding that a part declares.
fn charset(part: &MessagePart) -> Option<&'static Encoding> {
    let label = match part.headers.iter().find(|header| header.name == HeaderName::ContentType) {
        Some(header) => match &header.value {
            HeaderValue::ContentType(of) => of.attribute("charset"),
            _ => None,
        },
        None => None,
    };
    Encoding::for_label(label?.as_bytes())
}
