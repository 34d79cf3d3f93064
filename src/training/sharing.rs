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
//! Examples of two domains, sentences of articles and of passages ([`Domain`]), share weights
//! likewise: passages take sides far oftener, and what they say of a camp's bare name does not
//! hold in articles. The classifier has the weights of articles; a word that passages alone hold
//! counts half of what it does there.
//!
//! Of `m` weights `w` with a shared part `s`, the penalty `s² + Σ (w − s)²` is smallest at `s = Σ w
//! / (m + 1)`, where it is `Σ w² − (Σ w)² / (m + 1)`. The solver minimises that, so no part has
//! columns of its own.

use std::collections::BTreeMap;

use crate::features::framing::exchanged;
use crate::features::{Extractor, SparseRow};

/// The camp whose view features are compared in; any would do.
const FIRST: usize = 0;

/// Where an example is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// A sentence of an article.
    Articles,
    /// A sentence of a passage.
    Passages,
}

/// The columns of a regression over the examples of all camps: the features toward the first camp,
/// and one that says that an example is of it, then those of the next; and again for each domain.
/// The fields are how many there are of each.
#[derive(Clone, Copy, Debug)]
pub(super) struct CampColumns {
    features: usize,
    camps: usize,
    /// How many of [`Domain`] there are.
    domains: usize,
}

impl CampColumns {
    pub(super) fn new(extractor: &Extractor, camps: &[String], has_passages: bool) -> Self {
        let domains = 1 + usize::from(has_passages);
        Self { features: extractor.n_features(), camps: camps.len(), domains }
    }

    /// How many columns there are.
    pub(super) fn n_columns(self) -> usize {
        self.domains * self.camps * (self.features + 1)
    }

    /// The column of a feature toward a camp.
    pub(super) fn column(self, domain: Domain, camp: usize, feature: usize) -> usize {
        (domain as usize * self.camps + camp) * (self.features + 1) + feature
    }

    /// The column that says that an example is of this camp.
    pub(super) fn of_camp(self, domain: Domain, camp: usize) -> usize {
        self.column(domain, camp, self.features)
    }

    /// The row of an example: a sentence with this row, and this camp.
    pub(super) fn row(self, domain: Domain, camp: usize, sentence: &SparseRow) -> SparseRow {
        let column = |feature| self.column(domain, camp, feature);
        let features = sentence.iter().map(|(feature, value)| (column(feature), value));
        let entries = features.chain([(self.of_camp(domain, camp), 1.0)]);
        let number = |column: usize| u32::try_from(column).unwrap_or(u32::MAX);
        let (columns, values) = entries.map(|(column, value)| (number(column), value)).unzip();
        SparseRow { columns, values }
    }

    /// The columns whose weights share a part, group by group: those of features that say the same
    /// of a camp, toward that camp, and those of one feature in several domains.
    pub(super) fn shared(self, extractor: &Extractor, camps: &[String]) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
        for domain in [Domain::Articles, Domain::Passages].into_iter().take(self.domains) {
            for camp in 0..self.camps {
                for feature in 0..self.features {
                    let Some((block, term)) = extractor.feature(feature) else { continue };
                    let seen = exchanged(block, term, camps, (FIRST, camp));
                    let seen = seen.unwrap_or_else(|| format!("{term} {camp}"));
                    let column = self.column(domain, camp, feature);
                    groups.entry((block.name(), seen)).or_default().push(column);
                }
            }
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMPS: [&str; 2] = ["lna", "gna"];

    fn columns(domains: usize) -> CampColumns {
        CampColumns { features: 3, camps: CAMPS.len(), domains }
    }

    #[test]
    fn each_domain_and_camp_has_columns_of_its_own() {
        let (all, row) = (columns(2), SparseRow { columns: vec![0, 2], values: vec![1.0, 0.5] });
        assert_eq!((columns(1).n_columns(), all.n_columns()), (8, 16));
        let of = |domain, camp| all.row(domain, camp, &row).columns;
        assert_eq!(of(Domain::Articles, 0), [0, 2, 3]);
        assert_eq!(of(Domain::Articles, 1), [4, 6, 7]);
        assert_eq!(of(Domain::Passages, 1), [12, 14, 15]);
        assert_eq!(all.row(Domain::Passages, 1, &row).values, [1.0, 0.5, 1.0]);
    }
}
