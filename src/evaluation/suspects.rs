//! Labels that are likely wrong, by confident learning (Northcutt, Jiang, Chuang 2021, "Confident
//! Learning: Estimating Uncertainty in Dataset Labels", section 3): a class is believed of an
//! article where its held-out probability is at least the mean that articles labelled so are given.
//! An article labelled otherwise, of which the model believes another class most, is a suspect.

use super::heldout::HeldOutPrediction;

/// A label that is likely wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect {
    /// Position of the article in the corpus.
    pub position: usize,
    /// Its label.
    pub label: usize,
    /// The class that the model believes.
    pub believed: usize,
    /// P(believed) − P(label).
    pub margin: f64,
}

/// The suspects among held-out answers of one output, the likeliest first.
pub fn suspects(answers: &[HeldOutPrediction]) -> Vec<Suspect> {
    let n_classes = answers.first().map_or(0, |answer| answer.probabilities.len());
    let threshold = |class: usize| {
        let own: Vec<f64> = answers
            .iter()
            .filter(|answer| answer.label == class)
            .map(|answer| answer.probabilities[class])
            .collect();
        if own.is_empty() { f64::INFINITY } else { own.iter().sum::<f64>() / own.len() as f64 }
    };
    let thresholds: Vec<f64> = (0..n_classes).map(threshold).collect();
    let suspect = |answer: &HeldOutPrediction| {
        let p = &answer.probabilities;
        let believed = (0..n_classes)
            .filter(|&class| p[class] >= thresholds[class])
            .max_by(|&a, &b| p[a].total_cmp(&p[b]))?;
        let margin = p[believed] - p[answer.label];
        (believed != answer.label && margin > 0.0).then_some(Suspect {
            position: answer.position,
            label: answer.label,
            believed,
            margin,
        })
    };
    let mut found: Vec<Suspect> = answers.iter().filter_map(suspect).collect();
    found.sort_by(|a, b| b.margin.total_cmp(&a.margin).then(a.position.cmp(&b.position)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two classes, labelled 0, 0, 0, 1, 1. The means are P(0) = 0.6 among those labelled 0 and
    /// P(1) = 0.8 among those labelled 1, so the third, with P(1) = 0.9, is believed to be 1; the
    /// second is not sure enough.
    #[test]
    fn a_label_that_the_model_surely_does_not_believe_is_a_suspect() {
        let answers: Vec<HeldOutPrediction> = [(0, 0.3), (0, 0.7), (0, 0.9), (1, 0.9), (1, 0.7)]
            .into_iter()
            .enumerate()
            .map(|(position, (label, second))| {
                HeldOutPrediction::for_tests(position, label, vec![1.0 - second, second])
            })
            .collect();
        let found = suspects(&answers);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].position, found[0].believed), (2, 1));
        assert!((found[0].margin - 0.8).abs() < 1e-12);
    }
}
