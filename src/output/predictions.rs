//! Held-out predictions as a table: what a model said of every labelled article whose group it had
//! not seen, for whoever counts errors or reads them.

use std::collections::BTreeSet;
use std::io::Write;

use crate::evaluation::heldout::{HeldOutPrediction, HeldOutPredictions, find_label_issues};
use crate::record::csv::{BOM, COMMA, harmless, row_with};
use crate::training::TrainingSet;

/// The columns before those of the probabilities.
const FIRST: [&str; 5] = ["held_out", "article", "toward", "label", "predicted"];

/// The columns after them.
const LAST: [&str; 2] = ["believed", "doubt"];

/// Writes a row of CSV for each article, output and grouping: the label, the held-out prediction
/// and the calibrated probability of each class (`p_favor`); where the label is doubted (see
/// [`find_label_issues`]), `believed` is the class that the model is surer of and `doubt` is
/// P(believed) − P(label). The largest doubts of an output come first.
///
/// # Errors
/// Those of `out`.
pub fn csv(
    out: &mut impl Write,
    set: &TrainingSet,
    held_out: &[HeldOutPredictions],
) -> csv::Result<()> {
    let outputs = set.task.outputs();
    let mut classes: Vec<&String> = Vec::new();
    for class in outputs.iter().flat_map(|output| &output.classes) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    out.write_all(BOM)?;
    let probabilities = classes.iter().map(|class| harmless(&format!("p_{class}")));
    let header = FIRST.map(String::from).into_iter().chain(probabilities);
    row_with(&mut *out, COMMA, header.chain(LAST.map(String::from)))?;
    for grouped in held_out {
        for (output, predictions) in outputs.iter().zip(&grouped.predictions) {
            for (prediction, issue) in by_doubt(predictions) {
                let class = |class: usize| harmless(&output.classes[class]);
                let first = [
                    grouped.grouping.clone(),
                    harmless(set.called(prediction.position)),
                    harmless(&output.name),
                    class(prediction.label),
                    class(prediction.predicted),
                ];
                let of_class = |name: &&String| {
                    let at = output.classes.iter().position(|class| class == *name);
                    at.map_or_else(String::new, |at| format!("{:.4}", prediction.probabilities[at]))
                };
                let last = issue.map_or_else(
                    || [String::new(), String::new()],
                    |(suggested, margin)| [class(suggested), format!("{margin:.4}")],
                );
                let cells = first.into_iter().chain(classes.iter().map(of_class)).chain(last);
                row_with(&mut *out, COMMA, cells)?;
            }
        }
    }
    Ok(())
}

/// The predictions, which are in the order of positions, with the class that is believed instead of
/// the label and by how much; the largest doubt first, and those without doubt in their order.
fn by_doubt(
    predictions: &[HeldOutPrediction],
) -> impl Iterator<Item = (&HeldOutPrediction, Option<(usize, f64)>)> {
    let issues = find_label_issues(predictions);
    let at = |position: usize| {
        let number = predictions.binary_search_by_key(&position, |of| of.position);
        number.ok().map(|number| &predictions[number])
    };
    let doubted: Vec<_> = issues
        .iter()
        .filter_map(|issue| Some((at(issue.position)?, Some((issue.suggested, issue.margin)))))
        .collect();
    let told: BTreeSet<usize> = issues.iter().map(|issue| issue.position).collect();
    let rest = predictions.iter().filter(move |of| !told.contains(&of.position));
    doubted.into_iter().chain(rest.map(|of| (of, None)))
}
