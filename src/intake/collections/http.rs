//! The page in an HTTP response, as crawlers save it.

use std::io::Read;

use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use httparse::Status;

use super::MAX_PART;
use crate::intake::Format;

/// Most header lines of a response.
const MAX_HEADERS: usize = 256;

/// What a response holds.
pub(super) enum Body {
    /// A page or text, and the encoding that its header declares.
    Page(Format, Vec<u8>, Option<&'static Encoding>),
    /// Something else, and what.
    Other(String),
}

/// The body of a response, unpacked.
pub(super) fn body(response: &[u8]) -> Body {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let Ok(Status::Complete(length)) = parsed.parse(response) else {
        return Body::Other("damaged responses".to_owned());
    };
    let code = parsed.code.unwrap_or(0);
    if !(200..300).contains(&code) {
        return Body::Other(format!("responses of status {code}"));
    }
    let value = |name: &str| {
        let header = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.map(|header| String::from_utf8_lossy(header.value).to_ascii_lowercase())
    };
    let content_type = value("content-type").unwrap_or_default();
    let Some((format, declared)) = of_type(&content_type) else {
        let name = content_type.split(';').next().unwrap_or("").trim().to_owned();
        return Body::Other(format!("files of type {name}"));
    };
    let body = &response[length..];
    let is_chunked = value("transfer-encoding").is_some_and(|of| of.contains("chunked"));
    // Some crawlers keep the header and join the chunks.
    let joined = is_chunked.then(|| without_chunks(body)).flatten();
    let body = joined.as_deref().unwrap_or(body);
    let packing = value("content-encoding").unwrap_or_default();
    match unpacked(body, packing.trim()) {
        Some(bytes) => Body::Page(format, bytes, declared),
        None => Body::Other(format!("pages packed with {packing}, or damaged")),
    }
}

/// The format and encoding of a media type that holds an article; `None` for other types.
pub(super) fn of_type(content_type: &str) -> Option<(Format, Option<&'static Encoding>)> {
    let (name, rest) = content_type.split_once(';').unwrap_or((content_type, ""));
    let format = match name.trim() {
        "text/html" | "application/xhtml+xml" | "" => Format::Html,
        "text/plain" => Format::Text,
        _ => return None,
    };
    let label = rest.split_once("charset=").map(|(_, label)| label.trim_matches(['"', '\'', ' ']));
    let label = label.and_then(|label| label.split([';', '"', ' ']).next());
    Some((format, label.and_then(|label| Encoding::for_label(label.as_bytes()))))
}

/// A body whose chunks are joined; `None` if it has none.
fn without_chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    loop {
        let Ok(Status::Complete((start, size))) = httparse::parse_chunk_size(body) else {
            return None;
        };
        if size == 0 {
            return Some(joined);
        }
        let size = usize::try_from(size).ok()?;
        let end = start.checked_add(size)?;
        // A response that was cut off has less than its last chunk.
        joined.extend_from_slice(body.get(start..end.min(body.len()))?);
        body = body.get(end..).unwrap_or(&[]);
        body = body.strip_prefix(b"\r\n").unwrap_or(body);
        if body.is_empty() {
            return Some(joined);
        }
    }
}

/// An unpacked body; `None` if it cannot be unpacked or is too long.
fn unpacked(body: &[u8], packing: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let reader: Box<dyn Read + '_> = match packing {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Box::new(MultiGzDecoder::new(body)),
        "deflate" if body.first().is_some_and(|byte| byte & 0x0F == 8) => {
            Box::new(ZlibDecoder::new(body))
        }
        "deflate" => Box::new(DeflateDecoder::new(body)),
        "br" | "zstd" if std::str::from_utf8(body).is_err() => return None,
        // Some crawlers keep the header and unpack.
        _ => return Some(body.to_owned()),
    };
    reader.take(MAX_PART + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_PART).then_some(bytes)
}
