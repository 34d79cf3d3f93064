//! Weights that the camps share: what praises or blames one camp mostly praises or blames another,
//! too.
//!
//! An example is a sentence and a camp; each camp has weights of its own, and one regression is
//! fitted to the examples of all. The weights of features that say the same of different camps,
//! each seen from the camp itself (`militia@lna` toward `lna`, `militia@gna` toward `gna`), are
//! drawn to each other: each is the sum of a part that they share and one of its own, and the
//! penalty is that of the parts. So a word that was marked about one camp only is known about the
//! other, and what one camp alone is called by stays its own (feature augmentation; Daumé III 2007,
//! "Frustratingly Easy Domain Adaptation", with camps for domains). Words of no camp in particular
//! are not shared: an army that is praised says nothing of the camp that has none.
//!
//! Of `m` weights `w` with a shared part `s`, the penalty `s² + Σ (w − s)²` is smallest at `s = Σ w
//! / (m + 1)`, where it is `Σ w² − (Σ w)² / (m + 1)`. The solver minimises that, so no part has
//! columns of its own.

use std::collections::BTreeMap;

use crate::features::framing::exchanged;
use crate::features::{Extractor, SparseRow};

/// The camp whose view features are compared in; any would do.
const FIRST: usize = 0;

/// The columns of a regression over the examples of all camps: the features toward the first camp,
/// and one that says that an example is of it, then those of the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct CampColumns {
    n_features: usize,
    n_camps: usize,
}

impl CampColumns {
    pub(super) fn new(extractor: &Extractor, camps: &[String]) -> Self {
        Self { n_features: extractor.n_features(), n_camps: camps.len() }
    }

    /// How many columns there are.
    pub(super) fn n_columns(self) -> usize {
        self.column(self.n_camps, 0)
    }

    /// The column of a feature toward a camp.
    pub(super) fn column(self, camp: usize, feature: usize) -> usize {
        camp * (self.n_features + 1) + feature
    }

    /// The column that says that an example is of this camp.
    pub(super) fn of_camp(self, camp: usize) -> usize {
        self.column(camp, self.n_features)
    }

    /// The row of an example: a sentence with this row, and this camp.
    pub(super) fn row(self, camp: usize, sentence: &SparseRow) -> SparseRow {
        let features = sentence.iter().map(|(feature, value)| (self.column(camp, feature), value));
        let entries = features.chain([(self.of_camp(camp), 1.0)]);
        let number = |column: usize| u32::try_from(column).unwrap_or(u32::MAX);
        let (columns, values) = entries.map(|(column, value)| (number(column), value)).unzip();
        SparseRow { columns, values }
    }

    /// The columns whose weights share a part, group by group: those of features that say the same
    /// of a camp, toward that camp.
    pub(super) fn shared(self, extractor: &Extractor, camps: &[String]) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
        for camp in 0..self.n_camps {
            for feature in 0..self.n_features {
                let seen = extractor.feature(feature).and_then(|(block, term)| {
                    let seen = exchanged(block, term, camps, (FIRST, camp))?;
                    Some((block.name(), seen))
                });
                if let Some(seen) = seen {
                    groups.entry(seen).or_default().push(self.column(camp, feature));
                }
            }
        }
        groups.into_values().collect()
    }
}
