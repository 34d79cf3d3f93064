//! `mizan train` in a process of its own, which can be ended. A model that it made waits in a
//! folder of the set until it is kept or dropped, also when the page is closed and opened again.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use std::{env, mem};

use tempfile::TempDir;

use crate::labelling::training::{Request, Trainer, Training};
use crate::model::Model;
use crate::scoring::Scorer;

/// Name of the model that was kept, inside the set.
pub const MODEL: &str = "model.safetensors";

/// Name of the folder, inside the set, of a model that is neither kept nor dropped yet.
pub const WAITING: &str = "new-model";

/// Name of the report in it.
const REPORT: &str = "report.txt";

/// Most bytes of a report that the page shows.
const MAX_REPORT: u64 = 1 << 18;

/// Trains on the set in a folder.
#[derive(Debug)]
pub struct ProcessTrainer {
    set: PathBuf,
    /// Whether the camps are those of the shipped set, so that both can be trained on together.
    with_shipped: bool,
    step: Mutex<Step>,
}

#[derive(Debug)]
enum Step {
    None,
    Running { child: Child, begun: Instant, scratch: TempDir },
    Done { report: String },
    Failed(String),
    Kept(String),
}

impl ProcessTrainer {
    /// A trainer that has not begun, or whose last model waits to be kept or dropped.
    pub fn new(set: &Path, with_shipped: bool) -> Self {
        let waiting = set.join(WAITING);
        let step = if waiting.join(MODEL).exists() && waiting.join(REPORT).exists() {
            Step::Done { report: text(&waiting.join(REPORT)) }
        } else {
            Step::None
        };
        Self { set: set.to_owned(), with_shipped, step: Mutex::new(step) }
    }

    /// How it stands, after what has ended was noticed.
    fn step(&self) -> MutexGuard<'_, Step> {
        let mut step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = match &mut *step {
            Step::Running { child, .. } => child.try_wait().unwrap_or_default(),
            _ => None,
        };
        if let Some(status) = ended
            && let Step::Running { scratch, .. } = mem::replace(&mut *step, Step::None)
        {
            let told = |name: &str| text(&scratch.path().join(name));
            *step = if status.success() {
                match self.wait(&scratch, &(told("errors") + &told("report"))) {
                    Ok(report) => Step::Done { report },
                    Err(error) => Step::Failed(error.to_string()),
                }
            } else {
                Step::Failed(told("errors"))
            };
        }
        step
    }

    /// Puts a model that was made where it waits; returns its report.
    fn wait(&self, scratch: &TempDir, report: &str) -> io::Result<String> {
        let waiting = self.set.join(WAITING);
        self.drop_waiting()?;
        fs::create_dir(&waiting)?;
        // The last lines say where the file is, which is not where it is used.
        let end = report.find("\nwrote ").map_or(report.len(), |end| end + 1);
        let report = format!(
            "{}Keep it, and it is {} and used from then on.\n",
            &report[..end],
            self.set.join(MODEL).display()
        );
        let new = scratch.path().join(MODEL);
        fs::rename(new.with_extension("md"), waiting.join(MODEL).with_extension("md"))?;
        fs::write(waiting.join(REPORT), &report)?;
        fs::rename(new, waiting.join(MODEL))?;
        Ok(report)
    }

    /// Removes the model that waits, if one does.
    fn drop_waiting(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.set.join(WAITING)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn start(&self) -> io::Result<Step> {
        // Beside the model that it may replace, so that it can be moved there.
        let scratch = tempfile::Builder::new().prefix(".mizan-train-").tempdir_in(&self.set)?;
        let new = scratch.path().join(MODEL);
        let kept = self.set.join(MODEL);
        if kept.exists() {
            // What changed against it is part of the report.
            fs::copy(&kept, &new)?;
        }
        let mut command = Command::new(env::current_exe()?);
        command.args(["train", "--quick", "--labeled"]).arg(&self.set).arg("--output").arg(&new);
        if self.with_shipped {
            command.args(["--with", "default", "--weight", "auto"]);
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(File::create(scratch.path().join("report"))?)
            .stderr(File::create(scratch.path().join("errors"))?)
            .spawn()?;
        Ok(Step::Running { child, begun: Instant::now(), scratch })
    }

    fn keep(&self) -> io::Result<(String, Scorer)> {
        let new = self.set.join(WAITING).join(MODEL);
        let scorer = scorer(&new)?;
        let kept = self.set.join(MODEL);
        // The model that it replaces stays, with its card.
        for old in [kept.with_extension("md"), kept.clone()] {
            if old.exists() {
                let mut previous = old.clone().into_os_string();
                previous.push(".previous");
                fs::rename(old, previous)?;
            }
        }
        fs::rename(new.with_extension("md"), kept.with_extension("md"))?;
        fs::rename(&new, &kept)?;
        self.drop_waiting()?;
        Ok((kept.display().to_string(), scorer))
    }
}

/// The text of a file, as much of it as the page shows.
fn text(file: &Path) -> String {
    let mut text = String::new();
    let _ = File::open(file).and_then(|file| file.take(MAX_REPORT).read_to_string(&mut text));
    text
}

/// A scorer with the model in a file.
fn scorer(file: &Path) -> io::Result<Scorer> {
    let model = Model::from_bytes(&fs::read(file)?).map_err(io::Error::other)?;
    Scorer::new(model).map_err(io::Error::other)
}

impl Trainer for ProcessTrainer {
    fn state(&self) -> Training {
        match &*self.step() {
            Step::None => Training::None,
            Step::Running { begun, .. } => Training::Running { seconds: begun.elapsed().as_secs() },
            Step::Done { report } => Training::Done { report: report.clone() },
            Step::Failed(message) => Training::Failed { message: message.clone() },
            Step::Kept(file) => Training::Kept { file: file.clone() },
        }
    }

    fn ask(&self, request: Request) -> io::Result<Option<Scorer>> {
        let mut step = self.step();
        let (next, scorer) = match (request, mem::replace(&mut *step, Step::None)) {
            (Request::Start, Step::Running { child, begun, scratch }) => {
                (Step::Running { child, begun, scratch }, None)
            }
            (Request::Start, before) => match self.start() {
                Ok(started) => (started, None),
                Err(error) => {
                    *step = before;
                    return Err(error);
                }
            },
            (Request::Cancel, Step::Running { mut child, .. }) => {
                child.kill()?;
                child.wait()?;
                (Step::None, None)
            }
            (Request::Keep, Step::Done { report }) => match self.keep() {
                Ok((file, scorer)) => (Step::Kept(file), Some(scorer)),
                Err(error) => {
                    *step = Step::Done { report };
                    return Err(error);
                }
            },
            (Request::Drop, Step::Done { .. } | Step::Failed(_)) => {
                self.drop_waiting()?;
                (Step::None, None)
            }
            (_, other) => (other, None),
        };
        *step = next;
        Ok(scorer)
    }
}

impl Drop for ProcessTrainer {
    fn drop(&mut self) {
        if let Step::Running { child, .. } =
            &mut *self.step.lock().unwrap_or_else(PoisonError::into_inner)
        {
            let _ = child.kill();
        }
    }
}
