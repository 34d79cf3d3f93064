//! Ids of the rows of several files, or of the comments of one author, which may be the same.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::Diagnostic;

/// Tells texts of one id apart by a number behind it.
#[derive(Debug, Default)]
pub(super) struct RowIds {
    times: BTreeMap<String, usize>,
    taken: BTreeSet<String>,
    n_renamed: usize,
    example: Option<String>,
}

impl RowIds {
    /// The id itself if no text before has it, else one with a number that no text has.
    pub(super) fn distinct(&mut self, id: &str) -> String {
        let times = self.times.entry(id.to_owned()).or_default();
        let mut distinct = id.to_owned();
        loop {
            *times += 1;
            if *times > 1 {
                distinct = format!("{id}#{times}");
            }
            if self.taken.insert(distinct.clone()) {
                break;
            }
        }
        if *times > 1 {
            self.n_renamed += 1;
            self.example.get_or_insert_with(|| distinct.clone());
        }
        distinct
    }

    /// What there is to tell at the end.
    pub(super) fn told(self) -> Option<Diagnostic> {
        let n_rows = self.n_renamed;
        self.example.map(|example| Diagnostic::IdsRepeated { n_rows, example })
    }
}
