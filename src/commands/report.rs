//! `mizan report`: scored articles in, what can be said of their outlets out.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use flate2::bufread::MultiGzDecoder;
use mizan::archive::scored::{BadLine, ScoredLines};
use mizan::archive::summary::Summary;
use mizan::archive::tally::Tally;
use mizan::model::Model;
use mizan::output::{csv, html, json, report};

use super::source::{Source, sources};
use super::{terminal, train};
use crate::cli::{Report, ReportFormat, SOME_FAILED};

/// How many bad lines of one file are told; of the rest, only how many they are.
const TOLD: usize = 20;

/// Adds up every line and writes what comes of it.
pub fn run(options: &Report) -> anyhow::Result<ExitCode> {
    let paths = if options.paths.is_empty() { vec![PathBuf::from("-")] } else { options.paths.clone() };
    if options.paths.is_empty() && io::stdin().is_terminal() {
        bail!("nothing to report: name files that `mizan score` wrote, or pipe its output in (see `mizan report --help`)");
    }
    let form = form(options)?;
    if options.bom && form != ReportFormat::Csv {
        bail!("--bom is for --format csv: in other forms it would only be in the way");
    }

    let (mut tally, mut failed) = (Tally::default(), 0);
    for source in sources(&paths) {
        failed += add(&source, &mut tally);
    }
    let Some(summary) = Summary::of(&tally) else {
        bail!("no article has scores: give lines that `mizan score` wrote");
    };

    let mut bytes = Vec::new();
    match form {
        ReportFormat::Table => writeln!(bytes, "{}\n{}", report::table(&summary, terminal::table_style()), legend(&summary))?,
        ReportFormat::Html => bytes.extend(html::report::page(&summary, options.title.as_deref(), &names(&summary)).bytes()),
        ReportFormat::Json => {
            json::pretty(&mut bytes, &report::json(&summary))?;
            bytes.push(b'\n');
        }
        ReportFormat::Csv => {
            bytes.extend(if options.bom { csv::BOM } else { b"" });
            report::write_csv(&mut bytes, &summary)?;
        }
    }
    match &options.output {
        Some(path) => {
            write(path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
            let counts = summary.counts();
            eprintln!(
                "wrote {}: {} outlets, {} articles, {} of them weighed",
                path.display(),
                summary.outlets.len(),
                counts.articles,
                counts.weighed
            );
        }
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// The form that was asked for, or that the output's name tells.
fn form(options: &Report) -> anyhow::Result<ReportFormat> {
    if let Some(form) = options.format {
        return Ok(form);
    }
    let Some(path) = &options.output else {
        return Ok(if io::stdout().is_terminal() { ReportFormat::Table } else { ReportFormat::Json });
    };
    match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "htm") => Ok(ReportFormat::Html),
        Some("json") => Ok(ReportFormat::Json),
        Some("csv") => Ok(ReportFormat::Csv),
        _ => bail!("{}: its ending tells no form; use .html, .json or .csv, or say --format", path.display()),
    }
}

/// Adds the lines of one source; how many could not be read.
fn add(source: &Source, tally: &mut Tally) -> usize {
    let mut failed = 0;
    let mut complain = |place: &str, message: &str| {
        failed += 1;
        if failed <= TOLD {
            terminal::complain(place, message);
        }
    };
    match open(source) {
        Err(message) => complain(&source.name(), &message),
        Ok(lines) => match ScoredLines::new(&source.name(), lines) {
            Err(BadLine { place, message }) => complain(&place, &message),
            Ok(lines) => {
                for line in lines {
                    match line {
                        Err(BadLine { place, message }) => complain(&place, &message),
                        Ok(article) => {
                            if let Err(error) = tally.add(&article) {
                                complain(&format!("{}: {}", source.name(), article.id), &error.to_string());
                            }
                        }
                    }
                }
            }
        },
    }
    if failed > TOLD {
        terminal::complain(&source.name(), &format!("{} more lines could not be read", failed - TOLD));
    }
    failed
}

/// The bytes of a source, unpacked.
fn open(source: &Source) -> Result<Box<dyn BufRead>, String> {
    let bytes: Box<dyn Read> = match source {
        Source::Stdin => Box::new(io::stdin()),
        Source::File(path) if path.is_dir() => return Err("it is a folder".to_owned()),
        Source::File(path) => Box::new(File::open(path).map_err(|error| error.to_string())?),
        Source::Unreadable(_, message) => return Err(message.clone()),
    };
    let mut bytes = BufReader::with_capacity(1 << 16, bytes);
    let is_gzip = bytes.fill_buf().map_err(|error| error.to_string())?.starts_with(b"\x1f\x8b");
    Ok(if is_gzip { Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(bytes))) } else { Box::new(bytes) })
}

/// The camps' names, where they are those of the model inside the program; else their ids, which is all that the lines tell.
fn names(summary: &Summary) -> [String; 2] {
    let shipped = Model::embedded().ok().and_then(|model| model.camps().cloned()).filter(|camps| camps.ids() == summary.camps);
    shipped.map_or_else(|| summary.camps.clone(), |camps| camps.camps.map(|camp| camp.name_en))
}

/// What a reader of the table must know.
fn legend(summary: &Summary) -> String {
    let [first, second] = &summary.camps;
    format!(
        "\nA lean goes from −1 (toward {second}) to +1 (toward {first}). Shrunken: drawn toward the mean of all outlets, the more the less sure \
         it is.\nPlaces: those that it may have in the order of outlets. Months, terms and articles: mizan report … --output report.html"
    )
}

/// Writes the report: all of it or nothing, where the output is a file.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    // What is there and is no file (a pipe, /dev/stdout) must stay what it is.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Ok(File::options().write(true).open(path)?.write_all(bytes)?);
    }
    train::write_atomically(path, bytes)
}
