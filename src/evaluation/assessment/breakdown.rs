//! Metrics of groups of articles: by outlet, event, genre and length.
//!
//! A group may lack most classes, and a class without support has F1 0. So every group has its
//! support by class, and `max_macro_f1`, the largest macro-F1 that its labels allow. Intervals are
//! not corrected for the number of groups: one of twenty misses by chance.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::predictions::{Predictions, Resampling};
use super::{AVERAGED, N_CAMPS, N_CLASSES};
use crate::evaluation::bootstrap::BootstrapEstimate;
use crate::evaluation::metrics::ConfusionMatrix;

/// The property by which articles are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakdownKey {
    /// The outlet.
    Outlet,
    /// The event.
    Event,
    /// The genre.
    Genre,
    /// Quarters by the number of words.
    Length,
}

impl BreakdownKey {
    /// All properties.
    pub const ALL: [Self; 4] = [Self::Outlet, Self::Event, Self::Genre, Self::Length];

    /// Name of the property.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Event => "event",
            Self::Genre => "genre",
            Self::Length => "length",
        }
    }
}

/// Name of the group of pooled small groups.
pub const OTHER: &str = "(other)";

/// Name of the group of articles without the property.
pub const NONE: &str = "(none)";

/// The metrics of the groups by one property.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// The property.
    pub key: BreakdownKey,
    /// The groups; none if no article has the property, or all groups are too small. Bands of
    /// length start with the shortest, other groups with the largest; last come the articles
    /// without the property, and the pooled ones.
    pub groups: Vec<BreakdownGroup>,
    /// How many groups are too small and pooled.
    pub n_pooled: usize,
}

/// The metrics of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakdownGroup {
    /// Name of the group.
    pub name: String,
    /// How many articles it has.
    pub n_articles: usize,
    /// How they are resampled for intervals.
    pub resampling: Resampling,
    /// Metrics toward each camp.
    pub camps: [GroupMetrics; N_CAMPS],
}

/// The metrics of one group toward one camp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupMetrics {
    /// How many articles are labelled with each class.
    pub support: [usize; N_CLASSES],
    /// Macro-F1 of favor, neutral and against.
    pub macro_f1: BootstrapEstimate,
    /// The largest macro-F1 that these labels allow.
    pub max_macro_f1: f64,
    /// The share of correct predictions.
    pub accuracy: BootstrapEstimate,
}

impl Breakdown {
    /// Groups the articles; groups of fewer than `min_group` articles are pooled.
    pub fn new(predictions: &[&Predictions], key: BreakdownKey, min_group: usize) -> Self {
        let bands = LengthBands::new(predictions);
        let mut groups: BTreeMap<Option<String>, Vec<&Predictions>> = BTreeMap::new();
        for &article in predictions {
            let name = match key {
                BreakdownKey::Outlet => article.outlet.clone(),
                BreakdownKey::Event => article.event.clone(),
                BreakdownKey::Genre => article.genre.clone(),
                // Leading zeros keep the numeric order.
                BreakdownKey::Length => Some(format!("{:020}", bands.of_words(article.n_words))),
            };
            groups.entry(name).or_default().push(article);
        }
        if groups.keys().all(Option::is_none) {
            return Self { key, groups: Vec::new(), n_pooled: 0 };
        }
        let (large, small): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, members)| members.len() >= min_group);
        let mut large: Vec<_> =
            large.into_iter().map(|(name, members)| (name.is_none(), name, members)).collect();
        large.sort_by_key(|(none, name, members)| match key {
            BreakdownKey::Length => (*none, Reverse(0), name.clone()),
            _ => (*none, Reverse(members.len()), name.clone()),
        });
        let name = |name: Option<String>| match (key, name) {
            (_, None) => NONE.to_owned(),
            (BreakdownKey::Length, Some(band)) => bands.name(band.parse().unwrap_or_default()),
            (_, Some(name)) => name,
        };
        let mut groups: Vec<BreakdownGroup> = large
            .into_iter()
            .map(|(_, group, members)| BreakdownGroup::new(name(group), &members, key))
            .collect();
        let n_pooled = small.len();
        if n_pooled > 0 && !groups.is_empty() {
            let members: Vec<&Predictions> =
                small.into_iter().flat_map(|(_, members)| members).collect();
            groups.push(BreakdownGroup::new(OTHER.to_owned(), &members, key));
        }
        Self { key, groups, n_pooled }
    }
}

impl BreakdownGroup {
    fn new(name: String, members: &[&Predictions], key: BreakdownKey) -> Self {
        // Inside one event, articles are resampled one by one.
        let resampling = if key == BreakdownKey::Event && name != OTHER {
            Resampling::one_by_one(members)
        } else {
            Resampling::by_event(members)
        };
        let camps = [0, 1].map(|camp| {
            let pairs = resampling.clusters(members, |_, article| article.pair(camp));
            let figures = BootstrapEstimate::several(&pairs, |sample| {
                let confusion = ConfusionMatrix::from_pairs(N_CLASSES, sample.iter().copied());
                vec![confusion.macro_f1(AVERAGED), confusion.accuracy()]
            });
            let confusion = ConfusionMatrix::from_pairs(N_CLASSES, pairs.into_iter().flatten());
            GroupMetrics {
                support: [0, 1, 2, 3].map(|class| confusion.support(class)),
                macro_f1: figures[0],
                max_macro_f1: confusion.max_macro_f1(AVERAGED),
                accuracy: figures[1],
            }
        });
        Self { name, n_articles: members.len(), resampling, camps }
    }
}

/// Bands of length: quarters of the articles by number of words.
#[derive(Clone, Debug)]
struct LengthBands {
    /// The largest number of words in each band but the last; strictly ascending.
    limits: Vec<usize>,
}

impl LengthBands {
    fn new(predictions: &[&Predictions]) -> Self {
        let mut words: Vec<usize> = predictions.iter().map(|article| article.n_words).collect();
        words.sort_unstable();
        let limit = |quarter: usize| {
            words.get((quarter * words.len()).div_ceil(4).wrapping_sub(1)).copied()
        };
        let mut limits: Vec<usize> = (1..4).filter_map(limit).collect();
        limits.dedup();
        limits.retain(|limit| Some(limit) != words.last());
        Self { limits }
    }

    /// The band of an article with this number of words.
    fn of_words(&self, words: usize) -> usize {
        self.limits.partition_point(|&limit| limit < words)
    }

    fn name(&self, band: usize) -> String {
        let from =
            band.checked_sub(1).and_then(|before| self.limits.get(before)).map(|limit| limit + 1);
        match (from, self.limits.get(band)) {
            (None, None) => "any number of words".to_owned(),
            (None, Some(to)) => format!("up to {to} words"),
            (Some(from), Some(to)) => format!("{from} to {to} words"),
            (Some(from), None) => format!("{from} words and more"),
        }
    }
}

#[cfg(test)]
mod tests;
