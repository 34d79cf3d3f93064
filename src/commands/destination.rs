//! Where records go: standard output, or a file that a run which was cut short has begun.
//!
//! A record is a line, and each is written whole before the next: so after a kill at any moment a file holds whole lines and at most a
//! torn one. To resume is to drop that, to pass over as many records of the input as there are lines, and to go on. That the last of them
//! comes out as it stands in the file shows that input, model and options are the same; otherwise nothing is written.

use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, bail};

/// A writer of records.
pub struct Destination {
    out: BufWriter<Box<dyn Write>>,
    name: String,
    begun: Begun,
}

/// What a file holds already.
#[derive(Debug, Default, PartialEq, Eq)]
struct Begun {
    /// How many bytes of whole lines.
    bytes: u64,
    /// How many records.
    records: usize,
    /// How many of them say that an article could not be scored.
    failed: usize,
    /// The last record, with its line feed.
    last: Vec<u8>,
    /// How many records of the input are still to be passed over.
    left: usize,
}

impl Destination {
    /// Standard output, which begins with `header`.
    pub fn stdout(header: &[u8]) -> io::Result<Self> {
        let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(Box::new(io::stdout().lock()));
        out.write_all(header)?;
        Ok(Self { out, name: "standard output".to_owned(), begun: Begun::default() })
    }

    /// A file that begins with `header`. One that holds anything is kept as it is, unless it is to be resumed; `is_failed` tells whether
    /// a line says that an article could not be scored.
    pub fn file(path: &Path, header: &[u8], resume: bool, is_failed: impl Fn(&[u8]) -> bool) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(path).with_context(|| name.clone())?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => bail!("{name}: another program is writing it"),
            // Where a file system knows no locks, a second writer is not told.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let length = file.metadata().with_context(|| name.clone())?.len();
        if length > 0 && !resume {
            bail!("{name}: it holds {length} bytes already; --resume completes what a run that was cut short has begun");
        }
        let begun = begun(BufReader::new(&file), header, is_failed).with_context(|| name.clone())?;
        file.set_len(begun.bytes).with_context(|| name.clone())?;
        file.seek(SeekFrom::End(0)).with_context(|| name.clone())?;
        let mut out: BufWriter<Box<dyn Write>> = BufWriter::with_capacity(1 << 16, Box::new(file));
        if begun.bytes == 0 {
            out.write_all(header)?;
        }
        Ok(Self { out, name, begun })
    }

    /// How many records were there already.
    pub fn n_begun(&self) -> usize {
        self.begun.records
    }

    /// How many of them say that an article could not be scored.
    pub fn n_failed(&self) -> usize {
        self.begun.failed
    }

    /// Whether the next record is there already, so that it need not be made. The last one that is there must be made once more, to be
    /// compared with ([`Self::write`]).
    pub fn passes_over(&mut self) -> bool {
        self.begun.left = self.begun.left.saturating_sub(1);
        self.begun.left > 0
    }

    /// Writes the next record that was not passed over.
    pub fn write(&mut self, record: &[u8]) -> anyhow::Result<()> {
        let last = std::mem::take(&mut self.begun.last);
        if last.is_empty() {
            return Ok(self.out.write_all(record)?);
        }
        if last != record {
            bail!(
                "{}: its record {} is not what this run gives there: the input, the model, the options or the program are others than those \
                 that it was begun with",
                self.name,
                self.begun.records
            );
        }
        Ok(())
    }

    /// Writes what is no record.
    pub fn write_text(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// Hands everything on.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says what is wrong at the end of the input, if the file held more records than that.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        if !self.begun.last.is_empty() {
            bail!("{}: it holds {} records, more than the input", self.name, self.begun.records);
        }
        Ok(self.out.flush()?)
    }
}

/// Reads what is there. A header that is torn counts as nothing; another one is an error.
fn begun(mut lines: impl BufRead, header: &[u8], is_failed: impl Fn(&[u8]) -> bool) -> anyhow::Result<Begun> {
    let mut begun = Begun::default();
    let mut start = vec![0; header.len()];
    let mut filled = 0;
    while filled < start.len() {
        match lines.read(&mut start[filled..])? {
            0 => break,
            n_bytes => filled += n_bytes,
        }
    }
    if !header.starts_with(&start[..filled]) {
        bail!("it does not begin with the header that this run writes");
    }
    if filled < header.len() {
        return Ok(begun);
    }
    begun.bytes = header.len() as u64;
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 && line.last() == Some(&b'\n') {
        begun.bytes += line.len() as u64;
        begun.records += 1;
        begun.failed += usize::from(is_failed(&line));
        std::mem::swap(&mut begun.last, &mut line);
        line.clear();
    }
    begun.left = begun.records;
    Ok(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_are_counted_and_a_torn_one_is_not() {
        let of = |text: &str| begun(text.as_bytes(), b"h\n", |line| line.starts_with(b"!"));
        assert_eq!(of("h\na\n!b\nc").unwrap(), Begun { bytes: 7, records: 2, failed: 1, last: b"!b\n".to_vec(), left: 2 });
        for torn in ["", "h"] {
            assert_eq!(of(torn).unwrap(), Begun::default());
        }
        assert_eq!(of("h\n").unwrap(), Begun { bytes: 2, ..Begun::default() });
        assert!(of("g\na\n").is_err());
    }
}
