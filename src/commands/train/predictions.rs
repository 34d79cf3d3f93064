//! The file of held-out predictions that `mizan train` writes.

use std::path::Path;

use anyhow::Context;

use crate::commands::file::NewFile;
use crate::commands::output_file;
use crate::evaluation::heldout::HeldOutPredictions;
use crate::output::predictions;
use crate::training::TrainingSet;

/// Where held-out predictions go, if anywhere.
pub struct Predictions<'a>(Option<(&'a Path, NewFile)>);

impl<'a> Predictions<'a> {
    /// The file at `path`. One that cannot be written is refused before the work.
    pub fn new(path: Option<&'a Path>) -> anyhow::Result<Self> {
        let open = |path: &'a Path| {
            let file = output_file::whole(path)
                .with_context(|| format!("cannot write {}", path.display()))?;
            Ok::<_, anyhow::Error>((path, file))
        };
        Ok(Self(path.map(open).transpose()?))
    }

    /// Writes those of each grouping; returns a message.
    pub fn write(
        self,
        set: &TrainingSet,
        held_out: &[HeldOutPredictions],
    ) -> anyhow::Result<Option<String>> {
        let Some((path, mut file)) = self.0 else { return Ok(None) };
        predictions::csv(&mut file, set, held_out)?;
        file.keep()?;
        Ok(Some(format!("wrote the held-out predictions to {}", path.display())))
    }
}
