//! Labels: the labelled set in a folder, or a table of any labels.

use std::io;
use std::path::Path;

use anyhow::Context;

use super::label_args::LabelArgs;
use super::left_out::LeftOut;
use super::outputs::Outputs;
use super::source::{Wanted, files_under, sources};
use super::{file, terminal};
use crate::engine::data_set::{self, DataSetError, DataSetFiles};
use crate::intake::IntakeOptions;
use crate::labels::table::LabelledTable;
use crate::labels::{LabelAggregation, LabelledSet};

/// A labelled set in a folder.
pub struct Folder<'a>(pub &'a Path);

impl DataSetFiles for Folder<'_> {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.0.join(name);
        // A pipe that nobody writes to would be waited for.
        if path.exists() && !path.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        file::read(&path, file::MAX_LABELS)
    }

    fn list(&self, folder: &str, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
        let path = self.0.join(folder);
        // A set that is being made has its articles in the pool alone.
        let may_lack = folder != "articles" || self.0.join("pool").is_dir();
        if may_lack && !path.is_dir() {
            return Vec::new();
        }
        let inside = |path: &Path| path.strip_prefix(self.0).unwrap_or(path).display().to_string();
        files_under(&path, is_wanted).iter().map(|input| inside(input.path())).collect()
    }

    fn full_name(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

/// Reads and checks the labelled set in `folder`.
pub fn read(folder: &Path, aggregation: LabelAggregation) -> anyhow::Result<LabelledSet> {
    match data_set::read_set(&Folder(folder), aggregation) {
        Err(DataSetError::Labels(problems)) => {
            Err(problems).with_context(|| format!("{} cannot be used", folder.display()))
        }
        read => {
            let set = read?;
            if set.n_waiting > 0 {
                let message =
                    format!("{} of pool/ have no label yet and are left out", set.n_waiting);
                terminal::complain(&folder.display().to_string(), &message);
            }
            Ok(set)
        }
    }
}

/// Reads texts with a label each. Rows that cannot be read are reported and skipped.
pub fn read_table(
    labels: &LabelArgs,
    intake: IntakeOptions,
    outputs: &Outputs,
) -> anyhow::Result<LabelledTable> {
    let sources = sources(&labels.from, outputs, Wanted::Articles)?;
    let mut left_out = LeftOut::default();
    let note = |diagnostic| left_out.note(&diagnostic);
    let table = data_set::read_table(&sources, &labels.fields(), intake, note)?;
    left_out.tell(table.rows.len());
    Ok(table)
}
