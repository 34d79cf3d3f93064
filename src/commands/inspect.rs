//! `mizan inspect`: what the program sees of an article.

use std::io::{self, Write};
use std::process::ExitCode;

use mizan::intake::{Intake, Saved, Unreadable};
use mizan::output::isolate::plain;
use mizan::text::{Kind, Reader};

use super::model;
use super::source::{Source, sources};
use crate::cli::{Inspect, SOME_FAILED};

/// Shows how every source was read.
pub fn run(options: &Inspect) -> anyhow::Result<ExitCode> {
    let reader = Reader::new(&model::load(None)?.camps);
    let mut out = io::stdout().lock();
    let mut failed = false;
    for source in sources(&options.paths) {
        match source
            .open()
            .and_then(|bytes| Intake::new(&source.name(), bytes, &options.intake.options()).map_err(|error| error.to_string()))
        {
            Err(message) => failed |= complain(&source, &message),
            Ok(intake) => {
                for saved in intake {
                    match saved {
                        Ok(saved) => show(&mut out, &saved, &reader, options.text)?,
                        Err(Unreadable { place, error }) => failed |= complain(&Source::File(place.into()), &error.to_string()),
                    }
                }
            }
        }
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn complain(source: &Source, message: &str) -> bool {
    eprintln!("mizan: {}: {}", plain(&source.name()), plain(message));
    true
}

fn show(out: &mut impl Write, saved: &Saved, reader: &Reader, text: bool) -> io::Result<()> {
    let Saved { article, reading } = saved;
    let tokens = reader.read(&article.full_text());
    let count = |kind| tokens.iter().filter(|token| token.kind == kind).count();
    writeln!(out, "article   {}", plain(&article.id))?;
    for (name, value) in [("title", &article.title), ("outlet", &article.outlet), ("date", &article.date)] {
        if let Some(value) = value {
            writeln!(out, "{name:<9} {}", plain(value))?;
        }
    }
    writeln!(out, "read as   {}, {}, {} bytes replaced", reading.format, reading.encoding, reading.replaced)?;
    writeln!(out, "words     {} Arabic, {} other, {} numbers", count(Kind::Arabic), count(Kind::Latin), count(Kind::Number))?;
    writeln!(
        out,
        "removed   {}",
        if reading.removals.is_empty() { "nothing".to_owned() } else { format!("{} pieces", reading.removals.len()) }
    )?;
    for removal in &reading.removals {
        let place = if removal.line == 0 { "title".to_owned() } else { format!("line {}", removal.line) };
        writeln!(out, "  {place:<9} {} ({}): {}", removal.reason, removal.rule, plain(&removal.text))?;
    }
    if text {
        writeln!(out, "kept\n")?;
        for line in article.full_text().lines() {
            writeln!(out, "{}", plain(line))?;
        }
    }
    writeln!(out)
}
