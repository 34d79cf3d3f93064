//! An ordered map on threads that are started only when they are needed.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::error::EngineError;

/// Threads that score; none is started for articles that come one by one.
#[derive(Debug)]
pub(super) struct OrderedPool {
    n_threads: usize,
    threads: Option<ThreadPool>,
}

impl OrderedPool {
    /// `n_threads` threads, or with 0 one for each processor.
    pub(super) fn new(n_threads: usize) -> Self {
        Self { n_threads, threads: None }
    }

    /// Applies `map` to each item and keeps their order; `n_costly` of them are worth a thread.
    pub(super) fn map<T: Send, R: Send>(
        &mut self,
        items: Vec<T>,
        n_costly: usize,
        map: impl Fn(T) -> R + Sync + Send,
    ) -> Result<Vec<R>, EngineError> {
        if n_costly < 2 || self.n_threads == 1 {
            return Ok(items.into_iter().map(map).collect());
        }
        let threads = match self.threads.take() {
            Some(threads) => threads,
            None => ThreadPoolBuilder::new().num_threads(self.n_threads).build()?,
        };
        Ok(self.threads.insert(threads).install(|| items.into_par_iter().map(map).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_items_and_threads_start_when_needed() {
        for n_threads in [0, 1, 3] {
            let mut pool = OrderedPool::new(n_threads);
            assert_eq!(pool.map(vec![1, 2, 3], 1, |number| number * 2).unwrap(), [2, 4, 6]);
            assert!(pool.threads.is_none());
            let doubled = pool.map((0..1_000).collect(), 1_000, |number| number * 2).unwrap();
            assert!(doubled.into_iter().eq((0..1_000).map(|number| number * 2)));
            assert_eq!(pool.threads.is_some(), n_threads != 1);
        }
    }
}
