//! Classifiers of sentences that were fitted already. The folds of one training are fitted several
//! times: to measure it, to compare it, to probe it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::sentences::Stacked;
use super::{SentenceParams, Tolerance, TrainingSet};

/// Most classifiers that are kept; each takes about a megabyte.
const MAX_KEPT: usize = 64;

/// What a fit depends on, beside the texts.
type Key = blake3::Hash;

/// The classifiers that were fitted to one list of texts. Clones are one and the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo(Arc<Mutex<BTreeMap<[u8; 32], Arc<Stacked>>>>);

impl Memo {
    /// What was fitted under this key.
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Stacked>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key.as_bytes()).map(Arc::clone)
    }

    /// Keeps what was fitted, as long as there is room.
    pub(super) fn keep(&self, key: &Key, stacked: &Arc<Stacked>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MAX_KEPT {
            kept.insert(*key.as_bytes(), Arc::clone(stacked));
        }
    }
}

/// The key of a fit to the articles at `positions`: all that it depends on but their texts.
pub(super) fn key(
    set: &TrainingSet,
    positions: &[usize],
    params: &SentenceParams,
    tolerance: Tolerance,
) -> Key {
    let labels = positions.iter().map(|&position| {
        let decided = (&set.labels[position], &set.deciding[position]);
        (position, decided, set.weight(position), &set.families[position])
    });
    let groups = set.groups(positions);
    let near = &set.near_duplicates;
    let all = format!(
        "{:?}",
        (labels.collect::<Vec<_>>(), groups, near, set.passages.len(), params, tolerance)
    );
    blake3::hash(all.as_bytes())
}
