//! Vector scaling of logits (Guo et al. 2017, "On Calibration of Modern Neural Networks", section
//! 4.2), fitted to held-out articles.

use crate::model::Scaling;
use crate::training::lbfgs;
use crate::training::objective::residuals;

/// Strength of the standard normal prior that keeps a scaling near the identity if there are few
/// articles.
const SCALING_PENALTY: f64 = 1.0;

/// The maximum a posteriori scaling for `(logits, class)` of held-out articles. Its scales are
/// positive: calibration changes how confident logits are, never what they prefer.
pub(super) fn scaling(examples: &[(&[f64], usize)]) -> Scaling {
    let Some(n_classes) = examples.first().map(|(logits, _)| logits.len()) else {
        return Scaling::none(0);
    };
    // Parameters: the logarithms of the scales, then the shifts.
    let parameters = lbfgs::minimise(2 * n_classes, |parameters, gradient| {
        let (scales, shifts) = parameters.split_at(n_classes);
        let scales: Vec<f64> = scales.iter().map(|scale| scale.exp()).collect();
        let (scale_gradient, shift_gradient) = gradient.split_at_mut(n_classes);
        let mut loss = 0.0;
        for &(logits, class) in examples {
            let mut at: Vec<f64> =
                (0..n_classes).map(|k| scales[k] * logits[k] + shifts[k]).collect();
            loss += residuals(&mut at, class);
            for k in 0..n_classes {
                scale_gradient[k] += at[k] * logits[k] * scales[k];
                shift_gradient[k] += at[k];
            }
        }
        for (gradient, parameter) in gradient.iter_mut().zip(parameters) {
            loss += SCALING_PENALTY / 2.0 * parameter * parameter;
            *gradient += SCALING_PENALTY * parameter;
        }
        loss
    });
    let (scales, shift) = parameters.split_at(n_classes);
    Scaling { scale: scales.iter().map(|scale| scale.exp()).collect(), shift: shift.to_vec() }
}
