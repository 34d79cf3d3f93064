//! What comes next.
//!
//! Each order is a function of the seed, the annotator, the articles and their labels: it is the
//! same again after a restart, and two annotators do not get the same articles at once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entries::Entry;
use super::session::Session;
use crate::camp::Stance;
use crate::features::SparseRow;
use crate::labels::annotation::{ADJUDICATOR, Annotation};
use crate::scoring::Verdict;

/// In which order articles come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Drawn at random from those without a label.
    Random,
    /// Those first of which the model is least sure.
    Uncertain,
    /// Those first that are least like what has a label.
    Unlike,
    /// A second reading, blind, in random order.
    Second,
    /// A second reading, blind: those first on which annotators differ, then those whose label the
    /// model doubts most.
    Disagreed,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 5] =
        [Self::Random, Self::Uncertain, Self::Unlike, Self::Second, Self::Disagreed];

    /// Its name in the journal and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Uncertain => "uncertain",
            Self::Unlike => "unlike",
            Self::Second => "second",
            Self::Disagreed => "disagreed",
        }
    }

    /// What it is and is good for, for the page.
    pub fn help(self) -> &'static str {
        match self {
            Self::Random => {
                "Articles without a label, drawn at random. Only labels of these can tell how good \
                 a model is on your archive: any other order picks hard or odd articles, and \
                 figures measured on them are wrong. Label a hundred of these first."
            }
            Self::Uncertain => {
                "Articles without a label, those first of which the model is least sure. Good for \
                 training, not for measuring: on the shipped set it took 28 % of the labels to get \
                 what 37 % drawn at random gave; on other outlets it saved nothing."
            }
            Self::Unlike => {
                "Articles without a label, those first that are least like what has one. Good for \
                 training, not for measuring."
            }
            Self::Second => {
                "Articles that somebody else labelled, in random order. You do not see their \
                 labels: agreement means something only where both read blind."
            }
            Self::Disagreed => {
                "Articles that somebody else labelled: those first on which others differ, then \
                 those whose label the model doubts most. You do not see their labels."
            }
        }
    }

    fn is_second_reading(self) -> bool {
        matches!(self, Self::Second | Self::Disagreed)
    }
}

/// How near each article is to the nearest one with a label, kept from choice to choice.
#[derive(Debug, Default)]
pub struct Nearness {
    /// By article: the cosine of the angle to the nearest.
    nearest: Vec<f64>,
    /// The articles with a label that were compared with.
    compared: BTreeSet<usize>,
}

/// What is left to do in an order, and what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Number of the article that comes next; `None` if nothing is left.
    pub next: Option<usize>,
    /// How many are left, that one included.
    pub n_left: usize,
}

impl Session {
    /// What comes next.
    pub fn next(&mut self, order: Order, by_outlet: bool) -> Choice {
        if order == Order::Unlike {
            self.compare_with_labelled();
        }
        let mut labels: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
        for row in self.annotations() {
            labels.entry(&row.article).or_default().push(row);
        }
        let left: Vec<usize> = (0..self.articles.len())
            .filter(|&number| {
                let entry = &self.articles[number];
                let rows = labels.get(entry.article.id.as_str()).map_or(&[][..], Vec::as_slice);
                let is_own = rows.iter().any(|row| row.annotator == self.annotator);
                !entry.is_gone && !is_own && rows.is_empty() != order.is_second_reading()
            })
            .collect();
        let skipped = self.skipped();
        // Outlets take turns: the one with the fewest labels is next.
        let mut of_outlet: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        if by_outlet {
            for entry in self.articles.iter().filter(|entry| {
                labels.contains_key(entry.article.id.as_str()) != order.is_second_reading()
            }) {
                *of_outlet.entry(entry.article.outlet.as_deref()).or_default() += 1;
            }
        }
        let keys: Vec<_> = left
            .par_iter()
            .map(|&number| {
                let entry = &self.articles[number];
                let id = entry.article.id.as_str();
                let rows = labels.get(id).map_or(&[][..], Vec::as_slice);
                let outlet = of_outlet.get(&entry.article.outlet.as_deref());
                (
                    skipped.contains(id),
                    outlet.copied().unwrap_or_default(),
                    self.rank(order, number, rows),
                    self.draw(id),
                )
            })
            .collect();
        let least = (0..left.len()).min_by(|&one, &other| {
            let (one, other) = (&keys[one], &keys[other]);
            (one.0, one.1)
                .cmp(&(other.0, other.1))
                .then(one.2.total_cmp(&other.2))
                .then(one.3.cmp(&other.3))
        });
        Choice { next: least.map(|least| left[least]), n_left: left.len() }
    }

