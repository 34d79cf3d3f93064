//! How often the user's own articles count beside those of another set, by cross-validation.

use std::collections::BTreeSet;

use super::{FOLDS, MAX_CHANCE, out_of_fold};
use crate::training::calibration::Calibration;
use crate::training::{TrainingError, TrainingParams, TrainingSet};

/// The weights that are tried, ascending.
pub const WEIGHTS: [usize; 5] = [1, 2, 5, 10, 20];

/// Fewest groups of the user's own articles: with two, each would be measured by the other alone.
const MIN_GROUPS: usize = 3;

/// How a weight was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightChoice {
    /// The weight.
    pub weight: usize,
    /// What was held out, in the plural: `outlets`.
    pub grouping: String,
    /// How many groups there are of the user's own articles.
    pub n_groups: usize,
    /// Every weight with its macro-F1 on held-out groups of the user's own articles.
    pub tried: Vec<(usize, f64)>,
}

impl TrainingSet {
    /// Chooses how often the user's own articles count, and makes them count so: of the
    /// `WEIGHTS`, the smallest whose macro-F1 on held-out outlets of the user's is as good as the
    /// best but for chance. Each fold of them is scored by a fit on the rest of them and all
    /// articles of the companion. Where there are fewer than three outlets, events are held out.
    /// `None`, and nothing is changed, where there are fewer than three groups of any kind or no
    /// companion. Calls `tick` once for each weight and fold, `FOLDS` at most.
    ///
    /// # Errors
    /// [`TrainingError`] of the first fit that fails.
    pub fn choose_weight(
        &mut self,
        params: &TrainingParams,
        tick: &(impl Fn() + Sync),
    ) -> Result<Option<WeightChoice>, TrainingError> {
        let own: Vec<usize> =
            self.positions().into_iter().filter(|&position| self.is_measured(position)).collect();
        let groups = |keys: &[String]| {
            own.iter().map(|&position| keys[position].clone()).collect::<BTreeSet<_>>().len()
        };
        // Outlets come last.
        let grouping = self
            .groupings
            .iter()
            .rev()
            .map(|grouping| (grouping, groups(&grouping.keys), self.folds(grouping, &own, FOLDS)))
            .find(|(_, n_groups, folds)| *n_groups >= MIN_GROUPS && folds.len() >= MIN_GROUPS);
        let Some((grouping, n_groups, folds)) = grouping else { return Ok(None) };
        let grouping = grouping.name.clone();
        let Some(before) = self.own.as_ref().map(|own| own.weight) else { return Ok(None) };
        let mut tried = Vec::new();
        for weight in WEIGHTS {
            self.set_weight(weight);
            match self.own_macro_f1(&folds, params, tick) {
                Ok(macro_f1) => tried.push((weight, macro_f1)),
                Err(error) => {
                    self.set_weight(before);
                    return Err(error);
                }
            }
        }
        let best = tried.iter().map(|(_, macro_f1)| *macro_f1).fold(0.0, f64::max);
        let cautious = tried.iter().find(|(_, macro_f1)| *macro_f1 >= best - MAX_CHANCE);
        let weight = cautious.map_or(before, |(weight, _)| *weight);
        self.set_weight(weight);
        Ok(Some(WeightChoice { weight, grouping, n_groups, tried }))
    }

    fn set_weight(&mut self, weight: usize) {
        if let Some(own) = &mut self.own {
            own.weight = weight;
        }
    }

    /// Macro-F1 on the user's own articles of `folds`, each fold scored by a fit on all others.
    fn own_macro_f1(
        &self,
        folds: &[Vec<usize>],
        params: &TrainingParams,
        tick: &(impl Fn() + Sync),
    ) -> Result<f64, TrainingError> {
        let fixed = (&params.blocks[..], params.sentences.as_ref(), &[params.alpha][..]);
        let mut logits = out_of_fold(self, &self.positions(), folds, fixed, tick)?;
        for (position, logits) in logits.iter_mut().flat_map(|all| all.iter_mut().enumerate()) {
            if !self.is_measured(position) {
                *logits = None;
            }
        }
        let logits: Vec<_> = logits.iter().collect();
        Ok(Calibration::learn(self, &logits).macro_f1(self, &logits))
    }
}
