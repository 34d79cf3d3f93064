//! The output of `mizan score`: a table for reading, lines, or columns, in a file or on standard
//! output.

use std::fs::File;
use std::io::{self, StdoutLock, Write};
use std::path::Path;

use anyhow::Context;

use super::file::NewFile;
use super::output_args::{Format, OutputArgs};
use super::output_file::{WholeTarget, open, whole};
use super::terminal;
use crate::camp::Camps;
use crate::engine::{EngineError, LineFormat, LineSink, Packer, Packing, Sink};
use crate::output::table;
use crate::record::ScoreRecord;

/// Where the records of one run go.
pub struct Output {
    /// The name of the output file, if there is one.
    name: Option<String>,
    target: Target,
}

enum Target {
    Table {
        file: Option<File>,
        records: Vec<ScoreRecord>,
        is_long: bool,
    },
    Stdout(LineSink<StdoutLock<'static>>),
    File(LineSink<File>),
    Packed(Box<LineSink<Packer<NewFile>>>),
    Workbook(Box<crate::engine::WorkbookSink>, WholeTarget),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::engine::ParquetSink<WholeTarget>>),
}

impl Output {
    /// Begins, or goes on with, what `options` ask for, in the form that [`format()`] gives.
    pub fn new(
        options: &OutputArgs,
        form: (Format, Option<Packing>),
        camps: &Camps,
    ) -> anyhow::Result<Self> {
        let path = options.output.as_deref();
        let name = path.map(|path| path.display().to_string());
        let target = Target::new(options, form, camps);
        let target = match &name {
            Some(name) => target.with_context(|| name.clone())?,
            None => target?,
        };
        Ok(Self { name, target })
    }

    /// How many records were there already.
    pub fn n_existing(&self) -> usize {
        match &self.target {
            Target::File(out) => out.n_existing(),
            _ => 0,
        }
    }

    /// How many of them say that an article could not be scored.
    pub fn n_existing_failed(&self) -> usize {
        match &self.target {
            Target::File(out) => out.n_existing_failed(),
            _ => 0,
        }
    }

    /// Where the engine writes.
    pub fn sink(&mut self) -> Box<dyn Sink + '_> {
        match &mut self.target {
            Target::Table { records, .. } => Box::new(|record: &ScoreRecord| {
                records.push(record.clone());
                Ok(())
            }),
            Target::Stdout(out) => Box::new(Borrowed(out)),
            Target::File(out) => Box::new(Borrowed(out)),
            Target::Packed(out) => Box::new(Borrowed(&mut **out)),
            Target::Workbook(out, _) => Box::new(Borrowed(&mut **out)),
            #[cfg(feature = "parquet")]
            Target::Parquet(out) => Box::new(Borrowed(&mut **out)),
        }
    }

    /// Adds the name of the output file to an error of the engine.
    pub fn named(&self, error: EngineError) -> anyhow::Error {
        named(self.name.as_deref(), error)
    }

    /// Writes the end of the output; `is_complete` is false where the run was stopped.
    pub fn finish(self, is_complete: bool) -> anyhow::Result<()> {
        let name = self.name.as_deref();
        let named = |error| named(name, error);
        let kept = |kept: anyhow::Result<()>| match name {
            Some(name) => kept.context(name.to_owned()),
            None => kept,
        };
        match self.target {
            Target::Table { file, records, is_long } => {
                let style = terminal::table_style();
                let table = if is_long {
                    table::in_full(&records, style)
                } else {
                    table::overview(&records, style)
                };
                let table = table.trim_end();
                if let Some(mut file) = file {
                    let written = writeln!(file, "{table}");
                    written.map_err(|error| named(EngineError::Write(error)))?;
                } else {
                    let mut out = io::stdout().lock();
                    writeln!(out, "{table}")?;
                    out.flush()?;
                }
                Ok(())
            }
            Target::Stdout(mut out) if is_complete => out.finish().map_err(named),
            Target::File(mut out) if is_complete => out.finish().map_err(named),
            // The engine flushed them when it stopped.
            Target::Stdout(_) | Target::File(_) => Ok(()),
            _ if !is_complete => {
                terminal::tell("nothing was written: a file of this form is written as a whole");
                Ok(())
            }
            Target::Packed(out) => {
                let file = out.into_inner().map_err(named)?.finish();
                kept(file.map_err(|error| named(EngineError::Write(error)))?.keep())
            }
            Target::Workbook(out, mut target) => {
                let limits = out.finish(&mut target).map_err(named)?;
                if limits.n_cut > 0 {
                    let n_cut = limits.n_cut;
                    terminal::tell(&format!(
                        "{n_cut} texts were cut at the 32,767 characters of a cell"
                    ));
                }
                if limits.n_sheets > 1 {
                    let n_sheets = limits.n_sheets;
                    terminal::tell(&format!(
                        "{n_sheets} sheets were written: one holds 1,048,576 rows"
                    ));
                }
                kept(target.keep())
            }
            #[cfg(feature = "parquet")]
            Target::Parquet(out) => kept(out.finish().map_err(named)?.keep()),
        }
    }
}

