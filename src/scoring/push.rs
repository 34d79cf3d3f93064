//! How much a contribution speaks for a class: more than for the others.

/// How much more is in `class` than in the others on average: the *push* of
/// [`crate::scoring::explanation`].
pub fn push(by_class: &[f64], class: usize) -> f64 {
    let others: f64 = by_class
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != class)
        .map(|(_, number)| number)
        .sum();
    by_class[class] - others / (by_class.len().max(2) - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_is_as_worked_out_by_hand() {
        // 3 − (1 + 0) / 2, 1 − (3 + 0) / 2, 0 − (3 + 1) / 2.
        for (class, is) in [2.5, -0.5, -2.0].into_iter().enumerate() {
            assert!((push(&[3.0, 1.0, 0.0], class) - is).abs() < 1e-12);
        }
        // Of two classes it is the difference.
        assert!(
            (push(&[3.0, 1.0], 0) - 2.0).abs() < 1e-12
                && (push(&[3.0, 1.0], 1) + 2.0).abs() < 1e-12
        );
    }
}
