//! linfa's multinomial logistic regression in the row space of the articles.
//!
//! linfa takes dense records only, which is slow and large for tens of thousands of features. The
//! optimum of the L2-penalised loss lies in the row space of the records X
//! `(n_articles, n_features)`, so the problem can be solved there exactly (the representer theorem;
//! Kimeldorf and Wahba 1971): with the Gram matrix `K = X Xᵀ = L Lᵀ` (Cholesky), linfa gets the
//! records `L` `(n_articles, n_articles)` and finds weights `v`. Then `w = Xᵀ L⁻ᵀ v` has
//! `X w = L v` and `|w| = |v|`, hence the same loss and the same penalty. The intercepts are the
//! same and are not penalised.
//!
//! Duplicate articles make K singular. `RIDGE` is added to its diagonal, as if each article had one
//! more feature of its own with value √RIDGE; no logit changes by more than `RIDGE / alpha`.

use linfa::DatasetBase;
use linfa::prelude::Fit;
use linfa_linalg::cholesky::Cholesky;
use linfa_linalg::triangular::{SolveTriangular, UPLO};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, Axis, concatenate};

use super::Stop;
use super::objective::{MAX_ITERATIONS, MAX_RESTARTS, Optimum, SolveError, Tolerance, residuals};
use crate::features::SparseRow;

/// Added to the diagonal of the Gram matrix, whose entries are about 1.
const RIDGE: f64 = 1e-10;

/// linfa's fitted model; the classes are numbers.
type Fitted = MultiFittedLogisticRegression<f64, usize>;

/// Articles in their row space.
#[derive(Clone, Debug)]
pub(super) struct RowSpace {
    /// The Cholesky factor L of the Gram matrix; shape `(n_articles, n_articles)`.
    factor: Array2<f64>,
}

impl RowSpace {
    pub(super) fn new(rows: &[&SparseRow], n_features: usize) -> Result<Self, SolveError> {
        let factor = gram(rows, n_features)
            .cholesky()
            .map_err(|error| SolveError::Cholesky(error.to_string()))?;
        Ok(Self { factor })
    }

    /// The optimum for `classes`, shape `(n_articles)`; each class below `n_classes` occurs.
    pub(super) fn fit(
        &self,
        rows: &[&SparseRow],
        n_features: usize,
        classes: &[usize],
        n_classes: usize,
        alpha: f64,
        (tolerance, stop): (Tolerance, &Stop),
    ) -> Result<Optimum, SolveError> {
        let records = DatasetBase::new(self.factor.view(), Array1::from(classes.to_vec()));
        let n = classes.len() as f64;
        let solver = MultiLogisticRegression::default().alpha(alpha).max_iterations(MAX_ITERATIONS);
        let solver = solver.gradient_tolerance(tolerance.stop * n);
        let failed = |error: linfa_logistic::error::Error| SolveError::Logistic(error.to_string());
        let mut fitted = solver.clone().fit(&records).map_err(failed)?;
        let length =
            |fitted: &Fitted| gradient_length(&self.factor, classes, fitted, alpha) / n.max(100.0);
        let mut gradient = length(&fitted);
        for _ in 0..MAX_RESTARTS {
            if gradient <= tolerance.accepted {
                break;
            }
            if stop.is_asked() {
                return Err(SolveError::Stopped);
            }
            let start = concatenate![
                Axis(0),
                *fitted.params(),
                fitted.intercept().view().insert_axis(Axis(0))
            ];
            fitted = solver.clone().initial_params(start).fit(&records).map_err(failed)?;
            gradient = length(&fitted);
        }
        if gradient.is_nan() || gradient > tolerance.accepted {
            return Err(SolveError::NotConverged { gradient, accepted: tolerance.accepted });
        }
        let duals = self
            .factor
            .t()
            .solve_triangular(fitted.params(), UPLO::Upper)
            .map_err(|error| SolveError::Cholesky(error.to_string()))?;
        let mut weights = Array2::<f64>::zeros((n_features, n_classes));
        for (row, dual) in rows.iter().zip(duals.outer_iter()) {
            for (feature, value) in row.iter() {
                weights.row_mut(feature).scaled_add(value, &dual);
            }
        }
        Ok(Optimum {
            weights: weights.into_raw_vec_and_offset().0,
            intercepts: fitted.intercept().to_vec(),
        })
    }
}

/// `X Xᵀ` with `RIDGE` added to the diagonal, shape `(n_articles, n_articles)`. Computed by column
/// of X, because X is sparse.
fn gram(rows: &[&SparseRow], n_features: usize) -> Array2<f64> {
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n_features];
    for (number, row) in rows.iter().enumerate() {
        for (feature, value) in row.iter() {
            columns[feature].push((number, value));
        }
    }
    let mut gram = Array2::zeros((rows.len(), rows.len()));
    for column in columns {
        for (at, &(i, value)) in column.iter().enumerate() {
            let mut row = gram.row_mut(i);
            for &(j, other) in &column[..=at] {
                row[j] += value * other;
            }
        }
    }
    for i in 0..rows.len() {
        for j in 0..i {
            gram[[j, i]] = gram[[i, j]];
        }
        gram[[i, i]] += RIDGE;
    }
    gram
}

/// Euclidean length of the gradient of the objective at the fitted weights, whose columns are the
/// classes in order.
fn gradient_length(records: &Array2<f64>, classes: &[usize], fitted: &Fitted, alpha: f64) -> f64 {
    let mut at = records.dot(fitted.params()) + fitted.intercept();
    for (mut row, &class) in at.outer_iter_mut().zip(classes) {
        if let Some(logits) = row.as_slice_mut() {
            residuals(logits, class);
        }
    }
    let of_weights = records.t().dot(&at) + fitted.params() * alpha;
    let of_intercepts = at.sum_axis(Axis(0));
    of_weights.iter().chain(&of_intercepts).map(|g| g * g).sum::<f64>().sqrt()
}
