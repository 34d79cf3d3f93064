//! `mizan report`: scored articles in, what can be said of their outlets out.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use mizan::archive::summary::Summary;
use mizan::model::Model;
use mizan::output::{csv, html, json, report};

use super::{adding, file, terminal};
use crate::cli::{Report, ReportFormat, SOME_FAILED};

/// Adds up every line and writes what comes of it.
pub fn run(options: &Report) -> anyhow::Result<ExitCode> {
    let form = form(options)?;
    if options.bom && form != ReportFormat::Csv {
        bail!("--bom is for --format csv: in other forms it would only be in the way");
    }

    let (tally, failed) = adding::add_all(&options.paths, "report")?;
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
            file::write(path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
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
