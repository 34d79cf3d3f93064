//! Where records go: standard output, or a file that a run which was cut short has begun.
//!
//! A record is a line, and each is written whole before the next: so after a kill at any moment a
//! file holds whole lines and at most a torn one. To resume is to drop that, to pass over as many
//! records of the input as there are lines, and to go on. The last lines, and some of those before
//! them ([`Sample`]), are made once more and must come out as they stand in the file, and the torn
//! line must begin the record that comes in its place: that shows that input, model and options are
//! the same. Otherwise the file is left as it is.

use std::collections::VecDeque;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, bail};

/// A writer of records.
pub struct Destination {
    out: BufWriter<Box<dyn Write>>,
    name: String,
    begun: Begun,
    /// The file, until the first byte is written.
    untouched: Option<File>,
    /// What comes before all records and is not there yet.
    header: Vec<u8>,
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
    /// Records that are to be compared, first ones first.
    sample: Sample,
    /// How many records of the input were passed over.
    passed: usize,
    /// What stands behind the last whole line.
    torn: Vec<u8>,
}

/// Records by their numbers, from 0: the last [`LAST`], and of those before them every so-manieth,
/// [`SPREAD`] to twice as many.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sample {
    spread: VecDeque<(usize, Vec<u8>)>,
    last: VecDeque<(usize, Vec<u8>)>,
    /// Of how many one is kept, as a power of two.
    stride: u32,
}

const LAST: usize = 32;
const SPREAD: usize = 32;

impl Sample {
    fn add(&mut self, number: usize, record: Vec<u8>) {
        self.last.push_back((number, record));
        if self.last.len() > LAST
            && let Some((number, record)) = self.last.pop_front()
            && number % (1 << self.stride) == 0
        {
            self.spread.push_back((number, record));
        }
        if self.spread.len() > 2 * SPREAD {
            self.stride += 1;
            self.spread.retain(|(number, _)| number % (1 << self.stride) == 0);
        }
    }

    fn has(&self, number: usize) -> bool {
        self.spread.iter().chain(&self.last).any(|(other, _)| *other == number)
    }

    fn next(&mut self) -> Option<(usize, Vec<u8>)> {
        self.spread.pop_front().or_else(|| self.last.pop_front())
    }
}

impl Destination {
    /// Standard output, which begins with `header`.
    pub fn stdout(header: &[u8]) -> io::Result<Self> {
        let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(Box::new(io::stdout().lock()));
        out.write_all(header)?;
        Ok(Self {
            out,
            name: "standard output".to_owned(),
            begun: Begun::default(),
            untouched: None,
            header: Vec::new(),
        })
    }

