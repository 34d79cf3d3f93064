//! Agreement of annotators, corrected for chance.

use std::collections::{BTreeMap, BTreeSet};

use super::LabelledSet;
use super::annotation::{ADJUDICATOR, Annotation};
use crate::camp::{Camps, Stance};

/// Cohen's κ of two annotators (Cohen 1960): `(observed − expected) / (1 − expected)`, where
/// `expected` is the agreement by chance, given how often each annotator uses each label. 1 if they
/// always agree; `None` without labels.
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
/// Alpha-Reliability"), for any number of annotators and with missing labels. `units` are the
/// labels of each article; articles with fewer than two labels do not count. `None` if none counts.
pub fn krippendorff_alpha(units: &[Vec<Stance>]) -> Option<f64> {
    let mut totals = BTreeMap::new();
    let (mut n, mut disagreement) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let m = unit.len() as f64;
        let alike = Stance::ALL.map(|stance| unit.iter().filter(|&&label| label == stance).count());
        let alike: f64 = alike.iter().map(|&count| (count * count) as f64).sum();
        disagreement += (m * m - alike) / (m - 1.0);
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

/// A measure of agreement beyond chance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgreementMeasure {
    /// [`cohen_kappa`] of two annotators.
    CohenKappa {
        /// Names of the annotators.
        annotators: [String; 2],
    },
    /// [`krippendorff_alpha`] of all annotators.
    KrippendorffAlpha,
}

/// The agreement on the stance toward one camp.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Agreement {
    /// Id of the camp.
    pub camp: String,
    /// Who is compared, and by which measure.
    pub measure: AgreementMeasure,
    /// Number of articles that at least two of the annotators labelled.
    pub n_articles: usize,
    /// The measure; 1 is perfect agreement, 0 is agreement by chance.
    pub value: f64,
}

/// An article on which annotators differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute<'a> {
    /// Id of the article.
    pub article: &'a str,
    /// The labels of the article, in the order of the file.
    pub annotations: Vec<&'a Annotation>,
}

/// The agreement of all annotators of a labelled set.
#[derive(Clone, Debug, PartialEq)]
pub struct OverallAgreement<'a> {
    /// Number of annotators; at least two.
    pub n_annotators: usize,
    /// Ids of the camps.
    pub camps: [&'a str; 2],
    /// Krippendorff's α of the labels toward each camp.
    pub alpha: [f64; 2],
    /// The articles on which annotators differ.
    pub disputes: Vec<Dispute<'a>>,
}

/// The agreement toward each camp: of every two annotators, then of all. Empty if no article has
/// labels of two annotators.
pub fn agreements(camps: &Camps, annotations: &[Annotation]) -> Vec<Agreement> {
    let annotators: Vec<&str> = annotators(annotations).into_iter().collect();
    let mut agreements = Vec::new();
    for (camp, id) in camps.ids().into_iter().enumerate() {
        let mut add = |measure, n_articles, value| {
            agreements.push(Agreement { camp: id.to_owned(), measure, n_articles, value });
        };
        for (position, first) in annotators.iter().enumerate() {
            for second in &annotators[position + 1..] {
                let pairs = shared_labels(annotations, first, second, camp);
                if let Some(kappa) = cohen_kappa(&pairs) {
                    let annotators = [(*first).to_owned(), (*second).to_owned()];
                    add(AgreementMeasure::CohenKappa { annotators }, pairs.len(), kappa);
                }
            }
        }
        let units = units(annotations, camp);
        if let Some(alpha) = krippendorff_alpha(&units) {
            let n_articles = units.iter().filter(|unit| unit.len() > 1).count();
            add(AgreementMeasure::KrippendorffAlpha, n_articles, alpha);
        }
    }
    agreements
}

/// The agreement of all annotators; `None` if there is only one, or no article has labels of two.
pub fn overall(set: &LabelledSet) -> Option<OverallAgreement<'_>> {
    let n_annotators = annotators(&set.annotations).len();
    let alpha = |camp: usize| krippendorff_alpha(&units(&set.annotations, camp));
    (n_annotators > 1).then_some(())?;
    Some(OverallAgreement {
        n_annotators,
        camps: set.camps.ids(),
        alpha: [alpha(0)?, alpha(1)?],
        disputes: set.disputes(),
    })
}

/// Names of the annotators but for the adjudicator.
fn annotators(annotations: &[Annotation]) -> BTreeSet<&str> {
    let names = annotations.iter().map(|annotation| annotation.annotator.as_str());
    names.filter(|name| *name != ADJUDICATOR).collect()
}

/// The labels toward one camp of the articles that both annotators labelled.
pub fn shared_labels(
    annotations: &[Annotation],
    first: &str,
    second: &str,
    camp: usize,
) -> Vec<(Stance, Stance)> {
    let labels = |annotator: &str| -> BTreeMap<&str, Stance> {
        let own = annotations.iter().filter(|annotation| annotation.annotator == annotator);
        own.map(|annotation| (annotation.article.as_str(), annotation.stances[camp])).collect()
    };
    let second = labels(second);
    labels(first)
        .into_iter()
        .filter_map(|(article, stance)| Some((stance, *second.get(article)?)))
        .collect()
}

/// The labels toward one camp, article by article; an adjudicator's do not count.
pub fn units(annotations: &[Annotation], camp: usize) -> Vec<Vec<Stance>> {
    let mut units: BTreeMap<&str, Vec<Stance>> = BTreeMap::new();
    for annotation in annotations.iter().filter(|row| row.annotator != ADJUDICATOR) {
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
            "favor neutral against neutral favor unrelated neutral against neutral \
                neutral favor against",
        );
        let b = labels(
            "favor neutral neutral neutral favor unrelated against against neutral \
                favor favor against",
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
