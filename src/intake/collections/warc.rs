//! What crawlers save: WARC (ISO 28500), and the texts that Common Crawl makes of it (WET).

use std::io::{self, BufRead, Read};

use super::http::{self, Body};
use super::limited::PutBack;
use super::warc_header::{Header, beginning, begins_within};
use super::{Collection, MAX_PART, Place};
use crate::intake::bytes::Bytes;
use crate::intake::raw_article::RawArticle;
use crate::intake::{Format, IntakeError, PassedOver};

/// Most bytes of the header of a record.
const MAX_HEADER: u64 = 64 << 10;

/// Bytes in which the beginning of a record is looked for: that, and the empty lines before it.
const WINDOW: usize = 64;

/// Bytes in which it is looked for at once where a crawl is damaged.
const SKIPPED: usize = 64 << 10;

/// Records in which others begin, before lengths are no longer believed, and bytes that are read at
/// once of those behind them.
const MAX_SPLIT: usize = 16;
const PIECE: u64 = 1 << 10;

/// Reads the pages of a crawl, one after the other.
pub(super) struct WarcReader<'a> {
    reader: PutBack<Bytes<'a>>,
    place: Place,
    n_records: usize,
    /// Records in which others began.
    n_split: usize,
    is_over: bool,
    passed_over: PassedOver,
}

impl<'a> WarcReader<'a> {
    pub(super) fn new(reader: Bytes<'a>, place: Place) -> Self {
        let passed_over = PassedOver::default();
        let reader = PutBack::new(reader);
        Self { reader, place, n_records: 0, n_split: 0, is_over: false, passed_over }
    }

    /// Reads up to the end of the next page.
    fn read(&mut self) -> Result<Option<RawArticle>, IntakeError> {
        while let Some(header) = self.header()? {
            self.n_records += 1;
            let name = header.uri.clone().unwrap_or_else(|| self.place.part(self.n_records));
            let is_wanted = match header.kind.as_str() {
                "response" | "resource" if header.is_about_crawl() => {
                    self.passed_over.add("what a crawler notes of its crawl", &name);
                    false
                }
                "response" => true,
                "warcinfo" | "request" | "metadata" | "revisit" | "continuation" => false,
                "resource" | "conversion" => {
                    let is_article = http::of_type(&header.content_type).is_some();
                    if !is_article {
                        let what = format!("files of type {}", header.content_type);
                        self.passed_over.add(what, &name);
                    }
                    is_article
                }
                _ => {
                    self.passed_over.add("records of no type that is known", &name);
                    false
                }
            };
            if !is_wanted || header.length > MAX_PART {
                let may_be_page = is_wanted && self.begins_as_page(&header, &name)?;
                self.skip(header.length)?;
                if may_be_page {
                    let message = format!("the page is longer than {} MB", MAX_PART >> 20);
                    return Ok(Some(self.place.failed(name, Format::Html, damaged(message))));
                }
                continue;
            }
            let mut block = self.block(header.length)?;
            let n_bytes = block.len() as u64;
            let is_split = self.mend(&mut block, n_bytes < header.length)?;
            if !block.trim_ascii_end().ends_with(b"</html>") {
                if is_split {
                    let number = self.n_records;
                    return Err(damaged(format!("record {number} of the crawl is cut")));
                }
                self.check_whole(n_bytes, header.length)?;
            }
            let body = if header.kind == "response" && block.starts_with(b"HTTP/") {
                http::body(&block)
            } else {
                let found = http::of_type(&header.content_type);
                let (format, declared) = found.unwrap_or((Format::Html, None));
                Body::Page(format, block, declared)
            };
            match body {
                Body::Page(format, bytes, declared) => {
                    return Ok(Some(self.place.file(name, format, bytes, declared)));
                }
                Body::Other(what) => self.passed_over.add(what, &name),
            }
        }
        Ok(None)
    }

    /// The block of a record. Where many lengths were too large, it ends where a record begins in
    /// it: reading to its told end and going back, once a record, would take the square of the
    /// time.
    fn block(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut block = Vec::new();
        let mut piece = if self.n_split < MAX_SPLIT { length } else { PIECE };
        loop {
            let start = block.len();
            let left = length - start as u64;
            let n_bytes = (&mut self.reader).take(piece.min(left)).read_to_end(&mut block)?;
            let seam = start.saturating_sub(WINDOW);
            if n_bytes as u64 == left || n_bytes == 0 || beginning(&block[seam..]).is_some() {
                return Ok(block);
            }
            piece *= 2;
        }
    }

