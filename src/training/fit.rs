//! Training set + parameters → model.

use std::collections::BTreeMap;

use super::calibration::Calibration;
use super::{Tolerance, TrainingError, TrainingParams, TrainingSet, solver};
use crate::model::{Model, ModelParts, Provenance, Unit};

impl TrainingSet {
    /// Trains on all articles. `chosen` says how the parameters were chosen; `figures` are held-out
    /// metrics with their intervals; the model file keeps both.
    ///
    /// # Errors
    /// [`TrainingError`], also if there is nothing to learn ([`Self::check_groups`]). A class
    /// without an example is never said: see [`Self::missing`].
    pub fn train(
        &self,
        params: &TrainingParams,
        calibration: &Calibration,
        chosen: String,
        figures: BTreeMap<String, [f64; 3]>,
    ) -> Result<Model, TrainingError> {
        self.check_groups()?;
        let model = self.train_on(&self.positions(), params, calibration, Tolerance::FINAL)?;
        Ok(model.with_figures(chosen, figures))
    }

    /// Trains on the articles at `positions` (ascending), which need not contain every class.
    ///
    /// # Errors
    /// [`TrainingError`] if the articles give no features, or a head cannot be fitted.
    pub fn train_on(
        &self,
        positions: &[usize],
        params: &TrainingParams,
        calibration: &Calibration,
        tolerance: Tolerance,
    ) -> Result<Model, TrainingError> {
        let subset =
            self.featurize(positions, &params.blocks, params.sentences.as_ref(), tolerance)?;
        let heads = subset.fit_heads(&[params.alpha], tolerance)?.swap_remove(0);
        Ok(Model::new(ModelParts {
            task: self.task.clone(),
            unit: Unit::Article,
            text: self.text.clone(),
            heads,
            scalings: calibration.scalings.clone(),
            decisions: calibration.decisions.clone(),
            provenance: Provenance {
                adapted: None,
                mizan: env!("CARGO_PKG_VERSION").to_owned(),
                hash: self.hash.clone(),
                lessons: self.lessons.clone(),
                labels: self.labels_by_key(positions),
                alpha: params.alpha.get(),
                sentence_alpha: params.sentences.as_ref().map(|sentences| sentences.alpha.get()),
                solver: solver::for_n_articles(self.n_weighted(positions)),
                chosen: String::new(),
                figures: BTreeMap::new(),
            },
            reference: None,
            extractor: subset.extractor,
        })?)
    }
}
