//! One stance against everything else.

use super::{N_CLASSES, Predictions};
use crate::camp::Stance;
use crate::evaluation::metrics::{ConfusionMatrix, auc};
use crate::scoring::Verdict;

/// How well a model separates one stance toward one camp from everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct OneVsRest {
    /// Id of the camp.
    pub camp: String,
    /// The stance: favor or against.
    pub stance: Stance,
    /// How many articles are labelled with it.
    pub support: usize,
    /// Macro-F1 of the stance and the rest.
    pub macro_f1: f64,
    /// Area under the ROC curve of the probability of the stance.
    pub auc: f64,
}

/// Favor and against toward each camp, each against the rest; skips a stance unless there are
/// articles with it and without it. An article that cannot be scored has probability 0.
pub fn one_vs_rest(predictions: &[Predictions], camps: [&str; 2]) -> Vec<OneVsRest> {
    let mut rows = Vec::new();
    for (camp, name) in camps.into_iter().enumerate() {
        let pairs = predictions.iter().map(|article| article.pair(camp));
        let confusion = ConfusionMatrix::from_pairs(N_CLASSES, pairs);
        for (class, stance) in Stance::ALL
            .into_iter()
            .enumerate()
            .filter(|(_, stance)| [Stance::Favor, Stance::Against].contains(stance))
        {
            let probability = |verdict: &Verdict| match stance {
                Stance::Favor => verdict.camps[camp].sides.favor,
                _ => verdict.camps[camp].sides.against,
            };
            let scored = predictions.iter().map(|article| {
                let score = article.verdict.as_ref().map_or(0.0, probability);
                (score, article.labels[camp] == stance)
            });
            if let Some(auc) = auc(&scored.collect::<Vec<_>>()) {
                rows.push(OneVsRest {
                    camp: name.to_owned(),
                    stance,
                    support: confusion.support(class),
                    macro_f1: confusion.one_vs_rest_f1(class),
                    auc,
                });
            }
        }
    }
    rows
}
