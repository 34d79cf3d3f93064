//! `mizan score`: articles in, verdicts out.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use mizan::camp::Camps;
use mizan::intake;
use mizan::model::StanceModel;
use mizan::output::isolate::plain;
use mizan::output::{Record, csv, jsonl, table};
use mizan::verdict::Scorer;

use super::source::{Source, sources};
use super::terminal;
use crate::cli::{Format, SOME_FAILED, Score};

/// Scores every source and writes a record for each, in order.
pub fn run(options: &Score) -> anyhow::Result<ExitCode> {
    let paths = if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!("nothing to score: name a file or a folder, or pipe an article in (see `mizan score --help`)");
    }
    let model = match &options.model {
        Some(path) => fs::read(path)
            .map_err(anyhow::Error::from)
            .and_then(|bytes| Ok(StanceModel::from_bytes(&bytes)?))
            .with_context(|| format!("model {}", path.display()))?,
        None => StanceModel::embedded().context("the embedded model")?,
    };
    let scorer = Scorer::new(model);
    let to_terminal = io::stdout().is_terminal();
    let format = options.format.unwrap_or(if to_terminal { Format::Table } else { Format::Jsonl });
    let mut sink = Sink::new(format, scorer.camps().clone(), BufWriter::new(io::stdout().lock()))?;

    let sources = sources(&paths);
    let bar = terminal::progress(sources.len(), "scoring", to_terminal && format != Format::Table || sources.len() < 2);
    let mut failed = 0;
    for source in &sources {
        let record = score(&scorer, source);
        if let Err(message) = &record.verdict {
            failed += 1;
            bar.suspend(|| eprintln!("mizan: {}: {}", plain(&record.id), plain(message)));
        }
        sink.write(record)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    sink.finish()?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

fn score(scorer: &Scorer, source: &Source) -> Record {
    let name = source.name();
    let article = source.read().and_then(|bytes| intake::read_article(&name, &bytes).map_err(|error| error.to_string()));
    match article {
        Ok(article) => Record { verdict: scorer.score(&article).map_err(|error| error.to_string()), id: article.id },
        Err(message) => Record { id: name, verdict: Err(message) },
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