    /// The place of an article among equals: random, but the same each time.
    fn draw(&self, id: &str) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.seed.to_le_bytes());
        hasher.update(&(self.annotator.len() as u64).to_le_bytes());
        hasher.update(self.annotator.as_bytes());
        hasher.update(id.as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// What comes early has a small number.
    fn rank(&self, order: Order, number: usize, rows: &[&Annotation]) -> f64 {
        let entry = &self.articles[number];
        match order {
            Order::Random | Order::Second => 0.0,
            Order::Uncertain => self.verdict(entry).map_or(1.0, sureness),
            Order::Unlike => self.nearness.nearest.get(number).copied().unwrap_or_default(),
            Order::Disagreed => {
                let is_settled = rows.iter().any(|row| row.annotator == ADJUDICATOR);
                let differ = rows.windows(2).any(|pair| pair[0].stances != pair[1].stances);
                if differ && !is_settled {
                    return -1.0;
                }
                let (Some(row), Some(verdict)) = (rows.last(), self.verdict(entry)) else {
                    return 1.0;
                };
                believed(verdict, row.stances)
            }
        }
    }

    /// Compares all articles with those that got a label since the last time.
    fn compare_with_labelled(&mut self) {
        let labelled: BTreeSet<usize> =
            self.annotations.iter().filter_map(|row| self.number(&row.article)).collect();
        let mut nearness = std::mem::take(&mut self.nearness);
        if !nearness.compared.is_subset(&labelled) || nearness.nearest.len() != self.articles.len()
        {
            nearness =
                Nearness { nearest: vec![0.0; self.articles.len()], compared: BTreeSet::new() };
        }
        let new: Vec<&SparseRow> = labelled
            .difference(&nearness.compared)
            .filter_map(|&number| self.row(&self.articles[number]))
            .collect();
        nearness.nearest.par_iter_mut().zip(&self.articles).for_each(|(nearest, entry)| {
            let Some(row) = self.row(entry).filter(|_| !new.is_empty()) else { return };
            *nearest = new.iter().map(|other| row.cosine(other)).fold(*nearest, f64::max);
        });
        nearness.compared = labelled;
        self.nearness = nearness;
    }

    /// The features of an article.
    fn row<'a>(&'a self, entry: &'a Entry) -> Option<&'a SparseRow> {
        let scorer = self.scorer.as_ref()?;
        let row = || scorer.model().extractor().row(&scorer.read(&entry.article));
        Some(entry.row.get_or_init(row))
    }
}

/// How sure a verdict is: the margin between the two most probable stances toward the camp of which
/// the model is less sure.
fn sureness(verdict: &Verdict) -> f64 {
    let margins = verdict.camps.iter().map(|camp| {
        let mut sides = [camp.sides.favor, camp.sides.neutral, camp.sides.against];
        sides.sort_by(|one, other| other.total_cmp(one));
        sides[0] - sides[1]
    });
    margins.fold(1.0, f64::min)
}

/// The probability of a label: the smaller one of the two camps'.
fn believed(verdict: &Verdict, stances: [Stance; 2]) -> f64 {
    let of = |camp: usize| match stances[camp] {
        Stance::Favor => verdict.camps[camp].sides.favor,
        Stance::Neutral => verdict.camps[camp].sides.neutral - verdict.unrelated,
        Stance::Against => verdict.camps[camp].sides.against,
        Stance::Unrelated => verdict.unrelated,
    };
    of(0).min(of(1)).max(0.0)
}
