//! Vector scaling of logits (Guo et al. 2017, "On Calibration of Modern Neural Networks", section
//! 4.2), fitted to held-out articles.

use crate::model::Scaling;
use crate::training::lbfgs;
use crate::training::objective::residuals;

/// Strength of the standard normal prior that keeps a scaling near the identity if there are few
/// articles.
const SCALING_PENALTY: f64 = 1.0;

/// Largest logarithm of a scale. Behind it the scale stays the same, so that a long step of the
/// solver finds a high value and turns back, not one that is no number.
const MAX_LOG_SCALE: f64 = 300.0;

/// The maximum a posteriori scaling for `(logits, class)` of held-out articles. Its scales are
/// positive: calibration changes how confident logits are, never what they prefer.
pub(super) fn scaling(examples: &[(&[f64], usize)]) -> Scaling {
    let Some(n_classes) = examples.first().map(|(logits, _)| logits.len()) else {
        return Scaling::none(0);
    };
    // Parameters: the logarithms of the scales, then the shifts.
    let parameters = lbfgs::minimise(2 * n_classes, |parameters, gradient| {
        let (scales, shifts) = parameters.split_at(n_classes);
        let logarithms = scales;
        let scales: Vec<f64> = logarithms.iter().map(|&logarithm| scale(logarithm)).collect();
        let (scale_gradient, shift_gradient) = gradient.split_at_mut(n_classes);
        let mut loss = 0.0;
        for &(logits, class) in examples {
            let mut at: Vec<f64> =
                (0..n_classes).map(|k| scales[k] * logits[k] + shifts[k]).collect();
            loss += residuals(&mut at, class);
            for k in 0..n_classes {
                if logarithms[k].abs() < MAX_LOG_SCALE {
                    scale_gradient[k] += at[k] * logits[k] * scales[k];
                }
                shift_gradient[k] += at[k];
            }
        }
        for (gradient, parameter) in gradient.iter_mut().zip(parameters) {
            loss += SCALING_PENALTY / 2.0 * parameter * parameter;
            *gradient += SCALING_PENALTY * parameter;
        }
        loss
    });
    let (logarithms, shift) = parameters.split_at(n_classes);
    let scales = logarithms.iter().map(|&logarithm| scale(logarithm));
    Scaling { scale: scales.collect(), shift: shift.to_vec() }
}

fn scale(logarithm: f64) -> f64 {
    logarithm.clamp(-MAX_LOG_SCALE, MAX_LOG_SCALE).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_of_any_size_end_in_finite_scales() {
        for size in [1.0, 1e2, 1e4, 1e8, 1e200] {
            let all: Vec<(Vec<f64>, usize)> = (0..40_usize)
                .map(|i| {
                    let away = size * ((i * 7 % 11) as f64 - 5.0);
                    (vec![away, -away, 0.1 * away], i % 3)
                })
                .collect();
            let examples: Vec<_> =
                all.iter().map(|(logits, class)| (&logits[..], *class)).collect();
            let Scaling { scale, shift } = scaling(&examples);
            let is_finite = |value: &f64| value.is_finite();
            assert!(
                scale.iter().all(|value| value.is_finite() && *value > 0.0),
                "{size}: {scale:?}"
            );
            assert!(shift.iter().all(is_finite), "{size}: {shift:?}");
        }
    }
}