fn named(file: Option<&str>, error: EngineError) -> anyhow::Error {
    match file {
        Some(file) if !matches!(error, EngineError::Threads(_) | EngineError::ReadingThread(_)) => {
            anyhow::Error::from(error).context(file.to_owned())
        }
        _ => error.into(),
    }
}

impl Target {
    fn new(
        options: &OutputArgs,
        (format, packing): (Format, Option<Packing>),
        camps: &Camps,
    ) -> anyhow::Result<Self> {
        let path = options.output.as_deref();
        let csv = &options.csv;
        let format = match format {
            Format::Table => {
                let file = path.map(|path| open(path, false)).transpose()?;
                return Ok(Self::Table { file, records: Vec::new(), is_long: options.form.long });
            }
            Format::Parquet => return Self::parquet(options, camps),
            Format::Jsonl => LineFormat::JsonLines,
            Format::Csv => LineFormat::Csv { has_bom: csv.has_bom(), separator: csv.separator() },
            Format::Tsv => LineFormat::Csv { has_bom: false, separator: b'\t' },
            Format::Xlsx => return Self::workbook(path, camps, &options.kept_names()),
        };
        Ok(match path {
            Some(path) if let Some(packing) = packing => {
                let out = Packer::new(whole(path)?, packing);
                Self::Packed(Box::new(LineSink::new(out, format, camps, &options.kept_names())?))
            }
            None => {
                let out = io::stdout().lock();
                Self::Stdout(LineSink::new(out, format, camps, &options.kept_names())?)
            }
            Some(path) => {
                let file = open(path, options.resume)?;
                // A pipe or a device holds no records; what it gives may have no end.
                let sink = if file.metadata()?.is_file() {
                    LineSink::resume(file, format, camps, &options.kept_names())
                } else {
                    LineSink::new(file, format, camps, &options.kept_names())
                };
                Self::File(sink?)
            }
        })
    }

    fn workbook(path: Option<&Path>, camps: &Camps, kept: &[String]) -> anyhow::Result<Self> {
        let target = WholeTarget::new(path)?;
        Ok(Self::Workbook(Box::new(crate::engine::WorkbookSink::new(camps, kept)?), target))
    }

    #[cfg(feature = "parquet")]
    fn parquet(options: &OutputArgs, camps: &Camps) -> anyhow::Result<Self> {
        let target = WholeTarget::new(options.output.as_deref())?;
        let sink = if options.sentences {
            crate::engine::ParquetSink::with_sentences(target, camps, &options.kept_names())?
        } else {
            crate::engine::ParquetSink::new(target, camps, &options.kept_names())?
        };
        Ok(Self::Parquet(Box::new(sink)))
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(_: &OutputArgs, _: &Camps) -> anyhow::Result<Self> {
        let error = crate::intake::IntakeError::Unsupported {
            format: crate::intake::Format::Parquet,
            feature: "parquet",
        };
        Err(anyhow::anyhow!(super::hint::message(&error)))
    }
}

/// A sink that is used again after the run.
struct Borrowed<'a, S>(&'a mut S);

impl<S: Sink> Sink for Borrowed<'_, S> {
    fn format(&self) -> Option<LineFormat> {
        self.0.format()
    }

    fn skips_next(&mut self) -> bool {
        self.0.skips_next()
    }

    fn write(&mut self, record: &ScoreRecord, line: &[u8]) -> Result<bool, EngineError> {
        self.0.write(record, line)
    }

    fn flush(&mut self) -> Result<(), EngineError> {
        self.0.flush()
    }
}