    /// A file that begins with `header`. One that holds anything is kept as it is, unless it is to
    /// be resumed; `is_failed` tells whether a line says that an article could not be scored.
    pub fn file(
        path: &Path,
        header: &[u8],
        resume: bool,
        is_failed: impl Fn(&[u8]) -> bool,
    ) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .with_context(|| name.clone())?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => bail!("{name}: another program is writing it"),
            // Where a file system knows no locks, a second writer is not told.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let length = file.metadata().with_context(|| name.clone())?.len();
        if length > 0 && !resume {
            bail!(
                "{name}: it holds {length} bytes already; --resume completes what a run that was cut short has begun"
            );
        }
        let begun =
            begun(BufReader::new(&file), header, is_failed).with_context(|| name.clone())?;
        let untouched = Some(file.try_clone().with_context(|| name.clone())?);
        let header = if begun.bytes == 0 { header.to_vec() } else { Vec::new() };
        let out: BufWriter<Box<dyn Write>> = BufWriter::with_capacity(1 << 16, Box::new(file));
        Ok(Self { out, name, begun, untouched, header })
    }

    /// Takes a torn line off, which `record` must begin with, and goes to the end.
    fn touch(&mut self, record: &[u8]) -> anyhow::Result<()> {
        let Some(mut file) = self.untouched.take() else { return Ok(()) };
        if !record.starts_with(&self.begun.torn) {
            bail!("{}: {}", self.name, Self::other_run(self.begun.records + 1));
        }
        file.set_len(self.begun.bytes).with_context(|| self.name.clone())?;
        file.seek(SeekFrom::End(0)).with_context(|| self.name.clone())?;
        Ok(self.out.write_all(&self.header)?)
    }

    fn other_run(record: usize) -> String {
        format!(
            "its record {record} is not what this run gives there: the input, the model, the options or the program are others than those that \
             it was begun with"
        )
    }

    /// How many records were there already.
    pub fn n_begun(&self) -> usize {
        self.begun.records
    }

    /// How many of them say that an article could not be scored.
    pub fn n_failed(&self) -> usize {
        self.begun.failed
    }

    /// Whether the next record is there already, and need not be made. Some must be made once more,
    /// to be compared with ([`Self::write`]).
    pub fn passes_over(&mut self) -> bool {
        let number = self.begun.passed;
        self.begun.passed += usize::from(number < self.begun.records);
        number < self.begun.records && !self.begun.sample.has(number)
    }

    /// Writes the next record that was not passed over; says whether it did, or the record was
    /// there.
    pub fn write(&mut self, record: &[u8]) -> anyhow::Result<bool> {
        match self.begun.sample.next() {
            None => {
                self.touch(record)?;
                self.out.write_all(record)?;
                Ok(true)
            }
            Some((_, there)) if there == record => Ok(false),
            Some((number, _)) => bail!("{}: {}", self.name, Self::other_run(number + 1)),
        }
    }

    /// Writes what is no record.
    pub fn write_text(&mut self, text: &str) -> anyhow::Result<()> {
        self.touch(&[])?;
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Hands everything on.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says what is wrong at the end of the input, if the file held more records than that.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        if self.begun.passed < self.begun.records {
            bail!("{}: it holds {} records, more than the input", self.name, self.begun.records);
        }
        self.touch(&[])?;
        Ok(self.out.flush()?)
    }
}

/// Reads what is there. A header that is torn counts as nothing; another one is an error.
fn begun(
    mut lines: impl BufRead,
    header: &[u8],
    is_failed: impl Fn(&[u8]) -> bool,
) -> anyhow::Result<Begun> {
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
        // A torn header is written anew.
        return Ok(begun);
    }
    begun.bytes = header.len() as u64;
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if line.last() != Some(&b'\n') {
            begun.torn = line;
            break;
        }
        begun.bytes += line.len() as u64;
        begun.failed += usize::from(is_failed(&line));
        begun.sample.add(begun.records, std::mem::take(&mut line));
        begun.records += 1;
    }
    Ok(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_are_counted_and_a_torn_one_is_not() {
        let of = |text: &str| begun(text.as_bytes(), b"h\n", |line| line.starts_with(b"!"));
        let found = of("h\na\n!b\nc").unwrap();
        assert_eq!(
            (found.bytes, found.records, found.failed, &found.torn[..]),
            (7, 2, 1, &b"c"[..])
        );
        assert_eq!(found.sample.last, [(0, b"a\n".to_vec()), (1, b"!b\n".to_vec())]);
        for torn in ["", "h"] {
            assert_eq!(of(torn).unwrap(), Begun::default());
        }
        assert_eq!(of("h\n").unwrap(), Begun { bytes: 2, ..Begun::default() });
        assert!(of("g\na\n").is_err());
    }

    #[test]
    fn a_sample_has_the_last_records_and_some_of_all_others_in_their_order() {
        let mut sample = Sample::default();
        (0..10_000).for_each(|number| sample.add(number, number.to_string().into_bytes()));
        assert!(
            (SPREAD..=2 * SPREAD).contains(&sample.spread.len())
                && sample.has(0)
                && sample.has(9_999)
                && !sample.has(1)
        );
        let drawn: Vec<(usize, Vec<u8>)> = std::iter::from_fn(|| sample.next()).collect();
        assert!(
            drawn.is_sorted()
                && drawn.iter().all(|(number, record)| number.to_string().as_bytes() == record)
        );
        assert_eq!(drawn[drawn.len() - LAST].0, 10_000 - LAST);
    }
}
