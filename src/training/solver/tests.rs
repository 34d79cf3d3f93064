use super::*;
use crate::training::objective::MAX_ITERATIONS;
use std::f64::consts::LN_2;

fn unit(column: u32) -> SparseRow {
    SparseRow { columns: vec![column], values: vec![1.0] }
}

const BOTH: [Solver; 2] = [Solver::RowSpace, Solver::Sparse];

fn fit(
    solver: Solver,
    rows: &[SparseRow],
    classes: &[usize],
    n_classes: usize,
    alpha: f64,
) -> Result<Head, SolveError> {
    let n_features =
        rows.iter().filter_map(|row| row.columns.last()).max().map_or(0, |&last| last as usize + 1);
    DesignMatrix::for_solver(rows.iter().collect(), n_features, solver)?.fit(
        classes,
        n_classes,
        Penalty::new(alpha).unwrap(),
        Tolerance::FINAL,
    )
}

/// Three articles of one word each, one per class. By symmetry the word of a class weighs 2t
/// for it and −t for the others, so its probability is e^{2t} / (e^{2t} + 2e^{−t}); the
/// gradient vanishes where 2t·alpha = 1 − that. With alpha = 3 / (4 ln 2) it does at t = ln 2 /
/// 3, and the probabilities are 1/2, 1/4, 1/4.
#[test]
fn weights_are_as_worked_out_by_hand() {
    let rows = [unit(0), unit(1), unit(2)];
    for solver in BOTH {
        let head = fit(solver, &rows, &[0, 1, 2], 3, 0.75 / LN_2).unwrap();
        for feature in 0..3 {
            for class in 0..3 {
                let by_hand = if feature == class { 2.0 * LN_2 / 3.0 } else { -LN_2 / 3.0 };
                assert!(
                    (head.weight(feature, class) - by_hand).abs() < 1e-6,
                    "{solver:?} {feature} {class}"
                );
            }
        }
        let p = head.probabilities(&unit(1));
        assert!((p[0] - 0.25).abs() < 1e-6 && (p[1] - 0.5).abs() < 1e-6);
    }
}

/// A small matrix with a repeated row, more features than rows and all classes.
fn example() -> (Vec<SparseRow>, Vec<usize>) {
    let mut rows: Vec<SparseRow> = (0..12_u32)
        .map(|i| {
            let columns: Vec<u32> = (0..30).filter(|j| (i * 7 + j * j + i * j) % 5 == 0).collect();
            let values = columns.iter().map(|j| 0.2 + f64::from((i * 3 + j) % 4) / 10.0).collect();
            SparseRow { columns, values }
        })
        .collect();
    rows.push(rows[3].clone());
    let mut classes: Vec<usize> = (0..rows.len()).map(|i| (i * i) % 3).collect();
    classes[1] = 2;
    (rows, classes)
}

#[test]
fn both_solvers_give_what_plain_linfa_gives() {
    use linfa::prelude::Fit;
    let (rows, classes) = example();
    let mut dense = ndarray::Array2::<f64>::zeros((rows.len(), 30));
    for (i, row) in rows.iter().enumerate() {
        row.iter().for_each(|(j, value)| dense[[i, j]] = value);
    }
    let plain = linfa_logistic::MultiLogisticRegression::default()
        .alpha(0.3)
        .max_iterations(MAX_ITERATIONS)
        .gradient_tolerance(1e-10)
        .fit(&linfa::DatasetBase::new(dense, ndarray::Array1::from(classes.clone())))
        .unwrap();
    for solver in BOTH {
        let head = fit(solver, &rows, &classes, 3, 0.3).unwrap();
        for class in 0..3 {
            assert!((f64::from(head.intercepts()[class]) - plain.intercept()[class]).abs() < 1e-6);
            for feature in 0..30 {
                assert!(
                    (head.weight(feature, class) - plain.params()[[feature, class]]).abs() < 1e-6,
                    "{solver:?} {feature} {class}"
                );
            }
        }
    }
}

