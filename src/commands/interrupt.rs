//! Ctrl-C and signals to terminate: what was begun is written to its end first.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::exit_code::INTERRUPTED;

/// Whether the program was asked to stop.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Held while something is not written yet.
static BUSY: Mutex<()> = Mutex::new(());

/// How long to wait for what was begun: a reader that has stalled must not keep the program from
/// ending.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells the signal handler whether the program works or waits for input.
#[derive(Debug)]
pub struct Interrupt {
    working: Option<MutexGuard<'static, ()>>,
}

impl Interrupt {
    /// Installs the signal handler.
    pub fn listen() -> anyhow::Result<Self> {
        ctrlc::set_handler(|| {
            ASKED.store(true, Ordering::SeqCst);
            let begun = Instant::now();
            while BUSY.try_lock().is_err() && begun.elapsed() < PATIENCE {
                thread::sleep(Duration::from_millis(5));
            }
            process::exit(INTERRUPTED.into());
        })
        .context("cannot listen to signals")?;
        Ok(Self { working: Some(Self::lock()) })
    }

    fn lock() -> MutexGuard<'static, ()> {
        BUSY.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything is written, and the program waits for input: it may be ended at any moment.
    pub fn rest(&mut self) {
        self.working = None;
    }

    /// There is work again; false if the program was asked to stop.
    pub fn work(&mut self) -> bool {
        if self.working.is_none() {
            self.working = Some(Self::lock());
        }
        !ASKED.load(Ordering::SeqCst)
    }

    /// Whether the program was asked to stop.
    pub fn is_asked() -> bool {
        ASKED.load(Ordering::SeqCst)
    }
}
