//! Sparse rows + classes → a [`Head`], by linfa's multinomial logistic regression.
//!
//! linfa takes dense records only, which for tens of thousands of features is slow and large. The optimum of the
//! L2-penalised loss lies in the row space of the records X `(n_articles, n_features)`, so the problem is turned into
//! that space, exactly: with the Gram matrix `K = X Xᵀ = L Lᵀ` (Cholesky), linfa is given the records `L`
//! `(n_articles, n_articles)` and finds weights `v`; then `w = Xᵀ L⁻ᵀ v` has `X w = L v` and `|w| = |v|`, so it has the
//! same loss and the same penalty. The intercepts are the same and are not penalised.
//!
//! Articles that repeat each other make K singular. `RIDGE` is added to its diagonal, as if each article had one more
//! feature of its own with the value √RIDGE; that moves no logit by more than `RIDGE / alpha`.

use linfa::DatasetBase;
use linfa::prelude::Fit;
use linfa_linalg::LinalgError;
use linfa_linalg::cholesky::Cholesky;
use linfa_linalg::triangular::{SolveTriangular, UPLO};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, Axis, concatenate};

use crate::features::SparseRow;
use crate::model::Head;

/// Added to the diagonal of the Gram matrix, whose entries are at most 1.
const RIDGE: f64 = 1e-10;

/// Length of the loss's gradient, per article, at which linfa stops.
const TOLERANCE: f64 = 5e-9;

/// Length of the gradient, per article, above which the result is no optimum. The loss is a sum over the articles, and
/// where the gradient is shorter than this, differences of loss drown in the sixteen digits of a double.
const ACCEPTED: f64 = 1e-7;

/// Steps after which linfa gives up.
const MAX_ITERATIONS: u64 = 2_000;

/// How often it starts again from where it stopped.
const MAX_RESTARTS: usize = 8;

/// What linfa returns; the classes are numbers.
type Fitted = MultiFittedLogisticRegression<f64, usize>;

/// Logit of a class that has no example, against the 0 around which the others lie: probability 0 to any reader.
const ABSENT: f32 = -60.0;

/// Why no weights were found.
#[derive(Debug, thiserror::Error)]
pub enum SolveError {
    /// The penalty is out of range.
    #[error("alpha {0}: give a number above 0, such as 0.1")]
    Alpha(f64),
    /// Nothing to learn from.
    #[error("there is no article to learn from")]
    NoArticles,
    /// The Gram matrix has no Cholesky factor.
    #[error("Cholesky factor: {0}")]
    Cholesky(#[from] LinalgError),
    /// linfa's own error.
    #[error("logistic regression: {0}")]
    Logistic(#[from] linfa_logistic::error::Error),
    /// The solver stopped early.
    #[error("the solver stopped where the gradient is {gradient:.1e} long ({ACCEPTED:.0e} per article is accepted): use a larger alpha")]
    NotConverged {
        /// Length of the gradient at the returned weights.
        gradient: f64,
    },
    /// The weights are not finite.
    #[error("the weights are not finite")]
    NotFinite,
}

/// Articles in their row space: what every fit on them starts from.
#[derive(Debug)]
pub struct RowSpace<'a> {
    rows: Vec<&'a SparseRow>,
    gram: Array2<f64>,
    factor: Array2<f64>,
}

impl<'a> RowSpace<'a> {
    /// The row space of `rows`.
    ///
    /// # Errors
    /// When there is no row, or the Gram matrix has no Cholesky factor.
    pub fn new(rows: Vec<&'a SparseRow>) -> Result<Self, SolveError> {
        let gram = gram(&rows);
        Self::factored(rows, gram)
    }

    /// The row space of the rows at `positions` only.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn subset(&self, positions: &[usize]) -> Result<Self, SolveError> {
        let rows = positions.iter().map(|&position| self.rows[position]).collect();
        Self::factored(rows, self.gram.select(Axis(0), positions).select(Axis(1), positions))
    }

    fn factored(rows: Vec<&'a SparseRow>, gram: Array2<f64>) -> Result<Self, SolveError> {
        if rows.is_empty() {
            return Err(SolveError::NoArticles);
        }
        let factor = gram.cholesky()?;
        Ok(Self { rows, gram, factor })
    }

