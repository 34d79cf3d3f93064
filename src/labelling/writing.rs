//! Rows → files: locked, read again, written, synced.

use std::any::Any;

use super::csv_file::{Edit, edit};
use super::journal::{Given, JournalEntry};
use super::session::{JOURNAL, LABELS, RATIONALES, Session, SessionError, text_of};
use super::store::SetStore;
use crate::camp::Stance;

/// Locks a set.
pub(super) fn locked(store: &dyn SetStore) -> Result<Box<dyn Any>, SessionError> {
    store.lock().map_err(SessionError::NotLocked)
}

/// A row of the labels.
pub(super) fn label_row(
    article: &str,
    annotator: &str,
    stances: [Stance; 2],
    date: &str,
    note: &str,
) -> Vec<String> {
    let [first, second] = stances.map(Stance::as_str);
    [article, annotator, first, second, date, note].map(str::to_owned).to_vec()
}

/// A row of the rationales: the camp and the side, and the sentence with its expressions.
pub(super) fn mark_row(
    article: &str,
    annotator: &str,
    (camp, side): (&str, Stance),
    (sentence, expressions): (&str, &[String]),
) -> Vec<String> {
    let expressions = expressions.join(" | ");
    [article, annotator, camp, side.as_str(), sentence, &expressions].map(str::to_owned).to_vec()
}

/// Adds rows to a table of a set, the labels or the rationales.
pub(super) fn add_rows(
    store: &dyn SetStore,
    name: &str,
    camps: [&str; 2],
    rows: &[Vec<String>],
) -> Result<(), SessionError> {
    let text = if store.stamp(name).is_some() { text_of(store, name)? } else { String::new() };
    change(store, name, text, camps, |_| false, rows)?;
    Ok(())
}

/// Changes the rows of a table whose text is known; whether that was needed.
fn change(
    store: &dyn SetStore,
    name: &str,
    mut text: String,
    camps: [&str; 2],
    is_old: impl Fn(&csv::StringRecord) -> bool,
    rows: &[Vec<String>],
) -> Result<bool, SessionError> {
    let [first, second] = camps;
    let columns = match name {
        RATIONALES => ["article", "annotator", "camp", "stance", "sentence", "expressions"],
        _ => ["article", "annotator", first, second, "date", "note"],
    };
    let broken = |says: &dyn std::fmt::Display| {
        SessionError::Broken(format!("{}: {says}", store.full_name(name)))
    };
    let io = |source| SessionError::Io { name: store.full_name(name), source };
    if text.is_empty() {
        if rows.is_empty() {
            return Ok(false);
        }
        text = columns.join(",") + "\n";
        store.replace(name, text.as_bytes()).map_err(io)?;
    }
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| broken(&error))?;
    if !header.iter().eq(columns) {
        return Err(broken(&format!("its columns must be {}", columns.join(","))));
    }
    match edit(&text, is_old, rows).map_err(|error| broken(&error))? {
        Edit::Nothing => return Ok(false),
        Edit::Append(bytes) => store.append(name, &bytes),
        Edit::Whole(bytes) => store.replace(name, &bytes),
    }
    .map_err(io)?;
    Ok(true)
}

impl Session {
    /// Locks the set and reads what others wrote.
    pub(super) fn begin(&mut self) -> Result<Box<dyn Any>, SessionError> {
        let lock = locked(&*self.store)?;
        self.look_again()?;
        self.look_at_rows(true)?;
        Ok(lock)
    }

    /// Writes a label, or takes it out: first what it rests on, then the label itself, so that a
    /// label is never without its rationale.
    pub(super) fn write(
        &mut self,
        article: &str,
        annotator: &str,
        given: Option<&Given>,
        comes_last: bool,
    ) -> Result<(), SessionError> {
        let camps = self.camps.ids().map(str::to_owned);
        let (mut labels, mut marks) = (Vec::new(), Vec::new());
        if let Some(Given { stances, note, date, marks: marked }) = given {
            labels.push(label_row(article, annotator, *stances, date, note));
            marks.extend(marked.iter().map(|mark| {
                let side = (camps[mark.camp].as_str(), stances[mark.camp]);
                mark_row(article, annotator, side, (&mark.sentence, &mark.expressions))
            }));
        }
        let is_old = |row: &csv::StringRecord| &row[0] == article && &row[1] == annotator;
        self.change(RATIONALES, is_old, &marks)?;
        if comes_last {
            self.change(LABELS, is_old, &[])?;
        }
        self.change(LABELS, is_old, &labels)
    }

    /// Changes the rows of a table.
    fn change(
        &mut self,
        name: &str,
        is_old: impl Fn(&csv::StringRecord) -> bool,
        rows: &[Vec<String>],
    ) -> Result<(), SessionError> {
        let text = self.rows_of(name).to_owned();
        if change(&*self.store, name, text, self.camps.ids(), is_old, rows)? {
            self.look_at_rows(true)?;
        }
        Ok(())
    }

    pub(super) fn log(&mut self, entry: &JournalEntry) -> Result<(), SessionError> {
        let is_open =
            !matches!(self.rows_of(JOURNAL), text if text.is_empty() || text.ends_with('\n'));
        let mut bytes = if is_open { vec![b'\n'] } else { Vec::new() };
        bytes.extend(entry.line());
        self.store
            .append(JOURNAL, &bytes)
            .map_err(|source| SessionError::Io { name: self.store.full_name(JOURNAL), source })?;
        self.look_at_rows(false)
    }
}
