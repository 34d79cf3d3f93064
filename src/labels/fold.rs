//! Folds that keep groups together: all articles about one event, or all of one outlet, are held out at once.

use std::collections::BTreeMap;

use super::LabelledArticle;

/// What a fold keeps together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// All articles about one event.
    Event,
    /// All articles of one outlet.
    Outlet,
}

impl Group {
    fn of(self, labelled: &LabelledArticle) -> &str {
        let value = match self {
            Self::Event => &labelled.article.event,
            Self::Outlet => &labelled.article.outlet,
        };
        value.as_deref().unwrap_or_default()
    }
}

/// The positions of the articles of each of at most `n_folds` folds, ascending. No group is in two folds, and the sizes
/// are as even as giving each group, the largest first, to the smallest fold makes them. Nothing is drawn by chance.
pub fn folds(articles: &[LabelledArticle], group: Group, n_folds: usize) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, article) in articles.iter().enumerate() {
        groups.entry(group.of(article)).or_default().push(position);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::camp::Stance;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_article_is_in_one_fold_and_every_group_too(events in prop::collection::vec("[a-h]", 1..60), n_folds in 1_usize..12) {
            let articles: Vec<_> = events
                .iter()
                .map(|event| LabelledArticle {
                    article: Article { event: Some(event.clone()), ..Article::default() },
                    family: None,
                    removals: Vec::new(),
                    stances: [Stance::Neutral; 2],
                })
                .collect();
            let folds = folds(&articles, Group::Event, n_folds);
            let mut held: Vec<_> = folds.iter().flatten().copied().collect();
            held.sort_unstable();
            prop_assert_eq!(held, (0..events.len()).collect::<Vec<_>>());
            for event in &events {
                prop_assert_eq!(folds.iter().filter(|fold| fold.iter().any(|&at| &events[at] == event)).count(), 1);
            }
        }
    }
}
