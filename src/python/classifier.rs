//! Texts with labels → model → probabilities.

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
use crate::training::{Penalty, TrainingParams, TrainingSet};

/// The model that `mizan.sklearn.StanceClassifier` fits: one label a text.
#[pyclass(frozen, module = "mizan._mizan")]
pub(super) struct TextClassifier {
    model: Model,
    threads: Threads,
}

/// Trains on all texts; if `is_calibrated`, probabilities and decisions are learned from texts that
/// were held out.
fn trained(
    set: &TrainingSet,
    alpha: Option<Penalty>,
    is_calibrated: bool,
) -> Result<Model, String> {
    let mut params = TrainingParams::default_for(set);
    params.alpha = alpha.unwrap_or(params.alpha);
    let mut calibration = Calibration::identity(&set.task);
    if let Some(grouping) = set.groupings.first().filter(|_| is_calibrated) {
        let positions = set.positions();
        let folds = set.folds(grouping, &positions, FOLDS);
        let of_params = (&params.blocks[..], params.sentences.as_ref(), &[params.alpha][..]);
        let held_out = search::out_of_fold(set, &positions, &folds, of_params, &|| ());
        let held_out = held_out.map_err(|error| error.to_string())?;
        calibration = Calibration::learn(set, &held_out.iter().collect::<Vec<_>>());
    }
    let chosen = "given, not searched for".to_owned();
    let model = set.train(&params, &calibration, chosen, std::collections::BTreeMap::new());
    model.map_err(|error| error.to_string())
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
            let set = TrainingSet { stop: stop.clone(), ..TrainingSet::from_table(&table) };
            trained(&set, alpha, calibrated)
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

    /// The probabilities of the labels and the decided label of each text; shapes
    /// `(n_texts · n_classes)` and `(n_texts)`.
    #[expect(clippy::type_complexity, reason = "two arrays")]
    fn probabilities<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
    ) -> PyResult<(Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<i64>>)> {
        let reader = self.model.reader();
        let judge = |text: PyBackedStr| {
            let probabilities = self.model.probabilities(&reader.read_text(text.to_string()));
            let decided = self.model.task().decide(self.model.decisions(), &probabilities);
            (probabilities.into_iter().next().unwrap_or_default(), decided[0])
        };
        let n_texts = texts.len();
        let given = texts.into_iter().map(Ok);
        let judged = self.threads.map(py, given, Some(n_texts), None, judge)?;
        let decided: Vec<i64> =
            judged.iter().map(|(_, class)| i64::try_from(*class).unwrap_or(0)).collect();
        let probabilities: Vec<f64> = judged.into_iter().flat_map(|(p, _)| p).collect();
        Ok((probabilities.into_pyarray(py), decided.into_pyarray(py)))
    }
}