    /// Fits a head of `n_classes` on `n_features` columns to the rows' `classes` (each below `n_classes`).
    ///
    /// # Errors
    /// [`SolveError`]; stopping short of the optimum is one.
    pub fn fit(&self, classes: &[usize], n_classes: usize, n_features: usize, alpha: f64) -> Result<Head, SolveError> {
        if !(alpha.is_finite() && alpha > 0.0) {
            return Err(SolveError::Alpha(alpha));
        }
        let mut present = classes.to_vec();
        present.sort_unstable();
        present.dedup();
        let mut weights = vec![0.0; n_features * n_classes];
        let mut intercepts = vec![ABSENT; n_classes];
        if let [only] = present[..] {
            intercepts[only] = 0.0;
            return Head::new(weights, intercepts).ok_or(SolveError::NotFinite);
        }

        let records = DatasetBase::new(self.factor.view(), Array1::from(classes.to_vec()));
        let tolerance = TOLERANCE * classes.len() as f64;
        let solver = MultiLogisticRegression::default().alpha(alpha).max_iterations(MAX_ITERATIONS).gradient_tolerance(tolerance);
        let mut fitted = solver.clone().fit(&records)?;
        // linfa sorts the classes that it finds, so its columns are those of `present`. It stops, without saying so, where a
        // step no longer lowers the loss by a number that a double can hold; from there a new start gets further.
        let length = |fitted: &Fitted| gradient_length(&self.factor, classes, &present, fitted.params(), fitted.intercept(), alpha);
        let accepted = ACCEPTED * (classes.len() as f64).max(100.0);
        let mut gradient = length(&fitted);
        for _ in 0..MAX_RESTARTS {
            if gradient <= accepted {
                break;
            }
            let start = concatenate![Axis(0), *fitted.params(), fitted.intercept().view().insert_axis(Axis(0))];
            fitted = solver.clone().initial_params(start).fit(&records)?;
            gradient = length(&fitted);
        }
        if gradient.is_nan() || gradient > accepted {
            return Err(SolveError::NotConverged { gradient });
        }
        let duals = self.factor.t().solve_triangular(fitted.params(), UPLO::Upper)?;
        let mut exact = Array2::<f64>::zeros((n_features, present.len()));
        for (row, dual) in self.rows.iter().zip(duals.outer_iter()) {
            for (feature, value) in row.iter() {
                exact.row_mut(feature).scaled_add(value, &dual);
            }
        }
        for (column, &class) in present.iter().enumerate() {
            intercepts[class] = rounded(fitted.intercept()[column]);
            for (feature, &weight) in exact.column(column).iter().enumerate() {
                weights[feature * n_classes + class] = rounded(weight);
            }
        }
        Head::new(weights, intercepts).ok_or(SolveError::NotFinite)
    }
}

/// Weights are kept in single precision: half the file, and seven digits of each.
#[expect(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
fn rounded(number: f64) -> f32 {
    number as f32
}

