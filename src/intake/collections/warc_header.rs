//! Where records of a crawl begin, and what their headers tell.

use httparse::Status;
use memchr::memmem;

use super::warc::damaged;
use crate::intake::IntakeError;

/// Most lines of the header of a record.
const MAX_HEADERS: usize = 128;

/// How a record begins: its version, the end of the line, and a field.
const FIRST: &[u8] = b"WARC/1.";
const FIELD: &[u8] = b"WARC-";

/// Where a record begins among bytes.
pub(super) fn beginning(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, FIRST).find(|&at| {
        let rest = &bytes[at + FIRST.len()..];
        let version = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let line_end = rest[version..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        version == 1 && line_end > 0 && rest[version + line_end..].starts_with(FIELD)
    })
}

/// Where the first line of a record stands at the end of a line.
pub(super) fn begins_within(line: &[u8]) -> Option<usize> {
    let at = memmem::find(line, FIRST)?;
    let version = line[at + FIRST.len()..].trim_ascii_end();
    (version.len() == 1 && version[0].is_ascii_digit()).then_some(at)
}

/// The header of a record.
pub(super) struct Header {
    pub(super) kind: String,
    pub(super) uri: Option<String>,
    pub(super) content_type: String,
    pub(super) length: u64,
}

impl Header {
    /// The header in these lines, of the record with this number.
    pub(super) fn new(lines: &[u8], number: usize) -> Result<Self, IntakeError> {
        let first = lines.iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| at + 1);
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let Ok(Status::Complete((_, headers))) =
            httparse::parse_headers(&lines[first..], &mut headers)
        else {
            return Err(damaged(format!("the header of record {number} of the crawl is damaged")));
        };
        let value = |name: &str| {
            let header = headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            header.map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
        };
        let Some(length) = value("Content-Length").and_then(|length| length.parse().ok()) else {
            return Err(damaged(format!("record {number} of the crawl has no Content-Length")));
        };
        Ok(Self {
            kind: value("WARC-Type").unwrap_or_default().to_ascii_lowercase(),
            uri: value("WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']).to_owned()),
            content_type: value("Content-Type").unwrap_or_default().to_ascii_lowercase(),
            length,
        })
    }

    /// Whether the record is a crawler's log or settings (wget: `metadata://`), a text or picture
    /// that it made of a page (browsertrix: `urn:text:`), or a site's rules for crawlers.
    pub(super) fn is_about_crawl(&self) -> bool {
        let uri = self.uri.as_deref().unwrap_or_default();
        uri.starts_with("metadata:") || uri.starts_with("urn:") || uri.ends_with("/robots.txt")
    }
}
