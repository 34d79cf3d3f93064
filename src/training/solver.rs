//! Sparse rows + classes → a [`Head`]: multinomial logistic regression with an L2 penalty.
//!
//! Both solvers minimise `Σ −ln P(class) + alpha / 2 · |weights|²` over weights
//! `(n_features, n_classes)` and unpenalised intercepts `(n_classes)`: scikit-learn's objective
//! with `C = 1 / alpha`. Up to [`MAX_ROW_SPACE`] articles, linfa solves it in the row space of the
//! articles (`row_space.rs`). Beyond that, the matrix `(n_articles, n_articles)` is too large, and
//! L-BFGS runs over the sparse rows (`sparse.rs`). The gradient at the result is always checked.

use super::objective::{SolveError, Tolerance};
use super::row_space::RowSpace;
use super::sparse;
use super::{Penalty, Stop};
use crate::features::SparseRow;
use crate::model::{Head, provenance::Solver};

/// Largest number of articles for the row-space solver, whose cost grows with the cube of it.
const MAX_ROW_SPACE: usize = 1_000;

/// Intercept of a class without an example. The logits of the others are around 0, so its
/// probability is 0 for every purpose.
const ABSENT: f32 = -60.0;

/// The solver for `n_articles`.
pub(super) fn for_n_articles(n_articles: usize) -> Solver {
    if n_articles <= MAX_ROW_SPACE { Solver::RowSpace } else { Solver::Sparse }
}

/// A sparse design matrix, shape `(n_articles, n_features)`, prepared for fits.
#[derive(Clone, Debug)]
pub struct DesignMatrix<'a> {
    rows: Vec<&'a SparseRow>,
    n_features: usize,
    /// Groups of columns whose weights share a part ([`super::sharing`]).
    shared: Vec<Vec<usize>>,
    space: Option<RowSpace>,
    stop: Stop,
}

impl<'a> DesignMatrix<'a> {
    /// Prepares `rows` of `n_features` columns for the solver that suits their number.
    ///
    /// # Errors
    /// [`SolveError::NoArticles`] without rows, [`SolveError::Cholesky`] if their Gram matrix has
    /// no factor.
    pub fn new(rows: Vec<&'a SparseRow>, n_features: usize) -> Result<Self, SolveError> {
        let solver = for_n_articles(rows.len());
        Self::for_solver(rows, n_features, solver)
    }

    /// Prepares `rows` of few columns, which are smaller than their row space.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of_few_features(
        rows: Vec<&'a SparseRow>,
        n_features: usize,
    ) -> Result<Self, SolveError> {
        Self::for_solver(rows, n_features, Solver::Sparse)
    }

    /// Prepares `rows` for `solver`.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub(super) fn for_solver(
        rows: Vec<&'a SparseRow>,
        n_features: usize,
        solver: Solver,
    ) -> Result<Self, SolveError> {
        if rows.is_empty() {
            return Err(SolveError::NoArticles);
        }
        let space = match solver {
            Solver::RowSpace => Some(RowSpace::new(&rows, n_features)?),
            Solver::Sparse => None,
        };
        Ok(Self { rows, n_features, shared: Vec::new(), space, stop: Stop::default() })
    }

    /// Prepares `rows` for fits in which the weights of each group of columns share a part
    /// ([`super::sharing`]).
    ///
    /// # Errors
    /// As [`Self::new`].
    pub(super) fn with_shared(
        rows: Vec<&'a SparseRow>,
        n_features: usize,
        shared: Vec<Vec<usize>>,
    ) -> Result<Self, SolveError> {
        let matrix = Self::for_solver(rows, n_features, Solver::Sparse)?;
        Ok(Self { shared, ..matrix })
    }

    /// The same, whose fits `stop` ends.
    #[must_use]
    pub fn with_stop(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }

    /// Fits a head of `n_classes` to `classes`, shape `(n_articles)`, each below `n_classes`. A
    /// class without an example gets probability 0.
    ///
    /// # Errors
    /// [`SolveError`], also if the solver stops before the optimum, or is asked to end.
    pub fn fit(
        &self,
        classes: &[usize],
        n_classes: usize,
        alpha: Penalty,
        tolerance: Tolerance,
    ) -> Result<Head, SolveError> {
        if self.stop.is_asked() {
            return Err(SolveError::Stopped);
        }
        let mut present = classes.to_vec();
        present.sort_unstable();
        present.dedup();
        let mut weights = vec![0.0; self.n_features * n_classes];
        let mut intercepts = vec![ABSENT; n_classes];
        if let [only] = present[..] {
            intercepts[only] = 0.0;
            return Head::new(weights, intercepts).ok_or(SolveError::NotFinite);
        }
        // The solvers see only the classes that occur, numbered without gaps.
        let classes: Vec<usize> =
            classes.iter().filter_map(|class| present.binary_search(class).ok()).collect();
        let optimum = match &self.space {
            Some(space) => space.fit(
                &self.rows,
                self.n_features,
                &classes,
                present.len(),
                alpha.get(),
                (tolerance, &self.stop),
            )?,
            None => sparse::fit(
                (&self.rows, self.n_features, &self.shared),
                &classes,
                present.len(),
                alpha.get(),
                (tolerance, &self.stop),
            )?,
        };
        for (column, &class) in present.iter().enumerate() {
            intercepts[class] = rounded(optimum.intercepts[column]);
            for (feature, weights) in weights.chunks_exact_mut(n_classes).enumerate() {
                weights[class] = rounded(optimum.weights[feature * present.len() + column]);
            }
        }
        Head::new(weights, intercepts).ok_or(SolveError::NotFinite)
    }
}

/// Weights are stored in single precision: half the file size, and seven digits.
#[expect(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
pub(super) fn rounded(number: f64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests;