/// Golden values: `LogisticRegression(C=1 / 0.3, tol=1e-12)` of scikit-learn 1.9.1 on the same
/// matrix; `coef_` of five features.
#[test]
fn both_solvers_give_what_scikit_learn_gives() {
    let intercepts = [0.099_866_85, 0.795_542_49, -0.895_409_34];
    let weights = [
        (0, [-0.309_777_22, 0.518_823_22, -0.209_046_01]),
        (1, [0.468_576_86, -0.262_514_07, -0.206_062_79]),
        (4, [0.518_962_10, -0.394_153_92, -0.124_808_18]),
        (7, [0.033_229_78, 0.126_118_38, -0.159_348_15]),
        (10, [0.435_391_24, -0.255_209_88, -0.180_181_36]),
    ];
    let (rows, classes) = example();
    for solver in BOTH {
        let head = fit(solver, &rows, &classes, 3, 0.3).unwrap();
        for class in 0..3 {
            assert!(
                (f64::from(head.intercepts()[class]) - intercepts[class]).abs() < 1e-6,
                "{solver:?}"
            );
            for (feature, golden) in weights {
                assert!(
                    (head.weight(feature, class) - golden[class]).abs() < 1e-6,
                    "{solver:?} {feature} {class}"
                );
            }
        }
    }
}

#[test]
fn a_class_without_example_gets_no_probability() {
    for solver in BOTH {
        let head = fit(solver, &[unit(0), unit(1)], &[0, 2], 3, 0.1).unwrap();
        assert!(head.probabilities(&unit(0))[1] < 1e-20);
        let head = fit(solver, &[unit(0)], &[2], 3, 0.1).unwrap();
        assert!((head.probabilities(&unit(0))[2] - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_penalty_that_is_out_of_range_is_refused_and_so_are_no_articles() {
    for alpha in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(Penalty::new(alpha).is_err());
    }
    for solver in BOTH {
        assert!(matches!(fit(solver, &[], &[], 2, 0.1), Err(SolveError::NoArticles)));
    }
}

#[test]
fn a_fit_that_is_asked_to_end_is_an_error() {
    let (rows, classes) = example();
    for solver in BOTH {
        let stop = Stop::default();
        let matrix = DesignMatrix::for_solver(rows.iter().collect(), 30, solver).unwrap();
        let matrix = matrix.with_stop(&stop);
        let fit = || matrix.fit(&classes, 3, Penalty::new(1.0).unwrap(), Tolerance::FINAL);
        assert!(fit().is_ok());
        stop.clone().ask();
        assert_eq!(fit().unwrap_err(), SolveError::Stopped);
    }
}

/// Two columns that share a part of their weight are as three: one for each, and one for both.
#[test]
fn a_shared_part_of_weights_is_as_a_column_for_it() {
    let (rows, classes) = example();
    let n = 1 + rows.iter().flat_map(|row| row.columns.iter().copied()).max().unwrap();
    let shared = vec![vec![0, 5], vec![2, 7], vec![3]];
    let with_columns: Vec<SparseRow> = rows
        .iter()
        .map(|row| {
            let mut row = row.clone();
            for (column, group) in (n..).zip(&shared) {
                let own = |at: usize| row.columns.contains(&u32::try_from(group[at]).unwrap());
                let value: f64 = (0..group.len())
                    .filter(|&at| own(at))
                    .map(|at| {
                        let entry = row.columns.iter().position(|&c| c as usize == group[at]);
                        row.values[entry.unwrap()]
                    })
                    .sum();
                if value > 0.0 {
                    row.columns.push(column);
                    row.values.push(value);
                }
            }
            row
        })
        .collect();
    let n_columns = n as usize + shared.len();
    let alpha = Penalty::new(0.5).unwrap();
    let by_columns =
        DesignMatrix::for_solver(with_columns.iter().collect(), n_columns, Solver::Sparse)
            .and_then(|matrix| matrix.fit(&classes, 3, alpha, Tolerance::FINAL))
            .unwrap();
    let by_penalty = DesignMatrix::with_shared(rows.iter().collect(), n as usize, shared.clone())
        .and_then(|matrix| matrix.fit(&classes, 3, alpha, Tolerance::FINAL))
        .unwrap();
    for feature in 0..n as usize {
        let group = shared.iter().position(|group| group.contains(&feature));
        for class in 0..3 {
            let part = group.map_or(0.0, |group| by_columns.weight(n as usize + group, class));
            let expected = by_columns.weight(feature, class) + part;
            assert!((by_penalty.weight(feature, class) - expected).abs() < 1e-5, "{feature}");
        }
    }
}
