//! Selective classification: how many articles get an answer at a risk, and how many answers are
//! wrong (El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification").

use super::bootstrap::BootstrapEstimate;

/// Coverage and error rate of one output at one risk.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Name of the output.
    pub output: String,
    /// The requested risk, from 0 to 1.
    pub risk: f64,
    /// Coverage: the share of the articles with an answer.
    pub answered: BootstrapEstimate,
    /// The share of the answers that are wrong; 0 without answers.
    pub wrong: BootstrapEstimate,
}

impl Coverage {
    /// Computes both shares. `clusters` tell of each article whether its answer is wrong, `None`
    /// without an answer.
    pub fn new(output: String, risk: f64, clusters: &[Vec<Option<bool>>]) -> Self {
        let figures = BootstrapEstimate::several(clusters, |sample| {
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
        let coverage = Coverage::new("x".to_owned(), 0.1, &answers.map(|answer| vec![answer]));
        assert_eq!((coverage.answered.value, coverage.wrong.value), (0.5, 0.25));
        let (low, high) = coverage.answered.interval;
        assert!(low < 0.25 && high > 0.75, "eight articles leave much to chance: {low} {high}");
        let none = Coverage::new("x".to_owned(), 0.1, &[vec![None, None]]);
        assert_eq!(
            (none.answered.value, none.wrong.value, none.wrong.interval),
            (0.0, 0.0, (0.0, 0.0))
        );
    }
}
