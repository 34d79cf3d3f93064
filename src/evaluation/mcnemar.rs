//! `McNemar`'s test: do two models err equally often on the same articles?

/// The exact two-sided p-value (`McNemar` 1947; the binomial form, as in Agresti 2002, section
/// 10.1.4). `first` counts the articles that only the first model predicts correctly, `second`
/// those that only the second one does. If neither model is better, both are equally likely, so the
/// smaller count is Binomial(first + second, ½). 1 if both counts are 0. Assumes that the articles
/// are independent.
pub fn exact(first: usize, second: usize) -> f64 {
    let (n, smaller) = (first + second, first.min(second));
    // ln C(n, 0), ln C(n, 1) …: logarithms, because ½ⁿ underflows if n is above a thousand.
    let mut ways = 0.0;
    let mut tail = 0.0;
    for k in 0..=smaller {
        if k > 0 {
            ways += ((n - k + 1) as f64).ln() - (k as f64).ln();
        }
        tail += (ways - n as f64 * std::f64::consts::LN_2).exp();
    }
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_as_worked_out_by_hand() {
        // One of four: 2 · (1 + 4) / 16. None of five: 2 / 32. Two of four is the middle.
        assert!((exact(1, 3) - 0.625).abs() < 1e-12 && (exact(3, 1) - 0.625).abs() < 1e-12);
        assert!((exact(0, 5) - 0.0625).abs() < 1e-12);
        assert!((exact(2, 2) - 1.0).abs() < 1e-12 && (exact(0, 0) - 1.0).abs() < 1e-12);
    }
}
