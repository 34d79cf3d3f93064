//! What a command writes: it is never what the command reads, and never replaces what is not its
//! own.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};

use super::file;
use super::file_id::FileId;
use crate::intake::names;
use crate::output::html::kind::PageKind;

/// Most bytes of a file that is there already in which a mark of its kind is looked for.
const MAX_LOOKED_AT: u64 = 1 << 20;

/// The first columns of the tables of a report; the last is of version 0.1.0 and before.
const REPORT_COLUMNS: [&str; 6] = [
    "outlet,articles,weighed,unrelated,failed",
    "outlet,month,weighed,clusters,lean",
    "outlet,term,toward,stance,articles",
    "outlet,id,date,event,lean,moves",
    "outlet,id,toward,stance,probability,sentence",
    "row,outlet,articles,weighed,unrelated,failed",
];

/// The files that a command writes.
#[derive(Debug)]
pub struct Outputs {
    /// Each with what it is called in messages.
    written: Vec<(FileId, String)>,
}

impl Outputs {
    /// Standard output, and what is already at the paths `written`. What is created there later is
    /// not known: find inputs first.
    pub fn new<'a>(written: impl IntoIterator<Item = &'a Path>) -> Self {
        let stdout = FileId::from_stdout().map(|id| (id, "standard output".to_owned()));
        let files = written.into_iter().filter_map(|path| {
            let name = || names::shown(path.as_os_str().as_encoded_bytes());
            FileId::from_path(path).map(|id| (id, name()))
        });
        Self { written: stdout.into_iter().chain(files).collect() }
    }

    /// Refuses an input that is written, too; `-` is standard input.
    ///
    /// # Errors
    /// If it is one of the outputs, by whatever name.
    pub fn refuse(&self, input: &Path) -> anyhow::Result<()> {
        let is_stdin = input == Path::new("-");
        let id = if is_stdin { FileId::from_stdin() } else { FileId::from_path(input) };
        let Some(name) = id.as_ref().and_then(|id| self.name(id)) else { return Ok(()) };
        let input =
            if is_stdin { "standard input".to_owned() } else { input.display().to_string() };
        bail!(
            "{input} would be read and written at once: it is the file of {name}; write to another \
             file"
        )
    }

    /// What the file at `path` is called if it is written.
    pub fn name_of(&self, path: &Path) -> Option<&str> {
        // Nothing is looked up where everything goes to a pipe or a terminal.
        if self.written.is_empty() {
            return None;
        }
        self.name(&FileId::from_path(path)?)
    }

    fn name(&self, id: &FileId) -> Option<&str> {
        self.written.iter().find(|(written, _)| written == id).map(|(_, name)| name.as_str())
    }
}

/// What a file holds that may be replaced by what is of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A web page of `report`, `explain` or `inspect`.
    Page(PageKind),
    /// Sums of `aggregate`.
    Sums,
    /// A report as JSON.
    ReportJson,
    /// A report as CSV.
    ReportCsv,
    /// A report as text.
    ReportText,
    /// An explanation as text.
    ExplanationText,
    /// Any other table for reading, as of `score`: it is never replaced.
    Table,
    /// An explanation as JSON lines.
    ExplanationJson,
    /// A model file.
    Model,
    /// The card of a model.
    Card,
    /// Scores as JSON lines.
    Scores,
    /// Scores as CSV or TSV.
    ScoresCsv,
}

/// What mizan wrote a file as, by its first bytes; `None` if it is nobody's or somebody else's.
pub fn own(start: &[u8]) -> Option<&'static str> {
    Kind::ALL.into_iter().find(|kind| kind.is_in(start)).map(Kind::name)
}

impl Kind {
    const ALL: [Self; 14] = [
        Self::Page(PageKind::Report),
        Self::Page(PageKind::Explanation),
        Self::Page(PageKind::Reading),
        Self::Sums,
        Self::ReportJson,
        Self::ReportCsv,
        Self::ReportText,
        Self::ExplanationText,
        Self::Table,
        Self::ExplanationJson,
        Self::Model,
        Self::Card,
        Self::Scores,
        Self::ScoresCsv,
    ];

