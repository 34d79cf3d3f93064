//! Held-out logits → calibrated probabilities, and decisions.

mod decision;
mod scaling;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use super::TrainingSet;
use crate::model::{Decision, Scaling, Task};
use decision::{decision, macro_f1};
use scaling::scaling;

/// The logits of each head for each article; shape `(n_articles, n_heads, n_classes)`. `None` for
/// an article that was not held out.
pub type HeldOutLogits = Vec<Option<Vec<Vec<f64>>>>;

/// How logits become probabilities and decisions, learned from held-out logits.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// How the logits of each head become probabilities; shape `(n_heads)`.
    pub scalings: Vec<Scaling>,
    /// How each output decides; shape `(n_outputs)`.
    pub decisions: Vec<Decision>,
}

impl Calibration {
    /// The identity: probabilities are the softmax of the logits, and the most probable class
    /// wins.
    pub fn identity(task: &Task) -> Self {
        let decisions =
            task.outputs().iter().map(|output| Decision::plain(output.classes.len())).collect();
        Self {
            scalings: task.heads().iter().map(|head| Scaling::none(head.classes.len())).collect(),
            decisions,
        }
    }

    /// Learns from logits of models that did not see the articles. An article may have logits in
    /// several of `held_out`. Those that are off topic are left out, if the others have every label
    /// too: what a model's heads say of them decides nothing, and with them it would seem that most
    /// articles that the heads decide are unrelated.
    pub fn learn(set: &TrainingSet, held_out: &[&HeldOutLogits]) -> Self {
        let decided = decided_by_heads(set);
        let each = || held_out.iter().flat_map(|logits| decided.iter().zip(logits.iter()));
        let each = || each().filter_map(|(labels, logits)| Some(((*labels)?, logits.as_ref()?)));
        // The heads of a joint task share one scaling, learned from the articles of all of them.
        let n_heads = set.task.heads().len();
        let together = |number: usize, n: usize| {
            if set.task.is_joint() { 0..n } else { number..number + 1 }
        };
        let heads_scaling = |heads: Range<usize>| {
            let examples = each().flat_map(|(labels, logits)| {
                let classes = set.task.head_classes(labels);
                heads.clone().filter_map(move |head| Some((&logits[head][..], classes[head]?)))
            });
            scaling(&examples.collect::<Vec<_>>())
        };
        let scalings = (0..n_heads).map(|head| heads_scaling(together(head, n_heads))).collect();
        let calibrated = Self { scalings, ..Self::identity(&set.task) };

        let n_outputs = set.task.outputs().len();
        let probabilities: Vec<_> = each()
            .map(|(labels, logits)| (labels, calibrated.probabilities(&set.task, logits)))
            .collect();
        let outputs_decision = |outputs: Range<usize>| {
            let averaged = set.task.averaged(outputs.start);
            let examples = probabilities.iter().flat_map(|(labels, probabilities)| {
                outputs
                    .clone()
                    .filter_map(|output| Some((probabilities[output].clone(), labels[output]?)))
            });
            // What people are shown decides a stance, so it has no offsets.
            let averaged = Some(averaged).filter(|_| set.task.camps().is_none());
            decision(&examples.collect::<Vec<_>>(), averaged)
        };
        let decisions = if set.task.is_joint() {
            vec![outputs_decision(0..n_outputs); n_outputs]
        } else {
            (0..n_outputs).map(|output| outputs_decision(output..output + 1)).collect()
        };
        Self { decisions, ..calibrated }
    }

    /// Macro-F1 of the decisions on held-out articles: over all articles together for a joint task,
    /// otherwise the mean over the outputs.
    pub fn macro_f1(&self, set: &TrainingSet, held_out: &[&HeldOutLogits]) -> f64 {
        let n_outputs = self.decisions.len();
        let mut pairs: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_outputs];
        for (position, logits) in held_out.iter().flat_map(|logits| logits.iter().enumerate()) {
            let Some(logits) = logits else { continue };
            let (labels, read) = (&set.labels[position], &set.texts[position]);
            let probabilities = self.gated_probabilities(&set.task, read.findings.on_topic, logits);
            let decided = set.task.decide(&self.decisions, &probabilities);
            for ((pairs, label), decided) in pairs.iter_mut().zip(labels).zip(decided) {
                pairs.extend(label.map(|label| (label, decided)));
            }
        }
        if set.task.is_joint() {
            return macro_f1(&pairs.concat(), set.task.averaged(0));
        }
        pairs
            .iter()
            .enumerate()
            .map(|(output, pairs)| macro_f1(pairs, set.task.averaged(output)))
            .sum::<f64>()
            / n_outputs as f64
    }

    /// The probabilities of each output from the logits of each head; shapes `(n_outputs,
    /// n_classes)` and `(n_heads, n_classes)`. They are what the heads say, before the gate.
    pub fn probabilities(&self, task: &Task, logits: &[Vec<f64>]) -> Vec<Vec<f64>> {
        task.output_probabilities(&self.of_heads(logits))
    }

    /// The probabilities of each output for an article that is on topic or not: those of a model.
    pub fn gated_probabilities(
        &self,
        task: &Task,
        on_topic: bool,
        logits: &[Vec<f64>],
    ) -> Vec<Vec<f64>> {
        task.gated_probabilities(on_topic, &self.of_heads(logits))
    }

    fn of_heads(&self, logits: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let heads = logits.iter().zip(&self.scalings);
        heads.map(|(logits, scaling)| scaling.probabilities(logits)).collect()
    }
}

/// The labels of each article that the heads decide on, by position; `None` for one that is off
/// topic, unless some label has no other example.
fn decided_by_heads(set: &TrainingSet) -> Vec<Option<&Vec<Option<usize>>>> {
    let each = || set.labels.iter().zip(&set.texts);
    let on_topic = each()
        .map(|(labels, read)| (!set.task.is_off_topic(read.findings.on_topic)).then_some(labels));
    let on_topic: Vec<Option<&Vec<Option<usize>>>> = on_topic.collect();
    let kept: BTreeSet<&Vec<Option<usize>>> = on_topic.iter().copied().flatten().collect();
    let is_kept = |(output, class): (usize, usize)| {
        kept.iter().any(|labels| labels.get(output) == Some(&Some(class)))
    };
    let labels = set.labels.iter().flat_map(|labels| labels.iter().copied().enumerate());
    let mut labels = labels.filter_map(|(output, class)| Some((output, class?)));
    if labels.all(is_kept) { on_topic } else { set.labels.iter().map(Some).collect() }
}
