//! How a table of text is written: what separates its cells, and how they are quoted.

use super::scan::{Quoting, Scan, line_length, scan};

/// How a table of text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// What separates cells.
    pub(crate) delimiter: u8,
    /// How cells are quoted.
    pub(crate) quoting: Quoting,
    /// Whether the first line is `sep=;`, which tells Excel the delimiter.
    pub(crate) has_separator_line: bool,
}

/// What may separate cells. Of those that are as likely, the last one is taken.
const DELIMITERS: [u8; 4] = [b'|', b'\t', b';', b','];

impl Dialect {
    /// Finds it from the first bytes of a table. The delimiter is that of a line `sep=;`; else the
    /// one with which the most names of the header are known; else the one with which the first two
    /// rows have as many cells; else the one that gives the header the most.
    pub(crate) fn detect(start: &[u8], n_known: impl Fn(&[String]) -> usize) -> Self {
        let dialect =
            |delimiter| Self { delimiter, quoting: Quoting::Doubled, has_separator_line: false };
        let start = without_blank(start);
        if let Some(delimiter) = separator_line(start) {
            return Self { has_separator_line: true, ..dialect(delimiter) };
        }
        let likelihood = |&delimiter: &u8| {
            let header = first_row(start, delimiter);
            let names = names(header, delimiter);
            let next = first_row(without_blank(&start[header.len()..]), delimiter);
            let is_even = names.len() > 1 && self::names(next, delimiter).len() == names.len();
            (if names.len() > 1 { n_known(&names) } else { 0 }, is_even, names.len())
        };
        dialect(DELIMITERS.into_iter().max_by_key(likelihood).unwrap_or(b','))
    }

    /// Whether the first row is a header of several columns of which names are known.
    pub(crate) fn is_header(start: &[u8], n_known: impl Fn(&[String]) -> usize) -> bool {
        let dialect = Self::detect(start, &n_known);
        if dialect.has_separator_line {
            return true;
        }
        let start = without_blank(start);
        let header = first_row(start, dialect.delimiter);
        header.len() < start.len() && n_known(&names(header, dialect.delimiter)) > 1
    }
}

/// The delimiter of a line `sep=;`, alone or in quotation marks.
fn separator_line(start: &[u8]) -> Option<u8> {
    let line = start[..line_length(start)].trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    // A tab at the end is the delimiter itself.
    let line = if line.len() == 4 { &start[..start.len().min(5)] } else { line };
    match line {
        [s, e, p, b'=', delimiter]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && !delimiter.is_ascii_alphanumeric() =>
        {
            Some(*delimiter)
        }
        _ => None,
    }
}

/// What follows byte-order marks and empty lines.
fn without_blank(mut bytes: &[u8]) -> &[u8] {
    loop {
        bytes = match bytes {
            [0xEF, 0xBB, 0xBF, rest @ ..] | [b'\r' | b'\n', rest @ ..] => rest,
            _ => return bytes,
        };
    }
}

/// The bytes of the first row; of the first line where a quotation mark is never closed.
fn first_row(bytes: &[u8], delimiter: u8) -> &[u8] {
    match scan(bytes, delimiter, Quoting::Doubled, true) {
        Scan::Row { end, .. } => &bytes[..end],
        _ => &bytes[..line_length(bytes)],
    }
}

fn names(row: &[u8], delimiter: u8) -> Vec<String> {
    let mut csv =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(row);
    let first = csv.byte_records().next().and_then(Result::ok).unwrap_or_default();
    first.iter().map(|name| super::column_name(&String::from_utf8_lossy(name))).collect()
}

/// The word for what separates cells, in the plural.
pub(crate) fn name(delimiter: u8) -> String {
    match delimiter {
        b',' => "commas".to_owned(),
        b';' => "semicolons".to_owned(),
        b'\t' => "tabs".to_owned(),
        b'|' => "pipes (|)".to_owned(),
        other => format!("{:?}", char::from(other)),
    }
}
