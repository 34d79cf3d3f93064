//! Joint fit of several targets, so that labels toward one target inform the others.
//!
//! After Daumé III 2007, "Frustratingly Easy Domain Adaptation": every feature has one copy shared
//! by all targets and one copy per target, so that targets share a weight as far as they agree.
//! Each target has its own intercept. The result is one head per target, with the sum of the two
//! weights.

use rustc_hash::FxHashMap;

use super::solver::rounded;
use super::{DesignMatrix, Penalty, SolveError, Tolerance, TrainingError};
use crate::features::SparseRow;
use crate::model::{Head, Question};

/// Scale of a target's own copy of a feature, relative to the shared copy.
const OWN_COPY_SCALE: f64 = 1.5;

/// The heads of the targets for each penalty; shape `(n_alphas, n_targets)`. Each row of `labels`,
/// shape `(n_articles, n_targets)`, has the class of one target.
pub(super) fn heads(
    rows: &[SparseRow],
    labels: &[Vec<Option<usize>>],
    targets: &[Question],
    n_features: usize,
    (alphas, tolerance): (&[Penalty], Tolerance),
) -> Result<Vec<Vec<Head>>, TrainingError> {
    let failed = |source| TrainingError::Solve { what: "targets".to_owned(), source };
    let target_and_class = |labels: &Vec<Option<usize>>| {
        labels.iter().enumerate().find_map(|(target, class)| Some((target, (*class)?)))
    };
    let taught: Vec<(&SparseRow, (usize, usize))> = rows
        .iter()
        .zip(labels)
        .filter_map(|(row, labels)| Some((row, target_and_class(labels)?)))
        .collect();
    let classes: Vec<usize> = taught.iter().map(|&(_, (_, class))| class).collect();
    // Columns: the shared features, an indicator of each target, and a copy of each feature for
    // each target that it occurs with.
    let mut own: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (row, (target, _)) in &taught {
        for (feature, _) in row.iter() {
            let next = n_features + targets.len() + own.len();
            own.entry((*target, feature)).or_insert(next);
        }
    }
    let copies: Vec<SparseRow> =
        taught.iter().map(|(row, (target, _))| copy(row, *target, n_features, &own)).collect();
    let n_classes = targets.first().map_or(0, |target| target.classes.len());
    let matrix = DesignMatrix::new(copies.iter().collect(), n_features + targets.len() + own.len())
        .map_err(failed)?;
    let fit = |&alpha: &Penalty| {
        let joint = matrix.fit(&classes, n_classes, alpha, tolerance).map_err(failed)?;
        let of_target = |target: usize| {
            let own = |feature: usize, class: usize| {
                own.get(&(target, feature))
                    .map_or(0.0, |&column| OWN_COPY_SCALE * joint.weight(column, class))
            };
            let weight = |feature: usize, class: usize| {
                rounded(joint.weight(feature, class) + own(feature, class))
            };
            let weights = (0..n_features)
                .flat_map(|feature| (0..n_classes).map(move |class| (feature, class)));
            let mark = |class: usize| joint.weight(n_features + target, class);
            let intercepts = (0..n_classes)
                .map(|class| rounded(f64::from(joint.intercepts()[class]) + mark(class)));
            Head::new(
                weights.map(|(feature, class)| weight(feature, class)).collect(),
                intercepts.collect(),
            )
        };
        let heads: Option<Vec<Head>> = (0..targets.len()).map(of_target).collect();
        heads.ok_or_else(|| failed(SolveError::NotFinite))
    };
    alphas.iter().map(fit).collect()
}

/// A row with the shared features, the indicator of its target, and the copies for its target.
fn copy(
    row: &SparseRow,
    target: usize,
    n_features: usize,
    own: &FxHashMap<(usize, usize), usize>,
) -> SparseRow {
    let mut entries: Vec<(usize, f64)> = row.iter().collect();
    entries.push((n_features + target, 1.0));
    entries.extend(row.iter().filter_map(|(feature, value)| {
        Some((*own.get(&(target, feature))?, OWN_COPY_SCALE * value))
    }));
    entries.sort_by_key(|&(column, _)| column);
    let (columns, values): (Vec<usize>, Vec<f64>) = entries.into_iter().unzip();
    SparseRow {
        columns: columns
            .into_iter()
            .map(|column| u32::try_from(column).unwrap_or(u32::MAX))
            .collect(),
        values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Word 0 means yes for both targets; word 1 means yes for the first and no for the second.
    #[test]
    fn what_targets_share_and_what_they_do_not_are_both_learned() {
        let unit = |column: u32| SparseRow { columns: vec![column], values: vec![1.0] };
        let target = |name: &str| Question {
            name: name.to_owned(),
            classes: vec!["no".to_owned(), "yes".to_owned()],
        };
        let (mut rows, mut labels) = (Vec::new(), Vec::new());
        for (column, first, second) in [(0, 1, 1), (1, 1, 0), (2, 0, 0)] {
            rows.extend([unit(column), unit(column)]);
            labels.extend([vec![Some(first), None], vec![None, Some(second)]]);
        }
        let targets = [target("a"), target("b")];
        let heads = heads(&rows, &labels, &targets, 3, (&[Penalty::fixed(0.1)], Tolerance::FINAL))
            .unwrap()
            .swap_remove(0);
        for (row, labels) in rows.iter().zip(&labels) {
            for (head, label) in heads.iter().zip(labels) {
                if let Some(label) = label {
                    assert!(head.probabilities(row)[*label] > 0.5);
                }
            }
        }
    }
}
