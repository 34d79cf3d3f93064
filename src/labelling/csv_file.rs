//! Changes of single rows in a table; every other byte of it stays.

use std::ops::Range;

/// What is to be done to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It says so already.
    Nothing,
    /// These bytes are to be added at its end.
    Append(Vec<u8>),
    /// It is to be replaced by these.
    Whole(Vec<u8>),
}

/// The edit after which the rows for which `is_old` holds are gone and `rows` stand in the place of
/// the first of them, or at the end if there was none.
///
/// # Errors
/// When a row of the file cannot be told from the next: then nobody knows what would be changed.
pub fn edit(
    text: &str,
    is_old: impl Fn(&csv::StringRecord) -> bool,
    rows: &[Vec<String>],
) -> Result<Edit, csv::Error> {
    let end = if text.lines().next().is_some() && text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = Vec::new();
    for row in rows {
        new.extend(line(row, end)?);
    }
    let old = old_rows(text, is_old)?;
    let Some(first) = old.first() else {
        if new.is_empty() {
            return Ok(Edit::Nothing);
        }
        // A hand that edits may leave out the end of the last line.
        let is_open = !text.is_empty() && !text.ends_with('\n');
        let before = if is_open { end.as_bytes() } else { b"" };
        return Ok(Edit::Append([before, &new[..]].concat()));
    };
    let mut whole = Vec::with_capacity(text.len() + new.len());
    whole.extend_from_slice(&text.as_bytes()[..first.start]);
    whole.extend_from_slice(&new);
    let mut at = first.end;
    for range in &old[1..] {
        whole.extend_from_slice(&text.as_bytes()[at..range.start]);
        at = range.end;
    }
    whole.extend_from_slice(&text.as_bytes()[at..]);
    Ok(if whole == text.as_bytes() { Edit::Nothing } else { Edit::Whole(whole) })
}

/// The bytes of the rows for which `is_old` holds, in order.
fn old_rows(
    text: &str,
    is_old: impl Fn(&csv::StringRecord) -> bool,
) -> Result<Vec<Range<usize>>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    reader.headers()?;
    // A row ends where the next line begins: past a whole CR LF, and past lines without anything.
    let place = |position: &csv::Position| {
        let at = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(text.len());
        match &text.as_bytes()[at.saturating_sub(1)..] {
            [b'\r', b'\n', ..] => at + 1,
            _ => at,
        }
    };
    let mut start = place(reader.position());
    let mut record = csv::StringRecord::new();
    let mut old = Vec::new();
    while reader.read_record(&mut record)? {
        let end = place(reader.position());
        if is_old(&record) {
            let empty = text.as_bytes()[start..end].iter();
            let empty = empty.take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            old.push(start + empty..end);
        }
        start = end;
    }
    Ok(old)
}

/// A row as a line.
fn line(cells: &[String], end: &str) -> Result<Vec<u8>, csv::Error> {
    let terminator =
        if end == "\r\n" { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    writer.write_record(cells)?;
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "article,annotator\na,x\n\"b, c\",x\na,y\n";

    fn row(cells: [&str; 2]) -> Vec<Vec<String>> {
        vec![cells.map(str::to_owned).to_vec()]
    }

    fn of<'a>(article: &'a str, annotator: &'a str) -> impl Fn(&csv::StringRecord) -> bool + 'a {
        move |record| &record[0] == article && &record[1] == annotator
    }

    #[test]
    fn a_new_row_is_appended_and_an_old_one_replaced_in_its_place() {
        let append = |text: &str| edit(text, of("z", "x"), &row(["z", "x, \"y\""])).unwrap();
        assert_eq!(append(FILE), Edit::Append(b"z,\"x, \"\"y\"\"\"\n".to_vec()));
        assert_eq!(append("a,b\nc,d"), Edit::Append(b"\nz,\"x, \"\"y\"\"\"\n".to_vec()));
        let replaced = edit(FILE, of("b, c", "x"), &row(["b", "new"])).unwrap();
        assert_eq!(replaced, Edit::Whole(b"article,annotator\na,x\nb,new\na,y\n".to_vec()));
        assert_eq!(edit(FILE, of("a", "x"), &row(["a", "x"])).unwrap(), Edit::Nothing);
    }

    #[test]
    fn a_row_is_taken_out_and_nothing_else_is_touched() {
        let out = |text: &str| edit(text, of("a", "x"), &[]).unwrap();
        assert_eq!(out(FILE), Edit::Whole(b"article,annotator\n\"b, c\",x\na,y\n".to_vec()));
        assert_eq!(
            out("h,i\r\n\r\nk , l\r\na, x\r\na,x"),
            Edit::Whole(b"h,i\r\n\r\nk , l\r\n".to_vec())
        );
        assert_eq!(out("h,i\nb,x\n"), Edit::Nothing);
    }

    #[test]
    fn a_file_that_is_broken_is_not_edited() {
        assert!(edit("h,i\na\n", of("a", "x"), &row(["a", "x"])).is_err());
    }
}
