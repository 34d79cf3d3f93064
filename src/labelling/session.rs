//! One annotator at one set: what is known of it, and whether that still holds.
//!
//! The files are the truth. Before anything is shown they are looked at, and before anything is
//! written they are read again under a lock, so that two pages, two annotators or an editor lose
//! nothing to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::OnceLock;

use super::choice::Nearness;
use super::entries::Entry;
use super::journal::{self, Action, Given, JournalEntry, Marked};
use super::store::{SetStore, Stamp};
use crate::article::quoted::quoted;
use crate::camp::Camps;
use crate::engine::data_set::DataSetError;
use crate::labels::annotation::Annotation;
use crate::labels::{Rationale, SourceText};
use crate::scoring::{Scorer, Verdict};
use crate::text::{AnalyzedText, TextReader};

/// The file of labels.
pub const LABELS: &str = "labels.csv";
/// The file of rationales.
pub const RATIONALES: &str = "rationales.csv";
/// The file of the journal.
pub const JOURNAL: &str = "journal.jsonl";

/// Why something cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// A file cannot be read or written.
    #[error("{name}: {source}")]
    Io {
        /// The file.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// The set cannot be written.
    #[error("nothing was saved: {0}")]
    NotLocked(io::Error),
    /// The set cannot be read.
    #[error(transparent)]
    Set(#[from] DataSetError),
    /// Its files are of a form in which nobody knows what would be changed.
    #[error("nothing is written before this is mended:\n{0}")]
    Broken(String),
    /// It was changed since the page showed it.
    #[error("{0}")]
    Conflict(String),
    /// The page asks for something that does not exist or does not fit together.
    #[error("{0}")]
    Invalid(String),
}

/// One annotator at one set.
pub struct Session {
    pub(super) store: Box<dyn SetStore>,
    /// Who labels.
    pub annotator: String,
    /// The camps of the set.
    pub camps: Camps,
    pub(super) reader: TextReader,
    /// `None` where the model is of other camps.
    pub(super) scorer: Option<Scorer>,
    /// The articles: a number stands for the same one as long as the session lasts.
    pub articles: Vec<Entry>,
    pub(super) numbers: BTreeMap<String, usize>,
    pub(super) annotations: Vec<Annotation>,
    pub(super) rationales: Vec<Rationale>,
    pub(super) journal: Vec<JournalEntry>,
    /// What orders are drawn with.
    pub seed: u64,
    pub(super) nearness: Nearness,
    /// How often something was found changed.
    pub(super) version: u64,
    texts: [(String, Stamp); 3],
    /// What is wrong with the articles' files.
    pub(super) article_problems: Vec<String>,
    /// What is wrong with the rows of labels and rationales.
    row_problems: Vec<String>,
    names: BTreeSet<String>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("annotator", &self.annotator)
            .field("n_articles", &self.articles.len())
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Opens a set.
    ///
    /// # Errors
    /// When its files cannot be read, or its camps are not valid.
    pub fn new(
        store: Box<dyn SetStore>,
        annotator: String,
        scorer: Scorer,
        seed: u64,
    ) -> Result<Self, SessionError> {
        let camps = text_of(&*store, "camps.toml")?;
        let camps = Camps::from_toml(camps.trim_start_matches('\u{FEFF}'))
            .map_err(|error| SessionError::Broken(format!("camps.toml: {error}")))?;
        let fits = scorer.camps().ids() == camps.ids();
        let mut session = Self {
            store,
            annotator,
            reader: TextReader::with_camps(&camps),
            camps,
            scorer: Some(scorer).filter(|_| fits),
            articles: Vec::new(),
            numbers: BTreeMap::new(),
            annotations: Vec::new(),
            rationales: Vec::new(),
            journal: Vec::new(),
            seed,
            nearness: Nearness::default(),
            version: 0,
            texts: Default::default(),
            article_problems: Vec::new(),
            row_problems: Vec::new(),
            names: BTreeSet::new(),
        };
        session.look_again()?;
        Ok(session)
    }

    /// Takes another model for opinions and for what is uncertain.
    pub fn set_scorer(&mut self, scorer: Scorer) {
        self.scorer = Some(scorer).filter(|scorer| scorer.camps().ids() == self.camps.ids());
        for entry in &mut self.articles {
            (entry.verdict, entry.row) = (OnceLock::new(), OnceLock::new());
        }
        self.nearness = Nearness::default();
    }

    /// What is wrong with the set, one line each.
    pub fn problems(&self) -> impl Iterator<Item = &String> {
        self.article_problems.iter().chain(&self.row_problems)
    }

    /// Reads what was changed since: rows and articles.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn look_again(&mut self) -> Result<(), SessionError> {
        let store = &*self.store;
        let mut names = BTreeSet::new();
        for folder in ["articles", "pool", "families"] {
            names.extend(store.list(folder, &|_| true));
        }
        let changed = |entry: &Entry| !entry.is_gone && store.stamp(&entry.file) != entry.stamp;
        if names != self.names || self.articles.iter().any(changed) {
            self.load_articles()?;
            self.names = names;
            self.version += 1;
        }
        self.look_at_rows(false)
    }

    /// Reads labels, rationales and the journal if they were changed, or `always`.
    pub(super) fn look_at_rows(&mut self, always: bool) -> Result<(), SessionError> {
        let mut is_changed = false;
        for (at, name) in [LABELS, RATIONALES, JOURNAL].into_iter().enumerate() {
            let stamp = self.store.stamp(name);
            if always || stamp != self.texts[at].1 {
                let text = if stamp.is_none() { String::new() } else { self.text(name)? };
                is_changed |= text != self.texts[at].0 || self.texts[at].1.is_none();
                self.texts[at] = (text, stamp);
            }
        }
        if !is_changed {
            return Ok(());
        }
        self.version += 1;
        let file = |at: usize, name: &str| {
            SourceText::new(self.store.full_name(name), self.texts[at].0.as_str())
        };
        let (annotations, labels) = file(0, LABELS).annotations(&self.camps);
        let (rationales, others) = if self.texts[1].1.is_some() {
            file(1, RATIONALES).rationales(&self.camps)
        } else {
            Default::default()
        };
        self.row_problems = labels.iter().chain(&others).map(ToString::to_string).collect();
        let known = |id: &str| self.numbers.contains_key(id);
        for row in annotations.iter().filter(|row| !known(&row.article)) {
            let (file, line) = (self.store.full_name(LABELS), row.line);
            let problem = format!("{file}:{line}: no article has the id {}", quoted(&row.article));
            self.row_problems.push(problem);
        }
        (self.annotations, self.rationales) = (annotations, rationales);
        self.journal = journal::read(&self.texts[2].0);
        Ok(())
    }

    /// The text of one of the three files as it was read last.
    pub(super) fn rows_of(&self, name: &str) -> &str {
        let at = [LABELS, RATIONALES, JOURNAL].iter().position(|other| *other == name);
        at.map_or("", |at| self.texts[at].0.as_str())
    }

    fn text(&self, name: &str) -> Result<String, SessionError> {
        text_of(&*self.store, name)
    }

    /// The article with a number that the page had from here.
    ///
    /// # Errors
    /// When there is none, or it is gone.
    pub fn entry(&self, number: usize) -> Result<&Entry, SessionError> {
        let entry = self.articles.get(number);
        let entry =
            entry.ok_or_else(|| SessionError::Invalid("there is no such article".into()))?;
        if entry.is_gone {
            return Err(SessionError::Conflict(format!(
                "the file of {} is gone: take the next article",
                entry.article.id
            )));
        }
        Ok(entry)
    }

    /// Reads an article of the set.
    pub fn read(&self, entry: &Entry) -> AnalyzedText {
        self.reader.read_article(&entry.article)
    }

    /// The number of the article with an id.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// What the model says of an article; `None` where it says nothing.
    pub fn verdict<'a>(&self, entry: &'a Entry) -> Option<&'a Verdict> {
        let scorer = self.scorer.as_ref()?;
        entry.verdict.get_or_init(|| scorer.score(&entry.article).ok()).as_ref()
    }

    /// The labels of all annotators, in the order of the file.
    pub fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    /// The label of an annotator for an article, with its marks.
    pub fn given(&self, article: &str, annotator: &str) -> Option<Given> {
        let is_own = |of: &str, by: &str| of == article && by == annotator;
        let row = self.annotations.iter().find(|row| is_own(&row.article, &row.annotator))?;
        let marks = self.rationales.iter().filter(|mark| is_own(&mark.article, &mark.annotator));
        let marks = marks.map(|mark| Marked {
            camp: mark.camp,
            sentence: mark.sentence.clone(),
            expressions: mark.expressions.clone(),
        });
        Some(Given {
            stances: row.stances,
            note: row.note.clone(),
            date: row.date.clone(),
            marks: marks.collect(),
        })
    }

    /// The articles that the annotator put off and has not labelled since, by id.
    pub(super) fn skipped(&self) -> BTreeSet<&str> {
        let own = self.journal.iter().filter(|entry| entry.annotator == self.annotator);
        let mut skipped = BTreeSet::new();
        for entry in own {
            match entry.action {
                Action::Skip => skipped.insert(entry.article.as_str()),
                _ => skipped.remove(entry.article.as_str()),
            };
        }
        skipped
    }
}

pub(super) fn text_of(store: &dyn SetStore, name: &str) -> Result<String, SessionError> {
    let full = || store.full_name(name);
    let bytes = store.read(name).map_err(|source| SessionError::Io { name: full(), source })?;
    String::from_utf8(bytes).map_err(|_| {
        SessionError::Broken(format!("{} is no text in UTF-8: save it as UTF-8", full()))
    })
}
