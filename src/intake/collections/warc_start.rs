//! Where records of a crawl begin.

use memchr::memmem;

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
