//! Rows → files: locked, read again, written, synced.

use super::csv_file::{Edit, edit};
use super::journal::{Given, JournalEntry};
use super::session::{JOURNAL, LABELS, RATIONALES, Session, SessionError};

impl Session {
    /// Locks the set and reads what others wrote.
    pub(super) fn begin(&mut self) -> Result<Box<dyn std::any::Any>, SessionError> {
        let lock = self.store.lock().map_err(|source| SessionError::Io {
            name: self.store.full_name("the lock of the set"),
            source,
        })?;
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
            let [first, second] = stances.map(|stance| stance.as_str().to_owned());
            let of = || [article.to_owned(), annotator.to_owned()];
            labels.push([&of()[..], &[first, second, date.clone(), note.clone()]].concat());
            for mark in marked {
                let (camp, stance) = (&camps[mark.camp], stances[mark.camp].as_str());
                let rest = [camp.as_str(), stance, &mark.sentence, &mark.expressions.join(" | ")];
                marks.push([&of()[..], &rest.map(str::to_owned)].concat());
            }
        }
        let is_old = |row: &csv::StringRecord| &row[0] == article && &row[1] == annotator;
        let columns = ["article", "annotator", "camp", "stance", "sentence", "expressions"];
        self.change(RATIONALES, &columns.map(str::to_owned), is_old, &marks)?;
        let columns = ["article", "annotator", &camps[0], &camps[1], "date", "note"];
        let columns = columns.map(str::to_owned);
        if comes_last {
            self.change(LABELS, &columns, is_old, &[])?;
        }
        self.change(LABELS, &columns, is_old, &labels)
    }

    /// Changes the rows of a table.
    fn change(
        &mut self,
        name: &str,
        columns: &[String],
        is_old: impl Fn(&csv::StringRecord) -> bool,
        rows: &[Vec<String>],
    ) -> Result<(), SessionError> {
        let mut text = self.rows_of(name).to_owned();
        let broken = |says: &dyn std::fmt::Display| {
            SessionError::Broken(format!("{}: {says}", self.store.full_name(name)))
        };
        if text.is_empty() {
            if rows.is_empty() {
                return Ok(());
            }
            text = columns.join(",") + "\n";
            self.store.replace(name, text.as_bytes()).map_err(|source| self.io(name, source))?;
        }
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| broken(&error))?;
        if !header.iter().eq(columns.iter().map(String::as_str)) {
            return Err(broken(&format!("its columns must be {}", columns.join(","))));
        }
        match edit(&text, is_old, rows).map_err(|error| broken(&error))? {
            Edit::Nothing => return Ok(()),
            Edit::Append(bytes) => self.store.append(name, &bytes),
            Edit::Whole(bytes) => self.store.replace(name, &bytes),
        }
        .map_err(|source| self.io(name, source))?;
        self.look_at_rows(true)
    }

    pub(super) fn log(&mut self, entry: &JournalEntry) -> Result<(), SessionError> {
        let is_open =
            !matches!(self.rows_of(JOURNAL), text if text.is_empty() || text.ends_with('\n'));
        let mut bytes = if is_open { vec![b'\n'] } else { Vec::new() };
        bytes.extend(entry.line());
        self.store.append(JOURNAL, &bytes).map_err(|source| self.io(JOURNAL, source))?;
        self.look_at_rows(false)
    }

    fn io(&self, name: &str, source: std::io::Error) -> SessionError {
        SessionError::Io { name: self.store.full_name(name), source }
    }
}
