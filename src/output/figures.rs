//! Figures of a model as JSON.

use serde_json::{Map, Value, json};

use super::table::OneVsRest;
use crate::evaluation::Figure;
use crate::record::six;

/// Figures as one JSON object: for each output accuracy, macro-F1 with its interval, F1 by class
/// and the confusion matrix (rows are labels), and one stance against the rest where given.
pub fn figures(figures: &[Figure], classes: &[String], sides: &[OneVsRest]) -> Value {
    let of = |figure: &Figure| {
        let confusion = &figure.confusion;
        let f1: Map<String, Value> = classes
            .iter()
            .enumerate()
            .map(|(class, name)| (name.clone(), json!(six(confusion.f1(class)))))
            .collect();
        let rows: Vec<Vec<usize>> = (0..classes.len())
            .map(|label| (0..classes.len()).map(|given| confusion.count(label, given)).collect())
            .collect();
        json!({
            "toward": figure.name,
            "articles": confusion.total(),
            "accuracy": six(confusion.accuracy()),
            "macro_f1": six(figure.macro_f1()),
            "macro_f1_95": [six(figure.interval.0), six(figure.interval.1)],
            "f1": f1,
            "confusion": rows,
        })
    };
    let side = |side: &OneVsRest| {
        json!({
            "toward": side.camp,
            "stance": side.stance.as_str(),
            "labelled": side.labelled,
            "macro_f1": six(side.macro_f1),
            "auc": six(side.auc),
        })
    };
    json!({
        "classes": classes,
        "figures": figures.iter().map(of).collect::<Vec<_>>(),
        "one_vs_rest": sides.iter().map(side).collect::<Vec<_>>(),
    })
}
