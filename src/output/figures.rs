//! Classification reports as JSON.

use serde_json::{Map, Value, json};

use crate::evaluation::ClassificationReport;
use crate::evaluation::assessment::OneVsRest;
use crate::record::six;

/// Reports as one JSON object: for each output accuracy, macro-F1 with its interval, F1 by class
/// and the confusion matrix (rows are labels), and each stance in `sides` against the rest.
pub fn figures(reports: &[ClassificationReport], classes: &[String], sides: &[OneVsRest]) -> Value {
    let of = |report: &ClassificationReport| {
        let confusion = &report.confusion;
        let f1: Map<String, Value> = classes
            .iter()
            .enumerate()
            .map(|(class, name)| (name.clone(), json!(six(confusion.f1(class)))))
            .collect();
        let rows: Vec<Vec<usize>> = (0..classes.len())
            .map(|label| {
                (0..classes.len()).map(|predicted| confusion.count(label, predicted)).collect()
            })
            .collect();
        json!({
            "toward": report.name,
            "articles": confusion.total(),
            "accuracy": six(confusion.accuracy()),
            "macro_f1": six(report.macro_f1()),
            "macro_f1_95": [six(report.interval.0), six(report.interval.1)],
            "f1": f1,
            "confusion": rows,
        })
    };
    let side = |side: &OneVsRest| {
        json!({
            "toward": side.camp,
            "stance": side.stance.as_str(),
            "labelled": side.support,
            "macro_f1": six(side.macro_f1),
            "auc": six(side.auc),
        })
    };
    json!({
        "classes": classes,
        "figures": reports.iter().map(of).collect::<Vec<_>>(),
        "one_vs_rest": sides.iter().map(side).collect::<Vec<_>>(),
    })
}
