//! `mizan bench`: how fast the user's own articles go through each stage on the user's machine.

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use mizan::intake::Unreadable;
use mizan::throughput::{Measured, Stage, Throughput, Timing};
use rayon::ThreadPoolBuilder;

use super::source::sources;
use super::{model, terminal};
use crate::cli::Bench;

/// Fewest passes of which a median is taken.
const FEWEST_PASSES: usize = 5;

/// Measures every stage and prints what was measured.
pub fn run(options: &Bench) -> anyhow::Result<ExitCode> {
    let mut articles = Vec::new();
    let intake = options.intake.options();
    for source in sources(&options.paths) {
        let left = Throughput::MOST - articles.len();
        if left == 0 {
            break;
        }
        match source.articles(&intake) {
            Ok(saved) => {
                for saved in saved.take(left) {
                    match saved {
                        Ok(saved) => articles.push(saved.article),
                        Err(Unreadable { place, error, .. }) => drop(terminal::complain(&place, &error.to_string())),
                    }
                }
            }
            Err(message) => drop(terminal::complain(&source.name(), &message)),
        }
    }
    if articles.is_empty() {
        bail!("there is no article to measure with: name files or folders that `mizan score` can read");
    }
    let throughput = Throughput::new(articles, &model::load(options.model.as_deref())?)?;
    let pool = ThreadPoolBuilder::new().num_threads(options.threads.map_or(0, usize::from)).build().context("cannot start threads")?;
    let n_threads = pool.current_num_threads();

    let bar = terminal::progress(Stage::ALL.len(), "measuring", false);
    let mut timings = Vec::new();
    for stage in Stage::ALL {
        let time = Duration::from_secs_f64(options.seconds);
        let alone = passes(time, || throughput.run(stage));
        let together = if n_threads > 1 { pool.install(|| passes(time, || throughput.run_parallel(stage))) } else { Vec::new() };
        timings.push(Timing { stage, alone, together });
        bar.inc(1);
    }
    bar.finish_and_clear();
    let measured =
        Measured { n_articles: throughput.n_articles(), n_bytes: throughput.n_bytes(), n_threads, peak_memory: peak_memory(), timings };
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", measured.json())?;
    } else {
        writeln!(out, "{}", measured.table(terminal::table_style()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Seconds of each pass, after one that warms up: as many as `time` has room for, and five at least.
fn passes(time: Duration, mut pass: impl FnMut() -> usize) -> Vec<f64> {
    let mut timed = || {
        let start = Instant::now();
        std::hint::black_box(pass());
        start.elapsed()
    };
    timed();
    let (mut seconds, mut spent) = (Vec::new(), Duration::ZERO);
    while spent < time || seconds.len() < FEWEST_PASSES {
        let taken = timed();
        spent += taken;
        seconds.push(taken.as_secs_f64());
    }
    seconds
}

/// Most memory that this process took, in bytes, where the system tells (Linux).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}
