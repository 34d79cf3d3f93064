//! The rows of a table of text, whole or damaged.
//!
//! A row ends at a line end outside quotation marks; `\n`, `\r\n` and `\r` end lines. Its cells are
//! taken apart by the parser of the csv crate. Where a row does not fit, other ways of quoting are
//! tried; where none fits, the row is damaged, and reading goes on at the next line that begins a
//! row. So a quotation mark that is never closed costs its own row and not those after it.

use std::io::{self, BufRead};

use csv::ByteRecord;
use csv_core::ReadRecordResult;
use memchr::memmem;

use super::dialect::Dialect;
use super::scan::{Quoting, Scan, is_like_row, line_length, lines, scan};
use super::window::Window;
use super::{MAX_COLUMNS, MAX_LINE};

/// Most bytes of a row whose cells have line ends; the least, after many damaged rows, which bounds
/// the work on a file that is made to be slow.
const MAX_ROW: usize = 1 << 20;
const MIN_ROW: usize = 16 << 10;

/// A row.
#[derive(Debug)]
pub(crate) enum Row {
    /// Its cells.
    Cells(ByteRecord),
    /// A quotation mark opens a cell and is never closed, or not at the cell's end. These are the
    /// cells before it. So many lines after it are no rows and are left out.
    Damaged { cells: ByteRecord, n_left_out: u64 },
    /// It is longer than [`MAX_LINE`].
    TooLong,
}

/// Reads the rows of a table, one after the other.
#[derive(Debug)]
pub(crate) struct Rows<R> {
    window: Window<R>,
    delimiter: u8,
    quoting: Quoting,
    width: usize,
    /// Whether some cell was quoted well.
    is_quoted: bool,
    parsers: [csv_core::Reader; 3],
    /// How far a row with line ends is followed.
    max_row: usize,
    /// How many bytes after `start` were followed in vain.
    n_followed: usize,
}

/// What stands where the next row begins.
enum Found {
    Row {
        end: usize,
        cells: usize,
        quoting: Quoting,
        is_sound: bool,
    },
    Damaged,
    TooLong,
    /// A row that the reader's failure cut off.
    CutOff,
}

impl<R: BufRead> Rows<R> {
    /// The rows of `reader`, which gives UTF-8, or another encoding that keeps ASCII. `dialect`
    /// finds from the first bytes how they are written.
    ///
    /// # Errors
    /// Those of the reader.
    pub(crate) fn new(reader: R, dialect: impl FnOnce(&[u8]) -> Dialect) -> io::Result<Self> {
        let mut window = Window::new(reader);
        let dialect = dialect(window.peek()?);
        let parser = |quoting| {
            csv_core::ReaderBuilder::new()
                .delimiter(dialect.delimiter)
                .quoting(quoting != Quoting::Literal)
                .escape((quoting == Quoting::Backslash).then_some(b'\\'))
                .build()
        };
        let mut rows = Self {
            window,
            delimiter: dialect.delimiter,
            quoting: dialect.quoting,
            width: 0,
            is_quoted: false,
            parsers: [Quoting::Doubled, Quoting::Backslash, Quoting::Literal].map(parser),
            max_row: MAX_ROW,
            n_followed: 0,
        };
        if dialect.has_separator_line && rows.window.skip_blank() {
            rows.window.pass(line_length(rows.window.rest()));
        }
        Ok(rows)
    }

    /// What separates the cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How many cells the first row has; 0 before it is read.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The line where the next row begins.
    pub(crate) fn line(&self) -> u64 {
        self.window.line()
    }

    /// The next row and its line.
    ///
    /// # Errors
    /// That of the reader, after every whole row before it.
    pub(crate) fn next(&mut self) -> io::Result<Option<(u64, Row)>> {
        if !self.window.skip_blank() {
            return self.window.end();
        }
        let line = self.window.line();
        let row = match self.look() {
            Found::CutOff => return self.window.end(),
            Found::Row { end, cells, quoting, is_sound } => {
                let raw = self.window.rest()[..end].to_vec();
                if is_sound && quoting == Quoting::Backslash {
                    self.quoting = quoting;
                }
                self.is_quoted |= is_sound && quoting != Quoting::Literal && raw.contains(&b'"');
                let record = self.cells(&raw, quoting, cells);
                self.width = if self.width == 0 { cells } else { self.width };
                self.pass(end);
                Row::Cells(record)
            }
            Found::Damaged => self.damaged(),
            Found::TooLong => {
                self.window.pass_long_line();
                Row::TooLong
            }
        };
        Ok(Some((line, row)))
    }

    /// Goes on behind so many bytes.
    fn pass(&mut self, n_bytes: usize) {
        self.window.pass(n_bytes);
        self.n_followed = self.n_followed.saturating_sub(n_bytes);
        if self.n_followed == 0 {
            self.max_row = MAX_ROW;
        }
    }

