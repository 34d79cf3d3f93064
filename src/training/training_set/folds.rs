//! What is held out of a training set together, and what a fit may know then.

use std::collections::BTreeSet;

use super::{Grouping, TrainingSet};
use crate::labels::fold::folds;

/// Smallest share of the articles outside a fold that may be left when near-duplicates of those
/// inside are left out.
const MIN_REST: f64 = 0.75;

impl TrainingSet {
    /// Without the groupings that cannot be divided into at least two folds.
    pub(super) fn with_divisible_groupings(mut self) -> Self {
        let all = self.positions();
        let groupings = std::mem::take(&mut self.groupings).into_iter();
        self.groupings =
            groupings.filter(|grouping| self.folds(grouping, &all, 2).len() > 1).collect();
        self
    }

    /// Divides the articles at `positions` (ascending) into at most `n_folds` folds that keep the
    /// groups of `grouping` together, and near-duplicates too, unless more is left to learn from
    /// where these are in different folds and [`Self::rest`] leaves them out: outlets that print
    /// one agency's text do not become one.
    pub fn folds(
        &self,
        grouping: &Grouping,
        positions: &[usize],
        n_folds: usize,
    ) -> Vec<Vec<usize>> {
        let keys: Vec<String> =
            positions.iter().map(|&position| grouping.keys[position].clone()).collect();
        let divided = |links: &[(usize, usize)]| -> Vec<Vec<usize>> {
            let folds = folds(&keys, links, n_folds).into_iter();
            folds.map(|fold| fold.into_iter().map(|at| positions[at]).collect()).collect()
        };
        let place = |position: usize| positions.binary_search(&position).ok();
        let here = self.near_duplicates.iter().map(|group| {
            group.iter().filter_map(|&position| place(position)).collect::<Vec<usize>>()
        });
        let links: Vec<_> = here.flat_map(|group| links(&group)).collect();
        let together = divided(&links);
        if links.is_empty() {
            return together;
        }
        let apart = divided(&[]);
        let least = |folds: &[Vec<usize>]| {
            folds.iter().map(|fold| self.rest(positions, fold).len()).min().unwrap_or_default()
        };
        let largest = apart.iter().map(Vec::len).max().unwrap_or_default();
        let wanted = MIN_REST * (positions.len() - largest) as f64;
        let left = least(&apart);
        let is_more = left > least(&together) && left as f64 >= wanted;
        if is_more { apart } else { together }
    }

    /// The `positions` (ascending) that a fit may know of which `fold` (ascending) is held out:
    /// those that are neither in it nor near-duplicates of one in it.
    pub fn rest(&self, positions: &[usize], fold: &[usize]) -> Vec<usize> {
        let is_held = |position: &usize| fold.binary_search(position).is_ok();
        let groups = self.near_duplicates.iter().filter(|group| group.iter().any(is_held));
        let copies: BTreeSet<usize> = groups.flatten().copied().collect();
        let is_known = |position: &usize| !is_held(position) && !copies.contains(position);
        positions.iter().copied().filter(is_known).collect()
    }
}

/// The members of a group, each linked with the next.
fn links(group: &[usize]) -> Vec<(usize, usize)> {
    group.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests;
