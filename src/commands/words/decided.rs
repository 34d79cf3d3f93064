//! What was decided of candidates: the lexicon of a set, and tables of decisions.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use serde_json::Value;

use crate::commands::{file, labelled};
use crate::intake::encoding::{UTF_8, decode};
use crate::labelling::words::decision;
use crate::labels::lexicon::{LEXICON_FILE, WordDecision};
use crate::labels::problem::LabelledSetError;
use crate::labels::{SetLexicon, SourceText};
use crate::scoring::counted;
use crate::text::listed::listed;
use crate::text::own_words::check_pattern;

/// The lexicon of a set, in its file.
#[derive(Debug)]
pub(super) struct LexiconFile {
    path: PathBuf,
}

/// A word with what was decided; `None` takes back what was.
pub(super) type Decision = (String, Option<WordDecision>);

impl LexiconFile {
    /// The lexicon of the set in a folder; it need not be there yet.
    pub(super) fn new(set: &Path) -> anyhow::Result<Self> {
        labelled::check_is_set(set)?;
        Ok(Self { path: set.join(LEXICON_FILE) })
    }

    /// Its content now.
    pub(super) fn read(&self) -> anyhow::Result<SetLexicon> {
        let name = self.path.display().to_string();
        let bytes = match file::read(&self.path, file::MAX_LABELS) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(SetLexicon::default());
            }
            read => read.with_context(|| format!("cannot read {name}"))?,
        };
        let text = decode(&bytes, UTF_8, true).with_context(|| name.clone())?.text;
        match SetLexicon::from_file(&SourceText::new(name, text)) {
            (lexicon, problems) if problems.is_empty() => Ok(lexicon),
            (_, problems) => {
                Err(LabelledSetError { problems }).context("the set's lexicon cannot be used")
            }
        }
    }

    /// Adds decisions to what stands in the file by now, and says what it has then.
    pub(super) fn decide(&self, decisions: &[Decision]) -> anyhow::Result<String> {
        let mut lexicon = self.read()?;
        for (word, decision) in decisions {
            lexicon.decide(word, decision.clone());
        }
        if !decisions.is_empty() {
            file::write(&self.path, lexicon.to_toml().as_bytes())
                .with_context(|| format!("cannot write {}", self.path.display()))?;
        }
        Ok(format!(
            "{}: {} accepted, {} refused",
            self.path.display(),
            counted(lexicon.accepted.len(), "word"),
            lexicon.refused.len()
        ))
    }
}

/// A row of a table of decisions, by the line in its file.
struct Row {
    line: u64,
    word: String,
    decision: String,
    class: String,
}

/// Reads a table of decisions. Rows without a decision are left out.
///
/// # Errors
/// All mistakes at once, with their lines.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Decision>> {
    let name = path.display();
    let bytes =
        file::read(path, file::MAX_LABELS).with_context(|| format!("cannot read {name}"))?;
    let text = decode(&bytes, UTF_8, true).with_context(|| name.to_string())?.text;
    let text = text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with('{') { json_rows(text) } else { csv_rows(text) };
    let (mut decisions, mut wrong): (Vec<Decision>, Vec<String>) = (Vec::new(), Vec::new());
    for row in rows.with_context(|| name.to_string())? {
        let suggested = Some(row.class.trim()).filter(|class| !class.is_empty());
        match decision(&row.decision, suggested) {
            Ok(None) => {}
            Ok(decided) => match check_pattern(&row.word) {
                Ok(()) => decisions.push((row.word, decided)),
                Err(error) => wrong.push(format!("{name}:{}: {error}", row.line)),
            },
            Err(message) => wrong.push(format!("{name}:{}: {message}", row.line)),
        }
    }
    if !wrong.is_empty() {
        let n = counted(wrong.len(), "decision");
        let lines = if wrong.len() > MAX_LISTED {
            let more = wrong.len() - MAX_LISTED;
            wrong.truncate(MAX_LISTED);
            format!("{}\n… and {more} more", wrong.join("\n"))
        } else {
            wrong.join("\n")
        };
        bail!("{n} cannot be used, and none was taken:\n{lines}");
    }
    if decisions.is_empty() {
        bail!("{name} has no decision: fill in its column `decision` (accept, refuse or a class)");
    }
    Ok(decisions)
}

/// Most mistakes that are listed.
const MAX_LISTED: usize = 20;

fn json_rows(text: &str) -> anyhow::Result<Vec<Row>> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let row = |(text, line): (&str, u64)| {
        let object: Value =
            serde_json::from_str(text).map_err(|error| anyhow!("line {line}: {error}"))?;
        let word = object["word"].as_str().ok_or_else(|| anyhow!("line {line}: no `word`"))?;
        let text = |key: &str| match &object[key] {
            Value::Null => Ok(String::new()),
            Value::String(text) => Ok(text.clone()),
            other => Err(anyhow!("line {line}: `{key}` is {other}, and no text")),
        };
        Ok(Row { line, word: word.to_owned(), decision: text("decision")?, class: text("class")? })
    };
    lines.map(row).collect()
}

fn csv_rows(text: &str) -> anyhow::Result<Vec<Row>> {
    // Spreadsheets of many countries write semicolons, and some write tabs.
    let header = text.lines().next().unwrap_or_default();
    let separators = [b',', b';', b'\t'];
    let count = |separator: &u8| header.bytes().filter(|byte| byte == separator).count();
    let separator = separators.into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = reader.headers()?.clone();
    let column = |name: &str| columns.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (Some(word), Some(decision)) = (column("word"), column("decision")) else {
        let found: Vec<&str> = columns.iter().collect();
        bail!("its columns are {}; it needs `word` and `decision`", listed(&found));
    };
    let class = column("class");
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default().to_owned();
        Ok(Row {
            line: record.position().map_or(0, csv::Position::line),
            word: cell(word),
            decision: cell(decision),
            class: class.map_or_else(String::new, cell),
        })
    };
    reader.records().map(row).collect()
}
