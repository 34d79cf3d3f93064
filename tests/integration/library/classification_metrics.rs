//! Precision, recall, F1, the Brier score and `McNemar`'s test equal those of scikit-learn and
//! scipy. `tests/golden/figures.py` computes the expected values and names the versions.

use mizan::internals::evaluation::reliability::CalibrationPoint;
use mizan::internals::evaluation::{ConfusionMatrix, Reliability, mcnemar};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    answers: Vec<(usize, [f64; 4])>,
    confusion: Vec<Vec<usize>>,
    precision: Vec<f64>,
    recall: Vec<f64>,
    f1: Vec<f64>,
    labelled: Vec<usize>,
    accuracy: f64,
    macro_f1: f64,
    brier: f64,
    mcnemar: Vec<(usize, usize, f64)>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../golden/figures.json")).unwrap()
}

fn most_probable(probabilities: &[f64; 4]) -> usize {
    (0..4).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b])).unwrap()
}

#[test]
fn precision_recall_and_f1_equal_scikit_learn() {
    let golden = golden();
    let confusion = ConfusionMatrix::from_pairs(
        4,
        golden.answers.iter().map(|(label, probabilities)| (*label, most_probable(probabilities))),
    );
    for class in 0..4 {
        assert!(
            (confusion.precision(class) - golden.precision[class]).abs() < 1e-12,
            "precision of {class}"
        );
        assert!(
            (confusion.recall(class) - golden.recall[class]).abs() < 1e-12,
            "recall of {class}"
        );
        assert!((confusion.f1(class) - golden.f1[class]).abs() < 1e-12, "F1 of {class}");
        assert_eq!(confusion.support(class), golden.labelled[class]);
        assert!(
            (0..4).all(|given| confusion.count(class, given) == golden.confusion[class][given]),
            "row {class}"
        );
    }
    assert!((confusion.accuracy() - golden.accuracy).abs() < 1e-12);
    assert!((confusion.macro_f1(0..3) - golden.macro_f1).abs() < 1e-12);
}

#[test]
fn the_brier_score_equals_scikit_learn() {
    let golden = golden();
    let answers: Vec<Vec<CalibrationPoint>> =
        golden.answers.iter().map(|(label, p)| vec![CalibrationPoint::new(p, *label)]).collect();
    let estimate = Reliability::new(&answers).brier;
    let (brier, (low, high)) = (estimate.value, estimate.interval);
    assert!(
        (brier - golden.brier).abs() < 1e-12 && low < brier && brier < high,
        "{low} {brier} {high}"
    );
}

#[test]
fn mcnemar_p_values_equal_scipy() {
    for (first, second, p) in golden().mcnemar {
        let found = mcnemar::exact(first, second);
        assert!(
            (found / p - 1.0).abs() < 1e-9
                && (mcnemar::exact(second, first) / p - 1.0).abs() < 1e-9,
            "{first} {second}: {found}"
        );
    }
}
