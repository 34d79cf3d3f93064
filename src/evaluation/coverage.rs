//! How many articles are answered where wrong answers are to be rare.

use super::bootstrap::BootstrapEstimate;

/// How many are answered at a risk, and how many of the answers are wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The output.
    pub output: String,
    /// The risk that was asked for.
    pub risk: f64,
    /// Share of the articles that is answered.
    pub answered: BootstrapEstimate,
    /// Share of the answers that is wrong; 0 where nothing is answered.
    pub wrong: BootstrapEstimate,
}

impl Coverage {
    /// From answers in clusters that are drawn together: whether each is wrong, `None` where there
    /// is none.
    pub fn of(output: String, risk: f64, clusters: &[Vec<Option<bool>>]) -> Self {
        let figures = BootstrapEstimate::all(clusters, |sample| {
            let answered = sample.iter().flatten().count();
            let wrong = sample.iter().flatten().filter(|wrong| **wrong).count();
            vec![
                answered as f64 / sample.len().max(1) as f64,
                wrong as f64 / answered.max(1) as f64,
            ]
        });
        Self { output, risk, answered: figures[0], wrong: figures[1] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_as_worked_out_by_hand() {
        let answers = [Some(true), Some(false), None, Some(false), Some(false), None, None, None];
        let coverage = Coverage::of("x".to_owned(), 0.1, &answers.map(|answer| vec![answer]));
        assert_eq!((coverage.answered.value, coverage.wrong.value), (0.5, 0.25));
        let (low, high) = coverage.answered.interval;
        assert!(low < 0.25 && high > 0.75, "eight articles leave much to chance: {low} {high}");
        let none = Coverage::of("x".to_owned(), 0.1, &[vec![None, None]]);
        assert_eq!(
            (none.answered.value, none.wrong.value, none.wrong.interval),
            (0.0, 0.0, (0.0, 0.0))
        );
    }
}
