//! L-BFGS over sparse rows, for too many articles for the row-space solver.

use super::Stop;
use super::lbfgs::{self, Limits};
use super::objective::{MAX_ITERATIONS, MAX_RESTARTS, Optimum, SolveError, Tolerance, residuals};
use crate::features::SparseRow;

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
    let objective = |parameters: &[f64], gradient: &mut [f64]| {
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
    let intercepts = weights.split_off(penalised);
    Ok(Optimum { weights, intercepts })
}
