use super::predictions::tests::example;
use super::*;
use Stance::{Against, Favor, Neutral, Unrelated};

const CLOSE: f64 = 1e-12;

/// Toward the first camp: favor is correct twice of three and predicted once too often; neutral is
/// correct once of two; against is never predicted.
fn answers() -> Vec<Predictions> {
    [
        (Favor, Some(Favor)),
        (Favor, Some(Favor)),
        (Favor, Some(Neutral)),
        (Neutral, Some(Neutral)),
        (Neutral, Some(Favor)),
        (Against, None),
    ]
    .into_iter()
    .enumerate()
    .map(|(number, (label, predicted))| {
        example(&number.to_string(), [label, Neutral], predicted.map(|stance| [stance, Neutral]))
    })
    .collect()
}

fn plain() -> [Decision; 2] {
    [Decision::plain(4), Decision::plain(4)]
}

#[test]
fn metrics_are_as_worked_out_by_hand_and_unscored_counts_as_predicted_unrelated() {
    let found = Assessment::new(&answers(), ["x", "y"], &plain(), 10);
    let x = &found.camps[0];
    assert_eq!((found.n_articles, found.n_unscored, x.n_scored), (6, 1, 5));
    assert_eq!((x.report.confusion.count(2, 3), x.report.confusion.predicted(3)), (1, 1));
    let shares = |class: usize| {
        [x.classes[class].precision, x.classes[class].recall, x.classes[class].f1]
            .map(|share| share.value)
    };
    let near = |found: [f64; 3], right: [f64; 3]| {
        found.iter().zip(right).all(|(found, right)| (found - right).abs() < CLOSE)
    };
    assert!(
        near(shares(0), [2.0 / 3.0; 3])
            && near(shares(1), [0.5; 3])
            && near(shares(2), [0.0; 3])
            && near(shares(3), [0.0; 3])
    );
    assert!((x.accuracy.value - 0.5).abs() < CLOSE);
    assert!((x.report.macro_f1() - 7.0 / 18.0).abs() < CLOSE);
    // Toward the second camp five of six are predicted neutral: 2 · 5 / 11, and nothing else.
    assert!((found.mean_macro_f1.value - f64::midpoint(7.0 / 18.0, 10.0 / 33.0)).abs() < CLOSE);
    assert!(
        found.mean_macro_f1.interval.0 < found.mean_macro_f1.value
            && found.mean_macro_f1.value < found.mean_macro_f1.interval.1
    );
}

#[test]
fn an_article_is_answered_if_one_class_is_above_the_threshold() {
    let mut decisions = plain();
    // At risk 0.10 a class needs 0.6; `example` gives 0.7 to the predicted one.
    decisions[0].thresholds[9] = 0.6;
    let found = Assessment::new(&answers(), ["x", "y"], &decisions, 10);
    let at = |risk: f64| {
        found.camps[0].coverage.iter().find(|row| (row.risk - risk).abs() < CLOSE).unwrap()
    };
    assert!(
        (at(0.10).answered.value - 5.0 / 6.0).abs() < CLOSE
            && (at(0.10).wrong.value - 0.4).abs() < CLOSE
    );
    assert!(at(0.05).answered.value.abs() < CLOSE && at(0.15).answered.value.abs() < CLOSE);
}

#[test]
fn calibration_is_of_the_four_classes() {
    let found = Assessment::new(&answers()[..1], ["x", "y"], &plain(), 10);
    // 0.7 on favor, the label, and 0.1 on each other class: 0.3² + 3 · 0.1².
    assert!(
        (found.camps[0].reliability.brier.value - 0.12).abs() < CLOSE
            && (found.camps[0].reliability.ece.value - 0.3).abs() < CLOSE
    );
}

#[test]
fn two_models_differ_where_one_of_them_is_right() {
    let predictions = answers();
    let others =
        [Favor, Neutral, Favor, Neutral, Neutral, Unrelated].map(|stance| [stance, Neutral]);
    let found = ModelComparison::new(&predictions, &others);
    // Only the model is right about 1; only the other about 2 and 4, and about 5 toward the
    // second camp.
    assert_eq!(
        (
            found.camps[0].only_model_correct,
            found.camps[0].only_other_correct,
            found.camps[1].only_other_correct
        ),
        (1, 2, 1)
    );
    assert!(
        (found.camps[0].p_value - 1.0).abs() < CLOSE
            && (found.camps[1].p_value - 1.0).abs() < CLOSE
    );
    let ids: Vec<(&str, usize)> =
        found.changed.iter().map(|changed| (changed.id.as_str(), changed.camp)).collect();
    assert_eq!(ids, [("1", 0), ("2", 0), ("4", 0), ("5", 1)]);
    assert_eq!(
        (found.changed[0].label, found.changed[0].other, found.changed[0].model),
        (Favor, Neutral, Favor)
    );
    // The other: favor 2 of 3 and predicted twice, F1 4/5; neutral 2 of 2 and predicted three
    // times, F1 4/5; against 0.
    assert!((found.camps[0].difference.before.value - 8.0 / 15.0).abs() < CLOSE);
    assert!((found.camps[0].difference.difference.value - (7.0 / 18.0 - 8.0 / 15.0)).abs() < CLOSE);
}
