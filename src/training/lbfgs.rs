//! L-BFGS by argmin, which linfa uses too.

use std::cell::RefCell;

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use ndarray::Array1;

/// How many steps L-BFGS remembers: as many as linfa.
const MEMORY: usize = 10;

/// Length of the gradient at which a small problem is solved.
const SMALL: f64 = 1e-7;

/// Parameters, with the value and the gradient there.
type Known = (Array1<f64>, f64, Array1<f64>);

/// A function and its gradient: adds the gradient at the parameters to a slice of zeros and returns
/// the value.
struct Objective<F> {
    function: F,
    /// The last parameters asked about, with value and gradient: argmin asks for both, one after
    /// the other.
    last: RefCell<Option<Known>>,
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> Objective<F> {
    fn at<T>(&self, parameters: &Array1<f64>, take: impl Fn(f64, &Array1<f64>) -> T) -> T {
        let mut last = self.last.borrow_mut();
        if let Some((known, value, gradient)) = &*last
            && known == parameters
        {
            return take(*value, gradient);
        }
        let mut gradient = vec![0.0; parameters.len()];
        let value = (self.function)(&parameters.to_vec(), &mut gradient);
        let gradient = Array1::from(gradient);
        let taken = take(value, &gradient);
        *last = Some((parameters.clone(), value, gradient));
        taken
    }
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> CostFunction for &Objective<F> {
    type Param = Array1<f64>;
    type Output = f64;

    fn cost(&self, parameters: &Self::Param) -> Result<f64, Error> {
        Ok(self.at(parameters, |value, _| value))
    }
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> Gradient for &Objective<F> {
    type Param = Array1<f64>;
    type Gradient = Array1<f64>;

    fn gradient(&self, parameters: &Self::Param) -> Result<Self::Gradient, Error> {
        Ok(self.at(parameters, |_, gradient| gradient.clone()))
    }
}

/// How far a run may go.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Length of the gradient at which it stops.
    pub stop: f64,
    /// Length at which it is not started again.
    pub accepted: f64,
    /// Steps of one run.
    pub iterations: u64,
    /// How often it is started again from where it stopped.
    pub restarts: usize,
}

/// The parameters where it stopped, and the length of the gradient there. `function` adds its
/// gradient to a slice of zeros and returns its value.
pub(super) fn run(
    n: usize,
    limits: Limits,
    function: impl Fn(&[f64], &mut [f64]) -> f64,
) -> Result<(Vec<f64>, f64), Error> {
    let objective = Objective { function, last: RefCell::new(None) };
    let mut parameters = Array1::zeros(n);
    let mut gradient = f64::INFINITY;
    for _ in 0..=limits.restarts {
        let solver =
            LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_grad(limits.stop)?;
        let start = parameters.clone();
        let result = Executor::new(&objective, solver)
            .configure(|state| state.param(start).max_iters(limits.iterations))
            .run()?;
        if let Some(best) = result.state.get_best_param() {
            parameters.clone_from(best);
        }
        gradient = objective.at(&parameters, |_, gradient| gradient.dot(gradient).sqrt());
        if gradient <= limits.accepted {
            break;
        }
    }
    Ok((parameters.to_vec(), gradient))
}

/// The minimum of a smooth convex function of few parameters, or where the search for it stopped;
/// zeros if it could not begin.
pub(super) fn minimise(n: usize, function: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let limits = Limits { stop: SMALL, accepted: SMALL, iterations: 200, restarts: 0 };
    run(n, limits, function).map_or_else(|_| vec![0.0; n], |(parameters, _)| parameters)
}
