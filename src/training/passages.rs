//! Passages in the form that fits start from: texts of one to three sentences that teach the
//! classifier of sentences.

use rayon::prelude::*;

use super::sentences::{TaughtText, deciding};
use super::sharing::Domain;
use crate::camp::Stance;
use crate::labels::{Passage, Passages};
use crate::model::Task;
use crate::text::{AnalyzedText, TextSettings};

/// Passages, analyzed once. Every list is in the same order.
#[derive(Clone, Debug, Default)]
pub struct PassageTexts {
    ids: Vec<String>,
    texts: Vec<AnalyzedText>,
    /// Shape `(n_passages, n_camps)`.
    labels: Vec<Vec<Option<usize>>>,
    /// Shape `(n_passages, n_camps)`.
    deciding: Vec<Vec<Vec<usize>>>,
}

impl PassageTexts {
    /// Analyzes the passages of a labelled set.
    pub(super) fn new(passages: &Passages, task: &Task, text: &TextSettings) -> Self {
        let Passages { passages, rationales, .. } = passages;
        let texts: Vec<AnalyzedText> = passages
            .par_iter()
            .map_init(|| task.reader(text), |reader, one| reader.read_text(one.text.clone()))
            .collect();
        let labels: Vec<_> = passages.iter().map(|one| (one.id.as_str(), one.stances)).collect();
        let class = |stance: &Stance| Stance::ALL.iter().position(|other| other == stance);
        let classes = |one: &Passage| one.stances.iter().map(class).collect();
        Self {
            ids: passages.iter().map(|one| one.id.clone()).collect(),
            labels: passages.iter().map(classes).collect(),
            deciding: deciding(&labels, rationales, &texts),
            texts,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The group of each: no two have one in common.
    pub(super) fn groups(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The passages as what teaches.
    pub(super) fn taught(&self) -> impl Iterator<Item = TaughtText<'_>> {
        (0..self.len()).map(|at| TaughtText {
            read: &self.texts[at],
            labels: &self.labels[at],
            deciding: &self.deciding[at],
            weight: 1,
            domain: Domain::Passages,
        })
    }
}
