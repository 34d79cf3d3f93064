//! How far annotators agree, beyond chance.

use std::collections::BTreeMap;

use super::annotation::Annotation;
use crate::camp::Stance;

/// Cohen's κ of two annotators (Cohen 1960): `(observed − expected) / (1 − expected)`, where
/// `expected` is the agreement of two who label by chance, each in their own proportions. 1 when
/// they agree on everything; `None` without labels.
pub fn cohen_kappa(pairs: &[(Stance, Stance)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let share = |count: usize| count as f64 / n;
    let observed = share(pairs.iter().filter(|(a, b)| a == b).count());
    let of = |stance: Stance| {
        let first = pairs.iter().filter(|(a, _)| *a == stance).count();
        let second = pairs.iter().filter(|(_, b)| *b == stance).count();
        share(first) * share(second)
    };
    let expected: f64 = Stance::ALL.into_iter().map(of).sum();
    match pairs.len() {
        0 => None,
        _ if expected >= 1.0 => Some(1.0),
        _ => Some((observed - expected) / (1.0 - expected)),
    }
}

/// Krippendorff's α for nominal labels (Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability"): any number of annotators, and articles that not all of them labelled.
/// `units` holds the labels of each article; those with fewer than two do not count. `None` when
/// nothing can be compared.
pub fn krippendorff_alpha(units: &[Vec<Stance>]) -> Option<f64> {
    let mut totals = BTreeMap::new();
    let (mut n, mut disagreement) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let m = unit.len() as f64;
        let unlike = unit.iter().map(|a| unit.iter().filter(|b| a != *b).count()).sum::<usize>();
        disagreement += unlike as f64 / (m - 1.0);
        n += m;
        for &stance in unit {
            *totals.entry(stance).or_insert(0.0) += 1.0;
        }
    }
    let by_chance: f64 =
        totals.values().map(|count: &f64| count * (n - count)).sum::<f64>() / (n - 1.0);
    if totals.is_empty() {
        None
    } else if totals.len() == 1 {
        Some(1.0)
    } else {
        Some(1.0 - disagreement / by_chance)
    }
}

/// The labels toward one camp of the articles that both annotators labelled.
pub fn shared_labels(
    annotations: &[Annotation],
    first: &str,
    second: &str,
    camp: usize,
) -> Vec<(Stance, Stance)> {
    let of = |annotator: &str| -> BTreeMap<&str, Stance> {
        let own = annotations.iter().filter(|annotation| annotation.annotator == annotator);
        own.map(|annotation| (annotation.article.as_str(), annotation.stances[camp])).collect()
    };
    let second = of(second);
    of(first)
        .into_iter()
        .filter_map(|(article, stance)| Some((stance, *second.get(article)?)))
        .collect()
}

/// The labels toward one camp, article by article.
pub fn units(annotations: &[Annotation], camp: usize) -> Vec<Vec<Stance>> {
    let mut units: BTreeMap<&str, Vec<Stance>> = BTreeMap::new();
    for annotation in annotations {
        units.entry(&annotation.article).or_default().push(annotation.stances[camp]);
    }
    units.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(words: &str) -> Vec<Option<Stance>> {
        words.split(' ').map(Stance::from_word).collect()
    }

    /// Golden values: `cohen_kappa_score` of scikit-learn 1.9.1 and
    /// `krippendorff.alpha(level_of_measurement="nominal")` of krippendorff 0.9.0, on the same
    /// labels.
    #[test]
    fn figures_are_those_of_other_programs() {
        let a = labels(
            "favor neutral against neutral favor unrelated neutral against neutral neutral favor against",
        );
        let b = labels(
            "favor neutral neutral neutral favor unrelated against against neutral favor favor against",
        );
        let c = labels("neutral neutral against - favor - neutral against favor neutral - against");
        let pairs: Vec<_> = a.iter().zip(&b).map(|(a, b)| (a.unwrap(), b.unwrap())).collect();
        assert!((cohen_kappa(&pairs).unwrap() - 0.647_058_823_529_411_7).abs() < 1e-12);
        let units: Vec<Vec<Stance>> =
            (0..a.len()).map(|at| [a[at], b[at], c[at]].into_iter().flatten().collect()).collect();
        assert!((krippendorff_alpha(&units).unwrap() - 0.575_596_816_976_127_3).abs() < 1e-12);
    }

    #[test]
    fn nothing_to_compare_is_no_figure_and_no_dispute_is_one() {
        assert_eq!(cohen_kappa(&[]), None);
        assert_eq!(cohen_kappa(&[(Stance::Favor, Stance::Favor)]), Some(1.0));
        assert_eq!(krippendorff_alpha(&[vec![Stance::Favor]]), None);
        assert_eq!(krippendorff_alpha(&[vec![Stance::Favor; 2]]), Some(1.0));
    }
}
