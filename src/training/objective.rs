//! What both solvers share: their limits, their result, their errors, and the gradient of the loss.

/// Steps after which a solver gives up.
pub(super) const MAX_ITERATIONS: u64 = 2_000;

/// How often a solver starts again from where it stopped. L-BFGS stops silently once a step no
/// longer lowers the loss by more than a double can represent; a new start from there gets further.
pub(super) const MAX_RESTARTS: usize = 8;

/// Convergence tolerance: Euclidean length of the gradient per article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// The length at which the solver stops.
    pub stop: f64,
    /// The largest length at which the result is accepted as an optimum.
    pub accepted: f64,
}

impl Tolerance {
    /// For a model that is kept. The loss is a sum over the articles; below the accepted length,
    /// differences of loss vanish in the sixteen digits of a double.
    pub const FINAL: Self = Self { stop: 5e-9, accepted: 1e-7 };

    /// For models that are only compared with each other: probabilities are exact to three digits.
    pub const SEARCH: Self = Self { stop: 1e-5, accepted: 3e-5 };
}

/// Why a solver found no weights.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveError {
    /// There are no articles.
    #[error("there is no article to learn from")]
    NoArticles,
    /// The Gram matrix has no Cholesky factor.
    #[error("Cholesky factor: {0}")]
    Cholesky(String),
    /// linfa failed, with its message.
    #[error("logistic regression: {0}")]
    Logistic(String),
    /// argmin failed, with its message.
    #[error("L-BFGS: {0}")]
    Lbfgs(String),
    /// The solver stopped before the optimum.
    #[error(
        "the solver stopped where the gradient is {gradient:.1e} long per article \
         ({accepted:.0e} is accepted): use a larger alpha"
    )]
    NotConverged {
        /// Length of the gradient at the returned weights, per article.
        gradient: f64,
        /// The largest accepted length.
        accepted: f64,
    },
    /// It was asked to end.
    #[error("stopped before the optimum")]
    Stopped,
    /// The weights are not finite.
    #[error("the weights are not finite")]
    NotFinite,
}

/// The weights, shape `(n_features, n_classes)` in row-major order, and the intercepts, shape
/// `(n_classes)`, in double precision.
pub(super) struct Optimum {
    pub weights: Vec<f64>,
    pub intercepts: Vec<f64>,
}

/// Replaces logits by the gradient of the loss `−ln P(class)`: the probabilities, minus 1 for the
/// right class. Returns the loss.
pub(super) fn residuals(logits: &mut [f64], class: usize) -> f64 {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let own = logits[class] - largest;
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = (*logit - largest).exp();
        sum += *logit;
    }
    for logit in logits.iter_mut() {
        *logit /= sum;
    }
    logits[class] -= 1.0;
    sum.ln() - own
}
