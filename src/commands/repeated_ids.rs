//! Ids that more than one record of a run has, as of several tables that each count from 1.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::record::ScoreRecord;
use crate::text::isolate::plain;
use crate::text::listed::listed;

/// How many ids are remembered: of an archive of millions the first tell as much.
const MAX_IDS: usize = 100_000;

/// How many repeated ids are named.
const MAX_NAMED: usize = 3;

/// The ids that were seen, and those that were seen again.
#[derive(Debug, Default)]
pub(super) struct RepeatedIds {
    /// Their hashes.
    seen: FxHashSet<u64>,
    /// The first of those that were seen again.
    named: Vec<String>,
    n_records: usize,
}

impl RepeatedIds {
    /// Counts the id of a record, unless it is that of a source that cannot be read.
    pub(super) fn add(&mut self, record: &ScoreRecord) {
        let hash = FxBuildHasher.hash_one(&record.id);
        if self.seen.contains(&hash) {
            self.n_records += 1;
            if self.named.len() < MAX_NAMED && !self.named.contains(&record.id) {
                self.named.push(record.id.clone());
            }
        } else if self.seen.len() < MAX_IDS {
            self.seen.insert(hash);
        }
    }

    /// What there is to tell at the end of a run. `has_file` says whether records name their file.
    pub(super) fn message(&self, has_file: bool) -> Option<String> {
        if self.n_records == 0 {
            return None;
        }
        let records = if self.n_records == 1 { "record has" } else { "records have" };
        let named: Vec<String> = self.named.iter().map(|id| plain(id)).collect();
        let cure = if has_file { "" } else { "; --keep-file writes the file of each" };
        let (n, ids) = (self.n_records, listed(&named));
        Some(format!("{n} {records} an id that another one has, too (such as {ids}){cure}"))
    }
}
