//! `mizan bench`: throughput of each stage on the user's own articles and machine.

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::article::Article;
use crate::engine::articles;
use crate::evaluation::throughput::{Stage, Throughput, ThroughputReport, Timing};
use crate::output::maker::with_maker;
use crate::output::throughput;
use crate::record::json;
use anyhow::{Context, bail};
use rayon::ThreadPoolBuilder;

use super::input_args::IntakeArgs;
use super::model_file::ModelArgs;
use super::outputs::Outputs;
use super::source::{Wanted, none_found, sources};
use super::terminal;
use std::path::PathBuf;

/// Options of `bench`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan bench saved/                       your articles, every stage
  mizan bench --json dump.jsonl.gz         a record to keep
  mizan bench --seconds 5 dump.jsonl.gz    more passes, a narrower spread

Output, per stage:
  MB/s            median over the passes, in 10^6 bytes of text; then the slowest and the fastest
                  pass
  of validation   throughput relative to UTF-8 validation of the same bytes, the fastest possible
                  reading
  words 1-2       stems and bigrams of stems only, learned from the first 2,000 of the articles (or
                  half of them); the next 3,000 are measured

See also: mizan score

Exit codes:
  0  measured
  1  measured, but articles could not be read; the messages name them
  2  not measured: no articles, or no such model")]
pub struct BenchArgs {
    /// Files or folders of articles; of the first 5,000 the last 3,000 are measured, of fewer than
    /// 4,000 the second half: the others give the words to compare with
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Which model
    #[command(flatten)]
    pub model: ModelArgs,

    /// Seconds of measurement for each stage; at least five passes are made
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub seconds: f64,

    /// Number of threads of the parallel measurement [default: one for each processor]
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// How files are read
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Parses a duration.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("give a number of seconds from 0 to 3600".to_owned()),
    }
}

/// Smallest number of passes for a median.
const MIN_PASSES: usize = 5;

/// Measures every stage and prints the results.
pub fn run(options: &BenchArgs) -> anyhow::Result<ExitCode> {
    let intake = options.intake.options();
    let articles: Vec<Article> =
        articles(sources(&options.paths, &Outputs::new([]), Wanted::Articles)?, &intake)
            .filter_map(|article| article.inspect_err(terminal::report_unreadable).ok())
            .map(|article| article.article)
            .take(Throughput::MAX_ARTICLES)
            .collect();
    if articles.is_empty() {
        bail!("{}: name files or folders that `mizan score` can read", none_found(&options.paths));
    }
    let model = options.model.load()?;
    let stages = Throughput::new(articles, &model)?;
    let pool = ThreadPoolBuilder::new()
        .num_threads(options.threads.map_or(0, usize::from))
        .build()
        .context("cannot start threads")?;
    let n_threads = pool.current_num_threads();

    let bar = terminal::progress(Stage::ALL.len(), "measuring", false);
    let mut timings = Vec::new();
    for stage in Stage::ALL {
        let time = Duration::from_secs_f64(options.seconds);
        let one_thread = passes(time, || stages.run(stage));
        let all_threads = if n_threads > 1 {
            pool.install(|| passes(time, || stages.run_parallel(stage)))
        } else {
            Vec::new()
        };
        timings.push(Timing { stage, one_thread, all_threads });
        bar.inc(1);
    }
    bar.finish_and_clear();
    let report = ThroughputReport {
        n_articles: stages.n_articles(),
        n_bytes: stages.n_bytes(),
        n_threads,
        peak_memory: peak_memory(),
        timings,
    };
    let mut out = io::stdout().lock();
    if options.json {
        json::line(&mut out, &with_maker(throughput::json(&report), Some(&model.signature())))?;
    } else {
        writeln!(out, "{}", throughput::table(&report, terminal::table_style()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Seconds of each pass, after one warm-up: as many passes as fit into `time`, and at least five.
fn passes(time: Duration, mut pass: impl FnMut() -> usize) -> Vec<f64> {
    let mut timed = || {
        let start = Instant::now();
        std::hint::black_box(pass());
        start.elapsed()
    };
    timed();
    let (mut seconds, mut spent) = (Vec::new(), Duration::ZERO);
    while spent < time || seconds.len() < MIN_PASSES {
        let taken = timed();
        spent += taken;
        seconds.push(taken.as_secs_f64());
    }
    seconds
}

/// Peak memory of this process in bytes, if the system reports it (Linux).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}