    /// Whether `start`, the first bytes of a file, is of this kind.
    fn is_in(self, start: &[u8]) -> bool {
        let has = |mark: &str| memchr::memmem::find(start, mark.as_bytes()).is_some();
        let begins = |mark: &str| start.starts_with(mark.as_bytes());
        match self {
            Self::Page(kind) => PageKind::from_start(start) == Some(kind),
            Self::Sums => begins("{\"sums\":") && has("\"tally\":{"),
            Self::ReportJson => begins("{\n  \"camps\": [") && has("\"all_outlets\":"),
            Self::ReportCsv => {
                let columns = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
                let columns = columns.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(columns);
                let columns: Vec<u8> = columns
                    .iter()
                    .map(|byte| if b";\t|".contains(byte) { b',' } else { *byte })
                    .collect();
                REPORT_COLUMNS.iter().any(|first| columns.starts_with(first.as_bytes()))
            }
            // Text of articles in either of them is indented or isolated, and ends no line.
            Self::ReportText => {
                Self::Table.is_in(start)
                    && has("\nA lean goes from −1 (toward ")
                    && !Self::ExplanationText.is_in(start)
            }
            Self::ExplanationText => Self::Table.is_in(start) && has(" removed before weighing.\n"),
            Self::Table => has(" lean ") && has("──"),
            // Scores toward a camp that is called `heads` have one of them.
            Self::ExplanationJson => {
                begins("{\"id\":") && has("\"reported\":[") && has("\"heads\":{")
            }
            Self::Model => start
                .get(8..)
                .is_some_and(|rest| rest.starts_with(b"{\"__metadata__\":{\"mizan\":")),
            Self::Card => begins("# Model card\n\nWritten by `mizan train`"),
            Self::Scores => {
                let of_scores = has("\"lean\":") && has("\"unrelated\":");
                begins("{\"id\":") && has("\"version\":\"") && (of_scores || has("\"error\":"))
            }
            Self::ScoresCsv => {
                // After a byte-order mark, and with whatever separator.
                let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
                start.starts_with(b"id") && has("_stance") && has("_against") && has("lean")
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Page(PageKind::Report) => "a report as a page",
            Self::Page(PageKind::Explanation) => "explanations as a page",
            Self::Page(PageKind::Reading) => "readings as a page",
            Self::Sums => "sums",
            Self::ReportJson => "a report as JSON",
            Self::ReportCsv => "a report as CSV",
            Self::ReportText => "a report as text",
            Self::ExplanationText => "explanations as text",
            Self::Table => "a table",
            Self::ExplanationJson => "explanations as JSON",
            Self::Model => "a model",
            Self::Card => "a model's card",
            Self::Scores => "scores as JSON lines",
            Self::ScoresCsv => "scores as a table",
        }
    }

    /// As [`Self::check`], and refuses a place where no file can be written: before the work.
    ///
    /// # Errors
    /// The same, and why it cannot.
    pub fn check_replaceable(self, path: &Path) -> anyhow::Result<()> {
        self.check(path)?;
        file::check_writable(path).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Refuses to replace the file at `path` unless it is empty, or of this kind. What is not there
    /// may be written, and so may pipes and devices.
    ///
    /// # Errors
    /// If it holds anything else, or cannot be read.
    pub fn check(self, path: &Path) -> anyhow::Result<()> {
        if !path.is_file() {
            return Ok(());
        }
        let cannot = || format!("cannot write {}", path.display());
        let mut start = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MAX_LOOKED_AT).read_to_end(&mut start))
            .with_context(cannot)?;
        if !start.is_empty() && !self.is_in(&start) {
            bail!(
                "{}: it is there already and is not {} that mizan wrote; remove it, or name \
                 another file",
                cannot(),
                self.name()
            );
        }
        Ok(())
    }
}
