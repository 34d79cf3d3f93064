//! Where a row of a table of text ends, by one way of quoting.

use memchr::{memchr, memchr2, memchr3};

/// How cells that hold the delimiter, quotation marks or line ends are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// In quotation marks; one inside is doubled (RFC 4180).
    Doubled,
    /// In quotation marks; one inside has a backslash before it, as Spark and `escapechar` of
    /// pandas write it.
    Backslash,
    /// Not at all: a quotation mark is a character like others.
    Literal,
}

/// What the bytes at the beginning of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// Too few to tell.
    More,
    /// A row.
    Row {
        /// Its length with its line end.
        end: usize,
        /// How many cells it has.
        cells: usize,
        /// Whether a quotation mark closes a cell and something else than its end follows.
        is_misquoted: bool,
        /// Whether that cell has a line end before this mark.
        is_torn: bool,
    },
    /// The input ends inside quotation marks, in this cell, from 1.
    Open { cells: usize },
}

/// Scans the row at the beginning of `bytes`; `is_all` says that no more bytes follow.
pub(super) fn scan(bytes: &[u8], delimiter: u8, quoting: Quoting, is_all: bool) -> Scan {
    let (mut at, mut cells, mut is_misquoted, mut is_torn) = (0, 1, false, false);
    loop {
        if quoting != Quoting::Literal && bytes.get(at) == Some(&b'"') {
            let open = at;
            at += 1;
            loop {
                let Some(found) = closing(bytes, at, quoting) else {
                    return if is_all { Scan::Open { cells } } else { Scan::More };
                };
                at = found + 1;
                match bytes.get(at) {
                    None if !is_all => return Scan::More,
                    Some(b'"') => at += 1,
                    Some(&next) if next != delimiter && next != b'\r' && next != b'\n' => {
                        is_misquoted = true;
                        is_torn |= memchr2(b'\r', b'\n', &bytes[open..at]).is_some();
                        break;
                    }
                    _ => break,
                }
            }
        }
        let Some(found) = memchr3(delimiter, b'\r', b'\n', &bytes[at..]) else {
            if !is_all {
                return Scan::More;
            }
            return Scan::Row { end: bytes.len(), cells, is_misquoted, is_torn };
        };
        at += found + 1;
        let end = match (bytes[at - 1], bytes.get(at)) {
            (b'\r', Some(b'\n')) => at + 1,
            (b'\r', None) if !is_all => return Scan::More,
            (b'\r' | b'\n', _) => at,
            _ => {
                cells += 1;
                continue;
            }
        };
        return Scan::Row { end, cells, is_misquoted, is_torn };
    }
}

/// The next quotation mark from `at` on that no backslash takes away.
fn closing(bytes: &[u8], mut at: usize, quoting: Quoting) -> Option<usize> {
    if quoting == Quoting::Doubled {
        return memchr(b'"', &bytes[at..]).map(|found| at + found);
    }
    loop {
        let found = at + memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[found] == b'"' {
            return Some(found);
        }
        at = found + 2;
    }
}

/// Length of the first line with its end; that of all bytes where none ends.
pub(super) fn line_length(bytes: &[u8]) -> usize {
    match memchr2(b'\r', b'\n', bytes) {
        None => bytes.len(),
        Some(at) if bytes[at..].starts_with(b"\r\n") => at + 2,
        Some(at) => at + 1,
    }
}

/// The lines of these bytes, each with its end.
pub(super) fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (line, rest) = bytes.split_at(line_length(bytes));
        bytes = rest;
        (!line.is_empty()).then_some(line)
    })
}

/// Most bytes of the first cell of a line that is taken for a row.
const MAX_KEY: usize = 64;

/// Whether a line could be a row by itself: it has so many cells, and the first is a single word.
pub(super) fn is_like_row(line: &[u8], delimiter: u8, width: usize) -> bool {
    let cells = match scan(line, delimiter, Quoting::Literal, true) {
        Scan::Row { cells, .. } => cells,
        _ => 0,
    };
    let first = line.split(|&byte| byte == delimiter).next().unwrap_or_default();
    let first =
        first.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(first);
    let is_word = !first.iter().any(|&byte| byte.is_ascii_whitespace() || byte == b'"');
    cells == width && is_word && (1..=MAX_KEY).contains(&first.len())
}