/// `X Xᵀ` with `RIDGE` on the diagonal, shape `(n_articles, n_articles)`; column by column of X, which is mostly zeros.
fn gram(rows: &[&SparseRow]) -> Array2<f64> {
    let n_features = rows.iter().filter_map(|row| row.columns.last()).max().map_or(0, |&last| last as usize + 1);
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

/// Euclidean length of the gradient of `Σ loss + alpha / 2 · |v|²` at the weights `v` and the intercepts.
fn gradient_length(
    records: &Array2<f64>,
    classes: &[usize],
    present: &[usize],
    v: &Array2<f64>,
    intercepts: &Array1<f64>,
    alpha: f64,
) -> f64 {
    let mut residuals = records.dot(v) + intercepts;
    for (mut row, class) in residuals.outer_iter_mut().zip(classes) {
        let largest = row.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        row.mapv_inplace(|logit| (logit - largest).exp());
        row /= row.sum();
        if let Ok(column) = present.binary_search(class) {
            row[column] -= 1.0;
        }
    }
    let of_weights = records.t().dot(&residuals) + v * alpha;
    let of_intercepts = residuals.sum_axis(Axis(0));
    of_weights.iter().chain(&of_intercepts).map(|g| g * g).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::LN_2;

    fn unit(column: u32) -> SparseRow {
        SparseRow { columns: vec![column], values: vec![1.0] }
    }

    fn fit(rows: &[SparseRow], classes: &[usize], n_classes: usize, n_features: usize, alpha: f64) -> Result<Head, SolveError> {
        RowSpace::new(rows.iter().collect())?.fit(classes, n_classes, n_features, alpha)
    }

    /// Three articles of one word each, one per class. By symmetry the word of a class weighs 2t for it and −t for the
    /// others, so its probability is e^{2t} / (e^{2t} + 2e^{−t}); the gradient vanishes where 2t·alpha = 1 − that. With
    /// alpha = 3 / (4 ln 2) it does at t = ln 2 / 3, and the probabilities are 1/2, 1/4, 1/4.
    #[test]
    fn weights_are_as_worked_out_by_hand() {
        let rows = [unit(0), unit(1), unit(2)];
        let head = fit(&rows, &[0, 1, 2], 3, 3, 0.75 / LN_2).unwrap();
        for feature in 0..3 {
            for class in 0..3 {
                let by_hand = if feature == class { 2.0 * LN_2 / 3.0 } else { -LN_2 / 3.0 };
                assert!((head.weight(feature, class) - by_hand).abs() < 1e-6, "{feature} {class}");
            }
        }
        let p = head.probabilities(&unit(1));
        assert!((p[0] - 0.25).abs() < 1e-6 && (p[1] - 0.5).abs() < 1e-6);
    }

    /// A small matrix with a repeated row, more features than rows and all classes.
    fn example() -> (Vec<SparseRow>, Vec<usize>, usize) {
        let mut rows: Vec<SparseRow> = (0..12_u32)
            .map(|i| {
                let columns: Vec<u32> = (0..30).filter(|j| (i * 7 + j * j + i * j) % 5 == 0).collect();
                let values = columns.iter().map(|j| 0.2 + f64::from((i * 3 + j) % 4) / 10.0).collect();
                SparseRow { columns, values }
            })
            .collect();
        rows.push(rows[3].clone());
        let classes = (0..rows.len()).map(|i| (i * i) % 3).collect();
        (rows, classes, 30)
    }

    #[test]
    fn the_row_space_gives_what_plain_linfa_gives() {
        let (rows, mut classes, n_features) = example();
        classes[1] = 2;
        let head = fit(&rows, &classes, 3, n_features, 0.3).unwrap();
        let mut dense = Array2::<f64>::zeros((rows.len(), n_features));
        for (i, row) in rows.iter().enumerate() {
            row.iter().for_each(|(j, value)| dense[[i, j]] = value);
        }
        let plain = MultiLogisticRegression::default()
            .alpha(0.3)
            .max_iterations(MAX_ITERATIONS)
            .gradient_tolerance(1e-10)
            .fit(&DatasetBase::new(dense, Array1::from(classes)))
            .unwrap();
        for class in 0..3 {
            assert!((f64::from(head.intercepts()[class]) - plain.intercept()[class]).abs() < 1e-6);
            for feature in 0..n_features {
                assert!((head.weight(feature, class) - plain.params()[[feature, class]]).abs() < 1e-6, "{feature} {class}");
            }
        }
    }

    #[test]
    fn a_subset_is_fitted_like_its_rows_alone() {
        let (rows, classes, n_features) = example();
        let positions = [0, 2, 3, 5, 8, 9, 12];
        let some: Vec<usize> = positions.iter().map(|&position| classes[position]).collect();
        let whole = RowSpace::new(rows.iter().collect()).unwrap();
        let alone: Vec<SparseRow> = positions.iter().map(|&position| rows[position].clone()).collect();
        assert_eq!(
            whole.subset(&positions).unwrap().fit(&some, 3, n_features, 0.3).unwrap(),
            fit(&alone, &some, 3, n_features, 0.3).unwrap()
        );
    }

    #[test]
    fn a_class_without_example_gets_no_probability() {
        let rows = [unit(0), unit(1)];
        let head = fit(&rows, &[0, 2], 3, 2, 0.1).unwrap();
        assert!(head.probabilities(&unit(0))[1] < 1e-20);
        let head = fit(&[unit(0)], &[2], 3, 1, 0.1).unwrap();
        assert!((head.probabilities(&unit(0))[2] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_penalty_that_makes_no_sense_is_refused() {
        for alpha in [0.0, -1.0, f64::NAN] {
            assert!(matches!(fit(&[unit(0)], &[0], 2, 1, alpha), Err(SolveError::Alpha(_))));
        }
        assert!(matches!(fit(&[], &[], 2, 1, 0.1), Err(SolveError::NoArticles)));
    }
}
