//! Labels that are likely wrong, found by confident learning (Northcutt, Jiang, Chuang 2021,
//! "Confident Learning: Estimating Uncertainty in Dataset Labels", section 3). The model is
//! confident of a class if its held-out probability is at least the mean probability of that class
//! among the articles labelled with it. A label is an issue if the model is most confident of
//! another class.

use super::HeldOutPrediction;

/// A label that is likely wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelIssue {
    /// Position of the article in the training set.
    pub position: usize,
    /// Its label.
    pub label: usize,
    /// The class that the model is most confident of.
    pub suggested: usize,
    /// P(suggested) − P(label), above 0.
    pub margin: f64,
}

/// The label issues among the held-out predictions of one output, largest margin first.
pub fn find_label_issues(predictions: &[HeldOutPrediction]) -> Vec<LabelIssue> {
    let n_classes = predictions.first().map_or(0, |prediction| prediction.probabilities.len());
    let threshold = |class: usize| {
        let own: Vec<f64> = predictions
            .iter()
            .filter(|prediction| prediction.label == class)
            .map(|prediction| prediction.probabilities[class])
            .collect();
        if own.is_empty() { f64::INFINITY } else { own.iter().sum::<f64>() / own.len() as f64 }
    };
    let thresholds: Vec<f64> = (0..n_classes).map(threshold).collect();
    let issue = |prediction: &HeldOutPrediction| {
        let p = &prediction.probabilities;
        let suggested = (0..n_classes)
            .filter(|&class| p[class] >= thresholds[class])
            .max_by(|&a, &b| p[a].total_cmp(&p[b]))?;
        let margin = p[suggested] - p[prediction.label];
        (suggested != prediction.label && margin > 0.0).then_some(LabelIssue {
            position: prediction.position,
            label: prediction.label,
            suggested,
            margin,
        })
    };
    let mut found: Vec<LabelIssue> = predictions.iter().filter_map(issue).collect();
    found.sort_by(|a, b| b.margin.total_cmp(&a.margin).then(a.position.cmp(&b.position)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(position: usize, label: usize, probabilities: Vec<f64>) -> HeldOutPrediction {
        let uncalibrated = probabilities.clone();
        HeldOutPrediction {
            position,
            label,
            predicted: label,
            uncalibrated,
            probabilities,
            fold: 0,
        }
    }

    /// Two classes, labelled 0, 0, 0, 1, 1. The means are P(0) = 0.6 among those labelled 0 and
    /// P(1) = 0.8 among those labelled 1, so for the third, with P(1) = 0.9, the model suggests
    /// 1; for the second it is not confident enough.
    #[test]
    fn a_label_that_contradicts_a_confident_model_is_an_issue() {
        let predictions: Vec<HeldOutPrediction> =
            [(0, 0.3), (0, 0.7), (0, 0.9), (1, 0.9), (1, 0.7)]
                .into_iter()
                .enumerate()
                .map(|(position, (label, second))| of(position, label, vec![1.0 - second, second]))
                .collect();
        let found = find_label_issues(&predictions);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].position, found[0].suggested), (2, 1));
        assert!((found[0].margin - 0.8).abs() < 1e-12);
    }
}
