use super::metric::{ScoredShift, mean, mean_share, p95_share};

/// Scores 1, 0, −1, 0: mean 0, variance ½.
#[test]
fn shares_are_as_worked_out_by_hand() {
    let shifts = [
        ScoredShift { scores: [1.0, 0.0], counted: Some([0.2, 0.0]) },
        ScoredShift { scores: [-1.0, 0.0], counted: Some([0.4, 0.2]) },
    ];
    let spread = 0.5_f64.sqrt();
    assert!((mean(&shifts) - 0.2).abs() < 1e-12);
    assert!((mean_share(&shifts) - 0.2 / spread).abs() < 1e-12);
    assert!((p95_share(&shifts) - 0.4 / spread).abs() < 1e-12);
    let unmeasured = [ScoredShift { scores: [1.0, 0.0], counted: None }];
    assert!(mean_share(&unmeasured).is_nan() && p95_share(&unmeasured).is_nan());
}
