//! Folds for cross-validation that keep groups together: all articles about an event, or of an
//! outlet, are in one fold.

use std::collections::BTreeMap;

use super::LabelledArticle;

/// The groups that folds keep together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldGroup {
    /// All articles about one event.
    Event,
    /// All articles of one outlet.
    Outlet,
}

impl FoldGroup {
    /// The group of each article.
    pub fn keys(self, articles: &[LabelledArticle]) -> Vec<String> {
        // An article of an event that nobody named is of one of its own; its near-duplicates are
        // kept with it. Of outlets, those that nobody named may be the same.
        let of = |LabelledArticle { article, .. }: &LabelledArticle| match self {
            Self::Event => article.event.clone().unwrap_or_else(|| article.id.clone()),
            Self::Outlet => article.outlet.clone().unwrap_or_default(),
        };
        articles.iter().map(of).collect()
    }
}

/// Splits articles into at most `n_folds` folds; each fold is the ascending positions of its
/// articles. `keys` are the groups of the articles. A group is in one fold; so are two groups with
/// a pair of near-duplicates (`links`, by position) between them. Each group, the largest first,
/// goes to the smallest fold. The result is deterministic.
pub fn folds(keys: &[String], links: &[(usize, usize)], n_folds: usize) -> Vec<Vec<usize>> {
    // A union-find structure: the root of a position is the smallest position of its component.
    let mut parents: Vec<usize> = Vec::with_capacity(keys.len());
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, key) in keys.iter().enumerate() {
        parents.push(*first.entry(key).or_insert(position));
    }
    for &(one, other) in links {
        let (one, other) = (root(&parents, one), root(&parents, other));
        parents[one.max(other)] = one.min(other);
    }
    let mut groups: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    for position in 0..keys.len() {
        let root = root(&parents, position);
        groups.entry((&keys[root], root)).or_default().push(position);
    }
    let mut folds = vec![Vec::new(); n_folds.min(groups.len())];
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in groups {
        if let Some(smallest) = folds.iter_mut().min_by_key(|fold| fold.len()) {
            smallest.extend(group);
        }
    }
    for fold in &mut folds {
        fold.sort_unstable();
    }
    folds
}

fn root(parents: &[usize], mut position: usize) -> usize {
    while parents[position] != position {
        position = parents[position];
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_article_is_in_one_fold_and_every_group_too(
            events in prop::collection::vec("[a-h]", 1..60),
            links in prop::collection::vec((0_usize..60, 0_usize..60), 0..4),
            n_folds in 1_usize..12,
        ) {
            let within = |&(a, b): &(usize, usize)| a.max(b) < events.len();
            let links: Vec<_> = links.into_iter().filter(within).collect();
            let folds = folds(&events, &links, n_folds);
            let mut held: Vec<_> = folds.iter().flatten().copied().collect();
            held.sort_unstable();
            prop_assert_eq!(held, (0..events.len()).collect::<Vec<_>>());
            for event in &events {
                let holds = |fold: &&Vec<usize>| fold.iter().any(|&at| &events[at] == event);
                prop_assert_eq!(folds.iter().filter(holds).count(), 1);
            }
            for (one, other) in links {
                prop_assert!(folds.iter().any(|fold| fold.contains(&one) && fold.contains(&other)));
            }
        }
    }
}
