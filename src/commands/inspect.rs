//! `mizan inspect`: what the program sees of an article.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use mizan::intake::{Saved, Unreadable};
use mizan::output::isolate::plain;
use mizan::output::table::{self, Removed};
use mizan::text::{Kind, Reader};

use super::source::sources;
use super::{model, terminal};
use crate::cli::{Inspect, SOME_FAILED};

/// Shows how every source was read.
pub fn run(options: &Inspect) -> anyhow::Result<ExitCode> {
    let reader = model::load(None)?.reader();
    let mut out = io::stdout().lock();
    let intake_options = options.intake.options();
    let mut failed = false;
    let mut summary = Summary::default();
    for source in sources(&options.paths) {
        match source.articles(&intake_options) {
            Err(message) => failed |= terminal::complain(&source.name(), &message),
            Ok(articles) => {
                for saved in articles {
                    match saved {
                        Ok(saved) if options.summary => summary.add(&saved),
                        Ok(saved) => show(&mut out, &saved, &reader, options.text)?,
                        Err(Unreadable { place, error }) => failed |= terminal::complain(&place, &error.to_string()),
                    }
                }
            }
        }
    }
    if options.summary {
        writeln!(out, "{}", table::removals(&summary.rows(), terminal::table_style()))?;
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn show(out: &mut impl Write, saved: &Saved, reader: &Reader, text: bool) -> io::Result<()> {
    let Saved { article, reading, .. } = saved;
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

/// How much was removed, by outlet.
#[derive(Default)]
struct Summary {
    outlets: BTreeMap<String, (Removed, BTreeMap<&'static str, usize>)>,
}

impl Summary {
    fn add(&mut self, saved: &Saved) {
        let outlet = saved.article.outlet.clone().unwrap_or_else(|| "(not named)".to_owned());
        let (removed, rules) = self.outlets.entry(outlet).or_default();
        let characters = |text: &str| text.chars().count();
        let taken: usize = saved.reading.removals.iter().map(|removal| characters(&removal.text)).sum();
        removed.articles += 1;
        removed.touched += usize::from(!saved.reading.removals.is_empty());
        removed.characters += characters(&saved.article.full_text()) + taken;
        removed.taken += taken;
        for removal in &saved.reading.removals {
            *rules.entry(removal.rule).or_default() += 1;
        }
    }

    fn rows(self) -> Vec<Removed> {
        let row = |(outlet, (removed, rules)): (String, (Removed, BTreeMap<&str, usize>))| {
            let rules: Vec<String> = rules.into_iter().map(|(rule, count)| format!("{rule} {count}")).collect();
            Removed { outlet, rules: rules.join(", "), ..removed }
        };
        self.outlets.into_iter().map(row).collect()
    }
}
