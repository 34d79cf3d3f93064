//! Articles as they are read, on a thread of their own, and no faster than they are used.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::intake::{ArticleReader, IntakeOptions, RawArticle};

use super::source::Source;

/// So many bytes are read ahead at most; one article that is longer is read alone.
const AHEAD: usize = 8 << 20;

/// Most articles that are worked on together, and most bytes of them.
const BATCH: usize = 128;
const BATCH_BYTES: usize = 1 << 20;

/// What reading gives, in the order of the sources.
#[derive(Debug)]
pub enum Step {
    /// An article, as it was read.
    Article(RawArticle),
    /// What is to be told of the fields of the articles to come from one source.
    Note { source: String, note: String },
    /// A source that gives nothing, and why.
    Failed { source: String, message: String },
    /// The end of a source.
    End,
}

impl Step {
    /// Whether a record comes of it.
    pub fn is_record(&self) -> bool {
        matches!(self, Self::Article(_) | Self::Failed { .. })
    }

    fn n_bytes(&self) -> usize {
        if let Self::Article(raw) = self { raw.n_bytes() } else { 0 }
    }
}

/// How many bytes are on their way.
#[derive(Debug, Default)]
struct Gate {
    bytes: Mutex<usize>,
    left: Condvar,
}

impl Gate {
    fn enter(&self, bytes: usize) {
        let inside = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |inside: &mut usize| *inside > 0 && *inside + bytes > AHEAD;
        *self.left.wait_while(inside, full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn leave(&self, bytes: usize) {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.left.notify_one();
    }
}

/// A thread that reads sources.
#[derive(Debug)]
pub struct Reading {
    steps: Receiver<Step>,
    gate: Arc<Gate>,
    inside: usize,
    n_bytes: Arc<AtomicU64>,
}

impl Reading {
    /// Begins to read. The thread is left alone when nobody wants what it reads any more: it may
    /// hang in a read for ever.
    pub fn of(sources: Vec<Source>, options: IntakeOptions) -> Self {
        let (sender, steps) = sync_channel(4 * BATCH);
        let gate = Arc::new(Gate::default());
        let at_gate = Arc::clone(&gate);
        let n_bytes = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&n_bytes);
        thread::spawn(move || {
            let send = |step: Step| {
                at_gate.enter(step.n_bytes());
                sender.send(step).is_ok()
            };
            // Where nobody listens any more, there is no use in reading on.
            let _all_were_wanted =
                sources.iter().all(|source| read(source, &options, &counter, &send));
        });
        Self { steps, gate, inside: 0, n_bytes }
    }

    /// How many bytes of the sources were read so far, as they are: packed ones count as they are
    /// packed.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes.load(Ordering::Relaxed)
    }

    /// The next steps: one at least, and what else is there already; `None` at the end. `idle` is
    /// called before it has to wait.
    pub fn next_batch(
        &mut self,
        mut idle: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<Option<Vec<Step>>> {
        self.gate.leave(std::mem::take(&mut self.inside));
        let first = if let Ok(step) = self.steps.try_recv() {
            step
        } else {
            idle()?;
            let Ok(step) = self.steps.recv() else { return Ok(None) };
            step
        };
        self.inside = first.n_bytes();
        let mut batch = vec![first];
        while batch.len() < BATCH && self.inside < BATCH_BYTES {
            let Ok(step) = self.steps.try_recv() else { break };
            self.inside += step.n_bytes();
            batch.push(step);
        }
        Ok(Some(batch))
    }
}

/// Sends what one source gives; false when nobody listens.
fn read(
    source: &Source,
    options: &IntakeOptions,
    n_bytes: &Arc<AtomicU64>,
    send: &impl Fn(Step) -> bool,
) -> bool {
    let mut intake = match source.articles_counted(options, n_bytes) {
        Ok(intake) => intake,
        Err(message) => {
            return send(Step::Failed { source: source.name(), message }) && send(Step::End);
        }
    };
    let mut told = false;
    while let Some(raw) = intake.next_raw() {
        if !told && let Some(note) = note(&intake) {
            told = true;
            if !send(Step::Note { source: source.name(), note }) {
                return false;
            }
        }
        if !send(Step::Article(raw)) {
            return false;
        }
    }
    send(Step::End)
}

/// What is to be told of the fields.
fn note(intake: &ArticleReader) -> Option<String> {
    let (guessed, absent) = (intake.guessed(), intake.absent());
    let guessed = (!guessed.is_empty()).then(|| {
        let fields: Vec<String> = guessed.iter().map(ToString::to_string).collect();
        format!("{} (guessed; --text-field and the like say otherwise)", fields.join(", "))
    });
    let absent = absent
        .iter()
        .map(|name| format!("nothing from {name:?}, which the first record does not have"));
    let notes: Vec<String> = guessed.into_iter().chain(absent).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}
