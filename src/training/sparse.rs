//! L-BFGS over sparse rows, for too many articles for the row-space solver.

use std::iter::repeat_n;

use super::Stop;
use super::lbfgs::{self, Limits};
use super::objective::{MAX_ITERATIONS, MAX_RESTARTS, Optimum, SolveError, Tolerance, residuals};
use crate::features::SparseRow;

/// What a row adds to the bend of the loss in the direction of a weight, as a share of the square
/// of its value: p (1 - p), which is small where most probabilities are near 0 or 1. Tried: .007 to
/// .15; at .02 the fits of the shipped set take the fewest steps.
const BEND: f64 = 0.02;

/// By how much each parameter, shape `(n_features + 1, n_classes)`, is scaled while it is sought:
/// L-BFGS takes a third of the steps where the loss bends alike in all directions (Jacobi
/// preconditioning; Nocedal & Wright 2006, 5.1). No scale is above 1, so that the gradient is
/// measured in the direction of rare features as without scales.
fn scales(rows: &[&SparseRow], n_features: usize, n_classes: usize, alpha: f64) -> Vec<f64> {
    let mut bends = vec![alpha; n_features];
    for row in rows {
        for (feature, value) in row.iter() {
            bends[feature] += BEND * value * value;
        }
    }
    bends.push(alpha + BEND * rows.len() as f64);
    let scales = bends.into_iter().map(|bend| (alpha / bend).sqrt());
    scales.flat_map(|scale| repeat_n(scale, n_classes)).collect()
}

/// The optimum for `classes`, shape `(n_articles)`; each class below `n_classes` occurs. The matrix
/// is its rows, the number of its columns, and the groups of columns whose weights share a part.
pub(super) fn fit(
    (rows, n_features, shared): (&[&SparseRow], usize, &[Vec<usize>]),
    classes: &[usize],
    n_classes: usize,
    alpha: f64,
    (tolerance, stop): (Tolerance, &Stop),
) -> Result<Optimum, SolveError> {
    let k = n_classes;
    // Parameters `(n_features + 1, n_classes)`, row by row, the intercepts last.
    let penalised = n_features * k;
    let scale = scales(rows, n_features, k, alpha);
    let objective = |scaled: &[f64], gradient: &mut [f64]| {
        let parameters: Vec<f64> = scaled.iter().zip(&scale).map(|(x, scale)| x * scale).collect();
        let (weights, intercepts) = parameters.split_at(penalised);
        let (weight_gradient, intercept_gradient) = gradient.split_at_mut(penalised);
        let mut loss = 0.0;
        for (gradient, weight) in weight_gradient.iter_mut().zip(weights) {
            *gradient = alpha * weight;
            loss += alpha / 2.0 * weight * weight;
        }
        for group in shared {
            let per_part = 1.0 / (group.len() + 1) as f64;
            for class in 0..k {
                let sum: f64 = group.iter().map(|column| weights[column * k + class]).sum();
                loss -= alpha / 2.0 * sum * sum * per_part;
                for column in group {
                    weight_gradient[column * k + class] -= alpha * sum * per_part;
                }
            }
        }
        let mut logits = vec![0.0; k];
        for (row, &class) in rows.iter().zip(classes) {
            logits.copy_from_slice(intercepts);
            let logits = &mut logits[..k];
            for (feature, value) in row.iter() {
                let weights = &weights[feature * k..][..k];
                for class in 0..k {
                    logits[class] += value * weights[class];
                }
            }
            loss += residuals(logits, class);
            for (feature, value) in row.iter() {
                let gradient = &mut weight_gradient[feature * k..][..k];
                for class in 0..k {
                    gradient[class] += value * logits[class];
                }
            }
            for class in 0..k {
                intercept_gradient[class] += logits[class];
            }
        }
        for (gradient, scale) in gradient.iter_mut().zip(&scale) {
            *gradient *= scale;
        }
        loss
    };
    let n = classes.len() as f64;
    let limits = Limits {
        stop: tolerance.stop * n,
        accepted: tolerance.accepted * n.max(100.0),
        iterations: MAX_ITERATIONS,
        restarts: MAX_RESTARTS,
    };
    let (mut weights, gradient) =
        lbfgs::run(penalised + k, limits, stop, objective).map_err(|error| {
            if stop.is_asked() { SolveError::Stopped } else { SolveError::Lbfgs(error.to_string()) }
        })?;
    if gradient.is_nan() || gradient > limits.accepted {
        return Err(SolveError::NotConverged {
            gradient: gradient / n.max(100.0),
            accepted: tolerance.accepted,
        });
    }
    for (weight, scale) in weights.iter_mut().zip(&scale) {
        *weight *= scale;
    }
    let intercepts = weights.split_off(penalised);
    Ok(Optimum { weights, intercepts })
}
