//! Work on all cores, without the interpreter's lock, that Ctrl-C ends.

use std::process;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::panic::PanicException;
use pyo3::prelude::*;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::error::MizanError;
use crate::training::Stop;

/// Items between two calls of `progress`.
const PART: usize = 512;

/// How long a thread of Python waits before it looks at Ctrl-C.
const LOOK: Duration = Duration::from_millis(50);

/// Threads of this process. A forked process has none of its parent's, so it starts its own.
#[derive(Debug)]
pub(super) struct Threads {
    n_threads: usize,
    started: Mutex<Option<(u32, Arc<ThreadPool>)>>,
}

impl Threads {
    /// `n_threads` threads, or one for each processor.
    pub(super) fn new(n_threads: Option<usize>) -> Self {
        Self { n_threads: n_threads.unwrap_or(0), started: Mutex::default() }
    }

    /// How many threads were asked for; `None` is one for each processor.
    pub(super) fn n_threads(&self) -> Option<usize> {
        (self.n_threads > 0).then_some(self.n_threads)
    }

    /// The threads, started.
    fn started(&self) -> PyResult<Arc<ThreadPool>> {
        let mut started = self.started.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((process, threads)) = &*started
            && *process == process::id()
        {
            return Ok(Arc::clone(threads));
        }
        let threads = ThreadPoolBuilder::new().num_threads(self.n_threads).build();
        let threads = threads.map_err(|error| {
            MizanError::new_err(format!("cannot start {} threads: {error}", self.n_threads))
        })?;
        let threads = Arc::new(threads);
        // Threads of the parent cannot be ended here: they are not there.
        if let Some(of_parent) = started.replace((process::id(), Arc::clone(&threads))) {
            std::mem::forget(of_parent);
        }
        Ok(threads)
    }

    /// Applies `map` to all items, in their order. Ctrl-C ends it after the items that are being
    /// mapped, and so does an exception of `progress`, which is told how many of how many are done.
    pub(super) fn map<T: Send, R: Send>(
        &self,
        py: Python<'_>,
        items: impl Iterator<Item = PyResult<T>>,
        n_items: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
        map: impl Fn(T) -> R + Sync + Send,
    ) -> PyResult<Vec<R>> {
        let threads = self.started()?;
        let mut items = items;
        let mut done = Vec::with_capacity(n_items.unwrap_or_default());
        loop {
            let part = items.by_ref().take(PART).collect::<PyResult<Vec<T>>>()?;
            if part.is_empty() {
                return Ok(done);
            }
            let stop = Stop::default();
            let of_part: Option<Vec<R>> = py.detach(|| {
                let (tell, heard) = mpsc::sync_channel(1);
                let map = |item| (!stop.is_asked()).then(|| map(item));
                let all = || part.into_par_iter().map(map).collect();
                threads.in_place_scope(|scope| {
                    scope.spawn(move |_| {
                        let _ = tell.send(all());
                    });
                    wait(&heard, &stop)
                })
            })?;
            // None of it is missing: else it was an interrupt.
            done.extend(of_part.into_iter().flatten());
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((done.len(), n_items))?;
            }
        }
    }

    /// What `work` gives. Ctrl-C is an exception at once; `work` is asked to end, and ends by
    /// itself in the background.
    pub(super) fn run<R: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Stop) -> R + Send + 'static,
    ) -> PyResult<R> {
        let threads = self.started()?;
        let stop = Stop::default();
        let (tell, heard) = mpsc::sync_channel(1);
        let of_work = stop.clone();
        thread::spawn(move || {
            let _ = tell.send(threads.install(|| work(&of_work)));
        });
        py.detach(move || wait(&heard, &stop))
    }
}

/// What is told, unless Ctrl-C comes before: then `stop` is asked.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime")]
fn wait<R: Send>(heard: &Receiver<R>, stop: &Stop) -> PyResult<R> {
    loop {
        match heard.recv_timeout(LOOK) {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => {
                if let Err(interrupt) = Python::attach(|py| py.check_signals()) {
                    stop.ask();
                    return Err(interrupt);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PanicException::new_err("the work did not come to its end"));
            }
        }
    }
}
