//! `mizan score`: articles in, verdicts out.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use mizan::camp::Camps;
use mizan::intake::{IntakeOptions, Saved, Unreadable};
use mizan::output::isolate::plain;
use mizan::output::{Record, csv, jsonl, table};
use mizan::verdict::Scorer;

use super::source::{Source, sources};
use super::{model, terminal};
use crate::cli::{Format, SOME_FAILED, Score};

/// Scores every source and writes a record for each article, in order.
pub fn run(options: &Score) -> anyhow::Result<ExitCode> {
    let paths = if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!("nothing to score: name a file or a folder, or pipe an article in (see `mizan score --help`)");
    }
    let scorer = Scorer::new(model::load(options.model.as_deref())?)?.max_error(options.max_error);
    let to_terminal = io::stdout().is_terminal();
    let format = options.format.unwrap_or(if to_terminal { Format::Table } else { Format::Jsonl });
    let mut sink = Sink::new(format, scorer.camps().clone(), BufWriter::new(io::stdout().lock()))?;

    let sources = sources(&paths);
    let bar = terminal::progress(sources.len(), "scoring", to_terminal && format != Format::Table || sources.len() < 2);
    let mut notes = Notes { verbose: options.verbose, told: BTreeSet::new(), failed: 0 };
    let intake_options = options.intake.options();
    for source in &sources {
        each_record(&scorer, source, &intake_options, |record, guessed| {
            bar.suspend(|| notes.tell(source, &record, guessed));
            sink.write(record)
        })?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    sink.finish()?;
    Ok(if notes.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Calls `each` with the record of every article of one source, and with what was guessed of its fields.
fn each_record(
    scorer: &Scorer,
    source: &Source,
    options: &IntakeOptions,
    mut each: impl FnMut(Record, &[String]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut intake = match source.articles(options) {
        Ok(intake) => intake,
        Err(message) => return each(Record::failed(source.name(), message), &[]),
    };
    while let Some(saved) = intake.next() {
        let record = match saved {
            Err(Unreadable { place, error }) => Record::failed(place, error.to_string()),
            Ok(Saved { article, reading, .. }) => {
                let verdict = scorer.score(&article).map_err(|error| error.to_string());
                Record { id: article.id, outlet: article.outlet, date: article.date, reading: Some(reading), verdict }
            }
        };
        each(record, intake.guessed())?;
    }
    Ok(())
}

/// What is told on standard error.
struct Notes {
    verbose: bool,
    told: BTreeSet<String>,
    failed: usize,
}

impl Notes {
    fn tell(&mut self, source: &Source, record: &Record, guessed: &[String]) {
        if !guessed.is_empty() {
            let guess = guessed.join(", ");
            if self.told.insert(guess.clone()) {
                eprintln!("mizan: {}: {} (guessed; --text-field and the like say otherwise)", plain(&source.name()), plain(&guess));
            }
        }
        let id = plain(&record.id);
        if let Some(reading) = record.reading.as_ref().filter(|reading| self.verbose || reading.replaced > 0) {
            let (format, encoding, removed) = (reading.format, reading.encoding, reading.removals.len());
            eprintln!("mizan: {id}: {format}, {encoding}, {} bytes replaced, {removed} leftovers removed", reading.replaced);
        }
        if let Err(message) = &record.verdict {
            self.failed += usize::from(terminal::complain(&record.id, message));
        }
    }
}

/// Where records go: a table is drawn at the end, the other forms as they come.
enum Sink<W: Write> {
    Table { camps: Camps, records: Vec<Record>, out: W },
    Jsonl { camps: Camps, out: W },
    Csv { csv: csv::Writer<W> },
}

impl<W: Write> Sink<W> {
    fn new(format: Format, camps: Camps, out: W) -> anyhow::Result<Self> {
        Ok(match format {
            Format::Table => Self::Table { camps, records: Vec::new(), out },
            Format::Jsonl => Self::Jsonl { camps, out },
            Format::Csv => Self::Csv { csv: csv::Writer::new(out, &camps)? },
        })
    }

    fn write(&mut self, record: Record) -> anyhow::Result<()> {
        match self {
            Self::Table { records, .. } => records.push(record),
            Self::Jsonl { camps, out } => jsonl::write(out, camps, &record)?,
            Self::Csv { csv } => csv.write(&record)?,
        }
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Table { camps, records, mut out } => {
                writeln!(out, "{}", table::verdicts(&camps, &records, terminal::table_style()))?;
                out.flush()?;
            }
            Self::Jsonl { mut out, .. } => out.flush()?,
            Self::Csv { mut csv } => csv.flush()?,
        }
        Ok(())
    }
}
