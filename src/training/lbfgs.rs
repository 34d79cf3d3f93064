//! L-BFGS by argmin, the solver that linfa uses too.

use std::cell::RefCell;

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use argmin_math::ArgminL2Norm;

use super::Stop;
use super::vector::Vector;

/// Number of steps that L-BFGS remembers, as in linfa.
const MEMORY: usize = 10;

/// Length of the gradient at which [`minimise`] stops.
const MINIMISE_TOLERANCE: f64 = 1e-7;

/// Parameters, and the value and the gradient of the function there.
type Evaluated = (Vector, f64, Vector);

/// A function with its gradient: it adds the gradient at the parameters to a slice of zeros, and
/// returns the value.
struct Objective<F> {
    function: F,
    stop: Stop,
    /// The last evaluation: argmin asks for the value and the gradient one after the other.
    last: RefCell<Option<Evaluated>>,
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> Objective<F> {
    /// The value, unless the end was asked for, or it is no number: the line search would look for
    /// a smaller one for ever.
    fn cost_unless_stopped(&self, parameters: &Vector) -> Result<f64, Error> {
        if self.stop.is_asked() {
            return Err(Error::msg("stopped"));
        }
        let value = self.at(parameters, |value, _| value);
        if value.is_nan() {
            return Err(Error::msg("the function has no value there"));
        }
        Ok(value)
    }

    fn at<T>(&self, parameters: &Vector, take: impl Fn(f64, &Vector) -> T) -> T {
        let mut last = self.last.borrow_mut();
        if let Some((known, value, gradient)) = &*last
            && known == parameters
        {
            return take(*value, gradient);
        }
        let mut gradient = vec![0.0; parameters.0.len()];
        let value = (self.function)(&parameters.0, &mut gradient);
        let gradient = Vector(gradient);
        let taken = take(value, &gradient);
        *last = Some((parameters.clone(), value, gradient));
        taken
    }
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> CostFunction for &Objective<F> {
    type Param = Vector;
    type Output = f64;

    fn cost(&self, parameters: &Self::Param) -> Result<f64, Error> {
        self.cost_unless_stopped(parameters)
    }
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> Gradient for &Objective<F> {
    type Param = Vector;
    type Gradient = Vector;

    fn gradient(&self, parameters: &Self::Param) -> Result<Self::Gradient, Error> {
        Ok(self.at(parameters, |_, gradient| gradient.clone()))
    }
}

/// The limits of a run.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Length of the gradient at which the solver stops.
    pub stop: f64,
    /// Length at which the solver is not restarted.
    pub accepted: f64,
    /// Largest number of steps of one start.
    pub iterations: u64,
    /// How often the solver may be restarted from where it stopped.
    pub restarts: usize,
}

/// Minimises `function` of `n` parameters from 0. Returns the parameters at the end and the length
/// of the gradient there. `function` adds its gradient to a slice of zeros and returns its value.
/// `stop` ends it with an error.
pub(super) fn run(
    n: usize,
    limits: Limits,
    stop: &Stop,
    function: impl Fn(&[f64], &mut [f64]) -> f64,
) -> Result<(Vec<f64>, f64), Error> {
    let objective = Objective { function, stop: stop.clone(), last: RefCell::new(None) };
    let mut parameters = Vector(vec![0.0; n]);
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
        gradient = objective.at(&parameters, |_, gradient| gradient.l2_norm());
        if gradient <= limits.accepted {
            break;
        }
    }
    Ok((parameters.0, gradient))
}

/// The minimum of a smooth convex function of few parameters, or the point where the solver
/// stopped; zeros if it could not start.
pub(super) fn minimise(n: usize, function: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let limits = Limits {
        stop: MINIMISE_TOLERANCE,
        accepted: MINIMISE_TOLERANCE,
        iterations: 200,
        restarts: 0,
    };
    run(n, limits, &Stop::default(), function)
        .map_or_else(|_| vec![0.0; n], |(parameters, _)| parameters)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_function_without_a_value_ends_the_search_at_the_last_good_point() {
        let limits = Limits { stop: 1e-9, accepted: 1e-9, iterations: 100, restarts: 0 };
        // Its slope points into the region where it has no value.
        let cliff = |x: &[f64], gradient: &mut [f64]| {
            gradient[0] = -1.0;
            if x[0] > 0.5 { f64::NAN } else { -x[0] }
        };
        assert_eq!(run(1, limits, &Stop::default(), cliff).unwrap(), (vec![0.0], 1.0));
        assert_eq!(minimise(1, cliff), [0.0]);
    }

    #[test]
    fn it_ends_in_the_middle_when_it_is_asked_to() {
        let limits = Limits { stop: 1e-12, accepted: 1e-12, iterations: 1_000, restarts: 8 };
        let (stop, evaluations, last) = (Stop::default(), Cell::new(0), Cell::new(usize::MAX));
        // A valley of Rosenbrock's, which takes many steps.
        let valley = |x: &[f64], gradient: &mut [f64]| {
            evaluations.set(evaluations.get() + 1);
            if evaluations.get() == last.get() {
                stop.ask();
            }
            let bend = x[1] - x[0] * x[0];
            gradient[0] = -400.0 * x[0] * bend - 2.0 * (1.0 - x[0]);
            gradient[1] = 200.0 * bend;
            100.0 * bend * bend + (1.0 - x[0]).powi(2)
        };
        assert!(run(2, limits, &Stop::default(), valley).is_ok());
        let all = evaluations.replace(0);
        last.set(3);
        assert!(run(2, limits, &stop, valley).is_err());
        assert!((3..=4).contains(&evaluations.get()) && all > 10, "{evaluations:?} of {all}");
    }
}