    /// What the next row is.
    fn look(&mut self) -> Found {
        let scanned = self.scan(self.quoting);
        if self.window.rest().is_empty() {
            return Found::CutOff;
        }
        if let Some(found) = self.sound(scanned, self.quoting) {
            return found;
        }
        let length =
            if let Scan::Row { end, .. } = scanned { end } else { self.window.rest().len() };
        if self.quoting != Quoting::Literal
            && memmem::find(&self.window.rest()[..length], b"\\\"").is_some()
        {
            let other = match self.quoting {
                Quoting::Doubled => Quoting::Backslash,
                _ => Quoting::Doubled,
            };
            let again = self.scan(other);
            if let Some(found) = self.sound(again, other) {
                return found;
            }
        }
        // Tables with tabs are often written without any quoting.
        let is_bare = self.delimiter == b'\t' && !self.is_quoted;
        let is_misquoted = matches!(scanned, Scan::Row { is_misquoted: true, is_torn: false, .. });
        if is_misquoted || (is_bare && scanned != Scan::More) {
            let first = &self.window.rest()[..line_length(self.window.rest())];
            let literal = scan(first, self.delimiter, Quoting::Literal, true);
            if let Some(found) = self.sound(literal, Quoting::Literal) {
                return found;
            }
        }
        match scanned {
            Scan::More => Found::TooLong,
            Scan::Open { .. } if self.window.has_failed() => Found::CutOff,
            Scan::Open { .. } => Found::Damaged,
            Scan::Row { end, cells, is_misquoted, is_torn } => {
                let is_other = self.width != 0 && cells != self.width;
                if is_torn || (is_misquoted && is_other) || self.has_rows_inside(end, is_other) {
                    return Found::Damaged;
                }
                Found::Row { end, cells, quoting: self.quoting, is_sound: false }
            }
        }
    }

    /// The row, if it is quoted well and has the cells of the first one.
    fn sound(&self, scanned: Scan, quoting: Quoting) -> Option<Found> {
        let Scan::Row { end, cells, is_misquoted: false, .. } = scanned else { return None };
        let is_sound =
            (self.width == 0 || cells == self.width) && !self.has_rows_inside(end, false);
        is_sound.then_some(Found::Row { end, cells, quoting, is_sound })
    }

    /// Whether some line after the first of a row is a row itself, or every line inside is. The
    /// last line does not count: it holds the mark that closes the cell. But no cell holds tabs.
    fn has_rows_inside(&self, end: usize, some: bool) -> bool {
        let row = &self.window.rest()[..end];
        let after = lines(row).skip(1).filter(|line| !line.trim_ascii().is_empty());
        let mut after: Vec<&[u8]> = if self.width < 2 { Vec::new() } else { after.collect() };
        if !some && self.delimiter != b'\t' {
            after.pop();
        }
        let is_row = |line: &&[u8]| is_like_row(line, self.delimiter, self.width);
        if some { after.iter().any(is_row) } else { !after.is_empty() && after.iter().all(is_row) }
    }

    /// Scans the next row, reading on as far as it needs.
    fn scan(&mut self, quoting: Quoting) -> Scan {
        loop {
            let rest = self.window.rest();
            let limit = self.max_row.max(line_length(rest));
            let is_cut = rest.len() > limit;
            let view = &rest[..limit.min(rest.len())];
            match scan(view, self.delimiter, quoting, is_cut || self.window.is_end()) {
                Scan::More if rest.len() > MAX_LINE => return Scan::More,
                Scan::More => self.window.fill_line(MAX_LINE),
                Scan::Row { end, cells, .. }
                    if is_cut && end == view.len() && end == self.max_row =>
                {
                    return Scan::Open { cells };
                }
                scanned => return scanned,
            }
        }
    }

    /// Passes over a damaged row, and what follows it up to the next row.
    fn damaged(&mut self) -> Row {
        self.n_followed = self.window.rest().len().min(self.max_row);
        self.max_row = (self.max_row / 2).max(MIN_ROW);
        let length = line_length(self.window.rest());
        let n_before = match scan(&self.window.rest()[..length], self.delimiter, self.quoting, true)
        {
            Scan::Open { cells } => cells - 1,
            _ => usize::from(self.window.rest().first() != Some(&b'"')),
        };
        let first = self.window.rest()[..length].to_vec();
        let first = self.cells(&first, self.quoting, self.width);
        let cells = first.iter().take(n_before).collect();
        self.pass(length);
        let mut n_left_out = 0;
        while self.width > 0 && self.window.skip_blank() {
            let first = &self.window.rest()[..line_length(self.window.rest())];
            let (length, is_wide) = (first.len(), is_like_row(first, self.delimiter, self.width));
            match self.look() {
                Found::Row { is_sound: false, .. } => {}
                Found::Damaged if !is_wide => {}
                _ => break,
            }
            self.pass(length);
            n_left_out += 1;
        }
        Row::Damaged { cells, n_left_out }
    }

    /// The cells of the bytes of a row; those after more than [`MAX_COLUMNS`] are left out.
    fn cells(&mut self, mut input: &[u8], quoting: Quoting, n_cells: usize) -> ByteRecord {
        let parser = &mut self.parsers[quoting as usize];
        parser.reset();
        let n_cells = n_cells.min(MAX_COLUMNS);
        let (mut out, mut ends) = (vec![0; input.len() + 1], vec![0; n_cells + 1]);
        let (mut n_out, mut n_ends) = (0, 0);
        loop {
            let (result, n_read, n_written, n_ended) =
                parser.read_record(input, &mut out[n_out..], &mut ends[n_ends..]);
            input = &input[n_read..];
            n_out += n_written;
            n_ends += n_ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => out.resize(2 * out.len(), 0),
                ReadRecordResult::OutputEndsFull if n_ends > MAX_COLUMNS => break,
                ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let mut record = ByteRecord::with_capacity(n_out, n_ends);
        let mut from = 0;
        for &end in &ends[..n_ends] {
            record.push_field(&out[from..end]);
            from = end;
        }
        record
    }
}
