//! Counts the features of an article.

/// Counts how often features occur, and keeps the words of their first occurrence.
#[derive(Debug, Default)]
pub(super) struct FeatureCounter {
    /// By column, and one more for what is not a feature.
    counts: Vec<u32>,
    /// The features that occur, as their column above 32 bits and, below, their number in `places`;
    /// what follows the first `n_distinct` is unused.
    columns: Vec<u64>,
    /// The words of their first occurrences, as first and end.
    places: Vec<(u32, u32)>,
    n_distinct: usize,
}

impl FeatureCounter {
    /// Makes room for so many features.
    pub(super) fn resize(&mut self, n_features: usize) {
        self.counts.resize(n_features + 1, 0);
    }

    /// Counts a feature of some words; a column that is too high is not counted. Returns whether it
    /// was. No branch depends on the feature or on whether it is new, which cannot be predicted.
    #[inline]
    pub(super) fn add(&mut self, column: u32, first: u32, end: u32) -> bool {
        if self.n_distinct == self.columns.len() {
            self.columns.resize(2 * self.n_distinct + 64, 0);
            self.places.resize(2 * self.n_distinct + 64, (0, 0));
        }
        let none = self.counts.len() - 1;
        let column = none.min(column as usize);
        let is_new = self.counts[column] == 0 && column != none;
        self.counts[column] += u32::from(column != none);
        self.columns[self.n_distinct] = (column as u64) << 32 | self.n_distinct as u64;
        self.places[self.n_distinct] = (first, end);
        self.n_distinct += usize::from(is_new);
        column != none
    }

    /// Calls `each` with the columns that were counted, ascending, their counts, and the words of
    /// their first occurrences, and resets the counts.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u32, (u32, u32))) {
        let columns = &mut self.columns[..std::mem::take(&mut self.n_distinct)];
        columns.sort_unstable();
        for entry in columns {
            let (column, place) = ((*entry >> 32) as u32, (*entry & 0xFFFF_FFFF) as usize);
            each(column, std::mem::take(&mut self.counts[column as usize]), self.places[place]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn counts_are_those_of_a_map(
            n_features in 0_usize..9_000,
            articles in prop::collection::vec(prop::collection::vec(0_u32..9_000, 0..300), 1..4),
        ) {
            let mut counting = FeatureCounter::default();
            counting.resize(n_features);
            for article in articles {
                let mut expected: BTreeMap<u32, (u32, (u32, u32))> = BTreeMap::new();
                for (at, &column) in (0..).zip(&article) {
                    let known = (column as usize) < n_features;
                    prop_assert_eq!(counting.add(column, at, at + 1), known);
                    if known {
                        expected.entry(column).or_insert((0, (at, at + 1))).0 += 1;
                    }
                }
                let mut found = Vec::new();
                counting.drain(|column, count, place| found.push((column, (count, place))));
                prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
            }
        }
    }
}
