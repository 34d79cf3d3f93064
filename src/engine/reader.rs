//! Articles as they are read, on a thread of their own, and no faster than they are used.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::diagnostic::Diagnostic;
use super::error::EngineError;
use super::source::Source;
use crate::intake::{ArticleReader, IntakeError, IntakeOptions, RawArticle};

/// Most bytes that are read ahead. A longer article is read alone.
const MAX_READ_AHEAD: usize = 8 << 20;

/// Most articles that are scored together, and most bytes of them.
const MAX_BATCH: usize = 128;
const MAX_BATCH_BYTES: usize = 1 << 20;

/// What the reading thread gives, in the order of the sources.
#[derive(Debug)]
pub(super) enum Step {
    /// An article, neither decoded nor cleaned, and the name of its source.
    Article(RawArticle, Arc<str>),
    /// Something to report about the source.
    Diagnostic(Diagnostic),
    /// A source that gives nothing, and why.
    Failed { source: String, error: IntakeError },
}

impl Step {
    /// Whether it becomes a record.
    pub(super) fn is_record(&self) -> bool {
        !matches!(self, Self::Diagnostic(_))
    }

    fn n_bytes(&self) -> usize {
        if let Self::Article(raw, _) = self { raw.n_bytes() } else { 0 }
    }
}

/// Counts the bytes that are read and not scored yet, and blocks the reader above
/// [`MAX_READ_AHEAD`].
#[derive(Debug, Default)]
struct ByteGate {
    bytes: Mutex<usize>,
    left: Condvar,
}

impl ByteGate {
    fn enter(&self, bytes: usize) {
        let inside = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |inside: &mut usize| *inside > 0 && *inside + bytes > MAX_READ_AHEAD;
        *self.left.wait_while(inside, full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn leave(&self, bytes: usize) {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.left.notify_one();
    }
}

/// A thread that reads sources ahead of the scoring.
#[derive(Debug)]
pub(super) struct ReadAhead {
    steps: Receiver<Step>,
    gate: Arc<ByteGate>,
    /// Bytes of the last batch, which the gate still counts.
    n_batch_bytes: usize,
    n_bytes: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl ReadAhead {
    /// Starts to read. When this value is dropped, the thread ends at its next article; it is not
    /// joined, since it may block in a read for ever.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(super) fn new(sources: Vec<Source>, options: IntakeOptions) -> Result<Self, EngineError> {
        let (sender, steps) = sync_channel(4 * MAX_BATCH);
        let gate = Arc::new(ByteGate::default());
        let at_gate = Arc::clone(&gate);
        let n_bytes = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&n_bytes);
        let reading = move || {
            let send = |step: Step| {
                at_gate.enter(step.n_bytes());
                sender.send(step).is_ok()
            };
            // Stops at the first source of which nobody receives the articles.
            let _is_complete = sources.iter().all(|source| read(source, &options, &counter, &send));
        };
        let thread = thread::Builder::new().spawn(reading).map_err(EngineError::ReadingThread)?;
        Ok(Self { steps, gate, n_batch_bytes: 0, n_bytes, thread: Some(thread) })
    }

    /// How many bytes of the sources were read so far, packed as they are.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes.load(Ordering::Relaxed)
    }

    /// Waits until the thread has ended. If it did so by a fault of this program, articles are
    /// missing, and this one must not pass for having read them all.
    fn end(&mut self) {
        if let Some(Err(fault)) = self.thread.take().map(JoinHandle::join) {
            resume_unwind(fault);
        }
    }

    /// The next steps: at least one, and what else was read already; `None` at the end. `idle` is
    /// called before it has to wait.
    pub(super) fn next_batch(
        &mut self,
        mut idle: impl FnMut() -> Result<(), EngineError>,
    ) -> Result<Option<Vec<Step>>, EngineError> {
        self.gate.leave(std::mem::take(&mut self.n_batch_bytes));
        let first = if let Ok(step) = self.steps.try_recv() {
            step
        } else {
            idle()?;
            let Ok(step) = self.steps.recv() else {
                self.end();
                return Ok(None);
            };
            step
        };
        self.n_batch_bytes = first.n_bytes();
        let mut batch = vec![first];
        while batch.len() < MAX_BATCH && self.n_batch_bytes < MAX_BATCH_BYTES {
            let Ok(step) = self.steps.try_recv() else { break };
            self.n_batch_bytes += step.n_bytes();
            batch.push(step);
        }
        Ok(Some(batch))
    }
}

/// Sends what one source gives; false when nobody receives it.
fn read(
    source: &Source,
    options: &IntakeOptions,
    n_bytes: &Arc<AtomicU64>,
    send: &impl Fn(Step) -> bool,
) -> bool {
    let mut intake = match source.articles_counted(options, n_bytes) {
        Ok(intake) => intake,
        Err(error) => return send(Step::Failed { source: source.name().to_owned(), error }),
    };
    let (mut is_reported, mut is_several) = (false, false);
    let name: Arc<str> = source.name().into();
    let tell = |intake: &mut ArticleReader| {
        let source = || source.name().to_owned();
        while let Some(notice) = intake.take_notice() {
            if !send(Step::Diagnostic(Diagnostic::Source { source: source(), notice })) {
                return false;
            }
        }
        true
    };
    while let Some(raw) = intake.next_raw() {
        if !tell(&mut intake) {
            return false;
        }
        if !is_reported
            && intake.are_fields_settled()
            && let Some(diagnostic) = field_diagnostic(source, &intake)
        {
            is_reported = true;
            if !send(Step::Diagnostic(diagnostic)) {
                return false;
            }
        }
        if !is_several && let Some(n_documents) = intake.n_documents() {
            is_several = true;
            let source = source.name().to_owned();
            if !send(Step::Diagnostic(Diagnostic::Documents { source, n_documents })) {
                return false;
            }
        }
        if !send(Step::Article(raw, Arc::clone(&name))) {
            return false;
        }
    }
    if !is_reported
        && let Some(diagnostic) = field_diagnostic(source, &intake)
        && !send(Step::Diagnostic(diagnostic))
    {
        return false;
    }
    if let Some(name) = &options.fields.text
        && intake.has_fields()
    {
        let is_present = !intake.absent().contains(name);
        // Where no usual field stands in for it, the records have errors that say so.
        let is_told = is_present || intake.guessed().iter().any(|guess| guess.field == "text");
        let source = source.name().to_owned();
        if is_told && !send(Step::Diagnostic(Diagnostic::NamedText { source, is_present })) {
            return false;
        }
    }
    let passed_over = intake.passed_over();
    if !passed_over.is_empty() {
        let (source, passed_over) = (source.name().to_owned(), passed_over.clone());
        if !send(Step::Diagnostic(Diagnostic::PassedOver { source, passed_over })) {
            return false;
        }
    }
    tell(&mut intake)
}

/// What there is to report about the fields of a source, if anything.
fn field_diagnostic(source: &Source, intake: &ArticleReader) -> Option<Diagnostic> {
    let (guessed, absent) = (intake.guessed().to_vec(), intake.absent().to_vec());
    let unused = intake.unused().cloned();
    let source = source.name().to_owned();
    let is_any = !guessed.is_empty() || !absent.is_empty() || unused.is_some();
    is_any.then_some(Diagnostic::Fields { source, guessed, absent, unused })
}
