//! What both solvers share: how far they go, what they return, why they fail, and the gradient of
//! the loss.

/// Steps after which a solver gives up.
pub(super) const MAX_ITERATIONS: u64 = 2_000;

/// How often a solver starts again from where it stopped. L-BFGS stops, without saying so, where a
/// step no longer lowers the loss by a number that a double can hold; from there a new start gets
/// further.
pub(super) const MAX_RESTARTS: usize = 8;

/// How near the optimum is near enough: length of the gradient, per article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Where the solver stops.
    pub stop: f64,
    /// Above which what it returns is no optimum.
    pub accepted: f64,
}

impl Precision {
    /// For a model that is kept. The loss is a sum over the articles, and where its gradient is
    /// shorter than what is accepted here, differences of loss drown in the sixteen digits of a
    /// double.
    pub const KEPT: Self = Self { stop: 5e-9, accepted: 1e-7 };

    /// For models that are only compared; their probabilities are right to three digits.
    pub const COMPARED: Self = Self { stop: 1e-5, accepted: 3e-5 };
}

/// Why no weights were found.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SolveError {
    /// The penalty is out of range.
    #[error("alpha {0}: give a number above 0, such as 0.1")]
    Alpha(f64),
    /// Nothing to learn from.
    #[error("there is no article to learn from")]
    NoArticles,
    /// The Gram matrix has no Cholesky factor.
    #[error("Cholesky factor: {0}")]
    Cholesky(String),
    /// linfa's own error.
    #[error("logistic regression: {0}")]
    Logistic(String),
    /// argmin's own error.
    #[error("L-BFGS: {0}")]
    Lbfgs(String),
    /// The solver stopped early.
    #[error(
        "the solver stopped where the gradient is {gradient:.1e} long per article ({accepted:.0e} is accepted): use a larger alpha"
    )]
    NotConverged {
        /// Length of the gradient at the returned weights, per article.
        gradient: f64,
        /// What would have been accepted.
        accepted: f64,
    },
    /// The weights are not finite.
    #[error("the weights are not finite")]
    NotFinite,
}

/// Weights `(n_features, n_classes)` row by row and intercepts, in double precision.
pub(super) struct Optimum {
    pub weights: Vec<f64>,
    pub intercepts: Vec<f64>,
}

/// Turns logits into probabilities less one for the right class: the gradient of `−ln P(class)`.
/// Returns that loss.
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
