//! Records as they are written: a table for reading, lines, or columns.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::Path;

use crate::camp::Camps;
use crate::output::table;
use crate::record::{ScoreRecord, csv, json_lines};
use anyhow::bail;

use super::destination::Destination;
use super::parquet::Columns;
use super::score::{Format, ScoreArgs};
use super::terminal;

/// Where the records of one run go.
pub struct Writing {
    out: Out,
}

enum Out {
    Table { out: Destination, records: Vec<ScoreRecord> },
    Lines(Destination),
    Columns(Box<Columns>),
}

impl Writing {
    /// Begins, or goes on with, what `options` ask for, in the form that [`form`] gives.
    pub fn new(options: &ScoreArgs, form: Format, camps: &Camps) -> anyhow::Result<Self> {
        let mut header = Vec::new();
        if form == Format::Csv {
            header.extend_from_slice(if options.bom { csv::BOM } else { b"" });
            csv::header(&mut header, camps, &options.keep)?;
        }
        let is_failed = |line: &[u8]| match form {
            Format::Csv => csv::is_failed(line),
            _ => json_lines::is_failed(line),
        };
        let lines = || match &options.output {
            Some(path) => Destination::file(path, &header, options.resume, is_failed),
            None => Ok(Destination::stdout(&header)?),
        };
        let out = match form {
            Format::Table => Out::Table { out: lines()?, records: Vec::new() },
            Format::Jsonl | Format::Csv => Out::Lines(lines()?),
            Format::Parquet => Out::Columns(Box::new(Columns::new(
                options.output.as_deref(),
                camps,
                &options.keep,
            )?)),
        };
        Ok(Self { out })
    }

    fn lines(&self) -> Option<&Destination> {
        match &self.out {
            Out::Table { out, .. } | Out::Lines(out) => Some(out),
            Out::Columns(_) => None,
        }
    }

    /// How many records were there already.
    pub fn n_begun(&self) -> usize {
        self.lines().map_or(0, Destination::n_begun)
    }

    /// How many of them say that an article could not be scored.
    pub fn n_failed(&self) -> usize {
        self.lines().map_or(0, Destination::n_failed)
    }

    /// Whether the next record is there already, and need not be made.
    pub fn passes_over(&mut self) -> bool {
        let Out::Lines(out) = &mut self.out else { return false };
        out.passes_over()
    }

    /// Writes the next record, whose [`encoded`] bytes are `bytes`; says whether it did, or the
    /// record was there.
    pub fn write(&mut self, record: &ScoreRecord, bytes: &[u8]) -> anyhow::Result<bool> {
        match &mut self.out {
            Out::Table { records, .. } => records.push(record.clone()),
            Out::Lines(out) => return out.write(bytes),
            Out::Columns(out) => out.write(record)?,
        }
        Ok(true)
    }

    /// Hands everything on that can be.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Table { out, .. } | Out::Lines(out) => out.flush(),
            Out::Columns(_) => Ok(()),
        }
    }

    /// Writes what stands at the end; `whole` is false where the run was ended before its time.
    pub fn finish(self, whole: bool) -> anyhow::Result<()> {
        match self.out {
            Out::Table { mut out, records } => {
                out.write_text(&table::verdicts(&records, terminal::table_style()))?;
                Ok(out.flush()?)
            }
            Out::Lines(mut out) if whole => out.finish(),
            Out::Lines(mut out) => Ok(out.flush()?),
            Out::Columns(out) => out.finish(whole),
        }
    }
}

/// A record in bytes, where its form has bytes for each; any thread may do it.
pub fn encoded(form: Format, record: &ScoreRecord) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = match form {
        Format::Table | Format::Parquet => Ok(()),
        Format::Jsonl => json_lines::write(&mut bytes, record).map_err(anyhow::Error::from),
        Format::Csv => csv::write(&mut bytes, record).map_err(anyhow::Error::from),
    };
    debug_assert!(written.is_ok(), "memory takes everything");
    bytes
}

/// The form that was asked for, or that fits.
pub fn form(options: &ScoreArgs) -> anyhow::Result<Format> {
    let of_name = |path: &Path| match path.extension().and_then(OsStr::to_str) {
        Some("csv") => Format::Csv,
        Some("parquet") => Format::Parquet,
        _ => Format::Jsonl,
    };
    let to_terminal = options.output.is_none() && io::stdout().is_terminal();
    let fitting = match &options.output {
        Some(path) => of_name(path),
        None if to_terminal => Format::Table,
        None => Format::Jsonl,
    };
    let form = options.format.unwrap_or(fitting);
    if options.bom && form != Format::Csv {
        bail!("--bom is for --format csv: in other forms it would only be in the way");
    }
    if let Some(name) = options
        .keep
        .iter()
        .enumerate()
        .find_map(|(at, name)| options.keep[..at].contains(name).then_some(name))
    {
        bail!("--keep names {name:?} twice");
    }
    if options.resume && form == Format::Table {
        bail!("--resume is for --format jsonl and csv: a table is drawn when all is there");
    }
    if options.resume && form == Format::Parquet {
        bail!(
            "--resume is for --format jsonl and csv: of a Parquet file that was cut short nothing can be read"
        );
    }
    if to_terminal && form == Format::Parquet {
        bail!("Parquet is not for a terminal: name a file with --output");
    }
    Ok(form)
}
