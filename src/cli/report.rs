//! What a person can type after `mizan report`.

use std::path::PathBuf;

use clap::ValueEnum;

/// Options of `report`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan score saved/ | mizan report --output report.html     a page to publish, from articles
  mizan report scores.jsonl                                  a table on a terminal, JSON in a pipe
  mizan report scores-*.jsonl.gz --output report.csv         a spreadsheet's table; with --bom, Excel reads Arabic in it
  mizan report scores.jsonl --output r.html --title 'Outlets in 2019'

What comes out, per outlet:
  weighed      articles that are averaged: scored, and about the conflict (`unrelated` below 0.5); uncertain ones count,
               with what their probabilities say
  mean lean    from −1 to 1, positive toward the first camp, with a 95 % interval that takes the articles of one event
               (or, without event, of one day) for one witness
  shrunken     that mean drawn toward the mean of all outlets, the more the less sure it is; needs four outlets with
               articles of five events or days each
  places       the places that it may have in the order of outlets, with 95 % certainty; 1 is farthest toward the first
  In the page, in JSON and in CSV also: scores toward each camp, months, typical terms, and the articles that pull most.

The same article in two of the files counts twice.

Exit codes:
  0  every line was read
  1  some could not be; each has its message on standard error
  2  nothing could go on: wrong options, no input, no article with scores")]
pub struct Report {
    /// What `mizan score` wrote as JSON lines, CSV (packed or not) or Parquet, sums of `mizan aggregate`, or folders of that; `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// File to write; its ending tells the form: .html, .json or .csv [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Form of the report [default: by the ending of --output; else a table on a terminal, json elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<ReportFormat>,

    /// Title of the page
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Begin CSV with a byte-order mark, by which Excel tells that it is UTF-8
    #[arg(long)]
    pub bom: bool,
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
