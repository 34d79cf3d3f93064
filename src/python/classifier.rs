//! Texts with labels → model → probabilities.

use std::collections::BTreeMap;

use numpy::{IntoPyArray, PyArray1};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyType};

use super::error::{MizanError, raised};
use super::work::Threads;
use crate::labels::table::{LabelledTable, TableRow};
use crate::model::{Model, Task};
use crate::training::calibration::Calibration;
use crate::training::search::{self, FOLDS};
use crate::training::{Grouping, Penalty, Tolerance, TrainingParams, TrainingSet};

/// The model that `mizan.sklearn.StanceClassifier` fits: one label a text.
#[pyclass(frozen, module = "mizan._mizan")]
pub(super) struct TextClassifier {
    model: Model,
    threads: Threads,
}

/// Trains on all texts; if `is_calibrated`, probabilities and decisions are learned from texts that
/// were held out. `groups` are the caller's: they alone decide what is held out together. Without,
/// texts of which one is nearly a copy of the other are.
fn trained(
    set: &mut TrainingSet,
    groups: Option<Grouping>,
    alpha: Option<Penalty>,
    is_calibrated: bool,
) -> Result<Model, String> {
    let n_texts = set.n_articles();
    if set.texts.iter().all(|text| text.tokens.is_empty()) {
        return Err(format!(
            "none of the {n_texts} texts has a word: there is nothing to learn from"
        ));
    }
    let mut params = TrainingParams::default_for(set);
    params.alpha = alpha.unwrap_or(params.alpha);
    let mut calibration = Calibration::identity(&set.task);
    let positions = set.positions();
    if is_calibrated {
        if let Some(groups) = groups {
            if let Some(only) =
                groups.keys.first().filter(|&key| groups.keys.iter().all(|k| k == key))
            {
                return Err(format!(
                    "all groups are {only:?}, and calibration holds out whole groups: give two at \
                     least, no groups, or calibrated=False"
                ));
            }
            set.near_duplicates.clear();
            set.groupings = vec![groups];
        }
        let grouping = set.groupings.first().ok_or_else(|| {
            format!(
                "all {n_texts} texts are nearly copies of each other, so that none can be held out \
                 for calibration: give texts that differ, the group of each (groups=…), or \
                 calibrated=False"
            )
        })?;
        let folds = set.folds(grouping, &positions, FOLDS);
        let of_params = (&params.blocks[..], params.sentences.as_ref(), &[params.alpha][..]);
        let held_out = search::out_of_fold(set, &positions, &folds, of_params, &|| ());
        let held_out = held_out.map_err(|error| error.to_string())?;
        calibration = Calibration::learn(set, &held_out.iter().collect::<Vec<_>>());
    }
    let model = set.train_on(&positions, &params, &calibration, Tolerance::FINAL);
    let chosen = "given, not searched for".to_owned();
    Ok(model.map_err(|error| error.to_string())?.with_figures(chosen, BTreeMap::new()))
}

#[pymethods]
impl TextClassifier {
    /// Trains a model on texts and labels, both of shape `(n_texts)`; `groups` keeps texts of one
    /// group together where some are held out.
    #[new]
    #[pyo3(signature = (texts, labels, groups=None, alpha=None, calibrated=true))]
    fn new(
        py: Python<'_>,
        texts: Vec<String>,
        labels: Vec<String>,
        groups: Option<Vec<String>>,
        alpha: Option<f64>,
        calibrated: bool,
    ) -> PyResult<Self> {
        let alpha = alpha.map(Penalty::new).transpose().map_err(raised)?;
        let grouping = groups.clone().map(|keys| Grouping { name: "groups".to_owned(), keys });
        let mut groups = groups.map(Vec::into_iter);
        let rows =
            texts.into_iter().zip(labels).enumerate().map(|(number, (text, label))| TableRow {
                id: number.to_string(),
                text,
                label,
                target: None,
                group: groups.as_mut().and_then(Iterator::next),
            });
        let rows: Vec<TableRow> = rows.collect();
        let threads = Threads::new(None);
        let model = threads.run(py, move |stop| {
            let table = LabelledTable::from_rows(&rows).map_err(|error| error.to_string())?;
            let mut set = TrainingSet::from_table(&table);
            set.stop = stop.clone();
            trained(&mut set, grouping, alpha, calibrated)
        })?;
        Ok(Self { model: model.map_err(MizanError::new_err)?, threads })
    }

    /// The classifier in the bytes of a model file.
    #[classmethod]
    fn from_bytes(_: &Bound<'_, PyType>, bytes: &Bound<'_, PyBytes>) -> PyResult<Self> {
        let model = Model::from_bytes(bytes.as_bytes()).map_err(raised)?;
        match model.task() {
            Task::Labels(questions) if questions.len() == 1 => {
                Ok(Self { model, threads: Threads::new(None) })
            }
            _ => Err(MizanError::new_err("the model does not answer one question with labels")),
        }
    }

    /// The bytes of the model file (safetensors). Equal models give equal bytes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.model.to_bytes().map_err(raised)?))
    }

    /// The labels, ascending; shape `(n_classes)`.
    #[getter]
    fn classes(&self) -> Vec<String> {
        self.model.task().outputs().swap_remove(0).classes
    }

    /// How many features a text has at most.
    #[getter]
    fn n_features(&self) -> usize {
        self.model.extractor().n_features()
    }

    /// The probabilities of the labels and the decided label of each text, shapes
    /// `(n_texts · n_classes)` and `(n_texts)`; and how many texts have no feature, so that they
    /// are given what is said of no text at all.
    #[expect(clippy::type_complexity, reason = "two arrays")]
    fn probabilities<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
    ) -> PyResult<(Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<i64>>, usize)> {
        let reader = self.model.reader();
        let judge = |text: PyBackedStr| {
            let read = reader.read_text(text.to_string());
            let row = self.model.extractor().row(&read);
            let probabilities = self.model.row_probabilities(&row, read.findings.on_topic);
            let decided = self.model.task().decide(self.model.decisions(), &probabilities);
            let of_text = probabilities.into_iter().next().unwrap_or_default();
            (of_text, decided[0], row.is_empty())
        };
        let n_texts = texts.len();
        let given = texts.into_iter().map(Ok);
        let judged = self.threads.map(py, given, Some(n_texts), None, judge)?;
        let n_unknown = judged.iter().filter(|(_, _, is_unknown)| *is_unknown).count();
        let decided: Vec<i64> =
            judged.iter().map(|(_, class, _)| i64::try_from(*class).unwrap_or(0)).collect();
        let probabilities: Vec<f64> = judged.into_iter().flat_map(|(p, _, _)| p).collect();
        Ok((probabilities.into_pyarray(py), decided.into_pyarray(py), n_unknown))
    }
}
