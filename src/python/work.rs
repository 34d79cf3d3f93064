//! Work on all cores, in parts.

use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::error::MizanError;

/// Items between two looks at Ctrl-C and two calls of `progress`.
const PART: usize = 512;

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

    /// The threads, started.
    pub(super) fn started(&self) -> PyResult<Arc<ThreadPool>> {
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

    /// Applies `map` to all items, in their order, without the interpreter's lock. Ctrl-C ends it,
    /// and so does an exception of `progress`, which is told how many of how many are done.
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
            let of_part: Vec<R> = py.detach(|| match part.len() {
                1 => part.into_iter().map(&map).collect(),
                _ => threads.install(|| part.into_par_iter().map(&map).collect()),
            });
            done.extend(of_part);
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((done.len(), n_items))?;
            }
        }
    }
}
