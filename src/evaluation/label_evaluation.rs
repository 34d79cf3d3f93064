//! Evaluation of a model on texts with labels of any kind.

use super::ClassificationReport;
use crate::article::quoted::quoted;
use crate::labels::spelling::is_same;
use crate::labels::table::LabelledTable;
use crate::model::{Model, Question};

/// Why a model cannot be evaluated on a table of labels.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LabelMismatch {
    /// The model was not trained on the target of a row.
    #[error(
        "{id}: the model knows nothing of the target {target}: it was trained on {}",
        known.join(", "), target = quoted(target)
    )]
    UnknownTarget {
        /// Id of the row.
        id: String,
        /// The target.
        target: String,
        /// The model's targets.
        known: Vec<String>,
    },
    /// The model was not trained on the label of a row.
    #[error(
        "{id}: the model knows no label {label}: it was trained on {}",
        known.join(", "), label = quoted(label)
    )]
    UnknownLabel {
        /// Id of the row.
        id: String,
        /// The label.
        label: String,
        /// The model's labels.
        known: Vec<String>,
    },
}

/// The predictions of a model for a table of labels.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelEvaluation {
    /// Names of the classes, in the order of the reports.
    pub classes: Vec<String>,
    /// All rows together.
    pub all: ClassificationReport,
    /// Each target of the model; empty if there is only one.
    pub by_target: Vec<ClassificationReport>,
}

impl LabelEvaluation {
    /// Predicts every row of `table` and compares with its label.
    ///
    /// # Errors
    /// [`LabelMismatch`] for the first row whose target or label the model was not trained on.
    pub fn new(model: &Model, table: &LabelledTable) -> Result<Self, LabelMismatch> {
        let outputs = model.task().outputs();
        let reader = model.reader();
        let mut pairs: Vec<Vec<Vec<(usize, usize)>>> = vec![Vec::new(); outputs.len()];
        for row in &table.rows {
            let Question { name, classes } = &table.questions[row.question];
            let output = outputs
                .iter()
                .position(|output| is_same(&output.name, name))
                .or((outputs.len() == 1).then_some(0))
                .ok_or_else(|| LabelMismatch::UnknownTarget {
                    id: row.id.clone(),
                    target: name.clone(),
                    known: outputs.iter().map(|output| output.name.clone()).collect(),
                })?;
            let label = &classes[row.class];
            let known = &outputs[output].classes;
            let exact = known.iter().position(|class| class == label);
            let alike = || known.iter().position(|class| is_same(class, label));
            let class = exact.or_else(alike).ok_or_else(|| LabelMismatch::UnknownLabel {
                id: row.id.clone(),
                label: label.clone(),
                known: known.clone(),
            })?;
            let probabilities = model.probabilities(&reader.read_text(row.text.clone()));
            let predicted = model.task().decide(model.decisions(), &probabilities)[output];
            pairs[output].push(vec![(class, predicted)]);
        }
        let classes = outputs[0].classes.clone();
        let report = |name: &str, pairs: &[Vec<(usize, usize)>]| {
            ClassificationReport::new(name.to_owned(), classes.len(), 0..classes.len(), pairs)
        };
        let all = report("all", &pairs.concat());
        let by_target = if outputs.len() > 1 {
            outputs.iter().zip(&pairs).map(|(output, pairs)| report(&output.name, pairs)).collect()
        } else {
            Vec::new()
        };
        Ok(Self { classes, all, by_target })
    }
}
