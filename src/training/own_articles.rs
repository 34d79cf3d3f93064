//! The user's own articles beside those of another set.

use std::collections::BTreeSet;

use super::TrainingSet;
use super::training_set::{ARTICLES, EVENTS, OUTLETS};
use crate::labels::LabelledSet;

/// The user's own articles among those of another set: they count more, and only they are measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnArticles {
    /// Whether an article is one of them; shape `(n_articles)`.
    pub is_own: Vec<bool>,
    /// How often each of them counts.
    pub weight: usize,
}

impl TrainingSet {
    /// Analyzes the articles of the user's own set together with those of another of the same
    /// camps. Each of the own ones counts `weight` times. Of two articles with the same id the own
    /// one is taken. Returns all of them as one set, too.
    pub fn with_companion(
        own: &LabelledSet,
        other: &LabelledSet,
        weight: usize,
    ) -> (Self, LabelledSet) {
        let joined = own.joined(other);
        let ids: BTreeSet<&str> =
            own.articles.iter().map(|labelled| labelled.article.id.as_str()).collect();
        let mut set = Self::from_labelled_set(&joined);
        let is_own = set.ids.iter().map(|id| ids.contains(id.as_str())).collect();
        set.own = Some(OwnArticles { is_own, weight: weight.max(1) });
        set.group_as(own);
        (set, joined)
    }

    /// Names the groupings by what the articles that are measured name: events and outlets of the
    /// other set alone hold nothing of theirs out.
    fn group_as(&mut self, own: &LabelledSet) {
        let has_events = own.articles.iter().any(|labelled| labelled.article.event.is_some());
        let has_outlets = own.articles.iter().any(|labelled| labelled.article.outlet.is_some());
        if !has_outlets && self.groupings.len() > 1 {
            self.groupings.retain(|grouping| grouping.name != OUTLETS);
        }
        if !has_events {
            for grouping in self.groupings.iter_mut().filter(|grouping| grouping.name == EVENTS) {
                ARTICLES.clone_into(&mut grouping.name);
            }
        }
    }

    /// How often an article counts in a fit.
    pub(super) fn weight(&self, position: usize) -> usize {
        match &self.own {
            Some(own) if own.is_own[position] => own.weight,
            _ => 1,
        }
    }

    /// How many articles those at `positions` count for.
    pub(super) fn n_weighted(&self, positions: &[usize]) -> usize {
        positions.iter().map(|&position| self.weight(position)).sum()
    }

    /// Whether an article tells how good a model is: all do, but for those of a companion.
    pub fn is_measured(&self, position: usize) -> bool {
        self.own.as_ref().is_none_or(|own| own.is_own[position])
    }
}