    /// Mends a record whose length is told wrong: some programs count letters, or forget what they
    /// changed, and others stop within a record and go on with the next. Gives whether the next one
    /// began in it. The source is at its end where the record is short.
    fn mend(&mut self, block: &mut Vec<u8>, is_short: bool) -> Result<bool, IntakeError> {
        let there = self.reader.peek(WINDOW);
        // Two empty lines stand between records; some programs write one.
        let after = there.trim_ascii_start();
        let is_line = there.iter().take(4).filter(|byte| byte.is_ascii_whitespace()).count() >= 2;
        let is_end = after.is_empty()
            || (is_line || there.starts_with(b"\n")) && after.starts_with(b"WARC/")
            // What follows is a damaged record.
            || there.starts_with(b"\r\n\r\n");
        if is_end && !is_short {
            return Ok(false);
        }
        // The length may end within the first line of the next record.
        let seam = block.len().saturating_sub(WINDOW);
        let across = [&block[seam..], &there[..there.len().min(WINDOW)]].concat();
        let across = beginning(&across).map(|at| seam + at).filter(|at| *at < block.len());
        if let Some(at) = beginning(block).or(across) {
            let rest = block.split_off(at);
            self.reader.put_back(rest);
            self.n_split += 1;
            return Ok(true);
        }
        while !is_short && !self.reader.peek(WINDOW).starts_with(b"WARC/") {
            let left = MAX_PART.saturating_sub(block.len() as u64);
            if left == 0 {
                let number = self.n_records;
                return Err(damaged(format!("record {number} of the crawl has no end")));
            }
            let mut line = Vec::new();
            if (&mut self.reader).take(left).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            block.extend(line);
        }
        Ok(false)
    }

    /// Whether a record that is too long holds a page, by its beginning, which is put back; what
    /// else it holds is passed over.
    fn begins_as_page(&mut self, header: &Header, name: &str) -> Result<bool, IntakeError> {
        if header.kind != "response" {
            return Ok(true);
        }
        let mut start = Vec::new();
        (&mut self.reader).take(MAX_HEADER).read_to_end(&mut start)?;
        let body = http::body(&start);
        self.reader.put_back(start);
        match body {
            Body::Page(..) => Ok(true),
            Body::Other(what) => {
                self.passed_over.add(what, name);
                Ok(false)
            }
        }
    }

    /// Skips a record. A long one that is told to be longer than it is ends where the next begins.
    fn skip(&mut self, length: u64) -> Result<(), IntakeError> {
        let mut left = length;
        while left > MAX_PART {
            let (skipped, is_found) = self.skip_some();
            left -= skipped;
            if is_found {
                return Err(damaged(format!("record {} of the crawl is cut", self.n_records)));
            }
            if skipped == 0 {
                break;
            }
        }
        let skipped = io::copy(&mut (&mut self.reader).take(left), &mut io::sink())?;
        self.check_whole(length - left + skipped, length)
    }

    fn check_whole(&self, found: u64, length: u64) -> Result<(), IntakeError> {
        if found < length {
            let number = self.n_records;
            return Err(damaged(format!("the crawl ends within its record {number}")));
        }
        Ok(())
    }

    /// Skips to the beginning of a record; whether there is one.
    fn skip_to_next(&mut self) -> bool {
        loop {
            match self.skip_some() {
                (_, true) => return true,
                (0, false) => return false,
                _ => {}
            }
        }
    }

    /// Skips to the beginning of a record, or most of what is there if none begins in it. Gives how
    /// many bytes, which are 0 at the end, and whether one begins.
    fn skip_some(&mut self) -> (u64, bool) {
        // Where much is there, it is not read anew.
        let is_enough = self.reader.peek(WINDOW).len() > SKIPPED / 16;
        let there = self.reader.peek(if is_enough { WINDOW } else { SKIPPED });
        let (n_bytes, found) = (there.len(), beginning(there));
        // A beginning may go on behind what is seen.
        let skipped = found.unwrap_or_else(|| n_bytes.saturating_sub(WINDOW - 1).max(1));
        let skipped = skipped.min(n_bytes);
        self.reader.consume(skipped);
        (skipped as u64, found.is_some())
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> Result<Option<Header>, IntakeError> {
        let mut lines = Vec::new();
        loop {
            let start = lines.len();
            let left = MAX_HEADER.saturating_sub(start as u64);
            let n_bytes = (&mut self.reader).take(left).read_until(b'\n', &mut lines)?;
            let is_empty = lines[start..].iter().all(u8::is_ascii_whitespace);
            if n_bytes == 0 && start == 0 {
                return Ok(None);
            }
            match (start, is_empty) {
                // Empty lines stand between records.
                (0, true) => lines.clear(),
                (_, true) => break,
                (0, false) if !lines.starts_with(b"WARC/") => {
                    let number = self.n_records + 1;
                    self.reader.put_back(lines);
                    return Err(damaged(format!(
                        "the crawl is damaged before its record {number}"
                    )));
                }
                // Another record begins in this one's header.
                (1.., false) if begins_within(&lines[start..]).is_some() => {
                    let at = start + begins_within(&lines[start..]).unwrap_or(0);
                    let number = self.n_records + 1;
                    self.reader.put_back(lines.split_off(at));
                    return Err(damaged(format!(
                        "the header of record {number} of the crawl is cut"
                    )));
                }
                (_, false) => {}
            }
        }
        Header::new(&lines, self.n_records + 1).map(Some)
    }
}

pub(super) fn damaged(message: String) -> IntakeError {
    IntakeError::Damaged(message.into())
}

impl Iterator for WarcReader<'_> {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        if self.is_over {
            return None;
        }
        self.read().unwrap_or_else(|error| {
            let name = self.place.part(self.n_records + 1);
            let is_more = matches!(error, IntakeError::Damaged(_)) && self.skip_to_next();
            self.is_over = !is_more;
            self.n_records += usize::from(is_more);
            let error = if is_more { error } else { error.of_the_rest() };
            Some(self.place.failed(name, Format::Warc, error))
        })
    }
}

impl Collection for WarcReader<'_> {
    fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }
}
