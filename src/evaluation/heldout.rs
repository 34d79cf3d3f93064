//! Cross-validation that holds out whole events or whole outlets.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Figure;
use crate::camp::Stance;
use crate::labels::fold::{Group, folds};
use crate::training::{Corpus, TrainingError, TrainingSettings};
use crate::verdict::{Scorer, Unscorable};

/// At most so many folds.
pub const FOLDS: usize = 10;

/// What models say of articles whose group they were not trained on.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOut {
    /// How many folds there were.
    pub folds: usize,
    /// The stances predicted for each article of the set, in the camps' order; an error where none could be given.
    pub predictions: Vec<Result<[Stance; 2], Unscorable>>,
    labels: Vec<[Stance; 2]>,
    events: Vec<String>,
}

impl HeldOut {
    /// Labels against predictions toward one camp, clustered by event. An article that could not be weighed counts as called
    /// unrelated.
    pub fn figure(&self, name: String, camp: usize) -> Figure {
        let mut clusters: BTreeMap<&str, Vec<(Stance, Stance)>> = BTreeMap::new();
        for ((labels, prediction), event) in self.labels.iter().zip(&self.predictions).zip(&self.events) {
            let prediction = prediction.as_ref().map_or(Stance::Unrelated, |stances| stances[camp]);
            clusters.entry(event).or_default().push((labels[camp], prediction));
        }
        Figure::of(name, &clusters.into_values().collect::<Vec<_>>())
    }
}

/// Trains on all groups but those of one fold and predicts that fold, for every fold; `tick` is called after each. The folds
/// are shared out over the threads; what comes out does not depend on how.
///
/// # Errors
/// [`TrainingError`] of the first fold that cannot be trained.
pub fn held_out(corpus: &Corpus<'_>, settings: &TrainingSettings, group: Group, tick: impl Fn() + Sync) -> Result<HeldOut, TrainingError> {
    let articles = &corpus.set().articles;
    let folds = folds(articles, group, FOLDS);
    let of_fold = |fold: &Vec<usize>| {
        let rest: Vec<usize> = (0..articles.len()).filter(|position| fold.binary_search(position).is_err()).collect();
        let scorer = Scorer::new(corpus.train_on(&rest, settings)?);
        let stances = |position: &usize| scorer.score(&articles[*position].article).map(|verdict| verdict.camps.map(|camp| camp.stance));
        let predicted: Vec<_> = fold.iter().map(stances).collect();
        tick();
        Ok(predicted)
    };
    let predicted: Vec<Result<Vec<_>, TrainingError>> = folds.par_iter().map(of_fold).collect();
    let mut predictions = vec![Err(Unscorable::TooShort(0)); articles.len()];
    for (fold, predicted) in folds.iter().zip(predicted) {
        for (&position, prediction) in fold.iter().zip(predicted?) {
            predictions[position] = prediction;
        }
    }
    let labels = articles.iter().map(|labelled| labelled.stances).collect();
    let events = articles.iter().map(|labelled| labelled.article.event.clone().unwrap_or_default()).collect();
    Ok(HeldOut { folds: folds.len(), predictions, labels, events })
}
