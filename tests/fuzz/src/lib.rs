//! The fuzzer's side of the targets: each run is measured, and one that takes too long or
//! allocates too much is a fault as a panic is.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::{env, fs, process};

pub use libfuzzer_sys;
use targets::{TARGETS, Target};

pub mod targets;

/// Most processor time of a run, in seconds.
const MAX_SECONDS: f64 = 1.0;

/// Most bytes allocated at once: so many for each byte of the input, above a floor for what any
/// input takes (a scorer of a model takes 3 MB).
const MAX_BYTES_PER_BYTE: u64 = 64;
const FLOOR: u64 = 4 << 20;

/// Makes a fuzz target of libFuzzer.
#[macro_export]
macro_rules! fuzz {
    ($name:expr) => {
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::run($name, data));
    };
}

/// The name of the target in the environment.
///
/// # Panics
/// If `MIZAN_FUZZ` names none.
pub fn chosen() -> &'static str {
    static CHOSEN: OnceLock<String> = OnceLock::new();
    CHOSEN.get_or_init(|| env::var("MIZAN_FUZZ").expect("MIZAN_FUZZ names a target"))
}

/// What was measured.
#[derive(Clone, Copy, Default)]
struct Run {
    seconds: f64,
    bytes: u64,
    len: u64,
}

impl Run {
    /// Bytes allocated above the floor, for each byte of the input.
    fn excess(self) -> f64 {
        self.bytes.saturating_sub(FLOOR) as f64 / self.len.max(1) as f64
    }
}

/// The slowest run, and those that allocated most: at all, and for their size.
#[derive(Default)]
struct Most {
    slowest: Run,
    largest: Run,
    excessive: Run,
}

/// The processor time of this thread, in seconds.
fn processor_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a value that lives longer than the call.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn measured(target: Target, data: &[u8]) -> Run {
    let start = processor_time();
    let allocated = allocation_counter::measure(|| target(data));
    let seconds = processor_time() - start;
    Run { seconds, bytes: allocated.bytes_max, len: data.len() as u64 }
}

/// Runs a target. A panic that the program catches, where it calls a reader that is known to have
/// them, is none; libFuzzer's hook would end the run.
///
/// # Panics
/// Never: it ends the process where the target panics.
pub fn run(name: &str, data: &[u8]) {
    static HOOK: OnceLock<()> = OnceLock::new();
    HOOK.get_or_init(|| {
        panic::set_hook(Box::new(|info| {
            let text = info.to_string();
            if let Ok(mut last) = LAST_PANIC.lock() {
                *last = text;
            }
        }));
    });
    if panic::catch_unwind(AssertUnwindSafe(|| tried(name, data))).is_err() {
        eprintln!("{}", LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner));
        process::abort();
    }
}

/// The message of the last panic.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Runs a target and keeps what was most. The figures are written to the file that
/// `MIZAN_FUZZ_FIGURES` names, and the inputs beside it.
///
/// # Panics
/// Where the target does, and if it takes too long or allocates too much.
fn tried(name: &str, data: &[u8]) {
    static TARGET: OnceLock<Target> = OnceLock::new();
    static MOST: Mutex<Option<Most>> = Mutex::new(None);
    let target = *TARGET.get_or_init(|| {
        let found = TARGETS.iter().find(|(other, _)| *other == name);
        found.unwrap_or_else(|| panic!("there is no target {name}")).1
    });
    let mut most = MOST.lock().unwrap_or_else(PoisonError::into_inner);
    let most = most.get_or_insert_with(Most::default);
    let mut run = measured(target, data);
    let is_most = |run: Run, most: &Most| {
        run.seconds > most.slowest.seconds
            || run.bytes > most.largest.bytes
            || run.excess() > most.excessive.excess()
    };
    if !is_most(run, most) {
        return;
    }
    // Once more: what is made once in a program is made, and what the machine did beside is gone.
    let again = measured(target, data);
    run.seconds = run.seconds.min(again.seconds);
    run.bytes = run.bytes.min(again.bytes);
    if !is_most(run, most) {
        return;
    }
    let file = env::var("MIZAN_FUZZ_FIGURES").ok();
    let keep = |kind: &str| {
        if let Some(file) = &file {
            let _ = fs::write(format!("{file}.{kind}"), data);
        }
    };
    if run.seconds > most.slowest.seconds {
        most.slowest = run;
        keep("slowest");
    }
    if run.bytes > most.largest.bytes {
        most.largest = run;
        keep("largest");
    }
    if run.excess() > most.excessive.excess() {
        most.excessive = run;
        keep("excessive");
    }
    if let Some(file) = &file {
        let figures = serde_json::json!({
            "slowest_ms": most.slowest.seconds * 1e3,
            "slowest_len": most.slowest.len,
            "most_bytes": most.largest.bytes,
            "most_bytes_len": most.largest.len,
            "excess": most.excessive.excess(),
        });
        let _ = fs::write(file, figures.to_string());
    }
    assert!(run.seconds <= MAX_SECONDS, "{name}: {} s for {} bytes", run.seconds, run.len);
    assert!(
        run.excess() <= MAX_BYTES_PER_BYTE as f64,
        "{name}: {} bytes allocated for {}",
        run.bytes,
        run.len
    );
}
