//! Measured times of the stages.

use super::Stage;

/// The times of one stage, one value for each pass of all articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// The stage.
    pub stage: Stage,
    /// Seconds of each pass on one thread.
    pub one_thread: Vec<f64>,
    /// Seconds of each pass on all threads; empty if there is only one thread.
    pub all_threads: Vec<f64>,
}

/// The median, minimum and maximum of several passes, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passes {
    /// The median (the upper one of an even number).
    pub median: f64,
    /// The fastest pass.
    pub min: f64,
    /// The slowest pass.
    pub max: f64,
}

impl Passes {
    /// Summarises passes; `None` if there are none.
    pub fn new(seconds: &[f64]) -> Option<Self> {
        let mut sorted = seconds.to_vec();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            median: *sorted.get(sorted.len() / 2)?,
            min: *sorted.first()?,
            max: *sorted.last()?,
        })
    }
}

/// The times of all stages, and what was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct ThroughputReport {
    /// Number of articles in each pass.
    pub n_articles: usize,
    /// Bytes of their text.
    pub n_bytes: usize,
    /// Number of threads of [`Timing::all_threads`].
    pub n_threads: usize,
    /// Peak memory of the process in bytes, if known.
    pub peak_memory: Option<u64>,
    /// The stages; the first one is the reference for all others.
    pub timings: Vec<Timing>,
}

impl ThroughputReport {
    /// Throughput in MB/s (10⁶ bytes) of a pass that takes `seconds`.
    pub fn megabytes_per_second(&self, seconds: f64) -> f64 {
        self.n_bytes as f64 / seconds / 1e6
    }

    /// Throughput in articles per second of a pass that takes `seconds`.
    pub fn articles_per_second(&self, seconds: f64) -> f64 {
        self.n_articles as f64 / seconds
    }

    /// Throughput relative to that of the first stage, of a pass that takes `seconds`; NaN without
    /// a first stage.
    pub fn relative_to_first(&self, seconds: f64) -> f64 {
        let first = self.timings.first().and_then(|timing| Passes::new(&timing.one_thread));
        first.map_or(f64::NAN, |passes| passes.median) / seconds
    }
}
