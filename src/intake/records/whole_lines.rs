//! The lines of a JSONL file, each of limited length.

use std::io::{self, BufRead, Read};

use super::broken_off;
use super::nesting::Scan;

/// Most bytes of a line of a JSONL file.
pub(in crate::intake) const MAX_LINE: usize = 16 << 20;

/// A line of a JSONL file.
pub(super) enum Line {
    Whole(Vec<u8>),
    TooLong,
    /// The last one, without its end, in the middle of an object.
    Cut,
}

/// The next line that is not empty, and its number.
pub(super) fn next_line(reader: &mut impl BufRead, number: &mut usize) -> io::Result<Option<Line>> {
    loop {
        *number += skip_empty_lines(reader).map_err(|error| broken_off(*number as u64, &error))?;
        *number += 1;
        let line = limited_line_and_end(reader);
        let line = line.map_err(|error| broken_off(*number as u64, &error))?;
        match line {
            Some((Ok(mut line), has_end)) => {
                // Where files were appended, each begins with its own byte-order mark.
                if line.starts_with(b"\xEF\xBB\xBF") {
                    line.drain(..3);
                }
                if !line.iter().all(u8::is_ascii_whitespace) {
                    let is_cut = !has_end && Scan::is_open_within(&line);
                    return Ok(Some(if is_cut { Line::Cut } else { Line::Whole(line) }));
                }
            }
            Some((Err(()), _)) => return Ok(Some(Line::TooLong)),
            None => return Ok(None),
        }
    }
}

/// Skips lines of nothing, of which a packed file may have a hundred million; gives their number.
fn skip_empty_lines(reader: &mut impl BufRead) -> io::Result<usize> {
    let mut n_lines = 0;
    loop {
        let there = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            there => there?,
        };
        let n_empty = there.iter().take_while(|byte| **byte == b'\n').count();
        let is_more = n_empty > 0 && n_empty == there.len();
        reader.consume(n_empty);
        n_lines += n_empty;
        if !is_more {
            return Ok(n_lines);
        }
    }
}

/// The next line without its end; `None` at the end of the input, `Some(Err(()))` for a line of
/// more than [`MAX_LINE`] bytes, which is skipped.
pub(crate) fn limited_line(reader: &mut impl BufRead) -> io::Result<Option<LimitedLine>> {
    Ok(limited_line_and_end(reader)?.map(|(line, _)| line))
}

type LimitedLine = Result<Vec<u8>, ()>;

/// The same, and whether the line has its end.
fn limited_line_and_end(reader: &mut impl BufRead) -> io::Result<Option<(LimitedLine, bool)>> {
    let mut line = Vec::new();
    let limit = MAX_LINE as u64 + 1;
    if Read::take(&mut *reader, limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let has_end = line.last() == Some(&b'\n');
    if line.len() > MAX_LINE && !has_end {
        reader.skip_until(b'\n')?;
        return Ok(Some((Err(()), true)));
    }
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some((Ok(line), has_end)))
}
