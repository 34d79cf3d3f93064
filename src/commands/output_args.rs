//! Arguments that say where records go, and in which format.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::ValueEnum;

use crate::article::quoted::quoted;
use crate::engine::{FILE_FIELD, Packing};

/// Options that say where records go.
#[derive(Debug, clap::Args)]
pub struct OutputArgs {
    /// In which format
    #[command(flatten)]
    pub form: FormArgs,

    /// File to write instead of standard output: .jsonl, .csv or .tsv, each also with .gz or .zst,
    /// .xlsx or .parquet; a file that is not empty is refused without --resume
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Complete the output of an interrupted run of the same command; start if there is none
    #[arg(long, requires = "output")]
    pub resume: bool,

    /// Fields or columns of the input to copy to each record, separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub keep: Vec<String>,

    /// Write the file that each article is from, too, as a kept field `file`
    #[arg(long)]
    pub keep_file: bool,

    /// Add every sentence with what it says of each camp (`sentences`); for jsonl and parquet
    #[arg(long)]
    pub sentences: bool,

    /// How CSV is written
    #[command(flatten)]
    pub csv: CsvArgs,
}

/// Options that say in which format records are written.
#[derive(Debug, clap::Args)]
pub struct FormArgs {
    /// Output format [default: table on a terminal, what the ending of --output says, jsonl
    /// elsewhere]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,

    /// The same as --format jsonl
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Show the words and the sentences that decide, too; for table
    #[arg(long)]
    pub long: bool,
}

/// Options that say how CSV is written.
#[derive(Debug, clap::Args)]
pub struct CsvArgs {
    /// Write CSV as Excel reads it: with a byte-order mark, and with the separator of --separator
    #[arg(long)]
    pub excel: bool,

    /// What separates the columns of CSV: comma, semicolon, tab, pipe, or the character itself
    /// [default: comma]. Excel expects a semicolon where numbers have a decimal comma
    #[arg(long, value_name = "SEPARATOR", value_parser = separator)]
    pub separator: Option<u8>,

    /// Begin CSV with a byte-order mark, by which Excel recognises UTF-8
    #[arg(long)]
    pub bom: bool,
}

impl CsvArgs {
    /// Whether one of them is given.
    pub fn is_any(&self) -> bool {
        self.excel || self.bom || self.separator.is_some()
    }

    /// Whether CSV begins with a byte-order mark.
    pub fn has_bom(&self) -> bool {
        self.excel || self.bom
    }

    /// What separates columns.
    pub fn separator(&self) -> u8 {
        self.separator.unwrap_or(b',')
    }

    /// Refuses them for a form that is no CSV.
    pub fn check(&self, is_csv: bool) -> anyhow::Result<()> {
        if self.is_any() && !is_csv {
            bail!(
                "--bom is for --format csv, and so are --excel and --separator: other formats \
                 have no byte-order mark and no other separator"
            );
        }
        Ok(())
    }
}

/// Parses a separator.
fn separator(text: &str) -> Result<u8, String> {
    match text {
        "comma" | "," => Ok(b','),
        "semicolon" | ";" => Ok(b';'),
        "tab" | "\t" | "\\t" => Ok(b'\t'),
        "pipe" | "|" => Ok(b'|'),
        _ => Err("give comma, semicolon, tab or pipe".to_owned()),
    }
}

/// What the ending of a file says: the format, and how it is packed.
type Ending = (Option<Format>, Option<Packing>);

/// What the ending of a file says; a file without one, or a device, says nothing.
fn ending(path: &Path) -> anyhow::Result<Ending> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let is_special = path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir());
    if is_special || !name.trim_start_matches('.').contains('.') {
        return Ok((None, None));
    }
    let (stem, packing) = match (name.strip_suffix(".gz"), name.strip_suffix(".zst")) {
        (Some(stem), _) => (stem, Some(Packing::Gzip)),
        (_, Some(stem)) => (stem, Some(Packing::Zstd)),
        _ => (&*name, None),
    };
    let format = match stem.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonl" | "ndjson") => Format::Jsonl,
        Some("csv") => Format::Csv,
        Some("tsv" | "tab") => Format::Tsv,
        Some("xlsx") => Format::Xlsx,
        Some("parquet") => Format::Parquet,
        _ => bail!(
            "{}: its ending tells no format; use .jsonl, .csv or .tsv (each also with .gz or \
             .zst), .xlsx or .parquet, or say --format",
            path.display()
        ),
    };
    Ok((Some(format), packing))
}

impl OutputArgs {
    /// The names of the fields that records keep, in order.
    pub fn kept_names(&self) -> Vec<String> {
        let file = self.keep_file.then(|| FILE_FIELD.to_owned());
        self.keep.iter().cloned().chain(file).collect()
    }

    /// The output format and how it is packed: what was asked for, or what fits where the output
    /// goes.
    pub fn format(&self) -> anyhow::Result<(Format, Option<Packing>)> {
        let to_terminal = self.output.is_none() && io::stdout().is_terminal();
        let asked = if self.form.json { Some(Format::Jsonl) } else { self.form.format };
        let (by_ending, packing) = match self.output.as_deref().map(ending) {
            None => (None, None),
            // An ending that says nothing does not matter where the format is given.
            Some(Err(_)) if asked.is_some() => (None, None),
            Some(ending) => ending?,
        };
        let fitting = match by_ending {
            Some(format) => format,
            None if self.csv.excel || self.csv.separator.is_some() => Format::Csv,
            None if to_terminal => Format::Table,
            None => Format::Jsonl,
        };
        let format = asked.unwrap_or(fitting);
        let is_binary = |format| matches!(format, Format::Xlsx | Format::Parquet);
        if by_ending.is_some_and(|by_ending| {
            by_ending != format && (is_binary(by_ending) || is_binary(format))
        }) {
            bail!("the ending of --output says another format than --format: give one of them");
        }
        if self.sentences && !matches!(format, Format::Jsonl | Format::Parquet) {
            bail!(
                "--sentences is for --format jsonl and parquet: a table has one row for an \
                 article, and no cells for its sentences"
            );
        }
        if self.form.long && format != Format::Table {
            bail!("--long is for --format table: other formats have words and sentences anyway");
        }
        if packing.is_some() && (is_binary(format) || format == Format::Table) {
            bail!("only .jsonl, .csv and .tsv are packed with .gz or .zst");
        }
        self.csv.check(format == Format::Csv)?;
        let names = self.kept_names();
        let mut numbered = names.iter().enumerate();
        if let Some((_, name)) = numbered.find(|&(at, name)| names[..at].contains(name)) {
            if self.keep_file && name == FILE_FIELD {
                bail!("--keep file and --keep-file write two columns of one name: leave one out");
            }
            bail!("--keep names {} twice", quoted(name));
        }
        if self.resume {
            let why = match format {
                _ if packing.is_some() => "a packed file cannot be continued",
                Format::Table => "a table is written at the end of a run",
                Format::Xlsx => "a workbook is written at the end of a run",
                Format::Parquet => "an incomplete Parquet file cannot be read",
                Format::Jsonl | Format::Csv | Format::Tsv => return Ok((format, packing)),
            };
            bail!("--resume is for --format jsonl, csv and tsv: {why}");
        }
        if to_terminal && is_binary(format) {
            bail!("{format:?} is not for a terminal: name a file with --output");
        }
        Ok((format, packing))
    }
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for people
    Table,
    /// One JSON object a line
    #[value(alias = "json", alias = "ndjson")]
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// A workbook for Excel, with the columns of CSV
    Xlsx,
    /// A columnar table with the fields of the JSON lines (needs a build with --features parquet)
    Parquet,
}
