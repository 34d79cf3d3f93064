//! `mizan score`: articles in, verdicts out.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use mizan::intake::{Saved, Unreadable};
use mizan::output::isolate::plain;
use mizan::output::{Record, csv, jsonl, table};
use mizan::verdict::Scorer;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::reading::{Reading, Step};
use super::source::sources;
use super::{model, terminal};
use crate::cli::{Format, SOME_FAILED, Score};

/// Scores every source and writes a record for each article, in order: one thread reads, all weigh, one writes. What comes out
/// does not depend on their number.
pub fn run(options: &Score) -> anyhow::Result<ExitCode> {
    let paths = if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!("nothing to score: name a file or a folder, or pipe an article in (see `mizan score --help`)");
    }
    // It is needed to the end, when taking it apart would only cost time.
    let scorer = &*Box::leak(Box::new(Scorer::new(model::load(options.model.as_deref())?)?.max_error(options.max_error)));
    let to_terminal = io::stdout().is_terminal();
    let form = options.format.unwrap_or(if to_terminal { Format::Table } else { Format::Jsonl });
    if options.bom && form != Format::Csv {
        bail!("--bom is for --format csv: in other forms it would only be in the way");
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if form == Format::Csv {
        out.write_all(if options.bom { csv::BOM } else { b"" })?;
        csv::header(&mut out, scorer.camps())?;
    }

    let sources = sources(&paths);
    let bar = terminal::counter(sources.len(), to_terminal && form != Format::Table);
    let mut notes = Notes { verbose: options.verbose, told: BTreeSet::new(), failed: 0 };
    let mut reading = Reading::of(sources, options.intake.options());
    let mut threads = Threads { wanted: options.threads, pool: None };
    let (mut records, mut n_articles) = (Vec::new(), 0);
    while let Some(batch) = reading.next_batch(|| Ok(out.flush()?))? {
        for answer in threads.map(batch, |step| answer(step, scorer, form))? {
            match answer {
                Answer::Guess { source, guess } => bar.suspend(|| notes.tell_guess(&source, guess)),
                Answer::End => bar.inc(1),
                Answer::Record { record, bytes } => {
                    n_articles += 1;
                    if notes.concerns(&record) {
                        bar.suspend(|| notes.tell(&record));
                    }
                    out.write_all(&bytes)?;
                    if form == Format::Table {
                        records.push(*record);
                    }
                }
            }
        }
        bar.set_message(format!("{n_articles} articles"));
    }
    bar.finish_and_clear();
    if form == Format::Table {
        writeln!(out, "{}", table::verdicts(scorer.camps(), &records, terminal::table_style()))?;
    }
    out.flush()?;
    Ok(if notes.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// What comes of a step of reading.
enum Answer {
    Record { record: Box<Record>, bytes: Vec<u8> },
    Guess { source: String, guess: String },
    End,
}

/// The answer to a step, with its record as it is to be written.
fn answer(step: Step, scorer: &Scorer, form: Format) -> Answer {
    let record = match step {
        Step::End => return Answer::End,
        Step::Guess { source, guess } => return Answer::Guess { source, guess },
        Step::Failed { source, message } => Record::failed(source, message),
        Step::Article(raw) => match raw.finish() {
            Err(Unreadable { place, error }) => Record::failed(place, error.to_string()),
            Ok(Saved { article, reading, .. }) => {
                let verdict = scorer.score(&article).map_err(|error| error.to_string());
                Record { id: article.id, outlet: article.outlet, date: article.date, event: article.event, reading: Some(reading), verdict }
            }
        },
    };
    let mut bytes = Vec::new();
    let written = match form {
        Format::Table => Ok(()),
        Format::Jsonl => jsonl::write(&mut bytes, scorer.camps(), &record).map_err(anyhow::Error::from),
        Format::Csv => csv::write(&mut bytes, &record).map_err(anyhow::Error::from),
    };
    debug_assert!(written.is_ok(), "memory takes everything");
    Answer::Record { record: Box::new(record), bytes }
}

/// The threads that weigh; none is started for articles that come one by one.
struct Threads {
    wanted: Option<u16>,
    pool: Option<ThreadPool>,
}

impl Threads {
    /// `answer` to each step, in their order.
    fn map(&mut self, batch: Vec<Step>, answer: impl Fn(Step) -> Answer + Sync + Send) -> anyhow::Result<Vec<Answer>> {
        let n_articles = batch.iter().filter(|step| matches!(step, Step::Article(_))).count();
        if n_articles < 2 || self.wanted == Some(1) {
            return Ok(batch.into_iter().map(answer).collect());
        }
        let pool = match self.pool.take() {
            Some(pool) => pool,
            None => ThreadPoolBuilder::new().num_threads(self.wanted.map_or(0, usize::from)).build().context("cannot start threads")?,
        };
        Ok(self.pool.insert(pool).install(|| batch.into_par_iter().map(answer).collect()))
    }
}

/// What is told on standard error.
struct Notes {
    verbose: bool,
    told: BTreeSet<String>,
    failed: usize,
}

impl Notes {
    fn tell_guess(&mut self, source: &str, guess: String) {
        if !self.told.contains(&guess) {
            eprintln!("mizan: {}: {} (guessed; --text-field and the like say otherwise)", plain(source), plain(&guess));
            self.told.insert(guess);
        }
    }

    /// Whether there is anything to tell of a record.
    fn concerns(&self, record: &Record) -> bool {
        self.verbose || record.verdict.is_err() || record.reading.as_ref().is_some_and(|reading| reading.replaced > 0)
    }

    fn tell(&mut self, record: &Record) {
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
