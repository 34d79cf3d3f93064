//! `mizan report`: scored articles in, what can be said of their outlets out.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::model::Model;
use crate::outlets::summary::OutletReport;
use crate::output::html::kind::PageKind;
use crate::output::report::ReportTable;
use crate::output::table::Style;
use crate::output::words::Language;
use crate::output::{html, report};
use crate::record::{csv, json};
use crate::scoring::counted;
use anyhow::{Context, bail};

use super::output_args::CsvArgs;
use super::outputs::Kind;
use super::page_language::PageLanguage;
use super::{adding, file, terminal};
use clap::ValueEnum;
use std::path::PathBuf;

/// Options of `report`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score saved/ | mizan report --output report.html     a page to publish, from articles
  mizan report scores.jsonl                                  a table on a terminal, JSON in a pipe
  mizan report scores-*.jsonl.gz --output report.csv         a row an outlet for spreadsheets; with
                                                             --excel, for Excel
  mizan report scores.jsonl -o months.csv --table months     a row for each month of an outlet
  mizan report scores.jsonl --output r.html --title 'Outlets in 2019'
  mizan report scores.jsonl --output r.html --lang ar        the page in Arabic
  mizan report scores.xlsx --json                            everything, for programs; its fields:
                                                             mizan schema report

The report has, per outlet:
  weighed      articles in the mean: scored, and about the conflict (`unrelated` below 0.5).
               Uncertain ones count with their probabilities. Of fewer than five, no lean is told
  mean lean    from −1 to 1, positive toward the first camp, with a 95 % interval that treats the
               articles of one event (or, without event, of one day) as one cluster
  shrunken     the mean drawn toward the mean of all outlets, the more the less certain it is;
               needs four outlets with articles of five events or days each
  places       the range of its place in the order of outlets, with 95 % certainty; 1 is farthest
               toward the first camp
It quotes the sentences that decided the surest articles toward either side, with the article's id:
one on a terminal, up to three elsewhere. The page, JSON and CSV also have scores toward each camp,
months, distinctive terms, and the articles that influence the mean most: in CSV as tables of their
own (--table), with the outlet in each row.

The same article in two of the files counts twice. Where fewer than five articles, or less than one
in a hundred, are about the conflict, the report says so, and the page has no chart.

See also: mizan score, mizan aggregate

Exit codes:
  0  every line was read
  1  some could not be; each has its message on standard error
  2  nothing could go on: wrong options, no input, no article with scores")]
pub struct ReportArgs {
    /// What `mizan score` wrote as JSON lines, CSV (packed or not), Excel or Parquet, sums of
    /// `mizan aggregate`, or folders of that; `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// File to write; its ending tells the form: .html, .json or .csv [default: standard output].
    /// One that is there already is replaced if it is such a report
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Form of the report [default: by the ending of --output; else a table on a terminal, json
    /// elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<ReportFormat>,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Title of the page
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Language of the page [default: en]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<PageLanguage>,

    /// Table to write as CSV [default: outlets]
    #[arg(long, value_enum, value_name = "TABLE")]
    pub table: Option<CsvTable>,

    /// How CSV is written
    #[command(flatten)]
    pub csv: CsvArgs,
}

/// Tables of a report as CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CsvTable {
    /// A row for each outlet
    Outlets,
    /// A row for each month of an outlet
    Months,
    /// A row for each typical word of an outlet
    Terms,
    /// A row for each article that influences an outlet's mean most
    Articles,
    /// A row for each sentence that decided a sure article
    Sentences,
}

impl From<CsvTable> for ReportTable {
    fn from(table: CsvTable) -> Self {
        match table {
            CsvTable::Outlets => Self::Outlets,
            CsvTable::Months => Self::Months,
            CsvTable::Terms => Self::Terms,
            CsvTable::Articles => Self::Articles,
            CsvTable::Sentences => Self::Sentences,
        }
    }
}

/// Forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For reading on a terminal
    Table,
    /// One page for a browser, to publish or print
    Html,
    /// One JSON object
    Json,
    /// Comma-separated values with a header
    Csv,
}

