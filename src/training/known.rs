//! What a model was trained on among the articles of a set.

use std::collections::BTreeMap;

use super::TrainingSet;
use crate::model::Model;

impl TrainingSet {
    /// The same articles with the labels that `model` was trained on; an article that it was not
    /// trained on has no labels. `None` if the model has other outputs.
    #[must_use]
    pub fn with_labels_of(&self, model: &Model) -> Option<Self> {
        // An article of a table has a row for each of its targets: a row keeps to its own.
        let labels = |at: usize| {
            let own = self.labels[at].iter().map(Option::is_some);
            let known = self.known_labels(model, at).into_iter().flatten().copied();
            let known = known.chain(std::iter::repeat(None));
            own.zip(known).map(|(has, label)| label.filter(|_| has)).collect()
        };
        (model.task().outputs() == self.task.outputs())
            .then(|| Self { labels: (0..self.n_articles()).map(labels).collect(), ..self.clone() })
    }

    /// How many of the articles `model` was trained on, too.
    pub fn n_known(&self, model: &Model) -> usize {
        let is_known = |&at: &usize| {
            self.known_labels(model, at).is_some_and(|labels| labels.iter().any(Option::is_some))
        };
        (0..self.n_articles()).filter(is_known).count()
    }

    /// The labels of an article that `model` was trained on.
    fn known_labels<'a>(&self, model: &'a Model, at: usize) -> Option<&'a [Option<usize>]> {
        model.provenance().labels_of(&self.ids[at], &self.texts[at].text)
    }

    /// The labels of the articles at `positions` by what a model knows them by. What rows of one
    /// text say of several targets is joined.
    pub(super) fn labels_by_key(
        &self,
        positions: &[usize],
    ) -> BTreeMap<String, Vec<Option<usize>>> {
        let mut by_key: BTreeMap<String, Vec<Option<usize>>> = BTreeMap::new();
        for &position in positions {
            let labels = &self.labels[position];
            let known = by_key.entry(self.keys[position].clone()).or_insert_with(|| labels.clone());
            for (known, label) in known.iter_mut().zip(labels) {
                *known = known.or(*label);
            }
        }
        by_key
    }
}
