//! Drift of artificial articles.

use super::*;
use crate::intake::date::PublicationDate;

/// Articles of one month and outlet whose numbers are alike but for a tenth of chance.
fn articles(n: usize, known: f64, score: f64) -> Vec<DriftInput> {
    let article = |at: usize| DriftInput {
        id: format!("a{at}"),
        outlet: Some("x".to_owned()),
        date: PublicationDate::parse("2024-05-06T07:08"),
        known: Some(known + 0.01 * (at % 10) as f64),
        unrelated: 0.0,
        scores: [score, 0.05 * (at % 4) as f64],
        uncertain: at.is_multiple_of(4),
        ambiguity: 0.5,
    };
    (0..n).map(article).collect()
}

#[test]
fn what_has_not_moved_is_stable_and_what_has_is_told() {
    let reference = Reference::from_inputs("events", &articles(200, 0.8, 0.0), BTreeMap::new());
    assert_eq!(reference.check(), Ok(()));
    assert_eq!((reference.articles, reference.uncertain, reference.outlets["x"]), (200, 50, 200));
    let same = Drift::new(&articles(100, 0.8, 0.0), Some(&reference));
    assert_eq!((same.level(), same.new_outlets()), (DriftLevel::Stable, Some(0.0)));
    let drift = Drift::new(&articles(100, 0.4, 0.0), Some(&reference));
    let moved: Vec<DriftMetric> = drift
        .shifts
        .iter()
        .filter(|shift| shift.level() > DriftLevel::Stable)
        .map(|shift| shift.number)
        .collect();
    assert_eq!((drift.level(), &moved[..]), (DriftLevel::Drifted, &[DriftMetric::Known][..]));
    let better = Drift::new(&articles(100, 0.9, 0.0), Some(&reference));
    assert_eq!(better.level(), DriftLevel::Stable, "more known words are no drift");
    let [month] = &drift.months[..] else { panic!("{:?}", drift.months) };
    assert!(
        (month.unknown.unwrap() - 0.555).abs() < 1e-9
            && month.month == "2024-05"
            && month.articles == 100
    );
}

#[test]
fn a_few_articles_prove_nothing() {
    let reference = Reference::from_inputs("events", &articles(200, 0.8, 0.0), BTreeMap::new());
    let two = Drift::new(&articles(2, 0.8, 0.0), Some(&reference));
    assert_eq!(two.level(), DriftLevel::Stable, "{:?}", two.shifts);
}

#[test]
fn a_model_without_a_reference_compares_nothing() {
    let drift = Drift::new(&articles(3, 0.8, 0.0), None);
    assert!(drift.shifts.is_empty() && !drift.has_reference());
    assert_eq!((drift.level(), drift.new_outlets()), (DriftLevel::Stable, Some(1.0)));
}