/// Adds up every line and writes what comes of it.
pub fn run(options: &ReportArgs) -> anyhow::Result<ExitCode> {
    let form = form(options)?;
    options.csv.check(form == ReportFormat::Csv)?;
    let language = PageLanguage::of_page(options.lang, form == ReportFormat::Html)?;
    if options.table.is_some() && form != ReportFormat::Csv {
        bail!("--table is for --format csv: other forms have all tables");
    }

    let output = options.output.as_deref();
    let kind = match form {
        ReportFormat::Table => Kind::ReportText,
        ReportFormat::Html => Kind::Page(PageKind::Report),
        ReportFormat::Json => Kind::ReportJson,
        ReportFormat::Csv => Kind::ReportCsv,
    };
    output.map_or(Ok(()), |path| kind.check_replaceable(path))?;
    let (tally, failures) = adding::add_all(&options.paths, output, "report")?;
    let Some(summary) = OutletReport::from_tally(&tally) else {
        bail!("no article has scores: give lines that `mizan score` wrote");
    };

    if let Some(warning) = report::warning(&summary) {
        terminal::tell(&format!("warning: {warning}"));
    }
    if summary.outlets.iter().all(|outlet| outlet.name.is_none()) {
        terminal::tell(
            "warning: no article names its outlet: `mizan score --outlet-from-folder` takes the \
             folder of the file, --outlet-field NAME a field of the input",
        );
    }
    let n_standalone = summary.counts().standalone;
    if n_standalone > 0 {
        terminal::tell(&format!(
            "{} of the {} averaged articles {} no date and no event: each counts as an event of \
             its own, so intervals may be too narrow; `mizan score --date-field NAME` names the \
             field of dates",
            n_standalone,
            summary.counts().weighed,
            if n_standalone == 1 { "has" } else { "have" },
        ));
    }
    let n_unread = summary.counts().unread_dates;
    if n_unread > 0 {
        let (have, they) =
            if n_unread == 1 { ("has", "it stands") } else { ("have", "they stand") };
        terminal::tell(&format!(
            "{} {have} a date that cannot be read; {they} in no month",
            counted(n_unread, "article")
        ));
    }
    let style = match output {
        Some(_) => Style { width: terminal::WIDTH, colour: false },
        None => terminal::table_style(),
    };
    let mut bytes = Vec::new();
    match form {
        ReportFormat::Table => writeln!(
            bytes,
            "{}\n{}{}",
            report::table(&summary, style),
            report::sentences(&summary, style),
            legend(&summary)
        )?,
        ReportFormat::Html => {
            let names = names(&summary, language);
            let title = options.title.as_deref();
            bytes.extend(html::report::page(&summary, title, &names, language.words()).bytes());
        }
        ReportFormat::Json => {
            json::pretty(&mut bytes, &report::json(&summary))?;
            bytes.push(b'\n');
        }
        ReportFormat::Csv => {
            bytes.extend(if options.csv.has_bom() { csv::BOM } else { b"" });
            let table = options.table.map(ReportTable::from).unwrap_or_default();
            report::write_csv(&mut bytes, options.csv.separator(), &summary, table)?;
        }
    }
    match output {
        Some(path) => {
            file::write(path, &bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
            let counts = summary.counts();
            terminal::tell_written(&format!(
                "wrote {}: {}, {}, {} of them weighed",
                path.display(),
                counted(summary.outlets.iter().filter(|o| o.name.is_some()).count(), "outlet"),
                counted(counts.articles, "article"),
                counts.weighed
            ));
        }
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(failures.exit_code())
}

/// The form that was asked for, or that the output's name tells.
fn form(options: &ReportArgs) -> anyhow::Result<ReportFormat> {
    let asked = if options.json { Some(ReportFormat::Json) } else { options.format };
    if let Some(form) = asked {
        return Ok(form);
    }
    let Some(path) = &options.output else {
        if options.csv.excel || options.csv.separator.is_some() || options.table.is_some() {
            return Ok(ReportFormat::Csv);
        }
        return Ok(if io::stdout().is_terminal() {
            ReportFormat::Table
        } else {
            ReportFormat::Json
        });
    };
    match path
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("html" | "htm") => Ok(ReportFormat::Html),
        Some("json") => Ok(ReportFormat::Json),
        Some("csv") => Ok(ReportFormat::Csv),
        _ => bail!(
            "{}: its ending tells no form; use .html, .json or .csv, or say --format",
            path.display()
        ),
    }
}

/// The camps' names, where they are those of the model inside the program; else their ids, which is
/// all that the lines tell.
fn names(summary: &OutletReport, language: Language) -> [String; 2] {
    let shipped = Model::embedded()
        .ok()
        .and_then(|model| model.camps().cloned())
        .filter(|camps| camps.ids() == summary.camps);
    shipped.map_or_else(
        || summary.camps.clone(),
        |camps| {
            camps.camps.map(|camp| match language {
                Language::English => camp.name_en,
                Language::Arabic => camp.name_ar,
            })
        },
    )
}

/// What a reader of the table must know.
fn legend(summary: &OutletReport) -> String {
    let [first, second] = &summary.camps;
    let made = report::makers(summary, ", ")
        .map_or_else(String::new, |models| format!("\nScored by {models}."));
    format!(
        "\nA lean goes from −1 (toward {second}) to +1 (toward {first}). Shrunken: drawn toward \
         the mean of all outlets, the more the less sure it is.\nPlaces: those that it may have \
         in the order of outlets. Months, terms and articles: mizan report … --output \
         report.html{made}"
    )
}
