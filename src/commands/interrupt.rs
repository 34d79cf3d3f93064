//! Ctrl-C, and the signals that ask a program to end: what was begun is written to its end first.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::exit_code::INTERRUPTED;

/// Whether the end was asked for.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Held while there is something that is not written yet.
static BUSY: Mutex<()> = Mutex::new(());

/// How long what was begun may take: a reader that does not read must not keep the program from
/// ending.
const PATIENCE: Duration = Duration::from_secs(2);

/// Waits for nothing, or works.
#[derive(Debug)]
pub struct Interrupt {
    working: Option<MutexGuard<'static, ()>>,
}

impl Interrupt {
    /// Listens from now on.
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

    /// All is written, and the program waits: it may end at any moment.
    pub fn rest(&mut self) {
        self.working = None;
    }

    /// There is work again. Whether to do it, or to end.
    pub fn work(&mut self) -> bool {
        if self.working.is_none() {
            self.working = Some(Self::lock());
        }
        !ASKED.load(Ordering::SeqCst)
    }

    /// Whether the end was asked for.
    pub fn is_asked() -> bool {
        ASKED.load(Ordering::SeqCst)
    }
}
