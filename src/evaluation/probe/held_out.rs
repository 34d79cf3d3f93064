//! Probes of a training set: each article is scored by a model that was not trained on its group.

use rayon::prelude::*;

use super::{ProbeArticle, ProbeSet};
use crate::article::Article;
use crate::camp::Stance;
use crate::model::Model;
use crate::training::calibration::{Calibration, HeldOutLogits};
use crate::training::search::FOLDS;
use crate::training::{Grouping, Tolerance, TrainingError, TrainingParams, TrainingSet};

impl ProbeSet {
    /// The `articles` of a training set, in its order. One model is trained for each fold of
    /// `grouping`, on the other folds with `params`, and calibrated on their held-out `logits`; it
    /// scores the articles of its fold. An article's cluster is its group. `None` if the labels are
    /// not stances.
    ///
    /// # Errors
    /// [`TrainingError`] of the first fold that cannot be fitted.
    pub fn held_out(
        (set, articles): (&TrainingSet, &[Article]),
        grouping: &Grouping,
        params: &TrainingParams,
        logits: &HeldOutLogits,
    ) -> Result<Option<Self>, TrainingError> {
        if set.task.camps().is_none() || articles.len() != set.n_articles() {
            return Ok(None);
        }
        let folds = set.folds(grouping, &set.positions(), FOLDS);
        let train = |fold: &Vec<usize>| {
            let mut others = logits.clone();
            for &position in fold {
                others[position] = None;
            }
            let rest = set.rest(&set.positions(), fold);
            // What was fitted to these folds for the held-out figures is taken again.
            let calibration = Calibration::learn(set, &[&others]);
            set.train_on(&rest, params, &calibration, Tolerance::SEARCH)
        };
        let models: Vec<Result<Model, TrainingError>> = folds.par_iter().map(train).collect();
        let models = models.into_iter().collect::<Result<Vec<_>, _>>()?;
        let article = |position: usize| {
            let family = set.families[position].clone();
            let label = |camp: usize| Stance::ALL.get((*set.labels[position].get(camp)?)?).copied();
            ProbeArticle {
                id: set.ids[position].clone(),
                cluster: grouping.keys[position].clone(),
                article: articles[position].clone(),
                labels: label(0).zip(label(1)).map(<[Stance; 2]>::from),
                base: family.filter(|family| *family != set.ids[position]),
            }
        };
        let mut fold_of: Vec<(usize, usize)> = folds
            .iter()
            .enumerate()
            .flat_map(|(fold, positions)| positions.iter().map(move |&position| (position, fold)))
            .collect();
        fold_of.sort_unstable();
        let articles =
            fold_of.into_iter().map(|(position, fold)| (article(position), fold)).collect();
        Ok(Self::with_models(models, articles).ok())
    }
}
